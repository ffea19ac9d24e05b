/*
 * The proof of a run: L4 beside the placer's result, or, where the city asked
 * for the optimum, in its place. proof.json:
 *
 *     {"format": "nyusho-proof/1", "official": "placer",
 *      "proof": {…, see prove_json.h, "conflicts": 2000}}
 *
 * "proof" is null where nothing was asked.
 */
#include "cli/run_make.h"

#include "core/file.h"
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

static bool ask(struct cli *c, struct run_result *r,
                const struct prove_request *what)
{
    struct prove_result proven;
    struct buf json = BUF_INIT;
    bool ok =
        prove_do(c, &r->market, &r->placement.matching, what, &proven, &json);
    if (ok) {
        json.len--; /* its closing brace */
        buf_printf(&json, ",\n  \"conflicts\": %d}", what->conflicts);
        r->proof = arena_copy(&c->mem, json.bytes, json.len);
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

/* Each phase would have a best of its own, and none of them the city's. */
static bool in_phases(struct cli *c, const struct prove_request *what)
{
    return (!what->wanted && !what->optimum) ||
           diag_error(&c->diag, POS_FILE("--prove"), "proof-phases",
                      "段階を一つずつ進める規則 (phase_mode: sequential) では"
                      "証明できません",
                      "where phases come one after another (phase_mode: "
                      "sequential) there is no proof");
}

/* The chains of a later round are told by the city's method alone. */
static bool best_of_round(struct cli *c)
{
    return diag_error(&c->diag, POS_FILE("--optimum"), "proof-round",
                      "二次選考では、証明された最良を結果にできません。--prove "
                      "で証明だけできます",
                      "in a later round the proven best cannot be the result; "
                      "--prove proves beside it");
}

bool run_prove(struct cli *c, struct run *r)
{
    struct prove_request what = r->options.prove;
    if (strcmp(r->ctx.settings.proof_optimum, "yes") == 0)
        what.optimum = true;
    if (run_in_phases(&r->result))
        return in_phases(c, &what);
    if (r->round && what.optimum)
        return best_of_round(c);
    if (r->options.remade)
        return ask_again(c, r);
    if (r->result.market.method != MARKET_STABLE)
        return !what.wanted ||
               diag_error(&c->diag, POS_FILE("--prove"), "bad-option",
                          "証明は割当て方式 stable の時だけです",
                          "the proof is for the method stable only");
    if (!what.wanted)
        what.conflicts = RUN_CONFLICTS;
    if (what.wanted || what.optimum ||
        (prove_available() && count_blocking(c, &r->result) > 0))
        return ask(c, &r->result, &what);
    return true;
}

bool run_proof_write(struct cli *c, const struct run_result *r,
                     const char *folder)
{
    struct buf text = BUF_INIT;
    buf_printf(&text,
               "{\"format\": \"nyusho-proof/1\", \"official\": \"%s\",\n"
               " \"proof\": %s}\n",
               r->optimum ? "optimum" : "placer", r->proof ? r->proof : "null");
    bool ok = file_write_atomic(path_join(&c->mem, folder, "proof.json"),
                                text.bytes, text.len, &c->diag);
    buf_release(&text);
    return ok;
}
