/*
 * What people type from habit, and what to type instead: 「かつ」 for `and`,
 * 「生活保護」 for `welfare`, 「▲3」 for -3. Only for messages: nothing that is
 * written so is accepted.
 */
#ifndef NYUSHO_SCORING_POINTS_SLIPS_H
#define NYUSHO_SCORING_POINTS_SLIPS_H

#include "core/arena.h"
#include "core/yaml.h"
#include "records/dictionary.h"

enum slip_place {
    SLIP_CONDITION, /* words that join and compare */
    SLIP_KEY,       /* names of keys */
    SLIP_ORDER,     /* words of the order */
    SLIP_GIVEN,     /* keys of `given` that are no fields */
    SLIP_EXPECT,    /* keys of `expect` */
};

/* What to type for `said` in that place; NULL when it is no known slip. Small
 * letters are found for capital ones. */
const char *slip_find(enum slip_place place, const char *said, struct arena *a);
/* Reports "unknown-key" for every key that is a slip for an allowed one. */
bool slip_keys(const struct yaml *map, const char *const *allowed,
               struct arena *a, struct diag *d);
/* A word that holds 「かつ」 or the like, taken apart; NULL without one. */
const char *slip_split(const char *word, struct arena *a);
/* "a or b" for 「a、b」; NULL when nothing separates its parts. */
const char *slip_listed(const char *word, struct arena *a);
/* What follows a number of people's own: 「以上」; NULL. `typed` gets ">=". */
const char *slip_bound(const char *end, const char **typed);
/* The number of points meant by 「２０点」, 「▲3」, 「1,000」; NULL. */
const char *slip_points(const char *text, struct arena *a);
/* The same in small half-width letters; NULL when that changes nothing. */
const char *slip_narrow(const char *text, struct arena *a);
/* The name of the field with this Japanese label in the scope, or of the only
 * one whose label holds it; NULL. */
const char *slip_label(const struct dictionary *dict, enum scope scope,
                       const char *label);

#endif
