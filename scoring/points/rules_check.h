/*
 * Every check of a rule file by name: what the loader, the examples and the
 * checks here can say, one row each. tests/test_rules_fixtures.c holds a
 * file that causes each (fixtures/rules/bad-<check>.yaml) and one that does
 * not (good-<check>.yaml).
 */
#ifndef NYUSHO_SCORING_POINTS_RULES_CHECK_H
#define NYUSHO_SCORING_POINTS_RULES_CHECK_H

#include "scoring/points/ruleset.h"

struct rules_check {
    const char *name;
    struct label finds; /* what it is about, in a few words */
    /* Looks at a set that has loaded; NULL: said by the loader, or by
     * ruleset_test() when the examples run. */
    void (*run)(const struct ruleset *rs, struct diag *d);
};
extern const struct rules_check rules_checks[]; /* ends with a NULL name */

/* By name; NULL when it is none of a rule file. */
const struct rules_check *rules_check_find(const char *name);

/* Warnings about a set that has loaded: "never-holds", "shadowed",
 * "step-unreachable", "step-points", "step-gap", "step-overlap". None of them
 * keeps a run from being made. "never-holds", "shadowed" and
 * "step-unreachable" are proved (expr_never.h); not everything that is so is
 * found. A value of a list that no step names is a note of "step-gap". */
void ruleset_check(const struct ruleset *rs, struct diag *d);

#endif
