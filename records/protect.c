#include "records/protect.h"

#include <string.h>

/* To add one: its path, a row in tests/test_protect.c. */
static const char *const addresses[] = {
    "household.address",
    "household.address_jan1",
    "household.postal_code",
};
#define N_ADDRESSES (sizeof addresses / sizeof addresses[0])

bool path_is_address(const char *path)
{
    for (size_t i = 0; i < N_ADDRESSES; i++)
        if (strcmp(addresses[i], path) == 0)
            return true;
    return false;
}

static struct slot is_protected(const struct record_set *set,
                                const struct household *h)
{
    const struct field *f = dictionary_find(set->dict, "household.protected");
    size_t row = h->first[SCOPE_HOUSEHOLD];
    if (!f || row == h->end[SCOPE_HOUSEHOLD])
        return (struct slot){0, VALUE_UNKNOWN};
    return record_get(set, f, row);
}

struct protection protection_of(const struct record_set *set)
{
    struct protection p = {set, false};
    for (size_t i = 0; i < set->n_households && !p.told; i++)
        p.told = is_protected(set, &set->households[i]).state == VALUE_KNOWN;
    return p;
}

static bool is_hidden(const struct protection *p, const struct household *h)
{
    struct slot is = is_protected(p->set, h);
    return is.state == VALUE_KNOWN ? is.num != 0 : !p->told;
}

bool address_is_hidden(const struct protection *p, const char *household)
{
    const struct household *h = record_household(p->set, household);
    return !h || is_hidden(p, h);
}

static bool hide_row(struct record_set *set, size_t row)
{
    bool any = false;
    for (size_t i = 0; i < N_ADDRESSES; i++) {
        const struct field *f = dictionary_find(set->dict, addresses[i]);
        if (!f || record_get(set, f, row).state != VALUE_KNOWN)
            continue;
        struct slot hidden = {0, VALUE_UNKNOWN};
        if (f->type == TYPE_TEXT)
            hidden = (struct slot){strings_id(set->strings, ADDRESS_HIDDEN),
                                   VALUE_KNOWN};
        record_set_put(set, f, row, hidden, NULL);
        any = true;
    }
    return any;
}

size_t records_hide_addresses(struct record_set *set)
{
    const struct protection p = protection_of(set);
    size_t n = 0;
    for (size_t i = 0; i < set->n_households; i++) {
        const struct household *h = &set->households[i];
        size_t row = h->first[SCOPE_HOUSEHOLD];
        if (row < h->end[SCOPE_HOUSEHOLD] && is_hidden(&p, h))
            n += hide_row(set, row);
    }
    return n;
}
