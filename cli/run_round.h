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
    struct withdrawals file;    /* of --withdrawn */
    struct round_gone *gone;    /* those of result.round */
    struct round_phase *phases; /* the same */
    struct matching *placed;    /* by phase, as far as they are placed */
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
/* run_round_market.c */

/* Beside what seats.csv offers (seats_now): the places that those who are gone
 * had at the entry date. */
void run_round_seats(struct run *r);
/* Once each phase has its plain market in r->result.phases: what its children
 * hold. */
void run_round_children(struct cli *c, struct run *r);
/* The market of phase_now in place of the plain one. "seats-short". Findings:
 * "held-unlisted". */
bool run_round_market(struct cli *c, struct run *r);
/* run_proof.c: the official method, once every phase is placed; NULL: the
 * placer. */
const struct round_method *run_round_method(struct cli *c, struct run *r);
/* phase_now is placed; after the last, the chains are made. */
void run_round_placed(struct cli *c, struct run *r);

#endif
