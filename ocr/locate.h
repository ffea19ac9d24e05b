/*
 * Which form a cleaned page shows, which way up, and where on the scan every
 * point of the paper lies.
 *
 * Our own forms are found by corner marks and QR code, others by their ruled
 * lines; both are then fitted to all the long lines of the form. A guess is
 * never made: too few lines, too large a residual or a second form that would
 * fit about as well is "form-not-found".
 */
#ifndef NYUSHO_OCR_LOCATE_H
#define NYUSHO_OCR_LOCATE_H

#include "core/diag.h"
#include "ocr/page.h"
#include "ocr/reading.h"

struct locator;

/* Templates are borrowed until locator_close(). */
struct locator *locator_open(const struct form_template *const *forms,
                             size_t n);
void locator_close(struct locator *l);

/*
 * PAGE_READ: p->form, number, map, blank, residual, rotation and qr are set,
 * and the images stand upright. QR texts belong to the arena. Else a finding
 * is in `d`:
 * PAGE_BLANK "blank-page"; PAGE_UNKNOWN_FORM "form-not-found" or
 * "form-version" (the QR code names a version that this case has no template
 * for); then the page is left as it lay.
 */
enum page_state page_locate(struct locator *l, struct page *p, struct pos at,
                            struct arena *a, struct diag *d);

#endif
