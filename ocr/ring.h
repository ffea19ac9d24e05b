/*
 * Which of several printed words is ringed by hand. A ring is what goes round:
 * it may be wobbly, open by a millimetre or cut its word, but it must enclose
 * most of one word and nothing of another.
 */
#ifndef NYUSHO_OCR_RING_H
#define NYUSHO_OCR_RING_H

#include "ocr/page.h"

#include <stdbool.h>

struct ring {
    int option, second; /* most likely, next likely; -1: none */
    bool sure;          /* one plain ring; or, with option -1, no ink at all */
    const char *why;    /* check name when not sure: "ring-open" (an arc),
                           "ring-two" (a ring on two words, or two rings),
                           "ring-struck" (a line through the ringed word, or
                           scribbled over), "ring-other-mark" (a tick, a line, an
                           underline), "ring-faint" (something pale); "" */
    int surety;         /* permille */
};

/* The words are the field's options: of a FIELD_RING, or the eras of a date.
 * False when memory ran out. */
bool ring_measure(const struct page *p, const struct form_field *f,
                  struct ring *out);

#endif
