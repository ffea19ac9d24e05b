/*
 * Recomputes points and order by a second, simpler evaluator that walks the
 * parsed rules directly, from records and rules alone, and compares them with
 * what a run used.
 */
#ifndef NYUSHO_SCORING_VERIFY_VERIFY_POINTS_H
#define NYUSHO_SCORING_VERIFY_VERIFY_POINTS_H

#include "records/facility.h"
#include "records/numbers.h"
#include "records/record.h"
#include "scoring/points/ruleset.h"

struct recompute_context {
    const struct ruleset *rules;
    const struct record_set *set;
    const struct facilities *facilities;
    int32_t entry_date, deadline;
    int fiscal_year;
    const char *lottery_seed;
    const struct household_numbers *drawn, *receipts; /* or NULL */
};

struct recomputed_pref {
    const char *facility; /* code; "" when unknown */
    int number;           /* 第n希望 */
    milli_points total;
    int64_t *keys;      /* rules->n_keys; smaller is better */
    bool *special;      /* by special seat: may have one here; NULL: none */
    bool may_enter;     /* no known no: facility, class, age, requirements */
    int phase;          /* index in rules->phases; n_phases when none is known
                           to take the child */
    bool order_unknown; /* a key, the phase, or whether the child may enter */
};
struct recomputed_child {
    const char *household, *child;
    milli_points guardian[2], base;
    milli_points total; /* of household and child, not of a preference */
    bool provisional;
    struct recomputed_pref *prefs; /* by preference number */
    size_t n_prefs;
};

/* Every child of the set, in row order. Owned by the arena. */
size_t recompute_points(const struct recompute_context *c,
                        struct recomputed_child **out, struct arena *a);

/* What a run said (rows of its scores.csv), to be held against that. */
struct claimed_points {
    const char *household, *child, *facility; /* "" without preferences */
    milli_points base, total;
    bool provisional;
    struct pos at;
};
/* Errors: "points-differ", "points-missing" (a child or facility without a
 * row), "points-extra" (a row without one). Totals of provisional children are
 * not held against anything, only that both call them provisional. Returns how
 * many totals were compared. */
size_t verify_points(const struct recompute_context *c,
                     const struct claimed_points *claims, size_t n,
                     struct diag *d);

/* One order, of the general seats of a facility or of special ones there. */
struct claimed_order {
    const char *facility;            /* code */
    const struct special_seat *seat; /* NULL: general */
    const char *const *children;     /* numbers, best first */
    size_t n;
};
/* All of them name the facility and may have such a seat, and the keys
 * recomputed agree; then household and child numbers decide. Where a child
 * names it twice the first counts. Error "order-differs". */
bool verify_order(const struct recomputed_child *children, size_t n_children,
                  const struct ruleset *rules, const struct claimed_order *o,
                  struct diag *d);

#endif
