#include "records/numbers.h"

#include "core/csv.h"
#include "core/text.h"
#include "records/columns.h"

#include <stdlib.h>
#include <string.h>

#define NUMBER_MAX 999999999

enum { COL_HOUSEHOLD, COL_NUMBER, N_COLUMNS };
static const struct column_def columns[N_COLUMNS] = {
    [COL_HOUSEHOLD] = {{"世帯番号", "household no"}, true},
    [COL_NUMBER] = {{"番号", "number"}, true},
};

static int by_household(const void *x, const void *y)
{
    const struct household_number *a = x, *b = y;
    int c = strcmp(a->household, b->household);
    return c ? c : (a->at.line > b->at.line) - (a->at.line < b->at.line);
}

static int by_number(const void *x, const void *y)
{
    const struct household_number *a = x, *b = y;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return (a->at.line > b->at.line) - (a->at.line < b->at.line);
}

static bool read_row(const struct csv *t, size_t row, const int *at,
                     struct household_number *out, struct arena *a,
                     struct diag *d)
{
    int number = 0;
    out->household =
        text_trim(text_nfkc(column_text(t, row, at[COL_HOUSEHOLD], a), a), a);
    out->at = csv_pos(t, row, at[COL_HOUSEHOLD]);
    if (!*out->household)
        return diag_error(d, out->at, "key-missing", "世帯番号が空です",
                          "there is no household number");
    if (!column_int(t, row, at[COL_NUMBER], 1, NUMBER_MAX, 0, &number, a, d))
        return false;
    out->number = number;
    return number > 0 ||
           diag_error(d, csv_pos(t, row, at[COL_NUMBER]), "bad-number",
                      "世帯 %s の番号が空です", "household %s has no number",
                      out->household);
}

static bool check_twice(const struct household_numbers *list, int number_column,
                        struct diag *d)
{
    bool ok = true;
    qsort(list->items, list->n, sizeof *list->items, by_number);
    for (size_t i = 1; i < list->n; i++) {
        const struct household_number *x = &list->items[i - 1], *y = x + 1;
        struct pos at = {y->at.file, y->at.line, number_column + 1};
        if (x->number == y->number)
            ok = diag_error(d, at, "duplicate-number",
                            "番号 %lld が2回書かれています（%d 行と同じ）",
                            "number %lld is there twice (also line %d)",
                            (long long)y->number, x->at.line);
    }
    qsort(list->items, list->n, sizeof *list->items, by_household);
    for (size_t i = 1; i < list->n; i++) {
        const struct household_number *x = &list->items[i - 1], *y = x + 1;
        if (strcmp(x->household, y->household) == 0)
            ok = diag_error(d, y->at, "duplicate-household",
                            "世帯 %s が2回書かれています（%d 行と同じ）",
                            "household %s is there twice (also line %d)",
                            y->household, x->at.line);
    }
    return ok;
}

bool numbers_load(struct household_numbers *out, const char *bytes, size_t len,
                  const char *name, struct arena *a, struct diag *d)
{
    struct csv t;
    int at[N_COLUMNS];
    bool ok = true;
    *out = (struct household_numbers){NULL, 0};
    if (!csv_parse(bytes, len, name, ENCODING_AUTO, &t, a, d) ||
        !columns_find(&t, columns, N_COLUMNS, at, d))
        return false;
    out->items = ARENA_ARRAY(a, struct household_number, t.n_rows + 1);
    for (size_t r = 0; r < t.n_rows; r++) {
        bool good = read_row(&t, r, at, &out->items[out->n], a, d);
        out->n += good;
        ok = ok && good;
    }
    return check_twice(out, at[COL_NUMBER], d) && ok;
}

bool household_number(const struct household_numbers *list,
                      const char *household, int64_t *out)
{
    size_t low = 0, high = list->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(list->items[middle].household, household);
        if (order == 0) {
            *out = list->items[middle].number;
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}
