/* What the variables of a formula say, for those who read its proof. */
#ifndef NYUSHO_SCORING_PLACEMENT_PROVE_PROVE_MAP_H
#define NYUSHO_SCORING_PLACEMENT_PROVE_PROVE_MAP_H

#include "core/buf.h"
#include "scoring/placement/prove/prove_clauses.h"

/* JSON: a line for each variable, and for each child the literal that says it
 * holds a place. The formula must have kept its names. */
void map_write(const struct market *m, const struct prove_clauses *c,
               struct buf *out);

#endif
