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

static int finish(struct cli *c, const char *what, const struct verify_run *v,
                  size_t n_lines)
{
    verify_run_say(c, v, n_lines);
    cJSON_AddBoolToObject(c->report, "ok", v->ok);
    if (v->ok)
        cli_say(c, "検算 ○ %s\n", "verified ○ %s\n", what);
    else
        verify_run_failed(c, what, v);
    return v->ok ? EXIT_DONE : EXIT_FINDINGS;
}

static int verify_file(struct cli *c, const char *path)
{
    struct verify_run v = {.ok = false};
    struct claimed_proof proof;
    struct matching held;
    size_t len;
    if (c->n_args != 1) {
        diag_error(&c->diag, POS_FILE("verify"), "bad-option",
                   "--market FILE.json の後に RESULT.json を書いてください",
                   "give RESULT.json after --market FILE.json");
        return EXIT_INPUT;
    }
    const char *bytes =
        file_read(path, MARKET_FILE_MAX, &c->mem, &len, &c->diag);
    if (!bytes || !market_parse(bytes, len, path, &v.market, &c->mem, &c->diag))
        return cli_failure(c);
    bytes = file_read(c->args[0], MARKET_FILE_MAX, &c->mem, &len, &c->diag);
    if (!bytes ||
        !result_parse(bytes, len, c->args[0], &v.market, &held, &c->mem,
                      &c->diag) ||
        !verify_proof_read(c, c->args[0], &v.market, &proof))
        return cli_failure(c);
    verify_market(&v.market, &held, &v.verdict, &c->mem);
    verify_proof_check(c, &proof, &held, &v, &v.lines[0]);
    v.ok = v.verdict.ok && v.lines[0].failed == 0;
    return finish(c, c->args[0], &v, proof.any);
}

int verify_cmd_run(struct cli *c)
{
    if (cli_option(c, "--market"))
        return verify_file(c, cli_option(c, "--market"));
    if (c->n_args < 1) {
        diag_error(&c->diag, POS_FILE("verify"), "bad-option",
                   "募集回のフォルダーか --market FILE.json を書いてください",
                   "give a case folder or --market FILE.json");
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
    return finish(c, run, &v, VERIFY_LINES);
}
