/*
 * Counters of a formula: how many of the best ranked hold seats, and from that
 * when a facility turns a child away. Made when first asked for.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PROVE_COUNT_H
#define NYUSHO_SCORING_PLACEMENT_PROVE_COUNT_H

#include "scoring/placement/prove/formula.h"
#include "scoring/placement/prove/prove_reduce.h"

struct prove_counter;

/* A "turned away" that one household asks for again and again. */
struct turned {
    int32_t bid;
    size_t group;
    uint32_t sent; /* the better ranked ones sent along, by child */
    int literal;
};

struct prove_counts {
    const struct prove_view *v;
    const struct prove_rest *r;
    const int *seated; /* per bid */
    struct formula *f;
    struct arena *a;
    struct prove_counter **at; /* per facility: the latest counter */
    size_t most_children;      /* of a household */
    int32_t family;            /* the one at hand */
    struct buf turned;         /* struct turned, of that household */
};

/* Counters are owned by the arena, which must outlive them. */
void counts_open(struct prove_counts *c, const struct prove_view *v,
                 const struct prove_rest *r, const int *seated,
                 struct formula *f, struct arena *a);
void counts_close(struct prove_counts *c);

/* Bids of these classes that compete for seats. */
size_t count_bids(const struct prove_counts *c, int32_t facility,
                  unsigned classes);
/* "At least `n` of those of these classes who rank before the bid hold seats
 * at its facility." No more than `seats` ever do. */
int count_before(struct prove_counts *c, unsigned classes, int32_t seats,
                 int32_t bid, int32_t n);

void counts_next_family(struct prove_counts *c, int32_t family);
/* Appends literals, one of which is true when a facility in the entry turns
 * one of its children away. False when that is certain. */
bool count_turned_away(struct prove_counts *c, size_t entry,
                       struct buf *literals);

#endif
