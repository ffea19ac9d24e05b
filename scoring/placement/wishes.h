/*
 * What each child asks for, in its order: the household's entries read for
 * one child. Entries count up to the one that is ω(f) (what comes after it is
 * no improvement); none is skipped; a facility counts once, at its first
 * mention. An enrolled child's list has its current place too: at the end, or,
 * of siblings, where an entry first names it.
 *
 *     struct wishes w;
 *     wishes_build(m, &w, &scratch);
 *     for (size_t k = w.first[c]; k < w.first[c + 1]; k++)
 *         ask(w.items[k].facility, w.items[k].rank);
 */
#ifndef NYUSHO_SCORING_PLACEMENT_WISHES_H
#define NYUSHO_SCORING_PLACEMENT_WISHES_H

#include "scoring/placement/market.h"

#define RANK_OWN (-1)         /* its current place: before everyone */
#define RANK_NOBODY INT32_MAX /* not in the facility's order */

struct wish {
    int32_t facility;
    int32_t rank; /* position in the facility's order, 0 is best */
};

struct wishes {
    size_t *first; /* n_children + 1 positions in items */
    struct wish *items;
};

void wishes_build(const struct market *m, struct wishes *out, struct arena *a);

#endif
