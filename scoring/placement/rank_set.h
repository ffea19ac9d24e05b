/*
 * A set of positions 0..n-1 whose highest member is found at once: one bit
 * each, and above them one bit for every word that is not empty, and so on.
 * The caller gives the words (zeroed is empty); `n` is the same in every call.
 *
 *     uint64_t *words = ARENA_ARRAY(a, uint64_t, rank_set_words(n));
 *     rank_set_add(words, n, 7);
 *     rank_set_last(words, n);        7
 */
#ifndef NYUSHO_SCORING_PLACEMENT_RANK_SET_H
#define NYUSHO_SCORING_PLACEMENT_RANK_SET_H

#include <stddef.h>
#include <stdint.h>

#define RANK_SET_EMPTY ((size_t)-1)

size_t rank_set_words(size_t n);
void rank_set_add(uint64_t *words, size_t n, size_t i);
void rank_set_remove(uint64_t *words, size_t n, size_t i);
/* RANK_SET_EMPTY when there is none. */
size_t rank_set_last(const uint64_t *words, size_t n);

#endif
