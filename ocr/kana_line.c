/* To add a kanji that is read for a kana: its row in `alike`. */
#include "ocr/kana_line.h"

#include "core/text.h"
#include "ocr/kana_net.h"
#include "ocr/kana_word.h"

#include <leptonica/allheaders.h>
#include <string.h>

enum {
    PIECES_MOST = 64,
    JOIN_MOST = 4, /* pieces of one letter: リ ハ and two dots */
};
/* Letters are as wide as they are high, and dots stand out a little. */
#define WIDEST 1.25
/* A letter costs at least this, so that two halves are no cheaper than one. */
#define LETTER_COST 40

static const char *const alike[][2] = {
    {"八", "ハ"}, {"三", "ミ"}, {"二", "ニ"}, {"力", "カ"}, {"口", "ロ"},
    {"夕", "タ"}, {"工", "エ"}, {"卜", "ト"}, {"千", "チ"}, {"才", "オ"},
    {"ァ", "ア"}, {"ィ", "イ"}, {"ゥ", "ウ"}, {"ェ", "エ"}, {"ォ", "オ"},
    {"ッ", "ツ"}, {"ャ", "ヤ"}, {"ュ", "ユ"}, {"ョ", "ヨ"}, {"ヮ", "ワ"},
    {"ヵ", "カ"}, {"ヶ", "ケ"}, {"一", "ー"},
};

const char *kana_line_key(const char *text, struct arena *a)
{
    const char *from = text_katakana(text_nfkc(text_unspaced(text, a), a), a);
    char *out = arena_alloc(a, strlen(from) + 1), *to = out;

    while (*from) {
        const char *next = from, *letter = NULL;

        text_next(&next);
        for (size_t i = 0; i < sizeof alike / sizeof alike[0]; i++)
            if (strlen(alike[i][0]) == (size_t)(next - from) &&
                memcmp(alike[i][0], from, (size_t)(next - from)) == 0)
                letter = alike[i][1];
        letter = letter ? letter : from;
        memcpy(to, letter, (size_t)(next - from));
        to += next - from;
        from = next;
    }
    *to = '\0';
    return out;
}

struct pieces {
    int from[PIECES_MOST], to[PIECES_MOST];
    int n;
};

static bool has_ink(const struct box *b, int x)
{
    l_int32 n = 0;
    BOX *column = boxCreate(x, b->y, 1, b->height);

    pixCountPixelsInRect(b->ink, column, &n, NULL);
    boxDestroy(&column);
    return n > 0;
}

/* Runs of columns with ink; false where there are too many for a line. */
static bool cut_pieces(const struct box *b, struct pieces *p)
{
    bool inside = false;

    p->n = 0;
    for (int x = b->x; x <= b->x + b->width; x++) {
        bool ink = x < b->x + b->width && has_ink(b, x);

        if (ink && !inside) {
            if (p->n == PIECES_MOST)
                return false;
            p->from[p->n] = x;
        } else if (!ink && inside) {
            p->to[p->n++] = x;
        }
        inside = ink;
    }
    return true;
}

/* The net on a stretch of the line, with paper around it as in a box. */
static struct kana_seen see_stretch(const struct box *b, int from, int to,
                                    struct arena *a)
{
    BOX *at = boxCreate(from, b->y, to - from, b->height);
    PIX *part = pixClipRectangle(b->ink, at, NULL), *tight = NULL, *framed;
    struct kana_seen s = {.guess = {.best = KANA_OTHER}};

    boxDestroy(&at);
    if (part && pixClipToForeground(part, &tight, NULL) == 0 && tight) {
        int width = pixGetWidth(tight), height = pixGetHeight(tight);

        s.size = width > height ? width : height;
        framed = pixAddBorder(tight, s.size / 4 + 2, 0);
        struct ink_bytes ink = ink_bytes(framed, a);
        s.guess = kana_read(ink.bytes, ink.width, ink.height);
        pixDestroy(&framed);
    }
    pixDestroy(&tight);
    pixDestroy(&part);
    return s;
}

/* The cheapest way to read the pieces before this one. */
struct way {
    int cost;   /* -1: there is none */
    int before; /* the piece its last letter begins with */
    struct kana_seen last;
};

static void try_letter(const struct box *b, const struct pieces *p,
                       struct way *ways, int from, int to, struct arena *a)
{
    struct kana_seen s;
    int cost;

    if (ways[from].cost < 0 ||
        (to - from > 1 && p->to[to - 1] - p->from[from] > WIDEST * b->height))
        return;
    s = see_stretch(b, p->from[from], p->to[to - 1], a);
    if (s.guess.best >= KANA_EMPTY)
        return;
    cost = ways[from].cost + LETTER_COST + 1000 - s.guess.confidence;
    if (ways[to].cost < 0 || cost < ways[to].cost)
        ways[to] = (struct way){cost, from, s};
}

static struct kana_line join(const struct way *ways, int n, struct arena *a)
{
    struct kana_seen seen[PIECES_MOST];
    struct kana_line out = {.confidence = 1000};
    struct kana_word word;
    size_t first = PIECES_MOST;

    for (int at = n; at > 0; at = ways[at].before) {
        seen[--first] = ways[at].last;
        if (seen[first].guess.confidence < out.confidence)
            out.confidence = seen[first].guess.confidence;
    }
    word = kana_word_join(seen + first, PIECES_MOST - first, a);
    out.text = word.text;
    out.uncertain = word.uncertain;
    return out;
}

struct kana_line kana_line_read(const struct box *b, struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    struct way ways[PIECES_MOST + 1];
    struct kana_line out = {.text = ""};
    struct pieces p = {.n = 0};

    if (!cut_pieces(b, &p) || p.n == 0)
        return out;
    for (int i = 0; i <= PIECES_MOST; i++)
        ways[i] = (struct way){.cost = i ? -1 : 0};
    for (int to = 1; to <= p.n; to++)
        for (int from = to - 1; from >= 0 && to - from <= JOIN_MOST; from--)
            try_letter(b, &p, ways, from, to, &scratch);
    arena_release(&scratch);
    if (ways[p.n].cost >= 0)
        out = join(ways, p.n, a);
    return out;
}

/* Do the pieces from here on make the letters that are left? */
static bool makes(const struct box *b, const struct pieces *p, int from,
                  const char *key, struct arena *a)
{
    const char *next = key;

    if (!*key)
        return true;
    text_next(&next);
    for (int to = from + 1; to <= p->n && to - from <= JOIN_MOST; to++) {
        const char *shape;

        if (to - from > 1 && p->to[to - 1] - p->from[from] > WIDEST * b->height)
            break;
        shape = kana_shape(
            see_stretch(b, p->from[from], p->to[to - 1], a).guess.best);
        if (strlen(shape) == (size_t)(next - key) &&
            memcmp(shape, key, strlen(shape)) == 0 && makes(b, p, to, next, a))
            return true;
    }
    return false;
}

bool kana_line_has(const struct box *b, const char *key)
{
    struct arena scratch = ARENA_INIT;
    struct pieces p = {.n = 0};
    bool has = false;

    if (cut_pieces(b, &p))
        for (int i = 0; i < p.n && !has; i++)
            has = makes(b, &p, i, key, &scratch);
    arena_release(&scratch);
    return has;
}
