/*
 * The inside of the placement, shared by place.c (whose turn it is) and
 * place_turn.c (what a household does in its turn). Others use place.h.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PLACE_WORK_H
#define NYUSHO_SCORING_PLACEMENT_PLACE_WORK_H

#include "core/buf.h"
#include "scoring/placement/desk_entry.h"
#include "scoring/placement/place.h"

#define HOLDS_NOTHING INT32_MAX

struct home {
    int32_t in_use; /* entries before the one that is ω(f) */
    int32_t held;   /* 0..in_use; in_use is ω(f); HOLDS_NOTHING */
    int32_t from;   /* entries before this one refuse it: they did, and no
                       seat in them has come free since */
    int32_t turns;  /* times it has taken an entry */
    bool entered, queued, frozen;
};

/* Numbers waiting in a ring; each stands in it once at most. */
struct ring {
    int32_t *items;
    size_t first, n, room;
};

struct placer {
    const struct market *m;
    struct desk desk;
    struct home *homes;
    size_t *cell_first;     /* one-child households: position in cells */
    int32_t *cells;         /* the slot of each entry */
    unsigned *may;          /* per facility, scratch: bit k, child k of the
                               household would be chosen alone */
    struct seat *before;    /* scratch, as long as the largest household */
    struct ring waiting;    /* households */
    struct ring free_seats; /* facility * MARKET_CLASSES + lowest class of the
                               pool */
    bool *free_told;        /* stands in free_seats */
    size_t proposals;
    bool log;
    struct buf steps;
};

void ring_add(struct ring *r, int32_t item);
void place_note(struct placer *p, struct place_step step);
/* STEP_TAKE of what the household holds now. */
void place_note_taken(struct placer *p, int32_t family);
/* The seat has come free for others; tells it to whoever waits for it. */
void place_seat_free(struct placer *p, int32_t child, struct seat seat);

/* place_turn.c. The household takes the best entry that accepts it, if that is
 * better than what it holds. */
void take_turn(struct placer *p, int32_t family);

#endif
