/*
 * The sibling condition of a household in words, for placements.csv and
 * explanations.
 */
#ifndef NYUSHO_REPORT_SIBLINGS_TEXT_H
#define NYUSHO_REPORT_SIBLINGS_TEXT_H

#include "report/result.h"

/* One line: the pattern, which of the entries the household holds, and the
 * child that the best entry failed for. "同保同時: 組合せ 2/5 (組合せ 1 は児童
 * 0002 が施設 11 に入れない)". Owned by the arena. */
const char *siblings_line(const struct run_result *r,
                          const struct sibling_result *s, enum lang lang,
                          struct arena *a);
/* One entry: "児童 0001 施設 11、児童 0002 なし". Special seats are named,
 * "11#加配", of the child `only`; NULL: of all. */
const char *siblings_entry(const struct run_result *r,
                           const struct sibling_result *s, size_t entry,
                           const char *only, enum lang lang, struct arena *a);
/* Why entry `i` of s->better was not given. */
const char *siblings_refusal(const struct run_result *r,
                             const struct sibling_result *s, size_t i,
                             enum lang lang, struct arena *a);
/* The same without a word about another household. */
const char *siblings_refusal_own(const struct run_result *r,
                                 const struct sibling_result *s, size_t i,
                                 const char *only, enum lang lang,
                                 struct arena *a);
/* "組合せ 2/5" */
const char *siblings_held(const struct sibling_result *s, enum lang lang,
                          struct arena *a);

#endif
