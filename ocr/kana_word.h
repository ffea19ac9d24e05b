#ifndef NYUSHO_KANA_WORD_H
#define NYUSHO_KANA_WORD_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "ocr/kana_net.h"

/*
 * Shapes of kana, put together to words: which ヤ are ャ. A small kana is known
 * by its size beside the others of the same hand, and only where the language
 * has one: ャ after キ, ッ inside a word, ィ after フ. Where size and language
 * do not agree, or nothing tells how large this hand writes, that is said.
 */
struct kana_seen {
    struct kana_guess guess; /* .best under KANA_EMPTY, or KANA_EMPTY: a gap */
    int size;                /* longer side of the ink, any unit, the same for
                              * all of one word; 0 for a gap */
};

struct kana_word {
    char *text;     /* the arena's; one space for gaps inside, none around */
    bool uncertain; /* a size that does not tell small from large */
};

struct kana_word kana_word_join(const struct kana_seen *seen, size_t n,
                                struct arena *a);

#endif
