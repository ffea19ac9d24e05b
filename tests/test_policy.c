#include "records/policy.h"

#include "records_help.h"

#define HEAD "format: nyusho-policy/1\n"

static const struct {
    const char *yaml, *findings;
} cases[] = {
    {HEAD, ""},
    {HEAD "accept: {printed: 1000, digits: 0, handwriting: never}\n", ""},
    {HEAD "accept:\n", ""},
    {HEAD "accept: {printed: 1001}\n", "bad-threshold:2"},
    {HEAD "accept: {printed: -1}\n", "bad-threshold:2"},
    {HEAD "accept: {printed: high}\n", "yaml-type:2"},
    {HEAD "accept: {print: 900}\n", "unknown-key:2"},
    {HEAD "always_review: [child.nam]\n", "unknown-field:2"},
    {HEAD "two_people: [[child.name]]\n", "unknown-field:2"},
    {HEAD "two_people: child.name\n", "yaml-type:2"},
    {HEAD "may_pass: [job.note]\ntwo_people: [job.note]\n",
     "policy-conflict:2"},
    {HEAD "may_pass: [child.name]\n", "policy-conflict:2"},
    {HEAD "may_pass: [child.name]\nalways_review: []\n", ""},
    {HEAD "sample_permille: 1001\n", "bad-threshold:2"},
    {"format: nyusho-documents/1\n", "bad-format:1"},
};

static void every_mistake_has_its_message(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena mem = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct dictionary dict;
        struct policy p;
        help_dictionary(&dict, &mem);
        bool ok = policy_load(&p, &dict, cases[i].yaml, strlen(cases[i].yaml),
                              "policy.yaml", &mem, &d);
        if (strcmp(help_findings(&d, &mem), cases[i].findings) != 0)
            fprintf(stderr, "%s", cases[i].yaml);
        assert_string_equal(help_findings(&d, &mem), cases[i].findings);
        assert_int_equal(ok, !*cases[i].findings);
        diag_release(&d);
        arena_release(&mem);
    }
}

static void a_value_stands_at_its_threshold(void **state)
{
    (void)state;
    static const char yaml[] =
        HEAD "accept: {printed: 900, ticks: never}\n"
             "always_review: [child.birth]\ntwo_people: [child.sex]\n"
             "may_pass: [job.note]\nsample_permille: 0\n";
    static const struct {
        const char *path;
        enum accept_kind kind;
        int confidence;
        bool accepted;
    } values[] = {
        {"job.employer", ACCEPT_PRINTED, 900, true},
        {"job.employer", ACCEPT_PRINTED, 899, false},
        {"job.employer", ACCEPT_PRINTED, -1, false},
        {"job.employer", ACCEPT_TICKS, 1000, false},
        {"job.employer", ACCEPT_HANDWRITING, 1000, false},
        {"child.birth", ACCEPT_PRINTED, 1000, false},
        {"child.sex", ACCEPT_PRINTED, 1000, true},
    };
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct dictionary dict;
    struct policy p;
    help_dictionary(&dict, &mem);
    assert_true(
        policy_load(&p, &dict, yaml, strlen(yaml), "policy.yaml", &mem, &d));
    for (size_t i = 0; i < COUNT(values); i++)
        assert_int_equal(policy_accepts(&p, help_field(&dict, values[i].path),
                                        values[i].kind, values[i].confidence),
                         values[i].accepted);
    assert_true(policy_needs_two(&p, help_field(&dict, "child.sex")));
    assert_false(policy_needs_two(&p, help_field(&dict, "child.birth")));
    assert_true(policy_may_pass(&p, help_field(&dict, "job.note")));
    assert_false(policy_may_pass(&p, help_field(&dict, "child.sex")));
    diag_release(&d);
    arena_release(&mem);
}

static void without_a_file_care_is_taken(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    struct dictionary dict;
    struct policy p;
    help_dictionary(&dict, &mem);
    policy_default(&p, &dict, &mem);
    assert_false(policy_accepts(&p, help_field(&dict, "child.name"),
                                ACCEPT_PRINTED, 1000));
    assert_true(policy_accepts(&p, help_field(&dict, "child.birth"),
                               ACCEPT_DATES, 1000));
    assert_false(policy_accepts(&p, help_field(&dict, "job.employer"),
                                ACCEPT_HANDWRITING, 1000));
    arena_release(&mem);
}

static void a_sample_is_drawn_alike_everywhere(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    struct dictionary dict;
    struct policy p;
    help_dictionary(&dict, &mem);
    policy_default(&p, &dict, &mem);
    const struct field *f = help_field(&dict, "child.birth");
    int drawn = 0;
    p.sample_permille = 100;
    for (int i = 0; i < 10000; i++)
        drawn += policy_samples(&p, f, arena_printf(&mem, "page%d", i));
    assert_int_equal(drawn, 1010); /* close to a tenth, the same every time */
    p.sample_permille = 1000;
    assert_true(policy_samples(&p, f, "page"));
    p.sample_permille = 0;
    assert_false(policy_samples(&p, f, "page"));
    arena_release(&mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mistake_has_its_message),
        cmocka_unit_test(a_value_stands_at_its_threshold),
        cmocka_unit_test(without_a_file_care_is_taken),
        cmocka_unit_test(a_sample_is_drawn_alike_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
