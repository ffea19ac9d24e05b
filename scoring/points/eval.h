/*
 * What an expression is worth, by the meanings in expr.h. Private to this
 * part: score.h is what others call.
 *
 *     struct eval e;
 *     eval_open(&e, scorer, &family);
 *     e.rows.of[SCOPE_CHILD] = row;
 *     struct value v = eval_expr(&e, x);
 */
#ifndef NYUSHO_SCORING_POINTS_EVAL_H
#define NYUSHO_SCORING_POINTS_EVAL_H

#include "scoring/points/score.h"
#include "scoring/points/score_plan.h"

/* Nested lists multiply; no real table comes near. What is stopped here is
 * unknown. */
#define EVAL_MAX_STEPS 100000

enum value_is { VALUE_IS_UNKNOWN, VALUE_IS_NOTHING, VALUE_IS_KNOWN };
struct value {
    enum value_is is;
    int64_t num;      /* by type; texts: id in strings, or -1 */
    const char *text; /* EXPR_TEXT, EXPR_CODE, EXPR_FACILITY */
};
#define VALUE_NOT_KNOWN ((struct value){VALUE_IS_UNKNOWN, 0, NULL})
#define VALUE_NONE ((struct value){VALUE_IS_NOTHING, 0, NULL})
static inline struct value value_known(int64_t num)
{
    return (struct value){VALUE_IS_KNOWN, num, NULL};
}
/* Empty text is nothing. */
struct value value_text(const char *text);

/* Kleene's three. */
enum tri { TRI_NO, TRI_YES, TRI_UNKNOWN };
static inline enum tri tri_not(enum tri x)
{
    return x == TRI_UNKNOWN ? TRI_UNKNOWN : x == TRI_YES ? TRI_NO : TRI_YES;
}
static inline enum tri tri_and(enum tri x, enum tri y)
{
    if (x == TRI_NO || y == TRI_NO)
        return TRI_NO;
    return x == TRI_YES && y == TRI_YES ? TRI_YES : TRI_UNKNOWN;
}
static inline enum tri tri_or(enum tri x, enum tri y)
{
    return tri_not(tri_and(tri_not(x), tri_not(y)));
}
static inline enum tri tri_of(struct value v)
{
    if (v.is == VALUE_IS_UNKNOWN)
        return TRI_UNKNOWN;
    return v.is == VALUE_IS_KNOWN && v.num ? TRI_YES : TRI_NO;
}
static inline struct value value_tri(enum tri x)
{
    return x == TRI_UNKNOWN ? VALUE_NOT_KNOWN : value_known(x == TRI_YES);
}

/* ---- a household, prepared ---- */

enum slot_is { SLOT_PRESENT, SLOT_ABSENT, SLOT_NOT_KNOWN };
/* Guardian slots, and which cohabitants are brothers or sisters. */
struct family {
    const struct household *h;
    size_t index; /* in set->households */
    enum slot_is slot[2];
    size_t slot_row[2]; /* SCORE_NO_ROW unless present */
    size_t n_rowless;   /* slots of whom nothing is known */
    uint8_t *sibling;   /* enum tri, by cohabitant row - first */
    const struct manual_points *manual; /* of this household */
    size_t n_manual;
};
void family_open(struct family *f, const struct scorer *s, size_t household,
                 struct arena *a);

/* ---- rows ---- */

/* Rows bound, by scope. A row that is bound but does not exist is
 * SCORE_NO_ROW too: everything about it is unknown. */
struct eval_rows {
    size_t of[N_SCOPES];
    size_t sibling;       /* row of a child or of a cohabitant */
    bool sibling_applies; /* it is a child's */
};

/* ---- traces: what was read ---- */

struct trace_item {
    const struct field *field; /* NULL: a builtin */
    enum builtin builtin;
    size_t row;
    struct value value;
    struct slot slot;
};
struct trace_list {
    struct trace_item *items;
    size_t n, capacity;
};
struct trace {
    struct arena *a;
    struct trace_list seen;    /* known or nothing, maybe more than once */
    struct trace_list unknown; /* what made the result unknown, likewise */
};

struct eval {
    const struct scorer *s;
    const struct family *family;
    struct eval_rows rows;
    milli_points base, total, adjust; /* for builtins in `order` */
    struct trace *trace;              /* NULL: nobody asks */
    long steps;                       /* since eval_begin() */
};
void eval_open(struct eval *e, const struct scorer *s, const struct family *f);
/* Binds what a line or an unknown was about. */
void eval_bind(struct eval *e, const struct score_rows *rows);
struct score_rows eval_bound(const struct eval *e);

/* One expression from outside: starts the count of steps. */
struct value eval_begin(struct eval *e, const struct expr *x);
/* NULL is yes. */
enum tri eval_condition(struct eval *e, const struct expr *x);
/* One inside another. */
struct value eval_expr(struct eval *e, const struct expr *x);
/* The slot of a field in a row; f NULL or no row: unknown. Traced. */
struct value eval_slot(struct eval *e, const struct field *f, size_t row);
struct value eval_field(struct eval *e, enum plan_field f, size_t row);

/* eval_list.c */
struct value eval_list(struct eval *e, const struct expr *x);
struct members {
    enum collection over;
    enum scope scope;
    int number; /* of the person around it; 0: none */
    size_t next, end;
    size_t extra; /* members without a row still to come */
    struct eval_rows outer;
};
/* Walks a list: binds each member, says whether it is one. Rows are as before
 * when it ends. */
void members_open(struct members *m, struct eval *e, enum collection over,
                  enum scope person);
bool members_next(struct members *m, struct eval *e, enum tri *is_member);

/* eval_builtin.c, eval_hours.c, eval_call.c */
struct value eval_builtin(struct eval *e, const struct expr *x);
struct value eval_hours(struct eval *e, enum builtin b, enum scope person);
struct value eval_job_hours(struct eval *e); /* of the job that is bound */
struct value eval_call(struct eval *e, const struct expr *x);
struct value eval_arithmetic(struct eval *e, const struct expr *x);
struct value eval_span(struct eval *e, const struct expr *x);
/* -1: unknown */
int eval_class_age(struct eval *e);
/* Birth, or the due date of a child not yet born. */
struct value eval_birth(struct eval *e, size_t child);

/* eval_trace.c */
void trace_see(struct eval *e, struct trace_item item);
void trace_miss(struct eval *e, struct trace_item item);
/* "job.minutes_month", "facility.kind" */
const char *trace_path(const struct trace_item *item, struct arena *a);

/* eval_award.c. The row that takes the value; NULL: none, `otherwise`. */
const struct step_row *table_row(const struct step_table *t, int64_t value);

/* Rounded half away from zero; `by` above 0. */
int64_t divide_round(int64_t x, int64_t by);

/* ---- rules ---- */

struct judgement {
    enum tri holds;
    milli_points points;
    enum award_kind kind;
    const char *wording;
};
/* eval_award.c. `unless`: whether one of rule->unless held. */
struct judgement rule_judge(struct eval *e, const struct rule *r,
                            enum tri unless);
/* Points entered by hand under an id, for these rows; NULL: not entered. */
const struct manual_points *manual_find(const struct eval *e, const char *id,
                                        enum rule_scope scope);

#endif
