/*
 * A later round 二次選考・月次 (place --after RUN): what the earlier run
 * decided and who withdrew since, joined to the case as it is now.
 *
 * Who applies is what the case says now: new applications are read into it as
 * any others, and so are changed wishes. The seats are those of its seats.csv
 * now. What was decided is read from the folder of the earlier run alone, and
 * copied into inputs/earlier/ of the new one, with the withdrawals as
 * inputs/withdrawn.csv, so that the new run can be made and verified again from
 * its own folder.
 */
#ifndef NYUSHO_CLI_RUN_ROUND_H
#define NYUSHO_CLI_RUN_ROUND_H

#include "cli/run_make.h"
#include "report/round.h"

struct run_round {
    struct round_result result;
    struct withdrawals file; /* of --withdrawn */
    struct round_gone *gone; /* those of result.round */
    struct market plain;     /* see round.h */
    struct input_file kept[3];
    size_t n_kept;
};

/* `after`: id of a run of this case, or the folder of any run; `withdrawn`: a
 * file, or NULL. False with "no-run", "earlier-changed" (a file of it is not
 * as the run wrote it), "run-damaged", "unknown-outcome", the messages of
 * withdrawals.h, "round-unsaid" (nyusho.yaml does not name the policy). */
bool run_round_open(struct cli *c, struct run *r, const char *after,
                    const char *withdrawn);
/* The same from inputs/ of a run; nothing where it is no later round. */
bool run_round_reopen(struct cli *c, struct run *r, const char *inputs);

/* The parts of run_compute() where r->round is not NULL. */

/* Once every applicant is scored: who holds a decision, who is gone. False with
 * "held-missing" (placed before, and not in the case), "held-facility",
 * "held-class" (it has no class any more), "earlier-household" (the number
 * belongs to another household), "unknown-child", "household-differs",
 * "withdrawn-before", "withdrawn-nothing" (there is nothing to decline),
 * "withdrawn-enrolled", "declined-unsaid". Findings: "waiting-missing". */
bool run_round_begin(struct cli *c, struct run *r);
/* The market of this round in place of the plain one. "seats-short". Findings:
 * "held-unlisted". */
bool run_round_market(struct cli *c, struct run *r);
/* Once it is placed. */
void run_round_chains(struct cli *c, struct run *r);

#endif
