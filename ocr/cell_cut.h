/*
 * Characters that run over the frame of their cell. What the empty form prints
 * was taken away, and with it the part of a stroke that lies on the frame; and
 * a cell is cut inside its frame. A 0 that is a little too wide is then a C, a
 * 4 loses its stem.
 */
#ifndef NYUSHO_OCR_CELL_CUT_H
#define NYUSHO_OCR_CELL_CUT_H

#include "ocr/box.h"

/*
 * The ink of a cell together with the strokes that leave it and come back from
 * the frame: what lies on the line is put back where a stroke goes on, and
 * pieces that are mostly outside are the neighbour's. `inner` is the inside of
 * the cell as box_cut() made it. 1 bpp, the caller's; NULL when nothing runs
 * over, and `inner` holds all there is.
 */
struct Pix *cell_whole(const struct field_reader *r, const struct box *inner);

#endif
