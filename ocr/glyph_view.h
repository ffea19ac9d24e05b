#ifndef NYUSHO_GLYPH_VIEW_H
#define NYUSHO_GLYPH_VIEW_H

#include <stdint.h>

#include "ocr/glyph_norm.h"

/*
 * A picture looked at again as if it had been written a little otherwise:
 * turned, leaning, wider, narrower. What a net says of all of them together is
 * surer, and where it wavers it was never sure. Whole numbers only. Training
 * sets how much the nets are believed by the same views.
 */
enum { GLYPH_VIEWS = 7 };

/* View 0 is the picture itself. */
void glyph_view(const uint8_t picture[GLYPH_PIXELS], int view,
                uint8_t out[GLYPH_PIXELS]);

#endif
