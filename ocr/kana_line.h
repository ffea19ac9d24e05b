/*
 * Katakana of a typed line without cells, by the kana net: a reader that is
 * unlike Tesseract and may bear it out. The line is cut where there is no ink,
 * and the pieces are put together so that the net is surest of the letters.
 */
#ifndef NYUSHO_OCR_KANA_LINE_H
#define NYUSHO_OCR_KANA_LINE_H

#include "ocr/box.h"

struct kana_line {
    const char *text; /* the arena's; no spaces; "" when the pieces make no
                         letters */
    bool uncertain;   /* a letter may be small or large */
    int confidence;   /* permille, of the least sure letter */
};

/* `b` is written. */
struct kana_line kana_line_read(const struct box *b, struct arena *a);
/* Does the net find these letters in the line, one after another? They are a
 * key, as below. */
bool kana_line_has(const struct box *b, const char *key);
/* The same letters, whatever their size and spaces: what a reader took for
 * kanji of the same shape (八 三 力) is kana, small is large. The arena's. */
const char *kana_line_key(const char *text, struct arena *a);

#endif
