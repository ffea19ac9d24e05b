/*
 * Words of the rule language that are no fields. To add a name or a function:
 * its enum in expr.h with what it means, its row here, its case in
 * eval_builtin.c (eval_call.c), its rows in tests/test_expr.c and
 * tests/test_eval.c; `nyusho rules reference` is the last chapter of
 * docs/rules.md.
 */
#include "scoring/points/expr_names.h"

#include <assert.h>
#include <string.h>

#define DATE EXPR_DATE, UNIT_NONE
#define NUMBER EXPR_NUMBER, UNIT_NONE
#define DAYS EXPR_NUMBER, UNIT_DAYS
#define YES_NO EXPR_BOOL, UNIT_NONE
#define CODE EXPR_CODE, UNIT_NONE
#define TEXT EXPR_TEXT, UNIT_NONE
#define POINTS EXPR_POINTS, UNIT_NONE
#define FACILITY EXPR_FACILITY, UNIT_NONE
#define TIME(per) EXPR_MINUTES, UNIT_PER_##per

/* Hours and days use the person they are asked of: the parser adds that. */
const struct builtin_info builtins[] = {
    [BUILTIN_ENTRY_DATE] = {"entry_date",
                            BIND_HOUSEHOLD,
                            false,
                            DATE,
                            0,
                            {"入所日", "entry date"},
                            {"この募集回の入所日 (nyusho.yaml の entry_date)",
                             "entry date of the round"}},
    [BUILTIN_DEADLINE] = {"deadline",
                          BIND_HOUSEHOLD,
                          false,
                          DATE,
                          0,
                          {"申込締切", "deadline"},
                          {"この募集回の申込締切日",
                           "application deadline of the round"}},
    [BUILTIN_FISCAL_YEAR] = {"fiscal_year",
                             BIND_HOUSEHOLD,
                             false,
                             NUMBER,
                             0,
                             {"年度", "fiscal year"},
                             {"この募集回の年度", "fiscal year of the round"}},
    [BUILTIN_FISCAL_START] = {"fiscal_start",
                              BIND_HOUSEHOLD,
                              false,
                              DATE,
                              0,
                              {"年度の初日", "first day of the fiscal year"},
                              {"年度の初日 (4月1日)",
                               "April 1 of the fiscal year"}},
    [BUILTIN_ENTRY_MONTH] =
        {"entry_month",
         BIND_HOUSEHOLD,
         false,
         NUMBER,
         0,
         {"入所月", "entry month"},
         {"入所日の月 (1〜12)。4月だけの規則は entry_month = 4",
          "month of the entry date, 1 to 12"}},
    [BUILTIN_CLASS_AGE] =
        {"class_age",
         BIND_CHILD,
         false,
         NUMBER,
         USES_CHILD,
         {"クラス年齢", "class age"},
         {"クラス年齢 (0〜5)。生年月日、出生前なら出産予定日から",
          "class age, by birth date or due date"}},
    [BUILTIN_ENROLLED] = {"enrolled",
                          BIND_CHILD,
                          false,
                          YES_NO,
                          USES_CHILD,
                          {"在園中", "enrolled"},
                          {"児童がどこかの施設に在園している (転園の申込)",
                           "the child is enrolled somewhere"}},
    [BUILTIN_PREFERENCE_NUMBER] =
        {"preference_number",
         BIND_PREFERENCE,
         false,
         NUMBER,
         USES_PREFERENCE,
         {"希望順位", "preference number"},
         {"この施設の希望順位。第1希望だけの規則は preference_number = 1",
          "number of this preference"}},
    [BUILTIN_FACILITY] = {"facility",
                          BIND_PREFERENCE,
                          false,
                          FACILITY,
                          USES_PREFERENCE,
                          {"希望施設", "facility"},
                          {"この希望の施設",
                           "the facility of this preference"}},
    [BUILTIN_FACILITY_KIND] = {"kind",
                               BIND_PREFERENCE,
                               true,
                               TEXT,
                               USES_PREFERENCE,
                               {"施設種別", "kind of facility"},
                               {"施設の種別 (nurseries.csv)",
                                "kind of the facility"}},
    [BUILTIN_FACILITY_AREA] = {"area",
                               BIND_PREFERENCE,
                               true,
                               CODE,
                               USES_PREFERENCE,
                               {"施設の地区", "area of facility"},
                               {"施設の地区 (nurseries.csv)",
                                "area of the facility"}},
    [BUILTIN_FACILITY_SCHOOL_DISTRICT] = {"school_district",
                                          BIND_PREFERENCE,
                                          true,
                                          CODE,
                                          USES_PREFERENCE,
                                          {"施設の小学校区",
                                           "school district of facility"},
                                          {"施設の小学校区 (nurseries.csv)",
                                           "school district of the facility"}},
    [BUILTIN_FACILITY_LINKED] =
        {"linked",
         BIND_PREFERENCE,
         true,
         YES_NO,
         USES_PREFERENCE | USES_CHILD,
         {"連携施設", "linked facility"},
         {"児童が在園する施設の連携施設である。facility is linked と書く",
          "it is linked to the facility where the child is enrolled"}},
    [BUILTIN_HOURS_MONTH] =
        {"hours_month",
         BIND_GUARDIAN,
         false,
         TIME(MONTH),
         0,
         {"月の就労時間", "hours a month"},
         {"その人の月の就労時間。hours の決まりで、すべての就労から",
          "hours a month over the jobs, by the rules of hours"}},
    [BUILTIN_HOURS_WEEK] = {"hours_week",
                            BIND_GUARDIAN,
                            false,
                            TIME(WEEK),
                            0,
                            {"週の就労時間", "hours a week"},
                            {"その人の週の就労時間", "hours a week, likewise"}},
    [BUILTIN_HOURS_DAY] = {"hours_day",
                           BIND_GUARDIAN,
                           false,
                           TIME(DAY),
                           0,
                           {"1日の就労時間", "hours a day"},
                           {"その人の1日の就労時間 (月の時間÷月の日数)",
                            "hours a month divided by the days"}},
    [BUILTIN_DAYS_MONTH] = {"days_month",
                            BIND_GUARDIAN,
                            false,
                            DAYS,
                            0,
                            {"月の就労日数", "days a month"},
                            {"その人の月の就労日数 (最も多い就労)",
                             "days a month, of the job with most"}},
    [BUILTIN_DAYS_WEEK] = {"days_week",
                           BIND_GUARDIAN,
                           false,
                           DAYS,
                           0,
                           {"週の就労日数", "days a week"},
                           {"その人の週の就労日数 (最も多い就労)",
                            "days a week, of the job with most"}},
    [BUILTIN_JOB_HOURS] =
        {"job_hours",
         BIND_JOB,
         false,
         TIME(MONTH),
         USES_JOB,
         {"この就労の月の時間", "hours a month of this job"},
         {"一つの就労の月の時間。種類ごとに合わせるときに使う",
          "hours a month of one job, by the rules of hours"}},
    [BUILTIN_SIBLING_ENROLLED] = {"enrolled_facility",
                                  BIND_SIBLING,
                                  false,
                                  CODE,
                                  USES_SIBLING,
                                  {"きょうだいの在園施設",
                                   "sibling enrolled at"},
                                  {"そのきょうだいが在園する施設",
                                   "where the brother or sister is enrolled"}},
    [BUILTIN_SIBLING_LEAVING] = {"leaving",
                                 BIND_SIBLING,
                                 false,
                                 YES_NO,
                                 USES_SIBLING,
                                 {"きょうだいの卒園・退園予定",
                                  "sibling is leaving"},
                                 {"そのきょうだいが卒園・退園する",
                                  "the brother or sister is leaving"}},
    [BUILTIN_SIBLING_APPLYING] = {"applying",
                                  BIND_SIBLING,
                                  false,
                                  YES_NO,
                                  USES_SIBLING,
                                  {"きょうだいも申込中", "sibling applies"},
                                  {"そのきょうだいもこの回に申し込んでいる",
                                   "the brother or sister applies too"}},
    [BUILTIN_SIBLING_TRANSFERRING] =
        {"transferring",
         BIND_SIBLING,
         false,
         YES_NO,
         USES_SIBLING,
         {"きょうだいが転園希望", "sibling applies to transfer"},
         {"そのきょうだいが転園を申し込んでいる",
          "the brother or sister applies to transfer"}},
    [BUILTIN_SIBLING_APPLIES_HERE] =
        {"applies_here",
         BIND_SIBLING,
         false,
         YES_NO,
         USES_SIBLING | USES_PREFERENCE,
         {"きょうだいもこの施設を希望", "sibling applies here"},
         {"そのきょうだいもこの施設を希望している",
          "the brother or sister applies to this facility"}},
    [BUILTIN_SIBLING_BIRTH] =
        {"birth",
         BIND_SIBLING,
         false,
         DATE,
         USES_SIBLING,
         {"きょうだいの生年月日", "sibling's birth date"},
         {"そのきょうだいの生年月日", "birth date of the brother or sister"}},
    [BUILTIN_BASE_POINTS] = {"base_points",
                             BIND_HOUSEHOLD,
                             false,
                             POINTS,
                             USES_POINTS,
                             {"基本点数", "base points"},
                             {"基本点数 (order の中だけ)",
                              "base points (in order only)"}},
    [BUILTIN_TOTAL_POINTS] = {"total_points",
                              BIND_HOUSEHOLD,
                              false,
                              POINTS,
                              USES_POINTS,
                              {"合計点数", "total"},
                              {"この施設での合計点数 (order の中だけ)",
                               "total at this facility (in order only)"}},
    [BUILTIN_ADJUST_POINTS] =
        {"adjust_points",
         BIND_HOUSEHOLD,
         false,
         POINTS,
         USES_POINTS,
         {"調整点数", "adjustments"},
         {"この施設での調整点数 (order の中だけ)",
          "adjustments at this facility (in order only)"}},
};
static_assert(sizeof builtins / sizeof builtins[0] == N_BUILTINS,
              "every builtin has a row");

const struct function_info functions[] = {
    [FUNCTION_MONTH_END] = {"month_end",
                            1,
                            DATE,
                            {"{a}の月末", "end of the month of {a}"}},
    [FUNCTION_MONTH_START] = {"month_start",
                              1,
                              DATE,
                              {"{a}の月初", "start of the month of {a}"}},
    [FUNCTION_MONTH_NUMBER] = {"month_number",
                               1,
                               NUMBER,
                               {"{a}の月", "month of {a}"}},
    [FUNCTION_YEAR_NUMBER] = {"year_number",
                              1,
                              NUMBER,
                              {"{a}の年", "year of {a}"}},
    [FUNCTION_FISCAL_YEAR] = {"fiscal_year_of",
                              1,
                              NUMBER,
                              {"{a}の年度", "fiscal year of {a}"}},
    [FUNCTION_MOST] = {"most",
                       2,
                       EXPR_NUMBER,
                       UNIT_NONE,
                       {"「{a}」と「{b}」の大きい方",
                        "the larger of {a} and {b}"}},
    [FUNCTION_LEAST] = {"least",
                        2,
                        EXPR_NUMBER,
                        UNIT_NONE,
                        {"「{a}」と「{b}」の小さい方",
                         "the smaller of {a} and {b}"}},
};
static_assert(sizeof functions / sizeof functions[0] == N_FUNCTIONS,
              "every function has a row");

const struct collection_info collections[] = {
    [OVER_GUARDIANS] = {"guardians",
                        "guardian",
                        SCOPE_GUARDIAN,
                        USES_GUARDIAN,
                        USES_HOUSEHOLD,
                        BIND_GUARDIAN,
                        {"保護者", "guardian"}},
    [OVER_JOBS] =
        {"jobs", "job", SCOPE_JOB, USES_JOB, 0, BIND_JOB, {"就労", "job"}},
    [OVER_REASONS] = {"reasons",
                      "reason",
                      SCOPE_REASON,
                      USES_REASON,
                      0,
                      BIND_REASON,
                      {"事由", "reason"}},
    [OVER_COHABITANTS] = {"cohabitants",
                          "cohabitant",
                          SCOPE_COHABITANT,
                          USES_COHABITANT,
                          USES_HOUSEHOLD,
                          BIND_COHABITANT,
                          {"同居家族", "cohabitant"}},
    [OVER_CHILDREN] = {"children",
                       "child",
                       SCOPE_CHILD,
                       USES_CHILD,
                       USES_HOUSEHOLD,
                       BIND_CHILD,
                       {"申込児童", "applying child"}},
    [OVER_SIBLINGS] = {"siblings",
                       "sibling",
                       N_SCOPES,
                       USES_SIBLING,
                       USES_CHILD,
                       BIND_SIBLING,
                       {"きょうだい", "brother or sister"}},
    [OVER_DOCUMENTS] = {"documents",
                        "document",
                        SCOPE_DOCUMENT,
                        USES_DOCUMENT,
                        USES_HOUSEHOLD,
                        BIND_DOCUMENT,
                        {"書類", "document"}},
    [OVER_PREFERENCES] = {"preferences",
                          "preference",
                          SCOPE_PREFERENCE,
                          USES_PREFERENCE,
                          USES_CHILD,
                          BIND_PREFERENCE,
                          {"希望", "preference"}},
};
static_assert(sizeof collections / sizeof collections[0] == N_COLLECTIONS,
              "every list has a row");
static_assert(USES_DOCUMENT == 1 << BIND_DOCUMENT &&
                  USES_REASON == 1 << BIND_REASON,
              "a bit of what an expression uses is the bit of its row");

static const struct label value_names[] = {
    [EXPR_BOOL] = {"はい・いいえ", "yes or no"},
    [EXPR_NUMBER] = {"数", "a number"},
    [EXPR_MINUTES] = {"時間", "a length of time"},
    [EXPR_YEN] = {"金額", "yen"},
    [EXPR_DATE] = {"日付", "a date"},
    [EXPR_MONTH] = {"年月", "a month"},
    [EXPR_POINTS] = {"点数", "points"},
    [EXPR_ENUM] = {"選択肢の一つ", "one of a list"},
    [EXPR_SET] = {"選択肢の組", "a set"},
    [EXPR_TEXT] = {"文字", "text"},
    [EXPR_CODE] = {"番号", "a code"},
    [EXPR_FACILITY] = {"施設", "a facility"},
};
static_assert(sizeof value_names / sizeof value_names[0] == N_EXPR_VALUES,
              "every type has a name");

static const struct label unit_names[] = {
    [UNIT_NONE] = {"", ""},
    [UNIT_DAYS] = {"日", "days"},
    [UNIT_MONTHS] = {"か月", "months"},
    [UNIT_PERSONS] = {"人", "persons"},
    [UNIT_TIMES] = {"回", "times"},
    [UNIT_PER_MONTH] = {"月あたり", "a month"},
    [UNIT_PER_WEEK] = {"週あたり", "a week"},
    [UNIT_PER_DAY] = {"1日あたり", "a day"},
    [UNIT_CLOCK] = {"時刻", "time of day"},
};
static_assert(sizeof unit_names / sizeof unit_names[0] == N_EXPR_UNITS,
              "every unit has a name");

const char *builtin_name(enum builtin b)
{
    return builtins[b].name;
}

struct label builtin_label(enum builtin b)
{
    return builtins[b].label;
}

const char *function_name(enum function f)
{
    return functions[f].name;
}

const char *collection_name(enum collection c)
{
    return collections[c].plural;
}

enum scope collection_scope(enum collection c)
{
    return collections[c].scope;
}

struct label expr_value_label(enum expr_value v)
{
    return value_names[v];
}

struct label expr_unit_label(enum expr_unit u)
{
    return unit_names[u];
}

bool collection_find(const char *word, enum collection *out)
{
    for (int i = 0; i < N_COLLECTIONS; i++) {
        if (strcmp(word, collections[i].plural) != 0 &&
            strcmp(word, collections[i].singular) != 0)
            continue;
        *out = (enum collection)i;
        return true;
    }
    return false;
}

bool function_find(const char *word, enum function *out)
{
    for (int i = 0; i < N_FUNCTIONS; i++) {
        if (strcmp(word, functions[i].name) != 0)
            continue;
        *out = (enum function)i;
        return true;
    }
    return false;
}
