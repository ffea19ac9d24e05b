/*
 * `expect` of an example, compared with the score of its first child. To add a
 * key: its function here and its row in the table; its meaning in
 * rules_test.h; its name among those no rule may have (load_value.c).
 */
#include "scoring/points/rules_expect.h"

#include "core/text.h"
#include "records/record_csv.h"
#include "scoring/points/score_run.h"
#include "scoring/points/slips.h"

#include <string.h>

/* ---- saying it ---- */

void expect_check(struct expectation *e, const char *what, const char *expected,
                  const char *actual, bool ok, struct pos at)
{
    struct example_result *r = e->out;
    struct arena *a = e->x->a;
    if (r->n_checks == e->capacity) {
        size_t capacity = r->n_checks ? r->n_checks * 2 : 8;
        r->checks =
            arena_grow(a, r->checks, r->n_checks, capacity, sizeof *r->checks);
        e->capacity = capacity;
    }
    r->checks[r->n_checks++] =
        (struct example_check){what, expected, actual, ok, at};
    if (ok)
        return;
    r->ok = false;
    diag_error(e->x->d, at, "example-fails",
               "例「%s」: %s は %s のはずですが %s になりました",
               "example \"%s\": %s should be %s and is %s", r->name, what,
               expected, actual);
}

void expect_wrong(struct expectation *e, const struct yaml *node,
                  const char *ja, const char *en)
{
    diag_label(e->x->d, node->at, "example-expect", (struct label){ja, en});
    e->out->ok = false;
}

void expect_points(struct expectation *e, const char *what,
                   const struct yaml *node, milli_points actual)
{
    milli_points p;
    const char *typed =
        node->kind == YAML_SCALAR ? slip_points(node->text, e->x->a) : NULL;
    bool good = example_points(node, &p);
    if (!good && typed) {
        e->out->ok = diag_error(e->x->d, node->at, "example-expect",
                                "「%s」は「%s」と書いてください",
                                "for \"%s\" write \"%s\"", node->text, typed);
        return;
    }
    if (!good) {
        expect_wrong(e, node, "ここには点数を書いてください (例: 20、-3、1.5)",
                     "a number of points is expected here (20, -3, 1.5)");
        return;
    }
    struct arena *a = e->x->a;
    expect_check(e, what, points_format(p, a), points_format(actual, a),
                 p == actual, node->at);
}

void expect_yes_no(struct expectation *e, const char *what,
                   const struct yaml *node, bool actual)
{
    bool yes;
    if (yaml_bool(node, &yes, NULL))
        expect_check(e, what, yes ? "yes" : "no", actual ? "yes" : "no",
                     yes == actual, node->at);
    else
        expect_wrong(e, node, "ここには yes か no を書いてください",
                     "yes or no is expected here");
}

/* ---- totals ---- */

static void want_total(struct expectation *e, const struct yaml *node)
{
    expect_points(e, "total", node, e->child->total);
}

static void want_base(struct expectation *e, const struct yaml *node)
{
    expect_points(e, "base", node, e->child->base);
}

static void want_adjust(struct expectation *e, const struct yaml *node)
{
    expect_points(e, "adjust", node, e->child->adjust);
}

static void want_guardians(struct expectation *e, const struct yaml *node)
{
    if (node->kind != YAML_LIST || node->n > 2) {
        expect_wrong(e, node, "guardians には [20, 16] のように書いてください",
                     "guardians takes a list such as [20, 16]");
        return;
    }
    for (size_t i = 0; i < node->n; i++)
        expect_points(e, arena_printf(e->x->a, "guardians %zu", i + 1),
                      node->items[i], e->child->guardian[i]);
}

static const struct pref_score *pref_at(const struct expectation *e,
                                        const char *facility)
{
    for (size_t i = 0; i < e->child->n_prefs; i++)
        if (strcmp(e->child->prefs[i].facility, facility) == 0)
            return &e->child->prefs[i];
    return NULL;
}

static void no_such_preference(struct expectation *e, const struct yaml *key)
{
    expect_wrong(e, key, "この施設は例の preferences にありません",
                 "this facility is not among the preferences of the example");
}

static void want_at(struct expectation *e, const struct yaml *node)
{
    if (node->kind != YAML_MAP)
        expect_wrong(e, node, "at には {施設番号: 合計} を書いてください",
                     "at takes {facility: total}");
    for (size_t i = 0; node->kind == YAML_MAP && i < node->n; i++) {
        const struct pref_score *p = pref_at(e, node->keys[i]->text);
        if (p)
            expect_points(e,
                          arena_printf(e->x->a, "at %s", node->keys[i]->text),
                          node->items[i], p->total);
        else
            no_such_preference(e, node->keys[i]);
    }
}

static void want_provisional(struct expectation *e, const struct yaml *node)
{
    expect_yes_no(e, "provisional", node, e->child->provisional);
}

static void want_rank_last(struct expectation *e, const struct yaml *node)
{
    expect_yes_no(e, "rank_last", node, e->pref->rank_last);
}

static void want_phase(struct expectation *e, const struct yaml *node)
{
    const struct ruleset *rs = e->x->rules;
    size_t i = (size_t)e->pref->phase;
    const char *actual = i < rs->n_phases ? rs->phases[i].id : "-";
    if (node->kind != YAML_SCALAR)
        expect_wrong(e, node, "phase には段階の id を書いてください",
                     "phase takes the id of a phase");
    else
        expect_check(e, "phase", node->text, actual,
                     strcmp(node->text, actual) == 0, node->at);
}

/* ---- rules ---- */

/* What a rule came to: for a guardian (-1: all), at a preference (ALL: those
 * of the child, else of the first preference that has any). */
static milli_points rule_points(const struct expectation *e,
                                const struct rule *r, int guardian,
                                int preference, bool *counts)
{
    milli_points sum = 0;
    int here = PREFERENCE_ALL;
    *counts = false;
    for (size_t i = 0; i < e->child->n_lines; i++) {
        const struct score_line *l = &e->child->lines[i];
        if (l->rule != r || !l->counted ||
            (guardian >= 0 && l->guardian != guardian))
            continue;
        if (preference == PREFERENCE_ALL && here == PREFERENCE_ALL)
            here = l->preference;
        if (l->preference != (preference == PREFERENCE_ALL ? here : preference))
            continue;
        *counts = true;
        sum = add_points(sum, l->points);
    }
    return sum;
}

static void want_rule_at(struct expectation *e, const struct rule *r,
                         const struct yaml *map)
{
    bool counts;
    for (size_t i = 0; i < map->n; i++) {
        const struct pref_score *p = pref_at(e, map->keys[i]->text);
        if (!p) {
            no_such_preference(e, map->keys[i]);
            continue;
        }
        milli_points sum =
            rule_points(e, r, -1, (int)(p - e->child->prefs), &counts);
        const char *what =
            arena_printf(e->x->a, "%s at %s", r->id, map->keys[i]->text);
        expect_points(e, what, map->items[i], sum);
    }
}

static void want_rule(struct expectation *e, const struct rule *r,
                      const struct yaml *node)
{
    bool counts;
    if (node->kind == YAML_MAP) {
        want_rule_at(e, r, node);
        return;
    }
    if (node->kind == YAML_SCALAR) {
        milli_points sum = rule_points(e, r, -1, PREFERENCE_ALL, &counts);
        expect_points(e, r->id, node, sum);
        return;
    }
    for (size_t i = 0; i < node->n && i < 2; i++)
        expect_points(e, arena_printf(e->x->a, "%s %zu", r->id, i + 1),
                      node->items[i],
                      rule_points(e, r, (int)i, PREFERENCE_ALL, &counts));
}

static void want_not(struct expectation *e, const struct yaml *node)
{
    if (node->kind != YAML_LIST)
        expect_wrong(e, node, "not には規則の id を [ ] で並べてください",
                     "not takes a list of rule ids");
    for (size_t i = 0; node->kind == YAML_LIST && i < node->n; i++) {
        const struct yaml *item = node->items[i];
        const struct rule *r = item->kind == YAML_SCALAR
                                   ? ruleset_find(e->x->rules, item->text)
                                   : NULL;
        if (!r) {
            expect_wrong(e, item, "この id の規則はありません",
                         "there is no rule with this id");
            continue;
        }
        bool counts = e->x->touched[r->index];
        expect_check(e, arena_printf(e->x->a, "not %s", r->id), "no",
                     counts ? "yes" : "no", !counts, item->at);
    }
}

/* ---- the table ---- */

static const struct {
    const char *key;
    void (*want)(struct expectation *, const struct yaml *);
} wants[] = {
    {"total", want_total},
    {"base", want_base},
    {"adjust", want_adjust},
    {"guardians", want_guardians},
    {"at", want_at},
    {"not", want_not},
    {"provisional", want_provisional},
    {"rank_last", want_rank_last},
    {"phase", want_phase},
    {"order", expect_order},
    {"seats", expect_seats},
};
#define N_WANTS (sizeof wants / sizeof wants[0])

static void unknown_key(struct expectation *e, const struct yaml *key)
{
    const struct ruleset *rs = e->x->rules;
    const char **ids =
        ARENA_ARRAY(e->x->a, const char *, rs->n_rules + N_WANTS);
    size_t n = 0;
    for (; n < rs->n_rules; n++)
        ids[n] = rs->rules[n]->id;
    for (size_t i = 0; i < N_WANTS; i++)
        ids[n++] = wants[i].key;
    const char *near = text_nearest(key->text, ids, n);
    const char *typed = slip_find(SLIP_EXPECT, key->text, e->x->a);
    e->out->ok = false;
    if (typed)
        diag_error(e->x->d, key->at, "example-expect",
                   "「%s」は「%s」と書いてください", "for \"%s\" write \"%s\"",
                   key->text, typed);
    else if (near)
        diag_error(e->x->d, key->at, "example-expect",
                   "expect に「%s」とは書けません。「%s」ですか？",
                   "expect has no \"%s\"; did you mean \"%s\"?", key->text,
                   near);
    else
        diag_error(e->x->d, key->at, "example-expect",
                   "expect に「%s」とは書けません。規則の id か total などを"
                   "書いてください",
                   "expect has no \"%s\": write the id of a rule, total and "
                   "its like",
                   key->text);
}

static void want_one(struct expectation *e, const struct yaml *key,
                     const struct yaml *value)
{
    for (size_t i = 0; i < N_WANTS; i++)
        if (strcmp(wants[i].key, key->text) == 0) {
            wants[i].want(e, value);
            return;
        }
    const struct rule *r = ruleset_find(e->x->rules, key->text);
    if (r)
        want_rule(e, r, value);
    else
        unknown_key(e, key);
}

/* Points that are provisional are no proof of anything, unless they are meant
 * to be. */
static void want_settled(struct expectation *e, struct pos at)
{
    const struct child_score *c = e->child;
    const char *actual = "yes";
    if (!c->provisional)
        return;
    for (size_t i = 0; i < c->n_unknowns; i++)
        if (!c->unknowns[i].order && !c->unknowns[i].phase &&
            !c->unknowns[i].special)
            actual =
                arena_printf(e->x->a, "%s %s", actual,
                             score_unknown_text(&e->x->scorer, &c->unknowns[i],
                                                LANG_JA, e->x->a));
    expect_check(e, "provisional", "no", actual, false, at);
}

void example_expect(struct example *x, const struct yaml *expect,
                    struct example_result *out)
{
    struct expectation e = {.x = x,
                            .child = &x->score.children[0],
                            .pref = &x->score.children[0].prefs[0],
                            .out = out};
    if (!expect || expect->kind != YAML_MAP || expect->n == 0) {
        struct pos at = expect ? expect->at : out->at;
        out->ok = diag_error(x->d, at, "example-expect",
                             "例には expect: {total: 36} のように期待する結果を"
                             "書いてください",
                             "an example needs expect: {total: 36}");
        return;
    }
    for (size_t i = 0; i < expect->n; i++)
        want_one(&e, expect->keys[i], expect->items[i]);
    if (!yaml_find(expect, "provisional"))
        want_settled(&e, out->at);
}
