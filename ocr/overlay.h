/*
 * A template drawn over a scan of its form, so that a person sees whether the
 * fields lie where the boxes are.
 */
#ifndef NYUSHO_OCR_OVERLAY_H
#define NYUSHO_OCR_OVERLAY_H

#include "core/buf.h"
#include "ocr/page.h"

/*
 * The located page, upright, as PNG added to `png`. Writing is framed in blue,
 * cells of digits thinner; tick boxes green; words to be ringed violet; what is
 * painted out or only kept (mask, image) red. Each field carries its caption.
 * Frames stand where the reader would look: fitted to the box's own lines.
 * "form-print" when cairo fails.
 */
bool form_overlay(const struct page *p, struct buf *png, struct diag *d);

#endif
