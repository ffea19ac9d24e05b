/* nyusho doubts CASE: what a person must look at, as CSV to fill in. */
#include "cli/case_context.h"
#include "cli/commands.h"
#include "core/file.h"
#include "records/doubts.h"

#include <string.h>

const struct option_spec doubts_options[] = {
    {"--out",
     "FILE.csv",
     {"書き出す先 (既定 CASE/doubts.csv)", "where (default CASE/doubts.csv)"}},
    {"--all", NULL, {"答えの済んだものも書く", "those already answered, too"}},
    {"--encoding",
     "utf8|cp932",
     {"CSV の文字コード (既定 utf8)", "encoding (default utf8)"}},
    {NULL, NULL, {NULL, NULL}},
};

static bool write_doubts(struct cli *c, struct case_db *db, const char *path)
{
    const char *encoding = cli_option(c, "--encoding");
    bool cp932 = encoding && strcmp(encoding, "cp932") == 0;
    struct case_doubt *doubts;
    struct csv_writer w;
    size_t n, gating = 0;
    if (!case_doubts(db, !cli_switch(c, "--all"), &doubts, &n, &c->mem,
                     &c->diag))
        return false;
    for (size_t i = 0; i < n; i++)
        gating += doubts[i].gating && !*doubts[i].answer;
    doubts_write(
        doubts, n,
        (struct csv_style){.encoding = cp932 ? ENCODING_CP932 : ENCODING_UTF8},
        c->lang, &w);
    bool ok = csv_finish(&w, path, &c->diag) &&
              file_write_atomic(path, w.out.bytes, w.out.len, &c->diag);
    csv_release(&w);
    if (!ok)
        return false;
    cli_say(c,
            "疑義 %zu 件 (うち本番の前に必要なもの %zu 件): %s\n"
            "「正しい値」と「確認者」を埋めて nyusho import で取り込みます\n",
            "%zu doubts (%zu needed before a final run): %s\nfill in 正しい値 "
            "and 確認者, then nyusho import it\n",
            n, gating, path);
    cJSON_AddNumberToObject(c->report, "doubts", (double)n);
    cJSON_AddNumberToObject(c->report, "gating", (double)gating);
    cJSON_AddStringToObject(c->report, "file", path);
    return true;
}

int doubts_run(struct cli *c)
{
    const char *folder = c->args[0];
    const char *path = cli_option(c, "--out");
    struct case_context ctx;
    if (!case_context_load(c, folder, 0, &ctx))
        return EXIT_INPUT;
    struct case_db *db = case_open(folder, CASE_READ, cli_stamp(c), &c->diag);
    bool ok = db && write_doubts(
                        c, db,
                        path ? path : path_join(&c->mem, folder, "doubts.csv"));
    case_close(db);
    return ok ? EXIT_DONE : cli_failure(c);
}
