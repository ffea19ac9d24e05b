/*
 * An expression in words that a person can hold against the printed table:
 * 保育料滞納月数 ≧ 3か月. Fields by their labels, words of `define` by their
 * wording in 『』. What it says follows the tree, not the text of the file, so
 * that a slip in the text shows.
 */
#ifndef NYUSHO_REPORT_EXPR_SAY_H
#define NYUSHO_REPORT_EXPR_SAY_H

#include "scoring/points/ruleset.h"

/* Owned by the arena. `e` NULL: "". */
const char *expr_say(const struct expr *e, const struct ruleset *rs,
                     enum lang lang, struct arena *a);
/* A number in the unit of a type: 160時間, 3か月, 2026-04-01. */
const char *expr_say_amount(struct expr_type type, int64_t num, enum lang lang,
                            struct arena *a);
/* The values of an enum whose bits are set: 身体1級、身体2級 */
const char *expr_say_values(const struct field *of, int64_t bits,
                            enum lang lang, struct arena *a);

#endif
