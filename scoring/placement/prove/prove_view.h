/*
 * A market as the proof sees it: every household's entries in one row, the
 * last of them ω(f), and every place that a child may come to hold as a bid.
 *
 * - An entry is dead when it can never be held and can never block: it sends a
 *   child where it is not acceptable, or more children than there are seats.
 * - A repeated entry stands before it already: nobody holds it, but it counts
 *   again when it blocks.
 * - A bid is one child at one facility. Bids of a facility stand together,
 *   best ranked first: the order of their numbers is the facility's order.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PROVE_VIEW_H
#define NYUSHO_SCORING_PLACEMENT_PROVE_VIEW_H

#include "scoring/placement/market.h"
#include "scoring/placement/seats.h"

#define NO_BID (-1)

struct prove_bid {
    int32_t child, facility, rank; /* rank -1: its current place */
    int32_t family, column;        /* which child of the household it is */
    int32_t next_own; /* the next bid of the household here, around; its own
                         number where it is alone */
    bool private;     /* a seat that is nobody else's: counted nowhere */
};

struct prove_family {
    size_t first, n; /* entries; the last is ω(f) */
    size_t bids;     /* position in entry_bids of its first entry */
    size_t children;
};

struct prove_view {
    const struct market *m;
    struct seats seats; /* groups of every facility, nothing held */
    struct prove_family *families;
    size_t n_entries;
    bool *dead, *repeated; /* per entry */
    int32_t *entry_bids;   /* per entry and child; NO_BID: holds no place */
    struct prove_bid *bids;
    size_t n_bids;
    size_t *site; /* per facility, n_facilities + 1 positions in bids */
};

void view_build(const struct market *m, struct prove_view *out,
                struct arena *a);
/* The bids of one entry, one for each child of the household. */
const int32_t *view_entry_bids(const struct prove_view *v, int32_t family,
                               size_t entry);
/* May this group turn the child of the bid away? */
bool view_in_group(const struct prove_view *v, const struct seat_group *g,
                   int32_t bid);

/* The entry of each household that a matching gives it, ω(f) where it names
 * that; false when a household holds none of its entries or somewhere too many
 * seats are held. */
bool view_held(const struct prove_view *v, const struct matching *matching,
               size_t *held);
/* Back to places. */
void view_matching(const struct prove_view *v, const size_t *held,
                   struct matching *out, struct arena *a);

struct prove_tally {
    size_t blocking, families; /* entries, households with one */
    size_t placed;
    /* The blocking entries, owned by the arena. */
    struct market_blocking *list;
};
/* Blocking entries by rule SYY, straight from the definition. */
void view_tally(const struct prove_view *v, const size_t *held,
                struct prove_tally *out, struct arena *a);

#endif
