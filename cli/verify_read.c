/* What a run wrote, read back: tables, markets, placements, withdrawals. */
#include "cli/events.h"
#include "cli/verify_run.h"
#include "core/csv.h"
#include "core/file.h"
#include "records/record_csv.h"
#include "report/outputs.h"
#include "scoring/placement/market_file.h"

#include <stdlib.h>
#include <string.h>

#define MAX_RUN_FILE ((size_t)1 << 30)

/* A table that the run wrote, in either language and encoding. */
static bool read_table(struct cli *c, const char *folder, const char *name,
                       struct csv *out)
{
    size_t len;
    const char *path = path_join(&c->mem, folder, name);
    const char *bytes = file_read(path, MAX_RUN_FILE, &c->mem, &len, &c->diag);
    return bytes &&
           csv_parse(bytes, len, path, ENCODING_AUTO, out, &c->mem, &c->diag);
}

/* A column by its Japanese or English header. */
static bool column(struct cli *c, const struct csv *t, struct label name,
                   int *out)
{
    *out = csv_column(t, name.ja);
    if (*out < 0)
        *out = csv_column(t, name.en);
    return *out >= 0 ||
           diag_error(&c->diag, POS_FILE(t->file), "missing-column",
                      "「%1$s」(%2$s) の列がありません",
                      "there is no column %2$s (%1$s)", name.ja, name.en);
}

bool verify_read_claims(struct cli *c, const char *folder,
                        struct claimed_points **out, size_t *n)
{
    static const struct label names[] = {
        {"世帯番号", "household"}, {"児童番号", "child"},
        {"施設番号", "facility"},  {"基準指数", "basic points"},
        {"合計", "total"},         {"未確定", "provisional"},
    };
    struct csv t;
    int at[6];
    if (!read_table(c, folder, "scores.csv", &t))
        return false;
    for (size_t i = 0; i < 6; i++)
        if (!column(c, &t, names[i], &at[i]))
            return false;
    *out = ARENA_ARRAY(&c->mem, struct claimed_points, t.n_rows);
    *n = t.n_rows;
    for (size_t r = 0; r < t.n_rows; r++) {
        struct claimed_points *p = &(*out)[r];
        *p = (struct claimed_points){.household = csv_cell(&t, r, at[0]),
                                     .child = csv_cell(&t, r, at[1]),
                                     .facility = csv_cell(&t, r, at[2]),
                                     .provisional =
                                         *csv_cell(&t, r, at[5]) != '\0',
                                     .at = csv_pos(&t, r, at[4])};
        if (!points_parse(csv_cell(&t, r, at[3]), &p->base) ||
            !points_parse(csv_cell(&t, r, at[4]), &p->total))
            return diag_error(&c->diag, csv_pos(&t, r, at[4]), "bad-number",
                              "点数を読めません", "these are no points");
    }
    return true;
}

static bool read_market(struct cli *c, const char *path, struct market *out)
{
    size_t len;
    const char *bytes = file_read(path, MAX_RUN_FILE, &c->mem, &len, &c->diag);
    return bytes && market_parse(bytes, len, path, out, &c->mem, &c->diag);
}

/* One, or one for each phase and one more where no phase takes some child. */
bool verify_read_markets(struct cli *c, const char *inputs,
                         const struct ruleset *rules, struct verify_run *out)
{
    bool phases = rules->phase_mode == PHASE_SEQUENTIAL && rules->n_phases;
    size_t n = phases ? rules->n_phases : 1;
    out->phases = ARENA_ARRAY(&c->mem, struct verify_phase, n + 1);
    for (size_t p = 0; p < n + phases; p++) {
        const char *path =
            path_join(&c->mem, inputs, run_market_name(phases, p, &c->mem));
        if (p == n && !file_exists(path))
            break;
        if (!read_market(c, path, &out->phases[p].market))
            return false;
        if (phases)
            out->phases[p].phase = p < n ? rules->phases[p].id : "-";
        out->n_phases = p + 1;
    }
    return true;
}

/* ---- placements ---- */

static int child_by_number(const void *key, const void *item)
{
    const struct market_child *m = item;
    return strcmp(key, m->id);
}

static int facility_by_id(const void *key, const void *item)
{
    const struct market_facility *m = item;
    return strcmp(key, m->id);
}

/* A row of placements.csv; `place`: the facility's name in the market. */
struct placed_row {
    const char *child, *place;
    struct pos at, child_at;
};

/* Which market has the child; NULL: none. */
static struct verify_phase *market_with(struct verify_run *v, const char *id,
                                        int32_t *child)
{
    for (size_t p = 0; p < v->n_phases; p++) {
        const struct market *m = &v->phases[p].market;
        const struct market_child *x =
            m->n_children ? bsearch(id, m->children, m->n_children,
                                    sizeof *m->children, child_by_number)
                          : NULL;
        if (x) {
            *child = (int32_t)(x - m->children);
            return &v->phases[p];
        }
    }
    return NULL;
}

static void take_row(struct verify_run *v, const struct placed_row *row,
                     bool **seen, struct diag *said)
{
    int32_t child = MARKET_NONE;
    struct verify_phase *p = market_with(v, row->child, &child);
    const struct market *any = &v->phases[0].market;
    const struct market_facility *f =
        *row->place && any->n_facilities
            ? bsearch(row->place, any->facilities, any->n_facilities,
                      sizeof *any->facilities, facility_by_id)
            : NULL;
    if (*row->place && !f)
        diag_error(said, row->at, "unknown-facility",
                   "施設番号 %s がありません", "there is no facility %s",
                   row->place);
    if (!p && f)
        diag_error(said, row->child_at, "placed-outside",
                   "児童 %s は選考の対象ではありません",
                   "child %s is not in the market", row->child);
    if (p && seen[p - v->phases][child])
        diag_error(said, row->child_at, "placed-twice",
                   "児童 %s の行が2つあります", "child %s stands there twice",
                   row->child);
    if (!p)
        return;
    seen[p - v->phases][child] = true;
    if (f)
        p->held.place[child] = (int32_t)(f - any->facilities);
}

static void start_matchings(struct verify_run *v, bool **seen, struct arena *a)
{
    for (size_t p = 0; p < v->n_phases; p++) {
        size_t n = v->phases[p].market.n_children;
        seen[p] = ARENA_ARRAY(a, bool, n);
        v->phases[p].held = (struct matching){ARENA_ARRAY(a, int32_t, n), n};
        for (size_t i = 0; i < n; i++)
            v->phases[p].held.place[i] = MARKET_NONE;
    }
}

static int by_text(const void *x, const void *y)
{
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* Every child of the records has a row, in a market or not; those of a market
 * are told already. */
static void check_others(struct verify_run *v, const struct record_set *set,
                         const struct csv *t, int at, struct diag *said)
{
    const struct record_table *children = &set->tables[SCOPE_CHILD];
    struct arena mem = ARENA_INIT;
    const char **ids = ARENA_ARRAY(&mem, const char *, t->n_rows);
    for (size_t r = 0; r < t->n_rows; r++)
        ids[r] = csv_cell(t, r, at);
    if (t->n_rows)
        qsort(ids, t->n_rows, sizeof *ids, by_text);
    for (size_t i = 0; i < children->n_rows; i++) {
        const char *id = children->keys[i].child;
        int32_t child;
        if (!market_with(v, id, &child) &&
            (!t->n_rows || !bsearch(&id, ids, t->n_rows, sizeof *ids, by_text)))
            diag_error(said, POS_FILE("placements.csv"), "placement-missing",
                       "児童 %s の行がありません", "there is no row for %s",
                       id);
    }
    arena_release(&mem);
}

bool verify_read_matchings(struct cli *c, const char *folder,
                           const struct record_set *set, struct verify_run *v,
                           struct diag *said)
{
    static const struct label names[] = {
        {"児童番号", "child"}, {"施設番号", "facility"}, {"枠", "seat kind"}};
    struct csv t;
    int at[3];
    bool **seen = ARENA_ARRAY(&c->mem, bool *, v->n_phases);
    if (!read_table(c, folder, "placements.csv", &t) ||
        !column(c, &t, names[0], &at[0]) || !column(c, &t, names[1], &at[1]) ||
        !column(c, &t, names[2], &at[2]))
        return false;
    start_matchings(v, seen, &c->mem);
    for (size_t r = 0; r < t.n_rows; r++) {
        const char *code = csv_cell(&t, r, at[1]);
        const char *kind = csv_cell(&t, r, at[2]);
        struct placed_row row = {
            csv_cell(&t, r, at[0]),
            *kind ? arena_printf(&c->mem, "%s#%s", code, kind) : code,
            csv_pos(&t, r, at[1]), csv_pos(&t, r, at[0])};
        take_row(v, &row, seen, said);
    }
    for (size_t p = 0; p < v->n_phases; p++)
        for (size_t i = 0; i < v->phases[p].held.n; i++)
            if (!seen[p][i])
                diag_error(said, POS_FILE("placements.csv"),
                           "placement-missing", "児童 %s の行がありません",
                           "there is no row for %s",
                           v->phases[p].market.children[i].id);
    check_others(v, set, &t, at[0], said);
    return true;
}

/* ---- withdrawals ---- */

/* The last of 取下げ, 辞退, 管外内定 and 取消 says; a row without a child is
 * about all of the household. */
static bool is_out(const struct case_event *events, size_t n,
                   const struct row_key *key)
{
    for (size_t i = n; i-- > 0;) {
        const struct case_event *e = &events[i];
        bool taken_back = strcmp(e->kind, "取消") == 0;
        bool out = strcmp(e->kind, "取下げ") == 0 ||
                   strcmp(e->kind, "辞退") == 0 ||
                   strcmp(e->kind, "管外内定") == 0;
        if ((out || taken_back) && strcmp(e->household, key->household) == 0 &&
            (!*e->child || strcmp(e->child, key->child) == 0))
            return out;
    }
    return false;
}

bool verify_read_withdrawn(struct cli *c, const char *inputs,
                           const struct record_set *set, bool **out)
{
    const char *path = path_join(&c->mem, inputs, "events.csv");
    const struct record_table *t = &set->tables[SCOPE_CHILD];
    struct case_event *events = NULL;
    size_t len, n = 0;
    *out = ARENA_ARRAY(&c->mem, bool, t->n_rows);
    if (!file_exists(path))
        return true;
    const char *bytes =
        file_read(path, EVENTS_MAX_BYTES, &c->mem, &len, &c->diag);
    if (!bytes || !events_parse(c, bytes, len, path, &events, &n))
        return false;
    for (size_t i = 0; i < t->n_rows; i++)
        (*out)[i] = is_out(events, n, &t->keys[i]);
    return true;
}
