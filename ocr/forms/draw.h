/*
 * Draws a form from its template: PDF or PNG for the office, grey pixels for
 * the reader (the ink of the empty form) and for the fixture generator, which
 * writes onto them.
 */
#ifndef NYUSHO_OCR_FORMS_DRAW_H
#define NYUSHO_OCR_FORMS_DRAW_H

#include "core/buf.h"
#include "ocr/forms/template.h"

#include <cairo.h>

/* One page onto a cairo context whose unit is a tenth of a mm. The code always
 * says this form, version and page; what else `qr` states is in it too, and in
 * digits in the form's @household, @child, @pages and @received fields. `qr`
 * may be NULL (form, version and page alone). */
void form_draw_page(cairo_t *cr, const struct form_template *t, int page,
                    const struct form_qr *qr);

struct form_image {
    uint8_t *pixels; /* 0 black .. 255 white, row by row */
    int width, height, stride;
    int dpi;
};
/* The empty page at `dpi` (50 to 1200), without QR code when `qr` is NULL.
 * Pixels belong to the arena. Captions' tint is 232: lighter than any ink. */
void form_render(const struct form_template *t, int page, int dpi,
                 const struct form_qr *qr, struct form_image *out,
                 struct arena *a);

/* A PDF of all pages, added to `out`. Same bytes every time: its date is
 * always 2000-01-01. "form-print" when cairo fails. */
bool form_print_pdf(const struct form_template *t, const struct form_qr *qr,
                    struct buf *out, struct diag *d);

/* Gives back the fonts that the library keeps between calls. For the end of a
 * program, when nothing of cairo is held; drawing again loads them again. */
void form_draw_end(void);

#endif
