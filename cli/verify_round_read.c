/* A later round, read from the files of its folder, child by child. */
#include "cli/verify_round_reading.h"

#include "cli/verify_run.h"
#include "core/csv.h"
#include "core/file.h"
#include "core/hash.h"

#include <stdlib.h>
#include <string.h>

#define MAX_RUN_FILE ((size_t)1 << 30)

/* ---- files ---- */

static bool read_table(struct round_reading *x, const char *path, struct csv *t)
{
    size_t len;
    struct cli *c = x->c;
    const char *bytes = file_read(path, MAX_RUN_FILE, &c->mem, &len, &c->diag);
    return bytes &&
           csv_parse(bytes, len, path, ENCODING_AUTO, t, &c->mem, &c->diag);
}

static const char *cell(const struct csv *t, size_t row, struct label column)
{
    int at = csv_column(t, column.ja);
    if (at < 0)
        at = csv_column(t, column.en);
    return at < 0 ? "" : csv_cell(t, row, at);
}

static const struct label child_column = {"児童番号", "child"};
static const struct label outcome_column = {"結果", "result"};
static const struct label facility_column = {"施設番号", "facility"};
static const struct label kind_column = {"枠", "seat kind"};
static const struct label from_column = {"転園元", "transfers from"};
static const struct label reason_column = {"理由", "reason"};
static const struct label class_column = {"クラス", "class"};

/* placements.csv of the earlier run is the one that its run.json hashed. */
static bool check_earlier(struct round_reading *x, const char *folder)
{
    size_t len, json_len;
    char hex[HASH_HEX];
    struct cli *c = x->c;
    const char *placements = path_join(&c->mem, folder, "placements.csv");
    const char *run = path_join(&c->mem, folder, "run.json");
    const char *bytes =
        file_read(placements, MAX_RUN_FILE, &c->mem, &len, &c->diag);
    const char *json =
        file_read(run, MAX_RUN_FILE, &c->mem, &json_len, &c->diag);
    if (!bytes || !json)
        return false;
    hash_bytes_hex(bytes, len, hex);
    cJSON *o = cJSON_ParseWithLength(json, json_len);
    const char *said = cJSON_GetStringValue(cJSON_GetObjectItem(
        cJSON_GetObjectItem(o, "outputs"), "placements.csv"));
    x->out->wrong =
        said && strcmp(said, hex) == 0 ? NULL : "earlier/placements.csv";
    cJSON_Delete(o);
    return true;
}

static bool read_withdrawals(struct round_reading *x)
{
    size_t len;
    struct cli *c = x->c;
    const char *path = path_join(&c->mem, x->inputs, "withdrawn.csv");
    if (file_exists(path)) {
        const char *bytes =
            file_read(path, MAX_RUN_FILE, &c->mem, &len, &c->diag);
        if (!bytes ||
            !withdrawals_parse(bytes, len, path, &x->file, &c->mem, &c->diag))
            return false;
    }
    path = path_join(&c->mem, x->inputs, "events.csv");
    if (!file_exists(path))
        return true;
    const char *bytes =
        file_read(path, EVENTS_MAX_BYTES, &c->mem, &len, &c->diag);
    return bytes && events_parse(c, bytes, len, path, &x->events, &x->n_events);
}

/* ---- one child ---- */

static int by_id(const void *x, const void *y)
{
    return strcmp(((const struct checked_child *)x)->id,
                  ((const struct checked_child *)y)->id);
}

struct checked_child *verify_round_child(const struct verify_round *v,
                                         const char *id)
{
    struct checked_child key = {.id = id};
    return v->round.n ? bsearch(&key, v->children, v->round.n,
                                sizeof *v->children, by_id)
                      : NULL;
}

/* A place of the row: its facility and, where told, the kind of its seat. */
static int32_t placed_at(const struct round_reading *x, const struct csv *t,
                         size_t row)
{
    return verify_seats_at(x, cell(t, row, facility_column),
                           cell(t, row, kind_column));
}

/* ---- every child of the records ---- */

static int child_by_id(const void *key, const void *item)
{
    return strcmp(key, ((const struct market_child *)item)->id);
}

static void find_market(const struct verify_round *v, struct checked_child *c)
{
    for (size_t p = 0; p < v->round.n_markets; p++) {
        const struct market *m = v->round.markets[p];
        const struct market_child *in =
            m->n_children ? bsearch(c->id, m->children, m->n_children,
                                    sizeof *m->children, child_by_id)
                          : NULL;
        if (!in)
            continue;
        c->phase = p;
        c->in_market = (int32_t)(in - m->children);
    }
}

static void list_children(struct round_reading *x)
{
    const struct record_table *t = &x->set->tables[SCOPE_CHILD];
    struct verify_round *v = x->out;
    v->children = ARENA_ARRAY(&x->c->mem, struct checked_child, t->n_rows);
    for (size_t r = 0; r < t->n_rows; r++) {
        v->children[r] = (struct checked_child){.id = t->keys[r].child,
                                                .class_age = -1,
                                                .had = MARKET_NONE,
                                                .enrolled = MARKET_NONE,
                                                .now = MARKET_NONE,
                                                .in_market = MARKET_NONE};
        find_market(v, &v->children[r]);
    }
    v->round.n = t->n_rows;
    if (t->n_rows)
        qsort(v->children, t->n_rows, sizeof *v->children, by_id);
}

static bool is_one_of(const char *text, const struct label *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(text, words[i].ja) == 0 || strcmp(text, words[i].en) == 0)
            return true;
    return false;
}

static void take_earlier(struct round_reading *x, const struct csv *t,
                         size_t row)
{
    static const struct label decided[] = {{"内定", "placed"},
                                           {"転園内定", "transferred"},
                                           {"前回内定", "placed before"}};
    static const struct label waits[] = {{"保留", "waiting"},
                                         {"在園継続", "stays enrolled"}};
    static const struct label released[] = {{"辞退", "declined"},
                                            {"退園", "left"}};
    struct checked_child *c =
        verify_round_child(x->out, cell(t, row, child_column));
    const char *said = cell(t, row, outcome_column);
    if (!c)
        return;
    if (strcmp(cell(t, row, reason_column), "R7") == 0) {
        c->before = BEFORE_GONE;
        c->released = is_one_of(said, released, 2);
        c->enrolled = verify_facility_at(x->m, cell(t, row, from_column));
    } else if (is_one_of(said, decided, 3)) {
        c->before = x->out->round.enrolled ? BEFORE_ENROLLED : BEFORE_DECIDED;
        c->had = placed_at(x, t, row);
    } else if (is_one_of(said, waits, 2)) {
        c->before = BEFORE_WAITING;
    }
}

/* One that is only the earlier run's, and holds a decision, is a child too:
 * its row is missing. */
static size_t lost_rows(struct round_reading *x, const struct csv *t)
{
    size_t n = 0;
    for (size_t row = 0; row < t->n_rows; row++) {
        const char *id = cell(t, row, child_column);
        n += !verify_round_child(x->out, id) && !x->out->round.enrolled &&
             strcmp(cell(t, row, reason_column), "R7") != 0 &&
             *cell(t, row, facility_column) &&
             strcmp(cell(t, row, outcome_column), "在園継続") != 0;
    }
    return n;
}

static void take_now(struct round_reading *x, const struct csv *t, size_t row)
{
    struct checked_child *c =
        verify_round_child(x->out, cell(t, row, child_column));
    const char *age = cell(t, row, class_column);
    if (!c)
        return;
    c->present = true;
    c->class_age = *age >= '0' && *age <= '5' ? *age - '0' : -1;
    c->now = placed_at(x, t, row);
}

/* ---- the round ---- */

static const struct class_seats *seats_of(const struct round_reading *x,
                                          const char *id)
{
    size_t len = strcspn(id, "#");
    const struct facility *f =
        facility_find(&x->ctx->facilities, arena_copy(&x->c->mem, id, len));
    if (!f || !id[len])
        return f ? f->seats : NULL;
    const struct special_seats *s = facility_special(f, id + len + 1);
    return s ? s->seats : NULL;
}

static void take_seats(struct round_reading *x)
{
    size_t n = x->m->n_facilities * MARKET_CLASSES;
    int32_t *offered = ARENA_ARRAY(&x->c->mem, int32_t, n);
    bool *own = ARENA_ARRAY(&x->c->mem, bool, n);
    for (size_t f = 0; f < x->m->n_facilities; f++) {
        const struct class_seats *from = seats_of(x, x->m->facilities[f].id);
        for (size_t k = 0; from && k < MARKET_CLASSES; k++) {
            size_t at = f * MARKET_CLASSES + k;
            offered[at] = from[k].offered > 0 ? from[k].offered : 0;
            own[at] = from[k].own_included;
        }
    }
    x->out->round.offered = offered;
    x->out->round.own_included = own;
}

static enum checked_policy policy_of(const struct round_settings *s)
{
    static const enum checked_policy policies[] = {
        [POLICY_FREED] = CHECKED_FREED,
        [POLICY_TOGETHER] = CHECKED_TOGETHER,
        [POLICY_WAITING_FIRST] = CHECKED_WAITING_FIRST,
        [POLICY_EVERYONE] = CHECKED_EVERYONE};
    return s->policy == ROUND_UNSAID ? CHECKED_TOGETHER : policies[s->policy];
}

bool verify_round_read(struct cli *c, const char *folder,
                       const struct case_context *ctx,
                       const struct record_set *set,
                       const struct market *const *markets, size_t n_markets,
                       struct verify_round *out)
{
    struct round_reading x = {.c = c,
                              .inputs = path_join(&c->mem, folder, "inputs"),
                              .ctx = ctx,
                              .set = set,
                              .m = markets[0],
                              .out = out};
    struct csv before, now;
    const char *earlier = path_join(&c->mem, x.inputs, "earlier");
    const struct round_settings *s = &ctx->settings.rounds;
    *out = (struct verify_round){
        .later = folder_exists(earlier),
        .round = {.markets = markets, .n_markets = n_markets}};
    if (!out->later)
        return true;
    out->round.policy = policy_of(s);
    out->round.enrolled = s->earlier == EARLIER_ENROLLED;
    if (!check_earlier(&x, earlier) || !read_withdrawals(&x) ||
        !read_table(&x, path_join(&c->mem, earlier, "placements.csv"),
                    &before) ||
        !read_table(&x, path_join(&c->mem, folder, "placements.csv"), &now))
        return false;
    list_children(&x);
    for (size_t r = 0; r < before.n_rows; r++)
        take_earlier(&x, &before, r);
    for (size_t r = 0; r < now.n_rows; r++)
        take_now(&x, &now, r);
    for (size_t r = 0; r < set->tables[SCOPE_CHILD].n_rows; r++)
        verify_take_record(&x, r);
    if (lost_rows(&x, &before) && !out->wrong)
        out->wrong = "inputs/records/child.csv";
    take_seats(&x);
    out->round.children = out->children;
    return true;
}
