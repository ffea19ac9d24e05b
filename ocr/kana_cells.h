/* Kana, one to a cell, by the kana net. */
#ifndef NYUSHO_OCR_KANA_CELLS_H
#define NYUSHO_OCR_KANA_CELLS_H

#include "ocr/field_read.h"

/*
 * Katakana in the cells of a part: small kana told from large ones by size,
 * an empty cell inside is a space. Always for a person, with the best guess and
 * the next: by hand because the net never saw real handwriting (`hand`), in
 * print because at the level where one kana in a thousand is wrong so few names
 * would pass that nobody is spared (ocr/train/REPORT.md).
 */
struct guess kana_cells_read(const struct field_reader *r,
                             const struct form_part *part, bool hand);

#endif
