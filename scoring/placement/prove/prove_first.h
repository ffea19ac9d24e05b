/*
 * A good matching to begin a proof with, where nobody gave one: households in
 * turn take the best entry that would have them, whoever loses a seat for that
 * falls back to what it has today and comes again, and so does whoever blocks
 * in the end; each household a limited number of times.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PROVE_PROVE_FIRST_H
#define NYUSHO_SCORING_PLACEMENT_PROVE_PROVE_FIRST_H

#include "scoring/placement/prove/prove_view.h"

/* held[f]: an entry of each household. */
void first_matching(const struct prove_view *v, size_t *held);

#endif
