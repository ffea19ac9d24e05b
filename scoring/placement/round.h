/*
 * A later round 二次選考・月次: the market as it is after an earlier round,
 * with what was decided there and with the children who have withdrawn since.
 *
 * It is a market like any other, so that placer, explanations, proof and market
 * file need to know nothing of rounds: who holds a decision 内定 holds that
 * seat as its current place, which no method takes away; who withdrew is not
 * in it; the seats on offer are those that remain.
 *
 *     struct round r = {ROUND_TOGETHER, children, gone, n_gone};
 *     round_market(&plain, &r, n_gone, &later, &run);
 *     if (later.short_of == 0)
 *         place_market(&later.market, …);
 *
 * `plain` is made from the applications of this round alone, as if there had
 * been no earlier one: current places are those at the entry date, before any
 * round, and the seats are all that the city offers, given out before or not.
 * The places that children who are gone had at the entry date are counted in
 * its seats by the caller. Own seats are all released (release is true).
 */
#ifndef NYUSHO_SCORING_PLACEMENT_ROUND_H
#define NYUSHO_SCORING_PLACEMENT_ROUND_H

#include "scoring/placement/market.h"

enum round_policy {
    ROUND_FREED,         /* the seats that were given back, to those waiting */
    ROUND_TOGETHER,      /* all free seats, new and waiting by their points */
    ROUND_WAITING_FIRST, /* all free seats, those waiting before the new */
    ROUND_EVERYONE,      /* everyone again, nobody worse off than decided */
    N_ROUND_POLICIES,
};

/* What a child is when the round begins. */
enum round_part {
    ROUND_NEW,     /* did not take part in the earlier round */
    ROUND_WAITING, /* 保留, or wants to transfer and was not placed */
    ROUND_DECIDED, /* holds a decision 内定 */
};

struct round_child {
    enum round_part part;
    int32_t held; /* ROUND_DECIDED: the facility it was placed at */
};

/* A child that withdrew, and is not in the market: leaves the seat `held`, and
 * sits on the seat `back` from then on. MARKET_NONE: none. */
struct round_gone {
    int class_age;
    int32_t held, back;
};

struct round {
    enum round_policy policy;
    const struct round_child *children; /* parallel to those of `plain` */
    const struct round_gone *gone; /* in the order in which they withdrew */
    size_t n_gone;
};

struct later_market {
    struct market market; /* children, facilities, families as in `plain` */
    bool *unlisted; /* per family: with ROUND_EVERYONE, what it was given is
                       not among its entries any more, so that nobody can say
                       what would be better: it keeps that */
    /* A facility and class (the lowest of its pool) where more children hold
     * seats than there are, and how many more; 0: nowhere. */
    int32_t short_facility;
    int short_class;
    int32_t short_of;
};

/* After the first n_done withdrawals; the others still sit on their seats.
 *
 * - A child that holds a decision keeps it: entries that move it are left out,
 *   or with ROUND_EVERYONE, those that would leave it without a place.
 * - With ROUND_FREED a new child takes no part: entries that place it are left
 *   out; and a pool offers what was given back in it, less what had to be given
 *   to those who come back, never more than there is.
 * - The order of a facility holds who asks for it in this round; with
 *   ROUND_WAITING_FIRST those waiting come first in it, and households that are
 *   all waiting have the first turns.
 *
 * Owned by the arena. */
void round_market(const struct market *plain, const struct round *r,
                  size_t n_done, struct later_market *out, struct arena *a);
/* The child is not considered in this round: it holds what it has. */
bool round_fixed(const struct round *r, int32_t child);

#endif
