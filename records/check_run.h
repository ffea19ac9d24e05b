/*
 * What a cross-check is given, and how it asks. Private to check*.c.
 */
#ifndef NYUSHO_RECORDS_CHECK_RUN_H
#define NYUSHO_RECORDS_CHECK_RUN_H

#include "records/check.h"

/* The fields that checks look at. To add one: here and in check.c. */
enum check_field {
    F_SINGLE_PARENT,
    F_SIBLING_PATTERN,
    F_PRESENT,
    F_CERTIFIED_ON,
    F_TERM,
    F_START,
    F_END,
    F_RENEWAL,
    F_WEEKDAYS,
    F_MINUTES_MONTH,
    F_DAYS_MONTH,
    F_DAYS_WEEK,
    F_WEEKDAY_FROM,
    F_WEEKDAY_TO,
    F_WEEKDAY_BREAK,
    F_SATURDAY_FROM,
    F_SATURDAY_TO,
    F_SATURDAY_BREAK,
    F_SUNDAY_FROM,
    F_SUNDAY_TO,
    F_SUNDAY_BREAK,
    F_VARIABLE_MINUTES,
    F_MATERNITY_FROM,
    F_MATERNITY_TO,
    F_CHILDCARE_FROM,
    F_CHILDCARE_TO,
    F_OTHER_LEAVE_FROM,
    F_OTHER_LEAVE_TO,
    F_SHORT_TIME_FROM,
    F_SHORT_TIME_TO,
    F_POSTING_FROM,
    F_POSTING_TO,
    F_RETURN_DATE,
    F_REASON_KIND,
    F_REASON_FROM,
    F_REASON_TO,
    F_REASON_DUE_DATE,
    F_CHILD_BIRTH,
    F_CHILD_DUE_DATE,
    F_CHILD_ENROLLED,
    F_PREFERENCE,
    N_CHECK_FIELDS
};

struct check_run {
    const struct check_basis *basis;
    const struct household *h;
    const struct field *fields[N_CHECK_FIELDS]; /* NULL: not in dictionary */
    const char *name;                           /* of the check that runs */
    struct arena *mem;                          /* for places */
    struct diag *d;
};

/* Rows of one scope in the household of the run. */
#define FOR_ROWS(c, scope, r) \
    for (size_t r = (c)->h->first[(scope)]; (r) < (c)->h->end[(scope)]; (r)++)

/* True, with the value, when it is known. */
bool check_known(const struct check_run *c, enum check_field f, size_t row,
                 int64_t *out);
/* Is the enum value known to be this one? */
bool check_is(const struct check_run *c, enum check_field f, size_t row,
              const char *value);
/* The text, "" when not known. */
const char *check_text(const struct check_run *c, enum check_field f,
                       size_t row);
const struct row_key *check_key(const struct check_run *c, enum scope scope,
                                size_t row);
/* The row as a place for messages. */
struct pos check_place(const struct check_run *c, enum scope scope, size_t row);
struct pos check_household_place(const struct check_run *c);
/* A day as text, for messages. */
const char *check_day(const struct check_run *c, int64_t day);
/* Minutes as 160:30, for messages. */
const char *check_minutes(const struct check_run *c, int64_t minutes);

/* check_work.c */
void check_hours_disagree(const struct check_run *c);
void check_weekdays_disagree(const struct check_run *c);
void check_days_impossible(const struct check_run *c);
void check_period_order(const struct check_run *c);
void check_return_date(const struct check_run *c);
void check_certificate_old(const struct check_run *c);
void check_renewal_missing(const struct check_run *c);
void check_contract_ends(const struct check_run *c);
void check_hours_missing(const struct check_run *c);
/* check_family.c */
void check_no_child(const struct check_run *c);
void check_second_guardian(const struct check_run *c);
void check_reason_missing(const struct check_run *c);
void check_due_date_reason(const struct check_run *c);
void check_birth_implausible(const struct check_run *c);
void check_school_age(const struct check_run *c);
void check_sibling_missing(const struct check_run *c);
void check_sibling_alone(const struct check_run *c);
void check_sibling_common(const struct check_run *c);
/* check_preference.c */
void check_preference_unknown(const struct check_run *c);
void check_preference_twice(const struct check_run *c);
void check_preference_enrolled(const struct check_run *c);
void check_preference_no_class(const struct check_run *c);
void check_minimum_age(const struct check_run *c);

#endif
