/*
 * The proof of a run: L4 beside the placer's result, or, where the city asked
 * for the optimum, in its place. proof.json:
 *
 *     {"format": "nyusho-proof/1", "official": "placer",
 *      "proof": {…, see prove_json.h, "conflicts": 2000}}
 *
 * "proof" is null where nothing was asked. Where phases come one after another
 * each has a market and a proof of its own, in which the phases before are as
 * they were placed: "phases": [{"phase": …, "official": …, "proof": …}] stands
 * in place of "proof".
 */
#include "cli/run_round.h"

#include "core/file.h"
#include "scoring/placement/place.h"
#include "scoring/verify/verify_market.h"

#include <string.h>

/* For each question, in a run that nobody asked for a proof: seconds for a
 * city of 8,000 children. */
#define RUN_CONFLICTS 2000

static size_t count_blocking(struct cli *c, const struct run_result *r)
{
    struct market_verdict v;
    verify_market(&r->market, &r->placement.matching, &v, &c->mem);
    return v.syy.entries;
}

static bool holds(const struct run_result *r, const struct market_family *f,
                  size_t entry)
{
    for (size_t k = 0; k < f->n_children; k++)
        if (entry_place(&r->market, f, (int32_t)entry, k) !=
            r->placement.matching.place[f->children[k]])
            return false;
    return true;
}

/* Which entry each household has by the matching. */
static void set_entries(struct run_result *r)
{
    for (size_t i = 0; i < r->market.n_families; i++) {
        const struct market_family *f = &r->market.families[i];
        size_t entry = 0;
        while (entry < f->n_entries && !holds(r, f, entry))
            entry++;
        r->placement.entries[i] = (int32_t)entry;
    }
}

static void take_optimum(struct run_result *r, const struct prove_result *best)
{
    if (!best->canonical)
        return;
    r->placement.matching = best->matching;
    set_entries(r);
    r->placement.n_frozen = 0;
    r->market.optimum = r->optimum = true;
}

/* The files and the report of a phase have its number and its name. */
static void name_phase(struct cli *c, const struct run_result *r,
                       struct prove_request *what)
{
    if (!run_in_phases(r))
        return;
    if (what->prefix)
        what->prefix =
            arena_printf(&c->mem, "%s-%zu", what->prefix, r->phase_now + 1);
    cli_say(c, "段階 %s:\n", "phase %s:\n",
            phase_text(r, r->phase_now, c->lang));
}

/* One object for each phase, where the report has one of the run. */
static void report_phase(struct cli *c, const struct run_result *r)
{
    cJSON *one = cJSON_DetachItemFromObject(c->report, "proof");
    cJSON *list = cJSON_GetObjectItem(c->report, "proofs");
    if (!run_in_phases(r)) {
        cJSON_AddItemToObject(c->report, "proof", one);
        return;
    }
    if (!list)
        list = cJSON_AddArrayToObject(c->report, "proofs");
    cJSON_AddStringToObject(one, "phase", phase_id(r, r->phase_now));
    cJSON_AddItemToArray(list, one);
}

static bool ask(struct cli *c, struct run_result *r, struct prove_request *what)
{
    struct prove_result proven;
    struct buf json = BUF_INIT;
    name_phase(c, r, what);
    bool ok =
        prove_do(c, &r->market, &r->placement.matching, what, &proven, &json);
    if (ok) {
        json.len--; /* its closing brace */
        buf_printf(&json, ",\n  \"conflicts\": %d}", what->conflicts);
        r->phases[r->phase_now].proof =
            arena_copy(&c->mem, json.bytes, json.len);
        report_phase(c, r);
        take_optimum(r, &proven);
        cli_say(c, "この実行の割当てで阻害する組合せは %zu 件\n",
                "blocking entries of this run's placement: %zu\n",
                count_blocking(c, r));
    }
    buf_release(&json);
    return ok;
}

/* What decided then decides again, and nobody is told of it. */
static bool ask_again(struct cli *c, struct run *r)
{
    struct run_result *out = &r->result;
    struct prove_options o = {.goal = PROVE_CANONICAL,
                              .start = &out->placement.matching,
                              .conflicts = r->options.prove.conflicts};
    struct prove_result proven;
    if (r->options.prove.optimum &&
        prove_market(&out->market, o, &proven, &c->mem))
        take_optimum(out, &proven);
    return true;
}

/* By the options and by nyusho.yaml. */
static struct prove_request asked(const struct run *r)
{
    struct prove_request what = r->options.prove;
    if (r->options.remade)
        return what;
    if (strcmp(r->ctx.settings.proof_optimum, "yes") == 0)
        what.optimum = true;
    if (!what.wanted)
        what.conflicts = RUN_CONFLICTS;
    return what;
}

bool run_prove(struct cli *c, struct run *r)
{
    struct prove_request what = asked(r);
    if (r->options.remade)
        return ask_again(c, r);
    if (r->result.market.method != MARKET_STABLE)
        return !what.wanted ||
               diag_error(&c->diag, POS_FILE("--prove"), "bad-option",
                          "証明は割当て方式 stable の時だけです",
                          "the proof is for the method stable only");
    if (what.wanted || what.optimum ||
        (prove_available() && count_blocking(c, &r->result) > 0))
        return ask(c, &r->result, &what);
    return true;
}

/* ---- the chains of a later round ---- */

static void place_best(void *with, const struct market *m, struct matching *out)
{
    struct arena mem = ARENA_INIT;
    struct placement p;
    struct prove_result proven;
    const struct run *r = with;
    place_market(m, (struct place_options){.log = false}, &p, &mem);
    struct prove_options o = {.goal = PROVE_CANONICAL,
                              .start = &p.matching,
                              .conflicts = asked(r).conflicts};
    bool best = prove_market(m, o, &proven, &mem) && proven.canonical;
    const struct matching *from = best ? &proven.matching : &p.matching;
    if (out->n)
        memcpy(out->place, from->place, out->n * sizeof *out->place);
    arena_release(&mem);
}

const struct round_method *run_round_method(struct cli *c, struct run *r)
{
    struct round_method *m = ARENA_NEW(&c->mem, struct round_method);
    *m = (struct round_method){place_best, r};
    return r->result.optimum ? m : NULL;
}

/* ---- the file ---- */

static void add_proof(struct buf *text, const char *official, const char *proof)
{
    buf_printf(text, "\"official\": \"%s\",\n \"proof\": %s}", official,
               proof ? proof : "null");
}

static const char *official(bool optimum)
{
    return optimum ? "optimum" : "placer";
}

static void add_phases(struct buf *text, const struct run_result *r)
{
    buf_printf(text, "\"official\": \"%s\",\n \"phases\": [",
               official(r->optimum));
    for (size_t p = 0; p < r->n_phases; p++) {
        buf_printf(text, "%s{\"phase\": \"%s\", ", p ? ",\n " : "",
                   phase_id(r, p));
        add_proof(text, official(r->phases[p].market.optimum),
                  r->phases[p].proof);
    }
    buf_text(text, "]}");
}

bool run_proof_write(struct cli *c, const struct run_result *r,
                     const char *folder)
{
    struct buf text = BUF_INIT;
    buf_text(&text, "{\"format\": \"nyusho-proof/1\", ");
    if (run_in_phases(r))
        add_phases(&text, r);
    else
        add_proof(&text, official(r->optimum), r->phases[0].proof);
    buf_text(&text, "\n");
    bool ok = file_write_atomic(path_join(&c->mem, folder, "proof.json"),
                                text.bytes, text.len, &c->diag);
    buf_release(&text);
    return ok;
}
