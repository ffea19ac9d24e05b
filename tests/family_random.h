/*
 * Tiny random markets of households: twins and triples, transfers, seats that
 * lapse, pools, nested caps, orders that leave children out, entries that mean
 * nothing. Small enough to look at every matching; many have no stable one.
 * The same seed gives the same market.
 */
#ifndef NYUSHO_TESTS_FAMILY_RANDOM_H
#define NYUSHO_TESTS_FAMILY_RANDOM_H

#include "scoring/placement/market.h"

#define HOMES_MAX 6
#define HOME_CHILDREN 3
#define HOME_ENTRIES 5
#define SITES_MAX 4

/* Owned by the arena. */
void family_market(uint64_t seed, struct market *out, struct arena *a);

#endif
