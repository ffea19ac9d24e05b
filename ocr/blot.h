/*
 * Solid black that no pen makes and no form prints: punched holes that show
 * the scanner's lid, ink spilt, the corner of a clip. What lies under it is
 * for a person.
 */
#ifndef NYUSHO_OCR_BLOT_H
#define NYUSHO_OCR_BLOT_H

#include "ocr/page.h"

#include <stdbool.h>

enum { BLOTS_MOST = 32 };

struct blots {
    struct rect_px at[BLOTS_MOST];
    int n;
};

/* Of a located page; what is more than BLOTS_MOST is left out. */
struct blots blots_find(const struct page *p);
/* Does one of them lie on this place, or touch it? */
bool blots_cover(const struct blots *b, struct rect_px place);

#endif
