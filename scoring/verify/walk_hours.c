/* Hours and days of a person over its jobs, as struct hours says. */
#include "scoring/verify/walk.h"

/* ---- one job ---- */

/* Variable work: its days, if they are stated for the same span as its time. */
static struct walk_value variable_days(const struct walk *w, size_t row)
{
    const char *spans[] = {"job.variable_per", "job.variable_days_per"};
    for (int i = 0; i < 2; i++)
        if (walk_path(w, spans[i], row).state == WALK_UNKNOWN)
            return walk_unknown();
    if (walk_is(w, spans[0], row, "週間") != walk_is(w, spans[1], row, "週間"))
        return walk_unknown();
    return walk_path(w, "job.variable_days", row);
}

/* A break that counts up to a limit on each of `days`: what is left to take
 * off. */
static struct walk_value beyond(const struct walk *w, int64_t rest,
                                struct walk_value days)
{
    int64_t limit = w->c->rules->hours.breaks_up_to, whole;
    if (days.state != WALK_KNOWN ||
        __builtin_mul_overflow(limit, days.num, &whole))
        return walk_unknown();
    if (whole < 0)
        whole = 0;
    return walk_known(rest <= whole ? 0 : rest - whole);
}

static struct walk_value less_breaks(const struct walk *w,
                                     struct walk_value time, bool variable,
                                     size_t row)
{
    const struct hours *hours = &w->c->rules->hours;
    if (time.state != WALK_KNOWN ||
        (hours->breaks_included && !hours->has_breaks_up_to))
        return time;
    struct walk_value rest = walk_path(
        w, variable ? "job.variable_break" : "job.break_minutes_month", row);
    if (rest.state == WALK_NOTHING)
        return time;
    if (rest.state == WALK_KNOWN && hours->has_breaks_up_to) {
        if (rest.num <= 0)
            return time;
        rest = beyond(w, rest.num,
                      variable ? variable_days(w, row)
                               : walk_path(w, "job.days_month", row));
    }
    if (rest.state == WALK_UNKNOWN)
        return rest;
    return walk_known(time.num - rest.num);
}

static struct walk_value times_weeks(const struct walk *w, int64_t week)
{
    int64_t weeks = w->c->rules->hours.weeks_per_month_milli, out;
    if (!weeks || __builtin_mul_overflow(week, weeks, &out))
        return walk_unknown();
    return walk_known(walk_divide(out, 1000));
}

static enum walk_bool by_the_week(const struct walk *w, size_t row)
{
    if (walk_path(w, "job.variable_per", row).state == WALK_UNKNOWN)
        return WALK_MAYBE;
    return walk_is(w, "job.variable_per", row, "週間") ? WALK_YES : WALK_NO;
}

static struct walk_value variable_time(const struct walk *w, size_t row)
{
    return less_breaks(w, walk_path(w, "job.variable_minutes", row), true, row);
}

static struct walk_value contract(const struct walk *w, size_t row)
{
    struct walk_value month = walk_path(w, "job.minutes_month", row);
    if (month.state == WALK_KNOWN)
        return less_breaks(w, month, false, row);
    struct walk_value time = variable_time(w, row);
    if (time.state == WALK_NOTHING)
        return month;
    if (time.state == WALK_UNKNOWN)
        return time;
    switch (by_the_week(w, row)) {
    case WALK_YES:
        return times_weeks(w, time.num);
    case WALK_NO:
        return time;
    default:
        return walk_unknown();
    }
}

/* The mean of those that are known. */
static struct walk_value actual(const struct walk *w, size_t row)
{
    static const char *const paths[] = {
        "job.actual1_minutes", "job.actual2_minutes", "job.actual3_minutes"};
    int64_t sum = 0, n = 0;
    bool lost = false;
    for (int i = 0; i < 3; i++) {
        struct walk_value v = walk_path(w, paths[i], row);
        lost = lost || v.state == WALK_UNKNOWN;
        if (v.state == WALK_KNOWN) {
            sum += v.num;
            n++;
        }
    }
    if (n)
        return walk_known(walk_divide(sum, n));
    return lost ? walk_unknown() : walk_nothing();
}

static struct walk_value month_of(const struct walk *w, size_t row)
{
    if (w->c->rules->hours.basis == HOURS_CONTRACT)
        return contract(w, row);
    struct walk_value worked = actual(w, row), other;
    if (w->c->rules->hours.basis == HOURS_ACTUAL)
        return worked;
    struct walk_value agreed = contract(w, row);
    if (!walk_both_known(agreed, worked, &other))
        return other;
    return agreed.num < worked.num ? agreed : worked;
}

static struct walk_value week_of(const struct walk *w, size_t row)
{
    struct walk_value time = walk_path(w, "job.minutes_month", row);
    bool stated = time.state != WALK_KNOWN &&
                  walk_path(w, "job.variable_minutes", row).state == WALK_KNOWN;
    enum walk_bool weekly = stated ? by_the_week(w, row) : WALK_NO;
    if (weekly == WALK_YES)
        return variable_time(w, row);
    if (weekly == WALK_MAYBE)
        return walk_unknown();
    time = month_of(w, row);
    if (time.state != WALK_KNOWN)
        return time;
    int64_t weeks = w->c->rules->hours.weeks_per_month_milli, out;
    if (!weeks || __builtin_mul_overflow(time.num, 1000, &out))
        return walk_unknown();
    return walk_known(walk_divide(out, weeks));
}

/* ---- over the jobs ---- */

static struct walk_value of_job(const struct walk *w, enum builtin which)
{
    size_t row = w->row[SCOPE_JOB];
    switch (which) {
    case BUILTIN_HOURS_MONTH:
        return month_of(w, row);
    case BUILTIN_HOURS_WEEK:
        return week_of(w, row);
    case BUILTIN_DAYS_MONTH:
        return walk_path(w, "job.days_month", row);
    default:
        return walk_path(w, "job.days_week", row);
    }
}

static struct walk_value join(struct walk_value all, struct walk_value one,
                              bool longest)
{
    if (all.state != WALK_KNOWN)
        return one;
    if (longest)
        return one.num > all.num ? one : all;
    return __builtin_add_overflow(all.num, one.num, &all.num) ? walk_unknown()
                                                              : all;
}

/* Nothing when no job that counts says anything. */
static struct walk_value over_jobs(const struct walk *w, enum builtin which,
                                   enum scope person)
{
    const struct hours *hours = &w->c->rules->hours;
    bool longest = which == BUILTIN_DAYS_MONTH || which == BUILTIN_DAYS_WEEK ||
                   hours->jobs == HOURS_LONGEST;
    struct walk_member *m;
    size_t n = walk_members(w, OVER_JOBS, person, &m);
    struct walk_value all = walk_nothing();
    for (size_t i = 0; i < n; i++) {
        struct walk job = walk_bind(w, OVER_JOBS, &m[i]);
        enum walk_bool counts = walk_holds(&job, hours->counts);
        if (counts == WALK_NO)
            continue;
        struct walk_value v = of_job(&job, which);
        if (counts == WALK_MAYBE || v.state == WALK_UNKNOWN)
            return walk_unknown();
        if (v.state == WALK_KNOWN)
            all = join(all, v, longest);
        if (all.state == WALK_UNKNOWN)
            return all;
    }
    return all;
}

struct walk_value walk_job_hours(const struct walk *w)
{
    return month_of(w, w->row[SCOPE_JOB]);
}

struct walk_value walk_hours(const struct walk *w, enum builtin which,
                             enum scope person)
{
    if (which != BUILTIN_HOURS_DAY)
        return over_jobs(w, which, person);
    struct walk_value time = over_jobs(w, BUILTIN_HOURS_MONTH, person), other;
    struct walk_value days = over_jobs(w, BUILTIN_DAYS_MONTH, person);
    if (!walk_both_known(time, days, &other))
        return other;
    if (days.num <= 0)
        return walk_nothing();
    return walk_known(walk_divide(time.num, days.num));
}
