/* Numbers without cells: digits written or printed one beside the other. */
#ifndef NYUSHO_OCR_NUMBER_H
#define NYUSHO_OCR_NUMBER_H

#include "ocr/field_read.h"

/* Two readers, the net on each piece of ink and Tesseract on the whole, must
 * agree; where the net is sure beyond all doubt it may stand alone. A blank
 * part is READING_BLANK. */
struct guess number_read(const struct field_reader *r,
                         const struct form_part *part);

#endif
