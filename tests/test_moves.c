/* Chains of moves between two placements, and what one more seat changes. */
#include "market_text.h"

#include "core/buf.h"
#include "scoring/placement/moves.h"
#include "scoring/placement/one_more.h"
#include "scoring/placement/place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define NO MARKET_NONE
#define MAX_MOVES 6

static const char *const starts[N_CHAIN_STARTS] = {"added", "empty", "leaves",
                                                   "cycle"};
static const char *const ends[N_CHAIN_ENDS] = {"none", "empty", "gone",
                                               "first"};

/* "added 0 1 none; cycle 2 3 first;" */
static void tell(const struct move_chains *c, struct buf *out)
{
    for (size_t i = 0; i < c->n; i++) {
        buf_text(out, starts[c->items[i].start]);
        for (size_t k = 0; k < c->items[i].n; k++)
            buf_printf(out, " %zu", c->order[c->items[i].first + k]);
        buf_printf(out, " %s;", ends[c->items[i].end]);
    }
}

/* Moves of class 1 unless said. */
static const struct chain_case {
    const char *what;
    struct move moves[MAX_MOVES];
    size_t n;
    struct seat_change change;
    const char *chains;
} cases[] = {
    {"an added seat, two who move up, one who waited",
     {{.from = 2, .to = 1}, {.from = NO, .to = 3}, {.from = 3, .to = 2}},
     3,
     {1, 1},
     "added 0 2 1 none;"},
    {"a seat that was empty all along",
     {{.from = NO, .to = 1}},
     1,
     {9, 1},
     "empty 0 none;"},
    {"one leaves; its seat is taken; the last one stays empty",
     {{.from = 1, .to = NO}, {.from = 2, .to = 1}},
     2,
     {9, 1},
     "leaves 0 1 empty;"},
    {"a seat less: who had it goes, nobody comes",
     {{.from = 1, .to = NO}},
     1,
     {1, -1},
     "leaves 0 gone;"},
    {"three change round",
     {{.from = 1, .to = 2}, {.from = 2, .to = 3}, {.from = 3, .to = 1}},
     3,
     {9, 1},
     "cycle 0 2 1 first;"},
    {"of two who come the better ranked takes the added seat",
     {{.from = 1, .to = NO},
      {.from = NO, .to = 1, .rank = 5},
      {.from = NO, .to = 1, .rank = 4}},
     3,
     {1, 1},
     "added 2 none;leaves 0 1 none;"},
    {"within the class before the rest of the pool",
     {{.from = 1, .to = NO, .from_class = 0},
      {.from = 1, .to = NO, .from_class = 1},
      {.from = NO, .to = 1, .to_class = 1, .rank = 1},
      {.from = NO, .to = 1, .to_class = 1, .rank = 2}},
     4,
     {9, 1},
     "leaves 0 3 none;leaves 1 2 none;"},
};

static void chains_follow_the_seats(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena a = ARENA_INIT;
        struct buf got = BUF_INIT;
        struct move_chains c;
        move_chains(cases[i].moves, cases[i].n, &cases[i].change, 1, &c, &a);
        tell(&c, &got);
        if (strcmp(got.bytes, cases[i].chains) != 0)
            fail_msg("%s: %s, not %s", cases[i].what, got.bytes,
                     cases[i].chains);
        buf_release(&got);
        arena_release(&a);
    }
}

/* sun is full; 0002 waits for it, 0003 for the seat that 0002 would leave. */
static const char market[] = "at sun seats 1:1 order 0001 0002\n"
                             "at moon seats 1:1 2:1 order 0002 0003\n"
                             "0001 age 1 wants sun\n"
                             "0002 age 1 wants sun moon\n"
                             "0003 age 1 wants moon\n";

static void one_more(const char *facility, int class_age, const char *moved,
                     const char *chains)
{
    struct arena a = ARENA_INIT;
    struct market m;
    struct placement p;
    struct one_more more;
    struct buf got = BUF_INIT;
    market_from_text(market, &m, &a);
    place_market(&m, (struct place_options){.log = false}, &p, &a);
    one_more_seat(&m, &p.matching, facility_named(&m, facility), class_age,
                  &more, &a);
    for (size_t i = 0; i < more.n; i++)
        buf_printf(&got, "%s ", m.children[more.children[i]].id);
    assert_string_equal(got.len ? got.bytes : "", moved);
    buf_clear(&got);
    tell(&more.chains, &got);
    assert_string_equal(got.len ? got.bytes : "", chains);
    buf_release(&got);
    arena_release(&a);
}

static void one_more_seat_is_followed_to_its_end(void **state)
{
    (void)state;
    one_more("sun", 1, "0002 0003 ", "added 0 1 none;");
    one_more("moon", 1, "0003 ", "added 0 none;");
    one_more("moon", 2, "", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_follow_the_seats),
        cmocka_unit_test(one_more_seat_is_followed_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
