/*
 * From the lists of brothers and sisters to the entries of their household.
 * Three switches say what the household wants; the names on forms are presets.
 *
 * An entry gives each child one of its wishes or none; none for an enrolled
 * child means that it stays, and staying counts as placed. Allowed are:
 * - facility `same`: all newly placed children (those given a wish) at one
 *   facility; `any`: wherever;
 * - time `together`: every child is placed; `elder-first`: never without the
 *   eldest applicant (of twins who are the eldest, one is enough), with
 *   `strict` a child only if every older applicant is placed;
 *   `younger-first`: the mirror image; `either`: whoever.
 *
 * The order, best first; children born on one day are equally old:
 *   1. elder-first: how many are placed, age by age from the eldest down;
 *      younger-first: from the youngest up;
 *   2. more children placed;
 *   3. more children at one facility, stayers counted (not in wish-first);
 *   4. the smaller product of the preference numbers; none has the number
 *      after the longest list, or that of the child's own place, where its
 *      list names it;
 *   5. the smaller preference number of the eldest, then of the next …
 *   6. where a facility has special seats, the seats that stand first in the
 *      child's list, the eldest child's first.
 * The one where nobody gets a wish is ω(f): it is not in the list, nor is one
 * that stands after it and sends a child to a wish below the place it has.
 *
 *     const struct sibling_preset *p = sibling_preset_find("同保同時");
 *     sibling_entries_make(&p->rule, children, 2, &e, &run);
 *     if (e.cut)
 *         say(e.wishes_used);
 */
#ifndef NYUSHO_SCORING_PLACEMENT_SIBLINGS_H
#define NYUSHO_SCORING_PLACEMENT_SIBLINGS_H

#include "scoring/placement/market.h"

enum sibling_facility { SIBLINGS_SAME, SIBLINGS_ANY };
enum sibling_time {
    SIBLINGS_TOGETHER,
    SIBLINGS_ELDER_FIRST,
    SIBLINGS_YOUNGER_FIRST,
    SIBLINGS_EITHER,
};
enum sibling_order { SIBLINGS_SAME_FIRST, SIBLINGS_WISH_FIRST };

struct sibling_rule {
    enum sibling_facility facility;
    enum sibling_time time;
    bool strict; /* of elder-first and younger-first */
    enum sibling_order order;
};

struct sibling_preset {
    const char *name; /* as on forms and in household.sibling_pattern */
    struct sibling_rule rule;
};
extern const struct sibling_preset sibling_presets[];
extern const size_t n_sibling_presets;
/* NULL when there is none of that name. */
const struct sibling_preset *sibling_preset_find(const char *name);

struct sibling_child {
    int64_t born;          /* any scale, smaller is older */
    int32_t current;       /* ω(c), MARKET_NONE */
    int32_t current_site;  /* with sites (below); MARKET_NONE */
    const int32_t *wishes; /* facilities, best first, none twice, without the
                              current place */
    size_t n_wishes;
    size_t current_number; /* the preference number of its current place, where
                              its list names that; 0 */
    /* Where some wishes are special seats: the facility that each is at, with
     * wishes of one facility side by side. They have one preference number and
     * count as the same facility. NULL: each wish is a facility of its own. */
    const int32_t *sites;
};

struct sibling_entries {
    int32_t *entries; /* n * n_children, in the order of the children given */
    size_t n;
    /* More than MARKET_ENTRIES_MAX: the lists were cut to this many wishes
     * each, the most that do not pass it. */
    bool cut;
    size_t wishes_used;
};

/* 1 to MARKET_SIBLINGS_MAX children. Owned by the arena. */
void sibling_entries_make(const struct sibling_rule *rule,
                          const struct sibling_child *children, size_t n,
                          struct sibling_entries *out, struct arena *a);

#endif
