/* Hours and days of work, by struct hours (ruleset.h). */
#include "scoring/points/eval.h"

static struct value least_of(struct value x, struct value y)
{
    if (x.is == VALUE_IS_UNKNOWN || y.is == VALUE_IS_UNKNOWN)
        return VALUE_NOT_KNOWN;
    if (x.is == VALUE_IS_NOTHING || y.is == VALUE_IS_NOTHING)
        return VALUE_NONE;
    return x.num < y.num ? x : y;
}

static enum tri has_value(struct eval *e, size_t job, enum plan_field f,
                          enum plan_values values)
{
    struct value v = eval_field(e, f, job);
    if (v.is == VALUE_IS_UNKNOWN)
        return TRI_UNKNOWN;
    bool has =
        v.is == VALUE_IS_KNOWN && (e->s->plan->values[values] >> v.num & 1);
    return has ? TRI_YES : TRI_NO;
}

static enum tri is_weekly(struct eval *e, size_t job)
{
    return has_value(e, job, PLAN_VARIABLE_PER, VALUES_WEEKLY);
}

/* The days that a break was taken on: of the month, or of what variable work
 * is stated for. */
static struct value break_days(struct eval *e, enum plan_field rest, size_t job)
{
    if (rest == PLAN_BREAK_MONTH)
        return eval_field(e, PLAN_DAYS_MONTH, job);
    enum tri time = is_weekly(e, job);
    enum tri days =
        has_value(e, job, PLAN_VARIABLE_DAYS_PER, VALUES_WEEKLY_DAYS);
    if (time == TRI_UNKNOWN || time != days)
        return VALUE_NOT_KNOWN;
    return eval_field(e, PLAN_VARIABLE_DAYS, job);
}

/* What of a break does not count, where some of each day's does. */
static struct value over_limit(struct eval *e, struct value rest,
                               enum plan_field f, size_t job)
{
    if (rest.is != VALUE_IS_KNOWN || rest.num <= 0)
        return value_known(0);
    struct value days = break_days(e, f, job);
    int64_t counted;
    if (days.is != VALUE_IS_KNOWN ||
        __builtin_mul_overflow(days.num, e->s->rules->hours.breaks_up_to,
                               &counted))
        return VALUE_NOT_KNOWN;
    counted = counted < 0 ? 0 : counted;
    return value_known(rest.num > counted ? rest.num - counted : 0);
}

/* Less the breaks, as far as they do not count. A break of nothing is 0. */
static struct value less_break(struct eval *e, struct value time,
                               enum plan_field f, size_t job)
{
    const struct hours *h = &e->s->rules->hours;
    bool all = h->breaks_included && !h->has_breaks_up_to;
    if (time.is != VALUE_IS_KNOWN || all)
        return time;
    struct value rest = eval_field(e, f, job);
    if (rest.is != VALUE_IS_UNKNOWN && h->has_breaks_up_to)
        rest = over_limit(e, rest, f, job);
    if (rest.is == VALUE_IS_UNKNOWN)
        return rest;
    int64_t out;
    if (__builtin_sub_overflow(time.num, rest.num, &out))
        return VALUE_NOT_KNOWN;
    return value_known(out);
}

static struct value variable_month(struct eval *e, size_t job)
{
    struct value time = eval_field(e, PLAN_VARIABLE_MINUTES, job);
    time = less_break(e, time, PLAN_VARIABLE_BREAK, job);
    if (time.is != VALUE_IS_KNOWN)
        return time;
    enum tri weekly = is_weekly(e, job);
    if (weekly == TRI_NO)
        return time;
    int64_t weeks = e->s->rules->hours.weeks_per_month_milli, out;
    if (weekly == TRI_UNKNOWN || weeks <= 0 ||
        __builtin_mul_overflow(time.num, weeks, &out))
        return VALUE_NOT_KNOWN;
    return value_known(divide_round(out, 1000));
}

static struct value contract_month(struct eval *e, size_t job)
{
    size_t mark = e->trace ? e->trace->unknown.n : 0;
    struct value month = eval_field(e, PLAN_MINUTES_MONTH, job);
    if (month.is == VALUE_IS_KNOWN)
        return less_break(e, month, PLAN_BREAK_MONTH, job);
    struct value variable = variable_month(e, job);
    if (variable.is == VALUE_IS_NOTHING)
        return month;
    if (variable.is == VALUE_IS_KNOWN && e->trace)
        e->trace->unknown.n = mark;
    return variable;
}

static struct value actual_month(struct eval *e, size_t job)
{
    size_t mark = e->trace ? e->trace->unknown.n : 0;
    int64_t sum = 0, n = 0;
    bool unknown = false;
    for (int i = 0; i < 3; i++) {
        struct value v =
            eval_field(e, (enum plan_field)(PLAN_ACTUAL1 + i), job);
        if (v.is == VALUE_IS_UNKNOWN)
            unknown = true;
        if (v.is != VALUE_IS_KNOWN)
            continue;
        if (__builtin_add_overflow(sum, v.num, &sum))
            return VALUE_NOT_KNOWN;
        n++;
    }
    if (n == 0)
        return unknown ? VALUE_NOT_KNOWN : VALUE_NONE;
    if (e->trace)
        e->trace->unknown.n = mark;
    return value_known(divide_round(sum, n));
}

static struct value job_month(struct eval *e, size_t job)
{
    switch (e->s->rules->hours.basis) {
    case HOURS_CONTRACT:
        return contract_month(e, job);
    case HOURS_ACTUAL:
        return actual_month(e, job);
    default:
        return least_of(contract_month(e, job), actual_month(e, job));
    }
}

struct value eval_job_hours(struct eval *e)
{
    return job_month(e, e->rows.of[SCOPE_JOB]);
}

/* Stated by the week: no need to go through the month. */
static struct value job_week(struct eval *e, size_t job)
{
    struct value month = eval_field(e, PLAN_MINUTES_MONTH, job);
    struct value stated = eval_field(e, PLAN_VARIABLE_MINUTES, job);
    if (month.is != VALUE_IS_KNOWN && stated.is == VALUE_IS_KNOWN) {
        enum tri weekly = is_weekly(e, job);
        if (weekly == TRI_YES)
            return less_break(e, stated, PLAN_VARIABLE_BREAK, job);
        if (weekly == TRI_UNKNOWN)
            return VALUE_NOT_KNOWN;
    }
    struct value time = job_month(e, job);
    int64_t weeks = e->s->rules->hours.weeks_per_month_milli, out;
    if (time.is != VALUE_IS_KNOWN)
        return time;
    if (weeks <= 0 || __builtin_mul_overflow(time.num, 1000, &out))
        return VALUE_NOT_KNOWN;
    return value_known(divide_round(out, weeks));
}

static struct value job_days_month(struct eval *e, size_t job)
{
    return eval_field(e, PLAN_DAYS_MONTH, job);
}

static struct value job_days_week(struct eval *e, size_t job)
{
    return eval_field(e, PLAN_DAYS_WEEK, job);
}

/* Over the jobs that count: their sum, or the highest. No job, or none that
 * says anything: nothing. */
static struct value over_jobs(struct eval *e, enum scope person,
                              struct value (*of_job)(struct eval *, size_t),
                              bool sum)
{
    struct value all = VALUE_NONE;
    bool unknown = false;
    struct members m;
    enum tri is;
    members_open(&m, e, OVER_JOBS, person);
    while (members_next(&m, e, &is)) {
        const struct expr *counts = e->s->rules->hours.counts;
        enum tri with = counts ? tri_of(eval_expr(e, counts)) : TRI_YES;
        struct value v = VALUE_NOT_KNOWN;
        if (with == TRI_NO)
            continue;
        if (with == TRI_YES)
            v = of_job(e, e->rows.of[SCOPE_JOB]);
        if (v.is == VALUE_IS_UNKNOWN)
            unknown = true;
        if (v.is != VALUE_IS_KNOWN)
            continue;
        if (all.is == VALUE_IS_NOTHING)
            all = v;
        else if (sum && __builtin_add_overflow(all.num, v.num, &all.num))
            unknown = true;
        else if (!sum && v.num > all.num)
            all = v;
    }
    return unknown ? VALUE_NOT_KNOWN : all;
}

struct value eval_hours(struct eval *e, enum builtin b, enum scope person)
{
    bool sum = e->s->rules->hours.jobs == HOURS_SUM;
    switch (b) {
    case BUILTIN_HOURS_MONTH:
        return over_jobs(e, person, job_month, sum);
    case BUILTIN_HOURS_WEEK:
        return over_jobs(e, person, job_week, sum);
    case BUILTIN_DAYS_MONTH:
        return over_jobs(e, person, job_days_month, false);
    case BUILTIN_DAYS_WEEK:
        return over_jobs(e, person, job_days_week, false);
    default:
        break;
    }
    struct value time = over_jobs(e, person, job_month, sum);
    struct value days = over_jobs(e, person, job_days_month, false);
    if (time.is == VALUE_IS_UNKNOWN || days.is == VALUE_IS_UNKNOWN)
        return VALUE_NOT_KNOWN;
    if (time.is == VALUE_IS_NOTHING || days.is == VALUE_IS_NOTHING ||
        days.num <= 0)
        return VALUE_NONE;
    return value_known(divide_round(time.num, days.num));
}
