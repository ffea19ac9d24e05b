/*
 * A market as an integer program in CPLEX LP format: the model of Sun, Yamada,
 * Takenami, Moriwaki, Yokoo, "Stable Matchings in Practice: A Constraint
 * Programming Approach" (AAAI-24), for comparison. One variable for each
 * household and entry, one for each entry that blocks; at every facility and
 * class of it, the entry is held or a better one is, or a facility in it is
 * full of better ranked children, or the entry blocks. Fewest blocking entries
 * first. For markets without pools and caps, as city.h makes them.
 */
#ifndef NYUSHO_BENCH_CITY_LP_H
#define NYUSHO_BENCH_CITY_LP_H

#include "scoring/placement/market.h"

#include <stdbool.h>

bool city_lp(const struct market *m, const char *path);

#endif
