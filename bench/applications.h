/*
 * A city's applications made up from a seed, for benches: households with two
 * guardians who mostly work, one child, five preferences, a brother or sister
 * in four of ten, and what the office knows of them. One certificate in fifty
 * is missing. The n-th household is the same whatever is made before it.
 */
#ifndef NYUSHO_BENCH_APPLICATIONS_H
#define NYUSHO_BENCH_APPLICATIONS_H

#include "records/facility.h"
#include "records/record.h"
#include "scoring/points/score.h"

#define APPLICATION_FACILITIES 300 /* codes 0001 … 0300 */

/* Adds households `first` … `first + n - 1` (numbers 0000000 …) and finishes
 * the set. */
void applications_make(struct record_set *set, uint64_t seed, size_t first,
                       size_t n);

/* What stands around them: the dictionary and 浦添市 R8, which the bench is
 * started beside (rules/), facilities, dates. False with the messages. */
struct application_city {
    struct dictionary dict;
    struct ruleset rules;
    struct facilities facilities;
    struct score_context context;
};
bool application_city_open(struct application_city *c, struct arena *a,
                           struct diag *d);
/* nurseries.csv and seats.csv of that city. */
const char *application_nurseries(struct arena *a);
const char *application_seats(struct arena *a);

#endif
