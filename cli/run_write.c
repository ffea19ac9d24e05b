/* A run to its folder: out/<id>/, then out/latest points at it. */
#include "cli/run_make.h"
#include "cli/verify_files.h"
#include "cli/verify_run.h"

#include "core/file.h"
#include "scoring/placement/market_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* One market, or one for each phase. */
static bool write_markets(struct cli *c, const struct run *r,
                          const char *inputs)
{
    bool ok = true;
    for (size_t p = 0; ok && p < r->result.n_phases; p++) {
        struct buf text = BUF_INIT;
        const char *name =
            run_market_name(run_in_phases(&r->result), p, &c->mem);
        market_write(&r->result.phases[p].market, &text);
        ok = file_write_atomic(path_join(&c->mem, inputs, name), text.bytes,
                               text.len, &c->diag);
        buf_release(&text);
    }
    return ok;
}

/* A link beside it takes the old one's place, so that `latest` is always
 * there. */
static bool point_latest(struct cli *c, const char *out, const char *id)
{
    const char *link = path_join(&c->mem, out, "latest");
    const char *fresh = path_join(&c->mem, out, ".latest.new");
    unlink(fresh);
    if (symlink(id, fresh) == 0 && rename(fresh, link) == 0)
        return true;
    return diag_error(&c->diag, POS_FILE(link), "unwritable-file",
                      "書けません (%s)", "cannot be written (%s)",
                      strerror(errno));
}

/* case.db remembers that this run was made. */
static bool note_run(struct cli *c, const struct run *r)
{
    struct case_run row = {r->result.id, r->result.final ? "final" : "trial",
                           r->result.id};
    struct case_db *db =
        case_open(r->ctx.folder, CASE_WRITE, cli_stamp(c), &c->diag);
    bool ok = db && case_put_run(db, &row, &c->diag);
    case_close(db);
    return ok;
}

static bool write_all(struct cli *c, struct run *r, const char *folder)
{
    const char *inputs = path_join(&c->mem, folder, "inputs");
    return folder_make(folder, &c->diag) &&
           run_files_write(c, &r->files, inputs) &&
           write_markets(c, r, inputs) &&
           run_proof_write(c, &r->result, folder) &&
           outputs_write(&r->result, folder, r->options.style, &c->diag);
}

/* An equal run is used again only as it was written. */
static bool still_whole(struct cli *c, const char *folder)
{
    const char *changed;
    if (!verify_files_changed(c, folder, &changed))
        return false;
    return !changed ||
           diag_error(&c->diag, POS_FILE(changed), "run-changed",
                      "同じ実行がすでにあり、このファイルが書き換えられてい"
                      "ます。%s を別の場所に移してから、もう一度実行して"
                      "ください",
                      "the same run is there already and this file in it was "
                      "changed; move %s away and run again",
                      folder);
}

bool run_write(struct cli *c, struct run *r, const char **path)
{
    const char *out = path_join(&c->mem, r->ctx.folder, "out");
    const char *folder = path_join(&c->mem, out, r->result.id);
    bool there = file_exists(path_join(&c->mem, folder, "run.json"));
    struct verify_run v;
    *path = folder;
    if (there && !still_whole(c, folder))
        return false;
    if (!there && !write_all(c, r, folder))
        return false;
    if (!verify_run(c, folder, &v))
        return false;
    r->result.verified = v.ok;
    if (!there &&
        (!verify_run_write(c, folder, &v) ||
         !outputs_finish(&r->result, folder, r->options.style, &c->diag)))
        return false;
    if (!there && !note_run(c, r))
        return false;
    return point_latest(c, out, r->result.id) &&
           (v.ok || verify_run_failed(c, folder, &v));
}
