/*
 * What was written into a box: the scan's ink less what the empty form prints
 * there, without specks.
 */
#ifndef NYUSHO_OCR_BOX_H
#define NYUSHO_OCR_BOX_H

#include "ocr/field_read.h"

enum box_state {
    BOX_EMPTY,
    BOX_SPECKS, /* something, less than any character: a smudge, bits of a
                   frame */
    BOX_WRITTEN,
};

struct box {
    struct Pix *ink; /* 1 bpp, the inside of the box */
    enum box_state state;
    int left, top; /* of the inside on the page, px */
    int area;      /* ink, px */
    /* The written part within `ink`, px; all zero unless BOX_WRITTEN. */
    int x, y, width, height;
};

/* The part's place on the page, px. */
struct rect_px box_place(const struct field_reader *r, struct rect_tmm place);
/* Cuts the place, `inset` mm smaller on each side. False when there is nothing
 * to cut (off the page). box_release() either way. */
bool box_cut(const struct field_reader *r, struct rect_tmm place, double inset,
             struct box *out);
void box_release(struct box *b);
/* Does the line of digits in a box that is written go on beside it: is there
 * writing of their height, as near as the next digit would be? Then what was
 * cut is not the whole number. */
bool box_goes_on(const struct field_reader *r, struct rect_tmm place,
                 const struct box *b);

/* Ink as the nets want it (digit_net.h and its like): a byte a pixel, 0 paper,
 * 255 ink; the arena's. `ink` is 1 bpp, such as that of a box that was cut. */
struct ink_bytes {
    const uint8_t *bytes;
    int width, height;
};
struct ink_bytes ink_bytes(struct Pix *ink, struct arena *a);

#endif
