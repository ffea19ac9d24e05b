/*
 * One question about a market: a formula with its solver, and what all
 * questions of a proof share, the best matching known above all.
 *
 * A question says which households may have blocking entries (`soft`) and how
 * many there may be in all; nobody else has one. Every question ends after so
 * many conflicts: the caller's limit or our own, whichever is less.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PROVE_PROVE_ASK_H
#define NYUSHO_SCORING_PLACEMENT_PROVE_PROVE_ASK_H

#include "scoring/placement/prove/prove.h"
#include "scoring/placement/prove/prove_clauses.h"
#include "scoring/placement/prove/prove_cores.h"

struct proving {
    struct prove_view v;
    struct prove_options options;
    struct prove_result *out;
    bool *soft;       /* per household, of the next question */
    size_t *held;     /* per household: of the best matching known */
    size_t *solution; /* per household: the solver's latest */
    struct prove_tally best;
    struct arena scratch; /* of the whole proof */
};

struct asking {
    struct arena mem;
    struct prove_rest rest;
    struct prove_clauses clauses;
    struct sat *s;
    struct prove_cores cores;
};

/* Conflicts of one question with so many clauses, whatever the caller says. */
int prove_own_limit(size_t clauses);

/* False when there is no such matching at all. `known`: see reduce_market(). */
bool asking_open(struct proving *p, size_t most, const struct prove_rest *known,
                 struct asking *q);
void asking_close(struct proving *p, struct asking *q);
/* Any such matching? A solution is taken where it is the best. */
enum sat_answer asking_any(struct proving *p, struct asking *q);
/* Lets the solver begin at the best matching known. */
void asking_prefer(struct proving *p, struct asking *q);
/* The most children placed in such a matching, from above: no more than
 * *most. Where the best matching known has as many nothing is searched, unless
 * `solve` asks for a solution in any case. */
enum sat_answer asking_most_placed(struct proving *p, struct asking *q,
                                   bool solve, size_t *most);
/* Says which limit it was, where the answer is open; passes it on. */
enum sat_answer asking_note_limit(struct proving *p, const struct asking *q,
                                  enum sat_answer answer);

/* Fewer blocking entries first, then more children placed. */
void keep_if_better(struct proving *p, const size_t *held);

#endif
