/*
 * The proof as files, for whoever does not trust this program or its solver:
 * two questions in DIMACS CNF that have no solution, each with a DRAT proof of
 * that as CaDiCaL wrote it (text), and a map that says what their variables
 * mean.
 *
 *     PREFIX.blocking.cnf  at most (least - 1) blocking entries
 *     PREFIX.blocking.drat
 *     PREFIX.placed.cnf    at most `least` of them, and one more child placed
 *     PREFIX.placed.drat
 *     PREFIX.map.json      for both: the variables that they share
 *
 * Nothing is left out of these that was certain beforehand: the whole market
 * stands in them. Where a question is void (no blocking entry, all children
 * placed) its two files are not written.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PROVE_PROVE_FILE_H
#define NYUSHO_SCORING_PLACEMENT_PROVE_PROVE_FILE_H

#include "core/diag.h"
#include "scoring/placement/prove/prove.h"

enum prove_file_state {
    PROOF_VOID, /* there is nothing to refute */
    PROOF_WRITTEN,
    PROOF_LIMITED,   /* the limit came first: no file */
    PROOF_TOO_LARGE, /* the count of children would not fit: no file */
};

struct prove_files {
    enum prove_file_state blocking, placed;
};

/* `conflicts`: for each of the two; 0: our own limit only. `r` must have proven
 * its bounds (goal PROVE_MAXIMUM, not limited); the solver starts anew. False
 * with "unwritable-file". */
bool prove_write(const struct market *m, const struct prove_result *r,
                 const char *prefix, int conflicts, struct prove_files *out,
                 struct diag *d);

#endif
