/* Examples inside a rule file: what they build, what they expect, what a
 * mistake in them is told. */
#include "scoring/points/rules_test.h"
#include "tests/points_help.h"

static struct arena mem;
static struct dictionary dict;

static int setup(void **state)
{
    (void)state;
    help_dictionary(&dict, &mem);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&mem);
    return 0;
}

static const char rules_text[] =
    "format: nyusho-rules/1\n"
    "id: test\n"
    "title: 試験\n"
    "source: {document: 基準表, year: 2027, pages: [1]}\n"
    "hours: {weeks_per_month: 4}\n"
    "phases:\n"
    "  - {id: graduates, wording: 卒園, when: graduating}\n"
    "  - {id: others, wording: その他}\n"
    "guardian:\n"
    "  reasons:\n"
    "    - {id: work, wording: 就労, when: reason = 就労, by: hours_month, "
    "at_least: {160h: 20, 120h: 16}}\n"
    "    - {id: seek, wording: 求職, when: reason = 求職, points: 8}\n"
    "    - {id: abuse, wording: 虐待, when: reason is 虐待・DV, manual: {from: "
    "0, to: 20}}\n"
    "household:\n"
    "  adjust:\n"
    "    - {id: single, wording: ひとり親, when: single_parent is ひとり親, "
    "points: 26}\n"
    "    - {id: arrears, wording: 滞納, when: arrears_months >= 3, points: "
    "-10}\n"
    "child:\n"
    "  adjust:\n"
    "    - {id: leave, wording: 育休延長, when: leave_extension_ok, rank_last: "
    "yes}\n"
    "choice:\n"
    "  adjust:\n"
    "    - {id: linked, wording: 連携, when: facility is linked, points: 450}\n"
    "    - {id: sibling, wording: きょうだい, when: any sibling with "
    "enrolled_facility = facility, points: 1.5}\n"
    "order:\n"
    "  - {id: disaster, first: any guardian with reason = 災害, wording: "
    "災害}\n"
    "  - {id: fee, low: fee_class, wording: 階層}\n"
    "  - {id: kids, high: children_under_18, wording: 子}\n"
    "  - {id: place, ranked: workplace_area, best: [隣接市町村より遠い, "
    "隣接市町村, 市内], wording: 勤務地}\n"
    "  - {id: second, wording: 第二表, table: [{id: two, wording: 二, when: "
    "welfare, points: 4}]}\n"
    "  - {id: hand, wording: 総合判断, by_hand: {from: 0, to: 10}}\n"
    "  - lottery\n"
    "examples_with:\n"
    "  facilities: [{code: SMALL, linked: [BIG]}, {code: BIG, kind: 保育所}]\n"
    "examples:\n";

/* The line after `examples:`; lines of an example are counted from there. */
static int first_line(void)
{
    int lines = 1;
    for (const char *c = rules_text; *c; c++)
        lines += *c == '\n';
    return lines;
}

struct row {
    const char *example;
    const char *finding; /* "check:line …" of errors, "" for none */
};

/* Errors only: "example-fails:36 …" */
static const char *errors(const struct diag *d, struct arena *a)
{
    const char *text = "";
    for (size_t i = 0; i < d->n; i++)
        if (d->items[i].severity == SEVERITY_ERROR)
            text = arena_printf(a, "%s%s%s:%d", text, *text ? " " : "",
                                d->items[i].check,
                                d->items[i].at.line == 0
                                    ? 0
                                    : d->items[i].at.line - first_line() + 1);
    return text;
}

static bool run(const char *examples, struct rules_report *report,
                struct ruleset *rs, struct arena *a, struct diag *d)
{
    char *text = arena_printf(a, "%s%s", rules_text, examples);
    if (!ruleset_load(rs, text, strlen(text), "r.yaml", &dict, a, d)) {
        help_print(d);
        fail_msg("the rule file does not load");
    }
    return ruleset_test(rs, report, a, d);
}

#define GIVEN "  - name: n\n    given: "
#define ALONE "single_parent: ひとり親"
static const struct row rows[] = {
    {GIVEN "{guardians: [{reason: 就労, jobs: [{hours_month: 168h}]}, {reason: "
           "就労, jobs: [{minutes_month: 120:00}]}]}\n"
           "    expect: {work: [20, 16], total: 36, base: 36, adjust: 0, "
           "guardians: [20, 16], not: [seek, single], provisional: no}\n",
     ""},
    {GIVEN "{guardians: [{reason: 求職}], " ALONE "}\n"
           "    expect: {total: 34, seek: 8, single: 26}\n",
     ""},
    {GIVEN "{guardians: [{reason: 求職}], " ALONE "}\n"
           "    expect: {total: 35,\n      seek: 8, single: 20, base: 8, not: "
           "[seek]}\n",
     "example-fails:3 example-fails:4 example-fails:4"},
    /* children, brothers and sisters, facilities */
    {GIVEN "{" ALONE ", guardians: [{reason: 求職}], child: "
           "{enrolled_facility: SMALL}, preferences: [BIG, OTHER], cohabitants:"
           " [{relation: 兄, enrolled_facility: OTHER}]}\n"
           "    expect: {total: 34, at: {BIG: 484, OTHER: 35.5}, linked: 450, "
           "sibling: {OTHER: 1.5, BIG: 0}}\n",
     ""},
    {GIVEN "{" ALONE ", guardians: [{reason: 求職}], children: "
           "[{leave_extension_ok: yes, preferences: [BIG]}, {graduating: yes, "
           "enrolled_facility: BIG}]}\n"
           "    expect: {at: {BIG: 35.5}, rank_last: yes, phase: others}\n",
     ""},
    {GIVEN "{" ALONE ", guardians: [{reason: 求職}], child: {graduating: "
           "yes}}\n    expect: {phase: graduates, rank_last: no}\n",
     ""},
    /* the order */
    {GIVEN "{" ALONE ", fee_class: 3, children_under_18: 2, welfare: yes, "
           "guardians: [{reasons: [{kind: 災害}, {kind: 求職}], jobs: "
           "[{workplace_area: 市内}, {workplace_area: 隣接市町村}]}], manual: "
           "[{rule: hand, points: 7}]}\n"
           "    expect: {order: {disaster: yes, fee: 3, kids: 2, place: 2, "
           "second: 4, hand: 7}}\n",
     ""},
    {GIVEN "{" ALONE ", fee_class: unknown, guardians: [{reason: 求職}]}\n"
           "    expect: {order: {disaster: no, fee: unknown, kids: none, place:"
           " 4, second: 0, hand: unknown}}\n",
     ""},
    {GIVEN "{" ALONE ", fee_class: 3, guardians: [{reason: 求職}]}\n"
           "    expect: {order: {disaster: yes, fee: 4, place: 1}}\n",
     "example-fails:3 example-fails:3 example-fails:3"},
    /* manual points; what is unknown */
    {GIVEN "{" ALONE ", guardians: [{reason: 虐待・DV}], manual: [{rule: "
           "abuse, guardian: 1, points: 12.5}]}\n    expect: {abuse: 12.5}\n",
     ""},
    {GIVEN "{" ALONE ", guardians: [{reason: 虐待・DV}]}\n"
           "    expect: {total: 26, provisional: yes}\n",
     ""},
    {GIVEN "{" ALONE ", guardians: [{reason: 虐待・DV}]}\n"
           "    expect: {total: 26}\n",
     "example-fails:1"},
    {GIVEN "{guardians: [{reason: 求職}]}\n    expect: {total: 8}\n",
     "example-fails:1"},
    {GIVEN "{" ALONE ", arrears_months: unknown, guardians: [unknown]}\n"
           "    expect: {total: 26, provisional: yes}\n",
     ""},
    {GIVEN "{" ALONE ", guardians: [{reason: 虐待・DV}], manual: [{rule: "
           "abuse, guardian: 1, points: 21}]}\n    expect: {abuse: 21}\n",
     "manual-range:2"},
    /* mistakes */
    {GIVEN "{singl_parent: ひとり親}\n    expect: {total: 8}\n",
     "example-given:2"},
    {GIVEN "{single_parent: ひとりおや}\n    expect: {total: 8}\n",
     "unknown-value:2"},
    {GIVEN "{guardians: {reason: 就労}}\n    expect: {total: 8}\n",
     "example-given:2"},
    {GIVEN "{guardians: [{reason: 就労, jobs: [{minutes: 3h}]}]}\n"
           "    expect: {total: 8}\n",
     "example-given:2"},
    {GIVEN
     "{guardians: [{reason: 就労, hobby: yes}]}\n    expect: {total: 8}\n",
     "example-given:2"},
    {GIVEN "{entry_date: yesterday}\n    expect: {total: 8}\n",
     "example-given:2"},
    {GIVEN "{manual: [{rule: abuse, points: many}]}\n    expect: {total: 8}\n",
     "example-given:2"},
    {GIVEN "[1]\n    expect: {total: 8}\n", "example-given:2"},
    /* described again: what examples_with told of it is forgotten */
    {GIVEN
     "{facilities: [{code: SMALL, linked: [A, BIG]}], child: "
     "{enrolled_facility: SMALL}, preferences: [BIG], guardians: [{reason: "
     "求職}], " ALONE "}\n    expect: {linked: 450, at: {BIG: 484}}\n",
     ""},
    {GIVEN "{facilities: [{code: SMALL, linked: [A]}], child: "
           "{enrolled_facility: SMALL}, preferences: [BIG], guardians: "
           "[{reason: 求職}], " ALONE
           "}\n    expect: {not: [linked], at: {BIG: "
           "34}}\n",
     ""},
    {GIVEN "{facilities: [{code: A, linked: [B]}, {code: A, linked: [B]}], "
           "guardians: [{reason: 求職}]}\n    expect: {total: 8}\n",
     "example-given:2"},
    {"  - 5\n", "example-given:1"},
    {GIVEN "{" ALONE ", guardians: [{reason: 求職}]}\n    expect: {totl: 8}\n",
     "example-expect:3"},
    {GIVEN "{" ALONE ", guardians: [{reason: 求職}]}\n    expect: {total: x}\n",
     "example-expect:3"},
    {GIVEN "{" ALONE ", guardians: [{reason: 求職}]}\n", "example-expect:1"},
    {GIVEN "{" ALONE ", guardians: [{reason: 求職}]}\n"
           "    expect: {at: {BIG: 3}, not: [nobody], order: {nothing: 1}, "
           "phase: [1], provisional: 3, guardians: 4}\n",
     "example-expect:3 example-expect:3 example-expect:3 example-expect:3 "
     "example-expect:3 example-expect:3"},
    {"  []\n", "no-examples:0"},
};

static void each_example_is_judged(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct rules_report report;
        struct ruleset rs;
        bool ok = run(rows[i].example, &report, &rs, &a, &d);
        const char *got = errors(&d, &a);
        if (ok != !*rows[i].finding || strcmp(got, rows[i].finding) != 0) {
            print_error("%s\n%s, not %s\n", rows[i].example, got,
                        rows[i].finding);
            diag_print(&d, 0, LANG_JA, stderr);
            wrong++;
        }
        diag_release(&d);
        arena_release(&a);
    }
    assert_int_equal(wrong, 0);
}

static void the_report_says_what_was_touched(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct rules_report report;
    struct ruleset rs;
    const char *examples =
        "  - name: one\n    given: {" ALONE ", welfare: yes, guardians: "
        "[{reason: 求職}]}\n    expect: {total: 34}\n"
        "  - name: two\n    given: {" ALONE ", guardians: [{reason: 求職}]}\n"
        "    expect: {total: 30}\n";
    assert_false(run(examples, &report, &rs, &a, &d));
    assert_int_equal(report.n_examples, 2);
    assert_int_equal(report.n_failed, 1);
    assert_true(report.examples[0].ok);
    assert_false(report.examples[1].ok);
    assert_string_equal(report.examples[1].name, "two");
    assert_int_equal(report.examples[1].n_checks, 1);
    assert_string_equal(report.examples[1].checks[0].what, "total");
    assert_string_equal(report.examples[1].checks[0].expected, "30");
    assert_string_equal(report.examples[1].checks[0].actual, "34");
    assert_int_equal(report.examples[1].checks[0].at.line, first_line() + 5);
    /* seek, single, two: of work, seek, abuse, single, arrears, leave,
     * linked, sibling, two */
    assert_int_equal(report.n_touched, 3);
    assert_true(report.touched[ruleset_find(&rs, "two")->index]);
    assert_false(report.touched[ruleset_find(&rs, "work")->index]);
    assert_int_equal(d.warnings, 6);
    assert_true(diag_has(&d, "rule-no-example"));
    diag_release(&d);
    arena_release(&a);
}

/* Steps inside steps, after `but`, in a table that breaks ties, otherwise. */
static const char stepped[] =
    "format: nyusho-rules/1\n"
    "id: stepped\n"
    "title: 試験\n"
    "source: {document: 基準表, year: 2027, pages: [1]}\n"
    "hours: {weeks_per_month: 4}\n"
    "guardian:\n"
    "  reasons:\n"
    "    - {id: seek, wording: 求職, when: reason = 求職, points: 8}\n"
    "    - id: work\n"
    "      wording: 就労\n"
    "      when: reason = 就労\n"
    "      by: days_month\n"
    "      at_least: {20 days: {by: hours_day, at_least: {8h: 20, 6h: 18}}, 15 "
    "days: 7}\n"
    "      otherwise: 4\n"
    "      but: {when: promised_job, by: days_month, at_least: {20 days: 3}}\n"
    "define: [{name: promised_job, in: guardian, means: any job with "
    "promised}]\n"
    "order:\n"
    "  - {id: second, wording: 第二表, table: [{id: two, wording: 二, when: "
    "welfare, by: children_under_18, at_least: {3: 4, 2: 2}}]}\n"
    "  - child_number\n"
    "examples:\n";

static const char *reached_steps(const char *examples, struct arena *a)
{
    struct diag d = DIAG_INIT;
    struct rules_report report;
    struct ruleset rs;
    const char *text = arena_printf(a, "%s%s", stepped, examples), *out = "";
    if (!ruleset_load(&rs, text, strlen(text), "s.yaml", &dict, a, &d)) {
        help_print(&d);
        fail_msg("the rule file does not load");
    }
    if (!ruleset_test(&rs, &report, a, &d))
        help_print(&d);
    struct rules_step *steps = ruleset_steps(&rs, a);
    size_t n = 0;
    for (size_t i = 0; i < rs.n_steps; i++)
        if (report.reached[i]) {
            out = arena_printf(a, "%s%s%s %s", out, *out ? ", " : "",
                               steps[i].rule->id, steps[i].text);
            n++;
        }
    assert_int_equal(rs.n_steps, 7);
    assert_int_equal(n, report.n_reached);
    diag_release(&d);
    return out;
}

#define WORKS(days, hours, more)                           \
    "  - given: {single_parent: ひとり親, " more           \
    "guardians: [{reason: 就労, jobs: [{days_month: " days \
    ", hours_month: " hours ", promised: no}]}]}\n    expect: "

static void steps_that_count_are_reached(void **state)
{
    (void)state;
    static const struct {
        const char *examples, *reached;
    } cases[] = {
        {WORKS("20", "160h", "") "{work: 20}\n", "work 8h"},
        {WORKS("20", "120h", "") "{work: 18}\n", "work 6h"},
        {WORKS("20", "60h", "") "{work: 0}\n", ""},
        {WORKS("15", "160h", "") "{work: 7}\n" WORKS("3", "24h",
                                                     "") "{work: 4}\n",
         "work 15 days, work otherwise"},
        {WORKS("15", "160h", "welfare: yes, children_under_18: 2, ") "{order: "
                                                                     "{second: "
                                                                     "2}}\n",
         "work 15 days, two 2"},
        /* below the points of another reason, it proves nothing */
        {"  - given: {single_parent: ひとり親, guardians: [{reasons: [{kind: "
         "就労}, {kind: 求職}], jobs: [{days_month: 15, hours_month: 80h, "
         "promised: no}]}]}\n    expect: {seek: 8, total: 8}\n",
         ""},
        {"  - given: {single_parent: ひとり親, guardians: [{reason: 就労, jobs:"
         " [{days_month: 20, hours_month: 160h, promised: yes}]}]}\n"
         "    expect: {work: 3}\n",
         "work 20 days"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena a = ARENA_INIT;
        assert_string_equal(reached_steps(cases[i].examples, &a),
                            cases[i].reached);
        arena_release(&a);
    }
}

static void an_example_that_fails_shows_its_lines(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct rules_report report;
    struct ruleset rs;
    const char *examples =
        "  - name: good\n    given: {" ALONE ", guardians: [{reason: "
        "求職}]}\n    expect: {total: 34}\n"
        "  - name: bad\n    given: {" ALONE ", guardians: [{reason: 求職}], "
        "preferences: [BIG], cohabitants: [{relation: 兄, enrolled_facility: "
        "BIG}]}\n    expect: {total: 9}\n";
    assert_false(run(examples, &report, &rs, &a, &d));
    assert_int_equal(report.examples[0].n_lines, 0);
    const struct example_result *e = &report.examples[1];
    assert_int_equal(e->n_lines, 3);
    static const char *const expected[][3] = {
        {"seek", "1", "8"}, {"single", "", "26"}, {"sibling", "BIG", "1.5"}};
    for (size_t i = 0; i < COUNT(expected); i++) {
        assert_string_equal(e->lines[i].rule, expected[i][0]);
        assert_string_equal(e->lines[i].of, expected[i][1]);
        assert_string_equal(e->lines[i].points, expected[i][2]);
        assert_true(e->lines[i].counted);
    }
    assert_string_equal(e->lines[1].seen, "ひとり親区分=ひとり親");
    diag_release(&d);
    arena_release(&a);
}

static void examples_beside_count_like_those_inside(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct rules_report report;
    struct ruleset rs;
    static const char beside[] =
        "format: nyusho-examples/1\nrules: test\n"
        "examples_with: {single_parent: ひとり親}\nexamples:\n"
        "  - name: beside\n    given: {guardians: [{reason: 求職}]}\n"
        "    expect: {total: 34}\n";
    char *text = arena_strdup(&a, rules_text);
    *strstr(text, "examples_with:") = '\0'; /* none inside */
    assert_true(ruleset_load(&rs, text, strlen(text), "r.yaml", &dict, &a, &d));
    assert_false(ruleset_test(&rs, &report, &a, &d));
    assert_true(diag_has(&d, "no-examples"));
    for (int n = 1; n <= 2; n++) {
        assert_true(ruleset_add_examples(&rs, beside, strlen(beside),
                                         "r.examples.yaml", &a, &d));
        assert_true(ruleset_test(&rs, &report, &a, &d));
        assert_int_equal(report.n_examples, n);
        assert_string_equal(report.examples[n - 1].name, "beside");
        assert_string_equal(report.examples[n - 1].at.file, "r.examples.yaml");
        assert_int_equal(report.n_touched, 2);
    }
    diag_release(&d);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_example_is_judged),
        cmocka_unit_test(the_report_says_what_was_touched),
        cmocka_unit_test(steps_that_count_are_reached),
        cmocka_unit_test(an_example_that_fails_shows_its_lines),
        cmocka_unit_test(examples_beside_count_like_those_inside),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
