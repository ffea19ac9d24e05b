/*
 * Later rounds against the definitions, on tiny random ones with every policy:
 * what was decided is kept, only what may be given is given, and of all
 * placements that the definitions allow the answer is the stable one that every
 * child likes best. Then the chains that the withdrawals set off.
 *
 * The number of rounds may be given: build/dev/tests/test_round 20000.
 */
#include "market_brute.h"
#include "market_text.h"
#include "round_random.h"

#include "core/buf.h"
#include "scoring/placement/place.h"
#include "scoring/placement/round_chain.h"
#include "scoring/verify/verify_market.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint64_t n_rounds = 1500;

struct answer {
    struct later_market later;
    struct placement placement;
    int place[TINY_CHILDREN]; /* by number; those gone: MARKET_NONE */
};

static void answer(const struct later *l, struct answer *out, struct arena *a)
{
    round_market(&l->plain, &l->round, l->round.n_gone, &out->later, a);
    place_market(&out->later.market, (struct place_options){.log = false},
                 &out->placement, a);
    for (int c = 0; c < TINY_CHILDREN; c++)
        out->place[c] = MARKET_NONE;
    for (int i = 0; i < l->n_kept; i++)
        out->place[l->kept[i]] = out->placement.matching.place[i];
}

/* Which of its options the household has by `place`; -1 none of them. */
static int option_held(const struct later *l, int home, const int *place)
{
    int options[LATER_OPTIONS][TINY_SIBLINGS];
    int n = later_options(l, home, options);
    for (int o = 0; o < n; o++) {
        bool same = true;
        int i = 0;
        for (int k = 0; k < l->t.size[home]; k++) {
            int child = l->t.child[home][k];
            if (!l->gone[child])
                same = same && place[child] == options[o][i++];
        }
        if (same)
            return o;
    }
    return -1;
}

static void kept_by_policy(uint64_t seed, const struct later *l,
                           const int *place)
{
    for (int c = 0; c < l->t.n_children; c++) {
        bool may_move = l->policy == ROUND_EVERYONE;
        if (l->gone[c])
            continue;
        if (l->decided[c] && place[c] != l->now[c] &&
            (!may_move || place[c] == MARKET_NONE))
            fail_msg("round %d: child %d lost its decision", (int)seed, c);
        if (l->is_new[c] && l->policy == ROUND_FREED && place[c] != MARKET_NONE)
            fail_msg("round %d: a new child has a freed seat", (int)seed);
    }
    for (int h = 0; h < l->t.n_homes; h++)
        if (option_held(l, h, place) < 0)
            fail_msg("round %d: household %d holds what it may not", (int)seed,
                     h);
}

/* Every placement that the definitions allow, household by household. */
static void best_of_all(uint64_t seed, const struct later *l, int home,
                        int *place, const int *mine)
{
    if (home == l->t.n_homes) {
        if (!later_feasible(l, place) || later_blocking(l, place))
            return;
        for (int h = 0; h < l->t.n_homes; h++)
            if (option_held(l, h, mine) > option_held(l, h, place))
                fail_msg("round %d: household %d could do better", (int)seed,
                         h);
        return;
    }
    int options[LATER_OPTIONS][TINY_SIBLINGS];
    int child = l->t.child[home][0];
    int n = l->gone[child] ? 1 : later_options(l, home, options);
    for (int o = 0; o < n; o++) {
        place[child] = l->gone[child] ? MARKET_NONE : options[o][0];
        best_of_all(seed, l, home + 1, place, mine);
    }
}

static void check_round(uint64_t seed, unsigned siblings,
                        enum round_policy policy, unsigned *looked_at)
{
    struct arena a = ARENA_INIT;
    struct later l;
    struct answer x;
    struct market_verdict v;
    int place[TINY_CHILDREN];
    if (later_make(seed, siblings, policy, &l, &a)) {
        answer(&l, &x, &a);
        assert_int_equal(x.later.short_of > 0, later_short(&l));
        kept_by_policy(seed, &l, x.place);
        if (!later_feasible(&l, x.place))
            fail_msg("round %d: more than there is", (int)seed);
        verify_market(&x.later.market, &x.placement.matching, &v, &a);
        if ((int)v.syy.entries != later_blocking(&l, x.place))
            fail_msg("round %d: %zu block, by definition %d", (int)seed,
                     v.syy.entries, later_blocking(&l, x.place));
        if (!siblings) {
            assert_int_equal(v.syy.entries, 0);
            best_of_all(seed, &l, 0, place, x.place);
        }
        for (size_t h = 0, home = 0; h < (size_t)l.t.n_homes; h++) {
            bool there = false;
            for (int k = 0; k < l.t.size[h]; k++)
                there = there || !l.gone[l.t.child[h][k]];
            if (there)
                assert_int_equal(x.later.unlisted[home++],
                                 later_unlisted(&l, (int)h));
        }
        ++*looked_at;
    }
    arena_release(&a);
}

static void check_policy(enum round_policy policy)
{
    unsigned looked_at = 0;
    for (uint64_t seed = 1; seed <= n_rounds; seed++) {
        check_round(seed, 0, policy, &looked_at);
        check_round(seed, 6, policy, &looked_at);
    }
    assert_true(looked_at > n_rounds);
}

static void freed_seats_go_to_those_waiting(void **state)
{
    (void)state;
    check_policy(ROUND_FREED);
}

static void new_and_waiting_are_placed_together(void **state)
{
    (void)state;
    check_policy(ROUND_TOGETHER);
}

static void those_waiting_come_first(void **state)
{
    (void)state;
    check_policy(ROUND_WAITING_FIRST);
}

static void everyone_again_and_nobody_is_worse_off(void **state)
{
    (void)state;
    check_policy(ROUND_EVERYONE);
}

/* ---- chains ---- */

/* Walks the moves of one withdrawal; every one once, each into the seat that
 * the one before it left. */
static void walk(const struct market *m, const struct round_gone *g,
                 const struct round_moves *x, int32_t *place)
{
    size_t seen = 0, added = 0;
    for (size_t i = 0; i < x->chains.n; i++) {
        const struct move_chain *chain = &x->chains.items[i];
        int32_t seat = MARKET_NONE;
        for (size_t k = 0; k < chain->n; k++, seen++) {
            size_t at = x->chains.order[chain->first + k];
            const struct move *move = &x->moves[at];
            int32_t child = x->who[at].child;
            if (k)
                assert_int_equal(move->to, seat);
            seat = move->from;
            assert_int_equal(
                place[child] == MARKET_NONE
                    ? MARKET_NONE
                    : round_pool(m, place[child], m->children[child].class_age),
                move->from);
        }
        if (chain->start != CHAIN_ADDED)
            continue;
        added++;
        assert_int_equal(x->moves[x->chains.order[chain->first]].to,
                         round_pool(m, g->held, g->class_age));
    }
    assert_int_equal(seen, x->n);
    assert_true(added <= 1);
}

static struct round_phases phases_of(const struct round *r,
                                     const struct round_phase *one)
{
    return (struct round_phases){r->policy, one, 1, r->gone, r->n_gone};
}

static void chains_lead_from_no_withdrawal_to_the_result(void **state)
{
    (void)state;
    unsigned moves = 0;
    for (uint64_t seed = 1; seed <= n_rounds; seed++) {
        struct arena a = ARENA_INIT;
        struct later l;
        struct answer x;
        struct round_chains c;
        unsigned siblings = seed % 2 ? 0 : 5;
        if (later_make(seed, siblings, (enum round_policy)(seed / 2 % 4), &l,
                       &a)) {
            answer(&l, &x, &a);
            const struct round_phase one = {l.plain, l.children};
            const struct round_phases all = phases_of(&l.round, &one);
            round_chains(&all, &x.placement.matching, NULL, &c, &a);
            int32_t *place = c.start[0].place;
            for (size_t i = 0; i < l.round.n_gone; i++) {
                struct later_market between;
                struct placement p;
                round_market(&l.plain, &l.round, i + 1, &between, &a);
                place_market(&between.market,
                             (struct place_options){.log = false}, &p, &a);
                walk(&l.plain, &l.round.gone[i], &c.of[i], place);
                moves += (unsigned)c.of[i].n;
                for (size_t k = 0; k < c.of[i].n; k++)
                    place[c.of[i].who[k].child] =
                        p.matching.place[c.of[i].who[k].child];
                assert_memory_equal(place, p.matching.place,
                                    p.matching.n * sizeof *place);
            }
            assert_memory_equal(place, x.placement.matching.place,
                                c.start[0].n * sizeof *place);
        }
        arena_release(&a);
    }
    print_message("%u moves after withdrawals\n", moves);
    assert_true(moves * 20 > n_rounds);
}

/* 0002 has moon and would rather have sun; 0003 waits for moon. */
static void a_chain_as_a_person_would_tell_it(void **state)
{
    (void)state;
    static const char text[] =
        "at moon seats 1:1 order 0002 0003\n"
        "at sun  seats 1:1 order 0002 0003\n"
        "0002 age 1 wants sun moon\n0003 age 1 wants sun moon\n---\n";
    struct arena a = ARENA_INIT;
    struct market m;
    struct placement p;
    struct later_market later;
    struct round_chains c;
    market_from_text(text, &m, &a);
    int32_t sun = facility_named(&m, "sun"), moon = facility_named(&m, "moon");
    const struct round_child children[] = {{ROUND_DECIDED, moon},
                                           {ROUND_WAITING, MARKET_NONE}};
    const struct round_gone gone[] = {{1, sun, MARKET_NONE}};
    struct round r = {ROUND_EVERYONE, children, gone, 1};
    round_market(&m, &r, 1, &later, &a);
    place_market(&later.market, (struct place_options){.log = false}, &p, &a);
    assert_int_equal(p.matching.place[0], sun);
    assert_int_equal(p.matching.place[1], moon);
    const struct round_phase one = {m, children};
    const struct round_phases all = phases_of(&r, &one);
    round_chains(&all, &p.matching, NULL, &c, &a);
    assert_int_equal(c.of[0].n, 2);
    assert_int_equal(c.of[0].chains.n, 1);
    const struct move_chain *chain = &c.of[0].chains.items[0];
    assert_int_equal(chain->start, CHAIN_ADDED);
    assert_int_equal(chain->end, CHAIN_FROM_NONE);
    assert_int_equal(c.of[0].who[c.of[0].chains.order[0]].child, 0);
    assert_int_equal(c.of[0].who[c.of[0].chains.order[1]].child, 1);
    /* With what was decided left alone the one who waits gets sun at once. */
    r.policy = ROUND_FREED;
    round_market(&m, &r, 1, &later, &a);
    place_market(&later.market, (struct place_options){.log = false}, &p, &a);
    assert_int_equal(p.matching.place[0], moon);
    assert_int_equal(p.matching.place[1], sun);
    arena_release(&a);
}

/* One seat of the pool was given back and another child came back to it: no
 * freed seat is left, though the city has a seat more than before. */
static void who_comes_back_sits_on_a_freed_seat(void **state)
{
    (void)state;
    static const char text[] = "at moon seats 1:1 order\n"
                               "at sun  seats 0:2 1:1 pool 0+1 order 0001\n"
                               "0001 age 0 wants sun\n---\n";
    struct arena a = ARENA_INIT;
    struct market m;
    struct placement p;
    struct later_market later;
    market_from_text(text, &m, &a);
    int32_t sun = facility_named(&m, "sun"), moon = facility_named(&m, "moon");
    const struct round_child child = {ROUND_WAITING, MARKET_NONE};
    const struct round_gone gone[] = {{0, sun, MARKET_NONE}, {1, moon, sun}};
    struct round r = {ROUND_FREED, &child, gone, 2};
    round_market(&m, &r, 2, &later, &a);
    place_market(&later.market, (struct place_options){.log = false}, &p, &a);
    assert_int_equal(p.matching.place[0], MARKET_NONE);
    round_market(&m, &r, 1, &later, &a);
    place_market(&later.market, (struct place_options){.log = false}, &p, &a);
    assert_int_equal(p.matching.place[0], sun);
    arena_release(&a);
}

/* ---- phases one after another ---- */

/* The households of one phase with their children's numbers; the others are
 * not in it. */
struct part {
    struct round_phase phase;
    struct round_child children[TINY_CHILDREN];
    int kept[TINY_CHILDREN];
};

static void make_part(const struct later *l, int odd, struct part *out,
                      struct arena *a)
{
    struct market *m = &out->phase.plain;
    size_t n = 0;
    *m = l->plain;
    m->children = ARENA_ARRAY(a, struct market_child, l->plain.n_children);
    m->families = ARENA_ARRAY(a, struct market_family, l->plain.n_families);
    m->facilities =
        ARENA_ARRAY(a, struct market_facility, l->plain.n_facilities);
    int32_t *new_number = ARENA_ARRAY(a, int32_t, l->plain.n_children);
    for (size_t c = 0; c < l->plain.n_children; c++) {
        new_number[c] = MARKET_NONE;
        if (l->plain.children[c].family % 2 != odd)
            continue;
        m->children[n] = l->plain.children[c];
        m->children[n].family /= 2;
        out->children[n] = l->children[c];
        out->kept[n] = l->kept[c];
        new_number[c] = (int32_t)n++;
    }
    m->n_children = n;
    m->n_families = 0;
    for (size_t f = (size_t)odd; f < l->plain.n_families; f += 2) {
        struct market_family *to = &m->families[m->n_families++];
        *to = l->plain.families[f];
        to->children = ARENA_ARRAY(a, int32_t, to->n_children);
        for (size_t k = 0; k < to->n_children; k++)
            to->children[k] = new_number[l->plain.families[f].children[k]];
    }
    for (size_t f = 0; f < m->n_facilities; f++) {
        const struct market_facility *from = &l->plain.facilities[f];
        struct market_facility *to = &m->facilities[f];
        *to = *from;
        to->priority = ARENA_ARRAY(a, int32_t, from->n_priority);
        to->n_priority = 0;
        to->score = NULL;
        for (size_t i = 0; i < from->n_priority; i++)
            if (new_number[from->priority[i]] != MARKET_NONE)
                to->priority[to->n_priority++] = new_number[from->priority[i]];
    }
    out->phase.children = out->children;
}

/* Whose turn it is not holds what it has. */
static void keep_odd_homes(struct later *l)
{
    size_t home = 0;
    for (int h = 0; h < l->t.n_homes; h++) {
        bool there = false;
        for (int k = 0; k < l->t.size[h]; k++)
            there = there || !l->gone[l->t.child[h][k]];
        if (there && home++ % 2)
            l->t.n_entries[h] = 0;
    }
}

/* The first phase is the whole round with the others left as they are, by its
 * definition; the second is stable over what remains; together they keep every
 * promise. */
static void check_phases(uint64_t seed, const struct later *l, struct arena *a)
{
    struct part parts[2];
    struct round_phase phases[2];
    struct matching placed[2];
    int place[TINY_CHILDREN];
    for (int c = 0; c < TINY_CHILDREN; c++)
        place[c] = MARKET_NONE;
    for (int p = 0; p < 2; p++) {
        make_part(l, p, &parts[p], a);
        phases[p] = parts[p].phase;
    }
    const struct round_phases all = {l->policy, phases, 2, l->round.gone,
                                     l->round.n_gone};
    for (size_t i = 0; i < phases[1].plain.n_children; i++)
        place[parts[1].kept[i]] = round_sits(&phases[1], (int32_t)i);
    for (size_t p = 0; p < 2; p++) {
        struct later_market later;
        struct placement x;
        struct market_verdict v;
        round_phase_market(&all, p, all.n_gone, placed, &later, a);
        if (p == 0)
            assert_int_equal(later.short_of > 0, later_short(l));
        place_market(&later.market, (struct place_options){.log = false}, &x,
                     a);
        placed[p] = x.matching;
        for (size_t i = 0; i < x.matching.n; i++)
            place[parts[p].kept[i]] = x.matching.place[i];
        kept_by_policy(seed, l, place);
        if (!later_feasible(l, place))
            fail_msg("round %d: more than there is after phase %zu", (int)seed,
                     p + 1);
        verify_market(&later.market, &x.matching, &v, a);
        assert_int_equal(v.syy.entries, 0);
        if (p > 0)
            continue;
        struct later first = *l;
        keep_odd_homes(&first);
        assert_int_equal(later_blocking(&first, place), 0);
    }
}

static void phases_share_what_is_there(void **state)
{
    (void)state;
    unsigned looked_at = 0;
    for (uint64_t seed = 1; seed <= n_rounds; seed += 2)
        for (int policy = 0; policy < N_ROUND_POLICIES; policy++) {
            struct arena a = ARENA_INIT;
            struct later l;
            if (later_make(seed, 0, (enum round_policy)policy, &l, &a)) {
                check_phases(seed, &l, &a);
                looked_at++;
            }
            arena_release(&a);
        }
    assert_true(looked_at > n_rounds);
}

/* ---- turns ---- */

static void by_turns_those_waiting_come_first(void **state)
{
    (void)state;
    static const char text[] = "method points_order\nturns 0001 0002 0003\n"
                               "at sun seats 1:1 order 0001 0002 0003\n"
                               "0001 age 1 wants sun\n0002 age 1 wants sun\n"
                               "0003 age 1 wants sun\n---\n";
    struct arena a = ARENA_INIT;
    struct market m;
    struct placement p;
    struct later_market later;
    market_from_text(text, &m, &a);
    const struct round_child children[] = {{ROUND_NEW, MARKET_NONE},
                                           {ROUND_WAITING, MARKET_NONE},
                                           {ROUND_WAITING, MARKET_NONE}};
    struct round r = {ROUND_WAITING_FIRST, children, NULL, 0};
    round_market(&m, &r, 0, &later, &a);
    place_market(&later.market, (struct place_options){.log = false}, &p, &a);
    assert_int_equal(p.matching.place[0], MARKET_NONE);
    assert_int_equal(p.matching.place[1], 0);
    r.policy = ROUND_TOGETHER;
    round_market(&m, &r, 0, &later, &a);
    place_market(&later.market, (struct place_options){.log = false}, &p, &a);
    assert_int_equal(p.matching.place[0], 0);
    arena_release(&a);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(freed_seats_go_to_those_waiting),
        cmocka_unit_test(new_and_waiting_are_placed_together),
        cmocka_unit_test(those_waiting_come_first),
        cmocka_unit_test(everyone_again_and_nobody_is_worse_off),
        cmocka_unit_test(chains_lead_from_no_withdrawal_to_the_result),
        cmocka_unit_test(a_chain_as_a_person_would_tell_it),
        cmocka_unit_test(who_comes_back_sits_on_a_freed_seat),
        cmocka_unit_test(phases_share_what_is_there),
        cmocka_unit_test(by_turns_those_waiting_come_first),
    };
    if (argc > 1)
        n_rounds = strtoull(argv[1], NULL, 10);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
