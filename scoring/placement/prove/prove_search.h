/*
 * Where no stable matching exists: the least number of blocking entries, and
 * the most children placed at that.
 *
 * The households that can block at all are dealt into groups, neighbours
 * together. That some matching has at most k blocking entries is refuted group
 * by group for k = 1, by every k groups together beyond that: only they may
 * block, all others are held to what is stable, which leaves little of the
 * market. Whatever a question finds is one of the best, and the most that it
 * can place is settled with the same formula.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PROVE_PROVE_SEARCH_H
#define NYUSHO_SCORING_PLACEMENT_PROVE_PROVE_SEARCH_H

#include "scoring/placement/prove/prove_ask.h"

/* After a decision that said no. SAT_OPEN: a limit stopped it. Fills
 * blocking_low and placed_high. Leaves `soft` with the households that have
 * the blocking entries of the best matchings. */
enum sat_answer search_best(struct proving *p);

#endif
