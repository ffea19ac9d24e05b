/*
 * Every matching of a tiny market, judged by the definitions alone, for
 * comparison with the placer and the verifier. Slow on purpose: nothing is
 * looked up, everything is counted again.
 */
#ifndef NYUSHO_TESTS_MARKET_BRUTE_H
#define NYUSHO_TESTS_MARKET_BRUTE_H

#include "market_random.h"

/* What each child may be given, best first: its wishes, then its current place
 * or none. */
struct brute {
    const struct market *m;
    int32_t options[TINY_CHILDREN][TINY_ENTRIES + 2];
    int n_options[TINY_CHILDREN];
    int at[TINY_CHILDREN]; /* the option looked at */
    int32_t place[TINY_CHILDREN];
};

void brute_start(struct brute *b, const struct market *m);
/* The next combination of options; false after the last. */
bool brute_next(struct brute *b);
/* Nobody beyond the seats, nobody where it is not acceptable. */
bool brute_feasible(const struct brute *b);
/* Feasible, and no child would be chosen where it would rather be. */
bool brute_stable(const struct brute *b);

#endif
