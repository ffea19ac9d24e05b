/*
 * Corner marks: four solid squares near the corners of our own forms. Three
 * are enough.
 */
#ifndef NYUSHO_OCR_MARKS_H
#define NYUSHO_OCR_MARKS_H

#include "ocr/forms/template.h"
#include "ocr/page.h"

#include <stdbool.h>

struct Pix;

#define MARKS_MOST 64

struct mark {
    double x, y; /* middle, px of the scan */
};

struct marks {
    struct mark items[MARKS_MOST];
    size_t n;
};

/* Every solid square of about `side` tenths of a mm. */
void marks_find(struct marks *out, struct Pix *ink, int dpi, int32_t side);
/* The same marks on the scan turned clockwise by 90, 180 or 270 degrees;
 * width and height are those before. */
void marks_turn(struct marks *out, const struct marks *from, int degrees,
                int width, int height);
/*
 * Paper to scan from the marks of a form, if the scan stands upright. Number
 * of marks that agree, 4 or 3; 0 when there are no three at the right distances
 * (within 12 % of the scan's resolution, 7 % of each other).
 */
int marks_fit(const struct marks *m, const struct form_template *t, int dpi,
              struct page_map *map);

#endif
