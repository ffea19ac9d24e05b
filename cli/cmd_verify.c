/* nyusho verify: a run from its folder alone, or a market and its result. */
#include "cli/commands.h"
#include "cli/run_make.h"
#include "cli/verify_files.h"
#include "cli/verify_proof.h"
#include "cli/verify_run.h"
#include "core/file.h"
#include "scoring/placement/market_file.h"
#include "scoring/placement/result_file.h"

#include <stdio.h>

const struct option_spec verify_options[] = {
    {"--market",
     "FILE.json",
     {"市場ファイルとその結果 RESULT.json を確かめる",
      "check a result file against this market"}},
    {NULL, NULL, {NULL, NULL}},
};

static int finish(struct cli *c, const char *what, const struct verify_run *v)
{
    verify_run_say(c, v);
    cJSON_AddBoolToObject(c->report, "ok", v->ok);
    if (v->ok)
        cli_say(c, "検算 ○ %s\n", "verified ○ %s\n", what);
    else
        verify_run_failed(c, what, v);
    return v->ok ? EXIT_DONE : EXIT_FINDINGS;
}

static int verify_file(struct cli *c, const char *path)
{
    struct verify_phase one = {.phase = NULL};
    struct verify_run v = {.phases = &one, .n_phases = 1};
    struct claimed_proof proof;
    struct diag said = DIAG_INIT;
    size_t len;
    if (c->n_args != 1) {
        diag_error(&c->diag, POS_FILE("verify"), "bad-option",
                   "--market FILE.json の後に RESULT.json を書いてください",
                   "give RESULT.json after --market FILE.json");
        return EXIT_INPUT;
    }
    const char *bytes =
        file_read(path, MARKET_FILE_MAX, &c->mem, &len, &c->diag);
    if (!bytes ||
        !market_parse(bytes, len, path, &one.market, &c->mem, &c->diag))
        return cli_failure(c);
    bytes = file_read(c->args[0], MARKET_FILE_MAX, &c->mem, &len, &c->diag);
    if (!bytes ||
        !result_parse(bytes, len, c->args[0], &one.market, &one.held, &c->mem,
                      &c->diag) ||
        !verify_proof_read(c, c->args[0], &one.market, &proof))
        return cli_failure(c);
    verify_market(&one.market, &one.held, &one.verdict, &c->mem);
    size_t checked = verify_proof_check(&proof, &one, &said);
    if (checked)
        v.lines[v.n_lines++] = verify_line_make(
            c, "as-proven", (struct label)VERIFY_PROOF_TITLE, checked, &said);
    v.ok = one.verdict.ok && said.n == 0;
    diag_release(&said);
    return finish(c, c->args[0], &v);
}

int verify_cmd_run(struct cli *c)
{
    if (cli_option(c, "--market"))
        return verify_file(c, cli_option(c, "--market"));
    if (c->n_args < 1) {
        diag_error(
            &c->diag, POS_FILE("verify"), "bad-option",
            "募集回か実行のフォルダー、または --market FILE.json を書いて"
            "ください",
            "give a case folder, a run's folder, or --market "
            "FILE.json");
        return EXIT_INPUT;
    }
    struct verify_run v;
    const char *run =
        run_folder_find(c, c->args[0], c->n_args > 1 ? c->args[1] : NULL);
    struct verify_line files;
    if (!run || !verify_files(c, run, &files) || !verify_run(c, run, &v))
        return cli_failure(c);
    cli_say(c, "%s\n", "%s\n", run);
    verify_line_say(c, &files);
    if (files.failed) {
        v.ok = false;
        v.changed_files = files.failed;
    }
    return finish(c, run, &v);
}
