/*
 * Every check of the verifier finds the fault that is planted for it, and
 * nothing in a placement without one. A case is a market and, after ---, a
 * matching made by hand.
 */
#include "market_text.h"

#include "core/buf.h"
#include "scoring/verify/verify_json.h"
#include "scoring/verify/verify_market.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct fault {
    const char *what;
    const char *text;
    const char *found; /* check, child, facility, other, ...; "" for none */
    int blocking;      /* entries */
};

#define TWO_SEATS                              \
    "at moon seats 1:1 order 0001 0002 0003\n" \
    "at sun  seats 1:1 order 0001 0002 0003\n" \
    "0001 age 1 wants sun\n"                   \
    "0002 age 1 wants sun moon\n"              \
    "0003 age 1 wants moon\n---\n"
#define TRANSFER                          \
    "at moon seats 1:0 order 0002\n"      \
    "at sun  seats 1:1 order 0001 0002\n" \
    "0001 age 1 in moon wants sun\n"      \
    "0002 age 1 wants sun moon\n---\n"
#define LAPSING                             \
    "at moon seats 1:0 keep 1 order 0002\n" \
    "at sun  seats 1:1 order 0001 0002\n"   \
    "0001 age 1 in moon wants sun\n"        \
    "0002 age 1 wants moon\n---\n"
#define POOL                                                                \
    "at sun  seats 0:2 1:1  pool 0+1  cap 0:1  order 0001 0002 0003 0004\n" \
    "0001 age 0 wants sun\n0002 age 0 wants sun\n"                          \
    "0003 age 1 wants sun\n0004 age 1 wants sun\n---\n"
#define SIBLINGS                                     \
    "at star seats order\n"                          \
    "at moon seats 1:1 2:1 order 0001 0002 0003\n"   \
    "at sun  seats 1:1 2:1 order 0001 0002 0003\n"   \
    "0001 age 2\n0002 age 1\n0003 age 1 wants sun\n" \
    "home f 0001 0002 wants sun,sun moon,moon\n---\n"

#define POINTS                                    \
    "method points_order\nturns 0001 0002 0003\n" \
    "at moon seats 1:1 order 0003 0002\n"         \
    "at sun  seats 1:1 order 0002 0001\n"         \
    "0001 age 1 wants sun\n"                      \
    "0002 age 1 wants sun moon\n"                 \
    "0003 age 1 wants moon\n---\n"
#define ROUNDS                            \
    "method preference_rounds\n"          \
    "at moon seats 1:1 order 0002 0003\n" \
    "at sun  seats 1:1 order 0001 0002\n" \
    "0001 age 1 wants sun\n"              \
    "0002 age 1 wants sun moon\n"         \
    "0003 age 1 wants moon\n---\n"

static const struct fault faults[] = {
    {"a good placement", TWO_SEATS "0001 sun\n0002 moon\n0003 -\n", "", 0},
    {"a place that was not asked for",
     TWO_SEATS "0001 moon\n0002 sun\n0003 -\n",
     "every-child-listed 0001 moon -; no-justified-envy 0001 sun 0002", 1},
    {"not in the order",
     "at sun seats 1:1 order\n0001 age 1 wants sun\n---\n0001 sun\n",
     "acceptable 0001 sun -", 0},
    {"one too many", TWO_SEATS "0001 sun\n0002 moon\n0003 moon\n",
     "seats 0003 moon -", 0},
    {"a transfer applicant put out", TRANSFER "0001 -\n0002 moon\n",
     "nobody-worse-off 0001 moon -; no-waste 0001 sun -; "
     "no-waste 0002 sun -",
     2},
    {"an empty seat", TWO_SEATS "0001 sun\n0002 -\n0003 -\n",
     "no-waste 0002 moon -; no-waste 0003 moon -", 2},
    {"a freed seat wasted", TRANSFER "0001 sun\n0002 -\n",
     "no-waste 0002 moon -", 1},
    {"a lower-ranked child stands before",
     TWO_SEATS "0001 sun\n0002 -\n0003 moon\n",
     "no-justified-envy 0002 moon 0003", 1},
    {"a freed seat used", TRANSFER "0001 sun\n0002 moon\n", "", 0},
    {"a lapsed seat used", LAPSING "0001 sun\n0002 moon\n", "seats 0002 moon -",
     0},
    {"a lapsed seat is not wasted", LAPSING "0001 sun\n0002 -\n", "", 0},
    {"a kept seat counts for nobody else", LAPSING "0001 moon\n0002 -\n",
     "no-waste 0001 sun -", 1},
    {"a kept seat is not on offer", LAPSING "0001 moon\n0002 moon\n",
     "seats 0002 moon -; no-waste 0001 sun -", 1},
    {"a pool within its cap", POOL "0001 sun\n0002 -\n0003 sun\n0004 sun\n", "",
     0},
    {"a pool's cap passed", POOL "0001 sun\n0002 sun\n0003 sun\n0004 -\n",
     "seats 0002 sun -", 1},
    {"a pool overfull", POOL "0001 sun\n0002 sun\n0003 sun\n0004 sun\n",
     "seats 0004 sun -; seats 0002 sun -", 0},
    {"envy inside a cap only", POOL "0001 -\n0002 sun\n0003 sun\n0004 sun\n",
     "no-justified-envy 0001 sun 0002", 1},
    {"envy across the classes of a pool",
     "at sun seats 0:1 pool 0+1 order 0001 0002\n"
     "0001 age 0 wants sun\n0002 age 1 wants sun\n---\n0002 sun\n",
     "no-justified-envy 0001 sun 0002", 1},
    {"what stands after the current place is not better",
     "at moon seats 1:0 order\nat sun seats 1:1 order 0001\n"
     "0001 age 1 in moon wants moon sun\n---\n0001 moon\n",
     "", 0},
    {"siblings where their household wants them",
     SIBLINGS "0001 sun\n0002 sun\n0003 -\n", "", 0},
    {"siblings on no entry of their household",
     SIBLINGS "0001 sun\n0002 moon\n0003 sun\n",
     "siblings-hold-an-entry 0001 sun -", 0},
    {"siblings who block together", SIBLINGS "0001 moon\n0002 moon\n0003 sun\n",
     "", 1},
    {"one of two siblings, where all or nobody was asked for",
     SIBLINGS "0001 sun\n0002 -\n0003 sun\n",
     "siblings-hold-an-entry 0001 sun -", 0},
    {"a sibling where none of the entries puts it",
     SIBLINGS "0001 sun\n0002 star\n0003 sun\n",
     "every-child-listed 0002 star -; siblings-hold-an-entry 0001 sun -; "
     "acceptable 0002 star -; seats 0002 star -",
     0},
    {"an enrolled sibling put out",
     "at moon seats 1:0 2:0 order\nat sun seats 1:1 2:1 order 0001 0002\n"
     "0001 age 2 in moon\n0002 age 1\n"
     "home f 0001 0002 wants sun,sun -,sun\n---\n0002 sun\n",
     "siblings-hold-an-entry 0001 - -; nobody-worse-off 0001 moon -", 0},
    {"points order: who came first has the seat, though ranked lower",
     POINTS "0001 sun\n0002 moon\n0003 -\n",
     "no-justified-envy 0002 sun 0001; no-justified-envy 0003 moon 0002", 2},
    {"points order: not the best entry that was free",
     POINTS "0001 -\n0002 sun\n0003 moon\n", "points-order 0001 sun -", 0},
    {"points order: a seat that was not free",
     POINTS "0001 sun\n0002 -\n0003 moon\n",
     "no-justified-envy 0002 sun 0001; points-order 0002 moon -", 1},
    {"rounds: first choices first", ROUNDS "0001 sun\n0002 -\n0003 moon\n",
     "no-justified-envy 0002 moon 0003", 1},
    {"rounds: a second choice before a first",
     ROUNDS "0001 sun\n0002 moon\n0003 -\n", "preference-rounds 0003 moon -",
     0},
    {"rounds: the lower ranked of two first choices",
     ROUNDS "0001 -\n0002 sun\n0003 moon\n",
     "no-justified-envy 0001 sun 0002; preference-rounds 0001 sun -; "
     "preference-rounds 0002 sun -",
     1},
    {"one child has the seat of a sibling ranked lower",
     "at moon seats 1:1 order 0002\nat sun seats 1:1 order 0003 0001\n"
     "0001 age 1\n0002 age 1\n0003 age 1 wants sun\n"
     "home f 0001 0002 wants sun,moon\n---\n0001 sun\n0002 moon\n",
     "no-justified-envy 0003 sun 0001", 1},
};

static const char *word(const struct market *m, int32_t i, bool child)
{
    if (i == MARKET_NONE)
        return "-";
    return child ? m->children[i].id : m->facilities[i].id;
}

static void list_found(const struct market *m, const struct market_verdict *v,
                       struct buf *out)
{
    for (size_t i = 0; i < n_market_checks; i++) {
        assert_int_equal(v->checks[i].failed, v->checks[i].n_examples);
        for (size_t k = 0; k < v->checks[i].n_examples; k++) {
            const struct market_example *e = &v->checks[i].examples[k];
            buf_printf(out, "%s%s %s %s %s", out->len ? "; " : "",
                       market_checks[i].name, word(m, e->child, true),
                       word(m, e->facility, false), word(m, e->other, true));
        }
    }
}

/* Held to the proven optimum it may be blocked, and nothing else. */
static void optimum_may_leave_somebody_blocked(struct market *m,
                                               const struct matching *held,
                                               struct arena *a)
{
    struct market_verdict v;
    bool fault = false;
    m->optimum = true;
    verify_market(m, held, &v, a);
    for (size_t k = 0; k < n_market_checks; k++) {
        const char *name = market_checks[k].name;
        if (m->method != MARKET_STABLE || strcmp(name, "no-waste") == 0 ||
            strcmp(name, "no-justified-envy") == 0)
            continue;
        fault = fault || v.checks[k].failed;
    }
    if (m->method == MARKET_STABLE)
        assert_int_equal(v.ok, !fault);
    m->optimum = false;
}

static void every_planted_fault_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        struct arena a = ARENA_INIT;
        struct market m;
        struct matching held;
        struct market_verdict v;
        struct buf found = BUF_INIT;
        market_from_text(faults[i].text, &m, &a);
        matching_from_text(faults[i].text, &m, &held, &a);
        verify_market(&m, &held, &v, &a);
        buf_text(&found, "");
        list_found(&m, &v, &found);
        if (strcmp(found.bytes, faults[i].found) != 0)
            fail_msg("%s: found \"%s\"", faults[i].what, found.bytes);
        if ((int)v.syy.entries != faults[i].blocking)
            fail_msg("%s: %zu blocking entries", faults[i].what, v.syy.entries);
        bool fault = false;
        for (size_t k = 0; k < n_market_checks; k++)
            fault = fault || (v.checks[k].failed && market_check_counts(k, &m));
        assert_int_equal(v.ok, !fault);
        assert_true(m.method != MARKET_STABLE || fault == (found.len > 0));
        optimum_may_leave_somebody_blocked(&m, &held, &a);
        buf_release(&found);
        arena_release(&a);
    }
}

/* A check that no fault above can trip would be worth nothing. */
static void every_check_has_a_fault(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_market_checks; i++) {
        bool found = false;
        for (size_t k = 0; k < sizeof faults / sizeof faults[0]; k++)
            found = found || strstr(faults[k].found, market_checks[i].name);
        if (!found)
            fail_msg("no fault is planted for %s", market_checks[i].name);
    }
}

static void a_place_out_of_range_is_found(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct market m;
    struct market_verdict v;
    market_from_text(TWO_SEATS, &m, &a);
    int32_t place[] = {7, -9, 0};
    verify_market(&m, &(struct matching){place, 3}, &v, &a);
    assert_int_equal(v.checks[0].failed, 2);
    assert_false(v.ok);
    arena_release(&a);
}

static void blocking_is_counted_by_both_rules(void **state)
{
    (void)state;
    /* The household would have sun for the elder, if its younger child did not
     * hold the last seat there: SYY looks past it, ABH does not. */
    static const char text[] =
        "at moon seats 1:1 order 0002\n"
        "at sun  seats 1:1 order 0002 0001\n"
        "0001 age 1\n0002 age 1\n"
        "home f 0001 0002 wants sun,moon -,sun\n---\n0002 sun\n";
    struct arena a = ARENA_INIT;
    struct market m;
    struct matching held;
    struct market_verdict v;
    market_from_text(text, &m, &a);
    matching_from_text(text, &m, &held, &a);
    verify_market(&m, &held, &v, &a);
    assert_true(v.ok);
    assert_int_equal(v.sibling_families, 1);
    assert_int_equal(v.syy.entries, 1);
    assert_int_equal(v.syy.of_siblings, 1);
    assert_int_equal(v.syy.families, 1);
    assert_int_equal(v.abh.entries, 0);
    assert_int_equal(v.abh.families, 0);
    arena_release(&a);
}

static void counts_go_beyond_the_examples(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct buf text = BUF_INIT;
    struct market m;
    struct matching held;
    struct market_verdict v;
    buf_text(&text, "at sun seats 1:1 order");
    for (int i = 0; i < 50; i++)
        buf_printf(&text, " %04d", i);
    for (int i = 0; i < 50; i++)
        buf_printf(&text, "\n%04d age 1 wants sun", i);
    market_from_text(text.bytes, &m, &a);
    matching_from_text(text.bytes, &m, &held, &a);
    verify_market(&m, &held, &v, &a);
    assert_int_equal(v.checks[5].failed, 50);
    assert_int_equal(v.checks[5].n_examples, VERIFY_EXAMPLES_MAX);
    assert_int_equal(v.syy.entries, 50);
    assert_int_equal(v.n_blocking_listed, 50);
    assert_int_equal(v.blocking[49].family, 49);
    assert_int_equal(v.syy.families, 50);
    buf_release(&text);
    arena_release(&a);
}

static void verify_json_tells_all(void **state)
{
    (void)state;
    static const char text[] = TWO_SEATS "0001 sun\n0002 -\n0003 moon\n";
    static const char *const examples[] = {"0001: 12 \"against\" 13"};
    static const struct verify_line line = {.name = "points",
                                            .title = {"点数", "points"},
                                            .checked = 3,
                                            .failed = 1,
                                            .examples = examples,
                                            .n_examples = 1};
    static const char *const wanted[] = {
        "{\"format\": \"nyusho-verify/1\",\n \"ok\": false,",
        "{\"name\": \"no-justified-envy\"",
        ("{\"child\": \"0002\", \"facility\": \"moon\", "
         "\"other\": \"0003\", \"class\": 1}"),
        "\"0001: 12 \\\"against\\\" 13\"",
        "\"entries\": 1, \"of_siblings\": 0, \"families\": 1",
        "{\"family\": \"0002\", \"entry\": 1, \"places\": [\"moon\"], "
        "\"displaces\": [\"0003\"]}",
        "\"blocking_abh\": {\"entries\": 1, \"of_siblings\": 0, \"families\": "
        "1}",
        "\"siblings\": {\"families\": 0, \"unlisted\": 0}}\n",
    };
    struct arena a = ARENA_INIT;
    struct buf out = BUF_INIT, again = BUF_INIT;
    struct market m;
    struct matching held;
    struct market_verdict v;
    market_from_text(text, &m, &a);
    matching_from_text(text, &m, &held, &a);
    verify_market(&m, &held, &v, &a);
    const struct verified_market one = {NULL, &m, &v};
    verify_json_write(&one, 1, &line, 1, &out);
    verify_json_write(&one, 1, &line, 1, &again);
    assert_string_equal(out.bytes, again.bytes);
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        if (!strstr(out.bytes, wanted[i]))
            fail_msg("%s is not in %s", wanted[i], out.bytes);
    buf_release(&out);
    buf_release(&again);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_planted_fault_is_found),
        cmocka_unit_test(every_check_has_a_fault),
        cmocka_unit_test(a_place_out_of_range_is_found),
        cmocka_unit_test(blocking_is_counted_by_both_rules),
        cmocka_unit_test(counts_go_beyond_the_examples),
        cmocka_unit_test(verify_json_tells_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
