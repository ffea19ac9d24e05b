/* Expressions: what is accepted, what each mistake is told. */
#include "core/file.h"
#include "scoring/points/expr_parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct arena mem;
static struct dictionary dict;

static int setup(void **state)
{
    (void)state;
    size_t len;
    struct diag d = DIAG_INIT;
    char *bytes = file_read("rules/dictionary.yaml", 1 << 20, &mem, &len, &d);
    bool ok = bytes &&
              dictionary_load(&dict, bytes, len, "dictionary.yaml", &mem, &d);
    diag_print(&d, 0, LANG_EN, stderr);
    diag_release(&d);
    return ok ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&mem);
    return 0;
}

enum where {
    IN_HOUSEHOLD,
    IN_CHILD,
    IN_CHOICE,
    IN_GUARDIAN,
    IN_REASON,
    IN_ORDER
};

static const unsigned binds[] = {
    [IN_HOUSEHOLD] = USES_HOUSEHOLD,
    [IN_CHILD] = USES_HOUSEHOLD | USES_CHILD,
    [IN_CHOICE] = USES_HOUSEHOLD | USES_CHILD | USES_PREFERENCE,
    [IN_GUARDIAN] = USES_HOUSEHOLD | USES_CHILD | USES_GUARDIAN,
    [IN_REASON] = USES_HOUSEHOLD | USES_CHILD | USES_GUARDIAN | USES_REASON,
    [IN_ORDER] = USES_HOUSEHOLD | USES_CHILD | USES_PREFERENCE | USES_POINTS,
};

struct row {
    enum where in;
    const char *text;
    const char *check; /* NULL: accepted */
    int column;        /* of the message */
};

#define GOOD NULL, 0

static const struct row rows[] = {
    /* names and logic */
    {IN_HOUSEHOLD, "welfare", GOOD},
    {IN_HOUSEHOLD, "not welfare and (foster or with_grandparents)", GOOD},
    {IN_HOUSEHOLD, "household.welfare", GOOD},
    {IN_HOUSEHOLD, "welfair", "unknown-word", 1},
    {IN_HOUSEHOLD, "household.welfair", "unknown-field", 1},
    {IN_HOUSEHOLD, "welfare and", "expr-syntax", 12},
    {IN_HOUSEHOLD, "welfare foster", "expr-syntax", 9},
    {IN_HOUSEHOLD, "(welfare", "expr-syntax", 9},
    {IN_HOUSEHOLD, "welfare)", "expr-syntax", 8},
    {IN_HOUSEHOLD, "and welfare", "expr-syntax", 1},
    {IN_HOUSEHOLD, "", "expr-syntax", 1},
    {IN_HOUSEHOLD, "yes", GOOD},
    {IN_HOUSEHOLD, "arrears_months", "wrong-type", 1},
    {IN_HOUSEHOLD, "not arrears_months", "wrong-type", 5},
    {IN_HOUSEHOLD, "welfare and 3", "wrong-type", 13},
    {IN_HOUSEHOLD, "class_age = 0", "not-here", 1},
    {IN_HOUSEHOLD, "leave_extension_ok", "not-here", 1},
    {IN_HOUSEHOLD, "child.leave_extension_ok", "not-here", 1},
    {IN_CHILD, "leave_extension_ok and class_age = 0", GOOD},
    /* values */
    {IN_HOUSEHOLD, "single_parent is ひとり親 or 準ずる", GOOD},
    {IN_HOUSEHOLD, "single_parent is ひとり親 or welfare", GOOD},
    {IN_HOUSEHOLD, "single_parent is ひとり親 or 凖ずる", "unknown-value", 26},
    {IN_HOUSEHOLD, "single_parent is not ひとり親 or 準ずる", GOOD},
    {IN_HOUSEHOLD, "single_parent = ひとり", "unknown-value", 17},
    {IN_HOUSEHOLD, "single_parent = 「ひとり親」", GOOD},
    {IN_HOUSEHOLD, "single_parent = 「ひとり親", "expr-syntax", 17},
    {IN_HOUSEHOLD, "single_parent", "wrong-type", 1},
    {IN_HOUSEHOLD, "single_parent < ひとり親", "wrong-type", 1},
    {IN_HOUSEHOLD, "single_parent = 3", "wrong-type", 17},
    {IN_HOUSEHOLD, "single_parent = residence", "wrong-type", 17},
    {IN_HOUSEHOLD, "sibling_pattern is 同保順次(上) or 同保同時", GOOD},
    {IN_HOUSEHOLD, "disabled_member in 身体1級 to 身体2級", GOOD},
    {IN_HOUSEHOLD, "welfare is known", GOOD},
    {IN_HOUSEHOLD, "welfare is not unknown", GOOD},
    {IN_HOUSEHOLD, "area is empty", GOOD},
    {IN_HOUSEHOLD, "area = 「01」", GOOD},
    {IN_HOUSEHOLD, "area is 「01」 or 「02」", GOOD},
    {IN_HOUSEHOLD, "area = A01", "unknown-word", 8},
    {IN_HOUSEHOLD, "area = 01", "wrong-type", 8},
    /* numbers and units */
    {IN_HOUSEHOLD, "arrears_months >= 3", GOOD},
    {IN_HOUSEHOLD, "arrears_months >= 3 months", GOOD},
    {IN_HOUSEHOLD, "arrears_months >= 3 days", "wrong-unit", 19},
    {IN_HOUSEHOLD, "arrears_months >= 90min", "wrong-type", 19},
    {IN_HOUSEHOLD, "arrears_months >= 3か月", "unknown-unit", 19},
    {IN_HOUSEHOLD, "arrears_amount > 5000", GOOD},
    {IN_HOUSEHOLD, "arrears_amount > 5000yen", GOOD},
    {IN_HOUSEHOLD, "nursery_worker_minutes >= 120h", GOOD},
    {IN_HOUSEHOLD, "nursery_worker_minutes >= 120", "wrong-unit", 27},
    {IN_HOUSEHOLD, "nursery_worker_minutes >= 120時間", "unknown-unit", 27},
    {IN_HOUSEHOLD, "nursery_worker_minutes >= １６０時間", "full-width", 27},
    {IN_HOUSEHOLD, "nursery_worker_minutes ≧ 120h", "expr-syntax", 24},
    {IN_HOUSEHOLD, "nursery_worker_minutes >＝ 120h", "full-width", 25},
    {IN_HOUSEHOLD, "arrears_months == 3", "expr-syntax", 16},
    {IN_HOUSEHOLD, "welfare && foster", "expr-syntax", 9},
    {IN_HOUSEHOLD, "arrears_months >= 99999999999999", "number-too-large", 19},
    {IN_HOUSEHOLD, "nursery_worker_minutes >= 8:00", "wrong-unit", 27},
    {IN_HOUSEHOLD, "nursery_worker_minutes * 2 >= 120h + 30min", GOOD},
    {IN_HOUSEHOLD, "nursery_worker_minutes * nursery_worker_minutes > 1h",
     "wrong-unit", 26},
    {IN_HOUSEHOLD, "-arrears_months < -3", GOOD},
    {IN_HOUSEHOLD, "most(arrears_months; 2) = 2", GOOD},
    {IN_HOUSEHOLD, "most(arrears_months) = 2", "expr-syntax", 20},
    {IN_HOUSEHOLD, "mosst(arrears_months; 3) = 2", "unknown-function", 1},
    /* dates */
    {IN_HOUSEHOLD, "waiting_since <= 2026-04-01", GOOD},
    {IN_HOUSEHOLD, "waiting_since <= 2026-02-30", "bad-date", 18},
    {IN_HOUSEHOLD, "waiting_since <= 令和8年4月1日", "unknown-word", 18},
    {IN_HOUSEHOLD, "waiting_since + 3 months <= entry_date", GOOD},
    {IN_HOUSEHOLD, "waiting_since + 3 <= entry_date", "wrong-unit", 17},
    {IN_HOUSEHOLD, "waiting_since <= 3", "wrong-type", 18},
    {IN_HOUSEHOLD, "months from waiting_since to entry_date >= 3", GOOD},
    {IN_HOUSEHOLD, "days from waiting_since entry_date >= 3", "expr-syntax",
     25},
    {IN_HOUSEHOLD, "entry_date - waiting_since >= 90 days", GOOD},
    {IN_HOUSEHOLD, "entry_date in waiting_since to deadline", GOOD},
    {IN_HOUSEHOLD, "month_end(waiting_since + 5 months + 1 day) > entry_date",
     GOOD},
    {IN_HOUSEHOLD, "month_end(arrears_months) > entry_date", "wrong-type", 11},
    /* guardians, reasons, jobs */
    {IN_REASON, "reason = 就労 and hours_month >= 120h", GOOD},
    {IN_REASON, "entry_date in from to to", GOOD},
    {IN_REASON, "kind is 疾病 and illness_grade is known", GOOD},
    {IN_REASON, "any job with (kind is 自営業主 and not income_proof)", GOOD},
    {IN_REASON, "hours_month >= 30h and hours_week < 16h", GOOD},
    {IN_REASON, "hours_month = hours_week", "wrong-unit", 15},
    {IN_GUARDIAN, "reason is 災害", GOOD},
    {IN_GUARDIAN, "reason != 災害", GOOD},
    {IN_GUARDIAN, "reason is not 災害 or 疾病", GOOD},
    {IN_GUARDIAN, "illness_grade is known", "not-here", 1},
    {IN_HOUSEHOLD, "any guardian with reason = 災害", GOOD},
    {IN_HOUSEHOLD, "any guardian with reason = 災害 and welfare", GOOD},
    {IN_HOUSEHOLD, "any job with promised", "not-here", 5},
    {IN_HOUSEHOLD, "any guardian with (any job with promised)", GOOD},
    {IN_HOUSEHOLD, "hours_month > 3h", "not-here", 1},
    {IN_HOUSEHOLD, "any guardian", "expr-syntax", 13},
    {IN_HOUSEHOLD, "any guardan with welfare", "expr-syntax", 5},
    {IN_HOUSEHOLD, "count guardians with (hours_month >= 120h) >= 2", GOOD},
    {IN_HOUSEHOLD, "count children >= 2", GOOD},
    {IN_HOUSEHOLD, "sum hours_month over guardians >= 200h", GOOD},
    {IN_HOUSEHOLD, "sum (sum minutes_month over jobs) over guardians >= 200h",
     GOOD},
    {IN_HOUSEHOLD, "highest birth over cohabitants > 2020-04-02", GOOD},
    {IN_HOUSEHOLD, "sum birth over cohabitants > 2020-04-02", "wrong-type", 5},
    {IN_HOUSEHOLD, "any cohabitant with (hours_month < 64h)", GOOD},
    {IN_GUARDIAN, "any job with (土 in weekdays)", GOOD},
    {IN_GUARDIAN, "any job with (土曜 in weekdays)", "unknown-value", 15},
    {IN_GUARDIAN, "any job with (weekdays = 土)", "wrong-type", 26},
    {IN_GUARDIAN, "any job with (weekday_from < 8:00 or weekday_to > 18:00)",
     GOOD},
    {IN_GUARDIAN, "any job with weekday_to - weekday_from >= 8h", GOOD},
    /* children and facilities */
    {IN_CHOICE, "facility is linked and graduating", GOOD},
    {IN_CHOICE, "facility is not linked", GOOD},
    {IN_CHOICE, "facility is near", "unknown-field", 13},
    {IN_CHOICE, "facility.kind = 「小規模」", GOOD},
    {IN_CHOICE, "facility.area = area", GOOD},
    {IN_CHOICE, "preference_number = 1", GOOD},
    {IN_CHILD, "preference_number = 1", "not-here", 1},
    {IN_CHILD, "facility is linked", "not-here", 1},
    {IN_CHOICE,
     "not enrolled and any sibling with (enrolled_facility = facility and "
     "not leaving)",
     GOOD},
    {IN_CHOICE, "any sibling with applies_here", GOOD},
    {IN_CHILD, "any sibling with applies_here", "not-here", 18},
    {IN_HOUSEHOLD, "any sibling with applying", "not-here", 5},
    {IN_CHOICE, "base_points >= 30", "not-here", 1},
    {IN_ORDER, "base_points >= 30", GOOD},
    {IN_ORDER, "base_points >= 30.5", GOOD},
};

static void each_row_is_judged(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct row *r = &rows[i];
        struct arena a = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct expr_env env = {.dict = &dict, .binds = binds[r->in]};
        const struct expr *e = expr_parse_condition(
            r->text, (struct pos){"t", 1, 1}, &env, &a, &d);
        bool as_told = r->check ? !e && d.n == 1 && diag_has(&d, r->check) &&
                                      d.items[0].at.column == r->column
                                : e && d.n == 0;
        if (!as_told) {
            print_error("%s\n", r->text);
            diag_print(&d, 0, LANG_EN, stderr);
            wrong++;
        }
        arena_release(&a);
        diag_release(&d);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_is_judged),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
