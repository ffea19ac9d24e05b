/*
 * The seats that children compete for. Every pool of classes and every cap
 * inside it is one seat_group: it holds at most `max` children. Own seats of
 * transfer applicants that others may use are in `max`; one that is not
 * released belongs to its owner alone, who is then counted in no group.
 *
 * Groups of a facility are ordered from the smallest to the largest, so the
 * first full group that holds a class is the one that turns a child away.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_SEATS_H
#define NYUSHO_SCORING_PLACEMENT_SEATS_H

#include "scoring/placement/market.h"

struct seat_group {
    unsigned classes;     /* bit k = class k */
    int32_t max, offered; /* offered: without own seats of applicants */
    int32_t held;         /* 0 after seats_build() */
};

struct seats {
    size_t *first; /* per facility, n_facilities + 1 positions in groups */
    struct seat_group *groups;
};

void seats_build(const struct market *m, struct seats *out, struct arena *a);
/* Counts the children who hold seats. */
void seats_fill(struct seats *s, const struct market *m,
                const struct matching *held);
/* +1 or -1 in every group that holds the class. */
void seats_count(struct seats *s, int32_t facility, int class_age, int by);
/* The smallest full group that holds the class, NULL when there is room. */
struct seat_group *seats_full_group(struct seats *s, int32_t facility,
                                    int class_age);
/* How many more children of the class could be admitted. */
int32_t seats_left(const struct seats *s, int32_t facility, int class_age);

/* The child is at its current place on a seat that only it may use. */
bool seat_is_private(const struct market *m, int32_t child, int32_t facility);

#endif
