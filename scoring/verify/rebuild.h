/*
 * The market that a run should have placed, made again from records, rules,
 * seats and the siblings' own lists, by the definitions and by code of its own:
 * who takes part, what each household asks for and in which order, whose turn
 * it is. Held against the market that the run wrote.
 *
 *     struct rebuild r;
 *     rebuild_open(&r, &basis, &mem);
 *     rebuild_check_children(&r, &market, phase, &said);
 *     rebuild_check_entries(&r, &market, phase, &said);
 *
 * Households as cli/run_siblings.c says: a child that withdrew does not count;
 * one that cannot be placed anywhere does, and an entry that needs it placed
 * is none. A later round as scoring/placement/round.h says, from what an
 * earlier run decided and who withdrew since.
 */
#ifndef NYUSHO_SCORING_VERIFY_REBUILD_H
#define NYUSHO_SCORING_VERIFY_REBUILD_H

#include "scoring/placement/combinations.h"
#include "scoring/placement/market.h"
#include "scoring/verify/verify_points.h"
#include "scoring/verify/verify_round.h"

#define REBUILD_ENTRIES_MAX 9999
#define REBUILD_LOOK_MAX 1000000
#define REBUILD_SIBLINGS_MAX 20

/* Seats of a facility: general, or of a special kind. */
struct rebuilt_seat {
    const struct facility *facility; /* NULL: nowhere */
    const struct special_seat *kind; /* NULL: general */
};

/* What an earlier round made of a child; BEFORE_GONE: withdrew, then or now. */
struct rebuilt_before {
    enum checked_before standing;
    struct rebuilt_seat had; /* BEFORE_DECIDED, _ENROLLED */
};

struct rebuild_basis {
    const struct recompute_context *points;
    const struct recomputed_child *children; /* of recompute_points() */
    size_t n_children;
    const bool *withdrawn;                   /* parallel */
    const struct combinations *combinations; /* or NULL */
    const struct rebuilt_before *before;     /* parallel; NULL: a first round */
    enum checked_policy policy;              /* of a later one */
};

struct rebuilt_child {
    const struct recomputed_child *points;
    bool counts;        /* did not withdraw */
    bool takes_part;    /* is in a market */
    int class_age;      /* -1: unknown */
    int current_number; /* of the place it has, where its list names it; 0 */
    int64_t born;       /* as siblings are compared */
    enum checked_before before;
    struct rebuilt_seat current; /* at the entry date */
    struct rebuilt_seat now;     /* when the round begins */
    struct rebuilt_seat *wishes; /* best first */
    int *numbers;                /* preference numbers of them, from 1 */
    size_t n_wishes;
    size_t phase; /* its own */
};

struct rebuilt_household {
    const char *no;
    struct rebuilt_child *children[REBUILD_SIBLINGS_MAX]; /* those that count:
                                             eldest class first, by number */
    size_t n;
    size_t phase;
    const char *pattern; /* NULL: nothing is said */
};

struct rebuild {
    struct rebuild_basis basis;
    struct rebuilt_child *children;       /* parallel to basis.children */
    struct rebuilt_household *households; /* in the set's order */
    size_t n_households;
    struct arena *a;
};

/* Everything but the entries, which are made household by household. Owned by
 * the arena. */
void rebuild_open(struct rebuild *r, const struct rebuild_basis *basis,
                  struct arena *a);

/* Each returns how many things were compared. `phase`: whose market it is,
 * SIZE_MAX where there is one for all. */

/* "child-missing", "child-extra", "child-differs" (class, current place). */
size_t rebuild_check_children(const struct rebuild *r, const struct market *m,
                              size_t phase, struct diag *d);
/* "entries-differ": households whose list is not the one of their condition. */
size_t rebuild_check_entries(const struct rebuild *r, const struct market *m,
                             size_t phase, struct diag *d);
/* "order-incomplete": an order that leaves out a child that asks for the seats,
 * or has one that does not. */
size_t rebuild_check_orders(const struct rebuild *r, const struct market *m,
                            size_t phase, struct diag *d);
/* rebuild_turns.c: "turns-differ"; nothing is compared by the method `stable`.
 */
size_t rebuild_check_turns(const struct rebuild *r, const struct market *m,
                           size_t phase, struct diag *d);

/* The parts, each in its own file. */

/* rebuild_entries.c: the entries of one household in the columns of those who
 * take part; seats as facilities of the market. */
struct rebuilt_entries {
    int32_t *entries;
    size_t n, n_children;
};
#define REBUILD_NOWHERE (-1) /* as MARKET_NONE */
#define REBUILD_UNKNOWN (-2) /* seats that the market does not have */
void rebuild_entries(const struct rebuild *r, const struct market *m,
                     const struct rebuilt_household *h,
                     struct rebuilt_entries *out, struct arena *a);
/* rebuild_round.c: what is left of them in a later round. */
void rebuild_round_entries(const struct rebuild *r, const struct market *m,
                           const struct rebuilt_household *h,
                           struct rebuilt_entries *entries);
/* Is not considered in the round: it keeps what it has. */
bool rebuilt_fixed(const struct rebuild *r, const struct rebuilt_child *c);
/* Everyone of it who takes part was there before. */
bool rebuilt_all_waiting(const struct rebuilt_household *h);
/* The household in the market; NULL. */
const struct market_family *rebuilt_family(const struct market *m,
                                           const struct rebuilt_household *h);
/* It is in the market of the phase. */
bool rebuilt_in_market(const struct rebuild *r, size_t household, size_t phase);
int32_t rebuild_place(const struct market *m, struct rebuilt_seat seat);
bool rebuilt_same_seat(struct rebuilt_seat x, struct rebuilt_seat y);

#endif
