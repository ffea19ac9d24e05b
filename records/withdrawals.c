#include "records/withdrawals.h"

#include "core/date.h"
#include "records/columns.h"

#include <stdlib.h>
#include <string.h>

const struct label withdrawal_kinds[N_WITHDRAWAL_KINDS] = {
    [WITHDRAWAL_DECLINE] = {"辞退", "declines"},
    [WITHDRAWAL_TRANSFER] = {"転園辞退", "declines the transfer"},
    [WITHDRAWAL_WITHDRAW] = {"取下げ", "withdraws"},
    [WITHDRAWAL_LEAVE] = {"退園", "leaves"},
};

enum column { COL_HOUSEHOLD, COL_CHILD, COL_KIND, COL_ON, COL_NOTE };
static const struct column_def columns[] = {
    [COL_HOUSEHOLD] = {{"世帯番号", "household no"}, false},
    [COL_CHILD] = {{"児童番号", "child no"}, true},
    [COL_KIND] = {{"種別", "kind"}, true},
    [COL_ON] = {{"日付", "on"}, true},
    [COL_NOTE] = {{"備考", "note"}, false},
};
#define N_COLUMNS (sizeof columns / sizeof columns[0])

static bool read_kind(const char *text, struct withdrawal *w, struct arena *a,
                      struct diag *d)
{
    const char *all = "";
    for (int k = 0; k < N_WITHDRAWAL_KINDS; k++) {
        const struct label *word = &withdrawal_kinds[k];
        if (strcmp(text, word->ja) == 0 || strcmp(text, word->en) == 0) {
            w->kind = (enum withdrawal_kind)k;
            return true;
        }
        all = arena_printf(a, "%s%s%s (%s)", all, k ? ", " : "", word->ja,
                           word->en);
    }
    return diag_error(d, w->kind_at, "unknown-withdrawal",
                      "種別「%s」はありません。%s のどれかを書いてください",
                      "there is no kind \"%s\"; write one of %s", text, all);
}

static bool read_row(const struct csv *t, size_t row, const int *at,
                     struct withdrawal *w, struct arena *a, struct diag *d)
{
    struct row_key key = {"", "", 0, 0};
    *w = (struct withdrawal){.at = csv_pos(t, row, at[COL_CHILD]),
                             .kind_at = csv_pos(t, row, at[COL_KIND]),
                             .note = column_text(t, row, at[COL_NOTE], a)};
    if (!key_column_put(&key, KEY_CHILD, csv_cell(t, row, at[COL_CHILD]), w->at,
                        a, d))
        return false;
    if (at[COL_HOUSEHOLD] >= 0 &&
        !key_column_put(&key, KEY_HOUSEHOLD,
                        csv_cell(t, row, at[COL_HOUSEHOLD]),
                        csv_pos(t, row, at[COL_HOUSEHOLD]), a, d))
        return false;
    w->household = key.household;
    w->child = key.child;
    if (!*w->child)
        return diag_error(d, w->at, "key-missing", "児童番号がありません",
                          "there is no child number");
    if (!read_kind(column_text(t, row, at[COL_KIND], a), w, a, d))
        return false;
    const char *on = column_text(t, row, at[COL_ON], a);
    return date_parse(on, &w->on) == DATE_OK ||
           diag_error(d, csv_pos(t, row, at[COL_ON]), "bad-date",
                      "日付「%s」は読めません（2027-02-10 の形で）",
                      "\"%s\" is not a date (write 2027-02-10)", on);
}

static int by_child(const void *x, const void *y)
{
    const struct withdrawal *a = x, *b = y;
    int c = strcmp(a->child, b->child);
    return c ? c : (a->at.line > b->at.line) - (a->at.line < b->at.line);
}

static int by_date(const void *x, const void *y)
{
    const struct withdrawal *a = x, *b = y;
    if (a->on != b->on)
        return a->on < b->on ? -1 : 1;
    return strcmp(a->child, b->child);
}

static bool check_twice(struct withdrawals *w, struct diag *d)
{
    bool ok = true;
    if (w->n)
        qsort(w->items, w->n, sizeof *w->items, by_child);
    for (size_t i = 1; i < w->n; i++)
        if (strcmp(w->items[i - 1].child, w->items[i].child) == 0)
            ok = diag_error(d, w->items[i].at, "withdrawn-twice",
                            "児童 %s は %d 行目にもあります",
                            "child %s stands in line %d too", w->items[i].child,
                            w->items[i - 1].at.line);
    return ok;
}

bool withdrawals_parse(const char *bytes, size_t len, const char *name,
                       struct withdrawals *out, struct arena *a, struct diag *d)
{
    struct csv t;
    int at[N_COLUMNS];
    *out = (struct withdrawals){NULL, 0};
    if (!csv_parse(bytes, len, name, ENCODING_AUTO, &t, a, d) ||
        !columns_find(&t, columns, N_COLUMNS, at, d))
        return false;
    out->items = ARENA_ARRAY(a, struct withdrawal, t.n_rows);
    bool ok = true;
    for (size_t row = 0; row < t.n_rows; row++) {
        bool good = read_row(&t, row, at, &out->items[out->n], a, d);
        out->n += good;
        ok = good && ok;
    }
    ok = check_twice(out, d) && ok;
    if (out->n)
        qsort(out->items, out->n, sizeof *out->items, by_date);
    return ok;
}
