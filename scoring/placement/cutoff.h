/*
 * Why a placement is as it is: what every class took in, and what became of
 * every wish. Computed from the market and the finished matching alone, so it
 * explains any matching, whoever made it. Of siblings, each child's wishes are
 * told by themselves; entry_outcome.h tells of the household's entries.
 *
 *     struct market_outcome o;
 *     outcome_build(m, &placement.matching, &o, &run);
 *     const struct cutoff *c = outcome_cutoff(&o, facility, class_age);
 *     for (size_t i = o.first[child]; i < o.first[child + 1]; i++)
 *         print(choice_codes[o.choices[i].result].name.ja);
 */
#ifndef NYUSHO_SCORING_PLACEMENT_CUTOFF_H
#define NYUSHO_SCORING_PLACEMENT_CUTOFF_H

#include "scoring/placement/market.h"

/* One facility and class. Applicants are the children who name it and are in
 * its order; those enrolled there are counted as stayers or not at all. */
struct cutoff {
    int32_t offered;    /* 募集人数 of the class itself, without its pool */
    int32_t own;        /* own seats here that others may use */
    int32_t applicants; /* 申込 */
    int32_t placed;     /* newly placed */
    int32_t stayers;    /* transfer applicants who stay */
    int32_t left;       /* more that could be admitted; classes of one pool
                           share them, so do not add these up */
    int32_t last; /* the newly placed child ranked lowest (内定ライン),
                     MARKET_NONE */
    int32_t last_rank; /* its position in the facility's order; with it
                          facility.score[last_rank] */
};

enum choice_result {
    CHOICE_PLACED,
    CHOICE_STAYED,         /* its current place, kept */
    CHOICE_BETTER,         /* holds a wish above this one */
    CHOICE_FULL,           /* R1 */
    CHOICE_NO_SEATS,       /* R2 */
    CHOICE_SIBLINGS,       /* R3: it could have the seat, but no entry of its
                              household with that seat was accepted */
    CHOICE_NOT_ACCEPTABLE, /* R5 */
    CHOICE_TURN,           /* R10: in its turn no seat was left, by a method
                              other than stable; now one is, or somebody ranked
                              lower has it */
    CHOICE_SEAT_FREE,      /* the same by stable, without siblings: never after
                              place_market() */
    N_CHOICE_RESULTS,
};

struct choice_code {
    const char *code; /* R1 …; "" where the wish was not refused */
    struct label name;
};
extern const struct choice_code choice_codes[N_CHOICE_RESULTS];

/* One child and one of its wishes (wishes.h). */
struct choice {
    int32_t facility;
    int32_t rank;       /* 1 is best, among the class's applicants; 0 at its
                           current place or when not in the order */
    int32_t applicants; /* of the class there */
    int32_t last;       /* CHOICE_FULL: who holds the last of the seats that
                           the child asked for (of the pool, where it shares) */
    enum choice_result result;
};

struct market_outcome {
    struct cutoff *cutoffs; /* n_facilities * MARKET_CLASSES */
    size_t *first;          /* per child, n_children + 1 */
    struct choice *choices;
};

/* Owned by the arena. */
void outcome_build(const struct market *m, const struct matching *held,
                   struct market_outcome *out, struct arena *a);
const struct cutoff *outcome_cutoff(const struct market_outcome *o,
                                    int32_t facility, int class_age);

#endif
