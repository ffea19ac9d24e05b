/*
 * Every matching of a tiny market of households, each holding one of its
 * entries or what it has today, and how many entries block it: counted from
 * the definition, with sets of children as bits and nothing looked up.
 *
 * The facility chooses by trying: of those who hold seats there, without the
 * household's own, and those sent, best first, it takes whoever still fits
 * beside those taken.
 */
#ifndef NYUSHO_TESTS_FAMILY_BRUTE_H
#define NYUSHO_TESTS_FAMILY_BRUTE_H

#include "scoring/placement/market.h"

struct family_brute {
    bool stable;
    int blocking;     /* the fewest blocking entries of any matching */
    int placed;       /* the most children with a place at that */
    int32_t *place;   /* the canonical one of those: by household, best first */
    size_t matchings; /* feasible, individually rational */
};

/* `place` is owned by the arena. */
void family_brute(const struct market *m, struct family_brute *out,
                  struct arena *a);
/* Blocking entries of one matching; -1 when a household holds none of its
 * entries nor what it has today, or too many seats are held. *placed: children
 * with a place. */
int family_blocking(const struct market *m, const int32_t *place, int *placed);

#endif
