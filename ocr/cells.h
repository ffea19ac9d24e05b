/* Digits, one to a cell, by the digit net. */
#ifndef NYUSHO_OCR_CELLS_H
#define NYUSHO_OCR_CELLS_H

#include "ocr/field_read.h"

/* Digits of one part in its cells: empty cells before or after them are left
 * out. A blank part is READING_BLANK. */
struct guess cells_read(const struct field_reader *r,
                        const struct form_part *part);
/* Digits of a part without cells: written or printed one beside the other.
 * Two readers, the net on each piece of ink and Tesseract on the whole, must
 * agree. */
struct guess digits_read(const struct field_reader *r,
                         const struct form_part *part);

/* Either, by what the part has. */
struct guess part_digits(const struct field_reader *r,
                         const struct form_part *part);

#endif
