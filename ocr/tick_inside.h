/*
 * The inside of a tick box, where the form prints nothing: between tick.c and
 * tick_page.c.
 */
#ifndef NYUSHO_OCR_TICK_INSIDE_H
#define NYUSHO_OCR_TICK_INSIDE_H

#include "ocr/tick.h"

/* Permille of the inside from which a box is black all over. */
#define TICK_FILL 780

bool tick_is_kind(enum form_field_kind kind);
/* How far inside the outline, mm, of a box with this side (tmm). */
double tick_inset(int32_t side);

#endif
