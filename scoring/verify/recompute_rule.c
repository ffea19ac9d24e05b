/* Whether a rule holds: its `when`, its `unless`, and an award that gives
 * something. Any known no among the three settles it. */
#include "scoring/verify/recompute.h"

/* ---- on what it is tried ---- */

static bool uses_reason(const struct expr *e)
{
    return e && e->uses & USES_REASON;
}

static bool table_uses_reason(const struct step_table *t)
{
    if (!t)
        return false;
    bool uses = uses_reason(t->by);
    for (size_t i = 0; i < t->n; i++)
        uses = uses || table_uses_reason(t->rows[i].inner);
    return uses;
}

static bool award_uses_reason(const struct award *a)
{
    return uses_reason(a->per) || table_uses_reason(a->table);
}

static bool rule_uses_reason(const struct rule *r)
{
    bool uses = uses_reason(r->when) || award_uses_reason(&r->award);
    for (size_t i = 0; i < r->n_but; i++)
        uses = uses || uses_reason(r->but[i].when) ||
               award_uses_reason(&r->but[i].award);
    return uses;
}

/* ---- unless ---- */

static bool of_guardian(const struct rule *r)
{
    return r->scope == RULE_REASON || r->scope == RULE_GUARDIAN;
}

/* A guardian asks for what held for himself, anyone else for either. */
static enum walk_bool has_held(const struct working *x, const struct rule *r)
{
    const enum walk_bool *held = x->held[r->index];
    if (!of_guardian(r))
        return held[0];
    return x->slot >= 0 ? held[x->slot] : walk_or(held[0], held[1]);
}

static enum walk_bool unless(const struct working *x, const struct rule *r)
{
    enum walk_bool any = WALK_NO;
    for (size_t i = 0; i < r->n_unless; i++)
        any = walk_or(any, has_held(x, r->unless[i]));
    return any;
}

/* ---- the award ---- */

/* The first `but` whose condition is yes; NULL when one before it is
 * unknown. */
static const struct award *award_of(const struct walk *w, const struct rule *r)
{
    for (size_t i = 0; i < r->n_but; i++) {
        enum walk_bool is = walk_condition(w, r->but[i].when);
        if (is != WALK_NO)
            return is == WALK_YES ? &r->but[i].award : NULL;
    }
    return &r->award;
}

static struct gift gift_here(const struct working *x, const struct walk *w,
                             const struct rule *r)
{
    enum walk_bool open =
        walk_and(walk_condition(w, r->when), walk_not(unless(x, r)));
    if (open == WALK_NO)
        return (struct gift){.held = WALK_NO};
    const struct award *a = award_of(w, r);
    struct gift g = {.held = WALK_MAYBE, .kind = r->award.kind};
    if (a)
        g = award_gift(w, r, a);
    g.held = walk_and(open, g.held);
    g.open = g.held == WALK_MAYBE;
    if (g.held != WALK_YES)
        g.points = 0;
    return g;
}

/* On each reason of the guardian: by the row that gives most. */
static struct gift gift_by_reason(const struct working *x, const struct rule *r)
{
    struct walk_member *m;
    size_t n = walk_members(&x->w, OVER_REASONS, SCOPE_GUARDIAN, &m);
    struct gift best = {.held = WALK_NO};
    for (size_t i = 0; i < n; i++) {
        struct walk row = walk_bind(&x->w, OVER_REASONS, &m[i]);
        struct gift g = gift_here(x, &row, r);
        enum walk_bool held = walk_or(best.held, g.held);
        bool open = best.open || g.open;
        if (g.held == WALK_YES &&
            (best.held != WALK_YES || g.points > best.points))
            best = g;
        best.held = held;
        best.open = open;
    }
    return best;
}

struct gift rule_gift(struct working *x, const struct rule *r)
{
    bool by_reason = r->scope == RULE_REASON && rule_uses_reason(r);
    struct gift g = by_reason ? gift_by_reason(x, r) : gift_here(x, &x->w, r);
    x->held[r->index][of_guardian(r) ? x->slot : 0] = g.held;
    return g;
}
