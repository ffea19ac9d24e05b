/* Arithmetic, dates and functions. To add a function: its row in expr.h and
 * expr_names.c, its function here and its row in the table below. */
#include "scoring/points/eval.h"

#include "core/date.h"

#include <assert.h>

/* Unknown wins, then nothing. True when `out` is decided by that. */
static bool not_known(struct value x, struct value y, struct value *out)
{
    if (x.is == VALUE_IS_KNOWN && y.is == VALUE_IS_KNOWN)
        return false;
    bool unknown = x.is == VALUE_IS_UNKNOWN || y.is == VALUE_IS_UNKNOWN;
    *out = unknown ? VALUE_NOT_KNOWN : VALUE_NONE;
    return true;
}

static struct value date_value(int64_t day)
{
    bool real = day >= date_day(1868, 1, 1) && day <= date_day(2200, 12, 31);
    return real ? value_known(day) : VALUE_NOT_KNOWN;
}

static struct value month_value(int64_t month)
{
    bool real = month >= 1868 * 12 && month <= 2200 * 12 + 11;
    return real ? value_known(month) : VALUE_NOT_KNOWN;
}

int64_t divide_round(int64_t x, int64_t by)
{
    int64_t half = by / 2 + by % 2; /* 5 of 10, 3 of 5 */
    int64_t rest = x % by, whole = x / by;
    if (rest >= half)
        return whole + 1;
    return rest <= -half ? whole - 1 : whole;
}

/* ---- sums and products ---- */

#define MONTHS_MAX (400 * 12) /* more leaves every calendar */

static struct value date_plus(const struct expr *x, int64_t from, int64_t by)
{
    int64_t to;
    if (x->b->type.unit != UNIT_MONTHS || x->type.value == EXPR_MONTH) {
        if (__builtin_add_overflow(from, by, &to))
            return VALUE_NOT_KNOWN;
        return x->type.value == EXPR_MONTH ? month_value(to) : date_value(to);
    }
    if (by < -MONTHS_MAX || by > MONTHS_MAX ||
        date_value(from).is != VALUE_IS_KNOWN)
        return VALUE_NOT_KNOWN;
    return date_value(date_add_months((int32_t)from, (int)by));
}

static struct value calculate(const struct expr *x, int64_t a, int64_t b)
{
    int64_t out = 0;
    bool over = false;
    switch (x->op) {
    case EXPR_ADD:
        over = __builtin_add_overflow(a, b, &out);
        break;
    case EXPR_SUB:
        over = __builtin_sub_overflow(a, b, &out);
        break;
    default:
        over = __builtin_mul_overflow(a, b, &out);
        break;
    }
    return over ? VALUE_NOT_KNOWN : value_known(out);
}

struct value eval_arithmetic(struct eval *e, const struct expr *x)
{
    struct value a = eval_expr(e, x->a), b = value_known(0), out;
    if (x->op != EXPR_NEG)
        b = eval_expr(e, x->b);
    if (not_known(a, b, &out))
        return out;
    if (x->op == EXPR_NEG)
        return a.num == INT64_MIN ? VALUE_NOT_KNOWN : value_known(-a.num);
    if (x->type.value != EXPR_DATE && x->type.value != EXPR_MONTH)
        return calculate(x, a.num, b.num);
    if (x->op == EXPR_ADD)
        return date_plus(x, a.num, b.num);
    if (b.num == INT64_MIN)
        return VALUE_NOT_KNOWN;
    return date_plus(x, a.num, -b.num);
}

/* ---- from one date to another ---- */

/* The largest n with date_add_months(from, n) <= to. */
static int64_t months_between(int32_t from, int32_t to)
{
    int y, m, d, ty, tm;
    date_parts(from, &y, &m, &d);
    date_parts(to, &ty, &tm, &d);
    int n = (ty - y) * 12 + tm - m;
    return date_add_months(from, n) <= to ? n : n - 1;
}

struct value eval_span(struct eval *e, const struct expr *x)
{
    struct value a = eval_expr(e, x->a), b = eval_expr(e, x->b), out;
    if (not_known(a, b, &out))
        return out;
    if (date_value(a.num).is != VALUE_IS_KNOWN ||
        date_value(b.num).is != VALUE_IS_KNOWN)
        return VALUE_NOT_KNOWN;
    if (x->op == EXPR_DAYS_FROM)
        return value_known(b.num - a.num);
    if (x->op == EXPR_YEARS_FROM)
        return value_known(date_age((int32_t)a.num, (int32_t)b.num));
    return value_known(months_between((int32_t)a.num, (int32_t)b.num));
}

/* ---- functions ---- */

static int64_t month_end(int64_t a, int64_t b)
{
    (void)b;
    return date_month_end((int32_t)a);
}

static int64_t month_start(int64_t a, int64_t b)
{
    (void)b;
    return date_month_start((int32_t)a);
}

static int64_t month_number(int64_t a, int64_t b)
{
    int year, month, day;
    (void)b;
    date_parts((int32_t)a, &year, &month, &day);
    return month;
}

static int64_t year_number(int64_t a, int64_t b)
{
    int year, month, day;
    (void)b;
    date_parts((int32_t)a, &year, &month, &day);
    return year;
}

static int64_t fiscal_year(int64_t a, int64_t b)
{
    (void)b;
    return fiscal_year_of((int32_t)a);
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static const struct {
    int64_t (*call)(int64_t, int64_t);
    bool of_date;
} calls[] = {
    [FUNCTION_MONTH_END] = {month_end, true},
    [FUNCTION_MONTH_START] = {month_start, true},
    [FUNCTION_MONTH_NUMBER] = {month_number, true},
    [FUNCTION_YEAR_NUMBER] = {year_number, true},
    [FUNCTION_FISCAL_YEAR] = {fiscal_year, true},
    [FUNCTION_MOST] = {most, false},
    [FUNCTION_LEAST] = {least, false},
};
static_assert(sizeof calls / sizeof calls[0] == N_FUNCTIONS,
              "every function is called");

struct value eval_call(struct eval *e, const struct expr *x)
{
    struct value a = eval_expr(e, x->a), b = value_known(0), out;
    if (x->b)
        b = eval_expr(e, x->b);
    if (not_known(a, b, &out))
        return out;
    if (calls[x->function].of_date && date_value(a.num).is != VALUE_IS_KNOWN)
        return VALUE_NOT_KNOWN;
    return value_known(calls[x->function].call(a.num, b.num));
}
