#include "core/text.h"
#include "records/columns.h"
#include "records/record_csv.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define MAX_POINTS INT64_C(1000000)

enum manual_column {
    COL_HOUSEHOLD,
    COL_CHILD,
    COL_PERSON,
    COL_RULE,
    COL_POINTS,
    COL_REASON,
    COL_BY,
    COL_APPROVED,
    N_COLUMNS
};

static_assert((int)COL_HOUSEHOLD == KEY_HOUSEHOLD &&
                  (int)COL_CHILD == KEY_CHILD && (int)COL_PERSON == KEY_PERSON,
              "read_keys() takes one for the other");

static const struct column_def columns[N_COLUMNS] = {
    [COL_HOUSEHOLD] = {{"世帯番号", "household no"}, true},
    [COL_CHILD] = {{"児童番号", "child no"}, false},
    [COL_PERSON] = {{"人番号", "person no"}, false},
    [COL_RULE] = {{"規則", "rule"}, true},
    [COL_POINTS] = {{"点数", "points"}, true},
    [COL_REASON] = {{"理由", "reason"}, true},
    [COL_BY] = {{"入力者", "entered by"}, true},
    [COL_APPROVED] = {{"承認者", "approved by"}, false},
};

bool points_parse(const char *text, int64_t *thousandths)
{
    struct arena mem = ARENA_INIT;
    const char *t = text_unspaced(text_nfkc(text, &mem), &mem);
    bool minus = *t == '-' || strncmp(t, "−", strlen("−")) == 0 ||
                 strncmp(t, "▲", strlen("▲")) == 0;
    if (minus)
        t += *t == '-' ? 1 : strlen("▲");
    else if (*t == '+')
        t++;
    int64_t n = 0, scale = 1000;
    bool digit = false, ok = true;
    for (; isdigit((unsigned char)*t) && n <= MAX_POINTS * 1000; t++) {
        n = n * 10 + (*t - '0') * 1000;
        digit = true;
    }
    if (digit && *t == '.') {
        ok = isdigit((unsigned char)t[1]);
        for (t++; isdigit((unsigned char)*t) && scale > 1; t++)
            n += (*t - '0') * (scale /= 10);
    }
    ok = ok && digit && !*t && n <= MAX_POINTS * 1000;
    *thousandths = minus ? -n : n;
    arena_release(&mem);
    return ok;
}

const char *points_format(int64_t thousandths, struct arena *a)
{
    long long m = llabs((long long)thousandths);
    const char *sign = thousandths < 0 ? "-" : "";
    if (m % 1000 == 0)
        return arena_printf(a, "%s%lld", sign, m / 1000);
    char *text = arena_printf(a, "%s%lld.%03lld", sign, m / 1000, m % 1000);
    for (size_t n = strlen(text); text[n - 1] == '0';)
        text[--n] = '\0';
    return text;
}

struct manual_load {
    struct record_set *set;
    const struct csv *t;
    int at[N_COLUMNS];
    struct arena *mem;
    struct diag *d;
};

static const char *text_at(const struct manual_load *l, size_t row, int column)
{
    return column_text(l->t, row, l->at[column], l->mem);
}

static bool read_keys(const struct manual_load *l, size_t row,
                      struct manual_points *m)
{
    struct row_key key = {"", "", 0, 0};
    for (int c = COL_HOUSEHOLD; c <= COL_PERSON; c++)
        if (l->at[c] >= 0 &&
            !key_column_put(&key, (enum key_column)c, text_at(l, row, c),
                            csv_pos(l->t, row, l->at[c]), l->mem, l->d))
            return false;
    m->household = key.household;
    m->child = key.child;
    m->person = key.person;
    if (*key.household && *text_at(l, row, COL_RULE))
        return true;
    return diag_error(l->d, m->at, "key-missing",
                      "世帯番号と規則は必ず書いてください",
                      "household no and rule must be given");
}

static bool read_row(const struct manual_load *l, size_t row)
{
    struct manual_points m = {
        .rule = text_at(l, row, COL_RULE),
        .reason = text_at(l, row, COL_REASON),
        .by = text_at(l, row, COL_BY),
        .approved_by = text_at(l, row, COL_APPROVED),
        .at = csv_pos(l->t, row, l->at[COL_POINTS]),
    };
    if (!read_keys(l, row, &m))
        return false;
    const char *points = text_at(l, row, COL_POINTS);
    if (!points_parse(points, &m.points))
        return diag_error(l->d, m.at, "bad-number",
                          "点数「%s」は小数第3位までの数で書いてください",
                          "points \"%s\": write a number with at most three "
                          "decimals",
                          points);
    if (!*m.reason || !*m.by)
        return diag_error(l->d, m.at, "reason-missing",
                          "適宜の点数には理由と入力者が必要です",
                          "manual points need a reason and who entered them");
    record_set_add_manual(l->set, &m);
    return true;
}

static bool same_place(const struct manual_points *a,
                       const struct manual_points *b)
{
    return strcmp(a->household, b->household) == 0 &&
           strcmp(a->child, b->child) == 0 && a->person == b->person &&
           strcmp(a->rule, b->rule) == 0;
}

/* After sorting, rows for one rule and one person stand together. */
static bool check_twice(struct record_set *set, struct diag *d)
{
    bool ok = true;
    record_set_finish(set);
    for (size_t i = 1; i < set->n_manual; i++)
        if (same_place(&set->manual[i - 1], &set->manual[i]))
            ok = diag_error(d, set->manual[i].at, "duplicate-row",
                            "世帯 %s の規則 %s の点数が2回書かれています",
                            "household %s has points for rule %s twice",
                            set->manual[i].household, set->manual[i].rule);
    return ok;
}

bool manual_csv_load(struct record_set *set, const char *bytes, size_t len,
                     const char *name, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    struct csv t;
    struct manual_load l = {.set = set, .t = &t, .mem = &mem, .d = d};
    bool ok = csv_parse(bytes, len, name, ENCODING_AUTO, &t, &mem, d) &&
              columns_find(&t, columns, N_COLUMNS, l.at, d);
    for (size_t r = 0, n = ok ? t.n_rows : 0; r < n; r++)
        ok = read_row(&l, r) && ok;
    ok = ok && check_twice(set, d);
    arena_release(&mem);
    return ok;
}

bool manual_csv_write(const struct record_set *set, struct csv_style style,
                      enum lang lang, struct csv_writer *out, struct diag *d)
{
    csv_begin(out, style);
    for (int c = 0; c < N_COLUMNS; c++)
        csv_text(out, label_text(columns[c].label, lang));
    csv_end_row(out);
    for (size_t i = 0; i < set->n_manual; i++) {
        const struct manual_points *m = &set->manual[i];
        csv_code(out, m->household);
        csv_code(out, m->child);
        if (m->person)
            csv_int(out, m->person);
        else
            csv_text(out, "");
        csv_text(out, m->rule);
        csv_milli(out, m->points);
        csv_text(out, m->reason);
        csv_text(out, m->by);
        csv_text(out, m->approved_by);
        csv_end_row(out);
    }
    return csv_finish(out, "manual_points.csv", d);
}
