/* A later round, read from the files of its folder, child by child. */
#include "cli/verify_round.h"

#include "cli/events.h"
#include "cli/verify_run.h"
#include "core/csv.h"
#include "core/file.h"
#include "core/hash.h"
#include "records/withdrawals.h"

#include <stdlib.h>
#include <string.h>

#define MAX_RUN_FILE ((size_t)1 << 30)

struct reading {
    struct cli *c;
    const char *inputs;
    const struct case_context *ctx;
    const struct record_set *set;
    const struct market *m; /* of the first phase: all have its facilities */
    struct verify_round *out;
    struct withdrawals file;
    struct case_event *events;
    size_t n_events;
};

/* ---- files ---- */

static bool read_table(struct reading *x, const char *path, struct csv *t)
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
static bool check_earlier(struct reading *x, const char *folder)
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

static bool read_withdrawals(struct reading *x)
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

static int facility_by_id(const void *key, const void *item)
{
    return strcmp(key, ((const struct market_facility *)item)->id);
}

static int32_t facility_at(const struct market *m, const char *id)
{
    const struct market_facility *f =
        *id ? bsearch(id, m->facilities, m->n_facilities, sizeof *m->facilities,
                      facility_by_id)
            : NULL;
    return f ? (int32_t)(f - m->facilities) : MARKET_NONE;
}

/* "11", or "11#加配" where the seat is a special one. */
static int32_t seats_at(const struct reading *x, const char *code,
                        const char *kind)
{
    if (*code && *kind)
        code = arena_printf(&x->c->mem, "%s#%s", code, kind);
    return facility_at(x->m, code);
}

/* A place of the row: its facility and, where told, the kind of its seat. */
static int32_t placed_at(const struct reading *x, const struct csv *t,
                         size_t row)
{
    return seats_at(x, cell(t, row, facility_column),
                    cell(t, row, kind_column));
}

/* Where the records have the child, in a class that goes on there. */
static int32_t enrolled_at(const struct reading *x, size_t row, int class_age)
{
    const struct dictionary *dict = &x->ctx->dict;
    const struct field *care = dictionary_find(dict, "child.current_care");
    const struct field *place =
        dictionary_find(dict, "child.enrolled_facility");
    struct slot at = record_get(x->set, place, row);
    struct slot how = record_get(x->set, care, row);
    bool elsewhere = how.state == VALUE_KNOWN &&
                     strcmp(care->values[how.num], "認可在園") != 0;
    if (at.state != VALUE_KNOWN || elsewhere || class_age < 0)
        return MARKET_NONE;
    const struct facility *f = facility_find(
        &x->ctx->facilities, strings_text(x->set->strings, at.num));
    if (!f || !f->seats[class_age].present)
        return MARKET_NONE;
    const struct field *seat = dictionary_find(dict, "child.enrolled_seat");
    struct slot kind = record_get(x->set, seat, row);
    const struct special_seats *s =
        kind.state == VALUE_KNOWN
            ? facility_special(f, strings_text(x->set->strings, kind.num))
            : NULL;
    return seats_at(x, f->code,
                    s && s->seats[class_age].present ? s->kind : "");
}

static int wish_rank(const struct reading *x, const struct row_key *child,
                     int32_t facility)
{
    const struct record_table *t = &x->set->tables[SCOPE_PREFERENCE];
    const struct household *h = record_household(x->set, child->household);
    const struct field *f =
        dictionary_find(&x->ctx->dict, "preference.facility");
    const char *id =
        facility == MARKET_NONE ? "" : x->m->facilities[facility].id;
    const char *code = arena_copy(&x->c->mem, id, strcspn(id, "#"));
    int rank = 0;
    for (size_t r = h->first[SCOPE_PREFERENCE];
         facility != MARKET_NONE && r < h->end[SCOPE_PREFERENCE]; r++) {
        struct slot at = record_get(x->set, f, r);
        if (strcmp(t->keys[r].child, child->child) != 0)
            continue;
        rank++;
        if (at.state == VALUE_KNOWN &&
            strcmp(strings_text(x->set->strings, at.num), code) == 0)
            return rank;
    }
    return 0;
}

/* The last word of the case's events on the child: withdrawn, taken back, or
 * nothing. */
static int by_events(const struct reading *x, const struct row_key *child)
{
    int said = 0;
    for (size_t i = 0; i < x->n_events; i++) {
        const struct case_event *e = &x->events[i];
        if (strcmp(e->household, child->household) != 0 ||
            (*e->child && strcmp(e->child, child->child) != 0))
            continue;
        if (strcmp(e->kind, "取下げ") == 0 || strcmp(e->kind, "辞退") == 0)
            said = 1;
        else if (strcmp(e->kind, "取消") == 0)
            said = -1;
    }
    return said;
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

static void list_children(struct reading *x)
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

static void take_earlier(struct reading *x, const struct csv *t, size_t row)
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
        c->enrolled = facility_at(x->m, cell(t, row, from_column));
    } else if (is_one_of(said, decided, 3)) {
        c->before = x->out->round.enrolled ? BEFORE_ENROLLED : BEFORE_DECIDED;
        c->had = placed_at(x, t, row);
    } else if (is_one_of(said, waits, 2)) {
        c->before = BEFORE_WAITING;
    }
}

/* One that is only the earlier run's, and holds a decision, is a child too:
 * its row is missing. */
static size_t lost_rows(struct reading *x, const struct csv *t)
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

static void take_now(struct reading *x, const struct csv *t, size_t row)
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

static void take_record(struct reading *x, size_t row)
{
    const struct row_key *key = &x->set->tables[SCOPE_CHILD].keys[row];
    struct checked_child *c = verify_round_child(x->out, key->child);
    bool in_file = false, leaves = false;
    int events = by_events(x, key);
    for (size_t i = 0; i < x->file.n; i++)
        if (strcmp(x->file.items[i].child, key->child) == 0) {
            in_file = true;
            leaves = x->file.items[i].kind == WITHDRAWAL_LEAVE;
        }
    if (c->before == BEFORE_GONE && events >= 0)
        return;
    if (c->before == BEFORE_GONE)
        c->before = BEFORE_NEW;
    c->enrolled = enrolled_at(x, row, c->class_age);
    c->withdraws = in_file || events > 0;
    bool transfer = c->before == BEFORE_DECIDED && c->enrolled != MARKET_NONE &&
                    c->enrolled != c->had;
    c->keeps = c->withdraws && transfer && !leaves &&
               x->ctx->settings.rounds.declined_transfer == DECLINED_KEEPS;
    c->released = c->withdraws && !c->keeps && (transfer || leaves);
    c->had_rank = wish_rank(x, key, c->had);
    c->now_rank = wish_rank(x, key, c->now);
}

/* ---- the round ---- */

static const struct class_seats *seats_of(const struct reading *x,
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

static void take_seats(struct reading *x)
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
    struct reading x = {.c = c,
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
        take_record(&x, r);
    if (lost_rows(&x, &before) && !out->wrong)
        out->wrong = "inputs/records/child.csv";
    take_seats(&x);
    out->round.children = out->children;
    return true;
}
