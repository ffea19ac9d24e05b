/*
 * The table of cross-checks. To add one: write check_<thing>() in the file of
 * its subject, its prototype in check_run.h, its row here, and a household that
 * fails it and one that does not in tests/test_check.c (a test refuses a row
 * without both).
 */
#include "records/check.h"

#include "core/date.h"
#include "records/check_run.h"

#include <inttypes.h>
#include <string.h>

const struct record_check record_checks[] = {
    {"household-without-child",
     {"申込みのない世帯", "a household without an application"},
     check_no_child},
    {"second-guardian-missing",
     {"もう一人の保護者", "the second guardian"},
     check_second_guardian},
    {"reason-missing",
     {"事由の分からない保護者", "guardians without a known reason"},
     check_reason_missing},
    {"hours-missing",
     {"就労なのに就労時間がない", "work without hours"},
     check_hours_missing},
    {"hours-disagree",
     {"日数×1日の時間と月間時間", "days times daily hours, and hours a month"},
     check_hours_disagree},
    {"weekdays-disagree",
     {"就労曜日と週の日数", "weekdays ticked, and days a week"},
     check_weekdays_disagree},
    {"days-impossible",
     {"ありえない日数", "more days than there are"},
     check_days_impossible},
    {"period-order",
     {"期間の順序", "periods that end before they start"},
     check_period_order},
    {"return-date",
     {"復職日と休業の終わり", "the return and the end of leave"},
     check_return_date},
    {"certificate-old",
     {"証明日から3か月", "certificates older than three months"},
     check_certificate_old},
    {"renewal-missing",
     {"有期雇用の更新の有無", "fixed terms without an answer on renewal"},
     check_renewal_missing},
    {"contract-ends",
     {"入所前に終わる雇用", "contracts that end before entry"},
     check_contract_ends},
    {"due-date-reason",
     {"出産予定日と事由", "a due date without that reason"},
     check_due_date_reason},
    {"birth-implausible",
     {"ありえない生年月日", "impossible birth dates"},
     check_birth_implausible},
    {"school-age", {"就学年齢", "children of school age"}, check_school_age},
    {"sibling-pattern-missing",
     {"きょうだいの条件がない", "siblings without a pattern"},
     check_sibling_missing},
    {"sibling-pattern-alone",
     {"一人なのにきょうだいの条件", "a pattern for an only applicant"},
     check_sibling_alone},
    {"sibling-no-common",
     {"同じ施設の条件と希望", "same facility wished, none in common"},
     check_sibling_common},
    {"preference-unknown",
     {"ない施設の希望", "preferences for no facility"},
     check_preference_unknown},
    {"preference-twice",
     {"同じ施設を2回希望", "a facility wished twice"},
     check_preference_twice},
    {"preference-enrolled",
     {"在園施設を希望", "the enrolled facility wished"},
     check_preference_enrolled},
    {"preference-no-class",
     {"その年齢のクラスがない", "no class of that age"},
     check_preference_no_class},
    {"minimum-age",
     {"最低月齢", "younger than the facility takes"},
     check_minimum_age},
};
const size_t n_record_checks = sizeof record_checks / sizeof record_checks[0];

static const char *const paths[N_CHECK_FIELDS] = {
    [F_SINGLE_PARENT] = "household.single_parent",
    [F_SIBLING_PATTERN] = "household.sibling_pattern",
    [F_PRESENT] = "guardian.present",
    [F_CERTIFIED_ON] = "job.certified_on",
    [F_TERM] = "job.term",
    [F_START] = "job.start",
    [F_END] = "job.end",
    [F_RENEWAL] = "job.renewal",
    [F_WEEKDAYS] = "job.weekdays",
    [F_MINUTES_MONTH] = "job.minutes_month",
    [F_DAYS_MONTH] = "job.days_month",
    [F_DAYS_WEEK] = "job.days_week",
    [F_WEEKDAY_FROM] = "job.weekday_from",
    [F_WEEKDAY_TO] = "job.weekday_to",
    [F_WEEKDAY_BREAK] = "job.weekday_break",
    [F_SATURDAY_FROM] = "job.saturday_from",
    [F_SATURDAY_TO] = "job.saturday_to",
    [F_SATURDAY_BREAK] = "job.saturday_break",
    [F_SUNDAY_FROM] = "job.sunday_from",
    [F_SUNDAY_TO] = "job.sunday_to",
    [F_SUNDAY_BREAK] = "job.sunday_break",
    [F_VARIABLE_MINUTES] = "job.variable_minutes",
    [F_MATERNITY_FROM] = "job.maternity_from",
    [F_MATERNITY_TO] = "job.maternity_to",
    [F_CHILDCARE_FROM] = "job.childcare_from",
    [F_CHILDCARE_TO] = "job.childcare_to",
    [F_OTHER_LEAVE_FROM] = "job.other_leave_from",
    [F_OTHER_LEAVE_TO] = "job.other_leave_to",
    [F_SHORT_TIME_FROM] = "job.short_time_from",
    [F_SHORT_TIME_TO] = "job.short_time_to",
    [F_POSTING_FROM] = "job.posting_from",
    [F_POSTING_TO] = "job.posting_to",
    [F_RETURN_DATE] = "job.return_date",
    [F_REASON_KIND] = "reason.kind",
    [F_REASON_FROM] = "reason.from",
    [F_REASON_TO] = "reason.to",
    [F_REASON_DUE_DATE] = "reason.due_date",
    [F_CHILD_BIRTH] = "child.birth",
    [F_CHILD_DUE_DATE] = "child.due_date",
    [F_CHILD_ENROLLED] = "child.enrolled_facility",
    [F_PREFERENCE] = "preference.facility",
};

bool check_known(const struct check_run *c, enum check_field f, size_t row,
                 int64_t *out)
{
    if (!c->fields[f])
        return false;
    struct slot v = record_get(c->basis->set, c->fields[f], row);
    *out = v.num;
    return v.state == VALUE_KNOWN;
}

bool check_is(const struct check_run *c, enum check_field f, size_t row,
              const char *value)
{
    int64_t index;
    return check_known(c, f, row, &index) &&
           strcmp(c->fields[f]->values[index], value) == 0;
}

const char *check_text(const struct check_run *c, enum check_field f,
                       size_t row)
{
    int64_t id;
    return check_known(c, f, row, &id)
               ? strings_text(c->basis->set->strings, id)
               : "";
}

const struct row_key *check_key(const struct check_run *c, enum scope scope,
                                size_t row)
{
    return &c->basis->set->tables[scope].keys[row];
}

struct pos check_household_place(const struct check_run *c)
{
    return POS_FILE(arena_printf(c->mem, "世帯 %s", c->h->no));
}

struct pos check_place(const struct check_run *c, enum scope scope, size_t row)
{
    const struct row_key *key = check_key(c, scope, row);
    const struct scope_info *s = &scope_infos[scope];
    const char *place = arena_printf(c->mem, "世帯 %s", key->household);
    if (s->child)
        place = arena_printf(c->mem, "%s 児童 %s", place, key->child);
    if (s->person)
        place = arena_printf(c->mem, "%s 人 %d", place, key->person);
    if (s->seq)
        place = arena_printf(c->mem, "%s %s %d", place, s->label.ja, key->seq);
    return POS_FILE(place);
}

const char *check_day(const struct check_run *c, int64_t day)
{
    return date_iso((int32_t)day, c->mem);
}

const char *check_minutes(const struct check_run *c, int64_t minutes)
{
    return arena_printf(c->mem, "%" PRId64 ":%02d", minutes / 60,
                        (int)(minutes % 60));
}

size_t records_check(const struct check_basis *basis, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    struct check_run c = {.basis = basis, .mem = &mem, .d = d};
    int before = d->warnings;
    for (int f = 0; f < N_CHECK_FIELDS; f++)
        c.fields[f] = dictionary_find(basis->set->dict, paths[f]);
    for (size_t i = 0; i < basis->set->n_households; i++) {
        c.h = &basis->set->households[i];
        for (size_t k = 0; k < n_record_checks; k++) {
            c.name = record_checks[k].name;
            record_checks[k].run(&c);
        }
        if (mem.total)
            arena_release(&mem);
    }
    return (size_t)(d->warnings - before);
}
