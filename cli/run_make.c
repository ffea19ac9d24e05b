#include "cli/run_make.h"

#include "cli/case_check.h"
#include "cli/out_folder.h"
#include "cli/run_round.h"
#include "core/file.h"
#include "records/protect.h"
#include "records/record_csv.h"
#include "scoring/points/rules_check.h"

#include <stdlib.h>
#include <string.h>

#define MAX_RUN_JSON ((size_t)16 * 1024 * 1024)

static bool load_records(struct cli *c, struct run *r, struct case_db *db)
{
    struct case_context *ctx = &r->ctx;
    record_set_init(&r->set, &ctx->dict);
    if (!case_load_records(db, ctx->office, ctx->n_office, &r->set, false,
                           &r->findings))
        return false;
    records_hide_addresses(&r->set);
    return case_events(db, &r->events, &r->n_events, &c->mem, &c->diag) &&
           case_findings(db, &r->findings);
}

static bool test_rules(struct cli *c, struct run *r)
{
    struct rules_report *report = ARENA_NEW(&c->mem, struct rules_report);
    r->result.rules_report = report;
    ruleset_check(&r->ctx.rules, &r->findings);
    r->result.open.rules_untested =
        !ruleset_test(&r->ctx.rules, report, &c->mem, &r->findings);
    return true;
}

static bool open_scorer(struct cli *c, struct run *r)
{
    const struct settings *s = &r->ctx.settings;
    r->score_context = (struct score_context){.entry_date = s->entry_date,
                                              .deadline = s->deadline,
                                              .fiscal_year = s->fiscal_year,
                                              .facilities = &r->ctx.facilities,
                                              .lottery_seed = s->lottery_seed,
                                              .drawn = r->ctx.drawn,
                                              .receipts = r->ctx.receipts};
    return scorer_open(&r->scorer, &r->ctx.rules, &r->score_context, &r->set,
                       &c->mem, &c->diag);
}

/* The newest of 取下げ, 辞退 and their 取消 counts; events come by date. */
static bool withdrew(const struct run *r, const char *household,
                     const char *child)
{
    bool out = false;
    for (size_t i = 0; i < r->n_events; i++) {
        const struct case_event *e = &r->events[i];
        if (strcmp(e->household, household) != 0 ||
            (*e->child && strcmp(e->child, child) != 0))
            continue;
        if (strcmp(e->kind, "取下げ") == 0 || strcmp(e->kind, "辞退") == 0)
            out = true;
        else if (strcmp(e->kind, "取消") == 0)
            out = false;
    }
    return out;
}

/* ω(c): where the child is enrolled, if its class there goes on. */
static const struct facility *current_place(const struct run *r, size_t row,
                                            int class_age)
{
    const struct dictionary *dict = &r->ctx.dict;
    const struct field *care = dictionary_find(dict, "child.current_care");
    const struct field *at = dictionary_find(dict, "child.enrolled_facility");
    struct slot place = record_get(&r->set, at, row);
    struct slot kind = record_get(&r->set, care, row);
    if (place.state != VALUE_KNOWN || class_age < 0 || class_age >= N_CLASSES)
        return NULL;
    if (kind.state == VALUE_KNOWN &&
        strcmp(care->values[kind.num], "認可在園") != 0)
        return NULL;
    const struct facility *f = facility_find(
        &r->ctx.facilities, strings_text(r->set.strings, place.num));
    return f && f->seats[class_age].present ? f : NULL;
}

/* The kind of seat it has there: a general one, unless its record says of a
 * kind that the class has. */
static const struct special_seat *current_seat(struct run *r,
                                               const struct applicant *a)
{
    const struct field *f =
        dictionary_find(&r->ctx.dict, "child.enrolled_seat");
    struct slot v = {.state = VALUE_UNKNOWN};
    if (f && a->current)
        v = record_get(&r->set, f, a->score->child_row);
    if (v.state != VALUE_KNOWN)
        return NULL;
    const char *kind = strings_text(r->set.strings, v.num);
    const struct special_seat *s = run_seat_find(&r->ctx.rules, kind);
    const struct special_seats *here = facility_special(a->current, kind);
    if (!*kind || (s && here && here->seats[a->score->class_age].present))
        return s;
    diag_warn(&r->findings, POS_FILE(a->household), "enrolled-seat",
              "児童 %s の在園の枠「%s」は施設 %s のそのクラスにありません。一般"
              "の枠として扱います",
              "child %s holds a seat of kind \"%s\", which facility %s does "
              "not have in that class; taken as a general one",
              a->child, kind, a->current->code);
    return NULL;
}

/* A child without a preference it may have is not in the market. */
static bool may_win(const struct child_score *s)
{
    for (size_t k = 0; k < s->n_prefs; k++)
        if (s->prefs[k].ineligible == ELIGIBLE)
            return true;
    return false;
}

/* It asks for a facility outside the city. */
static bool asks_elsewhere(const struct child_score *s)
{
    for (size_t k = 0; k < s->n_prefs; k++)
        if (s->prefs[k].found && facility_is_outside(s->prefs[k].found))
            return true;
    return false;
}

/* A facility outside the city took it, unless 取消 says otherwise since. */
static bool placed_elsewhere(const struct run *r, const char *household,
                             const char *child)
{
    bool there = false;
    for (size_t i = 0; i < r->n_events; i++) {
        const struct case_event *e = &r->events[i];
        if (strcmp(e->household, household) != 0 ||
            (*e->child && strcmp(e->child, child) != 0))
            continue;
        if (strcmp(e->kind, "管外内定") == 0)
            there = true;
        else if (strcmp(e->kind, "取消") == 0)
            there = false;
    }
    return there;
}

static void add_applicant(struct run *r, const struct household *h,
                          size_t index, const struct child_score *s)
{
    struct applicant *a = &r->result.applicants[r->result.n_applicants++];
    *a = (struct applicant){.household = h->no,
                            .child = s->child,
                            .household_index = index,
                            .score = s,
                            .market_child = MARKET_NONE,
                            .current =
                                current_place(r, s->child_row, s->class_age),
                            .outcome = OUTCOME_WAITING};
    a->current_seat = current_seat(r, a);
    if (withdrew(r, h->no, s->child))
        a->outcome = OUTCOME_WITHDRAWN;
    else if (placed_elsewhere(r, h->no, s->child))
        a->outcome = OUTCOME_PLACED_ELSEWHERE;
    else if (s->class_age < 0 || s->class_age >= N_CLASSES || !may_win(s))
        a->outcome = a->current          ? OUTCOME_STAYS
                     : asks_elsewhere(s) ? OUTCOME_ELSEWHERE
                                         : OUTCOME_EXCLUDED;
    else
        a->market_child = 0; /* numbered by run_market() */
}

static bool score_all(struct cli *c, struct run *r)
{
    struct run_result *out = &r->result;
    size_t n = r->set.n_households;
    out->scores = ARENA_ARRAY(&c->mem, struct household_score, n);
    out->applicants = ARENA_ARRAY(&c->mem, struct applicant,
                                  r->set.tables[SCOPE_CHILD].n_rows);
    for (size_t h = 0; h < n; h++) {
        struct household_score *s = &out->scores[h];
        score_household(&r->scorer, h, s, &c->mem);
        for (size_t k = 0; k < s->n_children; k++)
            add_applicant(r, &r->set.households[h], h, &s->children[k]);
    }
    return out->n_applicants > 0 ||
           diag_error(&c->diag, POS_FILE(r->ctx.folder), "no-applicants",
                      "申込児童がいません。nyusho read か nyusho import "
                      "で申込みを取り込んでください",
                      "there is no applicant; use nyusho read or nyusho import "
                      "first");
}

static void fill_result(struct run *r)
{
    struct run_result *out = &r->result;
    out->final = r->options.final;
    out->allow_untested = r->options.allow_untested;
    out->settings = &r->ctx.settings;
    out->dict = &r->ctx.dict;
    out->facilities = &r->ctx.facilities;
    out->rules = &r->ctx.rules;
    out->set = &r->set;
    out->scorer = &r->scorer;
    out->findings = &r->findings;
    out->combinations = &r->ctx.combinations;
}

bool run_compute(struct cli *c, struct run *r)
{
    fill_result(r);
    if (!run_places(&r->result, &c->mem, &c->diag) || !test_rules(c, r) ||
        !open_scorer(c, r) || !score_all(c, r) ||
        (r->round && !run_round_begin(c, r)))
        return false;
    case_cross_check(&r->ctx, &r->set, &r->findings);
    case_missing_documents(&r->ctx, &r->set, &c->mem, &r->findings);
    run_check_owners(r, &c->mem);
    if (!run_numbers_check(c, r))
        return false;
    if (!run_phases(c, r))
        return false;
    run_findings(c, r);
    return true;
}

/* Warnings of the case's files, for findings.csv, under the names that the
 * files have there: it says the same wherever the case lies. */
static void keep_warnings(const struct diag *from, size_t first, struct run *r)
{
    for (size_t i = first; i < from->n; i++) {
        struct finding f = from->items[i];
        f.at.file = path_name(f.at.file);
        if (f.severity == SEVERITY_WARNING)
            diag_add(&r->findings, &f);
    }
}

bool run_make(struct cli *c, const char *folder, const struct run_options *o,
              struct run *out)
{
    size_t before = c->diag.n;
    out->options = *o;
    if (!case_context_load(c, folder, CONTEXT_ALL, &out->ctx))
        return false;
    keep_warnings(&c->diag, before, out);
    struct case_db *db = case_open(folder, CASE_READ, cli_stamp(c), &c->diag);
    bool ok = db && load_records(c, out, db) &&
              (!o->after || run_round_open(c, out, o->after, o->withdrawn)) &&
              run_compute(c, out) && run_files_collect(c, out);
    if (ok)
        run_files_name(out, &c->mem);
    ok = ok && run_final(c, out, db);
    case_close(db);
    return ok;
}

/* The limit of a proof; the same for every phase that has one. */
static const cJSON *said_conflicts(const cJSON *proof)
{
    const cJSON *found = cJSON_GetObjectItem(proof, "conflicts"), *phase;
    cJSON_ArrayForEach(phase, proof)
    {
        const cJSON *one = cJSON_GetObjectItem(phase, "proof");
        if (!found)
            found = cJSON_GetObjectItem(one, "conflicts");
    }
    return found;
}

/* Whether the optimum was taken, found with which limit. */
static void read_proof(const cJSON *head, struct run_options *o)
{
    const char *official =
        cJSON_GetStringValue(cJSON_GetObjectItem(head, "official"));
    const cJSON *conflicts = said_conflicts(cJSON_GetObjectItem(head, "proof"));
    o->remade = true;
    o->prove.optimum = official && strcmp(official, "optimum") == 0;
    if (cJSON_IsNumber(conflicts))
        o->prove.conflicts = conflicts->valueint;
}

/* Which run it is, as run.json says. */
static bool read_head(struct cli *c, const char *run_folder, struct run *out)
{
    size_t len;
    const char *path = path_join(&c->mem, run_folder, "run.json");
    const char *bytes = file_read(path, MAX_RUN_JSON, &c->mem, &len, &c->diag);
    if (!bytes)
        return false;
    cJSON *head = cJSON_ParseWithLength(bytes, len);
    const char *id = cJSON_GetStringValue(cJSON_GetObjectItem(head, "run"));
    const char *kind = cJSON_GetStringValue(cJSON_GetObjectItem(head, "kind"));
    bool ok = id && kind;
    if (ok) {
        out->result.id = arena_strdup(&c->mem, id);
        out->options.final = strncmp(kind, "final", strlen("final")) == 0;
        out->options.allow_untested =
            cJSON_IsTrue(cJSON_GetObjectItem(head, "untested rules allowed"));
        read_proof(head, &out->options);
    }
    cJSON_Delete(head);
    return ok || run_damaged(c, path);
}

bool run_remake(struct cli *c, const char *run_folder, struct run *out)
{
    const char *inputs = path_join(&c->mem, run_folder, "inputs");
    if (!read_head(c, run_folder, out) ||
        !run_context_load(c, inputs, CONTEXT_ALL, &out->ctx))
        return false;
    record_set_init(&out->set, &out->ctx.dict);
    return record_csv_load(&out->set, path_join(&c->mem, inputs, "records"),
                           &c->diag) &&
           run_events_load(c, inputs, out) &&
           run_round_reopen(c, out, inputs) && run_compute(c, out);
}

static bool is_run(struct cli *c, const char *folder)
{
    return file_exists(path_join(&c->mem, folder, "run.json"));
}

const char *run_folder_find(struct cli *c, const char *folder, const char *id)
{
    const char *alone = id ? id : folder;
    const char *out = path_join(&c->mem, folder, "out");
    const char *run = path_join(&c->mem, out, id ? id : "latest");
    if (is_run(c, run))
        return run;
    if ((!id || strchr(id, '/')) && is_run(c, alone))
        return alone;
    diag_error(&c->diag, POS_FILE(run), "no-run",
               "実行結果がありません。nyusho run で作ってください",
               "there is no run here; make one with nyusho run");
    return NULL;
}

void run_release(struct run *r)
{
    if (r->set.dict)
        record_set_release(&r->set);
    diag_release(&r->findings);
}
