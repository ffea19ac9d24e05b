/*
 * A number's ink in pieces, one digit each where the writer lets them stand
 * apart. Digits that lean over each other without touching are told apart, the
 * strokes of one digit (the bar of a 5) stay together.
 */
#ifndef NYUSHO_OCR_NUMBER_SPLIT_H
#define NYUSHO_OCR_NUMBER_SPLIT_H

#include <stdbool.h>

struct Pix;

enum { NUMBER_PIECES = 48, NUMBER_CUTS = 8 };

/* Pieces of `ink` (1 bpp), from left to right, each cut to its ink; the
 * caller's. Returns how many; what is more than NUMBER_PIECES is left out. */
int number_split(struct Pix *ink, struct Pix *pieces[NUMBER_PIECES]);

/* Columns where a piece that may be two digits is best cut: in its middle, the
 * ones with the least ink. Returns how many. */
int number_cuts(struct Pix *piece, int columns[NUMBER_CUTS]);
/* What is left and right of this column, cut to its ink; the caller's. False,
 * and NULL for it, where a half has none. */
bool number_cut(struct Pix *piece, int column, struct Pix *halves[2]);

#endif
