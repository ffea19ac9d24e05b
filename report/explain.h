/*
 * Why this child got this: points line by line with the values seen, then each
 * preference in order with rank, seats, the lowest points placed and the
 * reason. Other children appear by number only.
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

#endif
