/*
 * The checks of a later round: each finds the fault that is planted for it, and
 * none finds any in a round that is as it should be.
 *
 * 0001 was placed at sun, 0002 at moon and declines, 0003 waits and gets moon,
 * 0004 is new, 0005 won hill, declines, and is back at star.
 */
#include "market_text.h"

#include "core/buf.h"
#include "scoring/verify/verify_round.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ROUND                                                          \
    "at hill seats 1:1 order 0003\nat moon seats 1:1 order 0003\n"     \
    "at star seats 1:0 order\nat sun  seats 1:0 order\n"               \
    "0001 age 1 in sun wants\n0003 age 1 wants moon hill\n0004 age 1 " \
    "wants\n---\n"
/* 0001 holds sun and would rather have moon. */
#define AGAIN                                                    \
    "at hill seats 1:1 order 0003 0004\n"                        \
    "at moon seats 1:1 order 0001 0003\n"                        \
    "at star seats 1:0 order\nat sun  seats 1:0 order\n"         \
    "0001 age 1 in sun wants moon\n0003 age 1 wants moon hill\n" \
    "0004 age 1 wants hill\n---\n"
#define FIXED_ASKS                                                      \
    "at hill seats 1:1 order 0003\nat moon seats 1:1 order 0001 0003\n" \
    "at star seats 1:0 order\nat sun  seats 1:0 order\n"                \
    "0001 age 1 in sun wants moon\n0003 age 1 wants moon hill\n"        \
    "0004 age 1 wants\n---\n"
#define TOGETHER                                                        \
    "at hill seats 1:1 order 0003 0004\nat moon seats 1:1 order 0003\n" \
    "at star seats 1:0 order\nat sun  seats 1:0 order\n"                \
    "0001 age 1 in sun wants\n0003 age 1 wants moon hill\n"             \
    "0004 age 1 wants hill\n---\n"
#define NEW_FIRST                                                       \
    "at hill seats 1:1 order 0004 0003\nat moon seats 1:1 order 0003\n" \
    "at star seats 1:0 order\nat sun  seats 1:0 order\n"                \
    "0001 age 1 in sun wants\n0003 age 1 wants moon hill\n"             \
    "0004 age 1 wants hill\n---\n"
#define TURNS "method points_order\nturns 0004 0003 0001\n" TOGETHER

enum { C1, C2, C3, C4, C5, N_CHILDREN };
enum { HILL, MOON, STAR, SUN };
#define NONE MARKET_NONE

struct world {
    struct market m;
    const struct market *only;
    struct checked_child c[N_CHILDREN];
    int32_t offered[4 * MARKET_CLASSES];
    bool own_included[4 * MARKET_CLASSES];
    struct checked_round r;
};

static void make(struct world *w, enum checked_policy policy, const char *text,
                 struct arena *a)
{
    static const struct checked_child children[] = {
        {"0001", 1, BEFORE_DECIDED, SUN, NONE, false, false, false, true, SUN,
         0, 0, 2, 2},
        {"0002", 1, BEFORE_DECIDED, MOON, NONE, true, false, false, true, NONE,
         0, NONE, 1, 0},
        {"0003", 1, BEFORE_WAITING, NONE, NONE, false, false, false, true, MOON,
         0, 1, 0, 1},
        {"0004", 1, BEFORE_NEW, NONE, NONE, false, false, false, true, NONE, 0,
         2, 0, 0},
        {"0005", 1, BEFORE_DECIDED, HILL, STAR, true, true, true, true, NONE, 0,
         NONE, 1, 0},
    };
    *w = (struct world){0};
    market_from_text(text, &w->m, a);
    w->only = &w->m;
    memcpy(w->c, children, sizeof children);
    w->offered[HILL * MARKET_CLASSES + 1] = 1;
    w->offered[MOON * MARKET_CLASSES + 1] = 1;
    w->offered[SUN * MARKET_CLASSES + 1] = 1;
    w->r = (struct checked_round){.policy = policy,
                                  .markets = &w->only,
                                  .n_markets = 1,
                                  .children = w->c,
                                  .n = N_CHILDREN,
                                  .offered = w->offered,
                                  .own_included = w->own_included};
}

static void nothing(struct world *w)
{
    (void)w;
}
static void decision_lost(struct world *w)
{
    w->c[C1].now = NONE;
}
static void decision_gone(struct world *w)
{
    w->c[C1].present = false;
}
static void decision_moved(struct world *w)
{
    w->c[C1].now = HILL;
}
static void withdrawn_placed(struct world *w)
{
    w->c[C2].now = MOON;
}
static void new_placed(struct world *w)
{
    w->c[C4].now = HILL;
}
/* The city has a seat more at sun, which nobody gave back. */
static void seat_not_freed(struct world *w)
{
    w->offered[SUN * MARKET_CLASSES + 1] = 2;
    w->c[C3].now = SUN;
}
static void seat_hidden(struct world *w)
{
    w->m.facilities[MOON].seats[1] = 0;
}
static void seat_invented(struct world *w)
{
    w->m.facilities[SUN].seats[1] = 1;
}
static void seat_of_two(struct world *w)
{
    w->c[C3].now = STAR; /* where 0005 is back */
}
static void another_place(struct world *w)
{
    w->m.children[0].current = MOON;
}
static void unknown_child(struct world *w)
{
    w->r.n = 3;
}
static void moved_up(struct world *w)
{
    w->c[C1].now = MOON;
    w->c[C1].now_rank = 1;
    w->c[C3].now = SUN;
    w->c[C4].now = HILL;
}
static void moved_down(struct world *w)
{
    w->c[C1].now = HILL;
    w->c[C1].now_rank = 3;
}
static void moved_to_no_wish(struct world *w)
{
    w->c[C1].now = HILL;
    w->c[C1].now_rank = 0;
}
static void counted_in(struct world *w)
{
    w->own_included[STAR * MARKET_CLASSES + 1] = true;
}

static const struct fault {
    const char *what;
    enum checked_policy policy;
    const char *text;
    void (*plant)(struct world *w);
    const char *found; /* the checks that fail, each once */
} faults[] = {
    {"freed seats, as it should be", CHECKED_FREED, ROUND, nothing, ""},
    {"together, as it should be", CHECKED_TOGETHER, TOGETHER, new_placed, ""},
    {"waiting first, as it should be", CHECKED_WAITING_FIRST, TOGETHER,
     new_placed, ""},
    {"everyone again, as it should be", CHECKED_EVERYONE, AGAIN, moved_up, ""},
    {"a decision taken away", CHECKED_FREED, ROUND, decision_lost,
     "decisions-kept "},
    {"a decision without a row", CHECKED_TOGETHER, TOGETHER, decision_gone,
     "decisions-kept "},
    {"a decision moved by a policy that leaves it", CHECKED_TOGETHER, TOGETHER,
     decision_moved, "decisions-kept "},
    {"a decision taken away, everyone again", CHECKED_EVERYONE, AGAIN,
     decision_lost, "decisions-kept not-worse-than-decided "},
    {"a lower wish than what was decided", CHECKED_EVERYONE, AGAIN, moved_down,
     "not-worse-than-decided "},
    {"moved to what it does not wish", CHECKED_EVERYONE, AGAIN,
     moved_to_no_wish, "not-worse-than-decided "},
    {"one that withdrew is placed", CHECKED_FREED, ROUND, withdrawn_placed,
     "withdrawn-out "},
    {"a new child on a freed seat", CHECKED_FREED, ROUND, new_placed,
     "freed-seats-to-waiting "},
    {"a seat that nobody gave back", CHECKED_FREED, ROUND, seat_not_freed,
     "freed-seats-to-waiting "},
    {"the market hides a seat", CHECKED_FREED, ROUND, seat_hidden,
     "round-seats "},
    {"the market invents a seat", CHECKED_TOGETHER, TOGETHER, seat_invented,
     "round-seats "},
    {"on the seat of one who came back", CHECKED_TOGETHER, TOGETHER,
     seat_of_two, "round-seats "},
    {"the place of who came back was in 募集人数", CHECKED_TOGETHER, TOGETHER,
     counted_in, "round-seats "},
    {"starts from another seat", CHECKED_FREED, ROUND, another_place,
     "market-as-decided "},
    {"one that is not considered asks", CHECKED_FREED, FIXED_ASKS, nothing,
     "market-as-decided "},
    {"a new child asks for freed seats", CHECKED_FREED, TOGETHER, nothing,
     "market-as-decided "},
    {"a child that nobody knows", CHECKED_TOGETHER, TOGETHER, unknown_child,
     "market-as-decided "},
    {"new before waiting", CHECKED_WAITING_FIRST, NEW_FIRST, new_placed,
     "waiting-before-new "},
    {"new before waiting, by turns", CHECKED_WAITING_FIRST, TURNS, new_placed,
     "waiting-before-new "},
};

static void list_found(const struct world *w, struct buf *out)
{
    buf_text(out, "");
    for (size_t i = 0; i < N_ROUND_CHECKS; i++) {
        struct diag d = DIAG_INIT;
        if (round_checks[i].policies >> w->r.policy & 1U) {
            round_checks[i].run(&w->r, &d);
            if (d.n)
                buf_printf(out, "%s ", round_checks[i].name);
        }
        diag_release(&d);
    }
}

static void every_planted_fault_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        struct arena a = ARENA_INIT;
        struct buf found = BUF_INIT;
        struct world w;
        make(&w, faults[i].policy, faults[i].text, &a);
        faults[i].plant(&w);
        list_found(&w, &found);
        if (strcmp(found.bytes, faults[i].found) != 0)
            fail_msg("%s: found \"%s\"", faults[i].what, found.bytes);
        buf_release(&found);
        arena_release(&a);
    }
}

/* A check that no fault above can trip would be worth nothing. */
static void every_check_has_a_fault(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ROUND_CHECKS; i++) {
        bool found = false;
        for (size_t k = 0; k < sizeof faults / sizeof faults[0]; k++)
            found = found || strstr(faults[k].found, round_checks[i].name);
        if (!found)
            fail_msg("no fault is planted for %s", round_checks[i].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_planted_fault_is_found),
        cmocka_unit_test(every_check_has_a_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
