/*
 * Makes a decoded scan readable: square pixels at a useful resolution, light
 * evened, red stamps and black edges dropped, straightened, specks removed.
 * It does not know forms; locate.h turns the page upright.
 */
#ifndef NYUSHO_OCR_CLEAN_H
#define NYUSHO_OCR_CLEAN_H

#include "core/diag.h"
#include "ocr/page.h"

#include <stdbool.h>

/*
 * Fills p->grey, ink, dpi and origin from `scan` (any depth, borrowed,
 * its own resolution in X and Y). False with "resolution-too-low" (under 100
 * dpi: scan again) or "unreadable-page" (not an image that can be converted).
 * Release with page_release() either way.
 */
bool page_clean(struct page *p, struct Pix *scan, struct pos at,
                struct diag *d);

/*
 * The resolution of a scan: what its header says where that makes a sheet of
 * paper, else that of an A4 sheet of this many pixels. *given is true when it
 * came from the header. X and Y may differ (fax).
 */
void scan_resolution(struct Pix *scan, double *x, double *y, bool *given);

#endif
