/*
 * The examples of a rule set, inside it and in files beside it
 * (ruleset_add_examples()): each builds a household from `given`, scores it,
 * and compares with `expect`. `rules test` shows the results; a final run
 * refuses a rule set whose examples fail, or that has none.
 *
 * given:   household fields by name; guardians: [{reason: 就労, jobs: [...],
 *          reasons: [...], guardian fields, fields of the one reason}];
 *          cohabitants, children, documents: lists of maps; child: {…} fields
 *          of the one child; preferences: [facility codes];
 *          manual: [{rule, points, guardian: 1}]. What is not given is
 *          nothing 該当なし; the word `unknown` makes a field unknown, and
 *          as a guardian one of whom nothing is known. Also: entry_date,
 *          deadline, lottery_seed (else those of the year of `source`), and
 *          facilities: [{code, kind, area, school_district, linked: [codes]}];
 *          other codes are facilities with none of these. Children may have
 *          their own preferences; who has none has one of an empty cell.
 *          What examples_with gives holds for every example unless the example
 *          gives it too.
 * expect:  total, base, adjust; guardians: [20, 16]; rule ids: points, or a
 *          list by guardian; at: {facility: total}; not: [rule ids that must
 *          not count]; provisional: yes; rank_last: yes;
 *          phase: id; order: {order id: yes | no | number | place from 1 |
 *          unknown | none}; seats: [ids of the special_seats open to it].
 *          A rule of a choice also takes {facility: points}.
 *          All of it is about the first child, the order and the phase about
 *          its first preference. Points that are provisional fail the example
 *          unless it expects that.
 */
#ifndef NYUSHO_SCORING_POINTS_RULES_TEST_H
#define NYUSHO_SCORING_POINTS_RULES_TEST_H

#include "scoring/points/ruleset.h"
#include "scoring/points/score.h"

/* One thing that an example expected. */
struct example_check {
    const char *what; /* "total", "work", "at SUN01" */
    const char *expected, *actual;
    bool ok;
    struct pos at;
};
/* One line of the points that came out. */
struct example_line {
    const char *rule; /* its id; "-" where no rule stands behind it */
    const char *of;   /* person number or facility; "" for the others */
    const char *points, *wording;
    const char *seen; /* the values that the rule saw */
    bool counted;
};
struct example_result {
    const char *name;
    bool ok;
    bool scored; /* false: what is given could not be read */
    struct example_check *checks;
    size_t n_checks;
    struct example_line *lines; /* of the first child, where it is not ok */
    size_t n_lines;
    struct pos at;
};
struct rules_report {
    struct example_result *examples;
    size_t n_examples, n_failed;
    bool *touched;    /* by rule index: some example made it count */
    size_t n_touched; /* rules that count in some example */
    bool *reached;    /* by step index: it gave a line that counts */
    size_t n_reached;
};

/* Steps of tables by their index (ruleset.n_steps): whose, as written, where.
 */
struct rules_step {
    const struct rule *rule;
    const char *text; /* "160h", "otherwise" */
    struct pos at;
};
struct rules_step *ruleset_steps(const struct ruleset *rs, struct arena *a);

/* True when there are examples and every one holds. Errors: "no-examples",
 * "example-fails" (one for each expectation that does not hold),
 * "example-given" (a name or value in `given` that is wrong: also those of
 * value_parse), "example-expect", and warnings "rule-no-example"
 * (not while an example cannot be read). */
bool ruleset_test(const struct ruleset *rules, struct rules_report *out,
                  struct arena *a, struct diag *d);

#endif
