/*
 * A 1 bpp picture read 32 px at a time: what a loop over many small places of
 * one picture needs, where a picture made for each would cost more than the
 * look at it.
 */
#ifndef NYUSHO_OCR_BITS_H
#define NYUSHO_OCR_BITS_H

#include <leptonica/allheaders.h>
#include <stdint.h>

/* Of a picture that must outlive it. */
struct bits {
    const l_uint32 *words;
    int wpl, width, height;
};

static inline struct bits bits_of(PIX *pix)
{
    return (struct bits){pixGetData(pix), pixGetWpl(pix), pixGetWidth(pix),
                         pixGetHeight(pix)};
}

/* 32 px from (x, y) on, the first in the highest bit; white outside. */
static inline uint32_t bits_at(const struct bits *b, int x, int y)
{
    int word = x >> 5, shift = x & 31;
    const l_uint32 *line;
    uint32_t first, next;

    if (y < 0 || y >= b->height)
        return 0;
    line = b->words + (size_t)y * (size_t)b->wpl;
    first = word >= 0 && word < b->wpl ? line[word] : 0;
    if (shift == 0)
        return first;
    next = word + 1 >= 0 && word + 1 < b->wpl ? line[word + 1] : 0;
    return first << shift | next >> (32 - shift);
}

/* The same, the first `n` of them. */
static inline uint32_t bits_some(const struct bits *b, int x, int y, int n)
{
    uint32_t some = bits_at(b, x, y);

    return n >= 32 ? some : some & ~(UINT32_MAX >> n);
}

/* How many of the 32 are ink. Written out, since without a machine's own
 * instruction the compiler calls a function for it. */
static inline int bits_count(uint32_t some)
{
    some -= some >> 1 & 0x55555555;
    some = (some & 0x33333333) + (some >> 2 & 0x33333333);
    some = (some + (some >> 4)) & 0x0f0f0f0f;
    return (int)(some * 0x01010101 >> 24);
}

#endif
