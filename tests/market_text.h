/*
 * Markets and decisions as text that a policy person can read:
 *
 *     # A transfer frees a seat for a new child.
 *     at sun   seats 1:1        order 0001
 *     at moon  seats 1:0        order 0002
 *     0001 age 1 in moon  wants sun
 *     0002 age 1          wants moon
 *     ---
 *     0001 sun   placed better
 *     0002 moon  placed
 *     seat 0001 taken 0002
 *     cutoff moon 1 applicants 1 placed 1 left 0 last 0002
 *
 * After `at`: seats class:number, `pool 0+1` (classes that share), `cap 0:1`
 * or `cap 0+1:3`, `keep 1` (an own seat of that class lapses with its owner),
 * `order` (best first). A household with several children:
 *
 *     home f1 0001 0002 wants sun,sun sun,- -,moon
 *
 * Its children then have no wants of their own. `method points_order` or
 * `method preference_rounds`, and before the households `turns 0003 f1 0001`:
 * who comes first. After ---: the place of each child and what became of each
 * wish (choice_codes, or placed, stays, better, free); what became of a
 * transfer applicant's seat; lines of the cut-off table, as far as they are
 * written out.
 */
#ifndef NYUSHO_TESTS_MARKET_TEXT_H
#define NYUSHO_TESTS_MARKET_TEXT_H

#include "scoring/placement/market.h"

/* The part before --- as a market; fails the test on a slip in the text. */
void market_from_text(const char *text, struct market *out, struct arena *a);
/* The part after ---, "" where there is none. */
const char *decision_of(const char *text);
/* The children's places of the lines after ---; MARKET_NONE for the others. */
void matching_from_text(const char *text, const struct market *m,
                        struct matching *out, struct arena *a);
int32_t child_named(const struct market *m, const char *id);
int32_t facility_named(const struct market *m, const char *id);

/* The words of one line; at most `max`. *line moves on to the next line; NULL
 * after the last. Comments and empty lines give 0 words. */
size_t words_of(const char **line, const char **words, size_t max,
                struct arena *a);

#endif
