/* Manual points 適宜 against the rules they are entered for. */
#include "records/record_csv.h"
#include "scoring/points/score_plan.h"

#include <string.h>

/* The lowest and the highest that may be entered; false: fixed points. */
struct range {
    milli_points from, to;
    bool any;
};

static void widen(struct range *r, const struct award *w)
{
    if (w->kind != AWARD_MANUAL)
        return;
    if (!r->any || w->from < r->from)
        r->from = w->from;
    if (!r->any || w->to > r->to)
        r->to = w->to;
    r->any = true;
}

static struct range rule_range(const struct rule *rule)
{
    struct range r = {0};
    widen(&r, &rule->award);
    for (size_t i = 0; i < rule->n_but; i++)
        widen(&r, &rule->but[i].award);
    return r;
}

static bool scope_fits(enum rule_scope scope, const struct manual_points *m)
{
    if (scope == RULE_REASON || scope == RULE_GUARDIAN)
        return m->person > 0 && !*m->child;
    if (m->person > 0)
        return false;
    return scope != RULE_HOUSEHOLD || !*m->child;
}

static bool check_scope(enum rule_scope scope, const struct manual_points *m,
                        struct diag *d)
{
    if (scope_fits(scope, m))
        return true;
    struct label whose = rule_scope_label(scope);
    struct arena mem = ARENA_INIT;
    struct label what = {
        arena_printf(&mem,
                     "規則「%s」は「%s」の規則です。児童番号と人番号をそれに"
                     "合わせてください",
                     m->rule, whose.ja),
        arena_printf(&mem,
                     "rule \"%s\" is a rule of the %s: give the child and "
                     "person numbers that go with it",
                     m->rule, whose.en)};
    diag_label(d, m->at, "manual-scope", what);
    arena_release(&mem);
    return false;
}

static bool check_range(struct range r, const struct manual_points *m,
                        struct diag *d)
{
    if (m->points >= r.from && m->points <= r.to)
        return true;
    struct arena mem = ARENA_INIT;
    diag_error(d, m->at, "manual-range",
               "規則「%s」の点数 %s は %s から %s までの外にあります",
               "for rule \"%s\" %s points were entered, outside %s to %s",
               m->rule, points_format(m->points, &mem),
               points_format(r.from, &mem), points_format(r.to, &mem));
    arena_release(&mem);
    return false;
}

static bool check_approver(const struct manual_points *m, struct diag *d)
{
    if (m->reason && *m->reason && m->approved_by && *m->approved_by)
        return true;
    return diag_error(d, m->at, "manual-approver",
                      "規則「%s」の点数には理由と承認者の両方が必要です",
                      "the points for rule \"%s\" need both a reason and an "
                      "approver",
                      m->rule);
}

static bool same_place(const struct manual_points *x,
                       const struct manual_points *y)
{
    return x->person == y->person && strcmp(x->household, y->household) == 0 &&
           strcmp(x->child, y->child) == 0 && strcmp(x->rule, y->rule) == 0;
}

static bool check_one(const struct ruleset *rs, const struct manual_points *m,
                      struct diag *d)
{
    const struct rule *rule = ruleset_find(rs, m->rule);
    const struct order_key *key = ruleset_find_order(rs, m->rule);
    if (!rule && !key)
        return diag_error(d, m->at, "manual-unknown-rule",
                          "「%s」という規則はありません",
                          "there is no rule \"%s\"", m->rule);
    struct range range =
        key ? (struct range){key->from, key->to, true} : rule_range(rule);
    if (!range.any)
        return diag_error(d, m->at, "manual-not-manual",
                          "規則「%s」の点数は基準表で決まっていて、入力でき"
                          "ません",
                          "the points of rule \"%s\" are fixed by the table "
                          "and cannot be entered",
                          m->rule);
    bool ok = check_scope(key ? RULE_ORDER : rule->scope, m, d);
    ok = check_range(range, m, d) && ok;
    return check_approver(m, d) && ok;
}

bool manual_check(const struct scorer *s, struct diag *d)
{
    const struct record_set *set = s->set;
    bool ok = true;
    for (size_t i = 0; i < set->n_manual; i++) {
        const struct manual_points *m = &set->manual[i];
        ok = check_one(s->rules, m, d) && ok;
        if (i > 0 && same_place(m - 1, m))
            ok = diag_error(d, m->at, "manual-duplicate",
                            "規則「%s」の点数が同じ相手に二度入力されています",
                            "points for rule \"%s\" are entered twice for the "
                            "same person",
                            m->rule);
    }
    return ok;
}
