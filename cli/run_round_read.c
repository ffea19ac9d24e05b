/* What a later round reads beside the case: the earlier run and the file of
 * withdrawals. */
#include "cli/out_folder.h"
#include "cli/run_round.h"

#include "cli/verify_files.h"
#include "core/file.h"
#include "records/columns.h"

#include <stdlib.h>
#include <string.h>

#define MAX_EARLIER ((size_t)1 << 30)

static const char *keep(struct cli *c, struct run_round *x, const char *path,
                        const char *name, size_t *len)
{
    const char *bytes = file_read(path, MAX_EARLIER, &c->mem, len, &c->diag);
    if (bytes)
        x->kept[x->n_kept++] = (struct input_file){name, bytes, *len};
    return bytes;
}

/* ---- the earlier run ---- */

static bool read_head(struct cli *c, struct run_round *x, const char *folder)
{
    size_t len;
    const char *path = path_join(&c->mem, folder, "run.json");
    const char *bytes = keep(c, x, path, "earlier/run.json", &len);
    if (!bytes)
        return false;
    cJSON *o = cJSON_ParseWithLength(bytes, len);
    const char *id = cJSON_GetStringValue(cJSON_GetObjectItem(o, "run"));
    const char *kind = cJSON_GetStringValue(cJSON_GetObjectItem(o, "kind"));
    bool ok = id && kind;
    if (ok) {
        x->result.after = arena_strdup(&c->mem, id);
        x->result.after_final = strncmp(kind, "final", strlen("final")) == 0;
    }
    cJSON_Delete(o);
    return ok || run_damaged(c, path);
}

enum column {
    COL_HOUSEHOLD,
    COL_CHILD,
    COL_CLASS,
    COL_OUTCOME,
    COL_FACILITY,
    COL_KIND,
    COL_FROM,
    COL_REASON,
    N_COLUMNS
};
static const struct label columns[N_COLUMNS] = {
    [COL_HOUSEHOLD] = {"世帯番号", "household"},
    [COL_CHILD] = {"児童番号", "child"},
    [COL_CLASS] = {"クラス", "class"},
    [COL_OUTCOME] = {"結果", "result"},
    [COL_FACILITY] = {"施設番号", "facility"},
    [COL_KIND] = {"枠", "seat kind"},
    [COL_FROM] = {"転園元", "transfers from"},
    [COL_REASON] = {"理由", "reason"},
};

static bool find_columns(struct cli *c, const struct csv *t, int *at)
{
    for (int k = 0; k < N_COLUMNS; k++) {
        at[k] = csv_column(t, columns[k].ja);
        if (at[k] < 0)
            at[k] = csv_column(t, columns[k].en);
        if (at[k] < 0 && k != COL_KIND) /* runs made before there were kinds */
            return diag_error(
                &c->diag, (struct pos){t->file, 1, 0}, "missing-column",
                "「%1$s」(%2$s) の列がありません",
                "there is no column %2$s (%1$s)", columns[k].ja, columns[k].en);
    }
    return true;
}

static bool read_row(struct cli *c, const struct csv *t, size_t row,
                     const int *at, struct earlier_row *out)
{
    const char *age = csv_cell(t, row, at[COL_CLASS]);
    const char *outcome = csv_cell(t, row, at[COL_OUTCOME]);
    *out = (struct earlier_row){
        .household = csv_cell(t, row, at[COL_HOUSEHOLD]),
        .child = csv_cell(t, row, at[COL_CHILD]),
        .class_age = *age >= '0' && *age <= '9' ? *age - '0' : -1,
        .outcome = outcome_named(outcome),
        .gone = strcmp(csv_cell(t, row, at[COL_REASON]),
                       reason_code_text(REASON_WITHDRAWN)) == 0,
        .facility = csv_cell(t, row, at[COL_FACILITY]),
        .kind = at[COL_KIND] < 0 ? "" : csv_cell(t, row, at[COL_KIND]),
        .from = csv_cell(t, row, at[COL_FROM]),
        .at = csv_pos(t, row, at[COL_CHILD])};
    return out->outcome != N_OUTCOMES ||
           diag_error(&c->diag, csv_pos(t, row, at[COL_OUTCOME]),
                      "unknown-outcome", "結果「%s」は分かりません",
                      "the result \"%s\" is not known", outcome);
}

static int by_child(const void *x, const void *y)
{
    const struct earlier_row *a = x, *b = y;
    return strcmp(a->child, b->child);
}

static bool read_placements(struct cli *c, struct run_round *x,
                            const char *folder)
{
    struct csv t;
    int at[N_COLUMNS] = {0};
    size_t len;
    struct round_result *r = &x->result;
    const char *path = path_join(&c->mem, folder, "placements.csv");
    const char *bytes = keep(c, x, path, "earlier/placements.csv", &len);
    if (!bytes ||
        !csv_parse(bytes, len, path, ENCODING_AUTO, &t, &c->mem, &c->diag) ||
        !find_columns(c, &t, at))
        return false;
    r->earlier = ARENA_ARRAY(&c->mem, struct earlier_row, t.n_rows);
    r->n_earlier = t.n_rows;
    for (size_t i = 0; i < t.n_rows; i++)
        if (!read_row(c, &t, i, at, &r->earlier[i]))
            return false;
    if (t.n_rows)
        qsort(r->earlier, t.n_rows, sizeof *r->earlier, by_child);
    return true;
}

static bool read_earlier(struct cli *c, struct run_round *x, const char *folder)
{
    return read_head(c, x, folder) && read_placements(c, x, folder);
}

/* ---- withdrawals ---- */

static bool read_withdrawals(struct cli *c, struct run_round *x,
                             const char *path)
{
    size_t len;
    const char *bytes = keep(c, x, path, "withdrawn.csv", &len);
    return bytes &&
           withdrawals_parse(bytes, len, path, &x->file, &c->mem, &c->diag);
}

/* ---- both ---- */

static struct run_round *start(struct cli *c, struct run *r)
{
    struct run_round *x = ARENA_NEW(&c->mem, struct run_round);
    x->result.settings = &r->ctx.settings.rounds;
    r->round = x;
    return x;
}

/* Every file of it as it was written: a decision that somebody changed since is
 * none. */
static bool is_whole(struct cli *c, const char *folder)
{
    const char *changed;
    if (!verify_files_changed(c, folder, &changed))
        return false;
    return !changed ||
           diag_error(&c->diag, POS_FILE(changed), "earlier-changed",
                      "前回の実行のこのファイルが、実行の後に書き換えられて"
                      "います",
                      "this file of the earlier run was changed after the "
                      "run");
}

bool run_round_open(struct cli *c, struct run *r, const char *after,
                    const char *withdrawn)
{
    struct run_round *x = start(c, r);
    const char *folder = after;
    if (!file_exists(path_join(&c->mem, folder, "run.json")))
        folder = run_folder_find(c, r->ctx.folder, after);
    if (x->result.settings->policy == ROUND_UNSAID)
        return diag_error(
            &c->diag,
            POS_FILE(path_join(&c->mem, r->ctx.folder, "nyusho.yaml")),
            "round-unsaid",
            "二次選考の方針がありません。rounds: {policy: …} に 空いた枠のみ、"
            "新規と同順、待機優先、全員再選考 のどれかを書いてください",
            "there is no policy for later rounds; write rounds: {policy: …} "
            "with one of freed, together, waiting_first, everyone");
    return folder && is_whole(c, folder) && read_earlier(c, x, folder) &&
           (!withdrawn || read_withdrawals(c, x, withdrawn));
}

bool run_round_reopen(struct cli *c, struct run *r, const char *inputs)
{
    const char *folder = path_join(&c->mem, inputs, "earlier");
    const char *withdrawn = path_join(&c->mem, inputs, "withdrawn.csv");
    if (!file_exists(path_join(&c->mem, folder, "run.json")))
        return true;
    struct run_round *x = start(c, r);
    return read_earlier(c, x, folder) &&
           (!file_exists(withdrawn) || read_withdrawals(c, x, withdrawn));
}
