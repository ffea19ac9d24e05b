/*
 * Walks an expression. To add an operator: its case in walk_expr(), by the
 * meaning that expr.h gives it.
 */
#include "scoring/verify/walk.h"

#include <string.h>

/* ---- values ---- */

struct walk_value walk_text(const char *text)
{
    if (!text || !*text)
        return walk_nothing();
    return (struct walk_value){WALK_KNOWN, 0, text};
}

struct walk_value walk_of_bool(enum walk_bool b)
{
    return b == WALK_MAYBE ? walk_unknown() : walk_known(b == WALK_YES);
}

enum walk_bool walk_as_bool(struct walk_value v)
{
    if (v.state == WALK_UNKNOWN)
        return WALK_MAYBE;
    return v.state == WALK_KNOWN && v.num ? WALK_YES : WALK_NO;
}

enum walk_bool walk_not(enum walk_bool x)
{
    static const enum walk_bool turned[] = {WALK_YES, WALK_NO, WALK_MAYBE};
    return turned[x];
}

enum walk_bool walk_and(enum walk_bool x, enum walk_bool y)
{
    if (x == WALK_NO || y == WALK_NO)
        return WALK_NO;
    return x == WALK_MAYBE ? x : y;
}

enum walk_bool walk_or(enum walk_bool x, enum walk_bool y)
{
    if (x == WALK_YES || y == WALK_YES)
        return WALK_YES;
    return x == WALK_MAYBE ? x : y;
}

bool walk_both_known(struct walk_value a, struct walk_value b,
                     struct walk_value *otherwise)
{
    bool lost = a.state == WALK_UNKNOWN || b.state == WALK_UNKNOWN;
    *otherwise = lost ? walk_unknown() : walk_nothing();
    return a.state == WALK_KNOWN && b.state == WALK_KNOWN;
}

int64_t walk_divide(int64_t num, int64_t by)
{
    int64_t whole = num / by, rest = num % by;
    int64_t size = rest < 0 ? -rest : rest;
    if (size >= by - size) /* half and more, without doubling */
        whole += num < 0 ? -1 : 1;
    return whole;
}

/* ---- comparing ---- */

static int order(struct walk_value a, struct walk_value b)
{
    if (a.text && b.text)
        return strcmp(a.text, b.text);
    return (a.num > b.num) - (a.num < b.num);
}

static enum walk_bool compare(struct walk_value a, enum expr_op op,
                              struct walk_value b)
{
    struct walk_value other;
    if (!walk_both_known(a, b, &other)) {
        if (other.state == WALK_UNKNOWN)
            return WALK_MAYBE;
        return op == EXPR_NE ? WALK_YES : WALK_NO;
    }
    int c = order(a, b);
    const bool says[N_EXPR_OPS] = {
        [EXPR_EQ] = c == 0,
        [EXPR_NE] = c != 0,
        [EXPR_LT] = c<0, [EXPR_LE] = c <= 0, [EXPR_GT] = c> 0,
        [EXPR_GE] = c >= 0};
    return says[op] ? WALK_YES : WALK_NO;
}

/* b <= a and a <= c */
static enum walk_bool between(const struct walk *w, const struct expr *e)
{
    struct walk_value a = walk_expr(w, e->a);
    return walk_and(compare(walk_expr(w, e->b), EXPR_LE, a),
                    compare(a, EXPR_LE, walk_expr(w, e->c)));
}

/* Whether bit `index` is among `bits`; both known. */
static bool has_bit(int64_t bits, int64_t index)
{
    return index >= 0 && index < 64 && (uint64_t)bits >> index & 1;
}

static enum walk_bool one_of(const struct walk *w, const struct expr *e)
{
    struct walk_value a = walk_expr(w, e->a);
    if (a.state != WALK_KNOWN)
        return a.state == WALK_UNKNOWN ? WALK_MAYBE : WALK_NO;
    bool has =
        e->op == EXPR_HAS ? has_bit(a.num, e->num) : has_bit(e->num, a.num);
    return has ? WALK_YES : WALK_NO;
}

static enum walk_bool is_empty(struct walk_value a)
{
    if (a.state == WALK_UNKNOWN)
        return WALK_MAYBE;
    return a.state == WALK_NOTHING ? WALK_YES : WALK_NO;
}

/* ---- everything that is yes or no ---- */

static enum walk_bool condition(const struct walk *w, const struct expr *e)
{
    switch (e->op) {
    case EXPR_NOT:
        return walk_not(walk_holds(w, e->a));
    case EXPR_AND:
        return walk_and(walk_holds(w, e->a), walk_holds(w, e->b));
    case EXPR_OR:
        return walk_or(walk_holds(w, e->a), walk_holds(w, e->b));
    case EXPR_BETWEEN:
        return between(w, e);
    case EXPR_ONE_OF:
    case EXPR_HAS:
        return one_of(w, e);
    case EXPR_KNOWN:
        return walk_expr(w, e->a).state != WALK_UNKNOWN ? WALK_YES : WALK_NO;
    case EXPR_EMPTY:
        return is_empty(walk_expr(w, e->a));
    default:
        return compare(walk_expr(w, e->a), e->op, walk_expr(w, e->b));
    }
}

static struct walk_value constant(const struct expr *e)
{
    if (e->type.value == EXPR_TEXT || e->type.value == EXPR_CODE)
        return walk_text(e->text);
    return walk_known(e->num);
}

struct walk_value walk_expr(const struct walk *w, const struct expr *e)
{
    if (++*w->steps > WALK_MAX_STEPS)
        return walk_unknown();
    switch (e->op) {
    case EXPR_CONSTANT:
        return constant(e);
    case EXPR_FIELD:
        return walk_field(w, e->field, w->row[e->field->scope]);
    case EXPR_BUILTIN:
        return walk_name(w, e);
    case EXPR_NAMED:
        return walk_expr(w, e->a);
    case EXPR_CALL:
        return walk_call(w, e);
    case EXPR_ADD:
    case EXPR_SUB:
    case EXPR_MUL:
    case EXPR_NEG:
    case EXPR_DAYS_FROM:
    case EXPR_MONTHS_FROM:
    case EXPR_YEARS_FROM:
        return walk_arithmetic(w, e);
    case EXPR_ANY:
    case EXPR_ALL:
    case EXPR_COUNT:
    case EXPR_SUM:
    case EXPR_HIGHEST:
    case EXPR_LOWEST:
        return walk_list(w, e);
    default:
        return walk_of_bool(condition(w, e));
    }
}

enum walk_bool walk_holds(const struct walk *w, const struct expr *e)
{
    return e ? walk_as_bool(walk_expr(w, e)) : WALK_YES;
}

struct walk_value walk_value_of(const struct walk *w, const struct expr *e)
{
    *w->steps = 0;
    return walk_expr(w, e);
}

enum walk_bool walk_condition(const struct walk *w, const struct expr *e)
{
    *w->steps = 0;
    return walk_holds(w, e);
}
