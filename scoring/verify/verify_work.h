/*
 * What the checks of a placement look things up in: verify_work.c answers
 * questions about one market and one matching, verify_market.c and
 * verify_blocking.c ask them.
 */
#ifndef NYUSHO_SCORING_VERIFY_VERIFY_WORK_H
#define NYUSHO_SCORING_VERIFY_VERIFY_WORK_H

#include "scoring/verify/verify_market.h"

#define OWNER_RANK (-1)      /* at its current place: before everyone */
#define NOT_RANKED INT32_MAX /* the facility may not admit the child */

/* At most `max` children of these classes. */
struct limit {
    unsigned classes;
    int32_t max;
};

struct standing {
    int32_t child, rank;
};

/* The classes of one facility that share seats, as they stand now. */
struct site {
    struct limit *limits; /* the pool, then the caps in it */
    size_t n_limits;
    struct standing *holders; /* who takes up a seat, best first */
    size_t n_holders;
    int32_t counts[MARKET_CLASSES];        /* holders by class */
    struct standing worst[MARKET_CLASSES]; /* child MARKET_NONE: nobody */
};

/* One line of a facility's order, filed under its child. */
struct line {
    int32_t facility, rank;
};

struct household {
    size_t in_use; /* entries before the one that is what it has today */
    size_t better; /* how many of them it would rather have */
    bool listed;   /* holds one of them, or what it has today */
};

struct verify_work {
    const struct market *m;
    int32_t *place; /* as given; out of range becomes MARKET_NONE */
    bool *bad_place;
    struct site *sites; /* facility * MARKET_CLASSES + lowest class of a pool */
    size_t *line_first; /* per child, and the end */
    struct line *lines; /* of each child, by facility */
    struct household *households;
};

void work_start(struct verify_work *w, const struct market *m,
                const struct matching *held, struct arena *a);
struct site *site_at(const struct verify_work *w, int32_t facility,
                     int class_age);
int32_t rank_at(const struct verify_work *w, int32_t child, int32_t facility);
/* The child's own seat there may not be used by others and is not counted. */
bool keeps_private_seat(const struct market *m, int32_t child,
                        int32_t facility);
/* Every limit that holds the class is kept. */
bool within_limits(const struct site *s, const int32_t counts[MARKET_CLASSES],
                   int class_age);
/* Where the entry puts the k-th child; none for one that is enrolled means
 * that it stays. */
int32_t sends_to(const struct market *m, const struct market_family *f,
                 size_t entry, size_t k);

/* verify_market.c */
void verify_fail(struct market_check_result *r, struct market_example example);
/* verify_turns.c */
void check_points_order(struct verify_work *w, struct market_check_result *r);
void check_preference_rounds(struct verify_work *w,
                             struct market_check_result *r);
/* verify_blocking.c. The list is owned by the arena. */
void find_blocking(const struct verify_work *w, struct market_verdict *v,
                   struct arena *a);

#endif
