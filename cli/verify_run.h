/*
 * Verifies a run from its folder alone: points recomputed from inputs/ by the
 * second evaluator and held against scores.csv, each facility's order of
 * market.json against the recomputed keys, and the placement of placements.csv
 * against the definitions. Nothing here knows how the run was made.
 */
#ifndef NYUSHO_CLI_VERIFY_RUN_H
#define NYUSHO_CLI_VERIFY_RUN_H

#include "cli/cli.h"
#include "scoring/verify/verify_json.h"

#define VERIFY_LINES 5

struct verify_run {
    bool ok;
    struct market market;
    struct market_verdict verdict;
    struct verify_line
        lines[VERIFY_LINES]; /* points, order, rows, seats, proof */
    size_t changed_files;    /* verify_files.h; of `nyusho verify` only */
};

/* Everything is owned by c->mem. False with the messages when a file is
 * missing or cannot be read ("run-incomplete"); a run that does not hold is
 * true with `ok` false. */
bool verify_run(struct cli *c, const char *folder, struct verify_run *out);
/* verify.json in the run's folder. */
bool verify_run_write(struct cli *c, const char *folder,
                      const struct verify_run *v);
/* Says "verify-failed" with the first counter-example; returns false. */
bool verify_run_failed(struct cli *c, const char *folder,
                       const struct verify_run *v);
/* What a check said, as a line of verify.json. */
struct verify_line verify_line_make(struct cli *c, const char *name,
                                    struct label title, size_t checked,
                                    const struct diag *said);
/* One check, and the first examples where it failed. */
void verify_line_say(struct cli *c, const struct verify_line *l);
/* The checks as a short table on stdout; the first `n_lines` of v->lines. */
void verify_run_say(struct cli *c, const struct verify_run *v, size_t n_lines);

#endif
