/*
 * Building typed nodes: what may be joined with what, and what comes out. The
 * only place that knows the types and units of operators. Every function
 * gives NULL with "wrong-type", "wrong-unit", "expr-too-deep" or
 * "expr-too-large" reported; an operand of NULL gives NULL and no message.
 */
#ifndef NYUSHO_SCORING_POINTS_EXPR_CHECK_H
#define NYUSHO_SCORING_POINTS_EXPR_CHECK_H

#include "core/arena.h"
#include "scoring/points/expr.h"

struct expr_builder {
    struct arena *a;
    struct diag *d;
    size_t n_nodes;
};

#define TYPE_YES_NO ((struct expr_type){EXPR_BOOL, UNIT_NONE, NULL})

/* A leaf; NULL when the expression has become too large. */
struct expr *expr_leaf(struct expr_builder *b, enum expr_op op,
                       struct expr_type type, const char *text, struct pos at);
struct expr_type field_expr_type(const struct field *f);

const struct expr *expr_not(struct expr_builder *b, const struct expr *x);
/* AND, OR */
const struct expr *expr_logic(struct expr_builder *b, enum expr_op op,
                              const struct expr *x, const struct expr *y);
/* EQ … GE. A bare number becomes points or yen beside one. */
const struct expr *expr_compare(struct expr_builder *b, enum expr_op op,
                                const struct expr *x, const struct expr *y);
const struct expr *expr_one_of(struct expr_builder *b, const struct expr *x,
                               int64_t bits);
const struct expr *expr_has(struct expr_builder *b, const struct expr *set,
                            int64_t value);
const struct expr *expr_between(struct expr_builder *b, const struct expr *x,
                                const struct expr *from, const struct expr *to);
/* KNOWN, EMPTY */
const struct expr *expr_state(struct expr_builder *b, enum expr_op op,
                              const struct expr *x);
/* ADD, SUB, MUL */
const struct expr *expr_arithmetic(struct expr_builder *b, enum expr_op op,
                                   const struct expr *x, const struct expr *y);
const struct expr *expr_negative(struct expr_builder *b, const struct expr *x);
/* DAYS_FROM, MONTHS_FROM, YEARS_FROM */
const struct expr *expr_span(struct expr_builder *b, enum expr_op op,
                             const struct expr *from, const struct expr *to);
const struct expr *expr_call(struct expr_builder *b, enum function f,
                             const struct expr *x, const struct expr *y,
                             struct pos at);
/* ANY … LOWEST. `with` NULL: every member; `of`: what SUM … LOWEST take.
 * `person`: whose jobs or reasons. */
const struct expr *expr_list(struct expr_builder *b, enum expr_op op,
                             enum collection over, enum scope person,
                             const struct expr *with, const struct expr *of,
                             bool has_with, struct pos at);
/* Reports "wrong-type" unless x is yes or no. */
bool expr_want_bool(struct expr_builder *b, const struct expr *x);

#endif
