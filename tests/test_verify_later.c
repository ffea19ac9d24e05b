/*
 * A later round made again from records, the earlier run and the withdrawals
 * agrees with the one that the run module makes, by every policy, in one market
 * and phase by phase, by every method; and each check tells a planted fault.
 *
 * ./test_verify_later SEED tries another seed.
 */
#include "tests/points_help.h"
#include "tests/rebuild_made.h"

static uint64_t seed = 20270402;

static const struct {
    const char *path, *method;
    enum round_policy_word policy;
    bool enrolled;
} rounds[] = {
    {"tests/verify_rules/special.yaml", NULL, POLICY_FREED, false},
    {"tests/verify_rules/special.yaml", NULL, POLICY_EVERYONE, false},
    {"tests/verify_rules/special.yaml", "points_order", POLICY_WAITING_FIRST,
     false},
    {"tests/verify_rules/special.yaml", NULL, POLICY_TOGETHER, true},
    {"tests/verify_rules/order.yaml", NULL, POLICY_TOGETHER, false},
    {"tests/verify_rules/order.yaml", "preference_rounds", POLICY_WAITING_FIRST,
     true},
    {"tests/verify_rules/order.yaml", NULL, POLICY_EVERYONE, false},
    {"tests/verify_rules/order.yaml", "points_order", POLICY_FREED, false},
};

static void later(struct made *x, size_t i)
{
    struct made first;
    made_first(&first, rounds[i].path, rounds[i].method, seed + i);
    made_later(x, &first, rounds[i].path, rounds[i].method, seed + i,
               rounds[i].policy, rounds[i].enrolled);
    made_release(&first);
}

static void a_later_round_made_again_agrees(void **state)
{
    (void)state;
    size_t held = 0, moved = 0, phases = 0;
    for (size_t i = 0; i < COUNT(rounds); i++) {
        struct made x;
        struct diag said = DIAG_INIT;
        later(&x, i);
        const struct run_result *r = &x.run.result;
        for (size_t p = 0; p < r->n_phases; p++) {
            const struct market *m = &r->phases[p].market;
            phases += m->n_children > 0;
            assert_true(made_check(&x, m, p, &said) > 0);
            for (size_t c = 0; c < m->n_children; c++) {
                held += m->children[c].current != MARKET_NONE;
                moved += r->phases[p].placement.matching.place[c] !=
                         m->children[c].current;
            }
        }
        help_print(&said);
        assert_int_equal(said.n, 0);
        diag_release(&said);
        made_release(&x);
    }
    assert_true(held > 100);
    assert_true(moved > 50);
    assert_true(phases > COUNT(rounds) + 4);
}

/* ---- faults ---- */

/* Everyone again: one that holds a decision and asks for something better. */
static struct market_family *asks(struct market *m)
{
    for (size_t f = 0; f < m->n_families; f++)
        if (m->families[f].n_entries &&
            m->children[m->families[f].children[0]].current != MARKET_NONE)
            return &m->families[f];
    fail_msg("nobody asks");
    return NULL;
}

static void nothing(struct market *m)
{
    (void)m;
}
/* As if it had not been decided. */
static void decision_forgotten(struct market *m)
{
    m->children[asks(m)->children[0]].current = MARKET_NONE;
}
static void a_wish_less(struct market *m)
{
    asks(m)->n_entries--;
}
/* What it has is no wish, and what comes after it is none. */
static void a_wish_below_what_it_has(struct market *m)
{
    struct market_family *f = asks(m);
    static int32_t more[REBUILD_ENTRIES_MAX];
    size_t n = f->n_entries * f->n_children;
    memcpy(more, f->entries, n * sizeof *more);
    for (size_t k = 0; k < f->n_children; k++)
        more[n + k] = m->children[f->children[k]].current;
    f->entries = more;
    f->n_entries++;
}
static void another_in_an_order(struct market *m)
{
    for (size_t f = 0; f < m->n_facilities; f++)
        for (size_t c = 0; m->facilities[f].n_priority && c < m->n_children;
             c++)
            if (m->children[c].current == (int32_t)f) {
                m->facilities[f].priority[0] = (int32_t)c;
                return;
            }
    fail_msg("nobody holds a seat that others ask for");
}
static const struct {
    size_t round;
    void (*plant)(struct market *m);
    const char *check; /* NULL: nothing is told */
} faults[] = {
    {6, nothing, NULL},
    {6, decision_forgotten, "child-differs"},
    {6, a_wish_less, "entries-differ"},
    {6, a_wish_below_what_it_has, "entries-differ"},
    {6, another_in_an_order, "order-incomplete"},
    {5, made_turns_swapped, "turns-differ"},
};

static void planted_faults_are_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(faults); i++) {
        struct made x;
        later(&x, faults[i].round);
        made_fault(&x, faults[i].plant, faults[i].check);
        made_release(&x);
    }
}

/* The verifier is told of a round that was not: what is in the file is then
 * another market. */
static void another_story_is_another_market(void **state)
{
    (void)state;
    struct made x;
    struct diag said = DIAG_INIT;
    later(&x, 4);
    struct rebuild other = x.again;
    other.basis.policy = CHECKED_FREED; /* nothing for the new ones */
    rebuild_check_entries(&other, &x.run.result.phases[0].market, SIZE_MAX,
                          &said);
    assert_true(diag_has(&said, "entries-differ"));
    diag_release(&said);
    made_release(&x);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_later_round_made_again_agrees),
        cmocka_unit_test(planted_faults_are_told),
        cmocka_unit_test(another_story_is_another_market),
    };
    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    return cmocka_run_group_tests(tests, made_setup, made_teardown);
}
