#include "core/diag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void a_line_has_place_severity_message_and_check(void **state)
{
    (void)state;
    static const struct {
        struct pos at;
        enum severity severity;
        const char *text, *ja, *en;
    } rows[] = {
        {{"a.yaml", 12, 7},
         SEVERITY_ERROR,
         "x",
         "a.yaml:12:7: 誤り: 日x [c]",
         "a.yaml:12:7: error: day x [c]"},
        {{"a.csv", 3, 0},
         SEVERITY_WARNING,
         "x",
         "a.csv:3: 注意: 日x [c]",
         "a.csv:3: warning: day x [c]"},
        {{"case.db", 0, 4},
         SEVERITY_NOTE,
         "x",
         "case.db: お知らせ: 日x [c]",
         "case.db: note: day x [c]"},
        {{NULL, 0, 0},
         SEVERITY_ERROR,
         "x",
         "誤り: 日x [c]",
         "error: day x [c]"},
        {{"a\nb", 1, 1},
         SEVERITY_ERROR,
         "1\r2\t3\x7f",
         "a\\x0ab:1:1: 誤り: 日1\\x0d2\\x093\\x7f [c]",
         "a\\x0ab:1:1: error: day 1\\x0d2\\x093\\x7f [c]"},
        {{"x\xff\x1b日\xe6\x97", 1, 1},
         SEVERITY_ERROR,
         "2",
         "x\\xff\\x1b日\\xe6\\x97:1:1: 誤り: 日2 [c]",
         "x\\xff\\x1b日\\xe6\\x97:1:1: error: day 2 [c]"},
    };
    struct arena mem = ARENA_INIT;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct diag d = DIAG_INIT;
        bool (*const tell[])(struct diag *, struct pos, const char *,
                             const char *, const char *,
                             ...) = {diag_note, diag_warn, diag_error};
        assert_false(tell[rows[i].severity](&d, rows[i].at, "c", "日%s",
                                            "day %s", rows[i].text));
        assert_string_equal(finding_line(&d.items[0], LANG_JA, &mem),
                            rows[i].ja);
        assert_string_equal(finding_line(&d.items[0], LANG_EN, &mem),
                            rows[i].en);
        diag_release(&d);
    }
    arena_release(&mem);
}

static void findings_are_counted_in_order(void **state)
{
    (void)state;
    struct diag d = DIAG_INIT;
    for (int i = 0; i < 40; i++)
        diag_error(&d, (struct pos){"f", i, 0}, "bad-x", "%d", "%d", i);
    diag_warn(&d, POS_FILE("f"), "odd-x", "注意", "odd");
    diag_note(&d, POS_FILE("f"), "fyi", "参考", "fyi");
    assert_int_equal(d.n, 42);
    assert_int_equal(d.errors, 40);
    assert_int_equal(d.warnings, 1);
    for (int i = 0; i < 40; i++)
        assert_int_equal(d.items[i].at.line, i);
    assert_true(diag_has(&d, "odd-x"));
    assert_false(diag_has(&d, "odd"));
    diag_release(&d);
    assert_int_equal(d.n, 0);
}

static void a_finding_made_elsewhere_is_copied(void **state)
{
    (void)state;
    struct diag from = DIAG_INIT, to = DIAG_INIT;
    struct label ready = {"あ", "a"};
    assert_false(diag_label(&from, POS_FILE("x"), "ready", ready));
    diag_add(&to, &from.items[0]);
    diag_release(&from);
    assert_int_equal(to.errors, 1);
    assert_string_equal(to.items[0].what.ja, "あ");
    assert_string_equal(to.items[0].what.en, "a");
    assert_string_equal(to.items[0].at.file, "x");
    diag_release(&to);
}

static void without_a_diag_only_the_verdict_is_left(void **state)
{
    (void)state;
    struct finding f = {SEVERITY_ERROR, POS_FILE("x"), "c", {"あ", "a"}};
    assert_false(diag_error(NULL, f.at, "c", "%d", "%d", 1));
    assert_false(diag_warn(NULL, f.at, "c", "%d", "%d", 1));
    assert_false(diag_note(NULL, f.at, "c", "%d", "%d", 1));
    assert_false(diag_label(NULL, f.at, "c", f.what));
    diag_add(NULL, &f);
}

static void print_begins_where_it_is_told(void **state)
{
    (void)state;
    struct diag d = DIAG_INIT;
    diag_error(&d, POS_FILE("f"), "one", "一", "one");
    diag_error(&d, POS_FILE("f"), "two", "二", "two");
    char out[200] = "";
    FILE *to = fmemopen(out, sizeof out, "w");
    diag_print(&d, 1, LANG_JA, to);
    (void)fclose(to);
    assert_string_equal(out, "f: 誤り: 二 [two]\n");
    diag_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_has_place_severity_message_and_check),
        cmocka_unit_test(findings_are_counted_in_order),
        cmocka_unit_test(a_finding_made_elsewhere_is_copied),
        cmocka_unit_test(without_a_diag_only_the_verdict_is_left),
        cmocka_unit_test(print_begins_where_it_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
