/*
 * Keeps a page as received: <folder>/<sha256>.tif (G4) when it is black and
 * white, .png otherwise; mode 0600, the same bytes every time. Boxes for the
 * individual number 個人番号 are painted out first and are nowhere else kept.
 */
#ifndef NYUSHO_OCR_PAGE_STORE_H
#define NYUSHO_OCR_PAGE_STORE_H

#include "core/diag.h"
#include "ocr/page.h"

struct Pix;

/* Paints every FIELD_MASK box of the located page black on `scan`, the page as
 * decoded, with 1 mm around. Number of boxes painted. */
int page_mask(struct Pix *scan, const struct page *p);

/* Writes the page unless it is there already and `masked` is false (a page
 * once kept as unknown is written again when its form turns out to have boxes
 * to hide). False with "unwritable-file". */
bool page_store(struct Pix *scan, const char *sha256, const char *folder,
                bool masked, struct diag *d);
/* "<folder>/<sha256>.tif" or .png, whichever is there; NULL when neither. */
const char *page_stored_path(const char *folder, const char *sha256,
                             struct arena *a);

#endif
