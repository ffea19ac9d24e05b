/*
 * Generated cities of households for measuring: a map with facilities on it,
 * families who wish for what is near, one in six with siblings, one child in
 * ten a transfer applicant. Most seats are offered in classes 0 to 2, few
 * above. The same size and seed give the same market on every machine.
 */
#ifndef NYUSHO_BENCH_CITY_H
#define NYUSHO_BENCH_CITY_H

#include "scoring/placement/market.h"

struct city_size {
    int32_t children, facilities, least_wishes, most_wishes;
};

/* Owned by the arena. Siblings ask by 別保順次(同): more children placed first,
 * then the same facility, then the product of the wishes' numbers. */
void city_make(struct city_size size, uint64_t seed, struct market *out,
               struct arena *a);

#endif
