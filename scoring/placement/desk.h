/*
 * The facilities' side of the placement: who holds which seat, and whom a
 * facility chooses, greedily and best first within every cap.
 *
 * A line of a facility's order, filed under its class, is a slot; the slots of
 * a class stand in rank order, and a set of those that hold seats (rank_set.h)
 * gives the last of them at once. Owners, at their current place, rank before
 * everyone, are never displaced, and have no slot.
 *
 * Adding children one after another gives what the facility chooses from all
 * of them together, in whatever order they are added: pools and nested caps
 * make a laminar matroid, and the one that must go is always the last in the
 * smallest full group that holds the newcomer's class.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_DESK_H
#define NYUSHO_SCORING_PLACEMENT_DESK_H

#include "scoring/placement/market.h"
#include "scoring/placement/seats.h"

#define SLOT_NONE (-1)    /* not acceptable */
#define SLOT_OWN (-2)     /* its own seat, which others may use */
#define SLOT_PRIVATE (-3) /* its own seat, which nobody else may use */
#define NEVER_WANTED INT32_MAX

struct order_slot {
    int32_t child, rank;
    int32_t wanted; /* first entry in use that sends the child here */
};

/* Where a child stands in a facility's order. */
struct listing {
    int32_t facility, slot;
};

/* The seat of a child; facility MARKET_NONE: none. */
struct seat {
    int32_t facility, slot;
};

struct displaced {
    int32_t child, by;
    struct seat seat;
};

struct desk {
    const struct market *m;
    struct seats seats;
    size_t *slot_first; /* facility * MARKET_CLASSES + class, and the end */
    struct order_slot *slots;
    size_t *listing_first; /* per child, and the end */
    struct listing *listings;
    size_t *set_first; /* as slot_first, positions in sets */
    uint64_t *sets;
    struct seat *held;         /* per child */
    struct displaced *journal; /* since desk_begin() */
    size_t n_journal;
};

/* Everything empty; every child without a seat. Owned by the arena. */
void desk_open(struct desk *d, const struct market *m, struct arena *a);

/* The child alone would be chosen, from those who hold seats and itself. */
bool desk_would_choose(const struct desk *d, int32_t facility, int32_t slot);
/* The child would have a seat and displace nobody. */
bool desk_has_room(const struct desk *d, int32_t child, int32_t facility);
/* The holder ranked last in the smallest full group of the child's class,
 * MARKET_NONE when that group is all owners or nothing is full. */
int32_t desk_last_holder(const struct desk *d, int32_t child, int32_t facility);

/* Starts a new journal of displaced children. */
void desk_begin(struct desk *d);
/* The child takes a seat (its own where the facility is its current place);
 * whom it displaces goes into the journal and holds nothing. False, with
 * nothing changed, when it is not chosen. What the child held before is not
 * touched: drop that apart. */
bool desk_add(struct desk *d, int32_t child, int32_t facility, int32_t slot);
/* Takes back the seat; held[child] is the caller's. */
void desk_drop(struct desk *d, int32_t child, struct seat seat);
/* Puts back a seat that was held before, in a state that had room for it. */
void desk_return(struct desk *d, int32_t child, struct seat seat);

#endif
