/*
 * Cities to measure with: children by class and seats as in a published first
 * round (町田市, April 2026: applications 828, 1164, 367, 221, 22, 11 and seats
 * 222, 282, 97, 51, 11, 2 for classes 0 to 5), facilities of very different
 * size, 16 % of households with siblings by the seven presets, 10 % of the
 * children transfers, 5 to 20 preferences near home. The same on every
 * machine.
 */
#ifndef NYUSHO_BENCH_MARKET_CITY_H
#define NYUSHO_BENCH_MARKET_CITY_H

#include "scoring/placement/market.h"

struct city_size {
    int32_t children, facilities;
    int32_t fewest, most; /* preferences of a child */
};

/* Owned by the arena. */
void city_market(struct city_size size, uint64_t seed, struct market *m,
                 struct arena *a);

#endif
