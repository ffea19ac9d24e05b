#include "core/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

static void days_and_parts_agree(void **state)
{
    (void)state;
    assert_int_equal(date_day(1970, 1, 1), 0);
    assert_int_equal(date_day(2000, 2, 29), 11016);
    assert_int_equal(date_day(2027, 4, 1), 20909);
    int32_t day = date_day(1868, 1, 1);
    for (int y = 1868; y <= 2200; y++)
        for (int m = 1; m <= 12; m++)
            for (int d = 1; d <= days_in_month(y, m); d++, day++) {
                int yy, mm, dd;
                assert_int_equal(date_day(y, m, d), day);
                date_parts(day, &yy, &mm, &dd);
                assert_int_equal(yy * 10000 + mm * 100 + dd,
                                 y * 10000 + m * 100 + d);
            }
    assert_int_equal(day, date_day(2200, 12, 31) + 1);
}

static void real_days(void **state)
{
    (void)state;
    static const struct {
        int y, m, d;
        bool real;
    } rows[] = {
        {2024, 2, 29, true},  {2023, 2, 29, false},  {1900, 2, 29, false},
        {2000, 2, 29, true},  {2024, 2, 30, false},  {2024, 13, 1, false},
        {2024, 0, 1, false},  {2024, 1, 0, false},   {2024, 4, 31, false},
        {1868, 1, 1, true},   {1867, 12, 31, false}, {2200, 12, 31, true},
        {2201, 1, 1, false},  {0, 1, 1, false},      {2024, -1, 1, false},
        {2024, 12, 31, true}, {2024, 12, 32, false},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(date_is_real(rows[i].y, rows[i].m, rows[i].d),
                         rows[i].real);
}

static void texts_become_dates(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum date_fault fault;
        const char *iso; /* NULL where there is no day */
    } rows[] = {
        {"2027-04-01", DATE_OK, "2027-04-01"},
        {"2027/4/1", DATE_OK, "2027-04-01"},
        {"2027.4.1", DATE_OK, "2027-04-01"},
        {"20270401", DATE_OK, "2027-04-01"},
        {"2027年4月1日", DATE_OK, "2027-04-01"},
        {"2027年04月01", DATE_OK, "2027-04-01"},
        {"令和9年4月1日", DATE_OK, "2027-04-01"},
        {"令和元年5月1日", DATE_OK, "2019-05-01"},
        {"令和1年5月1日", DATE_OK, "2019-05-01"},
        {"R9.4.1", DATE_OK, "2027-04-01"},
        {"r9/4/1", DATE_OK, "2027-04-01"},
        {"R9-04-01", DATE_OK, "2027-04-01"},
        {"R元.5.1", DATE_OK, "2019-05-01"},
        {"平31.4.30", DATE_OK, "2019-04-30"},
        {"Ｒ９．４．１", DATE_OK, "2027-04-01"},
        {"２０２７／０４／０１", DATE_OK, "2027-04-01"},
        {"２０２７－４－１", DATE_OK, "2027-04-01"},
        {"2027ー4ー1", DATE_OK, "2027-04-01"},
        {" 令和　9 年 4 月 1 日 ", DATE_OK, "2027-04-01"},
        {"㋿9年4月1日", DATE_OK, "2027-04-01"},
        /* the first and the last day of every era */
        {"明治元年1月25日", DATE_OK, "1868-01-25"},
        {"明治45年7月29日", DATE_OK, "1912-07-29"},
        {"大正元年7月30日", DATE_OK, "1912-07-30"},
        {"大正15年12月24日", DATE_OK, "1926-12-24"},
        {"昭和元年12月25日", DATE_OK, "1926-12-25"},
        {"昭和64年1月7日", DATE_OK, "1989-01-07"},
        {"平成元年1月8日", DATE_OK, "1989-01-08"},
        {"平成31年4月30日", DATE_OK, "2019-04-30"},
        {"令和元年5月1日", DATE_OK, "2019-05-01"},
        /* one day too early or too late */
        {"明治元年1月24日", DATE_OUTSIDE_ERA, "1868-01-24"},
        {"明治45年7月30日", DATE_OUTSIDE_ERA, "1912-07-30"},
        {"大正元年7月29日", DATE_OUTSIDE_ERA, "1912-07-29"},
        {"大正15年12月25日", DATE_OUTSIDE_ERA, "1926-12-25"},
        {"昭和元年12月24日", DATE_OUTSIDE_ERA, "1926-12-24"},
        {"昭和64年1月8日", DATE_OUTSIDE_ERA, "1989-01-08"},
        {"平成元年1月7日", DATE_OUTSIDE_ERA, "1989-01-07"},
        {"平成31年5月1日", DATE_OUTSIDE_ERA, "2019-05-01"},
        {"令和元年4月30日", DATE_OUTSIDE_ERA, "2019-04-30"},
        {"平成33年4月1日", DATE_OUTSIDE_ERA, "2021-04-01"},
        {"昭和100年1月1日", DATE_OUTSIDE_ERA, "2025-01-01"},
        /* no such day */
        {"2027-02-29", DATE_NO_SUCH_DAY, NULL},
        {"2027-13-01", DATE_NO_SUCH_DAY, NULL},
        {"20270230", DATE_NO_SUCH_DAY, NULL},
        {"令和0年4月1日", DATE_NO_SUCH_DAY, NULL},
        {"令和5年2月29日", DATE_NO_SUCH_DAY, NULL},
        {"0000-00-00", DATE_NO_SUCH_DAY, NULL},
        {"1600-01-01", DATE_NO_SUCH_DAY, NULL},
        {"令和999年1月1日", DATE_NO_SUCH_DAY, NULL},
        /* not a date */
        {"", DATE_NOT_A_DATE, NULL},
        {"未定", DATE_NOT_A_DATE, NULL},
        {"4月1日", DATE_NOT_A_DATE, NULL},
        {"令和9年4月", DATE_NOT_A_DATE, NULL},
        {"27-04-01", DATE_NOT_A_DATE, NULL},
        {"元年4月1日", DATE_NOT_A_DATE, NULL},
        {"2027-4/1", DATE_NOT_A_DATE, NULL},
        {"2027-04-01x", DATE_NOT_A_DATE, NULL},
        {"2027-04-001", DATE_NOT_A_DATE, NULL},
        {"202704011", DATE_NOT_A_DATE, NULL},
        {"2027-04-", DATE_NOT_A_DATE, NULL},
        {"X9.4.1", DATE_NOT_A_DATE, NULL},
        {"\xFF\xFE", DATE_NOT_A_DATE, NULL},
    };
    struct arena mem = ARENA_INIT;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int32_t day = INT32_MIN;
        enum date_fault fault = date_parse(rows[i].text, &day);
        if (fault != rows[i].fault)
            print_error("row %zu: %s\n", i, rows[i].text);
        assert_int_equal(fault, rows[i].fault);
        if (rows[i].iso)
            assert_string_equal(date_iso(day, &mem), rows[i].iso);
        else
            assert_int_equal(day, INT32_MIN);
    }
    arena_release(&mem);
}

static void texts_become_months(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum date_fault fault;
        const char *iso;
    } rows[] = {
        {"2026-10", DATE_OK, "2026-10"},
        {"2026/1", DATE_OK, "2026-01"},
        {"2026年12月", DATE_OK, "2026-12"},
        {"令和8年10月", DATE_OK, "2026-10"},
        {"Ｒ８．１０", DATE_OK, "2026-10"},
        {"平成31年4月", DATE_OK, "2019-04"},
        {"昭和64年1月", DATE_OK, "1989-01"},
        {"平成元年1月", DATE_OK, "1989-01"},
        {"明治45年7月", DATE_OK, "1912-07"},
        {"令和元年5月", DATE_OK, "2019-05"},
        {"平成31年5月", DATE_OUTSIDE_ERA, "2019-05"},
        {"令和元年4月", DATE_OUTSIDE_ERA, "2019-04"},
        {"2026-13", DATE_NO_SUCH_DAY, NULL},
        {"2026-00", DATE_NO_SUCH_DAY, NULL},
        {"令和0年1月", DATE_NO_SUCH_DAY, NULL},
        {"2026-10-01", DATE_NOT_A_DATE, NULL},
        {"2026年", DATE_NOT_A_DATE, NULL},
        {"10月", DATE_NOT_A_DATE, NULL},
        {"", DATE_NOT_A_DATE, NULL},
    };
    struct arena mem = ARENA_INIT;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int32_t month = -1;
        enum date_fault fault = month_parse(rows[i].text, &month);
        if (fault != rows[i].fault)
            print_error("row %zu: %s\n", i, rows[i].text);
        assert_int_equal(fault, rows[i].fault);
        if (rows[i].iso)
            assert_string_equal(month_iso(month, &mem), rows[i].iso);
    }
    arena_release(&mem);
}

static void eras(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum era era;
    } names[] = {
        {"令和", ERA_REIWA}, {"令", ERA_REIWA},    {"R", ERA_REIWA},
        {"ｒ", ERA_REIWA},   {"平成", ERA_HEISEI}, {"h", ERA_HEISEI},
        {"昭", ERA_SHOWA},   {"S", ERA_SHOWA},     {"大正", ERA_TAISHO},
        {"T", ERA_TAISHO},   {"明治", ERA_MEIJI},  {"m", ERA_MEIJI},
        {"", ERA_NONE},      {"西暦", ERA_NONE},   {"令和9", ERA_NONE},
        {"Reiwa", ERA_NONE}, {"㍻", ERA_HEISEI},
    };
    for (size_t i = 0; i < COUNT(names); i++)
        assert_int_equal(era_parse(names[i].text), names[i].era);
    int year = 0;
    assert_true(era_year(ERA_REIWA, 9, &year));
    assert_int_equal(year, 2027);
    assert_true(era_year(ERA_SHOWA, 64, &year));
    assert_int_equal(year, 1989);
    assert_false(era_year(ERA_REIWA, 0, &year));
    assert_int_equal(era_of_day(date_day(1868, 1, 24)), ERA_NONE);
    assert_int_equal(era_of_day(date_day(2100, 1, 1)), ERA_REIWA);
}

static void wareki_begins_with_gannen(void **state)
{
    (void)state;
    static const struct {
        int y, m, d;
        const char *text;
    } rows[] = {
        {2027, 4, 1, "令和9年4月1日"},      {2019, 5, 1, "令和元年5月1日"},
        {2019, 12, 31, "令和元年12月31日"}, {2020, 1, 1, "令和2年1月1日"},
        {2019, 4, 30, "平成31年4月30日"},   {1989, 1, 7, "昭和64年1月7日"},
        {1989, 1, 8, "平成元年1月8日"},     {1868, 1, 1, "1868年1月1日"},
    };
    struct arena mem = ARENA_INIT;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int32_t day = date_day(rows[i].y, rows[i].m, rows[i].d), back;
        char *text = date_wareki(day, &mem);
        assert_string_equal(text, rows[i].text);
        assert_int_equal(date_parse(text, &back), DATE_OK);
        assert_int_equal(back, day);
    }
    arena_release(&mem);
}

static void months_are_added_and_clamped(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
        int months;
    } rows[] = {
        {"2027-01-31", "2027-02-28", 1},    {"2028-01-31", "2028-02-29", 1},
        {"2027-01-31", "2027-03-31", 2},    {"2027-12-15", "2028-01-15", 1},
        {"2027-01-15", "2026-12-15", -1},   {"2027-03-31", "2027-02-28", -1},
        {"2027-05-31", "2027-05-31", 0},    {"2024-02-29", "2025-02-28", 12},
        {"2027-04-01", "2017-04-01", -120},
    };
    struct arena mem = ARENA_INIT;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int32_t day;
        assert_int_equal(date_parse(rows[i].from, &day), DATE_OK);
        assert_string_equal(
            date_iso(date_add_months(day, rows[i].months), &mem), rows[i].to);
    }
    int32_t feb = date_day(2028, 2, 10);
    assert_int_equal(date_month_end(feb), date_day(2028, 2, 29));
    assert_int_equal(date_month_start(feb), date_day(2028, 2, 1));
    arena_release(&mem);
}

static int32_t day_of(const char *text)
{
    int32_t day = 0;
    assert_int_equal(date_parse(text, &day), DATE_OK);
    return day;
}

static void an_age_is_reached_on_the_birthday(void **state)
{
    (void)state;
    static const struct {
        const char *birth, *on;
        int age;
    } rows[] = {
        {"1990-05-10", "2027-05-09", 36}, {"1990-05-10", "2027-05-10", 37},
        {"1990-05-10", "2027-05-11", 37}, {"2024-02-29", "2025-02-28", 0},
        {"2024-02-29", "2025-03-01", 1},  {"2024-02-29", "2028-02-29", 4},
        {"2027-04-01", "2027-04-01", 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(date_age(day_of(rows[i].birth), day_of(rows[i].on)),
                         rows[i].age);
}

static void the_class_follows_the_april_2_cut(void **state)
{
    (void)state;
    static const struct {
        const char *birth;
        int fiscal_year, age;
    } rows[] = {
        {"2026-04-01", 2026, 0},
        {"2025-04-02", 2026, 0}, /* eldest child of the 0-year class */
        {"2025-04-01", 2026, 1}, /* April 1 belongs to the older class */
        {"2024-04-02", 2026, 1},
        {"2026-05-10", 2026, 0}, /* born in the year */
        {"2020-04-02", 2026, 5},
        {"2020-04-01", 2026, 6}, /* school age: the caller refuses */
        {"2020-02-29", 2024, 4},
        {"2026-04-02", 2026, 0},
        {"2025-03-31", 2026, 1},
        {"2026-03-31", 2026, 0},
        {"2027-03-31", 2026, 0},
        {"2023-12-31", 2026, 2},
        {"2024-01-01", 2026, 2},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(class_age(rows[i].fiscal_year, day_of(rows[i].birth)),
                         rows[i].age);
}

static void the_fiscal_year_begins_in_april(void **state)
{
    (void)state;
    assert_int_equal(fiscal_year_of(date_day(2026, 4, 1)), 2026);
    assert_int_equal(fiscal_year_of(date_day(2027, 3, 31)), 2026);
    assert_int_equal(fiscal_year_of(date_day(2027, 1, 1)), 2026);
    assert_int_equal(fiscal_year_of(date_day(2026, 12, 31)), 2026);
    assert_int_equal(fiscal_year_of(date_day(2026, 3, 31)), 2025);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_and_parts_agree),
        cmocka_unit_test(real_days),
        cmocka_unit_test(texts_become_dates),
        cmocka_unit_test(texts_become_months),
        cmocka_unit_test(eras),
        cmocka_unit_test(wareki_begins_with_gannen),
        cmocka_unit_test(months_are_added_and_clamped),
        cmocka_unit_test(an_age_is_reached_on_the_birthday),
        cmocka_unit_test(the_class_follows_the_april_2_cut),
        cmocka_unit_test(the_fiscal_year_begins_in_april),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
