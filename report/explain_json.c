/* An explanation as JSON. */
#include "records/record_csv.h"
#include "report/explain.h"
#include "report/siblings_text.h"

static cJSON *json_lines(const struct run_result *r, const struct applicant *a,
                         struct arena *mem)
{
    cJSON *list = cJSON_CreateArray();
    for (size_t i = 0; i < a->score->n_lines; i++) {
        const struct score_line *l = &a->score->lines[i];
        cJSON *o = cJSON_CreateObject();
        cJSON_AddStringToObject(o, "rule", l->rule ? l->rule->id : "");
        cJSON_AddStringToObject(o, "wording", l->wording ? l->wording : "");
        cJSON_AddNumberToObject(o, "person", l->person);
        cJSON_AddStringToObject(o, "facility",
                                l->preference == PREFERENCE_ALL
                                    ? ""
                                    : a->score->prefs[l->preference].facility);
        cJSON_AddStringToObject(o, "points", points_format(l->points, mem));
        cJSON_AddBoolToObject(o, "counted", l->counted);
        cJSON_AddStringToObject(
            o, "seen", l->rule ? score_line_seen(r->scorer, l, mem) : "");
        cJSON_AddItemToArray(list, o);
    }
    return list;
}

static void add_last(cJSON *o, const struct run_result *r,
                     const struct contest *c, size_t rank, enum lang lang,
                     struct arena *mem)
{
    const struct entrant *e = &c->entrants[c->cutoff];
    const struct applicant *last = &r->applicants[e->applicant];
    cJSON *to = cJSON_AddObjectToObject(o, "last placed");
    cJSON_AddStringToObject(to, "child", last->child);
    cJSON_AddStringToObject(
        to, "total", points_format(last->score->prefs[e->pref].total, mem));
    cJSON_AddNumberToObject(to, "rank", (double)c->cutoff + 1);
    size_t by = explain_decider(r, c, rank);
    if (by != NOT_RANKED)
        cJSON_AddStringToObject(o, "decided by", decided_text(r, by, lang));
}

static void add_contest(cJSON *o, const struct run_result *r,
                        const struct applicant *a, size_t pref, enum lang lang,
                        struct arena *mem)
{
    if (a->pref_contest[pref] == NOT_RANKED)
        return;
    const struct contest *c = &r->contests[a->pref_contest[pref]];
    cJSON_AddNumberToObject(o, "rank", (double)a->pref_rank[pref] + 1);
    cJSON_AddNumberToObject(o, "applicants", (double)c->n_entrants);
    cJSON_AddNumberToObject(o, "seats", c->offered);
    cJSON_AddNumberToObject(o, "placed", c->placed);
    cJSON_AddStringToObject(o, "seat kind", seat_kind(c->special));
    if (c->cutoff != NOT_RANKED)
        add_last(o, r, c, a->pref_rank[pref], lang, mem);
    milli_points missing = explain_missing(r, a, pref);
    if (missing > 0)
        cJSON_AddStringToObject(o, "points short", points_format(missing, mem));
    if (a->pref_last[pref] != NOT_RANKED)
        cJSON_AddStringToObject(o, "last seat with",
                                r->applicants[a->pref_last[pref]].child);
}

static cJSON *json_preferences(const struct run_result *r,
                               const struct applicant *a, enum lang lang,
                               struct arena *mem)
{
    cJSON *list = cJSON_CreateArray();
    for (size_t i = 0; i < a->score->n_prefs; i++) {
        const struct pref_score *p = &a->score->prefs[i];
        cJSON *o = cJSON_CreateObject();
        cJSON_AddNumberToObject(o, "preference", p->number);
        cJSON_AddStringToObject(o, "facility", p->facility);
        cJSON_AddStringToObject(o, "total", points_format(p->total, mem));
        cJSON_AddStringToObject(o, "reason",
                                reason_code_text(a->pref_reason[i]));
        cJSON_AddStringToObject(
            o, "text", label_text(reason_code_label(a->pref_reason[i]), lang));
        add_contest(o, r, a, i, lang, mem);
        cJSON_AddItemToArray(list, o);
    }
    return list;
}

static cJSON *json_entry(const struct run_result *r,
                         const struct sibling_result *s, size_t entry,
                         const char *why, enum lang lang, struct arena *mem)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddNumberToObject(o, "entry", (double)entry + 1);
    cJSON_AddStringToObject(o, "places",
                            siblings_entry(r, s, entry, NULL, lang, mem));
    cJSON_AddBoolToObject(o, "given", why == NULL);
    if (why)
        cJSON_AddStringToObject(o, "why not", why);
    return o;
}

/* The better entries as far as they are told, and the one that won. */
static cJSON *json_entries(const struct run_result *r,
                           const struct sibling_result *s, enum lang lang,
                           struct arena *mem)
{
    cJSON *list = cJSON_CreateArray();
    for (size_t i = 0; i < s->n_better; i++)
        cJSON_AddItemToArray(
            list, json_entry(r, s, i, siblings_refusal(r, s, i, lang, mem),
                             lang, mem));
    if (s->family != MARKET_NONE && s->entry < s->n_entries)
        cJSON_AddItemToArray(list, json_entry(r, s, s->entry, NULL, lang, mem));
    return list;
}

static cJSON *json_seat(const struct seat_step *steps, size_t n, enum lang lang)
{
    cJSON *list = cJSON_CreateArray();
    for (size_t i = 0; i < n; i++) {
        cJSON *o = cJSON_CreateObject();
        cJSON_AddStringToObject(o, "facility", steps[i].facility->code);
        cJSON_AddStringToObject(o, "seat of", steps[i].owner->child);
        cJSON_AddStringToObject(
            o, "became", label_text(seat_fate_names[steps[i].kind], lang));
        if (steps[i].taker)
            cJSON_AddStringToObject(o, "taken by", steps[i].taker->child);
        cJSON_AddItemToArray(list, o);
    }
    return list;
}

static void add_household(cJSON *o, const struct run_result *r,
                          const struct applicant *a, enum lang lang,
                          struct arena *mem)
{
    size_t n;
    const struct seat_step *steps = seat_steps(r, a, &n, mem);
    if (a->siblings) {
        cJSON_AddStringToObject(o, "siblings",
                                siblings_line(r, a->siblings, lang, mem));
        cJSON_AddItemToObject(o, "entries",
                              json_entries(r, a->siblings, lang, mem));
    }
    if (n)
        cJSON_AddItemToObject(o, "seat", json_seat(steps, n, lang));
}

cJSON *explain_json(const struct run_result *r, const struct applicant *a,
                    enum lang lang)
{
    struct arena mem = ARENA_INIT;
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "run", r->id);
    cJSON_AddStringToObject(o, "kind", label_text(run_kind_label(r), lang));
    cJSON_AddStringToObject(o, "household", a->household);
    cJSON_AddStringToObject(o, "child", a->child);
    cJSON_AddNumberToObject(o, "class", a->score->class_age);
    cJSON_AddStringToObject(o, "result",
                            label_text(outcome_label(a->outcome), lang));
    cJSON_AddStringToObject(o, "facility", a->won ? a->won->code : "");
    cJSON_AddStringToObject(o, "seat kind", seat_kind(a->won_seat));
    cJSON_AddStringToObject(
        o, "phase",
        a->market_child == MARKET_NONE ? "" : phase_text(r, a->phase, lang));
    cJSON_AddStringToObject(o, "reason", reason_code_text(a->reason));
    cJSON_AddStringToObject(o, "base", points_format(a->score->base, &mem));
    cJSON_AddStringToObject(o, "total", points_format(a->score->total, &mem));
    cJSON_AddBoolToObject(o, "provisional", a->score->provisional);
    cJSON_AddItemToObject(o, "lines", json_lines(r, a, &mem));
    cJSON_AddItemToObject(o, "preferences", json_preferences(r, a, lang, &mem));
    add_household(o, r, a, lang, &mem);
    arena_release(&mem);
    return o;
}
