/*
 * The market file and the result file: what they are told comes back, and what
 * is wrong with them is said once, with its place.
 */
#include "market_random.h"

#include "core/buf.h"
#include "core/file.h"
#include "scoring/placement/market_build.h"
#include "scoring/placement/market_file.h"
#include "scoring/placement/place.h"
#include "scoring/placement/result_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* A case changes one thing of this market: `from` to `to`. ' stands for ". */
static const char good[] =
    "{'format': 'nyusho-market/1', 'note': 'x', 'classes': 6,\n"
    "'children': [{'id': 'c1', 'age': 1, 'current': 'B'},\n"
    " {'id': 'c2', 'age': 0, 'current': null}, {'id': 'c3', 'age': 1}],\n"
    "'nurseries': [{'id': 'A', 'seats': [0,2,1,0,0,0],\n"
    "  'groups': [[0,1]], 'caps': [{'classes': [0], 'max': 1}],\n"
    "  'release': [true,true,true,true,true,false],\n"
    "  'priority': ['c3','c1'], 'score': [70,65.5]},\n"
    " {'id': 'B', 'seats': [1,0,0,0,0,0], 'priority': ['c2']}],\n"
    "'families': [{'id': 'f1', 'children': ['c1','c2'],\n"
    "  'pref': [['A','A'], ['A',null], [null,'B']]},\n"
    " {'id': 'f2', 'children': ['c3'], 'pref': [['A'],['B']]}]}\n";

struct bad {
    const char *from, *to, *check, *says; /* says: part of the line; check
                                             NULL: a good one */
};

static const struct bad bads[] = {
    {NULL, "", "not-json", "the file is empty"},
    {NULL, "\xef\xbb\xbf", "not-json", "the file is empty"},
    {NULL, "children\n", "not-json", "m.json:1:"},
    {NULL, "[]", "wrong-kind", "an object"},
    {NULL, "{'a'", "unknown-key", "m.json:1: error: a: "},
    {NULL, "[[[[[[[[[[[[[[[[[[[[[[[[", "wrong-kind", "an object"},
    {"'classes': 6,\n", "'classes': 6\n", "not-json", "m.json:2:"},
    {"]}]}\n", "]}]", "not-json", "m.json:11:"},
    {"]}]}\n", "]}]} {}", "not-json", "garbage"},
    {"nyusho-market/1", "nyusho-market/9", "bad-format", "format:"},
    {"'classes': 6", "'classes': 7", "bad-class", "classes:"},
    {"'classes': 6", "'classes': 5", "bad-length", "nurseries[0].seats"},
    {"'classes': 6", "'classes': 'six'", "wrong-kind", "a number"},
    {"'note': 'x'", "'note': [['x']]", "wrong-kind", "note: text in quotes"},
    {"'note': 'x'", "'notes': 'x'", "unknown-key", "notes:"},
    {"'note': 'x'", "'method': 'points_order'", NULL, NULL},
    {"'note': 'x'", "'method': 'points'", "bad-method", "method:"},
    {"'id': 'f2'", "'id': 'f2', 'turn': 7", NULL, NULL},
    {"'id': 'f2'", "'id': 'f2', 'turn': -1", "bad-turn",
     "families[1].turn: -1"},
    {"'id': 'f2'", "'id': 'f2', 'turn': 2147483648", "bad-turn",
     "families[1].turn:"},
    {"'note': 'x'", "'format': 'nyusho-market/1'", "duplicate-key", "format:"},
    {"'id': 'c3', ", "", "missing-key", "children[2]: \"id\" is missing"},
    {"'id': 'c3'", "'id': ''", "bad-id", "children[2].id:"},
    {"'id': 'c3'", "'id': 'c\\u0000'", "bad-id", "children[2].id:"},
    {"'id': 'c3'", "'id': 'c2'", "duplicate-child", "children[2]:"},
    {"'id': 'c3', 'age': 1", "'id': 'c3', 'age': 6", "bad-age",
     "m.json:3: error: children[2].age: class age 6"},
    {"'id': 'c3', 'age': 1", "'id': 'c3', 'age': 1.5", "not-a-whole-number",
     "children[2].age: 1.5"},
    {"'age': 0, 'current': null", "'age': 0, 'current': 'X'",
     "unknown-facility", "m.json:3: error: children[1].current:"},
    {"'id': 'B', 'seats'", "'id': 'A', 'seats'", "duplicate-facility",
     "nurseries[1]:"},
    {"[1,0,0,0,0,0]", "[-1,0,0,0,0,0]", "bad-seats",
     "m.json:8: error: nurseries[1].seats[0]: -1"},
    {"[1,0,0,0,0,0]", "[1,0,0,0,0,1000001]", "bad-seats", "seats[5]"},
    {"[1,0,0,0,0,0]", "[1,0,0,0,0]", "bad-length", "nurseries[1].seats:"},
    {"[1,0,0,0,0,0]", "[1,0,0,0,0,0,0]", "bad-class", "nurseries[1].seats["},
    {"[1,0,0,0,0,0]", "[1,0,0,0,0,9999999999999999999]", "not-a-whole-number",
     "nurseries[1].seats[5]"},
    {"[[0,1]]", "[[0,1],[1,2]]", "bad-group", "nurseries[0].groups[1]:"},
    {"[[0,1]]", "[[0,1],[]]", "bad-group", "nurseries[0].groups[1]:"},
    {"[[0,1]]", "[[0,6]]", "bad-class", "nurseries[0].groups[0][1]:"},
    {"[[0,1]]", "[[1,1]]", "bad-class", "nurseries[0].groups[0][1]:"},
    {"'classes': [0], 'max'", "'classes': [0,2], 'max'", "bad-cap",
     "nurseries[0].caps[0]:"},
    {"'classes': [0], 'max'", "'classes': [], 'max'", "bad-cap", "caps[0]:"},
    {"'max': 1", "'max': -1", "bad-cap", "nurseries[0].caps[0].max:"},
    {", 'max': 1", "", "missing-key", "nurseries[0].caps[0]: \"max\""},
    {"true,false]", "true]", "bad-length", "nurseries[0].release:"},
    {"['c3','c1']", "['c3','c9']", "unknown-child",
     "nurseries[0].priority[1]: no child \"c9\""},
    {"['c3','c1']", "['c3','c3']", "duplicate-priority",
     "nurseries[0].priority[1]:"},
    {"[70,65.5]", "[70]", "bad-length", "nurseries[0]: 2 children"},
    {"65.5", "65.5555", "not-a-score", "nurseries[0].score[1]:"},
    {"65.5", "1e3", "not-a-score", "nurseries[0].score[1]:"},
    {"'id': 'f2'", "'id': 'f1'", "duplicate-family", "families[1]:"},
    {"'children': ['c3']", "'children': ['c2']", "child-in-two-families",
     "m.json:11: error: families[1].children[0]: child \"c2\" is in "
     "families[0] too"},
    {"'children': ['c3']", "'children': ['c2']", "child-without-family",
     "children[2]:"},
    {"'children': ['c3']", "'children': ['c4']", "unknown-child",
     "families[1].children[0]:"},
    {"'children': ['c3'], 'pref': [['A'],['B']]", "'children': [], 'pref': []",
     "empty-family", "families[1].children:"},
    {"['A',null]", "['A']", "bad-length",
     "families[0]: pref[1] has 1 places for 2 children"},
    {"['A',null]", "'A'", "wrong-kind", "families[0].pref[1]: a list [ ] must"},
    {"['A'],['B']", "['A'],['Z']", "unknown-facility",
     "families[1].pref[1][0]: no facility \"Z\""},
};

static char *quoted(const char *text, struct arena *a)
{
    char *copy = arena_strdup(a, text);
    for (char *p = copy; *p; p++)
        *p = *p == '\'' ? '"' : *p;
    return copy;
}

static char *changed(const struct bad *b, struct arena *a)
{
    if (!b->from)
        return quoted(b->to, a);
    const char *at = strstr(good, b->from);
    assert_non_null(at);
    return quoted(arena_printf(a, "%.*s%s%s", (int)(at - good), good, b->to,
                               at + strlen(b->from)),
                  a);
}

static bool is_said(const struct diag *d, const struct bad *b, struct arena *a)
{
    bool said = false;
    for (size_t i = 0; i < d->n; i++) {
        const char *line = finding_line(&d->items[i], LANG_EN, a);
        said = said || (strcmp(d->items[i].check, b->check) == 0 &&
                        strstr(line, b->says));
    }
    return said;
}

static void bad_files_are_told_what_is_wrong(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bads / sizeof bads[0]; i++) {
        struct arena a = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct market m;
        const char *text = changed(&bads[i], &a);
        bool ok = market_parse(text, strlen(text), "m.json", &m, &a, &d);
        if (ok != !bads[i].check || (!ok && !is_said(&d, &bads[i], &a))) {
            diag_print(&d, 0, LANG_EN, stderr);
            fail_msg("%s → %s: wanted %s", bads[i].from ? bads[i].from : "",
                     bads[i].to, bads[i].check ? bads[i].check : "none");
        }
        diag_release(&d);
        arena_release(&a);
    }
}

static void the_good_twin_is_read(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct market m;
    const char *text = arena_printf(&a, "\xef\xbb\xbf%s", quoted(good, &a));
    assert_true(market_parse(text, strlen(text), "m.json", &m, &a, &d));
    assert_int_equal(d.n, 0);
    assert_int_equal(m.n_children, 3);
    assert_int_equal(m.children[0].current, 1);
    assert_int_equal(m.facilities[0].pool[1], 3);
    assert_int_equal(m.facilities[0].caps[0].max, 1);
    assert_false(m.facilities[0].release[5]);
    assert_int_equal(m.facilities[0].score[1], 65500);
    assert_null(m.facilities[1].score);
    assert_int_equal(m.families[0].n_entries, 3);
    assert_int_equal(m.families[0].entries[3], MARKET_NONE);
    diag_release(&d);
    arena_release(&a);
}

static void entries_that_mean_nothing_are_warned_of(void **state)
{
    (void)state;
    static const struct bad warnings[] = {
        {"[null,'B']]", "[null,null],[null,'B']]", "entry-after-current",
         "families[0].pref[3]:"},
        {"['A'],['B']", "['A'],['B'],['A']", "repeated-entry",
         "families[1].pref[2]:"},
    };
    for (size_t i = 0; i < 2; i++) {
        struct arena a = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct market m;
        const char *text = changed(&warnings[i], &a);
        assert_true(market_parse(text, strlen(text), "m.json", &m, &a, &d));
        assert_int_equal(d.warnings, 1);
        assert_true(is_said(&d, &warnings[i], &a));
        diag_release(&d);
        arena_release(&a);
    }
}

static void a_list_of_ten_thousand_entries_is_one_line(void **state)
{
    (void)state;
    static const char head[] =
        "{\"children\": [{\"id\": \"c\", \"age\": 1}], \"nurseries\": [],\n"
        "\"families\": [{\"id\": \"f\", \"children\": [\"c\"], \"pref\": [";
    for (int n = 9999; n <= 10000; n++) {
        struct arena a = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct buf text = BUF_INIT;
        struct market m;
        buf_text(&text, head);
        for (int i = 0; i < n; i++)
            buf_text(&text, i ? ",[null]" : "[null]");
        buf_text(&text, "]}]}");
        bool ok = market_parse(text.bytes, text.len, "m.json", &m, &a, &d);
        assert_int_equal(ok, n == 9999);
        assert_int_equal(d.errors, n == 9999 ? 0 : 1);
        assert_true(ok || diag_has(&d, "too-many-entries"));
        buf_release(&text);
        diag_release(&d);
        arena_release(&a);
    }
}

static void markets_come_back_from_the_file(void **state)
{
    (void)state;
    static const int names[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    for (uint64_t seed = 1; seed <= 1000; seed++) {
        struct arena a = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct buf one = BUF_INIT, two = BUF_INIT;
        struct tiny t;
        struct market m, again;
        tiny_make(seed, 4, &t);
        tiny_build(&t, names, names, 0, &m, &a);
        m.method = (enum market_method)(seed % N_MARKET_METHODS);
        for (size_t f = 0; m.method != MARKET_STABLE && f < m.n_families; f++)
            m.families[f].turn = (int32_t)(seed * (f + 1) % 7);
        market_write(&m, &one);
        assert_true(market_parse(one.bytes, one.len, "m", &again, &a, &d));
        market_write(&again, &two);
        assert_string_equal(one.bytes, two.bytes);
        buf_release(&one);
        buf_release(&two);
        diag_release(&d);
        arena_release(&a);
    }
}

static void the_committed_market_is_written_as_it_is(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct buf out = BUF_INIT;
    struct market m;
    size_t len;
    const char *text =
        file_read("fixtures/markets/small.json", 1 << 20, &a, &len, &d);
    assert_non_null(text);
    assert_true(market_parse(text, len, "small.json", &m, &a, &d));
    market_write(&m, &out);
    assert_string_equal(out.bytes, text);
    struct placement p;
    place_market(&m, (struct place_options){.log = false}, &p, &a);
    buf_clear(&out);
    result_write(&m,
                 &(struct market_result){.matching = p.matching,
                                         .frozen = p.frozen,
                                         .n_frozen = p.n_frozen},
                 &out);
    text =
        file_read("fixtures/markets/small.result.json", 1 << 20, &a, &len, &d);
    assert_non_null(text);
    assert_string_equal(out.bytes, text);
    buf_release(&out);
    diag_release(&d);
    arena_release(&a);
}

static void names_are_escaped(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct buf out = BUF_INIT;
    struct market m, again;
    const char *text = "{\"nurseries\": [{\"id\": \"A#\\u52a0\\\"\\\\\", "
                       "\"seats\": [1], \"score\": [-0.25],"
                       " \"priority\": [\"\\u516b\"]}], \"children\": "
                       "[{\"id\": \"八\", \"age\": 0}], \"families\": "
                       "[{\"id\": \"f\", \"children\": [\"八\"], "
                       "\"pref\": []}]}";
    assert_true(market_parse(text, strlen(text), "m", &m, &a, &d));
    assert_string_equal(m.facilities[0].id, "A#加\"\\");
    market_write(&m, &out);
    assert_true(market_parse(out.bytes, out.len, "m", &again, &a, &d));
    assert_string_equal(again.facilities[0].id, "A#加\"\\");
    assert_int_equal(again.facilities[0].score[0], -250);
    buf_release(&out);
    diag_release(&d);
    arena_release(&a);
}

static const struct bad results[] = {
    {NULL, "{'matching': {'c1': 'A', 'c2': null, 'c3': 'B'}}", NULL, NULL},
    {NULL,
     "{'proof': {'a': [[1,{'b': []}]]}, 'blocking': [{'family': 'f1'}],"
     "'placed': 2, 'matching': {'c1': 'A', 'c2': null, 'c3': 'B'}}",
     NULL, NULL},
    {NULL, "{'placed': 2}", "missing-key", "\"matching\""},
    {NULL, "{'matching': {'c1': 'A', 'c2': null}}", "missing-child",
     "child \"c3\""},
    {NULL, "{'matching': {'c1': 'A', 'c1': 'A'}}", "duplicate-child",
     "matching.c1:"},
    {NULL, "{'matching': {'c1': 'A', 'c9': 'A'}}", "unknown-child",
     "matching.c9:"},
    {NULL, "{'matching': {'c1': 'Z'}}", "unknown-facility", "matching.c1:"},
    {NULL, "{'matching': {'c1': 'A\\u0000'}}", "unknown-facility",
     "matching.c1:"},
    {NULL, "{'matching': {'c1': 1}}", "wrong-kind", "matching.c1:"},
    {NULL, "{'proof': {'a': [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}}",
     "too-deep", "proof.a["},
};

static void results_are_read_or_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        struct arena a = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct market m;
        struct matching held;
        const char *market = quoted(good, &a);
        const char *text = quoted(results[i].to, &a);
        assert_true(market_parse(market, strlen(market), "m.json", &m, &a, &d));
        bool ok = result_parse(text, strlen(text), "r.json", &m, &held, &a, &d);
        if (ok != !results[i].check)
            fail_msg("%s", text);
        if (ok)
            assert_int_equal(held.place[2], 1);
        if (!ok && !is_said(&d, &results[i], &a)) {
            diag_print(&d, 0, LANG_EN, stderr);
            fail_msg("%s: wanted %s", text, results[i].check);
        }
        diag_release(&d);
        arena_release(&a);
    }
}

static void results_come_back_from_the_file(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct buf out = BUF_INIT;
    struct market m;
    struct placement p;
    struct matching held;
    const char *text = quoted(good, &a);
    const struct market_blocking blocking = {0, 2};
    assert_true(market_parse(text, strlen(text), "m", &m, &a, &d));
    place_market(&m, (struct place_options){.log = false}, &p, &a);
    result_write(&m,
                 &(struct market_result){p.matching, (int32_t[]){1}, 1,
                                         &blocking, 1, NULL},
                 &out);
    assert_non_null(strstr(out.bytes, "\"frozen\": [\"f2\"]"));
    assert_non_null(
        strstr(out.bytes,
               "{\"family\": \"f1\", \"entry\": 2, \"places\": [null,\"B\"]}"));
    assert_true(result_parse(out.bytes, out.len, "r", &m, &held, &a, &d));
    assert_memory_equal(held.place, p.matching.place, 3 * sizeof(int32_t));
    buf_release(&out);
    diag_release(&d);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_good_twin_is_read),
        cmocka_unit_test(bad_files_are_told_what_is_wrong),
        cmocka_unit_test(entries_that_mean_nothing_are_warned_of),
        cmocka_unit_test(a_list_of_ten_thousand_entries_is_one_line),
        cmocka_unit_test(markets_come_back_from_the_file),
        cmocka_unit_test(the_committed_market_is_written_as_it_is),
        cmocka_unit_test(names_are_escaped),
        cmocka_unit_test(results_are_read_or_refused),
        cmocka_unit_test(results_come_back_from_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
