/* Rules that can never hold, and rules that never count because another one
 * always comes before them. Only what expr_never() proves is said. */
#include "scoring/points/rules_checks.h"

#include "scoring/points/expr_never.h"

#include <string.h>

/* ---- never ---- */

static bool never_yes(const struct expr *e)
{
    struct wish yes = {.e = e, .is = WISH_YES};
    return e && expr_never(&yes, 1);
}

static bool never_beside(const struct expr *e, const struct expr *other)
{
    struct wish both[] = {{.e = e, .is = WISH_YES},
                          {.e = other, .is = WISH_YES}};
    return expr_never(both, 2);
}

/* Whether the rule holds whenever its condition is yes. */
static bool always_gives(const struct rule *r)
{
    enum award_kind k = r->award.kind;
    return r->n_unless == 0 && r->n_but == 0 &&
           (k == AWARD_POINTS || k == AWARD_SETS_TOTAL || k == AWARD_RANK_LAST);
}

/* A name means the same row in both: what is bound for `wide` is bound
 * likewise for `narrow`. */
static bool sees_the_same(const struct rule *wide, const struct rule *narrow)
{
    bool households =
        wide->scope == RULE_HOUSEHOLD &&
        (narrow->scope == RULE_CHILD || narrow->scope == RULE_CHOICE);
    bool children = wide->scope == RULE_CHILD && narrow->scope == RULE_CHOICE;
    return wide->scope == narrow->scope || households || children;
}

static void check_unless(const struct rule *r, struct diag *d)
{
    for (size_t i = 0; i < r->n_unless; i++) {
        const struct rule *u = r->unless[i];
        struct wish alone[] = {{.e = r->when, .is = WISH_YES},
                               {.e = u->when, .is = WISH_NOT_YES}};
        if (!always_gives(u) || !sees_the_same(u, r) || !expr_never(alone, 2))
            continue;
        diag_warn(d, r->at, "never-holds",
                  "規則「%s」は決して当てはまりません。条件が満たされるときは"
                  "必ず、unless に書いた「%s」も当てはまります",
                  "rule \"%s\" can never hold: whenever its condition is met, "
                  "so is that of \"%s\", named under unless",
                  r->id, u->id);
        return;
    }
}

static void check_rule(const struct rule *r, struct diag *d)
{
    if (never_yes(r->when)) {
        diag_warn(d, r->when->at, "never-holds",
                  "規則「%s」は決して当てはまりません。when の条件が互いに"
                  "矛盾しているか、ありえない値です",
                  "rule \"%s\" can never hold: what stands under when "
                  "contradicts itself, or no value is like that",
                  r->id);
        return;
    }
    check_unless(r, d);
    for (size_t i = 0; i < r->n_but; i++)
        if (never_beside(r->when, r->but[i].when))
            diag_warn(
                d, r->but[i].at, "never-holds",
                "規則「%s」の but は決して当てはまりません。規則の when と"
                "矛盾しています",
                "this but of rule \"%s\" can never hold: it contradicts "
                "the rule's own when",
                r->id);
}

static void never_clause(const struct expr *when, const char *id,
                         struct diag *d)
{
    if (never_yes(when))
        diag_warn(d, when->at, "never-holds",
                  "「%s」の条件は決して満たされません",
                  "the condition of \"%s\" can never be met", id);
}

void check_never_holds(const struct ruleset *rs, struct diag *d)
{
    for (size_t i = 0; i < rs->n_rules; i++)
        check_rule(rs->rules[i], d);
    for (size_t i = 0; i < rs->n_phases; i++)
        never_clause(rs->phases[i].when, rs->phases[i].id, d);
    for (size_t i = 0; i < rs->n_requirements; i++)
        never_clause(rs->requirements[i].when, rs->requirements[i].id, d);
    for (size_t i = 0; i < rs->n_special; i++)
        never_clause(rs->special[i].when, rs->special[i].id, d);
    for (size_t i = 0; i < rs->n_keys; i++)
        if (rs->order[i].kind == ORDER_FIRST || rs->order[i].kind == ORDER_LAST)
            never_clause(rs->order[i].expr, rs->order[i].id, d);
    for (size_t i = 0; i < rs->n_order; i++)
        for (size_t k = 0; rs->order[i].cases && k < rs->order[i].n_best; k++)
            never_clause(rs->order[i].cases[k], rs->order[i].id, d);
    never_clause(rs->hours.counts, "hours counts", d);
}

/* ---- shadowed ---- */

/* Rules one of which holds instead. */
struct others {
    const struct rule *const *rules;
    size_t n;
    enum wish_is is; /* what each must be for `r` to count */
    bool (*beats)(const struct rule *other, const struct rule *r);
};

static void say_shadowed(const struct rule *r, const struct rule *by,
                         struct diag *d)
{
    if (by)
        diag_warn(d, r->at, "shadowed",
                  "規則「%s」は決して点になりません。当てはまるときは必ず、"
                  "規則「%s」が先に採られます",
                  "rule \"%s\" never counts: whenever it holds, rule \"%s\" is "
                  "taken instead",
                  r->id, by->id);
    else
        diag_warn(d, r->at, "shadowed",
                  "規則「%s」は決して点になりません。当てはまるときは必ず、"
                  "ほかの規則のどれかが先に採られます",
                  "rule \"%s\" never counts: whenever it holds, one of the "
                  "other rules is taken instead",
                  r->id);
}

/* Whether `r` never counts beside the rules of `o` from `from` to `to`. */
static bool hidden(const struct rule *r, const struct others *o, size_t from,
                   size_t to)
{
    struct wish wishes[EXPR_NEVER_WISHES];
    size_t n = 0;
    wishes[n++] = (struct wish){.e = r->when, .is = WISH_YES};
    for (size_t i = from; i < to; i++)
        if (o->rules[i] != r && o->beats(o->rules[i], r))
            wishes[n++] = (struct wish){.e = o->rules[i]->when, .is = o->is};
    return n > 1 && expr_never(wishes, n);
}

static void check_hidden(const struct rule *r, const struct others *o,
                         struct diag *d)
{
    if (never_yes(r->when))
        return; /* said already */
    size_t step = EXPR_NEVER_WISHES - 1;
    for (size_t from = 0; from < o->n; from += step) {
        size_t to = from + step < o->n ? from + step : o->n;
        if (!hidden(r, o, from, to))
            continue;
        while (from < to && !hidden(r, o, from, from + 1))
            from++;
        say_shadowed(r, from < to ? o->rules[from] : NULL, d);
        return;
    }
}

static bool comes_first(const struct rule *other, const struct rule *r)
{
    return other->index < r->index && always_gives(other);
}

/* The most (or least) points that an award can give; false: no bound. */
static bool award_bound(const struct award *w, bool most, milli_points *out);

static bool table_bound(const struct step_table *t, bool most,
                        milli_points *out)
{
    bool any = t->has_otherwise;
    milli_points best = t->otherwise;
    for (size_t i = 0; i < t->n; i++) {
        milli_points p = t->rows[i].points;
        if (t->rows[i].inner && !table_bound(t->rows[i].inner, most, &p))
            return false;
        if (!any || (most ? p > best : p < best))
            best = p;
        any = true;
    }
    *out = best;
    return any;
}

static bool award_bound(const struct award *w, bool most, milli_points *out)
{
    *out = w->points;
    switch (w->kind) {
    case AWARD_POINTS:
    case AWARD_RANK_LAST:
        return true;
    case AWARD_TABLE:
        return table_bound(w->table, most, out);
    case AWARD_MANUAL:
        *out = most ? w->to : w->from;
        return true;
    default:
        return false;
    }
}

static bool rule_bound(const struct rule *r, bool most, milli_points *out)
{
    bool ok = award_bound(&r->award, most, out);
    for (size_t i = 0; ok && i < r->n_but; i++) {
        milli_points p;
        if (r->but[i].award.kind == AWARD_NONE)
            continue;
        ok = award_bound(&r->but[i].award, most, &p);
        if (ok && (most ? p > *out : p < *out))
            *out = p;
    }
    return ok;
}

/* Of equals the first counts. */
static bool gives_more(const struct rule *other, const struct rule *r)
{
    milli_points most;
    return always_gives(other) && other->award.kind == AWARD_POINTS &&
           rule_bound(r, true, &most) &&
           (other->award.points > most ||
            (other->award.points == most && other->index < r->index));
}

static bool gives_less(const struct rule *other, const struct rule *r)
{
    milli_points least;
    return always_gives(other) && other->award.kind == AWARD_POINTS &&
           rule_bound(r, false, &least) &&
           (other->award.points < least ||
            (other->award.points == least && other->index < r->index));
}

static void check_group(const struct rule_group *g, struct diag *d)
{
    struct others o = {.rules = g->rules, .n = g->n, .is = WISH_NOT_YES};
    if (g->pick == PICK_SUM)
        return;
    o.beats = g->pick == PICK_HIGHEST  ? gives_more
              : g->pick == PICK_LOWEST ? gives_less
                                       : comes_first;
    if (g->pick == PICK_FIRST)
        o.is = WISH_NO; /* one that is unknown comes first too */
    for (size_t i = 0; i < g->n; i++)
        check_hidden(g->rules[i], &o, d);
}

/* A reason that is forced, or may be the second, counts in other ways. */
static void check_reasons(const struct ruleset *rs, struct diag *d)
{
    const struct rule_list *list = &rs->by_scope[RULE_REASON];
    struct others o = {list->rules, list->n, WISH_NOT_YES, gives_more};
    if (rs->choose != CHOOSE_HIGHEST || rs->has_second)
        return;
    for (size_t i = 0; i < list->n; i++)
        if (!list->rules[i]->forced)
            check_hidden(list->rules[i], &o, d);
}

static void check_buts(const struct rule *r, struct diag *d)
{
    for (size_t i = 1; i < r->n_but; i++) {
        struct wish wishes[EXPR_NEVER_WISHES] = {
            {.e = r->when, .is = WISH_YES},
            {.e = r->but[i].when, .is = WISH_YES}};
        size_t n = 2;
        if (expr_never(wishes, n))
            continue; /* said already */
        for (size_t k = 0; k < i && n < EXPR_NEVER_WISHES; k++)
            wishes[n++] = (struct wish){.e = r->but[k].when, .is = WISH_NO};
        if (expr_never(wishes, n))
            diag_warn(d, r->but[i].at, "shadowed",
                      "規則「%s」のこの but は使われません。当てはまるときは"
                      "必ず、前に書いた but が先に当てはまります",
                      "this but of rule \"%s\" is never used: whenever it "
                      "holds, one before it does",
                      r->id);
    }
}

static void check_phases(const struct ruleset *rs, struct diag *d)
{
    for (size_t i = 1; i < rs->n_phases; i++) {
        struct wish wishes[EXPR_NEVER_WISHES] = {
            {.e = rs->phases[i].when, .is = WISH_YES}};
        size_t n = 1;
        if (!rs->phases[i].when || expr_never(wishes, n))
            continue; /* the rest, or said already */
        for (size_t k = 0; k < i && n < EXPR_NEVER_WISHES; k++)
            if (rs->phases[k].when)
                wishes[n++] =
                    (struct wish){.e = rs->phases[k].when, .is = WISH_NOT_YES};
        if (expr_never(wishes, n))
            diag_warn(
                d, rs->phases[i].at, "shadowed",
                "段階「%s」には誰も入りません。条件を満たす児童は必ず、前の"
                "段階に入ります",
                "no one reaches phase \"%s\": whoever meets it is taken "
                "by one before",
                rs->phases[i].id);
    }
}

static bool asks_once(enum order_kind k)
{
    return k == ORDER_FIRST || k == ORDER_LAST || k == ORDER_HIGH ||
           k == ORDER_LOW;
}

/* Who is equal in a thing once is equal in it twice. */
static void check_keys(const struct ruleset *rs, struct diag *d)
{
    long budget = 100000;
    for (size_t i = 0; i < rs->n_order; i++)
        for (size_t k = 0; k < i; k++) {
            const struct order_key *key = &rs->order[i],
                                   *before = &rs->order[k];
            if (!asks_once(key->kind) || !asks_once(before->kind) ||
                !expr_same(key->expr, before->expr, &budget))
                continue;
            diag_warn(d, key->at, "shadowed",
                      "順位「%s」は何も決めません。「%s」が同じことをすでに見て"
                      "います",
                      "the key \"%s\" decides nothing: \"%s\" has looked at "
                      "the same already",
                      key->id, before->id);
            break;
        }
}

void check_shadowed(const struct ruleset *rs, struct diag *d)
{
    check_reasons(rs, d);
    for (size_t i = 0; i < rs->n_rules; i++) {
        const struct rule *r = rs->rules[i];
        if (r->group && r->group->n > 1 && r->group->rules[0] == r)
            check_group(r->group, d);
        check_buts(r, d);
    }
    check_phases(rs, d);
    check_keys(rs, d);
}
