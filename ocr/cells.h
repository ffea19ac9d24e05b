/* Digits, one to a cell, by the digit net. */
#ifndef NYUSHO_OCR_CELLS_H
#define NYUSHO_OCR_CELLS_H

#include "ocr/field_read.h"

/* Digits of one part in its cells: empty cells before or after them are left
 * out. A blank part is READING_BLANK. */
struct guess cells_read(const struct field_reader *r,
                        const struct form_part *part);
/* Digits of a part, in cells or without them (number.h). */
struct guess part_digits(const struct field_reader *r,
                         const struct form_part *part);

#endif
