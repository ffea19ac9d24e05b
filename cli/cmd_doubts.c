/* nyusho doubts CASE: what a person must look at, as CSV to fill in. */
#include "cli/case_context.h"
#include "cli/commands.h"
#include "cli/csv_options.h"
#include "core/file.h"
#include "records/doubts.h"
#include "records/protect.h"

#include <stdlib.h>
#include <string.h>

const struct option_spec doubts_options[] = {
    {"--out",
     "FILE.csv",
     {"書き出す先 (既定 CASE/doubts.csv)", "where (default CASE/doubts.csv)"}},
    {"--all", NULL, {"答えの済んだものも書く", "those already answered, too"}},
    CSV_OPTION_ROWS,
    {NULL, NULL, {NULL, NULL}},
};

#define MAX_DOUBTS ((size_t)1 << 30)

/* Where a doubt stands in the list, by its id. */
struct doubt_place {
    const char *id;
    struct case_doubt *doubt;
};

static int by_id(const void *x, const void *y)
{
    const struct doubt_place *a = x, *b = y;
    return strcmp(a->id, b->id);
}

static int column(const struct csv *t, const char *ja, const char *en)
{
    int at = csv_column(t, ja);
    return at >= 0 ? at : csv_column(t, en);
}

/* What somebody has typed into the file that is there and has not imported
 * yet: it goes into the new one. */
static bool keep_typed(struct cli *c, const char *path,
                       struct case_doubt *doubts, size_t n, size_t *kept)
{
    struct csv t;
    size_t len;
    *kept = 0;
    if (!file_exists(path))
        return true;
    const char *bytes = file_read(path, MAX_DOUBTS, &c->mem, &len, &c->diag);
    if (!bytes ||
        !csv_parse(bytes, len, path, ENCODING_AUTO, &t, &c->mem, &c->diag))
        return false;
    int id = column(&t, "疑義番号", "doubt");
    int answer = column(&t, "正しい値", "right value");
    int by = column(&t, "確認者", "confirmed by");
    if (id < 0 || answer < 0 || by < 0)
        return diag_error(&c->diag, POS_FILE(path), "not-doubts",
                          "疑義の表ではないファイルがあるので、書きません。"
                          "--out に別の名前を書いてください",
                          "there is a file that is no list of doubts; give "
                          "another name with --out");
    struct doubt_place *index = ARENA_ARRAY(&c->mem, struct doubt_place, n);
    for (size_t i = 0; i < n; i++)
        index[i] = (struct doubt_place){doubts[i].id, &doubts[i]};
    if (n)
        qsort(index, n, sizeof *index, by_id);
    for (size_t r = 0; r < t.n_rows; r++) {
        const struct doubt_place key = {csv_cell(&t, r, id), NULL};
        const struct doubt_place *found =
            n && *csv_cell(&t, r, answer)
                ? bsearch(&key, index, n, sizeof *index, by_id)
                : NULL;
        if (!found || *found->doubt->answer)
            continue;
        found->doubt->answer = csv_cell(&t, r, answer);
        found->doubt->by = csv_cell(&t, r, by);
        ++*kept;
    }
    return true;
}

static bool write_file(struct cli *c, const struct case_doubt *doubts, size_t n,
                       struct csv_style style, const char *path)
{
    struct csv_writer w;
    doubts_write(doubts, n, style, c->lang, &w);
    bool ok = csv_save(&w, NULL, path, &c->diag);
    csv_release(&w);
    return ok;
}

/* Addresses that no list may tell: office.csv and the records say whose. */
static bool hide(struct cli *c, const struct case_context *ctx,
                 struct case_db *db, struct case_doubt *doubts, size_t n)
{
    struct record_set set;
    record_set_init(&set, &ctx->dict);
    bool ok = case_load_records(db, ctx->office, ctx->n_office, &set, false,
                                &c->diag);
    if (ok)
        doubts_hide(doubts, n, &set);
    record_set_release(&set);
    return ok;
}

static bool write_doubts(struct cli *c, const struct case_context *ctx,
                         struct case_db *db, struct csv_style style,
                         const char *path)
{
    struct case_doubt *doubts;
    size_t n, gating = 0, kept;
    if (!case_doubts(db, !cli_switch(c, "--all"), &doubts, &n, &c->mem,
                     &c->diag))
        return false;
    for (size_t i = 0; i < n; i++)
        gating += doubts[i].gating && !*doubts[i].answer;
    if (!hide(c, ctx, db, doubts, n) ||
        !keep_typed(c, path, doubts, n, &kept) ||
        !write_file(c, doubts, n, style, path))
        return false;
    cli_say(c,
            "疑義 %zu 件 (うち本番の前に必要なもの %zu 件): %s\n"
            "「正しい値」と「確認者」を埋めて nyusho import で取り込みます\n",
            "%zu doubts (%zu needed before a final run): %s\nfill in the last "
            "two columns, then nyusho import it\n",
            n, gating, path);
    if (kept)
        cli_say(c, "前の表に書いてあった答え %zu 件を残しました\n",
                "%zu answers that stood in the file before are kept\n", kept);
    cJSON_AddNumberToObject(c->report, "doubts", (double)n);
    cJSON_AddNumberToObject(c->report, "gating", (double)gating);
    cJSON_AddNumberToObject(c->report, "kept", (double)kept);
    cJSON_AddStringToObject(c->report, "file", path);
    return true;
}

int doubts_run(struct cli *c)
{
    const char *folder = c->args[0];
    const char *path = cli_option(c, "--out");
    struct csv_style style;
    struct case_context ctx;
    if (!csv_options_take(c, &style))
        return EXIT_INPUT;
    if (!case_context_load(c, folder, CONTEXT_OFFICE, &ctx))
        return EXIT_INPUT;
    struct case_db *db = case_open(folder, CASE_READ, cli_stamp(c), &c->diag);
    bool ok = db && write_doubts(
                        c, &ctx, db, style,
                        path ? path : path_join(&c->mem, folder, "doubts.csv"));
    case_close(db);
    return ok ? EXIT_DONE : cli_failure(c);
}
