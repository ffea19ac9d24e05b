/*
 * Cross-checks 突合: what one value of a household says against another,
 * against the facilities and against the dates of the round. A finding is a
 * warning for a person to settle; nothing is changed. Its place is "世帯 000123
 * 人 1 就労 2": numbers only, never a name. An unknown value is never a
 * contradiction; that it is missing is a finding only where a check says so.
 *
 *     struct check_basis basis = {&set, &facilities, s.fiscal_year,
 *                                 s.entry_date, s.deadline};
 *     size_t doubts = records_check(&basis, d);
 */
#ifndef NYUSHO_RECORDS_CHECK_H
#define NYUSHO_RECORDS_CHECK_H

#include "records/facility.h"
#include "records/record.h"

struct check_basis {
    const struct record_set *set;        /* finished */
    const struct facilities *facilities; /* NULL: those checks are left out */
    int fiscal_year;
    int32_t entry_date, deadline; /* days */
};

struct check_run; /* private */

struct record_check {
    const char *name;   /* as in findings */
    struct label label; /* what it looks at */
    void (*run)(const struct check_run *c);
};
/* In the order in which one household's findings come. */
extern const struct record_check record_checks[];
extern const size_t n_record_checks;

/* Runs every check on every household, households in order of number. Returns
 * how many warnings were added. */
size_t records_check(const struct check_basis *basis, struct diag *d);

#endif
