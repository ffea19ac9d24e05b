/*
 * Tiny random markets with everything in them: transfers, seats that lapse,
 * pools, nested caps, children in no order, twins, three of one household.
 * Small enough to look at every matching. The same seed gives the same market.
 */
#ifndef NYUSHO_TESTS_MARKET_RANDOM_H
#define NYUSHO_TESTS_MARKET_RANDOM_H

#include "scoring/placement/market.h"

#define TINY_HOMES 6
#define TINY_SIBLINGS 3
#define TINY_CHILDREN 9
#define TINY_FACILITIES 3
#define TINY_CLASSES 3
#define TINY_ENTRIES 4

struct tiny {
    int n_children, n_facilities;
    int age[TINY_CHILDREN], current[TINY_CHILDREN];
    int seats[TINY_FACILITIES][TINY_CLASSES];
    unsigned pool[TINY_FACILITIES]; /* 0: none */
    unsigned cap[TINY_FACILITIES][2];
    int cap_max[TINY_FACILITIES][2], n_caps[TINY_FACILITIES];
    bool release[TINY_FACILITIES][TINY_CLASSES];
    int order[TINY_FACILITIES][TINY_CHILDREN], n_order[TINY_FACILITIES];
    int n_homes;
    int size[TINY_HOMES], child[TINY_HOMES][TINY_SIBLINGS];
    int entries[TINY_HOMES][TINY_ENTRIES][TINY_SIBLINGS];
    int n_entries[TINY_HOMES];
};

/* Next number of the sequence, below `below`. */
unsigned random_below(uint64_t *state, unsigned below);
void random_shuffle(uint64_t *state, int *items, int n);

/* `siblings`: how many households in ten have two or three children. */
void tiny_make(uint64_t seed, unsigned siblings, struct tiny *t);
/* Household h is named "h<h>", child i is named "c<child_names[i]>", facility i
 * "F<facility_names[i]>"; everything is added in an order that `order_seed`
 * shuffles. */
void tiny_build(const struct tiny *t, const int *child_names,
                const int *facility_names, uint64_t order_seed,
                struct market *out, struct arena *a);

#endif
