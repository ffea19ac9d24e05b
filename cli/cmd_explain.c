/* nyusho explain CASE CHILD: why this child got this, from the run's files. */
#include "cli/commands.h"
#include "cli/run_make.h"
#include "report/explain.h"

#include <stdio.h>

const struct option_spec explain_options[] = {
    {"--run", "ID", {"実行番号 (既定 latest)", "the run (default latest)"}},
    {NULL, NULL, {NULL, NULL}},
};

static void say(struct cli *c, const struct run *run, const struct applicant *a)
{
    if (c->json) {
        cJSON_Delete(c->report);
        c->report = explain_json(&run->result, a, c->lang);
        return;
    }
    struct buf text = BUF_INIT;
    explain_text(&run->result, a, c->lang, &text);
    fwrite(text.bytes, 1, text.len, stdout);
    buf_release(&text);
}

int explain_run(struct cli *c)
{
    struct run run = RUN_INIT;
    const char *folder = run_folder_find(c, c->args[0], cli_option(c, "--run"));
    int status = EXIT_INPUT;
    if (folder && run_remake(c, folder, &run)) {
        const struct applicant *a = applicant_find(&run.result, c->args[1]);
        if (a)
            say(c, &run, a);
        else
            diag_error(&c->diag, POS_FILE(folder), "unknown-child",
                       "児童番号 %s の申込みはこの実行にありません",
                       "no child %s in this run", c->args[1]);
        status = a ? EXIT_DONE : EXIT_INPUT;
    }
    run_release(&run);
    return status;
}
