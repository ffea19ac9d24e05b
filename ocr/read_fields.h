/*
 * The fields of one located page, read and judged. How each kind is read:
 * box.h (what stands in a box), cells.h (one digit a cell), kana_cells.h (one
 * kana a cell), print.h (printed text and numbers), date_field.h,
 * field_marks.h (ticks and rings).
 *
 * A value is accepted only where two independent views agree and the case's
 * policy lets that kind stand; everything else is a doubt with the best guess,
 * its runner-up and the reason. Reasons: those of field_marks.h, and
 * "low-confidence", "handwriting" (free text by hand: always for a person),
 * "views-differ" (two readings that disagree), "struck-out" (a scribble, or two
 * characters in a cell), "gap-in-digits" (an empty cell between written ones),
 * "cell-left-empty" (a cell of a number that fills them all), "runs-over" (a
 * number goes on outside of its box),
 * "no-such-date", "date-out-of-range", "era-missing", "incomplete-date",
 * "check-digit" (a code whose check digit is another),
 * "unknown-facility" (digits that are no facility of this case), "name" (a
 * kanji name is never accepted on reading alone), "box-not-clean" (too much ink
 * for an empty box), "covered" (a hole or a blot lies on it), "cut-off" (part
 * of it is not on the scan), "two-people", "sample" (shown to a person anyway),
 * "deadline" (the engine took too long).
 */
#ifndef NYUSHO_OCR_READ_FIELDS_H
#define NYUSHO_OCR_READ_FIELDS_H

#include "ocr/engines.h"
#include "ocr/page.h"
#include "records/facility.h"
#include "records/policy.h"

/* What the case says. Borrowed. */
struct read_context {
    const struct policy *policy;
    const struct dictionary *dict;
    const struct facilities *facilities; /* NULL: any code may be one */
    int fiscal_year;
    int32_t entry_date, deadline; /* days */
};

/* Fills out->readings in the template's order, one for every field of the page
 * but masks and images. Boxes are on the upright page. Total; memory is the
 * arena's. */
void page_read_fields(struct page *p, struct ocr_engines *e,
                      const struct read_context *ctx, struct page_result *out,
                      struct arena *a);

#endif
