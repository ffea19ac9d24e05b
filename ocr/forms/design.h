/*
 * What about a form's design makes it read badly, measured on its template
 * alone: boxes too small, too near to one another or to print, marks missing.
 * `nyusho form check` warns of it, `nyusho form test` (ocr/trial) says what to
 * change.
 */
#ifndef NYUSHO_OCR_FORMS_DESIGN_H
#define NYUSHO_OCR_FORMS_DESIGN_H

#include "ocr/forms/template.h"

struct form_fault {
    const char *check;              /* those of form_design() */
    const struct form_field *field; /* NULL: of the form or a page */
    int page;                       /* 0: of all pages */
    struct rect_tmm box;            /* where it is; all zero: nowhere */
    struct label what;
};

struct form_faults {
    struct form_fault *items;
    size_t n;
};

/*
 * In reading order, each check once for a field. Of any form:
 * "cell-small" (digit cells under 5 × 7 mm), "cells-close" (under 1 mm
 * apart), "tick-small" (under 3.5 mm), "ticks-close" (two of them under 2 mm
 * apart in a row, 1 mm from row to row), "ring-close" (another word within 4
 * mm of a ringed one), "box-on-print" (a box of writing within 1 mm of printed
 * words, cells within 0.5 mm), "tick-on-print" (words within 0.3 mm of □),
 * "line-in-box" (a printed line through a box of writing), "text-wide" (print
 * wider than its box), "year-short" (no era, and cells for fewer than four
 * digits of the year), "near-edge" (a box within 5 mm of the paper's edge,
 * where scanners see nothing), "marks-missing", "qr-missing". Of what is
 * written with a pen (all but a form that is only typed): "box-small" (writing
 * under 5.5 mm high), "cells-missing" (a number or date without cells).
 * Masks and images are not read and have no faults. Owned by the arena.
 */
void form_design(const struct form_template *t, bool pen,
                 struct form_faults *out, struct arena *a);

#endif
