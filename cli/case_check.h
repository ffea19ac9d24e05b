/*
 * What can be said of the households of a case before anything is scored:
 * the cross-checks 突合 and the papers that are still to come. A run says it
 * too, in its findings.
 */
#ifndef NYUSHO_CLI_CASE_CHECK_H
#define NYUSHO_CLI_CASE_CHECK_H

#include "cli/case_context.h"

/* Facilities and dates are those of the context. */
size_t case_cross_check(const struct case_context *ctx,
                        const struct record_set *set, struct diag *findings);
/* "document-missing", household by household. Returns how many. */
size_t case_missing_documents(const struct case_context *ctx,
                              const struct record_set *set, struct arena *a,
                              struct diag *findings);

#endif
