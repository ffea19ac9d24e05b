#include "core/text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static bool continues(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* Length of the well-formed character at p, 0 when it is none. */
static size_t sequence_len(const unsigned char *p, size_t left)
{
    if (p[0] < 0x80)
        return p[0] != 0;
    size_t len = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || left < len)
        return 0;
    for (size_t i = 1; i < len; i++)
        if (!continues(p[i]))
            return 0;
    if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xF0 && p[1] < 0x90))
        return 0; /* overlong */
    if ((p[0] == 0xED && p[1] > 0x9F) || (p[0] == 0xF4 && p[1] > 0x8F))
        return 0; /* surrogate, or above U+10FFFF */
    return len;
}

/* Most characters that are not ASCII: kana, kanji and their marks. */
static bool is_three(const unsigned char *p)
{
    return p[0] > 0xE0 && p[0] < 0xED && continues(p[1]) && continues(p[2]);
}

bool text_is_utf8(const char *bytes, size_t len, size_t *bad)
{
    const unsigned char *p = (const unsigned char *)bytes;
    size_t at = 0;
    while (at < len) {
        uint64_t word;
        while (len - at >= 3 && is_three(p + at))
            at += 3;
        if (len - at >= sizeof word) { /* eight ASCII bytes at a time */
            memcpy(&word, p + at, sizeof word);
            uint64_t nul = (word - UINT64_C(0x0101010101010101)) & ~word;
            if (!((word | nul) & UINT64_C(0x8080808080808080))) {
                at += sizeof word;
                continue;
            }
        }
        size_t n = at < len ? sequence_len(p + at, len - at) : 0;
        if (n == 0 && at < len) {
            if (bad)
                *bad = at;
            return false;
        }
        at += n;
    }
    return true;
}

uint32_t text_next(const char **at)
{
    const unsigned char *p = (const unsigned char *)*at;
    if (!*p)
        return 0;
    int more = *p >= 0xF0 ? 3 : *p >= 0xE0 ? 2 : *p >= 0xC0 ? 1 : 0;
    static const unsigned char masks[] = {0x7F, 0x1F, 0x0F, 0x07};
    uint32_t code = *p++ & masks[more];
    /* The closing NUL stops a sequence that was cut off. */
    for (; more > 0 && continues(*p); more--)
        code = code << 6 | (*p++ & 0x3F);
    *at = (const char *)p;
    return code;
}

size_t text_put(char *out, uint32_t code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t len = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = len - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    out[0] = (char)(leads[len] | code);
    return len;
}

size_t text_count(const char *text)
{
    size_t n = 0;
    while (text_next(&text))
        n++;
    return n;
}

static bool is_ambiguous_wide(uint32_t code)
{
    /* East Asian "ambiguous" signs that Japanese terminals draw wide. */
    return (code >= 0x2460 && code <= 0x24FF) ||
           (code >= 0x25A0 && code <= 0x266F) ||
           (code >= 0x2190 && code <= 0x21FF) || code == 0x203B ||
           code == 0xD7 || code == 0x2026 || code == 0x2025;
}

int text_columns(const char *text)
{
    int columns = 0;
    uint32_t code;
    while ((code = text_next(&text)))
        columns += is_ambiguous_wide(code)
                       ? 2
                       : utf8proc_charwidth((utf8proc_int32_t)code);
    return columns;
}

char *text_nfkc(const char *text, struct arena *a)
{
    utf8proc_uint8_t *made = utf8proc_NFKC((const utf8proc_uint8_t *)text);
    /* NULL only for text that is not UTF-8, or without memory: as it was. */
    char *copy = arena_strdup(a, made ? (const char *)made : text);
    free(made); /* NOLINT: made by malloc inside utf8proc */
    return copy;
}

/* Maps each code point; 0 drops it. No mapping here makes a text longer than
 * three bytes for each byte. */
static char *map_codes(const char *text, uint32_t (*map)(uint32_t),
                       struct arena *a)
{
    char *out = arena_alloc(a, strlen(text) * 3 + 1), *o = out;
    uint32_t code;
    while ((code = text_next(&text)))
        if ((code = map(code)))
            o += text_put(o, code);
    *o = '\0';
    return out;
}

static uint32_t to_katakana(uint32_t c)
{
    bool hiragana = (c >= 0x3041 && c <= 0x3096) || c == 0x309D || c == 0x309E;
    return hiragana ? c + 0x60 : c;
}

static uint32_t to_hiragana(uint32_t c)
{
    bool katakana = (c >= 0x30A1 && c <= 0x30F6) || c == 0x30FD || c == 0x30FE;
    return katakana ? c - 0x60 : c;
}

char *text_katakana(const char *text, struct arena *a)
{
    return map_codes(text, to_katakana, a);
}

char *text_hiragana(const char *text, struct arena *a)
{
    return map_codes(text, to_hiragana, a);
}

/* White space of Unicode, and the marks that take no room at all. */
static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 ||
           c == 0x1680 || (c >= 0x2000 && c <= 0x200D) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x2060 ||
           c == 0x3000 || c == 0x3164 || c == 0xFEFF;
}

static uint32_t drop_space(uint32_t c)
{
    return is_space(c) ? 0 : c;
}

static bool is_katakana(uint32_t c)
{
    return (c >= 0x30A1 && c <= 0x30FA) || (c >= 0x30FC && c <= 0x30FE) ||
           (c >= 0xFF66 && c <= 0xFF9F);
}

bool text_is_katakana(const char *text)
{
    uint32_t code;
    while ((code = text_next(&text)))
        if (!is_katakana(code) && code != 0x30FB && code != 0xFF65 &&
            !is_space(code))
            return false;
    return true;
}

char *text_unspaced(const char *text, struct arena *a)
{
    return map_codes(text, drop_space, a);
}

char *text_trim(const char *text, struct arena *a)
{
    const char *start = text, *end = text, *p = text;
    uint32_t code;
    while ((code = text_next(&p))) {
        if (is_space(code)) {
            if (end == start)
                start = end = p;
        } else {
            end = p;
        }
    }
    return arena_copy(a, start, (size_t)(end - start));
}

/* Everything people type where a hyphen or a long-vowel mark was meant. */
static bool is_dash(uint32_t c)
{
    return c == '-' || c == 0xAD || (c >= 0x2010 && c <= 0x2015) ||
           c == 0x2043 || c == 0x2212 || c == 0x2500 || c == 0x2501 ||
           c == 0x30FC || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D ||
           c == 0xFF70;
}

/* A dash after kana lengthens the vowel; anywhere else it is a hyphen. */
char *text_match_key(const char *text, struct arena *a)
{
    const char *from = text_katakana(text_nfkc(text, a), a);
    char *out = arena_alloc(a, strlen(from) * 3 + 1), *o = out;
    uint32_t code, before = 0;
    while ((code = text_next(&from))) {
        if (is_space(code))
            continue;
        if (is_dash(code))
            code = is_katakana(before) ? 0x30FC : '-';
        o += text_put(o, code);
        before = code;
    }
    *o = '\0';
    return out;
}

/* Words of this many bytes need no memory of their own. */
#define SHORT_WORD 64

static uint32_t *codes_of(const char *text, size_t *n, uint32_t *room,
                          struct arena *a)
{
    size_t len = strlen(text);
    uint32_t *codes =
        len < SHORT_WORD ? room : ARENA_ARRAY(a, uint32_t, len + 1);
    uint32_t code;
    for (*n = 0; (code = text_next(&text)); (*n)++)
        codes[*n] = code;
    return codes;
}

static int min3(int one, int two, int three)
{
    int least = one < two ? one : two;
    return least < three ? least : three;
}

/* The distance, or anything above `most` once it is sure to be more. */
static int distance_within(const char *one, const char *other, int most)
{
    struct arena mem = ARENA_INIT;
    size_t n, m;
    uint32_t room_a[SHORT_WORD], room_b[SHORT_WORD];
    int room[SHORT_WORD + 1];
    const uint32_t *a = codes_of(one, &n, room_a, &mem);
    const uint32_t *b = codes_of(other, &m, room_b, &mem);
    int *row = m < SHORT_WORD ? room : ARENA_ARRAY(&mem, int, m + 1);
    for (size_t j = 0; j <= m; j++)
        row[j] = (int)j;
    int least = 0;
    for (size_t i = 1; i <= n && least <= most; i++) {
        int corner = row[0];
        row[0] = least = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int above = row[j];
            int change = corner + (a[i - 1] != b[j - 1]);
            row[j] = min3(above + 1, row[j - 1] + 1, change);
            corner = above;
            least = row[j] < least ? row[j] : least;
        }
    }
    int distance = least <= most ? row[m] : least;
    arena_release(&mem);
    return distance;
}

int text_distance(const char *one, const char *other)
{
    return distance_within(one, other, INT_MAX);
}

/* What a glance at a word tells: its length, and its code points as bits. */
struct glance {
    int length;
    uint64_t codes;
};

static struct glance glance_at(const char *text)
{
    struct glance g = {0, 0};
    uint32_t code;
    for (; (code = text_next(&text)); g.length++)
        g.codes |= UINT64_C(1) << (code & 63);
    return g;
}

/* The distance is no less: what only one of two words has must be changed,
 * added or dropped, each by itself. */
static int distance_at_least(struct glance a, struct glance b)
{
    int longer = abs(a.length - b.length);
    int only_a = __builtin_popcountll(a.codes & ~b.codes);
    int only_b = __builtin_popcountll(b.codes & ~a.codes);
    int only = only_a > only_b ? only_a : only_b;
    return longer > only ? longer : only;
}

const char *text_nearest(const char *text, const char *const *names, size_t n)
{
    struct glance word = glance_at(text);
    int limit = word.length / 3;
    int least = (limit < 1 ? 1 : limit) + 1;
    const char *nearest = NULL;
    for (size_t i = 0; i < n; i++) {
        if (distance_at_least(word, glance_at(names[i])) > least)
            continue;
        int distance = distance_within(text, names[i], least);
        if (distance < least) {
            least = distance;
            nearest = names[i];
        } else if (distance == least && nearest &&
                   strcmp(nearest, names[i]) != 0) {
            nearest = NULL; /* two are equally near */
        }
    }
    return nearest;
}
