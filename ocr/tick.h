/*
 * Is a box ticked? Every kind of mark counts (✓ × ■ /); what matters is how
 * much of the box is written over, by strokes that belong to it, against the
 * other boxes of the same page.
 */
#ifndef NYUSHO_OCR_TICK_H
#define NYUSHO_OCR_TICK_H

#include "ocr/page.h"

#include <stdbool.h>

enum tick_state {
    TICK_CLEAR,
    TICK_UNSURE, /* something, and not surely a tick: `why` says what */
    TICK_MARKED,
    TICK_FILLED, /* black all over: a tick to some, crossed out to others */
};

struct tick {
    enum tick_state state;
    const char *why; /* check name: "tick-faint" (too little ink), "tick-struck"
                        (a line through the box or its word, or scribbled over),
                        "tick-beside" (a mark that misses the box),
                        "tick-shared" (one stroke over two boxes); "" */
    int cover;       /* of the inside by strokes of this box, permille */
    int surety;      /* permille; under 900 for TICK_UNSURE */
};

/* What empty and ticked boxes look like on this page. Take it once a page. */
struct tick_page {
    int n;      /* boxes on the page */
    int empty;  /* ink inside half of the emptier boxes, permille */
    int marked; /* ink inside half of the ticked ones; 0 when there are none */
    int filled, ticked; /* boxes that are black all over; other ticked ones */
};
struct tick_page tick_page_measure(const struct page *p);

/* The options of a field of tick boxes, one tick for each. False when memory
 * ran out. */
bool tick_measure(const struct page *p, const struct tick_page *reference,
                  const struct form_field *f, struct tick *out);

#endif
