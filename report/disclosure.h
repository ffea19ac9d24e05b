/*
 * The sheet for the family 開示用: what the city knows of this child and how it
 * decided, and nothing of other families. No other child's number appears; the
 * lowest points placed of a class stand there only where at least `mask`
 * children were placed, since with fewer they are the points of a child that
 * somebody could name. Names are those of the household itself; persons of an
 * employer and restricted values that gave no points are left out.
 */
#ifndef NYUSHO_REPORT_DISCLOSURE_H
#define NYUSHO_REPORT_DISCLOSURE_H

#include "report/result.h"
#include "report/sheet.h"

/* With two placed, each knows the other's points from its own. */
#define DISCLOSURE_MASK 3

struct sheet disclosure_sheet(const struct run_result *r,
                              const struct applicant *a, size_t mask,
                              enum lang lang, struct arena *mem);
/* The household is under protection 支援措置: who asks must be known first. */
bool disclosure_is_protected(const struct run_result *r,
                             const struct applicant *a);

#endif
