/*
 * verify.json: every property that was checked, with counts and
 * counter-examples. The same verdict gives the same bytes.
 *
 *     { "format": "nyusho-verify/1", "ok": true,
 *       "checks": [{"name": "seats", "ja": "…", "en": "…", "checked": 24,
 *                   "failed": 1, "counts": true,
 *                   "examples": [{"child": "0007",
 *                   "facility": "11", "other": null, "class": 1}]}],
 *       "blocking": {"rule": "SYY", "entries": 1, "of_siblings": 0,
 *                    "families": 1, "list": [{"family": "0007", "entry": 0,
 *                    "places": ["11"], "displaces": ["0009"]}]},
 *       "blocking_abh": {"entries": 1, "of_siblings": 0, "families": 1},
 *       "siblings": {"families": 2, "unlisted": 0} }
 *
 * "counts": false marks what the city's method does not promise: it is
 * reported, and "ok" does not depend on it. Checks of another kind (points
 * recomputed from the records) stand in the same list, given as verify_line.
 */
#ifndef NYUSHO_SCORING_VERIFY_VERIFY_JSON_H
#define NYUSHO_SCORING_VERIFY_VERIFY_JSON_H

#include "core/buf.h"
#include "scoring/verify/verify_market.h"

struct verify_line {
    const char *name; /* kebab-case, stable */
    struct label title;
    size_t checked, failed;
    const char *const *examples; /* one line of text each */
    size_t n_examples;
};

/* One market, or those of phases one after another. */
struct verified_market {
    const char *phase; /* its id; NULL: the only market */
    const struct market *market;
    const struct market_verdict *verdict;
};

/* `lines` may be NULL. A failed line makes the whole not ok. The checks of
 * several markets stand under "phases", each as the whole of one market. */
void verify_json_write(const struct verified_market *markets, size_t n_markets,
                       const struct verify_line *lines, size_t n_lines,
                       struct buf *out);

#endif
