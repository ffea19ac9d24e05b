/* Combination lists: as they are read, and each mistake with its twin. */
#include "scoring/placement/combinations.h"

#include "core/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HEAD                                                                                       \
    "ファミリーコード,総当たり順位,宛名コード1,希望施設1,宛名コード2," \
    "希望施設2\n"

struct row {
    const char *text, *check; /* NULL: good */
    int line;
};

static const struct row rows[] = {
    {HEAD "1001,1,0001,11,0002,11\n1001,2,0002,12,0001,\n", NULL, 0},
    {HEAD "1001,3,0001,11,0002,11\n1002,3,0003,11,,\n", NULL, 0},
    {HEAD, NULL, 0},
    {"ファミリーコード,宛名コード1,希望施設1\n1,2,3\n", "missing-column", 0},
    {"ファミリーコード,総当たり順位,宛名コード1\n1,2,3\n", "missing-column", 0},
    {HEAD "1001,1,0001,11,0002,11\n,2,0001,11,0002,\n", "missing-household", 3},
    {HEAD "1001,first,0001,11,0002,11\n", "bad-rank", 2},
    {HEAD "1001,-1,0001,11,0002,11\n", "bad-rank", 2},
    {HEAD "1001,99999999999999999999,0001,11,0002,11\n", "bad-rank", 2},
    {HEAD "1001,1,0001,11,,12\n", "missing-child", 2},
    {HEAD "1001,1,,,,\n", "missing-child", 2},
    {HEAD "1001,1,0001,11,0001,12\n", "duplicate-child", 2},
    {HEAD "1001,1,0001,11,0002,\n1002,1,0003,,,\n1001,1,0001,,0002,11\n",
     "duplicate-rank", 4},
    {HEAD "1001,1,0001,11,0002,\n1001,2,0001,11,0003,\n",
     "combination-children", 3},
    {HEAD "1001,1,0001,11,0002,\n1001,2,0001,11,,\n", "combination-children",
     3},
};

static void good_lists_are_read_and_bad_ones_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena a = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct combinations list;
        bool ok = combinations_parse(rows[i].text, strlen(rows[i].text),
                                     "c.csv", &list, &a, &d);
        if (ok != !rows[i].check)
            fail_msg("%s", rows[i].text);
        if (!ok) {
            assert_string_equal(d.items[0].check, rows[i].check);
            assert_int_equal(d.items[0].at.line, rows[i].line);
        }
        diag_release(&d);
        arena_release(&a);
    }
}

static void rows_come_by_household_and_rank(void **state)
{
    (void)state;
    static const char text[] = HEAD "1002,1,0005,11,,\n1001,20,0002,12,0001,\n"
                                    "1001,3,0001,11,0002,11\n";
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct combinations list;
    size_t n;
    assert_true(
        combinations_parse(text, sizeof text - 1, "c.csv", &list, &a, &d));
    const struct combination *c = combinations_find(&list, "1001", &n);
    assert_int_equal(n, 2);
    assert_int_equal(c[0].rank, 3);
    assert_int_equal(c[1].rank, 20);
    assert_string_equal(c[1].places[0].child, "0001");
    assert_string_equal(c[1].places[0].facility, "");
    assert_string_equal(c[1].places[1].facility, "12");
    c = combinations_find(&list, "1002", &n);
    assert_int_equal(n, 1);
    assert_int_equal(c->n_places, 1);
    combinations_find(&list, "1003", &n);
    assert_int_equal(n, 0);
    diag_release(&d);
    arena_release(&a);
}

static void too_many_rows_are_refused(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct buf text = BUF_INIT;
    struct combinations list;
    buf_text(&text, HEAD);
    for (int i = 0; i < 10000; i++)
        buf_printf(&text, "1001,%d,0001,%d,0002,\n", i, i);
    assert_false(
        combinations_parse(text.bytes, text.len, "c.csv", &list, &a, &d));
    assert_string_equal(d.items[0].check, "too-many-entries");
    assert_int_equal(d.n, 1);
    buf_release(&text);
    diag_release(&d);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_lists_are_read_and_bad_ones_told),
        cmocka_unit_test(rows_come_by_household_and_rank),
        cmocka_unit_test(too_many_rows_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
