/* Cross-checks of jobs and reasons (certificates of employment). */
#include "core/date.h"
#include "records/check_run.h"

#include <inttypes.h>
#include <string.h>

#define DAY_MINUTES 1440

/* Hours a month are a contract's round number and months differ in length, so
 * days times hours never fits exactly. A tenth is what 20 and 22 working days
 * differ by; below one day's hours nobody can tell. */
#define HOURS_TOLERANCE_PERCENT 10

#define CERTIFICATE_MONTHS 3

struct day_kind {
    enum check_field from, to, rest;
};
static const struct day_kind day_kinds[] = {
    {F_WEEKDAY_FROM, F_WEEKDAY_TO, F_WEEKDAY_BREAK},
    {F_SATURDAY_FROM, F_SATURDAY_TO, F_SATURDAY_BREAK},
    {F_SUNDAY_FROM, F_SUNDAY_TO, F_SUNDAY_BREAK},
};

/* Shortest and longest day of a job. The form asks for hours with breaks, yet
 * many write them without: the shortest day leaves the break out. */
static bool day_span(const struct check_run *c, size_t r, int64_t *shortest,
                     int64_t *longest)
{
    *shortest = DAY_MINUTES;
    *longest = 0;
    for (size_t i = 0; i < sizeof day_kinds / sizeof day_kinds[0]; i++) {
        int64_t from, to, rest;
        if (!check_known(c, day_kinds[i].from, r, &from) ||
            !check_known(c, day_kinds[i].to, r, &to))
            continue;
        int64_t span = to > from ? to - from : to + DAY_MINUTES - from;
        if (!check_known(c, day_kinds[i].rest, r, &rest) || rest > span)
            rest = 0;
        if (span - rest < *shortest)
            *shortest = span - rest;
        if (span > *longest)
            *longest = span;
    }
    return *longest > 0;
}

/* Days a month: as written, or those of a week times 52/12. */
static bool month_days(const struct check_run *c, size_t r, int64_t *days)
{
    if (check_known(c, F_DAYS_MONTH, r, days))
        return true;
    if (!check_known(c, F_DAYS_WEEK, r, days))
        return false;
    *days = (*days * 52 + 6) / 12;
    return true;
}

void check_hours_disagree(const struct check_run *c)
{
    FOR_ROWS(c, SCOPE_JOB, r)
    {
        int64_t minutes, days, shortest, longest;
        if (!check_known(c, F_MINUTES_MONTH, r, &minutes) ||
            !month_days(c, r, &days) || !day_span(c, r, &shortest, &longest))
            continue;
        int64_t low = days * shortest, high = days * longest;
        int64_t gap = minutes < low    ? low - minutes
                      : minutes > high ? minutes - high
                                       : 0;
        int64_t expected = minutes < low ? low : high;
        int64_t allowed = expected * HOURS_TOLERANCE_PERCENT / 100;
        if (gap > allowed && gap > longest)
            diag_warn(c->d, check_place(c, SCOPE_JOB, r), c->name,
                      "月間就労時間 %s が、月 %" PRId64
                      " 日と1日の時間から出る %s と合いません",
                      "%s a month does not fit %" PRId64
                      " days of the daily hours, which make %s",
                      check_minutes(c, minutes), days,
                      check_minutes(c, expected));
    }
}

/* Weekdays ticked, holidays 祝日 left out: they fall on one of the others. */
static int count_weekdays(const struct field *f, int64_t bits)
{
    int n = 0;
    for (size_t i = 0; i < f->n_values; i++)
        if ((uint64_t)bits >> i & 1 && strcmp(f->values[i], "祝日") != 0)
            n++;
    return n;
}

void check_weekdays_disagree(const struct check_run *c)
{
    FOR_ROWS(c, SCOPE_JOB, r)
    {
        int64_t bits, days;
        if (!check_known(c, F_WEEKDAYS, r, &bits) ||
            !check_known(c, F_DAYS_WEEK, r, &days))
            continue;
        int ticked = count_weekdays(c->fields[F_WEEKDAYS], bits);
        if (ticked != days)
            diag_warn(c->d, check_place(c, SCOPE_JOB, r), c->name,
                      "就労曜日は %d 日、週就労日数は %" PRId64 " 日です",
                      "%d weekdays are ticked, but it says %" PRId64
                      " days a week",
                      ticked, days);
    }
}

void check_days_impossible(const struct check_run *c)
{
    static const struct {
        enum check_field f;
        int64_t max;
    } limits[] = {{F_DAYS_WEEK, 7}, {F_DAYS_MONTH, 31}};
    FOR_ROWS(c, SCOPE_JOB, r)
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        int64_t days;
        if (check_known(c, limits[i].f, r, &days) && days > limits[i].max)
            diag_warn(c->d, check_place(c, SCOPE_JOB, r), c->name,
                      "%s が %" PRId64 " 日になっています",
                      "%s says %" PRId64 " days",
                      c->fields[limits[i].f]->label.ja, days);
    }
}

/* To add a period: its two fields in one row. */
static const struct {
    enum scope scope;
    enum check_field from, to;
} periods[] = {
    {SCOPE_JOB, F_START, F_END},
    {SCOPE_JOB, F_MATERNITY_FROM, F_MATERNITY_TO},
    {SCOPE_JOB, F_CHILDCARE_FROM, F_CHILDCARE_TO},
    {SCOPE_JOB, F_OTHER_LEAVE_FROM, F_OTHER_LEAVE_TO},
    {SCOPE_JOB, F_SHORT_TIME_FROM, F_SHORT_TIME_TO},
    {SCOPE_JOB, F_POSTING_FROM, F_POSTING_TO},
    {SCOPE_REASON, F_REASON_FROM, F_REASON_TO},
};

void check_period_order(const struct check_run *c)
{
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++)
        FOR_ROWS(c, periods[i].scope, r)
        {
            int64_t from, to;
            if (!check_known(c, periods[i].from, r, &from) ||
                !check_known(c, periods[i].to, r, &to) || from <= to)
                continue;
            diag_warn(c->d, check_place(c, periods[i].scope, r), c->name,
                      "%s %s が %s %s より後です", "%s %s is after %s %s",
                      c->fields[periods[i].from]->label.ja, check_day(c, from),
                      c->fields[periods[i].to]->label.ja, check_day(c, to));
        }
}

void check_return_date(const struct check_run *c)
{
    FOR_ROWS(c, SCOPE_JOB, r)
    {
        int64_t back, end;
        if (!check_known(c, F_RETURN_DATE, r, &back) ||
            !(check_known(c, F_CHILDCARE_TO, r, &end) ||
              check_known(c, F_MATERNITY_TO, r, &end)) ||
            back == end + 1)
            continue;
        diag_warn(c->d, check_place(c, SCOPE_JOB, r), c->name,
                  "復職(予定)日 %s が休業の終わり %s の翌日ではありません",
                  "the return on %s is not the day after leave ends on %s",
                  check_day(c, back), check_day(c, end));
    }
}

void check_certificate_old(const struct check_run *c)
{
    int32_t oldest = date_add_months(c->basis->deadline, -CERTIFICATE_MONTHS);
    FOR_ROWS(c, SCOPE_JOB, r)
    {
        int64_t day;
        if (check_known(c, F_CERTIFIED_ON, r, &day) && day < oldest)
            diag_warn(c->d, check_place(c, SCOPE_JOB, r), c->name,
                      "証明日 %s が締切 %s の %d か月より前です",
                      "certified on %s: the deadline is %s, and more than %d "
                      "months lie between",
                      check_day(c, day), check_day(c, c->basis->deadline),
                      CERTIFICATE_MONTHS);
    }
}

void check_renewal_missing(const struct check_run *c)
{
    FOR_ROWS(c, SCOPE_JOB, r)
    {
        int64_t renewal;
        if (check_is(c, F_TERM, r, "有期") &&
            !check_known(c, F_RENEWAL, r, &renewal))
            diag_warn(c->d, check_place(c, SCOPE_JOB, r), c->name,
                      "有期雇用なのに満了後の更新の有無がありません",
                      "a fixed term, but nothing on renewal");
    }
}

/* A contract that will be renewed goes on; any other answer is a question. */
void check_contract_ends(const struct check_run *c)
{
    FOR_ROWS(c, SCOPE_JOB, r)
    {
        int64_t end;
        if (!check_known(c, F_END, r, &end) || end >= c->basis->entry_date ||
            check_is(c, F_RENEWAL, r, "有") ||
            check_is(c, F_RENEWAL, r, "有(予定)"))
            continue;
        diag_warn(c->d, check_place(c, SCOPE_JOB, r), c->name,
                  "雇用終了日 %s が入所日 %s より前です",
                  "the contract ends on %s, before the entry date %s",
                  check_day(c, end), check_day(c, c->basis->entry_date));
    }
}

static bool has_hours(const struct check_run *c, int person)
{
    FOR_ROWS(c, SCOPE_JOB, r)
    {
        int64_t minutes;
        if (check_key(c, SCOPE_JOB, r)->person == person &&
            (check_known(c, F_MINUTES_MONTH, r, &minutes) ||
             check_known(c, F_VARIABLE_MINUTES, r, &minutes)))
            return true;
    }
    return false;
}

void check_hours_missing(const struct check_run *c)
{
    FOR_ROWS(c, SCOPE_REASON, r)
    if (check_is(c, F_REASON_KIND, r, "就労") &&
        !has_hours(c, check_key(c, SCOPE_REASON, r)->person))
        diag_warn(c->d, check_place(c, SCOPE_REASON, r), c->name,
                  "事由が就労なのに、就労時間のわかる就労がありません",
                  "the reason is work, but no job says how many hours");
}
