/*
 * Why this child got this: points line by line with the values seen, then each
 * preference in order with rank, seats, the lowest points placed, the child
 * that holds the last seat and the reason; for siblings the entry that won and
 * why the better ones did not; for a transfer what became of the seat. Other
 * children appear by number only; the sheet for the family (disclosure.h) has
 * none at all.
 */
#ifndef NYUSHO_REPORT_EXPLAIN_H
#define NYUSHO_REPORT_EXPLAIN_H

#include "core/buf.h"
#include "report/result.h"

#include <cjson/cJSON.h>

void explain_text(const struct run_result *r, const struct applicant *a,
                  enum lang lang, struct buf *out);
/* The same as JSON; the caller deletes it. */
cJSON *explain_json(const struct run_result *r, const struct applicant *a,
                    enum lang lang);

/* What the two and the disclosure sheet have in common. */

/* Points between this child and the last one placed there; 0 where it is no
 * matter of points. */
milli_points explain_missing(const struct run_result *r,
                             const struct applicant *a, size_t pref);
/* The key that put the child of this rank behind the last one placed, though
 * their points are equal: the first that divides any two neighbours between
 * them. NOT_RANKED: points did. The contest has a cut-off. */
size_t explain_decider(const struct run_result *r, const struct contest *c,
                       size_t rank);
/* Of whom or of what a line of points is: "保護者1", "施設 0104". */
const char *explain_owner(const struct applicant *a, const struct score_line *l,
                          enum lang lang, struct arena *mem);

/* One seat that a transfer set free, or did not. */
struct seat_step {
    const struct applicant *owner;
    const struct facility *facility;
    enum seat_fate_kind kind;
    const struct applicant *taker; /* NULL: nobody */
};
/* The child's own seat, then those of its takers in turn; *n is 0 where it is
 * enrolled nowhere or not in the market. */
const struct seat_step *seat_steps(const struct run_result *r,
                                   const struct applicant *a, size_t *n,
                                   struct arena *mem);

#endif
