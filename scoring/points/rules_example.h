/* One example of a rule set, shared by rules_given.c, rules_expect.c and
 * rules_test.c. Private to this part. */
#ifndef NYUSHO_SCORING_POINTS_RULES_EXAMPLE_H
#define NYUSHO_SCORING_POINTS_RULES_EXAMPLE_H

#include "scoring/points/rules_test.h"
#include "scoring/points/score.h"

/* Rows of one list, and facilities, of one example: more than any needs. */
#define EXAMPLE_ROWS_MAX 300

struct example {
    const struct ruleset *rules;
    const struct yaml *given, *with; /* NULL: none */
    struct arena *a;
    struct diag *d;
    /* Made from `given`: */
    struct record_set set; /* the caller releases it */
    struct score_context context;
    struct facilities facilities;
    size_t facilities_capacity;
    bool failed; /* something in `given` or `expect` is wrong */
    /* Made by scoring: */
    struct scorer scorer;
    struct household_score score;
    bool *touched;
};

/* False with the problem reported. */
bool example_fail(struct example *x);
/* rules_given.c: fills set and context. */
bool example_given(struct example *x);
/* Each reports "example-given" and returns false. */
bool example_bad_value(struct example *x, const struct yaml *node);
bool example_want_kind(struct example *x, const struct yaml *node,
                       enum yaml_kind kind);
/* A list of rows; NULL when it is not given, or too long (reported). */
const struct yaml *example_rows(struct example *x, const struct yaml *map,
                                const char *key);
/* rules_round.c: facilities that are described, and codes that are only
 * mentioned; dates and lots. */
void example_facilities(struct example *x, const struct yaml *map);
void example_mention(struct example *x, const struct yaml *code);
void example_round(struct example *x);
/* rules_expect.c: compares; each key of `expect` is one check or more. */
void example_expect(struct example *x, const struct yaml *expect,
                    struct example_result *out);

/* rules_cover.c: steps that gave a line which counts, by their index. */
void example_cover(struct example *x, bool *reached);
/* Every line of the first child. */
void example_lines(struct example *x, struct example_result *out);

/* -1.5 to thousandths; a plain number of up to 9 digits and 3 decimals. */
bool example_points(const struct yaml *node, milli_points *out);
bool example_is_word(const struct yaml *node, const char *word);

#endif
