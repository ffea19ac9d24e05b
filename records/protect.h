/*
 * 支援措置: the address of a household under protection stands in no list,
 * file or message. One place says whose: `household.protected`, from
 * office.csv. Where no household of the case has that value the city has not
 * told, and every address is kept back; once it tells of some, a household of
 * which nothing is told is not one of them.
 */
#ifndef NYUSHO_RECORDS_PROTECT_H
#define NYUSHO_RECORDS_PROTECT_H

#include "records/record.h"

#define ADDRESS_HIDDEN "（非公開）"

/* Is a value of this path one that tells where a household lives? */
bool path_is_address(const char *path);
struct protection {
    const struct record_set *set;
    bool told; /* of any household, whether it is protected */
};
/* Looks at a set that is finished, and borrows it. */
struct protection protection_of(const struct record_set *set);
/* False for a household that may be shown; "" (a page of nobody yet) and one
 * that the set does not know may be anybody's. */
bool address_is_hidden(const struct protection *p, const char *household);
/* Puts ADDRESS_HIDDEN (a code: unknown) in the place of every such value, its
 * evidence with it. Returns how many households that were. After finish. */
size_t records_hide_addresses(struct record_set *set);

#endif
