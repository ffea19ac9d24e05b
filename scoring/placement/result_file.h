/*
 * The result file beside a market file: who holds which place.
 *
 *     { "format": "nyusho-result/1",
 *       "matching": {"c1": "A", "c2": null},
 *       "placed": 1, "frozen": [],
 *       "blocking": [{"family": "f1", "entry": 0, "places": ["A"]}],
 *       "proof": {…} }       where one was asked for (prove/prove_json.h)
 *
 * "placed" counts children who hold a place, stayers among them; "frozen" are
 * the households that place.h froze. Only
 * "matching" is read back: everything else is somebody's claim, for the
 * verifier to find out by itself.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_RESULT_FILE_H
#define NYUSHO_SCORING_PLACEMENT_RESULT_FILE_H

#include "core/buf.h"
#include "scoring/placement/market.h"

struct market_result {
    struct matching matching;
    const int32_t *frozen; /* households */
    size_t n_frozen;
    const struct market_blocking *blocking; /* those that are listed */
    size_t n_blocking;
    const char *proof; /* JSON, for "proof"; NULL: none was asked for */
};

void result_write(const struct market *m, const struct market_result *r,
                  struct buf *out);
/* The matching is owned by the arena. False with the messages of json_read.h,
 * "unknown-child", "unknown-facility", "duplicate-child" (a child twice) or
 * "missing-child" (a child of the market that the result leaves out). */
bool result_parse(const char *bytes, size_t len, const char *name,
                  const struct market *m, struct matching *out, struct arena *a,
                  struct diag *d);

#endif
