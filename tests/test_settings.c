#include "records/settings.h"

#include "core/date.h"
#include "records_help.h"

#include <unistd.h>

#define HEAD "format: nyusho-case/1\nmunicipality: 見本市\nround: 2027-04\n"
#define DATES \
    "fiscal_year: 2027\nentry_date: 2027-04-01\ndeadline: 2026-11-30\n"
#define FILES "rules: rules.yaml\nnurseries: n.csv\nseats: s.csv\n"

static const struct {
    const char *yaml, *findings;
} cases[] = {
    {HEAD DATES FILES, ""},
    {HEAD DATES FILES "dictionary:\noffice:\nforms: []\nlottery:\n", ""},
    {"municipality: 見本市\n", "bad-format:1"},
    {HEAD DATES "nurseries: n.csv\nseats: s.csv\n", "yaml-missing:1"},
    {HEAD DATES FILES "ofice: o.csv\n", "unknown-key:10"},
    {HEAD FILES "fiscal_year: 2026\nentry_date: 2027-04-01\n"
                "deadline: 2026-11-30\n",
     "bad-fiscal-year:7"},
    {HEAD FILES "fiscal_year: 2026\nentry_date: 2027-03-31\n"
                "deadline: 2026-11-30\n",
     ""},
    {HEAD FILES "fiscal_year: 2027\nentry_date: 2027-02-30\n"
                "deadline: 2026-11-30\n",
     "bad-date:8"},
    {HEAD FILES "fiscal_year: 2027\nentry_date: 2027-04-01\n"
                "deadline: 2027-04-02\n",
     "bad-date:9"},
    {HEAD FILES "entry_date: 2027-04-01\ndeadline: 2026-11-30\n",
     "yaml-missing:1"},
    {HEAD DATES FILES "forms: application\n", "yaml-type:10"},
    {HEAD DATES FILES "forms: [[a]]\n", "yaml-type:10"},
    {HEAD DATES FILES "lottery: {sed: x}\n", "unknown-key:10"},
    {HEAD DATES FILES "lottery: {numbers: l.csv}\nreceipts: r.csv\n", ""},
    {HEAD DATES FILES "lottery: {seed: x, numbers: l.csv}\n",
     "lottery-twice:10"},
    {HEAD DATES FILES "rounds:\n", ""},
    {HEAD DATES FILES "rounds: {policy: 待機優先, earlier: 在園}\n", ""},
    {HEAD DATES FILES "rounds: {polcy: freed}\n", "unknown-key:10"},
    {HEAD DATES FILES "rounds: {policy: first}\n", "bad-round-word:10"},
    {HEAD DATES FILES "rounds: {earlier: gone}\n", "bad-round-word:10"},
    {HEAD DATES FILES "rounds: {declined_transfer: 失う}\n",
     "bad-round-word:10"},
    {HEAD DATES FILES "rounds: {policy: freed, earlier: enrolled}\n",
     "round-policy:10"},
    {HEAD DATES FILES "proof: {optimum: yes}\n", ""},
    {HEAD DATES FILES "proof: {optimum: maybe}\n", "bad-proof:10"},
    {HEAD DATES FILES "proof: {optimal: yes}\n", "unknown-key:10"},
    {HEAD DATES FILES "lottery: {seed: x, approved_on: 12月1日}\n",
     "bad-date:10"},
    {HEAD DATES FILES "lottery: {seed: x, approved_on: 令和8年12月1日}\n", ""},
    {HEAD DATES FILES "rules_verified: {by: 課長, on: 2026-13-01}\n",
     "bad-date:10"},
    {HEAD DATES FILES "rules_verified: {by: 課長, on: }\n", ""},
    {HEAD DATES FILES "office: \"o\\n.csv\"\n", "bad-character:10"},
    {HEAD DATES FILES "lottery: {seed: \"a\\x7f\"}\n", "bad-character:10"},
    {HEAD DATES FILES "forms: [\"a\\tb\"]\n", "bad-character:10"},
    {"format: nyusho-case/1\nmunicipality: 見本市\nround: 4月 一次\n" DATES
         FILES,
     "bad-round:3"},
};

static void every_mistake_has_its_message(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena mem = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct settings s;
        bool ok = settings_parse(&s, cases[i].yaml, strlen(cases[i].yaml),
                                 "nyusho.yaml", &mem, &d);
        if (strcmp(help_findings(&d, &mem), cases[i].findings) != 0)
            fprintf(stderr, "%s", cases[i].yaml);
        assert_string_equal(help_findings(&d, &mem), cases[i].findings);
        assert_int_equal(ok, !*cases[i].findings);
        diag_release(&d);
        arena_release(&mem);
    }
}

static void a_case_is_read_from_its_folder(void **state)
{
    (void)state;
    static const char yaml[] = HEAD DATES FILES
        "forms: [application, my/form.yaml]\n"
        "lottery: {seed: 2027春, approved_by: 課長, approved_on: 2026-12-01}\n"
        "rounds: {policy: waiting_first, declined_transfer: 元の席に残る}\n";
    char folder[] = "/tmp/nyusho-settings-XXXXXX";
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct settings s;
    assert_non_null(mkdtemp(folder));
    assert_false(settings_load(&s, folder, &mem, &d));
    assert_true(diag_has(&d, "no-case"));
    const char *path = path_join(&mem, folder, "nyusho.yaml");
    assert_true(file_write_atomic(path, yaml, strlen(yaml), &d));
    assert_true(settings_load(&s, folder, &mem, &d));
    assert_string_equal(s.folder, folder);
    assert_string_equal(s.municipality, "見本市");
    assert_string_equal(s.round, "2027-04");
    assert_int_equal(s.fiscal_year, 2027);
    assert_int_equal(s.entry_date, date_day(2027, 4, 1));
    assert_int_equal(s.deadline, date_day(2026, 11, 30));
    assert_string_equal(s.rules, "rules.yaml");
    assert_string_equal(s.office, "");
    assert_int_equal(s.n_forms, 2);
    assert_string_equal(s.forms[1], "my/form.yaml");
    assert_string_equal(s.lottery_seed, "2027春");
    assert_string_equal(s.lottery_approved_on, "2026-12-01");
    assert_int_equal(s.rounds.policy, POLICY_WAITING_FIRST);
    assert_int_equal(s.rounds.earlier, EARLIER_HELD);
    assert_int_equal(s.rounds.declined_transfer, DECLINED_KEEPS);
    unlink(path);
    rmdir(folder);
    diag_release(&d);
    arena_release(&mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mistake_has_its_message),
        cmocka_unit_test(a_case_is_read_from_its_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
