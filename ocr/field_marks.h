/*
 * Fields that are answered by a mark: tick boxes and ringed words. What the
 * strokes are is said by tick.h and ring.h; here they become answers.
 *
 *     struct tick_page boxes = tick_page_measure(page); // once a page
 *     …
 *     struct mark_answer answer;
 *     if (!field_marks_read(page, &boxes, field, &answer, mem))
 *         return false;
 */
#ifndef NYUSHO_OCR_FIELD_MARKS_H
#define NYUSHO_OCR_FIELD_MARKS_H

#include "core/arena.h"
#include "ocr/reading.h"
#include "ocr/tick.h"

struct mark_answer {
    enum reading_state state; /* never READING_UNREADABLE */
    const char *value;        /* canonical: an option's value, those of a set
                                 joined by '|' in the form's order; "" */
    const char *raw;          /* the printed words that are marked, joined by
                                 '|'; "" */
    const char *runner_up;    /* second possibility, "" */
    const char *reason;       /* check name of a doubt: those of tick.h and
                                 ring.h, "two-marks" (more than one of a
                                 one-of-many), "filled-box" (black where the
                                 page is ticked otherwise: crossed out?); "" */
    int confidence;           /* permille; under 900 for a doubt */
    int option;               /* of the field, -1: none, or a set */
};

/* For a TICK, CHOICE, SET or RING. An empty one is READING_BLANK whether or
 * not it is required. False when memory ran out. */
bool field_marks_read(const struct page *p, const struct tick_page *boxes,
                      const struct form_field *f, struct mark_answer *out,
                      struct arena *a);
/* Which era of a date is ringed; a single one is printed, and always holds.
 * `value` is the era's name. */
bool field_marks_era(const struct page *p, const struct form_field *f,
                     struct mark_answer *out);

#endif
