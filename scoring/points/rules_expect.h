/* Comparing one example with its score. Private to rules_expect*.c. */
#ifndef NYUSHO_SCORING_POINTS_RULES_EXPECT_H
#define NYUSHO_SCORING_POINTS_RULES_EXPECT_H

#include "scoring/points/rules_example.h"

struct expectation {
    struct example *x;
    const struct child_score *child;
    const struct pref_score *pref; /* the first */
    struct example_result *out;
    size_t capacity;
};

/* Notes one check; where it does not hold, "example-fails". */
void expect_check(struct expectation *e, const char *what, const char *expected,
                  const char *actual, bool ok, struct pos at);
/* "example-expect" */
void expect_wrong(struct expectation *e, const struct yaml *node,
                  const char *ja, const char *en);
void expect_points(struct expectation *e, const char *what,
                   const struct yaml *node, milli_points actual);
void expect_yes_no(struct expectation *e, const char *what,
                   const struct yaml *node, bool actual);
void expect_order(struct expectation *e, const struct yaml *node);
void expect_seats(struct expectation *e, const struct yaml *node);

#endif
