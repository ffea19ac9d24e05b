/*
 * Checks a later round by what its policy promises, whoever made it: from what
 * the earlier run decided, who withdrew, the seats the city signed, and who
 * holds which place now. It has not seen how the round's markets were made:
 * they are among the things it checks.
 *
 *     struct diag said[N_ROUND_CHECKS] = {0};
 *     for (size_t i = 0; i < N_ROUND_CHECKS; i++)
 *         if (round_checks[i].policies >> r.policy & 1U)
 *             checked = round_checks[i].run(&r, &said[i]);
 */
#ifndef NYUSHO_SCORING_VERIFY_VERIFY_ROUND_H
#define NYUSHO_SCORING_VERIFY_VERIFY_ROUND_H

#include "scoring/placement/market.h"

enum checked_policy {
    CHECKED_FREED,
    CHECKED_TOGETHER,
    CHECKED_WAITING_FIRST,
    CHECKED_EVERYONE,
};

enum checked_before {
    BEFORE_NEW,      /* not in the earlier run, or not as one who waits */
    BEFORE_WAITING,  /* 保留, or a transfer not won */
    BEFORE_DECIDED,  /* 内定, not enrolled yet */
    BEFORE_ENROLLED, /* 内定, enrolled by now */
    BEFORE_GONE,     /* had withdrawn already */
};

/* One child of the case or of the earlier run. Facilities are indexes of the
 * market, MARKET_NONE for none. */
struct checked_child {
    const char *id;
    int class_age;
    enum checked_before before;
    int32_t had;       /* BEFORE_DECIDED, _ENROLLED: where it was placed */
    int32_t enrolled;  /* at the entry date, before any round */
    bool withdraws;    /* in this round */
    bool keeps;        /* … and goes back to where it was enrolled */
    bool released;     /* … or before: its place at the entry date is free */
    bool present;      /* has a row in placements.csv */
    int32_t now;       /* the facility of that row */
    size_t phase;      /* whose market it is in */
    int32_t in_market; /* index, MARKET_NONE */
    int had_rank, now_rank; /* of its wishes, from 1; 0: not among them */
};

struct checked_round {
    enum checked_policy policy;
    bool enrolled; /* what was decided is not among the seats any more */
    const struct market *const *markets; /* phase after phase, one at least;
                                            all with the same facilities */
    size_t n_markets;
    const struct checked_child *children;
    size_t n;
    const int32_t *offered;   /* by seats.csv: facility * MARKET_CLASSES + k */
    const bool *own_included; /* the same: with seats of transfer applicants */
};

struct round_check {
    const char *name; /* kebab-case, stable */
    struct label title;
    unsigned policies; /* bit i: promised by policy i */
    size_t (*run)(const struct checked_round *r, struct diag *said);
};
#define N_ROUND_CHECKS 7
extern const struct round_check round_checks[N_ROUND_CHECKS];

#endif
