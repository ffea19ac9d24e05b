#include "records/check.h"

#include "core/date.h"
#include "records_help.h"

/* A family that no check has anything to say about. */
#define FAMILY                                               \
    "guardian:1 present=はい\nguardian:2 present=はい\n" \
    "reason:1:9 kind=その他\nreason:2:9 kind=その他\n" \
    "child:0001 birth=2025-06-01\npreference:0001:1 facility=101\n"
#define TWO \
    FAMILY "child:0002 birth=2023-06-01\npreference:0002:1 facility=102\n"

static const char nurseries[] = "施設番号,施設名,最低月齢(日)\n"
                                "101,あおば,57\n102,みどり,\n";
static const char seats[] = "施設番号,クラス,募集人数\n"
                            "101,0,3\n101,1,3\n102,0,1\n102,3,1\n102,1,1\n";

/* A household that has just this finding, and its twin that has none. */
static const struct {
    const char *check, *place, *bad, *good;
} cases[] = {
    {"household-without-child", "世帯 000001", "guardian:1 name=甲\n", FAMILY},
    {"second-guardian-missing", "世帯 000001", FAMILY "guardian:2 present=\n",
     FAMILY "guardian:2 present=\nhousehold single_parent=ひとり親\n"},
    {"second-guardian-missing", "世帯 000001",
     FAMILY "guardian:2 present=いいえ name=乙\nhousehold single_parent=無\n",
     FAMILY "guardian:2 present= name=乙\nhousehold single_parent=無\n"},
    {"reason-missing", "世帯 000001 人 2", FAMILY "reason:2:9 kind=\n",
     FAMILY "reason:2:9 kind=\nreason:2:3 kind=求職\n"},
    {"reason-missing", "世帯 000001 人 1", FAMILY "reason:1:9 kind=\n",
     FAMILY "reason:1:9 kind=\nguardian:1 present=いいえ\n"
            "household single_parent=ひとり親\n"},
    {"hours-missing", "世帯 000001 人 1 事由 2",
     FAMILY "reason:1:2 kind=就労\njob:2:1 minutes_month=160:00\n",
     FAMILY "reason:1:2 kind=就労\njob:1:3 minutes_month=160:00\n"},
    {"hours-missing", "世帯 000001 人 1 事由 1",
     FAMILY "reason:1:1 kind=就労\njob:1:1 days_month=20\n",
     FAMILY "reason:1:1 kind=就労\njob:1:1 variable_minutes=80:00\n"},
    /* 20 days of 8 hours: 160; up to a tenth off is how months differ. */
    {"hours-disagree", "世帯 000001 人 1 就労 1",
     FAMILY "job:1:1 days_month=20 weekday_from=9:00 weekday_to=17:00 "
            "minutes_month=176:01\n",
     FAMILY "job:1:1 days_month=20 weekday_from=9:00 weekday_to=17:00 "
            "minutes_month=176:00\n"},
    {"hours-disagree", "世帯 000001 人 1 就労 1",
     FAMILY "job:1:1 days_month=20 weekday_from=9:00 weekday_to=18:00 "
            "weekday_break=60分 minutes_month=143:59\n",
     FAMILY "job:1:1 days_month=20 weekday_from=9:00 weekday_to=18:00 "
            "weekday_break=60分 minutes_month=144:00\n"},
    {"hours-disagree", "世帯 000001 人 1 就労 1",
     FAMILY "job:1:1 days_week=5 weekday_from=22:00 weekday_to=6:00 "
            "minutes_month=80:00\n",
     FAMILY "job:1:1 days_week=5 weekday_from=22:00 weekday_to=6:00 "
            "minutes_month=176:00\n"},
    /* Two short days a month: less than a day's hours off is not a doubt. */
    {"hours-disagree", "世帯 000001 人 1 就労 1",
     FAMILY "job:1:1 days_month=2 weekday_from=9:00 weekday_to=13:00 "
            "minutes_month=12:01\n",
     FAMILY "job:1:1 days_month=2 weekday_from=9:00 weekday_to=13:00 "
            "minutes_month=12:00\n"},
    {"weekdays-disagree", "世帯 000001 人 2 就労 1",
     FAMILY "job:2:1 weekdays=月火水木金 days_week=4\n",
     FAMILY "job:2:1 weekdays=月火水木金|祝日 days_week=5\n"},
    {"days-impossible", "世帯 000001 人 1 就労 1",
     FAMILY "job:1:1 days_week=8\n", FAMILY "job:1:1 days_week=7\n"},
    {"days-impossible", "世帯 000001 人 1 就労 1",
     FAMILY "job:1:1 days_month=32\n", FAMILY "job:1:1 days_month=31\n"},
    {"period-order", "世帯 000001 人 1 就労 1",
     FAMILY "job:1:1 start=2028-04-02 end=2028-04-01\n",
     FAMILY "job:1:1 start=2028-04-01 end=2028-04-01\n"},
    {"period-order", "世帯 000001 人 1 就労 1",
     FAMILY "job:1:1 childcare_from=2026-05-02 childcare_to=2026-05-01\n",
     FAMILY "job:1:1 childcare_from=2026-05-02\n"},
    {"period-order", "世帯 000001 人 2 事由 1",
     FAMILY "reason:2:1 from=2026-05-02 to=2026-05-01\n",
     FAMILY "reason:2:1 from=2026-05-01 to=2026-05-02\n"},
    {"return-date", "世帯 000001 人 1 就労 1",
     FAMILY "job:1:1 childcare_to=2027-04-30 return_date=2027-04-30\n",
     FAMILY "job:1:1 childcare_to=2027-04-30 return_date=2027-05-01\n"},
    {"return-date", "世帯 000001 人 1 就労 1",
     FAMILY "job:1:1 maternity_to=2027-04-30 return_date=2027-05-02\n",
     FAMILY "job:1:1 maternity_to=2026-04-30 childcare_to=2027-04-30 "
            "return_date=2027-05-01\n"},
    {"certificate-old", "世帯 000001 人 1 就労 1",
     FAMILY "job:1:1 certified_on=2026-08-29\n",
     FAMILY "job:1:1 certified_on=2026-08-30\n"},
    {"renewal-missing", "世帯 000001 人 1 就労 1", FAMILY "job:1:1 term=有期\n",
     FAMILY "job:1:1 term=有期 renewal=未定\n"},
    {"contract-ends", "世帯 000001 人 1 就労 1",
     FAMILY "job:1:1 end=2027-03-31 renewal=未定\n",
     FAMILY "job:1:1 end=2027-03-31 renewal=有(予定)\n"},
    {"contract-ends", "世帯 000001 人 1 就労 1",
     FAMILY "job:1:1 end=2027-03-31\n", FAMILY "job:1:1 end=2027-04-01\n"},
    {"due-date-reason", "世帯 000001 人 2 事由 1",
     FAMILY "reason:2:1 kind=求職 due_date=2027-05-01\n",
     FAMILY "reason:2:1 kind=求職 due_date=2027-05-01\nreason:2:2 kind=出産\n"},
    /* April 1 is the last birthday of the older class. */
    {"birth-implausible", "世帯 000001 児童 0001",
     FAMILY "child:0001 birth=1925-09-14\n",
     FAMILY "child:0001 birth=2024-04-01\npreference:0001:1 facility=102\n"},
    {"birth-implausible", "世帯 000001 児童 0001",
     FAMILY "child:0001 birth=2035-09-14\npreference:0001:1 facility=102\n",
     FAMILY "child:0001 birth=2024-04-01\npreference:0001:1 facility=102\n"},
    {"school-age", "世帯 000001 児童 0001",
     FAMILY "child:0001 birth=2021-04-01\n",
     FAMILY "child:0001 birth=2024-04-01\npreference:0001:1 facility=102\n"},
    {"sibling-pattern-missing", "世帯 000001", TWO,
     TWO "household sibling_pattern=別保順次(希)\n"},
    {"sibling-pattern-alone", "世帯 000001",
     FAMILY "household sibling_pattern=別保順次(希)\n", FAMILY},
    {"sibling-no-common", "世帯 000001",
     TWO "household sibling_pattern=同保同時\n",
     TWO "household sibling_pattern=同保同時\n"
         "preference:0001:2 facility=102\n"},
    {"preference-unknown", "世帯 000001 児童 0001 希望 1",
     FAMILY "preference:0001:1 facility=103\n", FAMILY},
    {"preference-twice", "世帯 000001 児童 0001 希望 3",
     FAMILY "preference:0001:2 facility=102\npreference:0001:3 facility=101\n",
     FAMILY "preference:0001:2 facility=102\npreference:0001:3 visited=はい\n"},
    {"preference-enrolled", "世帯 000001 児童 0001 希望 1",
     FAMILY "child:0001 enrolled_facility=101\n",
     FAMILY "child:0001 enrolled_facility=102\n"},
    {"preference-no-class", "世帯 000001 児童 0001 希望 1",
     FAMILY "child:0001 birth=2024-06-01\n", FAMILY},
    /* 57 days before 2027-04-01 is 2027-02-03. */
    {"minimum-age", "世帯 000001 児童 0001 希望 1",
     FAMILY "child:0001 birth=2027-02-04\n",
     FAMILY "child:0001 birth=2027-02-03\n"},
    {"minimum-age", "世帯 000001 児童 0001 希望 1",
     FAMILY "child:0001 birth= due_date=2027-02-20\n",
     FAMILY "child:0001 birth= due_date=2027-02-03\n"},
};

struct world {
    struct arena mem;
    struct dictionary dict;
    struct facilities facilities;
    struct record_set set;
    struct diag d;
};

static size_t check(struct world *w, const char *rows)
{
    w->mem = ARENA_INIT;
    w->d = DIAG_INIT;
    help_dictionary(&w->dict, &w->mem);
    assert_true(facilities_load(&w->facilities, nurseries, strlen(nurseries),
                                "n.csv", seats, strlen(seats), "s.csv", &w->mem,
                                &w->d));
    record_set_init(&w->set, &w->dict);
    help_rows(&w->set, rows);
    record_set_finish(&w->set);
    struct check_basis basis = {&w->set, &w->facilities, 2027,
                                date_day(2027, 4, 1), date_day(2026, 11, 30)};
    return records_check(&basis, &w->d);
}

static void world_close(struct world *w)
{
    record_set_release(&w->set);
    diag_release(&w->d);
    arena_release(&w->mem);
}

static void each_check_finds_its_household_only(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct world w;
        size_t n = check(&w, cases[i].bad);
        if (n != 1)
            fprintf(stderr, "bad case %zu, %s\n", i, cases[i].check);
        help_print(n == 1 ? &DIAG_INIT : &w.d);
        assert_int_equal(n, 1);
        assert_string_equal(w.d.items[0].check, cases[i].check);
        assert_string_equal(w.d.items[0].at.file, cases[i].place);
        assert_int_equal(w.d.items[0].severity, SEVERITY_WARNING);
        world_close(&w);
        n = check(&w, cases[i].good);
        if (n != 0)
            fprintf(stderr, "good case %zu, %s\n", i, cases[i].check);
        help_print(&w.d);
        assert_int_equal(n, 0);
        world_close(&w);
    }
}

static void each_check_has_a_household(void **state)
{
    (void)state;
    for (size_t k = 0; k < n_record_checks; k++) {
        bool found = false;
        for (size_t i = 0; i < COUNT(cases); i++)
            found |= strcmp(cases[i].check, record_checks[k].name) == 0;
        if (!found)
            fail_msg("no case for %s", record_checks[k].name);
    }
}

static void findings_follow_the_numbers_of_households(void **state)
{
    (void)state;
    struct world w;
    check(&w, "@2\nchild:1\n@10\nguardian:1\n@1\nguardian:1\n");
    static const char *const places[] = {"世帯 1", "世帯 10", "世帯 2"};
    assert_int_equal(w.d.n, COUNT(places));
    for (size_t i = 0; i < COUNT(places); i++)
        assert_string_equal(w.d.items[i].at.file, places[i]);
    world_close(&w);
}

/* Findings are read on desks and in files: numbers only. */
static void no_name_reaches_a_finding(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena mem = ARENA_INIT;
        struct world w;
        check(&w, arena_printf(&mem,
                               "%sguardian:1 name=個人名 kana=コジンメイ\n"
                               "job:1:1 employer=個人名\n",
                               cases[i].bad));
        for (size_t k = 0; k < w.d.n; k++)
            for (int lang = LANG_JA; lang <= LANG_EN; lang++) {
                char *line = finding_line(&w.d.items[k], (enum lang)lang, &mem);
                assert_null(strstr(line, "個人名"));
                assert_null(strstr(line, "コジンメイ"));
            }
        world_close(&w);
        arena_release(&mem);
    }
}

static void without_facilities_their_checks_are_left_out(void **state)
{
    (void)state;
    struct world w;
    check(&w, FAMILY "preference:0001:1 facility=103\n");
    assert_int_equal(w.d.n, 1);
    struct check_basis basis = {&w.set, NULL, 2027, date_day(2027, 4, 1),
                                date_day(2026, 11, 30)};
    assert_int_equal(records_check(&basis, &w.d), 0);
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_check_finds_its_household_only),
        cmocka_unit_test(each_check_has_a_household),
        cmocka_unit_test(findings_follow_the_numbers_of_households),
        cmocka_unit_test(no_name_reaches_a_finding),
        cmocka_unit_test(without_facilities_their_checks_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
