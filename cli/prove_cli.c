#include "cli/prove_cli.h"

#include "scoring/placement/prove/prove_json.h"

#include <limits.h>

bool prove_options_take(struct cli *c, struct prove_request *out)
{
    long conflicts;
    *out = (struct prove_request){.wanted = cli_switch(c, "--prove"),
                                  .optimum = cli_switch(c, "--optimum"),
                                  .prefix = cli_option(c, "--proof")};
    if (!cli_number(c, "--conflicts", 0, INT_MAX, 0, &conflicts))
        return false;
    out->conflicts = (int)conflicts;
    if (!out->wanted &&
        (out->optimum || out->prefix || cli_option(c, "--conflicts")))
        return diag_error(
            &c->diag, POS_FILE("--prove"), "bad-option",
            "--proof、--conflicts、--optimum は --prove と一緒に使います",
            "--proof, --conflicts and --optimum need --prove");
    return true;
}

static void say_verdict(struct cli *c, const struct prove_result *r)
{
    struct label verdict = prove_verdicts[r->verdict].name;
    cli_say(c, "%1$s%2$.0s (%3$zu 件中 %4$zu 件の組合せが未定)\n",
            "%1$.0s%2$s (%4$zu of %3$zu entries were open)\n", verdict.ja,
            verdict.en, r->entries, r->entries_left);
    if (r->blocking_low == r->blocking_high)
        cli_say(c,
                "阻害する組合せは最少 %zu 件 (証明済み)、その時の内定・在園は "
                "%zu から %zu 人\n",
                "at least %zu blocking entries (proven); %zu to %zu children "
                "hold a place then\n",
                r->blocking_low, r->placed_low, r->placed_high);
    else
        cli_say(c, "阻害する組合せは最少 %zu から %zu 件\n",
                "at least %zu blocking entries, at most %zu needed\n",
                r->blocking_low, r->blocking_high);
}

static void report_verdict(struct cli *c, const struct prove_result *r)
{
    cJSON *proof = cJSON_AddObjectToObject(c->report, "proof");
    cJSON_AddStringToObject(proof, "verdict", prove_verdicts[r->verdict].word);
    cJSON_AddNumberToObject(proof, "blocking_at_least",
                            (double)r->blocking_low);
    cJSON_AddNumberToObject(proof, "blocking_at_most",
                            (double)r->blocking_high);
    if (r->blocking_low == r->blocking_high)
        cJSON_AddNumberToObject(proof, "placed_at_least",
                                (double)r->placed_low);
    cJSON_AddNumberToObject(proof, "placed_at_most", (double)r->placed_high);
    cJSON_AddStringToObject(proof, "limit", prove_limits[r->limit].word);
}

static void warn_file(struct cli *c, const char *prefix, const char *name,
                      enum prove_file_state state)
{
    if (state == PROOF_LIMITED)
        diag_warn(&c->diag, POS_FILE(prefix), "proof-not-written",
                  "1 問あたりの手数の上限 (指定か内蔵) に達したため %s の証明を"
                  "書きませんでした",
                  "the limit of conflicts for one question, given or built in, "
                  "came before the proof of %s",
                  name);
    if (state == PROOF_TOO_LARGE)
        diag_warn(&c->diag, POS_FILE(prefix), "proof-not-written",
                  "大きすぎるため %s の証明を書きませんでした",
                  "the proof of %s would be too large", name);
}

static bool write_files(struct cli *c, const struct market *m,
                        const struct prove_result *r,
                        const struct prove_request *ask,
                        struct prove_files *files)
{
    if (!prove_write(m, r, ask->prefix, ask->conflicts, files, &c->diag))
        return false;
    warn_file(c, ask->prefix, "blocking", files->blocking);
    warn_file(c, ask->prefix, "placed", files->placed);
    return true;
}

bool prove_do(struct cli *c, const struct market *m,
              const struct matching *start, const struct prove_request *ask,
              struct prove_result *out, struct buf *json)
{
    struct prove_options o = {.goal = ask->optimum ? PROVE_CANONICAL
                                                   : PROVE_MAXIMUM,
                              .start = start,
                              .conflicts = ask->conflicts};
    struct prove_files files;
    if (!prove_available())
        return diag_error(
            &c->diag, POS_FILE("--prove"), "no-prover",
            "このプログラムは証明の機能 (NYUSHO_PROVE) なしで作られています",
            "this program was built without NYUSHO_PROVE");
    prove_market(m, o, out, &c->mem);
    if (out->limit)
        diag_warn(
            &c->diag, POS_FILE("--prove"), "proof-open",
            "証明は途中で打ち切りました (%1$s%2$.0s)。わかった範囲を書きます",
            "the proof stopped at %1$.0s%2$s; what was found and its bounds "
            "are given",
            prove_limits[out->limit].name.ja, prove_limits[out->limit].name.en);
    bool with_files = ask->prefix && !out->limit;
    if (with_files && !write_files(c, m, out, ask, &files))
        return false;
    say_verdict(c, out);
    report_verdict(c, out);
    prove_json(out, with_files ? &files : NULL, json);
    return true;
}
