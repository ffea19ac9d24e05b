/* any, all, count, sum, highest and lowest over the members of a list. */
#include "scoring/verify/walk.h"

static struct walk_value any(const struct walk *w, const struct expr *e)
{
    struct walk_member *m;
    size_t n = walk_members(w, e->over, e->person, &m);
    enum walk_bool found = WALK_NO;
    for (size_t i = 0; i < n && found != WALK_YES; i++) {
        struct walk inner = walk_bind(w, e->over, &m[i]);
        enum walk_bool is = m[i].maybe ? WALK_MAYBE : WALK_YES;
        found = walk_or(found, walk_and(is, walk_holds(&inner, e->a)));
    }
    return walk_of_bool(found);
}

static struct walk_value all(const struct walk *w, const struct expr *e)
{
    struct walk_member *m;
    size_t n = walk_members(w, e->over, e->person, &m);
    enum walk_bool held = WALK_YES;
    for (size_t i = 0; i < n && held != WALK_NO; i++) {
        struct walk inner = walk_bind(w, e->over, &m[i]);
        enum walk_bool is_none = m[i].maybe ? WALK_MAYBE : WALK_NO;
        held = walk_and(held, walk_or(is_none, walk_holds(&inner, e->a)));
    }
    return walk_of_bool(held);
}

/* What has been gathered of the members so far. */
struct gathered {
    int64_t count, sum;
    struct walk_value best;
    bool lost; /* something that matters is unknown */
};

static void gather(struct gathered *g, enum expr_op op, struct walk_value v)
{
    g->lost = g->lost || v.state == WALK_UNKNOWN;
    if (v.state != WALK_KNOWN)
        return;
    if (op == EXPR_SUM && __builtin_add_overflow(g->sum, v.num, &g->sum))
        g->lost = true;
    bool better =
        op == EXPR_HIGHEST ? v.num > g->best.num : v.num < g->best.num;
    if (g->best.state != WALK_KNOWN || better)
        g->best = v;
}

static struct walk_value over_members(const struct walk *w,
                                      const struct expr *e)
{
    struct walk_member *m;
    size_t n = walk_members(w, e->over, e->person, &m);
    struct gathered g = {.best = walk_nothing()};
    for (size_t i = 0; i < n; i++) {
        struct walk inner = walk_bind(w, e->over, &m[i]);
        enum walk_bool with = walk_and(m[i].maybe ? WALK_MAYBE : WALK_YES,
                                       walk_holds(&inner, e->a));
        g.lost = g.lost || with == WALK_MAYBE;
        if (with != WALK_YES)
            continue;
        g.count++;
        if (e->op != EXPR_COUNT)
            gather(&g, e->op, walk_expr(&inner, e->b));
    }
    if (g.lost)
        return walk_unknown();
    if (e->op == EXPR_COUNT)
        return walk_known(g.count);
    return e->op == EXPR_SUM ? walk_known(g.sum) : g.best;
}

struct walk_value walk_list(const struct walk *w, const struct expr *e)
{
    if (e->op == EXPR_ANY)
        return any(w, e);
    if (e->op == EXPR_ALL)
        return all(w, e);
    return over_members(w, e);
}
