/* The second evaluator notices when somebody changed what the first said:
 * points that differ, rows too few or too many, children in another order. */
#include "tests/verify_pair.h"

/* ---- points ---- */

#define TABLE "tests/verify_rules/totals.yaml"

struct claims {
    struct claimed_points *rows;
    size_t n;
    size_t firm, open; /* a row that is not provisional, one that is */
};

static void claim(struct claims *all, const struct child_score *c,
                  const char *household, const struct pref_score *pref)
{
    *(c->provisional ? &all->open : &all->firm) = all->n;
    all->rows[all->n++] =
        (struct claimed_points){.household = household,
                                .child = c->child,
                                .facility = pref ? pref->facility : "",
                                .base = c->base,
                                .total = pref ? pref->total : c->total,
                                .provisional = c->provisional,
                                .at = POS_FILE("scores.csv")};
}

/* As the first evaluator says, with room for one row more. */
static struct claims claims_of(struct pair *p)
{
    size_t most = p->set.tables[SCOPE_PREFERENCE].n_rows + p->n_children + 1;
    struct claims all = {.rows =
                             ARENA_ARRAY(&p->a, struct claimed_points, most)};
    for (size_t h = 0; h < p->set.n_households; h++) {
        const struct household_score *hs = &p->scores[h];
        const char *no = p->set.households[h].no;
        for (size_t i = 0; i < hs->n_children; i++) {
            const struct child_score *c = &hs->children[i];
            if (c->n_prefs == 0)
                claim(&all, c, no, NULL);
            for (size_t k = 0; k < c->n_prefs; k++)
                claim(&all, c, no, &c->prefs[k]);
        }
    }
    return all;
}

static void leave(struct claims *all)
{
    (void)all;
}

static void one_total(struct claims *all)
{
    all->rows[all->firm].total++;
}

static void one_base(struct claims *all)
{
    all->rows[all->firm].base -= 1000;
}

static void open_total(struct claims *all)
{
    all->rows[all->open].total += 5000;
}

static void called_firm(struct claims *all)
{
    all->rows[all->open].provisional = false;
}

static void called_open(struct claims *all)
{
    all->rows[all->firm].provisional = true;
}

static void drop_row(struct claims *all)
{
    all->rows[all->firm] = all->rows[--all->n];
}

static void drop_all(struct claims *all)
{
    all->n = 0;
}

static void row_twice(struct claims *all)
{
    all->rows[all->n] = all->rows[all->firm];
    all->n++;
}

static void new_child(struct claims *all)
{
    row_twice(all);
    all->rows[all->n - 1].child = "999999";
}

static void other_household(struct claims *all)
{
    all->rows[all->firm].household = "999999";
}

static void other_facility(struct claims *all)
{
    all->rows[all->firm].facility = "NOWHERE";
}

static void changed_points_are_noticed(void **state)
{
    static const struct {
        const char *what;
        void (*change)(struct claims *);
        const char *checks[2]; /* all that may be said, each at least once */
    } rows[] = {
        {"nothing", leave, {NULL}},
        {"one thousandth of a total", one_total, {"points-differ"}},
        {"a base", one_base, {"points-differ"}},
        {"a total that is provisional anyway", open_total, {NULL}},
        {"a provisional total called firm", called_firm, {"points-differ"}},
        {"a firm total called provisional", called_open, {"points-differ"}},
        {"a row dropped", drop_row, {"points-missing"}},
        {"all rows dropped", drop_all, {"points-missing"}},
        {"a row written twice", row_twice, {"points-extra"}},
        {"a row of a child who is not there", new_child, {"points-extra"}},
        {"a row under another household",
         other_household,
         {"points-extra", "points-missing"}},
        {"a row at another facility",
         other_facility,
         {"points-extra", "points-missing"}},
    };
    struct pair p;
    (void)state;
    pair_open(&p, TABLE, "seed", 60);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct diag d = DIAG_INIT;
        struct claims all = claims_of(&p);
        size_t whole = all.n, n_checks = 0;
        rows[i].change(&all);
        size_t compared = verify_points(&p.basis, all.rows, all.n, &d);
        for (size_t k = 0; k < 2 && rows[i].checks[k]; k++, n_checks++)
            if (!diag_has(&d, rows[i].checks[k]))
                fail_msg("%s: no %s", rows[i].what, rows[i].checks[k]);
        if (all.n > 0 && d.n != n_checks)
            fail_msg("%s: %zu findings", rows[i].what, d.n);
        assert_int_equal(d.n, all.n > 0 ? n_checks : whole);
        assert_int_equal(compared, all.n - diag_has(&d, "points-extra"));
        diag_release(&d);
    }
    pair_release(&p);
}

/* ---- orders ---- */

struct standing {
    const struct ruleset *rules;
    const char *household, *child;
    const struct pref_score *pref;
};

static int by_keys(const void *a, const void *b)
{
    const struct standing *x = a, *y = b;
    size_t key;
    int c = pref_score_compare(x->rules, x->pref, y->pref, &key);
    if (c == 0)
        c = strcmp(x->household, y->household);
    return c ? c : strcmp(x->child, y->child);
}

static const struct pref_score *wish_of(const struct child_score *c)
{
    for (size_t k = 0; k < c->n_prefs; k++)
        if (strcmp(c->prefs[k].facility, "SUN") == 0)
            return &c->prefs[k];
    return NULL;
}

/* Children who may enter SUN, best first, as the first evaluator says. */
static size_t order_of(struct pair *p, const char ***out)
{
    struct standing *list = ARENA_ARRAY(&p->a, struct standing, p->n_children);
    size_t n = 0;
    for (size_t h = 0; h < p->set.n_households; h++)
        for (size_t i = 0; i < p->scores[h].n_children; i++) {
            const struct child_score *c = &p->scores[h].children[i];
            const struct pref_score *wish = wish_of(c);
            if (wish && wish->ineligible == ELIGIBLE)
                list[n++] = (struct standing){
                    &p->rules, p->set.households[h].no, c->child, wish};
        }
    qsort(list, n, sizeof *list, by_keys);
    *out = ARENA_ARRAY(&p->a, const char *, n);
    for (size_t i = 0; i < n; i++)
        (*out)[i] = list[i].child;
    return n;
}

/* A child who does not name SUN, or names it and may not enter. */
static const char *stranger(const struct pair *p, bool names)
{
    for (size_t h = 0; h < p->set.n_households; h++)
        for (size_t i = 0; i < p->scores[h].n_children; i++) {
            const struct child_score *c = &p->scores[h].children[i];
            const struct pref_score *wish = wish_of(c);
            if (names ? wish && wish->ineligible != ELIGIBLE : !wish)
                return c->child;
        }
    fail_msg("there is no such child");
    return NULL;
}

static bool holds(const struct pair *p, const char *const *order, size_t n,
                  size_t findings)
{
    struct diag d = DIAG_INIT;
    struct claimed_order o = {"SUN", NULL, order, n};
    bool ok = verify_order(p->children, p->n_children, &p->rules, &o, &d);
    assert_int_equal(d.n, findings);
    assert_int_equal(diag_has(&d, "order-differs"), findings > 0);
    diag_release(&d);
    return ok;
}

static void swap(const char **order, size_t i, size_t k)
{
    const char *held = order[i];
    order[i] = order[k];
    order[k] = held;
}

static void a_changed_order_is_noticed(void **state)
{
    struct pair p;
    const char **order;
    (void)state;
    pair_open(&p, TABLE, "seed", 60);
    size_t n = order_of(&p, &order);
    assert_true(n > 10);
    assert_true(holds(&p, order, n, 0));
    assert_true(holds(&p, order, 0, 0));
    for (size_t i = 0; i + 1 < n; i++) {
        swap(order, i, i + 1);
        assert_false(holds(&p, order, n, 1));
        swap(order, i, i + 1);
    }
    swap(order, 0, n - 1); /* last, and first: two places are wrong */
    assert_false(holds(&p, order, n, 2));
    swap(order, 0, n - 1);
    /* In the place of the fourth. */
    const char *const intruders[] = {stranger(&p, false), stranger(&p, true),
                                     "999999", order[2]};
    for (size_t i = 0; i < COUNT(intruders); i++) {
        if (i < 3) /* not even alone */
            assert_false(holds(&p, &intruders[i], 1, 1));
        order[3] = intruders[i];
        assert_false(holds(&p, order, n, 1));
    }
    pair_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changed_points_are_noticed),
        cmocka_unit_test(a_changed_order_is_noticed),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
