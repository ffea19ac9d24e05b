/* Chains of freed seats; cut-offs and reasons are told in the decisions. */
#include "market_text.h"

#include "core/buf.h"
#include "scoring/placement/chain.h"
#include "scoring/placement/cutoff.h"
#include "scoring/placement/place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct chain_case {
    const char *text, *from, *chain;
};

static const struct chain_case chains[] = {
    {"at sun seats 2:1 order 0001\nat moon seats 2:0 order 0002\n"
     "at star seats 2:0 order 0003\n"
     "0001 age 2 in moon wants sun\n0002 age 2 in star wants moon\n"
     "0003 age 2 wants star\n",
     "0001", "0001 0002 0003 (none)"},
    {"at sun seats 2:1 order 0001\nat moon seats 2:0 order 0002\n"
     "at star seats 2:0 keep 2 order 0003\n"
     "0001 age 2 in moon wants sun\n0002 age 2 in star wants moon\n"
     "0003 age 2 wants star\n",
     "0001", "0001 0002 (lapsed)"},
    {"at sun seats 3:0 order 0002\nat moon seats 3:0 order 0001\n"
     "0001 age 3 in sun wants moon\n0002 age 3 in moon wants sun\n",
     "0002", "0002 0001 (cycle)"},
    {"at sun seats 3:1 order 0001\nat moon seats 3:0 order\n"
     "0001 age 3 in moon wants sun\n",
     "0001", "0001 (empty)"},
    {"at sun seats 3:0 order\nat moon seats 3:0 order\n"
     "0001 age 3 in moon wants sun\n",
     "0001", "0001 (kept)"},
    /* moon has one seat on offer besides: the better ranked of the two who
     * come takes that one, the other one is there thanks to 0001. */
    {"at sun seats 3:1 order 0001\nat moon seats 3:1 order 0003 0002\n"
     "0001 age 3 in moon wants sun\n0002 age 3 wants moon\n"
     "0003 age 3 wants moon\n",
     "0001", "0001 0002 (none)"},
};

static void chains_end_or_come_back(void **state)
{
    (void)state;
    static const char *const ends[N_SEAT_FATES] = {"none", "kept", "taken",
                                                   "empty", "lapsed"};
    for (size_t i = 0; i < sizeof chains / sizeof chains[0]; i++) {
        struct arena a = ARENA_INIT;
        struct buf got = BUF_INIT;
        struct market m;
        struct placement p;
        size_t n;
        bool cycle;
        market_from_text(chains[i].text, &m, &a);
        place_market(&m, (struct place_options){.log = false}, &p, &a);
        struct seat_fate *fates = seat_fates(&m, &p.matching, &a);
        int32_t *chain =
            seat_chain(fates, child_named(&m, chains[i].from), &n, &cycle, &a);
        for (size_t k = 0; k < n; k++)
            buf_printf(&got, "%s ", m.children[chain[k]].id);
        buf_printf(&got, "(%s)",
                   cycle ? "cycle" : ends[fates[chain[n - 1]].kind]);
        assert_string_equal(got.bytes, chains[i].chain);
        buf_release(&got);
        arena_release(&a);
    }
}

static void a_rank_counts_the_class_only(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct market m;
    struct placement p;
    struct market_outcome o;
    market_from_text("at sun seats 1:1 2:1 order 0003 0001 0004 0002\n"
                     "0001 age 1 wants sun\n0002 age 1 wants sun\n"
                     "0003 age 2 wants sun\n0004 age 2 wants sun\n",
                     &m, &a);
    place_market(&m, (struct place_options){.log = false}, &p, &a);
    outcome_build(&m, &p.matching, &o, &a);
    const struct choice *c = &o.choices[o.first[child_named(&m, "0002")]];
    assert_int_equal(c->rank, 2);
    assert_int_equal(c->applicants, 2);
    assert_int_equal(c->result, CHOICE_FULL);
    assert_int_equal(c->last, child_named(&m, "0001"));
    const struct cutoff *line = outcome_cutoff(&o, c->facility, 1);
    assert_int_equal(line->last, child_named(&m, "0001"));
    assert_int_equal(line->last_rank, 1);
    arena_release(&a);
}

static void a_free_seat_is_told_of_any_matching(void **state)
{
    (void)state;
    static const char text[] = "at sun seats 1:1 order 0001\n"
                               "0001 age 1 wants sun\n---\n0001 -\n";
    struct arena a = ARENA_INIT;
    struct market m;
    struct matching held;
    struct market_outcome o;
    market_from_text(text, &m, &a);
    matching_from_text(text, &m, &held, &a);
    outcome_build(&m, &held, &o, &a);
    assert_int_equal(o.choices[0].result, CHOICE_SEAT_FREE);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_end_or_come_back),
        cmocka_unit_test(a_rank_counts_the_class_only),
        cmocka_unit_test(a_free_seat_is_told_of_any_matching),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
