/*
 * Combination lists 組合せ as offices keep them: what the parents of a
 * household wrote out themselves, one row per entry.
 *
 *     ファミリーコード,総当たり順位,宛名コード1,希望施設1,宛名コード2,希望施設2
 *     1001,1,0001,11,0002,11
 *     1001,2,0001,11,0002,
 *
 * The smallest rank is the best; ranks need not be without gaps. As many pairs
 * of columns as the largest household needs; a pair of empty cells is nothing.
 * A blank facility: not admitted (an enrolled child stays). Every row of a
 * household names the same children, in any order.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_COMBINATIONS_H
#define NYUSHO_SCORING_PLACEMENT_COMBINATIONS_H

#include "core/arena.h"
#include "core/diag.h"

#include <stdint.h>

struct combination_place {
    const char *child, *facility; /* facility "": none */
};

struct combination {
    const char *household;
    int64_t rank;
    struct combination_place *places; /* by child */
    size_t n_places;
    struct pos at;
};

struct combinations {
    struct combination *items; /* by household, then rank */
    size_t n;
};

/* Owned by the arena. False with the messages of core/csv.h, "missing-column",
 * "missing-household", "bad-rank", "duplicate-rank", "missing-child" (a
 * facility without its child, or a row of nobody), "duplicate-child",
 * "combination-children" (rows of a household that name other children),
 * "too-many-siblings", "too-many-entries". All wrong rows are told. */
bool combinations_parse(const char *bytes, size_t len, const char *name,
                        struct combinations *out, struct arena *a,
                        struct diag *d);
/* The rows of one household; *n is 0 where there is none. */
const struct combination *combinations_find(const struct combinations *list,
                                            const char *household, size_t *n);

#endif
