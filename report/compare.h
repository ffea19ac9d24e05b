/*
 * Two results of one case, held against each other: which rules gave points to
 * whom, which children gain or lose, and by which chain they move. Pure;
 * everything is owned by the arena, the results are borrowed.
 */
#ifndef NYUSHO_REPORT_COMPARE_H
#define NYUSHO_REPORT_COMPARE_H

#include "core/buf.h"
#include "report/chains.h"
#include "report/outputs.h"

/* A rule of either set, by id; those of the first set in its order, then what
 * only the second has. */
struct rule_change {
    const struct rule *rule[2]; /* before, after; NULL: not in that set */
    size_t children[2];         /* for whom it counted */
    milli_points points[2];     /* of all its lines that counted */
};

/* What the place of a child in the second result is, seen from the first. A
 * better preference is better, any new place is better than the old one, that
 * is better than none. */
enum change {
    CHANGE_SAME,
    CHANGE_GAINS,
    CHANGE_LOSES,
    CHANGE_NEW,  /* did not apply before */
    CHANGE_GONE, /* withdrawn, or does not apply any more */
    N_CHANGES
};
struct label change_label(enum change c);

struct child_change {
    const struct applicant *of[2]; /* before, after; NULL: not there */
    enum change change;
    milli_points difference; /* of the totals before facility points */
    size_t chain; /* in which it moves; NOT_RANKED: it stays where it is */
};

struct comparison {
    const struct run_result *result[2];
    struct rule_change *rules;
    size_t n_rules;
    struct child_change *children; /* by household and child number */
    size_t n_children;
    size_t by_change[N_CHANGES];
    size_t higher, lower;     /* children whose total rises, falls */
    struct chain_list chains; /* in which children move */
};

void compare_results(const struct run_result *before,
                     const struct run_result *after, struct comparison *out,
                     struct arena *a);

/* "work@1 20→18 sibling-here/0102 0→3": lines that counted and differ. */
const char *compare_lines(const struct child_change *c, struct arena *a);

/* compare_rules.csv, compare_children.csv and compare_chains.csv. */
void write_compare_rules(const struct comparison *c, struct csv_writer *w,
                         enum lang lang);
void write_compare_children(const struct comparison *c, struct csv_writer *w,
                            enum lang lang);
void write_compare_chains(const struct comparison *c, struct csv_writer *w,
                          enum lang lang);
/* The short table: counts, rules that differ, children whose place differs,
 * the chains of their moves; at most `most` of each. */
void compare_text(const struct comparison *c, size_t most, enum lang lang,
                  struct buf *out);

#endif
