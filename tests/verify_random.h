/*
 * Households made up from a seed, for tests that hold two evaluators against
 * each other: any field of the dictionary may be known, unknown, unreadable or
 * not applicable; guardians, children, jobs and all may be there or not.
 */
#ifndef NYUSHO_TESTS_VERIFY_RANDOM_H
#define NYUSHO_TESTS_VERIFY_RANDOM_H

#include "records/record.h"
#include "scoring/points/ruleset.h"

/* Adds `n` households, numbered from 000001, and points for rules that are
 * entered by hand; finishes the set. The same seed gives the same set. */
void random_households(struct record_set *set, const struct ruleset *rules,
                       uint64_t seed, size_t n);

/* The rows of one household as records_help.h reads them. */
void random_print(const struct record_set *set, const struct household *h);

#endif
