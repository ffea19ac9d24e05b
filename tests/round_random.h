/*
 * Tiny random second rounds: a first round that was placed, children who
 * withdrew since, new households, seats that changed. And every placement of
 * such a round judged by the definitions of round.h alone, from the tiny market
 * itself: nothing here has seen what round_market() makes of it.
 *
 *     struct later l;
 *     if (later_make(seed, siblings, policy, &l, &mem))
 *         assert_true(later_feasible(&l, place));
 */
#ifndef NYUSHO_TESTS_ROUND_RANDOM_H
#define NYUSHO_TESTS_ROUND_RANDOM_H

#include "market_random.h"

#include "scoring/placement/round.h"

/* Children by their number in `t`, facilities too; places of a matching
 * likewise. */
struct later {
    enum round_policy policy;
    struct tiny t;           /* of this round, all children, whoever is gone */
    int now[TINY_CHILDREN];  /* what they held when it began */
    int back[TINY_CHILDREN]; /* of those gone: where they sit after */
    bool is_new[TINY_CHILDREN], gone[TINY_CHILDREN], decided[TINY_CHILDREN];
    int n_gone, gone_order[TINY_CHILDREN];
    struct market plain;             /* without those who are gone */
    int n_kept, kept[TINY_CHILDREN]; /* child of the market -> number */
    struct round_child children[TINY_CHILDREN];
    struct round_gone gone_list[TINY_CHILDREN];
    struct round round;
};

/* `siblings` as in tiny_make(). False where nobody withdrew and nobody is new:
 * no round worth looking at. */
bool later_make(uint64_t seed, unsigned siblings, enum round_policy policy,
                struct later *out, struct arena *a);

/* More children hold seats than there are, in some pool. */
bool later_short(const struct later *l);
/* Entries of a household that it may be given, in its order, as places of its
 * children; the last is what it has now. Those gone are no part of it. */
#define LATER_OPTIONS (TINY_ENTRIES + 1)
int later_options(const struct later *l, int home,
                  int out[LATER_OPTIONS][TINY_SIBLINGS]);
/* Whether its list no longer has what it was given (ROUND_EVERYONE). */
bool later_unlisted(const struct later *l, int home);
/* No pool or cap holds more than it may; nobody where it cannot be. */
bool later_feasible(const struct later *l, const int *place);
/* Options that a household would rather have, and the facilities too (SYY). */
int later_blocking(const struct later *l, const int *place);

#endif
