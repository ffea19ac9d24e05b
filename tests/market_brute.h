/*
 * Every matching of a tiny market, judged by the definitions alone, for
 * comparison with the placer and the verifier. Slow on purpose: nothing is
 * looked up, everything is counted again.
 *
 *     struct brute b;
 *     brute_start(&b, m);
 *     do
 *         if (brute_feasible(&b))
 *             count(brute_blocking(&b, false));
 *     while (brute_next(&b));
 */
#ifndef NYUSHO_TESTS_MARKET_BRUTE_H
#define NYUSHO_TESTS_MARKET_BRUTE_H

#include "market_random.h"

/* at[h]: the entry that household h holds; n_entries[h] is ω(f). */
struct brute {
    const struct market *m;
    size_t at[TINY_HOMES], n_entries[TINY_HOMES];
    int32_t place[TINY_CHILDREN];
};

void brute_start(struct brute *b, const struct market *m);
/* The next combination of entries; false after the last. */
bool brute_next(struct brute *b);
/* The matching with these places; false when a household then holds neither an
 * entry nor ω(f). */
bool brute_set(struct brute *b, const int32_t *place);
/* Nobody beyond the seats, nobody where it is not acceptable. */
bool brute_feasible(const struct brute *b);
/* Blocking entries, by rule SYY, or ABH: the household's own children count as
 * still holding their seats. */
int brute_blocking(const struct brute *b, bool abh);

#endif
