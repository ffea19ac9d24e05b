/*
 * Text in a box, by Tesseract. The crop recipe: ink without the form's print,
 * softened, scaled so that a character is about 28 px high, with a quarter of
 * that around it. Two views of the crop (the line found in it, the crop as the
 * line) must agree.
 */
#ifndef NYUSHO_OCR_PRINT_H
#define NYUSHO_OCR_PRINT_H

#include "ocr/box.h"

/* Free text of a field: one or more lines. `hand`: written by hand, and so for
 * a person whatever the engine says. */
struct guess print_read(const struct field_reader *r,
                        const struct form_part *part, bool hand);
/* The digits, and nothing else, that a view of Tesseract sees in a box that is
 * written, "" for none; the arena's. */
char *print_digits(const struct field_reader *r, const struct box *b,
                   enum engine_view view);
/* One view of a written box, as it came. */
char *print_line(const struct field_reader *r, const struct box *b,
                 enum engine_language language, enum engine_view view,
                 const char *whitelist, int *confidence);

#endif
