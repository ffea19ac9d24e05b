/*
 * What became of the seats that transfer applicants held: kept, taken by
 * somebody, left empty, or lapsed.
 *
 * Seats of a class are alike, so who took a freed one is a reading: children
 * whom the facility could not have admitted without the freed seats took them,
 * best ranked first, within their class before the rest of the pool. Nobody
 * takes two, so following takers from child to child ends, or comes back to
 * where it began: a cycle of transfers.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_CHAIN_H
#define NYUSHO_SCORING_PLACEMENT_CHAIN_H

#include "scoring/placement/market.h"

enum seat_fate_kind {
    SEAT_NONE,   /* the child is not enrolled anywhere */
    SEAT_KEPT,   /* it stays */
    SEAT_TAKEN,  /* `taker` is there now */
    SEAT_EMPTY,  /* free, and nobody placed for it */
    SEAT_LAPSED, /* release is false: the seat ends with its owner */
    N_SEAT_FATES,
};
extern const struct label seat_fate_names[N_SEAT_FATES];

struct seat_fate {
    enum seat_fate_kind kind;
    int32_t taker; /* MARKET_NONE */
};

/* One per child, owned by the arena. */
struct seat_fate *seat_fates(const struct market *m,
                             const struct matching *held, struct arena *a);
/* The children along the chain, beginning with `child`; the last one's fate
 * tells how it ends. *n counts them; *cycle: the seat of the last one was
 * taken by `child` itself. Owned by the arena. */
int32_t *seat_chain(const struct seat_fate *fates, int32_t child, size_t *n,
                    bool *cycle, struct arena *a);

#endif
