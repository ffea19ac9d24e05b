/*
 * PDF through poppler's tools in child processes. A scanned page comes out at
 * the resolution of the image in it, so that its pixels are the scanner's.
 */
#ifndef NYUSHO_OCR_PDF_H
#define NYUSHO_OCR_PDF_H

#include "core/diag.h"

struct Pix;

/* Pages of the file; 0 with "encrypted-pdf" (a password is needed),
 * "no-poppler" (the tools are not installed) or "unreadable-page" (damaged). */
int pdf_count(const char *path, struct diag *d);
/* One page, number from 1. NULL with the same, or "image-too-large". */
struct Pix *pdf_decode(const char *path, int number, struct pos at,
                       struct diag *d);

#endif
