/*
 * The ruled lines of a scan, and how well they are those of a form. Everything
 * here works on a view of the scan turned one of the four ways, at about
 * 150 dpi.
 */
#ifndef NYUSHO_OCR_LINES_H
#define NYUSHO_OCR_LINES_H

#include "ocr/forms/template.h"
#include "ocr/page.h"

#include <stdbool.h>

struct Pix;

struct line_view {
    struct Pix *across, *down; /* 1 bpp: only long straight ink is left */
    int width, height;         /* px of this view */
    int rotation;              /* of the scan, clockwise, to get this view */
    double px_per_tmm;         /* by the scan's resolution */
};

/* The scan as it lies; the reduction (1 or 2) goes to *reduction. False when
 * memory ran out. */
bool line_view_make(struct line_view *v, struct Pix *ink, int dpi,
                    int *reduction);
/* `from` turned clockwise by 90, 180 or 270 degrees. */
bool line_view_turn(struct line_view *v, const struct line_view *from,
                    int degrees);
void line_view_release(struct line_view *v);
/* px of long lines in the view: 0 on a blank sheet. */
int line_view_ink(const struct line_view *v);

/*
 * Where the page of a form would lie if this view showed it: scale and shift
 * from the profiles of its lines. The score is 0 to 1 and only good for
 * choosing what to try; line_refine() tells.
 */
double line_guess(const struct line_view *v, const struct form_template *t,
                  int page, struct page_map *map);

struct line_fit {
    double support;   /* share of the form's lines found on the scan, 0..1 */
    double explained; /* share of the scan's line ink that is the form's */
    double residual;  /* mean distance of what was found, mm */
    size_t n;         /* places looked at */
};
/* Moves `map` (paper to view) onto the lines by least squares, with outliers
 * left out, and says how well it fits. Needs a map right within about 3 mm. */
struct line_fit line_refine(const struct line_view *v,
                            const struct form_template *t, int page,
                            struct page_map *map);

#endif
