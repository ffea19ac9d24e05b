/* Withdrawals since an earlier round: fixtures/withdrawals, a file for each
 * message and some that are fine. */
#include "records/withdrawals.h"

#include "core/date.h"
#include "core/file.h"
#include "records_help.h"

#define FOLDER "fixtures/withdrawals/"

static bool load(const char *file, struct withdrawals *w, struct arena *mem,
                 struct diag *d)
{
    size_t len;
    const char *path = arena_printf(mem, FOLDER "%s.csv", file);
    const char *bytes = file_read(path, 1 << 20, mem, &len, d);
    assert_non_null(bytes);
    return withdrawals_parse(bytes, len, "w.csv", w, mem, d);
}

/* The line, and the column, of what is wrong. */
static const struct {
    const char *file, *check;
    int line, column;
} bad[] = {
    {"bad-key-missing", "key-missing", 3, 1},
    {"bad-bad-key", "bad-key", 2, 1},
    {"bad-unknown-withdrawal", "unknown-withdrawal", 2, 2},
    {"bad-bad-date", "bad-date", 2, 3},
    {"bad-bad-date-empty", "bad-date", 2, 3},
    {"bad-withdrawn-twice", "withdrawn-twice", 4, 1},
    {"bad-missing-column", "missing-column", 1, 0},
    {"bad-unknown-column", "unknown-column", 1, 4},
    {"bad-csv-columns", "csv-columns", 2, 0},
    {"bad-csv-quote", "csv-quote", 2, 2},
};

static void every_mistake_is_one_line_with_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct arena mem = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct withdrawals w;
        if (load(bad[i].file, &w, &mem, &d))
            fail_msg("%s was let through", bad[i].file);
        if (d.n != 1 || strcmp(d.items[0].check, bad[i].check) != 0 ||
            d.items[0].at.line != bad[i].line ||
            d.items[0].at.column != bad[i].column) {
            help_print(&d);
            fail_msg("%s is told otherwise", bad[i].file);
        }
        diag_release(&d);
        arena_release(&mem);
    }
}

static void rows_come_by_date(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct withdrawals w;
    static const char text[] = "児童番号,種別,日付\n"
                               "3,退園,2027-02-11\n2,leaves,2027-02-10\n"
                               "1,取下げ,2027-02-11\n";
    assert_true(load("good", &w, &mem, &d));
    assert_int_equal(w.n, 2);
    assert_string_equal(w.items[0].child, "2700000701");
    assert_string_equal(w.items[0].household, "");
    assert_string_equal(w.items[0].note, "転居のため");
    assert_int_equal(w.items[0].kind, WITHDRAWAL_DECLINE);
    assert_int_equal(w.items[1].kind, WITHDRAWAL_TRANSFER);
    assert_int_equal(w.items[1].on, date_day(2027, 2, 12));
    assert_true(load("good-household", &w, &mem, &d));
    assert_string_equal(w.items[0].household, "27000007");
    assert_int_equal(w.items[0].on, date_day(2027, 2, 10));
    assert_true(withdrawals_parse(text, strlen(text), "w.csv", &w, &mem, &d));
    assert_string_equal(w.items[0].child, "2");
    assert_string_equal(w.items[1].child, "1");
    assert_string_equal(w.items[2].child, "3");
    assert_int_equal(d.n, 0);
    diag_release(&d);
    arena_release(&mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mistake_is_one_line_with_its_place),
        cmocka_unit_test(rows_come_by_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
