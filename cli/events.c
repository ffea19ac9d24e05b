#include "cli/events.h"

#include "core/csv.h"
#include "core/date.h"
#include "records/columns.h"

#include <assert.h>
#include <string.h>

const struct label event_columns[N_EVENT_COLUMNS] = {
    [EVENT_HOUSEHOLD] = {"世帯番号", "household"},
    [EVENT_CHILD] = {"児童番号", "child"},
    [EVENT_KIND] = {"種別", "kind"},
    [EVENT_ON] = {"日付", "on"},
    [EVENT_DETAIL] = {"内容", "detail"},
};

static_assert((int)EVENT_HOUSEHOLD == KEY_HOUSEHOLD &&
                  (int)EVENT_CHILD == KEY_CHILD,
              "take_row() takes one for the other");

/* To add a kind: its word here; run_make.c says what it changes. */
static const char *const kinds[] = {"取下げ", "辞退", "希望変更", "転入",
                                    "転出",   "出生", "管外内定", "取消"};

static bool find_columns(struct cli *c, const struct csv *t,
                         int at[N_EVENT_COLUMNS])
{
    bool ok = true;
    for (int k = 0; k < N_EVENT_COLUMNS; k++) {
        at[k] = csv_column(t, event_columns[k].ja);
        if (at[k] < 0)
            at[k] = csv_column(t, event_columns[k].en);
        if (at[k] < 0 && k != EVENT_DETAIL)
            ok = diag_error(&c->diag, POS_FILE(t->file), "missing-column",
                            "「%1$s」(%2$s) の列がありません",
                            "there is no column %2$s (%1$s)",
                            event_columns[k].ja, event_columns[k].en);
    }
    return ok;
}

static bool known_kind(struct cli *c, const char *kind, struct pos at)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i], kind) == 0)
            return true;
    return diag_error(
        &c->diag, at, "unknown-event",
        "種別「%"
        "s」はありません。取下げ、辞退、希望変更、転入、転出、出生、管外内定、"
        "取消 のどれかを書いてください",
        "there is no kind \"%s\"; write 取下げ, 辞退, 希望変更, 転入, 転出, "
        "出生, 管外内定 or 取消",
        kind);
}

static bool take_row(struct cli *c, const struct csv *t, size_t row,
                     const int at[N_EVENT_COLUMNS], struct case_event *e)
{
    int32_t day;
    struct row_key key = {"", "", 0, 0};
    for (int k = EVENT_HOUSEHOLD; k <= EVENT_CHILD; k++)
        if (!key_column_put(&key, (enum key_column)k, csv_cell(t, row, at[k]),
                            csv_pos(t, row, at[k]), &c->mem, &c->diag))
            return false;
    *e = (struct case_event){
        .household = key.household,
        .child = key.child,
        .kind = csv_cell(t, row, at[EVENT_KIND]),
        .detail =
            at[EVENT_DETAIL] < 0 ? "" : csv_cell(t, row, at[EVENT_DETAIL])};
    if (!*e->household)
        return diag_error(&c->diag, csv_pos(t, row, at[EVENT_HOUSEHOLD]),
                          "key-missing", "世帯番号がありません",
                          "there is no household number");
    if (!known_kind(c, e->kind, csv_pos(t, row, at[EVENT_KIND])))
        return false;
    const char *on = csv_cell(t, row, at[EVENT_ON]);
    if (date_parse(on, &day) != DATE_OK)
        return diag_error(&c->diag, csv_pos(t, row, at[EVENT_ON]), "bad-date",
                          "「%s」は日付として読めません",
                          "\"%s\" is not a date", on);
    e->on = date_iso(day, &c->mem);
    return true;
}

bool events_parse(struct cli *c, const char *bytes, size_t len,
                  const char *name, struct case_event **out, size_t *n)
{
    struct csv t;
    int at[N_EVENT_COLUMNS];
    if (!csv_parse(bytes, len, name, ENCODING_AUTO, &t, &c->mem, &c->diag) ||
        !find_columns(c, &t, at))
        return false;
    *out = ARENA_ARRAY(&c->mem, struct case_event, t.n_rows);
    *n = t.n_rows;
    bool ok = true;
    for (size_t r = 0; r < t.n_rows; r++)
        ok = take_row(c, &t, r, at, &(*out)[r]) && ok;
    return ok;
}
