/* run.json: what went in (hashes), what came out (counts); nothing in it
 * changes between equal runs. */
#include "report/outputs.h"
#include "report/round.h"

#include <cjson/cJSON.h>

static cJSON *counts(const struct run_result *r)
{
    size_t by_outcome[N_OUTCOMES] = {0};
    for (size_t i = 0; i < r->n_applicants; i++)
        by_outcome[r->applicants[i].outcome]++;
    cJSON *o = cJSON_CreateObject();
    cJSON_AddNumberToObject(o, "households", (double)r->set->n_households);
    cJSON_AddNumberToObject(o, "children", (double)r->n_applicants);
    for (int k = 0; k < N_OUTCOMES; k++)
        cJSON_AddNumberToObject(o, outcome_label((enum outcome)k).en,
                                (double)by_outcome[k]);
    cJSON_AddNumberToObject(o, "seats left", (double)run_seats_left(r));
    cJSON_AddNumberToObject(o, "households with siblings",
                            (double)r->n_siblings);
    cJSON_AddNumberToObject(o, "households frozen", (double)run_frozen(r));
    return o;
}

static cJSON *open_items(const struct run_open *open)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddNumberToObject(o, "doubts", (double)open->doubts);
    cJSON_AddNumberToObject(o, "doubts that carry points or places",
                            (double)open->point_doubts);
    cJSON_AddNumberToObject(o, "documents", (double)open->documents);
    cJSON_AddNumberToObject(o, "unsigned seats", (double)open->unsigned_seats);
    cJSON_AddNumberToObject(o, "ties", (double)open->ties);
    cJSON_AddNumberToObject(o, "provisional totals", (double)open->provisional);
    cJSON_AddBoolToObject(o, "rules untested", open->rules_untested);
    return o;
}

static cJSON *examples(const struct run_result *r)
{
    const struct rules_report *report = r->rules_report;
    cJSON *o = cJSON_CreateObject();
    cJSON_AddNumberToObject(o, "examples", (double)report->n_examples);
    cJSON_AddNumberToObject(o, "failed", (double)report->n_failed);
    cJSON_AddNumberToObject(o, "rules", (double)r->rules->n_rules);
    cJSON_AddNumberToObject(o, "rules touched", (double)report->n_touched);
    cJSON_AddNumberToObject(o, "steps", (double)r->rules->n_steps);
    cJSON_AddNumberToObject(o, "steps reached", (double)report->n_reached);
    return o;
}

/* After which run, by which policy, and how many children are what in it. */
static cJSON *later_round(const struct run_result *r)
{
    const struct round_result *x = r->round;
    const struct round_settings *s = x->settings;
    size_t n[N_STANDINGS] = {0};
    for (size_t i = 0; i < r->n_applicants; i++)
        n[x->rows[i].standing]++;
    for (size_t i = 0; i < x->n_earlier; i++)
        n[STANDING_ABSENT] += !round_applicant(r, x->earlier[i].child);
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "after run", x->after);
    cJSON_AddStringToObject(o, "policy", round_policy_words[s->policy].en);
    cJSON_AddStringToObject(o, "earlier decisions",
                            round_earlier_words[s->earlier].en);
    cJSON_AddStringToObject(
        o, "declined transfers",
        s->declined_transfer == ROUND_UNSAID
            ? ""
            : round_declined_words[s->declined_transfer].en);
    for (int k = 0; k < N_STANDINGS; k++)
        cJSON_AddNumberToObject(o, standing_label((enum round_standing)k).en,
                                (double)n[k]);
    cJSON_AddNumberToObject(o, "seats given back", (double)x->round.n_gone);
    return o;
}

static void add_hashes(cJSON *o, const char *name,
                       const struct run_input *files, size_t n)
{
    cJSON *list = cJSON_AddObjectToObject(o, name);
    for (size_t i = 0; i < n; i++)
        cJSON_AddStringToObject(list, files[i].name, files[i].sha256);
}

/* Who compared the rules with the printed table: of this case, else of the
 * rule set for every case. */
static const char *verified_by(const struct run_result *r)
{
    const char *here = r->settings->rules_verified_by;
    return *here ? here : r->rules->verified_by;
}

static cJSON *proof_of(const char *json)
{
    return json ? cJSON_Parse(json) : cJSON_CreateNull();
}

/* One, or one for each phase. */
static cJSON *proofs(const struct run_result *r)
{
    if (!run_in_phases(r))
        return proof_of(r->phases[0].proof);
    cJSON *list = cJSON_CreateArray();
    for (size_t p = 0; p < r->n_phases; p++) {
        const struct run_phase *from = &r->phases[p];
        cJSON *o = cJSON_CreateObject();
        cJSON_AddStringToObject(o, "phase", phase_id(r, p));
        cJSON_AddStringToObject(o, "official",
                                from->market.optimum ? "optimum" : "placer");
        cJSON_AddItemToObject(o, "proof", proof_of(from->proof));
        cJSON_AddItemToArray(list, o);
    }
    return list;
}

char *run_json_text(const struct run_result *r, const struct run_input *files,
                    size_t n_files, struct arena *a)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "format", "nyusho-run/1");
    cJSON_AddStringToObject(o, "run", r->id);
    cJSON_AddStringToObject(o, "kind", r->final ? "final 本番" : "trial 試算");
    cJSON_AddBoolToObject(o, "untested rules allowed", r->allow_untested);
    cJSON_AddStringToObject(o, "official", r->optimum ? "optimum" : "placer");
    cJSON_AddItemToObject(o, "proof", proofs(r));
    cJSON_AddStringToObject(o, "program", NYUSHO_VERSION);
    cJSON_AddStringToObject(o, "municipality", r->settings->municipality);
    cJSON_AddStringToObject(o, "round", r->settings->round);
    cJSON_AddStringToObject(o, "rule set", r->rules->id);
    cJSON_AddStringToObject(o, "rule set verified by", verified_by(r));
    cJSON_AddItemToObject(o, "rule set examples", examples(r));
    cJSON_AddStringToObject(o, "lottery seed", r->settings->lottery_seed);
    if (r->round)
        cJSON_AddItemToObject(o, "later round", later_round(r));
    cJSON_AddItemToObject(o, "counts", counts(r));
    cJSON_AddItemToObject(o, "open", open_items(&r->open));
    add_hashes(o, "inputs", r->inputs, r->n_inputs);
    add_hashes(o, "outputs", files, n_files);
    char *text = cJSON_Print(o);
    char *copy = arena_printf(a, "%s\n", text ? text : "{}");
    cJSON_free(text);
    cJSON_Delete(o);
    return copy;
}
