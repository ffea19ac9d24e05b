/*
 * No more children than that hold a place, by seats alone: each at one of the
 * places that are still open to it, no pool beyond its seats; priorities,
 * caps inside pools and who goes together are let go. Found as a greatest
 * assignment of children to pools (augmenting paths), from a matching that is
 * known.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PROVE_FLOW_H
#define NYUSHO_SCORING_PLACEMENT_PROVE_FLOW_H

#include "scoring/placement/prove/prove_reduce.h"

/* `held`: per household an entry, together a feasible matching; `r` may say
 * that some of them are dead. */
size_t flow_placeable(const struct prove_view *v, const struct prove_rest *r,
                      const size_t *held);

#endif
