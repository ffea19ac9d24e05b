/*
 * Marks as people make them, on a drawn page before it is spoiled. Lengths are
 * tenths of a millimetre on the paper.
 */
#ifndef NYUSHO_TESTS_OCR_STROKES_H
#define NYUSHO_TESTS_OCR_STROKES_H

#include "ocr/forms/template.h"

#include <leptonica/allheaders.h>

struct pen {
    PIX *page;      /* 8 bpp */
    double px;      /* px per tenth of a mm */
    double width;   /* tmm */
    int black;      /* grey level of its ink, 0 = black */
    unsigned state; /* of the hand's tremble; the same on every machine */
};

/* 0 to 1, and -1 to 1. */
double pen_random(struct pen *p);
double pen_wobble(struct pen *p);

void pen_line(struct pen *p, double x0, double y0, double x1, double y1);

/* What a person puts into a box. */
enum hand_mark {
    HAND_CHECK, /* ✓ */
    HAND_LONG,  /* ✓ with a long tail */
    HAND_CROSS, /* × */
    HAND_FILL,  /* ■ */
    HAND_SLASH, /* a stroke over the frame */
    N_HAND_TICKS
};
void pen_tick(struct pen *p, enum hand_mark kind, struct rect_tmm box);
/* `off`: how far the ellipse may be from the middle, share of its size. `open`:
 * part of the turn that is missing. */
void pen_ring(struct pen *p, struct rect_tmm word, double off, double open);
/* 二重線: two lines through the middle, out by `beyond` at both ends. */
void pen_strike(struct pen *p, struct rect_tmm box, double beyond);
void pen_scribble(struct pen *p, struct rect_tmm box);

#endif
