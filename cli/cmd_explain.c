/* nyusho explain CASE CHILD: why this child got this, from the run's files. */
#include "cli/commands.h"
#include "cli/run_make.h"
#include "core/file.h"
#include "report/disclosure.h"
#include "report/explain.h"

#include <stdio.h>
#include <string.h>

#define MASK_MOST 1000000

const struct option_spec explain_options[] = {
    {"--run", "ID", {"実行番号 (既定 latest)", "the run (default latest)"}},
    {"--disclosure",
     NULL,
     {"本人開示用の書面 (ほかの世帯の情報を含まない)",
      "the sheet for the family (nothing about others)"}},
    {"--mask",
     "N",
     {"内定が N 人未満の内定ラインは示さない (既定 3)",
      "no lowest points where fewer than N were placed (default 3)"}},
    {"--out",
     "FILE",
     {"書き出すファイル (.html なら印刷用の頁、ほかは文字)",
      "the file to write (.html: a page to print; else text)"}},
    {NULL, NULL, {NULL, NULL}},
};

static bool is_html(const char *path)
{
    size_t n = strlen(path);
    return n > 5 && strcmp(path + n - 5, ".html") == 0;
}

/* To --out, or to the terminal. */
static bool give(struct cli *c, const struct buf *text)
{
    const char *path = cli_option(c, "--out");
    if (path && !file_write_atomic(path, text->bytes, text->len, &c->diag))
        return false;
    if (!path && !c->json)
        fwrite(text->bytes, 1, text->len, stdout);
    return true;
}

static bool explain(struct cli *c, const struct run *run,
                    const struct applicant *a)
{
    struct buf text = BUF_INIT;
    if (c->json) {
        cJSON_Delete(c->report);
        c->report = explain_json(&run->result, a, c->lang);
    }
    explain_text(&run->result, a, c->lang, &text);
    bool ok = give(c, &text);
    buf_release(&text);
    return ok;
}

static bool disclose(struct cli *c, const struct run *run,
                     const struct applicant *a)
{
    const char *path = cli_option(c, "--out");
    struct buf text = BUF_INIT;
    long mask;
    if (!cli_number(c, "--mask", 1, MASK_MOST, DISCLOSURE_MASK, &mask))
        return false;
    if (disclosure_is_protected(&run->result, a))
        diag_warn(&c->diag, POS_FILE(a->household), "disclosure-protected",
                  "支援措置の世帯です。請求した人を確かめてから渡してください",
                  "this household is under protection: make sure who asks "
                  "before it is handed out");
    struct sheet page =
        disclosure_sheet(&run->result, a, (size_t)mask, c->lang, &c->mem);
    if (path && is_html(path))
        sheet_html(&page, c->lang, &text);
    else
        sheet_text(&page, &text);
    cJSON_AddStringToObject(c->report, "child", a->child);
    cJSON_AddNumberToObject(c->report, "mask", (double)mask);
    cJSON_AddStringToObject(c->report, path ? "file" : "text",
                            path ? path : text.bytes);
    bool ok = give(c, &text);
    buf_release(&text);
    return ok;
}

static bool options_fit(struct cli *c)
{
    const char *out = cli_option(c, "--out");
    if (cli_switch(c, "--disclosure"))
        return true;
    if (cli_option(c, "--mask"))
        return diag_error(&c->diag, POS_FILE("--mask"), "bad-option",
                          "--disclosure と一緒に使ってください",
                          "goes with --disclosure");
    if (out && is_html(out))
        return diag_error(&c->diag, POS_FILE(out), "bad-option",
                          ".html は --disclosure だけです",
                          ".html goes with --disclosure");
    return true;
}

int explain_run(struct cli *c)
{
    struct run run = RUN_INIT;
    const char *folder = NULL;
    bool ok = options_fit(c) &&
              (folder = run_folder_find(c, c->args[0], cli_option(c, "--run")));
    if (ok && run_remake(c, folder, &run)) {
        const struct applicant *a = applicant_find(&run.result, c->args[1]);
        ok = a ? cli_switch(c, "--disclosure") ? disclose(c, &run, a)
                                               : explain(c, &run, a)
               : diag_error(&c->diag, POS_FILE(folder), "unknown-child",
                            "児童番号 %s の申込みはこの実行にありません",
                            "no child %s in this run", c->args[1]);
    } else {
        ok = false;
    }
    run_release(&run);
    return ok ? cli_status(c) : cli_failure(c);
}
