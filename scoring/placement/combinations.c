#include "scoring/placement/combinations.h"

#include "core/csv.h"
#include "scoring/placement/market_build.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct columns {
    int household, rank;
    int child[MARKET_SIBLINGS_MAX], facility[MARKET_SIBLINGS_MAX];
    size_t n;
};

static bool need(const struct csv *t, const char *name, int *out,
                 struct diag *d)
{
    *out = csv_column(t, name);
    return *out >= 0 ||
           diag_error(d, POS_FILE(t->file), "missing-column",
                      "「%s」の列がありません", "there is no column %s", name);
}

static bool find_columns(const struct csv *t, struct columns *c, struct diag *d)
{
    struct arena scratch = ARENA_INIT;
    bool ok = need(t, "ファミリーコード", &c->household, d);
    ok = need(t, "総当たり順位", &c->rank, d) && ok;
    for (c->n = 0; ok && c->n < MARKET_SIBLINGS_MAX; c->n++) {
        const char *child = arena_printf(&scratch, "宛名コード%zu", c->n + 1);
        if (c->n > 0 && csv_column(t, child) < 0)
            break;
        ok = need(t, child, &c->child[c->n], d) &&
             need(t, arena_printf(&scratch, "希望施設%zu", c->n + 1),
                  &c->facility[c->n], d);
    }
    arena_release(&scratch);
    return ok;
}

static bool read_rank(const struct csv *t, size_t row, int column, int64_t *out,
                      struct diag *d)
{
    const char *text = csv_cell(t, row, column);
    char *end;
    errno = 0;
    *out = strtoll(text, &end, 10);
    return (*text >= '0' && *text <= '9' && !*end && !errno) ||
           diag_error(d, csv_pos(t, row, column), "bad-rank",
                      "総当たり順位「%s」は数ではありません",
                      "the rank \"%s\" is not a number", text);
}

/* Into its place by child. */
static bool add_place(struct combination *c, const char *child,
                      const char *facility, struct pos at, struct diag *d)
{
    size_t i = c->n_places;
    while (i > 0 && strcmp(c->places[i - 1].child, child) > 0)
        i--;
    if (i > 0 && strcmp(c->places[i - 1].child, child) == 0)
        return diag_error(d, at, "duplicate-child",
                          "児童 %s が同じ行に 2 回あります",
                          "child %s stands in this row twice", child);
    for (size_t k = c->n_places++; k > i; k--)
        c->places[k] = c->places[k - 1];
    c->places[i] = (struct combination_place){child, facility};
    return true;
}

static bool read_places(const struct csv *t, size_t row,
                        const struct columns *columns, struct combination *c,
                        struct diag *d)
{
    bool ok = true;
    for (size_t k = 0; k < columns->n; k++) {
        const char *child = csv_cell(t, row, columns->child[k]);
        const char *facility = csv_cell(t, row, columns->facility[k]);
        struct pos at = csv_pos(t, row, columns->child[k]);
        if (*child)
            ok = add_place(c, child, facility, at, d) && ok;
        else if (*facility)
            ok = diag_error(d, at, "missing-child",
                            "希望施設 %s の宛名コードがありません",
                            "the facility %s stands without a child", facility);
    }
    if (ok && c->n_places == 0)
        ok = diag_error(d, c->at, "missing-child", "この行には児童がいません",
                        "this row names no child");
    return ok;
}

static bool read_row(const struct csv *t, size_t row,
                     const struct columns *columns, struct combination *c,
                     struct arena *a, struct diag *d)
{
    c->household = csv_cell(t, row, columns->household);
    c->at = csv_pos(t, row, columns->household);
    c->places = ARENA_ARRAY(a, struct combination_place, columns->n);
    bool ok = *c->household || diag_error(d, c->at, "missing-household",
                                          "ファミリーコードがありません",
                                          "the household's number is missing");
    ok = read_rank(t, row, columns->rank, &c->rank, d) && ok;
    return read_places(t, row, columns, c, d) && ok;
}

static int by_household(const void *x, const void *y)
{
    const struct combination *a = x, *b = y;
    int c = strcmp(a->household, b->household);
    if (!c)
        c = (a->rank > b->rank) - (a->rank < b->rank);
    return c ? c : (a->at.line > b->at.line) - (a->at.line < b->at.line);
}

static bool same_children(const struct combination *a,
                          const struct combination *b)
{
    bool same = a->n_places == b->n_places;
    for (size_t k = 0; same && k < a->n_places; k++)
        same = strcmp(a->places[k].child, b->places[k].child) == 0;
    return same;
}

/* Each row against the one before, of the same household. */
static bool check_rows(const struct combinations *list, struct diag *d)
{
    bool ok = true;
    size_t of_household = 0;
    for (size_t i = 1; i < list->n; i++) {
        const struct combination *up = &list->items[i - 1];
        const struct combination *c = &list->items[i];
        of_household =
            strcmp(up->household, c->household) == 0 ? of_household + 1 : 0;
        if (!of_household)
            continue;
        if (up->rank == c->rank)
            ok = diag_error(d, c->at, "duplicate-rank",
                            "世帯 %s の順位 %lld が %d 行目にもあります",
                            "household %s has rank %lld on line %d too",
                            c->household, (long long)c->rank, up->at.line);
        if (!same_children(up, c))
            ok = diag_error(d, c->at, "combination-children",
                            "世帯 %s の児童が %d 行目と違います",
                            "household %s names other children on line %d",
                            c->household, up->at.line);
        if (of_household == MARKET_ENTRIES_MAX)
            ok = diag_error(d, c->at, "too-many-entries",
                            "世帯 %s の組合せは %d 件までです",
                            "household %s may have %d entries", c->household,
                            MARKET_ENTRIES_MAX);
    }
    return ok;
}

bool combinations_parse(const char *bytes, size_t len, const char *name,
                        struct combinations *out, struct arena *a,
                        struct diag *d)
{
    struct csv t;
    struct columns columns;
    *out = (struct combinations){.n = 0};
    if (!csv_parse(bytes, len, name, ENCODING_AUTO, &t, a, d) ||
        !find_columns(&t, &columns, d))
        return false;
    if (columns.n == MARKET_SIBLINGS_MAX && csv_column(&t, "宛名コード21") >= 0)
        return diag_error(d, POS_FILE(name), "too-many-siblings",
                          "1 世帯の児童は %d 人までです",
                          "a household may have %d children",
                          MARKET_SIBLINGS_MAX);
    bool ok = true;
    out->items = ARENA_ARRAY(a, struct combination, t.n_rows);
    for (size_t r = 0; r < t.n_rows; r++)
        ok = read_row(&t, r, &columns, &out->items[out->n++], a, d) && ok;
    if (!ok)
        return false;
    if (out->n)
        qsort(out->items, out->n, sizeof *out->items, by_household);
    return check_rows(out, d);
}

const struct combination *combinations_find(const struct combinations *list,
                                            const char *household, size_t *n)
{
    size_t low = 0, high = list->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (strcmp(list->items[mid].household, household) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    *n = 0;
    while (low + *n < list->n &&
           strcmp(list->items[low + *n].household, household) == 0)
        ++*n;
    return list->items + low;
}
