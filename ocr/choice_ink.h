/*
 * What was written around the options of one field: the ink of the scan less
 * what the form prints there. The print is laid on anew for each field, by the
 * words and frames around it, since paper stretches by more than a stroke.
 *
 *     struct choice_ink ink;
 *     if (!choice_ink_cut(&ink, page, field->box, 4.0, 0))
 *         return false;
 *     struct cut_box b = choice_ink_box(&ink, page, field->options[0].box);
 *     … choice_ink_count(ink.hand, b) …
 *     choice_ink_release(&ink);
 */
#ifndef NYUSHO_OCR_CHOICE_INK_H
#define NYUSHO_OCR_CHOICE_INK_H

#include "ocr/page.h"

#include <stdbool.h>

struct Pix;

/* A rectangle on the cut, px with fractions. */
struct cut_box {
    double left, top, width, height;
};

#define STROKES_MOST 96

/* One connected piece of writing. */
struct stroke {
    struct Pix *pix; /* 1 bpp, of its own size */
    int left, top, width, height;
    int ink; /* px */
};

struct choice_ink {
    struct Pix *all;   /* 1 bpp: the scan's ink in the cut */
    struct Pix *print; /* 1 bpp: the form's, where the scan has it */
    struct Pix *rest;  /* 1 bpp: ink that the form does not print */
    struct Pix *hand;  /* 1 bpp: the same without scraps of print, and closed
                          again where strokes cross printed lines */
    struct Pix *pale;  /* 1 bpp: too weak for ink, away from print; may be
                          NULL */
    int left, top;     /* of the cut, px of the page */
    int dx, dy;        /* the print was moved by, px */
    double px_per_mm;
    struct stroke strokes[STROKES_MOST]; /* of `hand` */
    int n_strokes;
    bool crowded; /* more strokes than that: the rest is not listed */
};

/* Cuts `around` widened by `margin` mm out of the page. Writing with gaps up to
 * `join` mm is one stroke (0: it must touch). False when memory ran out; then
 * nothing is held. */
bool choice_ink_cut(struct choice_ink *ink, const struct page *p,
                    struct rect_tmm around, double margin, double join);
void choice_ink_release(struct choice_ink *ink);

/* Where a place of the paper lies on the cut. */
struct cut_box choice_ink_box(const struct choice_ink *ink,
                              const struct page *p, struct rect_tmm r);
/* Smaller on each side by `mm` (larger when negative). */
struct cut_box cut_box_inset(const struct choice_ink *ink, struct cut_box b,
                             double mm);
/* Black pixels in the box; what lies outside the picture is white. */
int choice_ink_count(struct Pix *pix, struct cut_box b);
/* The same, of one stroke. */
int stroke_count(const struct stroke *s, struct cut_box b);
/* Does at least `share` (in 1/100) of the stroke lie where other fields are
 * written, or in parts of this one? */
bool stroke_is_writing(const struct choice_ink *ink, const struct page *p,
                       const struct stroke *s, int share);
/* Is this pixel of the cut black? Outside is white. */
bool choice_ink_at(struct Pix *pix, int x, int y);
/* Whole pixels in the box. */
int cut_box_area(struct cut_box b);

/*
 * The longest piece of pale writing in the box, mm: too weak to have become
 * ink, as a pencil is. 0 on a bilevel scan.
 */
double choice_ink_faint(const struct choice_ink *ink, struct cut_box b);

/*
 * Is there a straight line across the box, from its left side to its right and
 * further by `beyond` mm at both ends, that leans by less than `lean` degrees
 * and stays between a fifth and four fifths of the height? Ink of any kind
 * counts, so that a line through a printed word is seen; but where it leaves
 * the box, it must be writing.
 */
bool choice_ink_struck(const struct choice_ink *ink, struct cut_box b,
                       double beyond, double lean);

#endif
