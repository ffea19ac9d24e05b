/*
 * Two evaluators of the same rules say the same of everything: points, totals,
 * what is provisional, who may enter, every key of the order. The rules of
 * tests/verify_rules use every feature there is; the households are made up.
 *
 * ./test_verify_points SEED tries another seed.
 */
#include "tests/verify_pair.h"

static size_t open_seats; /* special ones, of all children */

/* Something both computed; `of` says what in a message. */
static bool same(const char *of, int64_t first, int64_t second,
                 const char *child, const char *facility)
{
    if (first == second)
        return true;
    print_error("child %s at %s: %s is %lld, recomputed %lld\n", child,
                facility, of, (long long)first, (long long)second);
    return false;
}

/* Special seats, and their own keys where one is open. */
static bool same_seats(const struct ruleset *rs, const char *child,
                       const struct pref_score *x,
                       const struct recomputed_pref *y)
{
    bool ok = true;
    for (size_t i = 0; i < rs->n_special; i++) {
        const struct special_seat *s = &rs->special[i];
        bool open = x->special && x->special[i];
        ok = same(s->id, open, y->special && y->special[i], child,
                  x->facility) &&
             ok;
        for (size_t k = s->first_own; open && k < s->first_own + s->n_own; k++)
            ok = same(rs->order[k].id, x->keys[k], y->keys[k], child,
                      x->facility) &&
                 ok;
        open_seats += open;
    }
    return ok;
}

static bool same_pref(const struct ruleset *rs, const char *child,
                      const struct pref_score *x,
                      const struct recomputed_pref *y)
{
    bool ok = same("facility", 0, strcmp(x->facility, y->facility), child,
                   x->facility);
    ok = same("number", x->number, y->number, child, x->facility) && ok;
    ok = same("total", x->total, y->total, child, x->facility) && ok;
    ok = same("may enter", x->ineligible == ELIGIBLE, y->may_enter, child,
              x->facility) &&
         ok;
    /* Of no consequence where the child cannot enter. */
    if (y->may_enter)
        ok = same("order unknown", x->order_unknown, y->order_unknown, child,
                  x->facility) &&
             ok;
    for (size_t k = 0; k < rs->n_order; k++)
        ok =
            same(rs->order[k].id, x->keys[k], y->keys[k], child, x->facility) &&
            ok;
    ok = same("phase", x->phase, y->phase, child, x->facility) && ok;
    return same_seats(rs, child, x, y) && ok;
}

static bool same_child(const struct ruleset *rs, const struct child_score *x,
                       const struct recomputed_child *y)
{
    bool ok = same("child", 0, strcmp(x->child, y->child), x->child, "");
    for (int i = 0; i < 2; i++)
        ok = same("guardian", x->guardian[i], y->guardian[i], x->child, "") &&
             ok;
    ok = same("base", x->base, y->base, x->child, "") && ok;
    ok = same("total", x->total, y->total, x->child, "") && ok;
    ok =
        same("provisional", x->provisional, y->provisional, x->child, "") && ok;
    if (!same("preferences", (int64_t)x->n_prefs, (int64_t)y->n_prefs, x->child,
              ""))
        return false;
    for (size_t k = 0; k < x->n_prefs; k++)
        ok = same_pref(rs, x->child, &x->prefs[k], &y->prefs[k]) && ok;
    return ok;
}

/* What was looked at, so that no table of rules passes by giving nothing. */
struct seen {
    size_t children, provisional, points, wrong;
};

static void same_household(const struct pair *p, size_t h,
                           const struct recomputed_child *children,
                           struct seen *seen)
{
    const struct household_score *hs = &p->scores[h];
    bool ok = true;
    for (size_t i = 0; i < hs->n_children; i++) {
        const struct child_score *c = &hs->children[i];
        ok = same_child(&p->rules, c, &children[i]) && ok;
        seen->children++;
        seen->provisional += c->provisional;
        seen->points += c->base != 0 || c->total != 0;
    }
    if (!ok && seen->wrong++ == 0)
        random_print(&p->set, &p->set.households[h]);
}

/* How many households differ; what else was seen is added to `seen`. */
static size_t differ(const char *path, const char *lottery, size_t households,
                     struct seen *seen)
{
    struct pair p;
    size_t first = 0, before = seen->wrong;
    pair_open(&p, path, lottery, households);
    for (size_t h = 0; h < p.set.n_households; h++) {
        same_household(&p, h, &p.children[first], seen);
        first += p.scores[h].n_children;
    }
    assert_int_equal(first, p.n_children);
    pair_release(&p);
    if (seen->wrong > before)
        print_error("%s: %zu households differ\n", path, seen->wrong - before);
    return seen->wrong - before;
}

#define HOUSEHOLDS 300
static void two_evaluators_agree(void **state)
{
    static const struct {
        const char *path, *lottery;
    } files[] = {
        {"tests/verify_rules/reasons.yaml", "seed"},
        {"tests/verify_rules/guardians.yaml", "seed"},
        {"tests/verify_rules/base-lower.yaml", "seed"},
        {"tests/verify_rules/base-higher.yaml", "seed"},
        {"tests/verify_rules/base-each.yaml", "seed"},
        {"tests/verify_rules/groups.yaml", "seed"},
        {"tests/verify_rules/totals.yaml", "seed"},
        {"tests/verify_rules/ranks.yaml", "seed"},
        {"tests/verify_rules/order.yaml", "seed"},
        {"tests/verify_rules/manual.yaml", "seed"},
        {"tests/verify_rules/hours-contract.yaml", "seed"},
        {"tests/verify_rules/hours-actual.yaml", "seed"},
        {"tests/verify_rules/hours-lower.yaml", ""},
        {"tests/verify_rules/hours-limit.yaml", "seed"},
        {"tests/verify_rules/lists.yaml", "seed"},
        {"tests/verify_rules/words.yaml", "seed"},
        {"tests/verify_rules/special.yaml", "seed"},
        {"rules/urasoe-r8.yaml", "seed"},
        {"rules/haebaru-r8.yaml", "seed"},
        {"rules/example-city/rules.yaml", "seed"},
    };
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct seen seen = {0};
        wrong += differ(files[i].path, files[i].lottery, HOUSEHOLDS, &seen);
        assert_true(seen.points > seen.children / 4);
        assert_true(seen.provisional > seen.children / 20);
        assert_true(seen.provisional < seen.children);
    }
    assert_int_equal(wrong, 0);
    assert_true(open_seats > HOUSEHOLDS / 10);
}

/* Every shape of a printed table, over fewer households: a shape alone gives
 * points to few of them. Fields of a city's own are not made up. */
#define SHAPES "fixtures/rules/shapes"
static void they_agree_on_every_shape(void **state)
{
    size_t n, wrong = 0;
    (void)state;
    struct seen seen = {0};
    struct diag d = DIAG_INIT;
    char **names = folder_list(SHAPES, &mem, &n, &d);
    assert_non_null(names);
    for (size_t i = 0; i < n; i++)
        if (strstr(names[i], ".yaml") &&
            strcmp(names[i], "own-fields.yaml") != 0)
            wrong +=
                differ(path_join(&mem, SHAPES, names[i]), "seed", 60, &seen);
    diag_release(&d);
    assert_int_equal(wrong, 0);
    assert_true(seen.points > seen.children / 4);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_evaluators_agree),
        cmocka_unit_test(they_agree_on_every_shape),
    };
    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    return cmocka_run_group_tests(tests, setup, teardown);
}
