/*
 * Dates as Japanese forms write them. A day is counted from 1970-01-01
 * (negative before), a month as year * 12 + month - 1: both sort and subtract.
 *
 * Eras begin 明治 1868-01-25 (solar dates from 1873-01-01, JIS X 0301), 大正
 * 1912-07-30, 昭和 1926-12-25, 平成 1989-01-08, 令和 2019-05-01. 元年 is
 * year 1. 平成31年5月1日 does not exist, yet people write it: date_parse() says
 * DATE_OUTSIDE_ERA and still gives the day that was meant.
 */
#ifndef NYUSHO_CORE_DATE_H
#define NYUSHO_CORE_DATE_H

#include "core/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum date_fault {
    DATE_OK,
    DATE_NOT_A_DATE,  /* the text has no year, month and day in it */
    DATE_NO_SUCH_DAY, /* February 30, month 13, year 0 */
    DATE_OUTSIDE_ERA, /* a real day, but not in the era it was written in */
};

enum era { ERA_NONE, ERA_MEIJI, ERA_TAISHO, ERA_SHOWA, ERA_HEISEI, ERA_REIWA };

bool date_is_real(int year, int month, int day); /* years 1868..2200 */
int days_in_month(int year, int month);
int32_t date_day(int year, int month, int day); /* must be real */
void date_parts(int32_t day, int *year, int *month, int *d);

/* Accepts 2027-04-01, 2027/4/1, 2027.4.1, 20270401, 2027年4月1日,
 * 令和9年4月1日, 令和元年5月1日, R9.4.1, r9/4/1, full-width digits, spaces
 * anywhere. */
enum date_fault date_parse(const char *text, int32_t *day);
/* 2026-10, 2026/10, 2026年10月, 令和8年10月. */
enum date_fault month_parse(const char *text, int32_t *month);
/* Era and year in era to a western year; false for year < 1. */
bool era_year(enum era era, int year_in_era, int *year);
enum era era_of_day(int32_t day);
/* The era named 令和, 令, R or r …; ERA_NONE when it is none of them. */
enum era era_parse(const char *text);

/* "2027-04-01" */
char *date_iso(int32_t day, struct arena *a);
/* "令和9年4月1日"; 元年 for year 1 */
char *date_wareki(int32_t day, struct arena *a);
char *month_iso(int32_t month, struct arena *a); /* "2026-10" */

/* Adds whole months, then clamps to the last day: 01-31 + 1 month = 02-28. */
int32_t date_add_months(int32_t day, int months);
int32_t date_month_end(int32_t day);
int32_t date_month_start(int32_t day);
/* Whole years from `birth` to `on`, counted as people do (birthday reached). */
int date_age(int32_t birth, int32_t on);

/*
 * Class age クラス年齢: completed years on April 1 of the fiscal year, constant
 * until March 31. An age is attained at the end of the day before the
 * birthday (年齢計算ニ関スル法律), so the child born on April 1 belongs to the
 * older class and the one born on April 2 to the younger. Born during the year:
 * 0. 6 and more is school age: the caller refuses it.
 */
int class_age(int fiscal_year, int32_t birth);
/* The fiscal year of a day: April 2026 to March 2027 is 2026. */
int fiscal_year_of(int32_t day);

#endif
