/*
 * What one more seat would change: the market placed again with it.
 *
 *     struct one_more o;
 *     one_more_seat(&m, &placement.matching, facility, 3, &o, &mem);
 */
#ifndef NYUSHO_SCORING_PLACEMENT_ONE_MORE_H
#define NYUSHO_SCORING_PLACEMENT_ONE_MORE_H

#include "scoring/placement/moves.h"

struct one_more {
    int32_t *children;  /* whose place changes, by id */
    int32_t *to;        /* parallel: their place then, MARKET_NONE */
    struct move *moves; /* parallel */
    size_t n;
    struct move_chains chains;
};

/* `held` is what the placer gave for this market. The class of a pool shares
 * the seat with its pool; caps inside it stay as they are. The market is not
 * changed. Owned by the arena. */
void one_more_seat(const struct market *m, const struct matching *held,
                   int32_t facility, int class_age, struct one_more *out,
                   struct arena *a);

#endif
