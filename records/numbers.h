/*
 * A number for each household: lots that the city drew in public (抽選番号) or
 * the order of receipt (受付番号), as a CSV.
 *
 *     世帯番号,番号
 *     27000001,12
 *
 * The smaller number comes first. A household has one, and no two have the
 * same.
 */
#ifndef NYUSHO_RECORDS_NUMBERS_H
#define NYUSHO_RECORDS_NUMBERS_H

#include "core/arena.h"
#include "core/diag.h"

#include <stdint.h>

struct household_number {
    const char *household;
    int64_t number;
    struct pos at; /* of the household's cell */
};

struct household_numbers {
    struct household_number *items; /* by household */
    size_t n;
};

/* Owned by the arena. False with the messages of core/csv.h, "missing-column",
 * "unknown-column", "key-missing" (no household), "bad-number" (none, or
 * outside 1 to 999,999,999), "duplicate-household", "duplicate-number". All
 * wrong rows are told. */
bool numbers_load(struct household_numbers *out, const char *bytes, size_t len,
                  const char *name, struct arena *a, struct diag *d);
/* False, and *out is left, when the household has none. */
bool household_number(const struct household_numbers *list,
                      const char *household, int64_t *out);

#endif
