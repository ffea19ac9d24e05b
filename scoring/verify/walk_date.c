/* Arithmetic, dates and functions. To add a function: its case below. */
#include "scoring/verify/walk.h"

#include "core/date.h"

/* More months than any two dates are apart. */
#define MONTHS_MAX 4800

static bool is_date(int64_t day)
{
    return day >= date_day(1868, 1, 1) && day <= date_day(2200, 12, 31);
}

static bool is_month(int64_t month)
{
    return month >= 1868 * 12 && month < 2201 * 12;
}

/* What leaves the calendar is unknown. */
static struct walk_value fits(const struct expr *e, int64_t num)
{
    if (e->type.value == EXPR_DATE && !is_date(num))
        return walk_unknown();
    if (e->type.value == EXPR_MONTH && !is_month(num))
        return walk_unknown();
    return walk_known(num);
}

/* A date and months; the months stand on the right. */
static struct walk_value shift(int64_t day, int64_t months)
{
    if (!is_date(day) || months < -MONTHS_MAX || months > MONTHS_MAX)
        return walk_unknown();
    int64_t to = date_add_months((int32_t)day, (int)months);
    return is_date(to) ? walk_known(to) : walk_unknown();
}

static struct walk_value sum(const struct expr *e, int64_t a, int64_t b)
{
    int64_t out;
    bool over;
    if (e->op == EXPR_MUL)
        over = __builtin_mul_overflow(a, b, &out);
    else if (e->op == EXPR_SUB)
        over = __builtin_sub_overflow(a, b, &out);
    else
        over = __builtin_add_overflow(a, b, &out);
    return over ? walk_unknown() : fits(e, out);
}

static struct walk_value add(const struct expr *e, int64_t a, int64_t b)
{
    bool months = e->type.value == EXPR_DATE && e->b->type.unit == UNIT_MONTHS;
    if (!months)
        return sum(e, a, b);
    if (b == INT64_MIN)
        return walk_unknown();
    return shift(a, e->op == EXPR_SUB ? -b : b);
}

/* The largest n with date_add_months(from, n) <= to. A month has 28 to 31
 * days: the search begins below and goes up. */
static int64_t months_from(int32_t from, int32_t to)
{
    int n = (to - from) / (to < from ? 28 : 31) - 2;
    while (date_add_months(from, n + 1) <= to)
        n++;
    return n;
}

static struct walk_value span(const struct expr *e, int64_t a, int64_t b)
{
    if (!is_date(a) || !is_date(b))
        return walk_unknown();
    int32_t from = (int32_t)a, to = (int32_t)b;
    if (e->op == EXPR_DAYS_FROM)
        return walk_known(b - a);
    return walk_known(e->op == EXPR_YEARS_FROM ? date_age(from, to)
                                               : months_from(from, to));
}

struct walk_value walk_arithmetic(const struct walk *w, const struct expr *e)
{
    struct walk_value a = walk_expr(w, e->a), other;
    struct walk_value b = e->b ? walk_expr(w, e->b) : a;
    if (!walk_both_known(a, b, &other))
        return other;
    switch (e->op) {
    case EXPR_NEG:
        return a.num == INT64_MIN ? walk_unknown() : walk_known(-a.num);
    case EXPR_ADD:
    case EXPR_SUB:
        return add(e, a.num, b.num);
    case EXPR_MUL:
        return sum(e, a.num, b.num);
    default:
        return span(e, a.num, b.num);
    }
}

static struct walk_value of_date(enum function f, int64_t num)
{
    int year, month, day;
    if (!is_date(num))
        return walk_unknown();
    date_parts((int32_t)num, &year, &month, &day);
    switch (f) {
    case FUNCTION_MONTH_END:
        return walk_known(date_month_end((int32_t)num));
    case FUNCTION_MONTH_START:
        return walk_known(date_day(year, month, 1));
    case FUNCTION_MONTH_NUMBER:
        return walk_known(month);
    case FUNCTION_YEAR_NUMBER:
        return walk_known(year);
    default:
        return walk_known(month >= 4 ? year : year - 1);
    }
}

struct walk_value walk_call(const struct walk *w, const struct expr *e)
{
    struct walk_value a = walk_expr(w, e->a), other;
    struct walk_value b = e->b ? walk_expr(w, e->b) : a;
    if (!walk_both_known(a, b, &other))
        return other;
    if (e->function == FUNCTION_MOST)
        return a.num >= b.num ? a : b;
    if (e->function == FUNCTION_LEAST)
        return a.num <= b.num ? a : b;
    return of_date(e->function, a.num);
}
