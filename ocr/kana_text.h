/* Katakana without cells: Tesseract's two views, borne out by the kana net. */
#ifndef NYUSHO_OCR_KANA_TEXT_H
#define NYUSHO_OCR_KANA_TEXT_H

#include "ocr/field_read.h"

/*
 * `hand`: what stands here is taken for handwriting, and so for a person;
 * unless the page's digits are typed and all three readers are of one mind.
 * `always_hand`: whatever the page looks like.
 */
struct guess kana_text_read(const struct field_reader *r,
                            const struct form_part *part, bool hand,
                            bool always_hand);

#endif
