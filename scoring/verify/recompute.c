/* Every child of a set, household by household: own rules, then what children
 * share, then their preferences (paragraphs 4 to 6). */
#include "scoring/verify/recompute.h"

/* Everything about a child but the preferences, before its brothers and
 * sisters are looked at. */
static struct section own_rules(struct working *x, struct recomputed_child *out)
{
    const struct ruleset *rs = x->w.c->rules;
    out->provisional = base_of(x, out);
    struct section all = section_of(x, &rs->by_scope[RULE_HOUSEHOLD]);
    struct section child = section_of(x, &rs->by_scope[RULE_CHILD]);
    section_add(&all, &child);
    out->provisional = out->provisional || all.open;
    x->plain = rs->n_ranks ? all.sum : points_add(out->base, all.sum);
    return all;
}

/* All take the highest; what one of them lacks is open for all of them. */
static void share_highest(struct working *x, struct recomputed_child *out,
                          size_t n)
{
    milli_points best = INT64_MIN;
    bool open = false;
    for (size_t i = 0; i < n; i++) {
        best = x[i].plain > best ? x[i].plain : best;
        open = open || out[i].provisional;
    }
    for (size_t i = 0; i < n; i++) {
        x[i].share = best - x[i].plain;
        out[i].provisional = open;
    }
}

/* A total that a rule sets replaces what was added up. */
static milli_points total_of(const struct working *x, const struct section *all)
{
    if (all->sets_total)
        return all->total;
    return points_add(x->plain, x->share);
}

/* Whether the child may enter, and every key of the order. */
static void set_order(struct working *x, bool rank_last,
                      struct recomputed_pref *out)
{
    const struct ruleset *rs = x->w.c->rules;
    enum walk_bool enters = may_enter(&x->w);
    bool open = enters == WALK_MAYBE || phase_of(&x->w).state == WALK_UNKNOWN;
    for (size_t k = 0; k < rs->n_order; k++) {
        out->keys[k] = order_value(x, &rs->order[k], rank_last);
        open = open || out->keys[k] == ORDER_KEY_UNKNOWN;
    }
    out->may_enter = enters != WALK_NO;
    out->phase = phase_taken(&x->w);
    out->order_unknown = open;
}

/* Special seats, and the keys that only they look at. */
static void set_special(struct working *x, bool rank_last, struct arena *a,
                        struct recomputed_pref *out)
{
    const struct ruleset *rs = x->w.c->rules;
    if (!out->may_enter || !rs->n_special)
        return;
    out->special = ARENA_ARRAY(a, bool, rs->n_special);
    for (size_t i = 0; i < rs->n_special; i++) {
        const struct special_seat *s = &rs->special[i];
        enum walk_bool may = may_have_seat(&x->w, s);
        out->special[i] = may == WALK_YES;
        out->order_unknown = out->order_unknown || may == WALK_MAYBE;
        for (size_t k = 0; may == WALK_YES && k < s->n_own; k++) {
            size_t at = s->first_own + k;
            out->keys[at] = order_value(x, &rs->order[at], rank_last);
            if (out->keys[at] == ORDER_KEY_UNKNOWN)
                out->order_unknown = true;
        }
    }
}

static void preference(struct working *x, struct recomputed_child *child,
                       const struct section *own, size_t row, struct arena *a,
                       struct recomputed_pref *out)
{
    const struct ruleset *rs = x->w.c->rules;
    x->w.row[SCOPE_PREFERENCE] = row;
    struct walk_value code = walk_path(&x->w, "preference.facility", row);
    struct section here = section_of(x, &rs->by_scope[RULE_CHOICE]);
    struct section all = *own;
    section_add(&all, &here);
    child->provisional = child->provisional || here.open;
    out->facility = code.state == WALK_KNOWN ? code.text : "";
    out->number = x->w.c->set->tables[SCOPE_PREFERENCE].keys[row].seq;
    out->total =
        all.sets_total ? all.total : points_add(total_of(x, own), here.sum);
    x->w.base = child->base;
    x->w.total = out->total;
    x->w.adjust = out->total - (rs->n_ranks ? 0 : child->base);
    out->keys = ARENA_ARRAY(a, int64_t, rs->n_keys);
    set_order(x, all.rank_last, out);
    set_special(x, all.rank_last, a, out);
    x->w.row[SCOPE_PREFERENCE] = WALK_NO_ROW;
}

static void preferences(struct working *x, const struct section *own,
                        struct recomputed_child *out, struct arena *a)
{
    struct walk_member *m;
    out->total = total_of(x, own);
    out->n_prefs = walk_members(&x->w, OVER_PREFERENCES, N_SCOPES, &m);
    out->prefs = ARENA_ARRAY(a, struct recomputed_pref, out->n_prefs);
    for (size_t i = 0; i < out->n_prefs; i++)
        preference(x, out, own, m[i].row, a, &out->prefs[i]);
}

static size_t household(const struct walk *start, struct recomputed_child *out,
                        struct arena *a)
{
    const struct ruleset *rs = start->c->rules;
    size_t first = start->household->first[SCOPE_CHILD];
    size_t n = start->household->end[SCOPE_CHILD] - first;
    struct working *x = ARENA_ARRAY(start->mem, struct working, n);
    struct section *own = ARENA_ARRAY(start->mem, struct section, n);
    for (size_t i = 0; i < n; i++) {
        x[i].w = *start;
        x[i].w.row[SCOPE_CHILD] = first + i;
        x[i].slot = -1;
        x[i].held = arena_array(start->mem, rs->n_rules, sizeof *x[i].held);
        out[i].household = start->household->no;
        out[i].child = start->c->set->tables[SCOPE_CHILD].keys[first + i].child;
        own[i] = own_rules(&x[i], &out[i]);
    }
    if (rs->share_highest)
        share_highest(x, out, n);
    for (size_t i = 0; i < n; i++)
        preferences(&x[i], &own[i], &out[i], a);
    return n;
}

static size_t in_household(const struct recompute_context *c,
                           const struct household *h,
                           struct recomputed_child *out, struct arena *a)
{
    struct arena mem = ARENA_INIT;
    long steps = 0;
    struct walk w = {.c = c,
                     .household = h,
                     .sibling = WALK_NO_ROW,
                     .steps = &steps,
                     .mem = &mem};
    for (int s = 0; s < N_SCOPES; s++)
        w.row[s] = WALK_NO_ROW;
    if (h->first[SCOPE_HOUSEHOLD] < h->end[SCOPE_HOUSEHOLD])
        w.row[SCOPE_HOUSEHOLD] = h->first[SCOPE_HOUSEHOLD];
    size_t n = household(&w, out, a);
    arena_release(&mem);
    return n;
}

size_t recompute_points(const struct recompute_context *c,
                        struct recomputed_child **out, struct arena *a)
{
    size_t n = c->set->tables[SCOPE_CHILD].n_rows, done = 0;
    *out = ARENA_ARRAY(a, struct recomputed_child, n);
    for (size_t h = 0; h < c->set->n_households; h++)
        done += in_household(c, &c->set->households[h], &(*out)[done], a);
    return done;
}
