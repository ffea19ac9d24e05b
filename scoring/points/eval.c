/*
 * Walks an expression. To add an operator: its row in expr_op (expr.h) with
 * what it means, its function here and its row in the table at the end, its
 * cases in tests/test_eval.c. Depth is bounded by EXPR_MAX_DEPTH.
 */
#include "scoring/points/eval.h"

#include <assert.h>
#include <string.h>

void eval_open(struct eval *e, const struct scorer *s, const struct family *f)
{
    *e = (struct eval){.s = s, .tables = s->set->tables, .family = f};
    for (int i = 0; i < N_SCOPES; i++)
        e->rows.of[i] = SCORE_NO_ROW;
    e->rows.sibling = SCORE_NO_ROW;
    if (f->h->end[SCOPE_HOUSEHOLD] > f->h->first[SCOPE_HOUSEHOLD])
        e->rows.of[SCOPE_HOUSEHOLD] = f->h->first[SCOPE_HOUSEHOLD];
}

void eval_bind(struct eval *e, const struct score_rows *rows)
{
    e->rows.of[SCOPE_CHILD] = rows->child;
    e->rows.of[SCOPE_PREFERENCE] = rows->preference;
    e->rows.of[SCOPE_GUARDIAN] = rows->guardian;
    e->rows.of[SCOPE_REASON] = rows->reason;
}

struct score_rows eval_bound(const struct eval *e)
{
    return (struct score_rows){.household = e->family->index,
                               .child = e->rows.of[SCOPE_CHILD],
                               .preference = e->rows.of[SCOPE_PREFERENCE],
                               .guardian = e->rows.of[SCOPE_GUARDIAN],
                               .reason = e->rows.of[SCOPE_REASON]};
}

/* ---- leaves ---- */

static bool is_text(enum field_type t)
{
    return t == TYPE_TEXT || t == TYPE_KANA || t == TYPE_NAME || t == TYPE_CODE;
}

static inline struct value slot_value(const struct eval *e,
                                      const struct field *f, struct slot slot)
{
    if (slot.state == VALUE_NOT_APPLICABLE)
        return VALUE_NONE;
    if (slot.state != VALUE_KNOWN)
        return VALUE_NOT_KNOWN;
    if (!is_text(f->type))
        return value_known(slot.num);
    if (slot.num == 0) /* the empty text is nothing */
        return VALUE_NONE;
    return value_text(strings_text(e->s->set->strings, slot.num));
}

static inline struct slot slot_at(const struct eval *e, const struct field *f,
                                  size_t row)
{
    const struct record_table *t = &e->tables[f->scope];
    return row < t->n_rows ? table_slot(t, row, f->column) : (struct slot){0};
}

static inline struct value read_slot(struct eval *e, const struct field *f,
                                     size_t row)
{
    struct slot slot = slot_at(e, f, row);
    struct value v = slot_value(e, f, slot);
    return e->trace ? trace_slot(e, f, row, v, slot) : v;
}

struct value eval_slot(struct eval *e, const struct field *f, size_t row)
{
    return f ? read_slot(e, f, row) : VALUE_NOT_KNOWN;
}

struct value eval_field(struct eval *e, enum plan_field f, size_t row)
{
    return eval_slot(e, e->s->plan->fields[f], row);
}

static inline struct value walk_field(struct eval *e, const struct expr *x)
{
    return read_slot(e, x->field, e->rows.of[x->field->scope]);
}

static inline struct value walk_constant(struct eval *e, const struct expr *x)
{
    (void)e;
    return expr_is_text(x->type.value) ? value_text(x->text)
                                       : value_known(x->num);
}

/* The field that `x` is, where nobody asks what was read: most tests are of
 * one, and are answered from its slot. */
static inline const struct field *plain_field(const struct eval *e,
                                              const struct expr *x)
{
    return x->op == EXPR_FIELD && !e->trace ? x->field : NULL;
}

/* What a definition says of a guardian is often asked by one rule after
 * another: the last answer is kept. */
static struct value walk_named(struct eval *e, const struct expr *x)
{
    size_t guardian = e->rows.of[SCOPE_GUARDIAN];
    if (e->trace || (x->a->uses & ~(USES_HOUSEHOLD | USES_GUARDIAN)))
        return eval_expr(e, x->a);
    if (e->named == x->a && e->named_of == guardian)
        return e->named_value;
    struct value v = eval_expr(e, x->a);
    if (e->steps <= EVAL_MAX_STEPS) { /* nothing was left out */
        e->named = x->a;
        e->named_of = guardian;
        e->named_value = v;
    }
    return v;
}

/* ---- logic ---- */

static struct value walk_not(struct eval *e, const struct expr *x)
{
    return value_tri(tri_not(tri_of(eval_expr(e, x->a))));
}

static struct value walk_and(struct eval *e, const struct expr *x)
{
    enum tri a = tri_of(eval_expr(e, x->a));
    if (a == TRI_NO)
        return value_known(0);
    return value_tri(tri_and(a, tri_of(eval_expr(e, x->b))));
}

static struct value walk_or(struct eval *e, const struct expr *x)
{
    enum tri a = tri_of(eval_expr(e, x->a));
    if (a == TRI_YES)
        return value_known(1);
    return value_tri(tri_or(a, tri_of(eval_expr(e, x->b))));
}

/* ---- comparing ---- */

static int order_of(enum expr_value of, struct value x, struct value y)
{
    if (expr_is_text(of))
        return strcmp(x.text, y.text);
    return (x.num > y.num) - (x.num < y.num);
}

static enum tri compare(enum expr_op op, enum expr_value of, struct value x,
                        struct value y)
{
    if (x.is == VALUE_IS_UNKNOWN || y.is == VALUE_IS_UNKNOWN)
        return TRI_UNKNOWN;
    if (x.is == VALUE_IS_NOTHING || y.is == VALUE_IS_NOTHING)
        return op == EXPR_NE ? TRI_YES : TRI_NO;
    return expr_ordered(op, order_of(of, x, y)) ? TRI_YES : TRI_NO;
}

static struct value walk_compare(struct eval *e, const struct expr *x)
{
    const struct field *f = plain_field(e, x->a);
    if (f && x->b->op == EXPR_CONSTANT && !expr_is_text(x->a->type.value)) {
        struct slot slot = eval_bound_slot(e, f);
        if (slot.state == VALUE_KNOWN)
            return value_known(expr_ordered(x->op, (slot.num > x->b->num) -
                                                       (slot.num < x->b->num)));
    }
    struct value a = eval_expr(e, x->a), b = eval_expr(e, x->b);
    return value_tri(compare(x->op, x->a->type.value, a, b));
}

static struct value walk_between(struct eval *e, const struct expr *x)
{
    struct value a = eval_expr(e, x->a), from = eval_expr(e, x->b),
                 to = eval_expr(e, x->c);
    enum expr_value of = x->a->type.value;
    return value_tri(
        tri_and(compare(EXPR_LE, of, from, a), compare(EXPR_LE, of, a, to)));
}

static bool bit(int64_t bits, int64_t index)
{
    return index >= 0 && index < 64 && ((uint64_t)bits >> index & 1);
}

static struct value walk_one_of(struct eval *e, const struct expr *x)
{
    const struct field *f = plain_field(e, x->a);
    if (f) {
        struct slot slot = eval_bound_slot(e, f);
        if (slot.state == VALUE_KNOWN)
            return value_known(bit(x->num, slot.num));
    }
    struct value a = eval_expr(e, x->a);
    if (a.is == VALUE_IS_UNKNOWN)
        return a;
    return value_known(a.is == VALUE_IS_KNOWN && bit(x->num, a.num));
}

static struct value walk_has(struct eval *e, const struct expr *x)
{
    struct value a = eval_expr(e, x->a);
    if (a.is == VALUE_IS_UNKNOWN)
        return a;
    return value_known(a.is == VALUE_IS_KNOWN && bit(a.num, x->num));
}

/* ---- states ---- */

static struct value walk_known(struct eval *e, const struct expr *x)
{
    return value_known(eval_expr(e, x->a).is != VALUE_IS_UNKNOWN);
}

static struct value walk_empty(struct eval *e, const struct expr *x)
{
    struct value a = eval_expr(e, x->a);
    if (a.is == VALUE_IS_UNKNOWN)
        return a;
    return value_known(a.is == VALUE_IS_NOTHING);
}

/* ---- the table ---- */

static struct value (*const walks[])(struct eval *, const struct expr *) = {
    [EXPR_CONSTANT] = walk_constant, [EXPR_FIELD] = walk_field,
    [EXPR_BUILTIN] = eval_builtin,   [EXPR_NAMED] = walk_named,
    [EXPR_CALL] = eval_call,         [EXPR_NOT] = walk_not,
    [EXPR_AND] = walk_and,           [EXPR_OR] = walk_or,
    [EXPR_EQ] = walk_compare,        [EXPR_NE] = walk_compare,
    [EXPR_LT] = walk_compare,        [EXPR_LE] = walk_compare,
    [EXPR_GT] = walk_compare,        [EXPR_GE] = walk_compare,
    [EXPR_ONE_OF] = walk_one_of,     [EXPR_HAS] = walk_has,
    [EXPR_BETWEEN] = walk_between,   [EXPR_KNOWN] = walk_known,
    [EXPR_EMPTY] = walk_empty,       [EXPR_ADD] = eval_arithmetic,
    [EXPR_SUB] = eval_arithmetic,    [EXPR_MUL] = eval_arithmetic,
    [EXPR_NEG] = eval_arithmetic,    [EXPR_DAYS_FROM] = eval_span,
    [EXPR_MONTHS_FROM] = eval_span,  [EXPR_YEARS_FROM] = eval_span,
    [EXPR_ANY] = eval_list,          [EXPR_ALL] = eval_list,
    [EXPR_COUNT] = eval_list,        [EXPR_SUM] = eval_list,
    [EXPR_HIGHEST] = eval_list,      [EXPR_LOWEST] = eval_list,
};
static_assert(sizeof walks / sizeof walks[0] == N_EXPR_OPS,
              "every operator has its function");

/* What was unknown below did not matter where the result is known. */
static struct value eval_traced(struct eval *e, const struct expr *x)
{
    size_t mark = e->trace->unknown.n;
    struct value v = walks[x->op](e, x);
    if (v.is != VALUE_IS_UNKNOWN)
        e->trace->unknown.n = mark;
    return v;
}

struct value eval_expr(struct eval *e, const struct expr *x)
{
    if (++e->steps > EVAL_MAX_STEPS)
        return VALUE_NOT_KNOWN;
    return e->trace ? eval_traced(e, x) : walks[x->op](e, x);
}

struct value eval_begin(struct eval *e, const struct expr *x)
{
    e->steps = 0;
    return eval_expr(e, x);
}

enum tri eval_condition(struct eval *e, const struct expr *x)
{
    return x ? tri_of(eval_begin(e, x)) : TRI_YES;
}
