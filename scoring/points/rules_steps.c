/* Step tables, and ranges that stand in several rules: steps no one reaches,
 * values that fall between two steps or on both, points out of order. */
#include "scoring/points/rules_checks.h"

#include "scoring/points/expr_never.h"

#include <string.h>

/* ---- walking the tables of a set ---- */

/* What must hold for a table to be asked, outermost first. */
struct path {
    struct wish wishes[EXPR_NEVER_WISHES];
    size_t n;
};

static void path_add(struct path *p, struct wish w)
{
    if (p->n < EXPR_NEVER_WISHES)
        p->wishes[p->n++] = w;
}

struct visit {
    void (*table)(struct visit *v, const struct step_table *t,
                  const struct path *p);
    const struct rule *rule;
    struct diag *d;
};

/* The values of `by` for which row `i` is taken. */
static struct wish row_wish(const struct step_table *t, size_t i)
{
    const struct step_row *row = &t->rows[i];
    struct wish w = {
        .e = t->by, .is = WISH_WITHIN, .low = INT64_MIN, .high = INT64_MAX};
    switch (t->kind) {
    case TABLE_AT_LEAST:
        w.low = row->at;
        if (i > 0)
            w.high = t->rows[i - 1].at - 1;
        return w;
    case TABLE_AT_MOST:
        w.high = row->at;
        if (i > 0)
            w.low = t->rows[i - 1].at + 1;
        return w;
    default:
        return (struct wish){.e = t->by, .is = WISH_AMONG, .bits = row->bits};
    }
}

static void visit_table(struct visit *v, const struct step_table *t,
                        const struct path *p)
{
    v->table(v, t, p);
    for (size_t i = 0; i < t->n; i++) {
        struct path inner = *p;
        if (!t->rows[i].inner)
            continue;
        path_add(&inner, row_wish(t, i));
        visit_table(v, t->rows[i].inner, &inner);
    }
}

static void visit_rule(struct visit *v, const struct rule *r)
{
    struct path p = {.n = 0};
    path_add(&p, (struct wish){.e = r->when, .is = WISH_YES});
    v->rule = r;
    for (size_t i = 0; i < r->n_but; i++) {
        struct path inner = p;
        path_add(&inner, (struct wish){.e = r->but[i].when, .is = WISH_YES});
        if (r->but[i].award.kind == AWARD_TABLE)
            visit_table(v, r->but[i].award.table, &inner);
        path_add(&p, (struct wish){.e = r->but[i].when, .is = WISH_NO});
    }
    if (r->award.kind == AWARD_TABLE)
        visit_table(v, r->award.table, &p);
}

static void visit_all(const struct ruleset *rs, struct diag *d,
                      void (*table)(struct visit *, const struct step_table *,
                                    const struct path *))
{
    struct visit v = {.table = table, .d = d};
    for (size_t i = 0; i < rs->n_rules; i++)
        visit_rule(&v, rs->rules[i]);
}

/* ---- steps that no one reaches ---- */

static bool never_with(const struct path *p, struct wish w)
{
    struct path all = *p;
    path_add(&all, w);
    return expr_never(all.wishes, all.n);
}

static void reached(struct visit *v, const struct step_table *t,
                    const struct path *p)
{
    if (expr_never(p->wishes, p->n))
        return; /* said of the rule, or of the step around it */
    for (size_t i = 0; i < t->n; i++)
        if (never_with(p, row_wish(t, i)))
            diag_warn(v->d, t->rows[i].pos, "step-unreachable",
                      "規則「%s」の段「%s」には誰も届きません。when の条件か、"
                      "項目のとりうる値の外にあります",
                      "no one reaches the step \"%2$s\" of rule \"%1$s\": the "
                      "rule's when, or what the field can be, leaves it out",
                      v->rule->id, t->rows[i].text);
}

void check_step_reached(const struct ruleset *rs, struct diag *d)
{
    visit_all(rs, d, reached);
}

/* ---- points that go up and down ---- */

static void points_in_order(struct visit *v, const struct step_table *t,
                            const struct path *p)
{
    (void)p;
    int way = 0;
    if (t->kind == TABLE_IS)
        return;
    for (size_t i = 1; i < t->n; i++) {
        if (t->rows[i].inner || t->rows[i - 1].inner)
            return;
        milli_points before = t->rows[i - 1].points, here = t->rows[i].points;
        int turn = (here > before) - (here < before);
        if (way && turn && turn != way) {
            diag_warn(v->d, t->rows[i].pos, "step-points",
                      "規則「%s」の段「%s」の点数だけ、並びの上下が逆です。"
                      "打ち間違いではありませんか",
                      "the points at the step \"%2$s\" of rule \"%1$s\" turn "
                      "back against the steps before: a slip?",
                      v->rule->id, t->rows[i].text);
            return;
        }
        way = turn ? turn : way;
    }
}

void check_step_points(const struct ruleset *rs, struct diag *d)
{
    visit_all(rs, d, points_in_order);
}

/* ---- values that no step names ---- */

static void unnamed(struct visit *v, const struct step_table *t,
                    const struct path *p)
{
    const struct field *of = t->by->type.of;
    struct arena mem = ARENA_INIT;
    const char *all = "";
    int64_t named = 0;
    if (t->kind != TABLE_IS || t->has_otherwise || !of)
        return;
    for (size_t i = 0; i < t->n; i++)
        named |= t->rows[i].bits;
    for (size_t i = 0; i < of->n_values; i++) {
        int64_t bit = (int64_t)(UINT64_C(1) << i);
        struct wish w = {.e = t->by, .is = WISH_AMONG, .bits = bit};
        if (!(named & bit) && !never_with(p, w))
            all = arena_printf(&mem, "%s%s%s", all, *all ? "、" : "",
                               of->values[i]);
    }
    if (*all)
        diag_note(
            v->d, t->by->at, "step-gap",
            "規則「%s」の表にない値には点が付きません (%s)。それでよければ"
            "そのままで、そうでなければ段か otherwise を加えてください",
            "rule \"%s\" gives nothing to values that its table does not "
            "name (%s): fine if meant, else add a step or otherwise",
            v->rule->id, all);
    arena_release(&mem);
}

/* ---- ranges in several rules ---- */

#define MAX_PARTS 8

/* `… and x in 100h to 119h and …`: the range, and what stands beside it. */
struct ranged {
    const struct rule *rule;
    const struct expr *between;
    const struct expr *parts[MAX_PARTS];
    size_t n, at; /* the range is parts[at] */
    int64_t low, high;
};

static bool split_and(const struct expr *e, struct ranged *out)
{
    if (e->op == EXPR_AND)
        return split_and(e->a, out) && split_and(e->b, out);
    if (out->n == MAX_PARTS)
        return false;
    out->parts[out->n++] = e;
    return true;
}

static bool find_range(const struct rule *r, struct ranged *out)
{
    *out = (struct ranged){.rule = r};
    if (!r->when || !split_and(r->when, out))
        return false;
    for (size_t i = 0; i < out->n; i++) {
        const struct expr *e = out->parts[i];
        if (e->op != EXPR_BETWEEN || e->a->type.value == EXPR_ENUM)
            continue;
        if (out->between || !expr_fixed(e->b, &out->low) ||
            !expr_fixed(e->c, &out->high))
            return false;
        out->between = e;
        out->at = i;
    }
    return out->between != NULL;
}

/* Ranges of one thing, under the same conditions beside, in one group or in
 * none. Two equal ones stand for two things that such a household has. */
static bool same_family(const struct ranged *x, const struct ranged *y,
                        long *budget)
{
    bool equal = x->low == y->low && x->high == y->high;
    if (x->n != y->n || x->at != y->at || equal ||
        x->rule->group != y->rule->group)
        return false;
    for (size_t i = 0; i < x->n; i++)
        if (!expr_same(i == x->at ? x->between->a : x->parts[i],
                       i == y->at ? y->between->a : y->parts[i], budget))
            return false;
    return true;
}

static void say_pair(const struct ranged *low, const struct ranged *high,
                     bool overlap, struct diag *d)
{
    const char *to = low->between->c->text ? low->between->c->text : "…";
    const char *from = high->between->b->text ? high->between->b->text : "…";
    if (overlap)
        diag_warn(d, high->between->at, "step-overlap",
                  "規則「%s」(%s まで) と規則「%s」(%s から) の範囲が重なって"
                  "います",
                  "the ranges of rule \"%s\" (to %s) and rule \"%s\" (from %s) "
                  "overlap",
                  low->rule->id, to, high->rule->id, from);
    else
        diag_warn(d, high->between->at, "step-gap",
                  "規則「%s」(%s まで) と規則「%s」(%s から) の間に、どちらにも"
                  "入らない値があります",
                  "between rule \"%s\" (to %s) and rule \"%s\" (from %s) there "
                  "are values that neither takes",
                  low->rule->id, to, high->rule->id, from);
}

/* The range that follows `x`: begins after it, nearest to it. */
static void check_next(const struct ranged *all, size_t n, size_t x,
                       bool overlaps, long *budget, struct diag *d)
{
    const struct ranged *next = NULL;
    for (size_t i = 0; i < n; i++) {
        bool after =
            all[i].low > all[x].low || (all[i].low == all[x].low && i > x);
        if (i == x || !after || (next && all[i].low >= next->low) ||
            !same_family(&all[x], &all[i], budget))
            continue;
        next = &all[i];
    }
    if (!next)
        return;
    bool overlap = next->low <= all[x].high;
    if (overlap == overlaps && (overlap || next->low > all[x].high + 1))
        say_pair(&all[x], next, overlap, d);
}

static void check_list(const struct rule_list *list, bool overlaps,
                       struct diag *d)
{
    struct arena mem = ARENA_INIT;
    struct ranged *all = ARENA_ARRAY(&mem, struct ranged, list->n);
    long budget = 1000000;
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++)
        n += find_range(list->rules[i], &all[n]);
    for (size_t i = 0; i < n; i++)
        check_next(all, n, i, overlaps, &budget, d);
    arena_release(&mem);
}

static void check_lists(const struct ruleset *rs, bool overlaps, struct diag *d)
{
    for (int s = 0; s < N_RULE_SCOPES; s++)
        check_list(&rs->by_scope[s], overlaps, d);
    for (size_t i = 0; i < rs->n_order; i++)
        check_list(&rs->order[i].rules, overlaps, d);
}

void check_step_gaps(const struct ruleset *rs, struct diag *d)
{
    visit_all(rs, d, unnamed);
    check_lists(rs, false, d);
}

void check_step_overlaps(const struct ruleset *rs, struct diag *d)
{
    check_lists(rs, true, d);
}
