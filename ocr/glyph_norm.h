#ifndef NYUSHO_GLYPH_NORM_H
#define NYUSHO_GLYPH_NORM_H

#include <stdint.h>

/*
 * The picture the digit net looks at: 28 x 28 bytes, 0 = paper, 255 = ink, the
 * digit's longer side 20 of 28 px, its centre of mass in the middle. Training
 * (ocr/train/) calls this same function, so the net never sees another kind of
 * picture. Whole numbers only: the same bytes on every machine.
 */
enum { GLYPH_SIDE = 28, GLYPH_PIXELS = GLYPH_SIDE * GLYPH_SIDE };

enum glyph_norm_state {
    GLYPH_NORM_INK,      /* something is written: `out` holds it */
    GLYPH_NORM_EMPTY,    /* paper, specks or a piece of frame; `out` is zero */
    GLYPH_NORM_EDGE_INK, /* only a stroke lying along the edge: a piece of the
                          * frame or a 1 written on it; `out` is zero */
};

/*
 * `ink` is width * height bytes, row by row, 0 = paper, 255 = ink: the whole
 * inside of one box, not the tight crop of the digit (a line along the whole
 * edge is taken for the frame). Any size, light or dark, bilevel or grey. A
 * NULL picture or one without pixels is empty. The caller owns both arrays.
 */
enum glyph_norm_state glyph_normalise(const uint8_t *ink, int width, int height,
                                      uint8_t out[GLYPH_PIXELS]);

#endif
