/*
 * The market made again from records agrees with the one that the run module
 * makes, on made-up households with every sibling pattern, special seats and
 * phases; and each check tells a fault that is planted.
 *
 * ./test_verify_rebuild SEED tries another seed.
 */
#include "tests/points_help.h"
#include "tests/rebuild_made.h"

static uint64_t seed = 20270402;

/* ---- they agree ---- */

static const struct {
    const char *path, *method;
} rules[] = {
    {"tests/verify_rules/special.yaml", NULL},
    {"tests/verify_rules/special.yaml", "points_order"},
    {"tests/verify_rules/special.yaml", "preference_rounds"},
    {"tests/verify_rules/order.yaml", NULL},
    {"tests/verify_rules/order.yaml", "points_order"},
    {"rules/example-city/rules.yaml", NULL},
};

static void the_run_and_the_market_made_again_agree(void **state)
{
    (void)state;
    size_t siblings = 0, special = 0, phases = 0, own = 0;
    for (size_t i = 0; i < COUNT(rules); i++) {
        struct made x;
        struct diag said = DIAG_INIT;
        made_first(&x, rules[i].path, rules[i].method, seed + i);
        const struct run_result *r = &x.run.result;
        for (size_t p = 0; p < r->n_phases; p++) {
            phases += r->phases[p].market.n_children > 0;
            assert_true(made_check(&x, &r->phases[p].market, p, &said) > 0);
        }
        help_print(&said);
        assert_int_equal(said.n, 0);
        for (size_t k = 0; k < r->n_siblings; k++)
            siblings += r->siblings[k].n_entries > 3;
        for (size_t k = 0; k < r->n_applicants; k++) {
            special += r->applicants[k].won_seat != NULL;
            own += applicant_own_pref(&r->applicants[k]) != NOT_RANKED;
        }
        diag_release(&said);
        made_release(&x);
    }
    assert_true(siblings > MADE_HOUSEHOLDS / 2);
    assert_true(special > 8);
    assert_true(own > 20); /* who wrote its own place among its wishes */
    assert_true(phases > COUNT(rules) + 3);
}

/* ---- faults ---- */

/* A household of at least two children and two entries. */
static struct market_family *home(struct market *m)
{
    for (size_t f = 0; f < m->n_families; f++)
        if (m->families[f].n_children > 1 && m->families[f].n_entries > 2)
            return &m->families[f];
    fail_msg("no siblings");
    return NULL;
}

static void another_class(struct market *m)
{
    m->children[0].class_age = (m->children[0].class_age + 1) % MARKET_CLASSES;
}

static void another_place(struct market *m)
{
    m->children[0].current = m->children[0].current == 0 ? 1 : 0;
}

static void one_child_less(struct market *m)
{
    m->n_children--;
}

static void one_entry_less(struct market *m)
{
    home(m)->n_entries--;
}

static void two_entries_swapped(struct market *m)
{
    struct market_family *f = home(m);
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t held = f->entries[k];
        f->entries[k] = f->entries[f->n_children + k];
        f->entries[f->n_children + k] = held;
    }
}

static void another_household(struct market *m)
{
    home(m)->id = "999999";
}

static void left_out_of_an_order(struct market *m)
{
    for (size_t f = 0; f < m->n_facilities; f++)
        if (m->facilities[f].n_priority) {
            m->facilities[f].n_priority--;
            return;
        }
}

static void nothing(struct market *m)
{
    (void)m;
}

static const struct {
    void (*plant)(struct market *m);
    const char *check; /* NULL: nothing is told */
} faults[] = {
    {nothing, NULL},
    {another_class, "child-differs"},
    {another_place, "child-differs"},
    {one_child_less, "child-missing"},
    {one_entry_less, "entries-differ"},
    {two_entries_swapped, "entries-differ"},
    {another_household, "entries-differ"},
    {left_out_of_an_order, "order-incomplete"},
    {made_turns_swapped, "turns-differ"},
};

static void planted_faults_are_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(faults); i++) {
        struct made x;
        made_first(&x, "tests/verify_rules/order.yaml", "points_order", seed);
        made_fault(&x, faults[i].plant, faults[i].check);
        made_release(&x);
    }
}

/* The market of another phase has other children. */
static void the_wrong_phase_is_told(void **state)
{
    (void)state;
    struct made x;
    struct diag said = DIAG_INIT;
    made_first(&x, "tests/verify_rules/special.yaml", NULL, seed);
    rebuild_check_children(&x.again, &x.run.result.phases[1].market, 0, &said);
    assert_true(diag_has(&said, "child-missing"));
    diag_release(&said);
    made_release(&x);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_run_and_the_market_made_again_agree),
        cmocka_unit_test(planted_faults_are_told),
        cmocka_unit_test(the_wrong_phase_is_told),
    };
    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    return cmocka_run_group_tests(tests, made_setup, made_teardown);
}
