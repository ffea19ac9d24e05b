#include "records/numbers.h"

#include "records_help.h"

/* A file, and "check:line" of what is said. */
static const struct {
    const char *bytes, *findings;
} cases[] = {
    {"世帯番号,番号\n0001,2\n0002,1\n", ""},
    {"household no,number\n0001,2\n", ""},
    {"世帯番号,番号\n", ""},
    {"世帯番号\n0001\n", "missing-column:1"},
    {"世帯番号,番号,備考\n0001,1,\n", "unknown-column:1"},
    {"世帯番号,番号\n,1\n", "key-missing:2"},
    {"世帯番号,番号\n0001,\n", "bad-number:2"},
    {"世帯番号,番号\n0001,0\n", "bad-number:2"},
    {"世帯番号,番号\n0001,-3\n", "bad-number:2"},
    {"世帯番号,番号\n0001,一\n0002,x\n", "bad-number:2 bad-number:3"},
    {"世帯番号,番号\n0001,1\n0002,2\n0003,1\n", "duplicate-number:4"},
    {"世帯番号,番号\n0001,1\n0002,2\n0001,3\n", "duplicate-household:4"},
    {"世帯番号,番号\n０００１,1\n0001,3\n", "duplicate-household:3"},
};

static void every_mistake_has_its_message(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena mem = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct household_numbers list;
        bool ok = numbers_load(&list, cases[i].bytes, strlen(cases[i].bytes),
                               "n.csv", &mem, &d);
        if (strcmp(help_findings(&d, &mem), cases[i].findings) != 0)
            fprintf(stderr, "case %zu\n", i);
        assert_string_equal(help_findings(&d, &mem), cases[i].findings);
        assert_int_equal(ok, d.errors == 0);
        diag_release(&d);
        arena_release(&mem);
    }
}

static void the_second_number_is_told_at_its_cell(void **state)
{
    (void)state;
    static const char bytes[] = "番号,世帯番号\n7,0001\n7,0002\n";
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct household_numbers list;
    assert_false(numbers_load(&list, bytes, strlen(bytes), "n.csv", &mem, &d));
    assert_int_equal(d.items[0].at.line, 3);
    assert_int_equal(d.items[0].at.column, 1);
    diag_release(&d);
    arena_release(&mem);
}

static void a_household_is_found_by_its_number(void **state)
{
    (void)state;
    static const char bytes[] = "世帯番号,番号\n0009,4\n0001,77\n0005,1\n";
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct household_numbers list;
    int64_t number = -1;
    assert_true(numbers_load(&list, bytes, strlen(bytes), "n.csv", &mem, &d));
    assert_true(household_number(&list, "0001", &number));
    assert_int_equal(number, 77);
    assert_true(household_number(&list, "0009", &number));
    assert_int_equal(number, 4);
    assert_false(household_number(&list, "1", &number));
    assert_int_equal(number, 4);
    diag_release(&d);
    arena_release(&mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mistake_has_its_message),
        cmocka_unit_test(the_second_number_is_told_at_its_cell),
        cmocka_unit_test(a_household_is_found_by_its_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
