/*
 * "proof" of a result file: what is proven of the market, beside whatever
 * matching the file holds.
 *
 *     {"verdict": "none-stable",
 *      "blocking": {"at_least": 1, "at_most": 1},
 *      "placed": {"at_least": 1053, "at_most": 1053},
 *      "limit": "none", "canonical": false,
 *      "files": {"blocking": "written", "placed": "too-large"}}
 *
 * "blocking" bounds the blocking entries of the best matching there is (rule
 * SYY), "placed" the children with a place at the least number of them; at most
 * alone as long as that number is open. "limit" names what stopped the proof
 * (prove_limits). "files" where --proof asked for them.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PROVE_PROVE_JSON_H
#define NYUSHO_SCORING_PLACEMENT_PROVE_PROVE_JSON_H

#include "core/buf.h"
#include "scoring/placement/prove/prove_file.h"

/* `files` may be NULL. */
void prove_json(const struct prove_result *r, const struct prove_files *files,
                struct buf *out);

#endif
