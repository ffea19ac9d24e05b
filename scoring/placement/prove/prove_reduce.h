/*
 * What is certain before the solver is asked. In every matching that has no
 * blocking entry but those of `soft` households, of which at most `budget`
 * have one,
 *
 * - a child is turned away where a facility is full with better ranked
 *   children for whom it is the best place still open to them (deferred
 *   acceptance, from the households' side): entries that send it there die.
 *   `budget` of the soft ones among them may stay away after all;
 * - a household gets an entry or better when even all who may still come
 *   before it leave room (the facilities' side): entries after it die. A soft
 *   one may hold them, but no more than `budget` such ones come anywhere.
 *
 * Both are repeated until nothing changes. Of a market of one-child households
 * what remains lies between its two extreme stable matchings.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PROVE_REDUCE_H
#define NYUSHO_SCORING_PLACEMENT_PROVE_REDUCE_H

#include "scoring/placement/prove/prove_view.h"

struct prove_rest {
    const bool *soft;   /* per household; borrowed */
    bool *alive;        /* per entry: may be held */
    bool *may_block;    /* per entry */
    size_t *head;       /* per household: its first alive entry */
    int32_t *support;   /* per bid: alive entries that need it */
    bool contradiction; /* there is no such matching */
};

#define ANY_BUDGET INT32_MAX

/* `known` (or NULL): what holds already, of as many soft households or more
 * and at least this budget. */
void reduce_market(const struct prove_view *v, const bool *soft, int32_t budget,
                   const struct prove_rest *known, struct prove_rest *out,
                   struct arena *a);
/* How many entries are alive. */
size_t rest_entries(const struct prove_view *v, const struct prove_rest *r);

#endif
