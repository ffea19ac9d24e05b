/* Expressions: what operators, functions and hours are worth. */
#include "tests/eval_help.h"

static void three_values(void **state)
{
    static const struct row rows[] = {
        {HH "welfare=はい", HOUSEHOLD, "welfare", "yes", {0}},
        {HH "welfare=", HOUSEHOLD, "welfare", "?", {0}},
        {HH "welfare=#判読不能", HOUSEHOLD, "welfare", "?", {0}},
        {HH "welfare=#該当なし", HOUSEHOLD, "welfare", "-", {0}},
        {HH "welfare=", HOUSEHOLD, "not welfare", "?", {0}},
        {HH "welfare=#該当なし", HOUSEHOLD, "not welfare", "yes", {0}},
        {HH "welfare= foster=いいえ",
         HOUSEHOLD,
         "welfare and foster",
         "no",
         {0}},
        {HH "welfare= foster=いいえ",
         HOUSEHOLD,
         "foster and welfare",
         "no",
         {0}},
        {HH "welfare= foster=はい", HOUSEHOLD, "foster and welfare", "?", {0}},
        {HH "welfare= foster=はい", HOUSEHOLD, "welfare or foster", "yes", {0}},
        {HH "welfare= foster=いいえ", HOUSEHOLD, "welfare or foster", "?", {0}},
        {HH "welfare=", HOUSEHOLD, "welfare is known", "no", {0}},
        {HH "welfare=#該当なし", HOUSEHOLD, "welfare is known", "yes", {0}},
        {HH "welfare=", HOUSEHOLD, "welfare is empty", "?", {0}},
        {HH "welfare=#該当なし", HOUSEHOLD, "welfare is empty", "yes", {0}},
        {"child:1", HOUSEHOLD, "welfare", "?", {0}},
        /* comparing */
        {HH "arrears_months=3", HOUSEHOLD, "arrears_months >= 3", "yes", {0}},
        {HH "arrears_months=3", HOUSEHOLD, "arrears_months > 3", "no", {0}},
        {HH "arrears_months=3", HOUSEHOLD, "arrears_months < 4", "yes", {0}},
        {HH "arrears_months=3", HOUSEHOLD, "arrears_months <= 2", "no", {0}},
        {HH "arrears_months=3", HOUSEHOLD, "arrears_months = 3", "yes", {0}},
        {HH "arrears_months=3", HOUSEHOLD, "arrears_months != 3", "no", {0}},
        {HH "arrears_months=", HOUSEHOLD, "arrears_months != 3", "?", {0}},
        {HH "arrears_months=#該当なし",
         HOUSEHOLD,
         "arrears_months != 3",
         "yes",
         {0}},
        {HH "arrears_months=#該当なし",
         HOUSEHOLD,
         "arrears_months < 3",
         "no",
         {0}},
        {HH "single_parent=準ずる",
         HOUSEHOLD,
         "single_parent is ひとり親 or 準ずる",
         "yes",
         {0}},
        {HH "single_parent=無",
         HOUSEHOLD,
         "single_parent is not ひとり親 or 準ずる",
         "yes",
         {0}},
        {HH "single_parent=", HOUSEHOLD, "single_parent is 無", "?", {0}},
        {HH "single_parent=#該当なし",
         HOUSEHOLD,
         "single_parent is not 無",
         "yes",
         {0}},
        {HH "disabled_member=身体2級",
         HOUSEHOLD,
         "disabled_member in 身体1級 to 身体2級",
         "yes",
         {0}},
        {HH "disabled_member=身体3級",
         HOUSEHOLD,
         "disabled_member in 身体1級 to 身体2級",
         "no",
         {0}},
        {HH "area=01", HOUSEHOLD, "area = 「01」", "yes", {0}},
        {HH "area=1", HOUSEHOLD, "area = 「01」", "no", {0}},
        {HH "area=", HOUSEHOLD, "area = 「01」", "?", {0}},
        {HH "area=#該当なし", HOUSEHOLD, "area is 「01」 or 「02」", "no", {0}},
        {"job:1:1 weekdays=月|土", JOB, "土 in weekdays", "yes", {0}},
        {"job:1:1 weekdays=月|火", JOB, "土 in weekdays", "no", {0}},
        {"job:1:1 weekdays=", JOB, "土 in weekdays", "?", {0}},
    };
    (void)state;
    check_rows(rows, COUNT(rows));
}

static void numbers_and_dates(void **state)
{
    static const struct row rows[] = {
        {HH "arrears_months=3", HOUSEHOLD, "arrears_months * 2 + 1", "7", {0}},
        {HH "arrears_months=3", HOUSEHOLD, "-arrears_months", "-3", {0}},
        {HH "arrears_months=", HOUSEHOLD, "arrears_months + 1", "?", {0}},
        {HH "arrears_months=#該当なし",
         HOUSEHOLD,
         "arrears_months + 1",
         "-",
         {0}},
        {HH "arrears_months=#該当なし declines_this_year=",
         HOUSEHOLD,
         "arrears_months * 1 = 1",
         "no",
         {0}},
        {HH "arrears_months=3", HOUSEHOLD, "most(arrears_months; 5)", "5", {0}},
        {HH "arrears_months=3",
         HOUSEHOLD,
         "least(arrears_months; 5)",
         "3",
         {0}},
        {HH "tax_levy=1000000000",
         HOUSEHOLD,
         "tax_levy * 1000000000000 > 0",
         "?",
         {0}},
        {HH "waiting_since=2026-08-31",
         HOUSEHOLD,
         "waiting_since + 6 months",
         "2027-02-28",
         {0}},
        {HH "waiting_since=2026-08-31",
         HOUSEHOLD,
         "waiting_since - 1 month",
         "2026-07-31",
         {0}},
        {HH "waiting_since=2026-08-31",
         HOUSEHOLD,
         "waiting_since + 57 days",
         "2026-10-27",
         {0}},
        {HH "waiting_since=2200-12-01",
         HOUSEHOLD,
         "waiting_since + 57 days",
         "?",
         {0}},
        {HH "waiting_since=2200-12-01",
         HOUSEHOLD,
         "waiting_since + 100000 months",
         "?",
         {0}},
        {HH "waiting_since=1868-01-02",
         HOUSEHOLD,
         "waiting_since - 5 days",
         "?",
         {0}},
        {HH "waiting_since=2026-08-31",
         HOUSEHOLD,
         "entry_date - waiting_since",
         "213",
         {0}},
        {HH "waiting_since=2026-08-31",
         HOUSEHOLD,
         "days from waiting_since to entry_date",
         "213",
         {0}},
        {HH "waiting_since=2027-01-31",
         HOUSEHOLD,
         "months from waiting_since to 2027-02-28",
         "1",
         {0}},
        {HH "waiting_since=2027-01-31",
         HOUSEHOLD,
         "months from waiting_since to 2027-02-27",
         "0",
         {0}},
        {HH "waiting_since=2027-05-15",
         HOUSEHOLD,
         "months from waiting_since to entry_date",
         "-2",
         {0}},
        {HH "waiting_since=2027-05-01",
         HOUSEHOLD,
         "months from waiting_since to entry_date",
         "-1",
         {0}},
        {HH "waiting_since=2020-04-02",
         HOUSEHOLD,
         "years from waiting_since to entry_date",
         "6",
         {0}},
        {HH "waiting_since=2026-08-31",
         HOUSEHOLD,
         "month_end(waiting_since)",
         "2026-08-31",
         {0}},
        {HH "waiting_since=2026-02-03",
         HOUSEHOLD,
         "month_end(waiting_since)",
         "2026-02-28",
         {0}},
        {HH "waiting_since=2026-08-31",
         HOUSEHOLD,
         "month_start(waiting_since)",
         "2026-08-01",
         {0}},
        {HH "waiting_since=2026-03-31",
         HOUSEHOLD,
         "fiscal_year_of(waiting_since)",
         "2025",
         {0}},
        {HH "waiting_since=2026-03-31",
         HOUSEHOLD,
         "month_number(waiting_since)",
         "3",
         {0}},
        {HH "waiting_since=2026-03-31",
         HOUSEHOLD,
         "year_number(waiting_since)",
         "2026",
         {0}},
        {HH "waiting_since=", HOUSEHOLD, "month_end(waiting_since)", "?", {0}},
        {HH, HOUSEHOLD, "fiscal_start", "2027-04-01", {0}},
        {HH, HOUSEHOLD, "deadline", "2026-11-30", {0}},
        {HH, HOUSEHOLD, "entry_month", "4", {0}},
        {HH, HOUSEHOLD, "fiscal_year", "2027", {0}},
        {"job:1:1 weekday_from=8:30 weekday_to=17:15",
         JOB,
         "weekday_to - weekday_from",
         "525",
         {0}},
        {"job:1:1 actual1_month=2026-10",
         JOB,
         "actual1_month + 3 months",
         "2027-01",
         {0}},
    };
    (void)state;
    check_rows(rows, COUNT(rows));
}

#define MOTHER "child:1\nguardian:1\n" KIND("1", "1", "就労")
#define JOB1 MOTHER "job:1:1 "
static void hours_of_work(void **state)
{
    const struct hours plain = {.weeks_per_month_milli = 4000};
    const struct hours with_breaks = {.breaks_included = true,
                                      .weeks_per_month_milli = 4345};
    const struct hours longest = {.jobs = HOURS_LONGEST,
                                  .weeks_per_month_milli = 4000};
    const struct hours actual = {.basis = HOURS_ACTUAL,
                                 .weeks_per_month_milli = 4000};
    const struct hours lower = {.basis = HOURS_LOWER,
                                .weeks_per_month_milli = 4000};
    const struct hours an_hour = {.breaks_included = true,
                                  .has_breaks_up_to = true,
                                  .breaks_up_to = 60,
                                  .weeks_per_month_milli = 4000};
#define NO_VARIABLE " variable_minutes=#該当なし"
#define NO_BREAK " break_minutes_month=#該当なし"
    const struct row rows[] = {
        {JOB1 "minutes_month=168:00 break_minutes_month=8:00", GUARDIAN,
         "hours_month", "9600", plain},
        {JOB1 "minutes_month=168:00" NO_BREAK, GUARDIAN, "hours_month", "10080",
         plain},
        {JOB1 "minutes_month=168:00", GUARDIAN, "hours_month", "?", plain},
        {JOB1 "minutes_month=168:00", GUARDIAN, "hours_month", "10080",
         with_breaks},
        {JOB1 "minutes_month=#該当なし variable_minutes=40:00 "
              "variable_per=週間 variable_break=5:00",
         GUARDIAN, "hours_month", "8400", plain},
        {JOB1 "minutes_month=#該当なし variable_minutes=40:00 "
              "variable_per=月間 variable_break=5:00",
         GUARDIAN, "hours_month", "2100", plain},
        {JOB1 "minutes_month=#該当なし variable_minutes=40:00 "
              "variable_per= variable_break=5:00",
         GUARDIAN, "hours_month", "?", plain},
        {JOB1 "minutes_month=#該当なし variable_minutes=10:01 "
              "variable_per=週間",
         GUARDIAN, "hours_month", "2611", with_breaks},
        {JOB1 "minutes_month=#該当なし" NO_VARIABLE, GUARDIAN, "hours_month",
         "-", plain},
        {JOB1 "minutes_month=" NO_VARIABLE, GUARDIAN, "hours_month", "?",
         plain},
        {MOTHER, GUARDIAN, "hours_month", "?", plain},
        {"child:1\nguardian:1\n" KIND("1", "1", "求職"), GUARDIAN,
         "hours_month", "-", plain},
        {JOB1 "minutes_month=100:00" NO_BREAK
              "\njob:1:2 minutes_month=60:00" NO_BREAK,
         GUARDIAN, "hours_month", "9600", plain},
        {JOB1 "minutes_month=100:00" NO_BREAK
              "\njob:1:2 minutes_month=60:00" NO_BREAK,
         GUARDIAN, "hours_month", "6000", longest},
        {JOB1 "actual1_minutes=100:00 actual2_minutes=100:00 "
              "actual3_minutes=100:01",
         GUARDIAN, "hours_month", "6000", actual},
        {JOB1 "actual1_minutes=100:00 actual2_minutes=100:01 "
              "actual3_minutes=#該当なし",
         GUARDIAN, "hours_month", "6001", actual},
        {JOB1 "minutes_month=90:00 break_minutes_month=#該当なし "
              "actual1_minutes=100:00",
         GUARDIAN, "hours_month", "5400", lower},
        {JOB1 "minutes_month=160:00" NO_BREAK, GUARDIAN, "hours_week", "2400",
         plain},
        {JOB1 "minutes_month=#該当なし variable_minutes=38:00 "
              "variable_per=週間 variable_break=#該当なし",
         GUARDIAN, "hours_week", "2280", plain},
        {JOB1 "minutes_month=160:00 days_month=21" NO_BREAK, GUARDIAN,
         "hours_day", "457", plain},
        {JOB1 "minutes_month=160:00 days_month=0" NO_BREAK, GUARDIAN,
         "hours_day", "-", plain},
        {JOB1 "minutes_month=160:00 break_minutes_month=20:00 days_month=20",
         GUARDIAN, "hours_month", "9600", an_hour},
        {JOB1 "minutes_month=160:00 break_minutes_month=20:01 days_month=20",
         GUARDIAN, "hours_month", "9599", an_hour},
        {JOB1 "minutes_month=160:00 days_month=" NO_BREAK, GUARDIAN,
         "hours_month", "9600", an_hour},
        {JOB1 "minutes_month=160:00 break_minutes_month=20:00 days_month=",
         GUARDIAN, "hours_month", "?", an_hour},
        {JOB1 "minutes_month=#該当なし variable_minutes=40:00 "
              "variable_per=週間 variable_break=6:00 variable_days=5 "
              "variable_days_per=週間",
         GUARDIAN, "hours_week", "2340", an_hour},
        {JOB1 "minutes_month=#該当なし variable_minutes=40:00 "
              "variable_per=週間 variable_break=6:00 variable_days=20 "
              "variable_days_per=月間",
         GUARDIAN, "hours_month", "?", an_hour},
        {JOB1 "minutes_month=100:00 break_minutes_month=5:00 place=居宅外\n"
              "job:1:2 minutes_month=60:00 place=居宅内" NO_BREAK,
         GUARDIAN, "sum job_hours over jobs with (place is 居宅外)", "5700",
         plain},
        {JOB1 "minutes_month=100:00 place=居宅外" NO_BREAK
              "\njob:1:2 minutes_month=60:00" NO_BREAK,
         GUARDIAN, "sum job_hours over jobs with (place is 居宅外)", "?",
         plain},
        {JOB1 "days_month=21\njob:1:2 days_month=9", GUARDIAN, "days_month",
         "21", plain},
        {JOB1 "days_week=5\njob:1:2", GUARDIAN, "days_week", "?", plain},
    };
    (void)state;
    check_rows(rows, COUNT(rows));
}

static void division_rounds_half_away(void **state)
{
    static const struct {
        int64_t x, by, out;
    } rows[] = {{5, 2, 3},   {-5, 2, -3}, {4, 3, 1},  {5, 3, 2},
                {-4, 3, -1}, {-5, 3, -2}, {6, 3, 2},  {0, 7, 0},
                {1, 2, 1},   {7, 4, 2},   {-6, 4, -2}};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(divide_round(rows[i].x, rows[i].by), rows[i].out);
}

/* Lists inside lists grow fast; the walk stops and says that it does not
 * know. */
static void a_walk_is_bounded(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    const char *records = "", *text = "birth_order > 0 and class_age = 9";
    for (int i = 0; i < 60; i++)
        records = arena_printf(&a, "%schild:%d\n", records, i + 10);
    for (int i = 0; i < 10; i++)
        text = arena_printf(&a, "any child with (%s)", text);
    struct row r = {records, HOUSEHOLD, text, "?", {0}};
    assert_string_equal(worth(&r, &a), "?");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_values),
        cmocka_unit_test(numbers_and_dates),
        cmocka_unit_test(hours_of_work),
        cmocka_unit_test(division_rounds_half_away),
        cmocka_unit_test(a_walk_is_bounded),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
