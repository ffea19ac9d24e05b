/*
 * The least number of costs that a formula allows, from below: as long as the
 * solver refuses to keep all costs away, those that it names together (a core)
 * are let happen once, then twice, and what they cost is added up. (OLL,
 * Andres, Kaufmann, Matheis, Schaub 2012.)
 *
 *     cores_open(&c, &formula, solver, 0, &run);
 *     cores_add(&c, -placed, (int[]){-placed}, 1);
 *     if (cores_least(&c, SIZE_MAX) == SAT_YES)
 *         cost = c.low;
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PROVE_CORES_H
#define NYUSHO_SCORING_PLACEMENT_PROVE_CORES_H

#include "scoring/placement/prove/formula.h"

struct prove_cores {
    struct formula *f;
    struct sat *s;
    size_t loaded; /* bytes of the formula that the solver has */
    int conflicts; /* for each question; 0: no limit */
    struct arena *a;
    struct buf costs, sums; /* struct cost, struct cost_sum */
    size_t low;             /* proven: it costs at least so much */
    size_t questions;
};

void cores_open(struct prove_cores *c, struct formula *f, struct sat *s,
                int conflicts, struct arena *a);
/* While `literal` is false none of the inputs costs anything; each that is
 * true costs 1. */
void cores_add(struct prove_cores *c, int literal, const int *inputs, size_t n);
/* Is there a solution at any cost? */
enum sat_answer cores_any(struct prove_cores *c);
/* SAT_YES: no solution is cheaper than `low`, and the solver stands at one of
 * that cost, unless `low` has come to `known`: then there is nothing left to
 * ask. SAT_OPEN: the limit came first. SAT_NO: no solution
 * at any cost. */
enum sat_answer cores_least(struct prove_cores *c, size_t known);
/* From here on only solutions of that cost count. */
void cores_fix(struct prove_cores *c);
void cores_release(struct prove_cores *c);

#endif
