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

static void take_optimum(struct run_result *r, const struct prove_result *best)
{
    if (!best->canonical)
        return;
    r->placement.matching = best->matching;
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

bool run_prove(struct cli *c, struct run *r)
{
    struct prove_request what = r->options.prove;
    if (r->options.remade)
        return ask_again(c, r);
    if (r->result.market.method != MARKET_STABLE)
        return !what.wanted ||
               diag_error(&c->diag, POS_FILE("--prove"), "bad-option",
                          "証明は割当て方式 stable の時だけです",
                          "the proof is for the method stable only");
    if (!what.wanted)
        what.conflicts = RUN_CONFLICTS;
    if (strcmp(r->ctx.settings.proof_optimum, "yes") == 0)
        what.optimum = true;
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
