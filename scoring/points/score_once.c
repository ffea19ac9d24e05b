/*
 * What is answered once instead of again and again: rules that cannot hold for
 * a guardian's reasons, parts of a condition that no preference changes, keys
 * of the order that are the same everywhere. Nothing here changes an answer:
 * `and` is no wherever one side is no, in any order.
 */
#include "scoring/points/eval.h"
#include "scoring/points/score_plan.h"

/* More parts than any rule has; what is beyond stays in one piece. */
#define MAX_PARTS 16

struct parts {
    const struct expr *items[MAX_PARTS];
    size_t n;
};

/* The sides of every `and` at the top of a condition, left to right. */
static void split(const struct expr *x, struct parts *out)
{
    const struct expr *todo[MAX_PARTS];
    size_t n = 0;
    if (x)
        todo[n++] = x;
    while (n > 0) {
        x = todo[--n];
        if (x->op == EXPR_AND && out->n + n + 2 <= MAX_PARTS) {
            todo[n++] = x->b;
            todo[n++] = x->a;
        } else {
            out->items[out->n++] = x;
        }
    }
}

/* ---- reasons ---- */

int64_t reason_kinds(const struct expr *x, const struct field *kind)
{
    bool names = kind && x->op == EXPR_ONE_OF && x->a->op == EXPR_FIELD &&
                 x->a->field == kind;
    return names ? x->num : -1;
}

static int64_t rule_kinds(const struct rule *r, const struct field *kind)
{
    struct parts parts = {.n = 0};
    int64_t kinds = -1;
    split(r->when, &parts);
    for (size_t i = 0; i < parts.n; i++)
        kinds &= reason_kinds(parts.items[i], kind);
    return kinds;
}

/* ---- guards ---- */

/* Bits of the values below 64 for which `value op with` is yes. */
static uint64_t bits_of(enum expr_op op, int64_t with)
{
    uint64_t bits = 0;
    for (int64_t value = 0; value < 64; value++)
        if (expr_ordered(op, (value > with) - (value < with)))
            bits |= UINT64_C(1) << value;
    return bits;
}

/* What one part of a condition asks of a field, if it asks of one alone. */
static struct rule_guard part_guard(const struct expr *x)
{
    const struct expr *of = x->op == EXPR_FIELD ? x : x->a;
    struct rule_guard guard = {0};
    if (!of || of->op != EXPR_FIELD || expr_is_text(of->type.value) ||
        of->type.value == EXPR_SET)
        return guard;
    if (x->op == EXPR_FIELD)
        guard = (struct rule_guard){of->field, ~UINT64_C(1)};
    else if (x->op == EXPR_ONE_OF)
        guard = (struct rule_guard){of->field, (uint64_t)x->num};
    else if (x->op >= EXPR_EQ && x->op <= EXPR_GE && x->op != EXPR_NE &&
             x->b->op == EXPR_CONSTANT)
        guard = (struct rule_guard){of->field, bits_of(x->op, x->b->num)};
    return guard;
}

static struct rule_guard rule_guard(const struct rule *r)
{
    struct parts parts = {.n = 0};
    struct rule_guard guard = {0};
    split(r->when, &parts);
    for (size_t i = 0; i < parts.n && !guard.field; i++)
        guard = part_guard(parts.items[i]);
    return guard;
}

/* ---- preferences ---- */

static struct rule_parts rule_parts(const struct rule *r, struct arena *a)
{
    const struct expr **fixed = ARENA_ARRAY(a, const struct expr *, MAX_PARTS);
    const struct expr **here = ARENA_ARRAY(a, const struct expr *, MAX_PARTS);
    struct rule_parts out = {fixed, 0, here, 0};
    struct parts parts = {.n = 0};
    split(r->when, &parts);
    for (size_t i = 0; i < parts.n; i++)
        if (parts.items[i]->uses & (USES_PREFERENCE | USES_POINTS))
            here[out.n_here++] = parts.items[i];
        else
            fixed[out.n_fixed++] = parts.items[i];
    return out;
}

static bool differs(const struct order_key *key, unsigned uses)
{
    return key->kind == ORDER_PHASE || key->kind == ORDER_RANK_LAST ||
           key->kind == ORDER_POINTS ||
           (uses & (USES_PREFERENCE | USES_POINTS));
}

void plan_once(struct scorer_plan *p, const struct scorer *s, struct arena *a)
{
    const struct ruleset *rs = s->rules;
    p->kinds = ARENA_ARRAY(a, int64_t, rs->n_rules);
    p->parts = ARENA_ARRAY(a, struct rule_parts, rs->n_rules);
    p->guards = ARENA_ARRAY(a, struct rule_guard, rs->n_rules);
    for (size_t i = 0; i < rs->n_rules; i++) {
        p->kinds[i] = rule_kinds(rs->rules[i], p->fields[PLAN_REASON_KIND]);
        p->guards[i] = rule_guard(rs->rules[i]);
        if (rs->rules[i]->scope == RULE_CHOICE)
            p->parts[i] = rule_parts(rs->rules[i], a);
    }
    p->keys_here = ARENA_ARRAY(a, size_t, rs->n_order);
    for (size_t i = 0; i < rs->n_keys; i++) {
        if (i < rs->n_order && differs(&rs->order[i], p->key_uses[i]))
            p->keys_here[p->n_keys_here++] = i;
        if (rs->order[i].kind == ORDER_LOTTERY)
            p->lottery = s->context->lottery_seed && *s->context->lottery_seed;
    }
}
