/*
 * postal.csv 郵便番号簿: which towns a postal code stands for, so that a code
 * and an address that were read can bear each other out. One code may be that
 * of several towns, in more than one prefecture, and one town may have several
 * codes: what is found is a set. Optional.
 *
 *     郵便番号,都道府県,市区町村,町域
 *     9002669,沖縄県,見本市,緑が丘
 *
 * Or Japan Post's own utf_ken_all.csv as it is (15 columns, no header): of a
 * town the part before （ is taken, 以下に掲載がない場合 is the whole
 * municipality.
 */
#ifndef NYUSHO_RECORDS_POSTAL_H
#define NYUSHO_RECORDS_POSTAL_H

#include "core/arena.h"
#include "core/diag.h"

#define POSTAL_DIGITS 7

struct town {
    const char *code;     /* seven digits */
    const char *place;    /* municipality and town, as the file writes them */
    const char *key;      /* text_match_key() of it */
    const char *full_key; /* with the prefecture in front */
};

struct postal {
    struct town *by_code; /* by code, then key */
    struct town *by_key;  /* by key, then code */
    size_t n;
};

/* Everything is owned by the arena. Errors: CSV ones, "missing-column",
 * "bad-postal-code" (not seven digits), "key-missing" (no municipality). */
bool postal_load(struct postal *out, const char *bytes, size_t len,
                 const char *name, struct arena *a, struct diag *d);

/* Seven digits of "900-2669"; "" when there are not seven. */
const char *postal_digits(const char *text, struct arena *a);
/* by_code [*first, *end) of these seven digits. */
void postal_of_code(const struct postal *p, const char *digits, size_t *first,
                    size_t *end);
/* The longest town that the address begins with, with or without its
 * prefecture: by_key [*first, *end), one row for each of its codes; none when
 * *first == *end. */
void postal_of_address(const struct postal *p, const char *address_key,
                       size_t *first, size_t *end);

/* Where the town ends in the address as it was written: the address begins with
 * it, with or without the prefecture, but for at most `slips` letters (0: to
 * the letter). NULL when it does not. */
const char *postal_rest(const struct town *t, const char *address, int slips,
                        struct arena *a);

#endif
