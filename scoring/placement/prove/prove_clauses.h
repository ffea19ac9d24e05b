/*
 * A market as clauses: their solutions are the feasible, individually rational
 * matchings without blocking entries but those that are let.
 *
 * - better[e]: the household holds entry e or a better one. What it holds is
 *   the step between two neighbours.
 * - Per facility and group of classes a counter over its bids, best first: at
 *   least j of the first i hold seats. No more than the group's seats.
 * - Per entry: the household holds it or a better one, or a facility in it
 *   turns one of the children away (so many better ones of other households
 *   hold seats there), or, in a soft household, `blocks` says that it blocks.
 *
 * The counter of a group serves households with several children in it too:
 * their own seats are taken off the count (rule SYY). With caps inside a pool
 * the children sent may push others out of a smaller group, which makes room
 * in a larger one; so a group turns a child away only if it does under every
 * way of counting full smaller groups by their seats (the rank of a laminar
 * matroid).
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PROVE_CLAUSES_H
#define NYUSHO_SCORING_PLACEMENT_PROVE_CLAUSES_H

#include "scoring/placement/prove/formula.h"
#include "scoring/placement/prove/prove_reduce.h"

struct prove_clauses {
    struct formula formula;
    int *better;  /* per entry */
    int *blocks;  /* per entry; 0: it cannot block, or must not */
    int *blocked; /* per household: one of its entries may block; 0 */
    int *seated;  /* per bid */
    int *placed;  /* per child; after clauses_placed() */
};

/* Arrays are owned by the arena; formula_release() gives the clauses back.
 * `r` must not be a contradiction. */
void clauses_build(const struct prove_view *v, const struct prove_rest *r,
                   bool keep_names, struct prove_clauses *out, struct arena *a);
/* A literal for every child that it holds a place; an enrolled one does. */
void clauses_placed(const struct prove_view *v, const struct prove_rest *r,
                    struct prove_clauses *c, struct arena *a);
/* What each household holds in the solver's solution. */
void clauses_read(const struct prove_view *v, const struct prove_rest *r,
                  const struct prove_clauses *c, struct sat *s, size_t *held);

#endif
