/*
 * QR codes on a scan, by zbar.
 */
#ifndef NYUSHO_OCR_QR_H
#define NYUSHO_OCR_QR_H

#include "ocr/reading.h"

#include <stdbool.h>

struct Pix;

/*
 * The text of the QR code inside `area` (cut to the image), in the arena; NULL
 * when none can be read. `grey` is 8 bpp at `dpi`. A code that is not ours
 * (other forms carry some too) is passed over for one that begins "nyusho:".
 */
const char *qr_read(struct Pix *grey, int dpi, struct rect_px area,
                    struct arena *a);

#endif
