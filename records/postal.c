#include "records/postal.h"

#include "core/csv.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

enum column { CODE, PREFECTURE, CITY, TOWN, N_COLUMNS };
static const struct label headers[N_COLUMNS] = {
    [CODE] = {"郵便番号", "postal code"},
    [PREFECTURE] = {"都道府県", "prefecture"},
    [CITY] = {"市区町村", "municipality"},
    [TOWN] = {"町域", "town"},
};
/* utf_ken_all.csv has no header; this one goes in front of it, which makes
 * lines one more than they are. */
#define JAPAN_POST_HEADER \
    "0,1,postal code,3,4,5,prefecture,municipality,town,9,10,11,12,13,14\n"

struct loader {
    const char *name;
    int lines_before; /* that the file does not have */
    int at[N_COLUMNS];
    struct postal *out;
    size_t capacity;
    struct arena *a;
    struct diag *d;
};

const char *postal_digits(const char *text, struct arena *a)
{
    char out[POSTAL_DIGITS + 1];
    int n = 0;
    for (const char *p = text_nfkc(text, a); *p; p++) {
        if (*p >= '0' && *p <= '9' && n < POSTAL_DIGITS)
            out[n++] = *p;
        else if ((*p >= '0' && *p <= '9') || (*p != '-' && *p != ' '))
            return "";
    }
    out[n] = '\0';
    return n == POSTAL_DIGITS ? arena_strdup(a, out) : "";
}

/* Is the third cell of the first line a postal code? A header has none. */
static bool is_japan_post(const char *bytes, size_t len)
{
    size_t digits = 0;
    int commas = 0;
    for (size_t i = 0; i < len && bytes[i] != '\n' && commas < 3; i++) {
        commas += bytes[i] == ',';
        digits += commas == 2 && bytes[i] >= '0' && bytes[i] <= '9';
    }
    return commas == 3 && digits == POSTAL_DIGITS;
}

static int column_of(const char **header, size_t n, struct label name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(header[i], name.ja) == 0 || strcmp(header[i], name.en) == 0)
            return (int)i;
    return -1;
}

static bool find_columns(struct loader *l, const char **header, size_t n)
{
    bool ok = true;
    for (int k = 0; k < N_COLUMNS; k++) {
        l->at[k] = column_of(header, n, headers[k]);
        if (l->at[k] < 0)
            ok = diag_error(l->d, (struct pos){l->name, 1, 0}, "missing-column",
                            "列「%s」がありません", "there is no column \"%s\"",
                            headers[k].ja);
    }
    return ok;
}

/* Before an explanation in brackets; a town that is none is left out. */
static const char *town_name(const char *town, struct arena *a)
{
    const char *open = strstr(town, "（");
    if (strncmp(town, "以下に掲載がない場合", strlen("以下に掲載がない場合")) ==
        0)
        return "";
    return open ? arena_copy(a, town, (size_t)(open - town))
                : arena_strdup(a, town);
}

static struct town *new_town(struct loader *l)
{
    struct postal *p = l->out;
    if (p->n == l->capacity) {
        size_t more = l->capacity ? 2 * l->capacity : 256;
        p->by_code =
            arena_grow(l->a, p->by_code, p->n, more, sizeof *p->by_code);
        l->capacity = more;
    }
    return &p->by_code[p->n++];
}

static bool add_row(struct loader *l, const char **cells, int line)
{
    struct pos at = {l->name, line - l->lines_before, l->at[CODE] + 1};
    const char *digits = postal_digits(cells[l->at[CODE]], l->a);
    const char *city = cells[l->at[CITY]];
    if (!*digits)
        return diag_error(l->d, at, "bad-postal-code",
                          "郵便番号「%s」は数字7けたではありません",
                          "the postal code \"%s\" has not seven digits",
                          cells[l->at[CODE]]);
    if (!*city)
        return diag_error(l->d, at, "key-missing", "市区町村が空です",
                          "the municipality is empty");
    struct town *t = new_town(l);
    t->code = digits;
    t->place =
        arena_printf(l->a, "%s%s", city, town_name(cells[l->at[TOWN]], l->a));
    t->key = text_match_key(t->place, l->a);
    t->full_key = arena_printf(
        l->a, "%s%s", text_match_key(cells[l->at[PREFECTURE]], l->a), t->key);
    return true;
}

static int compare(const char *one, const char *other, const char *then,
                   const char *then_other)
{
    int c = strcmp(one, other);
    return c ? c : strcmp(then, then_other);
}

static int by_code(const void *x, const void *y)
{
    const struct town *a = x, *b = y;
    return compare(a->code, b->code, a->full_key, b->full_key);
}

static int by_key(const void *x, const void *y)
{
    const struct town *a = x, *b = y;
    int c = compare(a->key, b->key, a->code, b->code);
    return c ? c : strcmp(a->full_key, b->full_key);
}

static bool read_rows(struct loader *l, struct csv_reader *in)
{
    const char **cells;
    size_t n, n_header;
    int line;
    bool ok = true;
    if (!csv_reader_next(in, &cells, &n_header, &line))
        return !csv_reader_failed(in);
    if (!find_columns(l, cells, n_header))
        return false;
    while (csv_reader_next(in, &cells, &n, &line))
        ok = add_row(l, cells, line) && ok;
    return ok && !csv_reader_failed(in);
}

bool postal_load(struct postal *out, const char *bytes, size_t len,
                 const char *name, struct arena *a, struct diag *d)
{
    struct loader l = {.name = name, .out = out, .a = a, .d = d};
    *out = (struct postal){NULL, NULL, 0};
    if (is_japan_post(bytes, len)) {
        static const char first[] = JAPAN_POST_HEADER;
        const size_t header = sizeof first - 1;
        char *all = arena_alloc(a, header + len + 1);
        memcpy(all, first, sizeof first);
        memcpy(all + header, bytes, len);
        bytes = all;
        len += header;
        l.lines_before = 1;
    }
    struct csv_reader *in =
        csv_reader_open(bytes, len, name, ENCODING_AUTO, a, d);
    if (!in || !read_rows(&l, in))
        return false;
    out->by_key = ARENA_ARRAY(a, struct town, out->n);
    if (out->n) {
        qsort(out->by_code, out->n, sizeof *out->by_code, by_code);
        memcpy(out->by_key, out->by_code, out->n * sizeof *out->by_key);
        qsort(out->by_key, out->n, sizeof *out->by_key, by_key);
    }
    return true;
}

/* ── looking ────────────────────────────────────────────────────────────── */

static const char *code_of(const struct town *t)
{
    return t->code;
}

static const char *key_of(const struct town *t)
{
    return t->key;
}

/* [*first, *end) of a sorted list whose word is the first `len` bytes. */
static void range(const struct town *list, size_t n,
                  const char *(*word)(const struct town *), const char *text,
                  size_t len, size_t *first, size_t *end)
{
    size_t bounds[2];
    for (int side = 0; side < 2; side++) {
        size_t low = 0, high = n;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            const char *w = word(&list[middle]);
            int c = strncmp(w, text, len);
            if (c == 0)
                c = w[len] ? 1 : 0;
            if (c < side)
                low = middle + 1;
            else
                high = middle;
        }
        bounds[side] = low;
    }
    *first = bounds[0];
    *end = bounds[1];
}

void postal_of_code(const struct postal *p, const char *digits, size_t *first,
                    size_t *end)
{
    range(p->by_code, p->n, code_of, digits, strlen(digits), first, end);
}

/* The ends of a prefecture's name. */
static size_t after_prefecture(const char *key)
{
    static const char *const ends[] = {"都", "道", "府", "県"};
    size_t most = 0;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        const char *end = strstr(key, ends[i]);
        size_t len = end ? (size_t)(end - key) + strlen(ends[i]) : 0;
        /* 北海道, 神奈川県: three or four characters */
        if (len >= strlen("三文字") && len <= strlen("四文字目"))
            most = len;
    }
    return most;
}

static void longest(const struct postal *p, const char *key, size_t *first,
                    size_t *end)
{
    *first = *end = 0;
    for (size_t len = strlen(key); len > 0 && *first == *end; len--)
        if (((unsigned char)key[len] & 0xC0) != 0x80)
            range(p->by_key, p->n, key_of, key, len, first, end);
}

void postal_of_address(const struct postal *p, const char *address_key,
                       size_t *first, size_t *end)
{
    longest(p, address_key, first, end);
    size_t skip = *first == *end ? after_prefecture(address_key) : 0;
    if (skip)
        longest(p, address_key + skip, first, end);
}

const char *postal_rest(const struct town *t, const char *address, int slips,
                        struct arena *a)
{
    const char *const keys[] = {t->key, t->full_key};
    const char *best = NULL;
    int least = slips + 1;
    for (size_t k = 0; k < 2; k++) {
        int letters = (int)text_count(keys[k]), n = 0;
        for (const char *p = address;; n++) {
            char *head = arena_copy(a, address, (size_t)(p - address));
            if (abs(n - letters) <= 2 * slips + 2) {
                int off = text_distance(keys[k], text_match_key(head, a));
                if (off < least) {
                    least = off;
                    best = p;
                }
            }
            if (!*p || n > letters + 2 * slips + 2)
                break;
            text_next(&p);
        }
    }
    return best;
}
