/*
 * The placer against every matching of tiny random markets: its answer is
 * feasible, stable, and of all stable matchings the one that every child
 * likes best. The verifier has to agree on each matching.
 */
#include "market_brute.h"
#include "market_text.h"

#include "core/buf.h"
#include "scoring/placement/chain.h"
#include "scoring/placement/cutoff.h"
#include "scoring/placement/market_file.h"
#include "scoring/placement/place.h"
#include "scoring/verify/verify_market.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define N_MARKETS 24000
/* The verifier sees each N-th matching of a market, and every stable one. */
#define VERIFY_EACH 5

static const int plain_names[] = {0, 1, 2, 3, 4};

static int option_of(const struct brute *b, size_t child, int32_t place)
{
    for (int i = 0; i < b->n_options[child]; i++)
        if (b->options[child][i] == place)
            return i;
    return -1;
}

static bool verifies(const struct market *m, int32_t *place, struct arena *a)
{
    struct market_verdict v;
    verify_market(m, &(struct matching){place, m->n_children}, &v, a);
    const struct market_check_result *waste = &v.checks[4],
                                     *envy = &v.checks[5];
    /* Of one child, a blocking entry is one or the other. */
    if (v.siblings_apart == 0 && v.checks[0].failed == 0 &&
        v.checks[1].failed == 0 && v.checks[2].failed == 0)
        assert_int_equal(v.n_blocking > 0, waste->failed + envy->failed > 0);
    return v.ok;
}

static void compare_all(uint64_t seed, const struct market *m,
                        const struct matching *answer, struct arena *a)
{
    struct brute b;
    bool answer_stable = false;
    unsigned nth = 0;
    brute_start(&b, m);
    do {
        bool stable = brute_stable(&b);
        if (stable || nth++ % VERIFY_EACH == 0)
            if (verifies(m, b.place, a) != stable)
                fail_msg("market %d: the verifier disagrees", (int)seed);
        if (!stable)
            continue;
        bool same = true;
        for (size_t c = 0; c < m->n_children; c++) {
            int mine = option_of(&b, c, answer->place[c]);
            same = same && mine == b.at[c];
            if (mine < 0 || mine > b.at[c])
                fail_msg("market %d: child %zu could do better", (int)seed, c);
        }
        answer_stable = answer_stable || same;
    } while (brute_next(&b));
    if (!answer_stable)
        fail_msg("market %d: the answer is not stable", (int)seed);
}

static void the_answer_is_stable_and_best_for_children(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= N_MARKETS; seed++) {
        struct arena a = ARENA_INIT;
        struct tiny t;
        struct market m;
        struct placement p;
        tiny_make(seed, &t);
        tiny_build(&t, plain_names, plain_names, 0, &m, &a);
        place_market(&m, (struct place_options){.log = false}, &p, &a);
        compare_all(seed, &m, &p.matching, &a);
        arena_release(&a);
    }
}

/* Ids decide who proposes first, and so does nothing else. */
static void names_and_order_of_lists_do_not_matter(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4000; seed++) {
        struct arena a = ARENA_INIT;
        struct tiny t;
        struct market m, other;
        struct placement p, q;
        uint64_t s = seed * 77;
        int names[] = {0, 1, 2, 3, 4}, places[] = {0, 1, 2};
        tiny_make(seed, &t);
        random_shuffle(&s, names, t.n_children);
        random_shuffle(&s, places, t.n_facilities);
        tiny_build(&t, plain_names, plain_names, 0, &m, &a);
        tiny_build(&t, names, places, seed, &other, &a);
        place_market(&m, (struct place_options){.log = true}, &p, &a);
        place_market(&other, (struct place_options){.log = true}, &q, &a);
        for (int c = 0; c < t.n_children; c++) {
            int32_t mine = p.matching.place[c];
            int32_t renamed = mine == MARKET_NONE ? mine : places[mine];
            assert_int_equal(q.matching.place[names[c]], renamed);
        }
        arena_release(&a);
    }
}

static void shuffled_lists_give_the_same_bytes(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 2000; seed++) {
        struct arena a = ARENA_INIT;
        struct buf one = BUF_INIT, two = BUF_INIT;
        struct tiny t;
        struct market m, other;
        tiny_make(seed, &t);
        tiny_build(&t, plain_names, plain_names, 0, &m, &a);
        tiny_build(&t, plain_names, plain_names, seed, &other, &a);
        market_write(&m, &one);
        market_write(&other, &two);
        assert_string_equal(one.bytes, two.bytes);
        buf_release(&one);
        buf_release(&two);
        arena_release(&a);
    }
}

/* Walking the log gives the matching. */
static void replay(const struct market *m, const struct placement *p)
{
    int32_t place[TINY_CHILDREN];
    size_t proposals = 0;
    for (size_t c = 0; c < m->n_children; c++)
        place[c] = m->children[c].current;
    for (size_t i = 0; i < p->n_steps; i++) {
        const struct place_step *s = &p->steps[i];
        proposals += s->kind == STEP_PROPOSE;
        if (s->kind == STEP_HOLD || s->kind == STEP_STAY)
            place[s->child] = s->facility;
        if (s->kind == STEP_REJECT && place[s->child] == s->facility)
            place[s->child] = MARKET_NONE;
        if (s->kind == STEP_EXHAUST)
            place[s->child] = MARKET_NONE;
        if (s->kind == STEP_LEAVE)
            assert_int_not_equal(place[s->child], s->facility);
    }
    assert_int_equal(proposals, p->proposals);
    for (size_t c = 0; c < m->n_children; c++)
        assert_int_equal(place[c], p->matching.place[c]);
}

static void check_outcome(const struct market *m, const struct placement *p,
                          struct arena *a)
{
    struct outcome o;
    int32_t placed = 0, listed = 0;
    bool taken[TINY_CHILDREN] = {false};
    outcome_build(m, &p->matching, &o, a);
    struct seat_fate *fates = seat_fates(m, &p->matching, a);
    for (size_t c = 0; c < m->n_children; c++) {
        placed += p->matching.place[c] != m->children[c].current;
        for (size_t k = o.first[c]; k < o.first[c + 1]; k++) {
            assert_int_not_equal(o.choices[k].result, CHOICE_SEAT_FREE);
            assert_true(o.choices[k].rank <= o.choices[k].applicants);
        }
        if (fates[c].kind != SEAT_TAKEN)
            continue;
        assert_false(taken[fates[c].taker]);
        taken[fates[c].taker] = true;
        assert_int_equal(p->matching.place[fates[c].taker],
                         m->children[c].current);
    }
    for (size_t i = 0; i < m->n_facilities * MARKET_CLASSES; i++)
        listed += o.cutoffs[i].placed;
    assert_int_equal(placed, listed);
}

static void log_and_reasons_agree_with_the_answer(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6000; seed++) {
        struct arena a = ARENA_INIT;
        struct tiny t;
        struct market m;
        struct placement p;
        tiny_make(seed, &t);
        tiny_build(&t, plain_names, plain_names, 0, &m, &a);
        place_market(&m, (struct place_options){.log = true}, &p, &a);
        replay(&m, &p);
        check_outcome(&m, &p, &a);
        arena_release(&a);
    }
}

static void the_log_tells_how_it_came(void **state)
{
    (void)state;
    static const struct place_step want[] = {
        {STEP_PROPOSE, 0, 1, -1}, {STEP_HOLD, 0, 1, -1},
        {STEP_PROPOSE, 1, 1, -1}, {STEP_HOLD, 1, 1, -1},
        {STEP_REJECT, 0, 1, 1},   {STEP_PROPOSE, 0, 0, -1},
        {STEP_STAY, 0, 0, -1},    {STEP_PROPOSE, 2, 1, -1},
        {STEP_REJECT, 2, 1, 1},   {STEP_EXHAUST, 2, -1, -1},
    };
    struct arena a = ARENA_INIT;
    struct market m;
    struct placement p;
    market_from_text("at moon seats 1:0 order\n"
                     "at sun  seats 1:1 order 0002 0001 0003\n"
                     "0001 age 1 in moon wants sun\n"
                     "0002 age 1 wants sun\n"
                     "0003 age 1 wants sun\n",
                     &m, &a);
    place_market(&m, (struct place_options){.log = true}, &p, &a);
    assert_int_equal(p.n_steps, sizeof want / sizeof want[0]);
    for (size_t i = 0; i < p.n_steps; i++) {
        assert_int_equal(p.steps[i].kind, want[i].kind);
        assert_int_equal(p.steps[i].child, want[i].child);
        assert_int_equal(p.steps[i].facility, want[i].facility);
        assert_int_equal(p.steps[i].other, want[i].other);
    }
    arena_release(&a);
}

static void siblings_placed_apart_are_counted(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct market m;
    struct placement p;
    market_from_text("at sun seats 1:2 order 0001 0002 0003\n"
                     "0001 age 1\n0002 age 1\n0003 age 1 wants sun\n"
                     "home f 0001 0002 wants sun,sun\n",
                     &m, &a);
    place_market(&m, (struct place_options){.log = false}, &p, &a);
    assert_int_equal(p.siblings_apart, 2);
    assert_null(p.steps);
    arena_release(&a);
}

static void an_empty_market_is_a_market(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct market m;
    struct placement p;
    struct market_verdict v;
    market_from_text("", &m, &a);
    place_market(&m, (struct place_options){.log = true}, &p, &a);
    verify_market(&m, &p.matching, &v, &a);
    assert_true(v.ok);
    assert_int_equal(p.proposals, 0);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_answer_is_stable_and_best_for_children),
        cmocka_unit_test(names_and_order_of_lists_do_not_matter),
        cmocka_unit_test(shuffled_lists_give_the_same_bytes),
        cmocka_unit_test(log_and_reasons_agree_with_the_answer),
        cmocka_unit_test(the_log_tells_how_it_came),
        cmocka_unit_test(siblings_placed_apart_are_counted),
        cmocka_unit_test(an_empty_market_is_a_market),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
