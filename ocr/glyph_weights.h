#ifndef NYUSHO_GLYPH_WEIGHTS_H
#define NYUSHO_GLYPH_WEIGHTS_H

#include "ocr/glyph_net.h"

/*
 * The nets, one file each, written by ocr/train/train.py. Their readers alone
 * look here: digit_net.c, kana_net.c. The order of the classes is
 * that of ocr/train/kinds.py.
 */
extern const struct glyph_net digit_weights;
extern const struct glyph_net kana_weights;

#endif
