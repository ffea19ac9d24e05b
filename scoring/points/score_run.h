/* The state of scoring one child, shared by score*.c. Private to this part. */
#ifndef NYUSHO_SCORING_POINTS_SCORE_RUN_H
#define NYUSHO_SCORING_POINTS_SCORE_RUN_H

#include "scoring/points/eval.h"

/* A rule that sets the total, waiting until totals are known. */
struct set_total {
    size_t line;
    milli_points to;
};

struct child_run {
    struct eval e;
    struct child_score *out;
    struct arena *a;       /* results */
    struct arena *scratch; /* until the household is done */
    /* Whether each rule held: enum tri, two for each rule (guardians by slot,
     * the others in the first). */
    uint8_t *held;
    size_t lines_capacity, unknowns_capacity;
    milli_points plain; /* base + household + child, no total set yet */
    milli_points share; /* what share_highest adds */
    struct set_total *sets;
    size_t n_sets; /* of household and child */
    milli_points set_to;
    long set_line;      /* the line that sets the child's total; -1: none */
    struct value birth; /* or the due date */
    bool facility_unknown, phase_unknown; /* of this preference */
    bool *touched;  /* by rule index: it counted; NULL: nobody asks */
    uint8_t *fixed; /* by rule index: enum tri, of its fixed parts */
};

/* score_household(), and which rules counted, those of the order among them. */
void score_household_noting(const struct scorer *s, size_t household,
                            struct household_score *out, struct arena *a,
                            bool *touched);

/* score.c */
size_t run_add_line(struct child_run *r, struct score_line line);
/* What is unknown; `order`, `phase` and preferences do not make the points
 * provisional, what a rule or a guardian lacks does. Said once for each
 * preference that it concerns. */
void run_add_unknown(struct child_run *r, struct score_unknown u);
milli_points add_points(milli_points x, milli_points y); /* stops at the ends */

/* score_guardian.c: lines of guardians; base. */
void run_guardians(struct child_run *r);

/* score_adjust.c */
struct section {
    const struct rule_list *list;
    enum line_part part;
    int guardian, person; /* -1, 0: no guardian's */
    int preference;
    const struct order_key *order; /* of a table: no lines, no provisional */
};
struct section_sum {
    milli_points points;
    bool unknown, rank_last;
    struct set_total *sets; /* rules that set the total and count */
    size_t n_sets;
};
void run_section(struct child_run *r, const struct section *s,
                 struct section_sum *sum);
/* Judges one rule for the rows bound. Where it does not hold, nothing else of
 * the judgement is said. */
void run_judge(struct child_run *r, const struct rule *rule,
               const struct section *s, struct judgement *out);
void run_set_held(struct child_run *r, const struct rule *rule, int slot,
                  enum tri is);

/* What decides whether and when the child is looked at is not known. */
void run_unknown_here(struct child_run *r, size_t k, bool differs,
                      struct score_unknown u);
/* score_seats.c: special seats at this preference; its keys are filled. */
void run_seats(struct child_run *r, size_t k, int64_t *keys);
/* The i-th key of the order into number[i]; what it lacks is noted. */
void run_key(struct child_run *r, size_t k, size_t i, int64_t *number);

/* score_enter.c, score_order.c: `k` is the index in out->prefs. */
void run_enter(struct child_run *r, size_t k);
void run_order(struct child_run *r, size_t k);
uint64_t draw_lot(const char *seed, const char *household);
/* Place of the child in `best` of a `ranked` key, from 0. */
struct value order_place(struct eval *e, const struct order_key *key);

#endif
