/* Digits side by side: how sure the whole is, and what else it could be. */
#include "ocr/digit_row.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

static void the_least_sure_digit_decides(void **state)
{
    static const struct {
        const char *name;
        struct digit_guess digits[4]; /* best, second, confidence, margin */
        size_t n;
        const char *text, *second;
        int confidence, without;
        bool struck;
    } rows[] = {
        {"sure",
         {{1, 7, 999, 998}, {0, 6, 995, 992}},
         2,
         "10",
         "",
         995,
         997,
         false},
        {"the first unsure",
         {{0, 6, 950, 901}, {8, 3, 998, 997}},
         2,
         "08",
         "68",
         950,
         998,
         false},
        {"the last unsure, another not much surer",
         {{2, 7, 960, 930}, {4, 9, 900, 820}},
         2,
         "24",
         "29",
         900,
         960,
         false},
        {"the middle one",
         {{1, 7, 999, 998}, {5, 6, 940, 890}, {9, 4, 999, 998}},
         3,
         "159",
         "169",
         940,
         989,
         false},
        {"unlikely all the same",
         {{0, 6, 600, 210}},
         1,
         "0",
         "6",
         600,
         600,
         false},
        {"disputed", {{0, 6, 600, 600}}, 1, "0", "6", 600, 600, false},
        {"no digit behind it",
         {{3, DIGIT_STRUCK, 900, 810}},
         1,
         "3",
         "",
         900,
         989,
         false},
        {"struck out",
         {{1, 7, 999, 998}, {DIGIT_STRUCK, 4, 995, 991}, {2, 3, 999, 998}},
         3,
         "1?2",
         "",
         995,
         998,
         true},
        {"a slash or a 1",
         {{1, 7, 999, 998}, {DIGIT_STRUCK, 1, 700, 500}},
         2,
         "11",
         "11",
         700,
         875,
         true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = ARENA_INIT;
        struct digit_row row = DIGIT_ROW_INIT;

        for (size_t k = 0; k < rows[i].n; k++)
            digit_row_add(&row, rows[i].digits[k]);
        assert_string_equal(row.text, rows[i].text);
        assert_int_equal(row.confidence, rows[i].confidence);
        assert_int_equal(row.struck, rows[i].struck);
        assert_string_equal(digit_row_second(&row, &a), rows[i].second);
        if (digit_row_without_second(&row) != rows[i].without)
            fail_msg("%s: %d without its second", rows[i].name,
                     digit_row_without_second(&row));
        arena_release(&a);
    }
}

static void too_long_a_row_is_no_number(void **state)
{
    struct digit_row row = DIGIT_ROW_INIT;

    (void)state;
    for (int i = 0; i < DIGIT_ROW_MOST; i++)
        digit_row_add(&row, (struct digit_guess){1, 7, 999, 998});
    assert_false(row.struck);
    digit_row_add(&row, (struct digit_guess){1, 7, 999, 998});
    assert_true(row.struck);
    assert_int_equal(row.n, DIGIT_ROW_MOST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_least_sure_digit_decides),
        cmocka_unit_test(too_long_a_row_is_no_number),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
