#include "core/date.h"

#include "core/text.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

#define FIRST_YEAR 1868
#define LAST_YEAR 2200
/* No date is longer, however many spaces stand in it. */
#define MAX_TEXT 256

/* Eras in order. To add one: a row here, a value in enum era, its first and
 * last days in tests/test_date.c. */
static const struct {
    const char *name, *kanji, *letter;
    enum era era;
    int year, month, day; /* the first day */
} eras[] = {
    {"明治", "明", "M", ERA_MEIJI, 1868, 1, 25},
    {"大正", "大", "T", ERA_TAISHO, 1912, 7, 30},
    {"昭和", "昭", "S", ERA_SHOWA, 1926, 12, 25},
    {"平成", "平", "H", ERA_HEISEI, 1989, 1, 8},
    {"令和", "令", "R", ERA_REIWA, 2019, 5, 1},
};
#define N_ERAS (sizeof eras / sizeof eras[0])

int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool date_is_real(int year, int month, int day)
{
    return year >= FIRST_YEAR && year <= LAST_YEAR && day >= 1 &&
           day <= days_in_month(year, month);
}

/* Days since 0000-03-01, with years that begin in March so that the leap day
 * comes last. Right for every year from 0 on. */
static int32_t march_day(int year, int month, int day)
{
    int y = month > 2 ? year : year - 1;
    int m = month > 2 ? month - 3 : month + 9;
    return y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1;
}

#define EPOCH 719468 /* march_day(1970, 1, 1) */

int32_t date_day(int year, int month, int day)
{
    assert(year > 0 && day >= 1 && day <= days_in_month(year, month));
    return march_day(year, month, day) - EPOCH;
}

void date_parts(int32_t day, int *year, int *month, int *d)
{
    int32_t n = day + EPOCH;
    int32_t century4 = n / 146097, rest = n % 146097;
    int32_t y = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
    int32_t of_year = rest - (365 * y + y / 4 - y / 100);
    int32_t m = (5 * of_year + 2) / 153;
    *d = of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = century4 * 400 + y + (*month <= 2);
}

static int32_t era_first_day(size_t i)
{
    return date_day(eras[i].year, eras[i].month, eras[i].day);
}

bool era_year(enum era era, int year_in_era, int *year)
{
    if (year_in_era < 1)
        return false;
    *year = year_in_era;
    for (size_t i = 0; i < N_ERAS; i++)
        if (eras[i].era == era)
            *year = eras[i].year + year_in_era - 1;
    return true;
}

enum era era_of_day(int32_t day)
{
    for (size_t i = N_ERAS; i-- > 0;)
        if (day >= era_first_day(i))
            return eras[i].era;
    return ERA_NONE;
}

/* Takes an era's name off the front of the text. */
static enum era take_era(const char **at)
{
    for (size_t i = 0; i < N_ERAS; i++) {
        const char *names[] = {eras[i].name, eras[i].kanji, eras[i].letter};
        for (size_t k = 0; k < 3; k++) {
            size_t len = strlen(names[k]);
            if (strncasecmp(*at, names[k], len) != 0)
                continue;
            *at += len;
            return eras[i].era;
        }
    }
    return ERA_NONE;
}

/* The text with half-width digits, no spaces and one kind of hyphen; NULL when
 * it cannot be a date. */
static const char *normal(const char *text, struct arena *a)
{
    size_t len = strnlen(text, MAX_TEXT + 1);
    if (len > MAX_TEXT || !text_is_utf8(text, len, NULL))
        return NULL;
    return text_match_key(text, a);
}

enum era era_parse(const char *text)
{
    struct arena mem = ARENA_INIT;
    const char *at = normal(text, &mem);
    enum era era = at ? take_era(&at) : ERA_NONE;
    if (era != ERA_NONE && *at)
        era = ERA_NONE;
    arena_release(&mem);
    return era;
}

struct written {
    enum era era;
    int year, month, day; /* year as written, in its era */
};

/* Up to `most` digits; false when there is none or one more. */
static bool take_number(const char **at, size_t most, int *number)
{
    size_t digits = strspn(*at, "0123456789");
    if (digits == 0 || digits > most)
        return false;
    *number = 0;
    for (; digits > 0; digits--)
        *number = *number * 10 + (*(*at)++ - '0');
    return true;
}

static bool take_year(const char **at, struct written *w)
{
    w->era = take_era(at);
    if (w->era == ERA_NONE)
        return strspn(*at, "0123456789") == 4 && take_number(at, 4, &w->year);
    if (strncmp(*at, "元", strlen("元")) == 0) {
        *at += strlen("元");
        w->year = 1;
        return true;
    }
    return take_number(at, 3, &w->year);
}

static bool take(const char **at, const char *word)
{
    size_t len = strlen(word);
    if (strncmp(*at, word, len) != 0)
        return false;
    *at += len;
    return true;
}

/* What stands after year, month and day. */
static const struct {
    const char *year, *month;
    const char *last; /* may stand at the end */
} separators[] = {
    {"年", "月", "日"},
    {"-", "-", ""},
    {"/", "/", ""},
    {".", ".", ""},
};

static bool take_date(const char *at, struct written *w)
{
    if (strspn(at, "0123456789") == 8 && !at[8]) {
        char digits[9];
        memcpy(digits, at, sizeof digits);
        w->era = ERA_NONE;
        const char *day = digits + 6;
        bool ok = take_number(&day, 2, &w->day);
        digits[6] = '\0';
        const char *month = digits + 4;
        ok = take_number(&month, 2, &w->month) && ok;
        digits[4] = '\0';
        const char *year = digits;
        return take_number(&year, 4, &w->year) && ok;
    }
    if (!take_year(&at, w))
        return false;
    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++) {
        if (!take(&at, separators[i].year))
            continue;
        return take_number(&at, 2, &w->month) &&
               take(&at, separators[i].month) && take_number(&at, 2, &w->day) &&
               (!*at || (take(&at, separators[i].last) && !*at));
    }
    return false;
}

static bool take_month(const char *at, struct written *w)
{
    if (!take_year(&at, w))
        return false;
    w->day = 1;
    if (take(&at, "年"))
        return take_number(&at, 2, &w->month) &&
               (!*at || (take(&at, "月") && !*at));
    return (take(&at, "-") || take(&at, "/") || take(&at, ".")) &&
           take_number(&at, 2, &w->month) && !*at;
}

/* Reads with `reader`; makes the year western. */
static enum date_fault
read_written(const char *text, bool (*reader)(const char *, struct written *),
             struct written *w)
{
    struct arena mem = ARENA_INIT;
    const char *at = normal(text, &mem);
    bool ok = at && reader(at, w);
    arena_release(&mem);
    if (!ok)
        return DATE_NOT_A_DATE;
    if (!era_year(w->era, w->year, &w->year) ||
        !date_is_real(w->year, w->month, w->day))
        return DATE_NO_SUCH_DAY;
    return DATE_OK;
}

enum date_fault date_parse(const char *text, int32_t *day)
{
    struct written w = {0};
    enum date_fault fault = read_written(text, take_date, &w);
    if (fault != DATE_OK)
        return fault;
    *day = date_day(w.year, w.month, w.day);
    if (w.era != ERA_NONE && era_of_day(*day) != w.era)
        return DATE_OUTSIDE_ERA;
    return DATE_OK;
}

enum date_fault month_parse(const char *text, int32_t *month)
{
    struct written w = {0};
    enum date_fault fault = read_written(text, take_month, &w);
    if (fault != DATE_OK)
        return fault;
    *month = w.year * 12 + w.month - 1;
    /* The month in which an era changes belongs to both. */
    int32_t first = date_day(w.year, w.month, 1);
    if (w.era != ERA_NONE && era_of_day(first) != w.era &&
        era_of_day(date_month_end(first)) != w.era)
        return DATE_OUTSIDE_ERA;
    return DATE_OK;
}

char *date_iso(int32_t day, struct arena *a)
{
    int y, m, d;
    date_parts(day, &y, &m, &d);
    if (y < 0 || y > 9999)
        return arena_printf(a, "%04d-%02d-%02d", y, m, d);
    const char text[] = {(char)('0' + y / 1000),
                         (char)('0' + y / 100 % 10),
                         (char)('0' + y / 10 % 10),
                         (char)('0' + y % 10),
                         '-',
                         (char)('0' + m / 10),
                         (char)('0' + m % 10),
                         '-',
                         (char)('0' + d / 10),
                         (char)('0' + d % 10)};
    return arena_copy(a, text, sizeof text);
}

char *date_wareki(int32_t day, struct arena *a)
{
    int y, m, d;
    date_parts(day, &y, &m, &d);
    enum era era = era_of_day(day);
    for (size_t i = 0; i < N_ERAS; i++) {
        if (eras[i].era != era)
            continue;
        if (y == eras[i].year)
            return arena_printf(a, "%s元年%d月%d日", eras[i].name, m, d);
        return arena_printf(a, "%s%d年%d月%d日", eras[i].name,
                            y - eras[i].year + 1, m, d);
    }
    return arena_printf(a, "%d年%d月%d日", y, m, d);
}

char *month_iso(int32_t month, struct arena *a)
{
    return arena_printf(a, "%04d-%02d", month / 12, month % 12 + 1);
}

int32_t date_add_months(int32_t day, int months)
{
    int y, m, d;
    date_parts(day, &y, &m, &d);
    int month = y * 12 + m - 1 + months;
    y = month / 12;
    m = month % 12 + 1;
    int last = days_in_month(y, m);
    return date_day(y, m, d < last ? d : last);
}

int32_t date_month_end(int32_t day)
{
    int y, m, d;
    date_parts(day, &y, &m, &d);
    return date_day(y, m, days_in_month(y, m));
}

int32_t date_month_start(int32_t day)
{
    int y, m, d;
    date_parts(day, &y, &m, &d);
    return date_day(y, m, 1);
}

int date_age(int32_t birth, int32_t on)
{
    int by, bm, bd, y, m, d;
    date_parts(birth, &by, &bm, &bd);
    date_parts(on, &y, &m, &d);
    return y - by - (m < bm || (m == bm && d < bd));
}

int class_age(int fiscal_year, int32_t birth)
{
    int y, m, d;
    date_parts(birth, &y, &m, &d);
    int age = fiscal_year - y - (m > 4 || (m == 4 && d > 1));
    return age < 0 ? 0 : age;
}

int fiscal_year_of(int32_t day)
{
    int y, m, d;
    date_parts(day, &y, &m, &d);
    return m >= 4 ? y : y - 1;
}
