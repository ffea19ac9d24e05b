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

/* One facility as it stands now. */
struct site {
    struct limit *limits; /* its pools, then its caps */
    size_t n_limits;
    struct standing *order;   /* its order, sorted by child */
    struct standing *holders; /* who takes up a seat, best first */
    size_t n_holders;
    int32_t counts[MARKET_CLASSES];        /* holders by class */
    struct standing worst[MARKET_CLASSES]; /* child MARKET_NONE: nobody */
};

/* What a child asks for, best first; its current place is the last. */
struct wish_list {
    int32_t *facilities;
    size_t n, better; /* how many it would rather have than what it holds */
    bool listed;      /* holds one of them, or its current place, or none */
};

struct verify_work {
    const struct market *m;
    int32_t *place; /* as given; out of range becomes MARKET_NONE */
    bool *bad_place;
    struct site *sites;
    struct wish_list *lists;
    struct arena *a;
};

void work_start(struct verify_work *w, const struct market *m,
                const struct matching *held, struct arena *a);
int32_t rank_at(const struct verify_work *w, int32_t child, int32_t facility);
/* The child's own seat there may not be used by others and is not counted. */
bool keeps_private_seat(const struct market *m, int32_t child,
                        int32_t facility);
/* Every limit that holds the class is kept. */
bool within_limits(const struct site *s, const int32_t counts[MARKET_CLASSES],
                   int class_age);
/* The entry is what the household has today. */
bool entry_is_today(const struct market *m, const struct market_family *f,
                    size_t entry);
/* Entries before the one that is what the household has today. */
size_t entries_in_use(const struct market *m, const struct market_family *f);

/* verify_blocking.c */
void find_blocking(struct verify_work *w, struct market_verdict *v);

#endif
