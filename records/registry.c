#include "records/registry.h"

#include "core/csv.h"
#include "core/date.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

enum column { NO, HOUSEHOLD, NAME, KANA, BIRTH, N_COLUMNS };
static const struct {
    struct label header;
    bool required;
} columns[N_COLUMNS] = {
    [NO] = {{"宛名番号", "resident"}, true},
    [HOUSEHOLD] = {{"世帯番号", "household"}, false},
    [NAME] = {{"氏名", "name"}, true},
    [KANA] = {{"フリガナ", "kana"}, true},
    [BIRTH] = {{"生年月日", "birth"}, true},
};

struct loader {
    struct csv t;
    int at[N_COLUMNS];
    struct arena *a;
    struct diag *d;
};

static bool find_columns(struct loader *l)
{
    bool ok = true;
    for (int k = 0; k < N_COLUMNS; k++) {
        const char *ja = text_nfkc(columns[k].header.ja, l->a);
        l->at[k] = csv_column(&l->t, ja);
        if (l->at[k] < 0)
            l->at[k] = csv_column(&l->t, columns[k].header.en);
        if (l->at[k] < 0 && columns[k].required)
            ok = diag_error(l->d, (struct pos){l->t.file, 1, 0},
                            "missing-column", "列「%s」がありません",
                            "there is no column \"%s\"", columns[k].header.ja);
    }
    return ok;
}

static const char *cell(const struct loader *l, size_t row, enum column k)
{
    return l->at[k] < 0 ? "" : csv_cell(&l->t, row, l->at[k]);
}

static bool check_row(struct loader *l, size_t row)
{
    bool ok = true;
    for (int k = 0; k < N_COLUMNS; k++)
        if (columns[k].required && !*cell(l, row, (enum column)k))
            ok = diag_error(l->d, csv_pos(&l->t, row, l->at[k]), "key-missing",
                            "%s が空です", "%s is empty", columns[k].header.ja);
    return ok;
}

static bool read_row(struct loader *l, size_t row, struct resident *out)
{
    const char *birth = cell(l, row, BIRTH);
    if (!check_row(l, row))
        return false;
    *out = (struct resident){.no = cell(l, row, NO),
                             .household = cell(l, row, HOUSEHOLD),
                             .name = cell(l, row, NAME),
                             .kana = cell(l, row, KANA),
                             .line = l->t.lines[row]};
    out->name_key = text_match_key(out->name, l->a);
    out->kana_key = text_match_key(out->kana, l->a);
    return date_parse(birth, &out->birth) == DATE_OK ||
           diag_error(
               l->d, csv_pos(&l->t, row, l->at[BIRTH]), "bad-date",
               "生年月日「%s」は日付として読めません（2025-09-14 の形で）",
               "the birth date \"%s\" is no date (write 2025-09-14)", birth);
}

static int by_number(const void *x, const void *y)
{
    const struct resident *a = x, *b = y;
    int c = strcmp(a->no, b->no);
    return c ? c : (a->line > b->line) - (a->line < b->line);
}

static int by_birth(const void *x, const void *y)
{
    const struct resident *a = x, *b = y;
    int c = (a->birth > b->birth) - (a->birth < b->birth);
    return c ? c : strcmp(a->no, b->no);
}

static bool check_twice(const struct loader *l, const struct registry *r)
{
    bool ok = true;
    for (size_t i = 1; i < r->n; i++)
        if (strcmp(r->items[i].no, r->items[i - 1].no) == 0)
            ok = diag_error(
                l->d, (struct pos){l->t.file, r->items[i].line, l->at[NO] + 1},
                "registry-twice", "宛名番号 %s が %d 行目にもあります",
                "resident %s is in line %d already", r->items[i].no,
                r->items[i - 1].line);
    return ok;
}

bool registry_load(struct registry *out, const char *bytes, size_t len,
                   const char *name, struct arena *a, struct diag *d)
{
    struct loader l = {.a = a, .d = d};
    *out = (struct registry){NULL, 0};
    if (!csv_parse(bytes, len, name, ENCODING_AUTO, &l.t, a, d) ||
        !find_columns(&l))
        return false;
    bool ok = true;
    out->items = ARENA_ARRAY(a, struct resident, l.t.n_rows);
    for (size_t r = 0; r < l.t.n_rows; r++)
        if (read_row(&l, r, &out->items[out->n]))
            out->n++;
        else
            ok = false;
    if (out->n)
        qsort(out->items, out->n, sizeof *out->items, by_number);
    ok = check_twice(&l, out) && ok;
    if (out->n)
        qsort(out->items, out->n, sizeof *out->items, by_birth);
    return ok;
}

/* ── looking ────────────────────────────────────────────────────────────── */

/* The first that was born on this day or later. */
static size_t first_since(const struct registry *r, int32_t birth)
{
    size_t low = 0, high = r->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->items[middle].birth < birth)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void registry_born(const struct registry *r, int32_t birth, size_t *first,
                   size_t *end)
{
    *first = first_since(r, birth);
    *end = birth == INT32_MAX ? r->n : first_since(r, birth + 1);
}

int kana_agree(const char *one, const char *other)
{
    if (!*one || !*other)
        return 0;
    if (strcmp(one, other) == 0)
        return 2;
    int letters = (int)text_count(one);
    return text_distance(one, other) <= (letters < 8 ? 1 : letters / 4);
}

int name_agree(const char *one, const char *other)
{
    if (!*one || !*other)
        return 0;
    if (strcmp(one, other) == 0)
        return 2;
    int letters = (int)text_count(one), others = (int)text_count(other);
    int longer = letters > others ? letters : others;
    return 2 * text_distance(one, other) <= longer;
}

/* Two residents of one day, twins above all, must differ by this much. */
#define MARGIN 2
/* Both agree, and one of them wholly. */
#define ENOUGH 3

struct registry_match registry_match(const struct registry *r, int32_t birth,
                                     const char *kana_key, const char *name_key)
{
    struct registry_match m = {NULL, false, 0};
    size_t i, end;
    int second = 0;
    bool both = false;
    registry_born(r, birth, &i, &end);
    for (; i < end; i++) {
        int kana = kana_agree(kana_key, r->items[i].kana_key);
        int name = name_agree(name_key, r->items[i].name_key);
        if (kana + name > m.agreement) {
            second = m.agreement;
            m.agreement = kana + name;
            m.resident = &r->items[i];
            both = kana && name;
        } else if (kana + name > second) {
            second = kana + name;
        }
    }
    if (m.agreement == second)
        m.resident = NULL;
    m.sure = m.resident && both && m.agreement >= ENOUGH &&
             m.agreement >= second + MARGIN;
    return m;
}

const struct resident *registry_namesake(const struct registry *r,
                                         const char *kana_key,
                                         const char *name_key)
{
    const struct resident *found = NULL;
    if (!*kana_key || !*name_key)
        return NULL;
    for (size_t i = 0; i < r->n; i++) {
        if (strcmp(r->items[i].kana_key, kana_key) != 0 ||
            strcmp(r->items[i].name_key, name_key) != 0)
            continue;
        if (found)
            return NULL;
        found = &r->items[i];
    }
    return found;
}
