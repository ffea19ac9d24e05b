/*
 * A placement held against the proof that stands beside it, in proof.json of a
 * run or in a result file. The proof itself is not made again: an auditor has
 * its CNF and DRAT files for that (--proof).
 */
#ifndef NYUSHO_CLI_VERIFY_PROOF_H
#define NYUSHO_CLI_VERIFY_PROOF_H

#include "cli/verify_run.h"

struct claimed_proof {
    bool any;
    size_t blocking[2], placed[2]; /* at least, at most */
};

/* Says in the market whether the result is held to the proven best. False with
 * "run-damaged", or the file cannot be read. */
bool verify_proof_read(struct cli *c, const char *path, struct market *m,
                       struct claimed_proof *out);
/* Of a run: of each phase, where they come one after another. */
bool verify_proofs_read(struct cli *c, const char *path, struct verify_run *v,
                        struct claimed_proof *out);
/* No placement has fewer blocking entries than were proven necessary; the
 * optimum has just so many and places just so many, and each number is proven
 * from both sides. Returns how many proofs were held against it. The verdict of
 * the market is there already. "proof-differs". */
size_t verify_proof_check(const struct claimed_proof *p,
                          const struct verify_phase *x, struct diag *said);
#define VERIFY_PROOF_TITLE                                    \
    {                                                         \
        "証明された最少の阻害数・最多の内定数のとおり",       \
            "blocking entries and places as they were proven" \
    }

#endif
