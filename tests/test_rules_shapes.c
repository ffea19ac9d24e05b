/*
 * Every shape that printed tables have can be said in YAML alone: one rule
 * file for each, with examples that touch every rule of it. To add a shape:
 * its file in fixtures/rules/shapes, its row here.
 */
#include "scoring/points/rules_test.h"
#include "tests/points_help.h"

#define FOLDER "fixtures/rules/shapes"

static const struct {
    const char *file, *shape;
} shapes[] = {
    {"absent-guardian", "points of an absent guardian"},
    {"base-average", "the mean of both guardians"},
    {"base-lower", "the lower of both guardians"},
    {"base-per-guardian", "the sum divided by the number of guardians"},
    {"base-sum", "the sum of both, with a ceiling"},
    {"before-points", "what counts before points"},
    {"birth-month-ends", "months around a birth, to the ends of months"},
    {"birth-weeks", "weeks around a birth"},
    {"cohabitants", "jobs and reasons of cohabitants"},
    {"conditions", "first choice only, no transfers, only April"},
    {"days-by-hours", "days × hours a day"},
    {"excluded-by", "not where another rule holds; age of grandparents"},
    {"fractions", "fractions of points"},
    {"groups", "exclusive groups, the higher of, bounded sums"},
    {"hours-actual", "hours worked in the last months"},
    {"hours-breaks", "breaks up to an hour a day"},
    {"hours-by-kind", "hours added up by the place of work"},
    {"hours-lower", "the lower of contract and actual, the longest job"},
    {"hours-month", "steps by hours a month"},
    {"hours-week", "steps by hours a week"},
    {"hours-weeks", "weeks of a month, jobs that do not count"},
    {"kind-of-work", "steps by the kind of work"},
    {"manual", "points entered by a person within a range"},
    {"missing-proof", "no proof counts as job-seeking"},
    {"office", "what the office knows, and what nobody knows"},
    {"order-categories", "ties broken by the city's own categories"},
    {"order-facility", "ties broken at each facility"},
    {"order-numbers", "ties broken by numbers, dates, the preference"},
    {"order-reasons", "ties broken by the order of reasons"},
    {"order-second-table", "a second table, a decision, a numbered lot"},
    {"own-fields", "fields that the city added"},
    {"per-count", "points for each, less for each refusal"},
    {"phases", "phases with their own filter"},
    {"rank-first", "a rank first, points inside it"},
    {"ranks-last", "last whatever the points"},
    {"reason-forced", "one reason before every other"},
    {"reason-highest", "the highest of several reasons"},
    {"reason-second", "a second reason adds, up to a ceiling"},
    {"reason-sum", "the sum of several reasons"},
    {"same-kind-summed", "hours of one kind added, of different kinds not"},
    {"scopes", "guardian, household, child, child and facility"},
    {"sets-total", "a total whatever the base"},
    {"share-highest", "siblings take the highest score"},
    {"ties-only", "adjustments only at equal points"},
};

static bool load(struct dictionary *dict, const char *name, struct ruleset *rs,
                 struct arena *a, struct diag *d)
{
    size_t len;
    const char *own = arena_printf(a, FOLDER "/dictionary/%s.yaml", name);
    if (file_exists(own)) {
        const char *fields = file_read(own, 1 << 20, a, &len, d);
        if (!fields || !dictionary_load(dict, fields, len, own, a, d))
            return false;
    }
    const char *path = arena_printf(a, FOLDER "/%s.yaml", name);
    const char *bytes = file_read(path, 1 << 20, a, &len, d);
    return bytes && ruleset_load(rs, bytes, len, path, dict, a, d);
}

static void every_shape_is_said_and_tested(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        struct arena a = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct dictionary dict;
        struct ruleset rs;
        struct rules_report report;
        help_dictionary(&dict, &a);
        bool ok = load(&dict, shapes[i].file, &rs, &a, &d) &&
                  ruleset_test(&rs, &report, &a, &d) &&
                  report.n_touched == rs.n_rules && d.n == 0;
        if (!ok) {
            print_error("%s (%s)\n", shapes[i].file, shapes[i].shape);
            help_print(&d);
            wrong++;
        }
        diag_release(&d);
        arena_release(&a);
    }
    assert_int_equal(wrong, 0);
}

static void every_file_is_in_the_list(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    size_t n, k = 0;
    char **names = folder_list(FOLDER, &a, &n, &d);
    assert_non_null(names);
    for (size_t i = 0; i < n; i++) {
        if (!strstr(names[i], ".yaml"))
            continue;
        assert_true(k < COUNT(shapes));
        assert_string_equal(names[i],
                            arena_printf(&a, "%s.yaml", shapes[k++].file));
    }
    assert_int_equal(k, COUNT(shapes));
    diag_release(&d);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape_is_said_and_tested),
        cmocka_unit_test(every_file_is_in_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
