/*
 * For tests of points: a round, nurseries, rule files made of their lines.
 * Household 000001 unless a test says otherwise (records_help.h).
 */
#ifndef NYUSHO_TESTS_POINTS_HELP_H
#define NYUSHO_TESTS_POINTS_HELP_H

#include "core/date.h"
#include "scoring/points/score.h"
#include "tests/records_help.h"

static const char help_nurseries[] =
    "施設番号,施設名,種別,最低月齢(日),連携施設,地区,小学校区,閉園日\n"
    "SUN,ひまわり,保育所,57,,A,第一,\n"
    "SEA,うみ,小規模,180,SUN|MOON,B,第二,\n"
    "MOON,つき,保育所,,,A,第一,\n"
    "OLD,ふる,保育所,,,A,第一,2027-04-01\n";
static const char help_seats[] =
    "施設番号,クラス,受入可能,継続在園,転園希望者数,募集人数,転園枠算入,"
    "共有クラス,確認者,版,基準日時,枠\n"
    "SUN,0,5,2,0,3,,,,,,\nSUN,1,5,2,0,3,,,,,,\nSUN,3,5,2,0,3,,,,,,\n"
    "SEA,1,5,2,0,3,,,,,,\nMOON,1,5,2,0,3,,,,,,\nMOON,3,5,2,0,3,,,,,,\n"
    "OLD,1,5,2,0,3,,,,,,\n";
/* And special seats; rules that know none of them pass them over. */
static const char help_special[] =
    "SUN,1,,,,1,,,,,,加配\nSUN,3,,,,1,,,,,,加配\nSUN,1,,,,2,,,,,,地域\n"
    "SEA,1,,,,1,,,,,,地域\nMOON,3,,,,1,,,,,,従業員\n";

static inline struct score_context help_context(struct facilities *f,
                                                struct arena *a)
{
    struct diag d = DIAG_INIT;
    const char *seats = arena_printf(a, "%s%s", help_seats, help_special);
    if (!facilities_load(f, help_nurseries, strlen(help_nurseries), "n.csv",
                         seats, strlen(seats), "s.csv", a, &d)) {
        help_print(&d);
        abort();
    }
    diag_release(&d);
    return (struct score_context){.entry_date = date_day(2027, 4, 1),
                                  .deadline = date_day(2026, 11, 30),
                                  .fiscal_year = 2027,
                                  .facilities = f,
                                  .lottery_seed = "seed"};
}

#endif
