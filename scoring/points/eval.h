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
/* Two words: it travels in registers. The type of the expression tells which
 * of the two it is. */
struct value {
    uint64_t is; /* enum value_is; a whole register, nothing to pack */
    union {
        int64_t num;
        const char *text; /* expr_is_text() */
    };
};
static inline bool expr_is_text(enum expr_value of)
{
    return of == EXPR_TEXT || of == EXPR_CODE || of == EXPR_FACILITY;
}
#define VALUE_NOT_KNOWN ((struct value){.is = VALUE_IS_UNKNOWN})
#define VALUE_NONE ((struct value){.is = VALUE_IS_NOTHING})
static inline struct value value_known(int64_t num)
{
    return (struct value){.is = VALUE_IS_KNOWN, .num = num};
}
/* Empty text is nothing. */
static inline struct value value_text(const char *text)
{
    if (!text || !*text)
        return VALUE_NONE;
    return (struct value){.is = VALUE_IS_KNOWN, .text = text};
}

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

/* `c` is below 0, 0 or above, as the left side is less, equal or more. */
static inline bool expr_ordered(enum expr_op op, int c)
{
    switch (op) {
    case EXPR_EQ:
        return c == 0;
    case EXPR_NE:
        return c != 0;
    case EXPR_LT:
        return c < 0;
    case EXPR_LE:
        return c <= 0;
    case EXPR_GT:
        return c > 0;
    default:
        return c >= 0;
    }
}

/* ---- a household, prepared ---- */

enum slot_is { SLOT_PRESENT, SLOT_ABSENT, SLOT_NOT_KNOWN };
/* What belongs to one row of a guardian: rows of one person stand together. */
struct guardian_rows {
    size_t first_job, end_job, first_reason, end_reason;
    int64_t kinds; /* of the reasons, as bits; -1 where one is not known */
};
/* Guardian slots, and which cohabitants are brothers or sisters. */
struct family {
    const struct household *h;
    size_t index; /* in set->households */
    enum slot_is slot[2];
    size_t slot_row[2];                    /* SCORE_NO_ROW unless present */
    size_t n_rowless;                      /* slots of whom nothing is known */
    const struct guardian_rows *guardians; /* by guardian row - first */
    int64_t kinds;    /* of all guardians present; -1 where one is not known */
    uint64_t lot;     /* ORDER_LOTTERY, where the order asks for one */
    uint8_t *sibling; /* enum tri, by cohabitant row - first */
    bool siblings;    /* any child may have one */
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
    const struct record_table *tables; /* s->set->tables */
    const struct family *family;
    struct eval_rows rows;
    milli_points base, total, adjust; /* for builtins in `order` */
    struct trace *trace;              /* NULL: nobody asks */
    long steps;                       /* since eval_begin() */
    const struct expr *named; /* what was defined and asked last; or NULL */
    size_t named_of;          /* of which guardian */
    struct value named_value;
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
/* The slot of a field in the row bound; untraced. */
static inline struct slot eval_bound_slot(const struct eval *e,
                                          const struct field *f)
{
    const struct record_table *t = &e->tables[f->scope];
    size_t row = e->rows.of[f->scope];
    return row < t->n_rows ? table_slot(t, row, f->column) : (struct slot){0};
}

/* eval_list.c */
struct value eval_list(struct eval *e, const struct expr *x);
struct members {
    enum collection over;
    enum scope scope;
    size_t next, end;
    size_t extra; /* members without a row still to come */
    struct eval_rows outer;
};
/* Walks a list: binds each member, says whether it is one. Rows are as before
 * when it ends; who stops earlier closes it. */
void members_open(struct members *m, struct eval *e, enum collection over,
                  enum scope person);
bool members_next(struct members *m, struct eval *e, enum tri *is_member);
void members_close(const struct members *m, struct eval *e);
/* Kinds of the reasons of the guardian bound; -1 where one is not known. */
int64_t eval_kinds(const struct eval *e);

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
/* Either of them, for a field; gives `v` back. */
struct value trace_slot(struct eval *e, const struct field *f, size_t row,
                        struct value v, struct slot slot);
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
void rule_judge(struct eval *e, const struct rule *r, enum tri unless,
                struct judgement *out);
/* The same where `when` has been answered, and no `unless` held for sure. */
void rule_judge_when(struct eval *e, const struct rule *r, enum tri when,
                     enum tri unless, struct judgement *out);
/* Points entered by hand under an id, for these rows; NULL: not entered. */
const struct manual_points *manual_find(const struct eval *e, const char *id,
                                        enum rule_scope scope);

#endif
