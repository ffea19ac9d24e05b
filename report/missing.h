/*
 * The list of papers that households still have to bring 不足書類一覧, as an
 * office works it off with letters and calls.
 */
#ifndef NYUSHO_REPORT_MISSING_H
#define NYUSHO_REPORT_MISSING_H

#include "report/outputs.h"

#include "records/documents.h"

struct missing_row {
    const char *household; /* 世帯番号 */
    struct missing_document document;
    /* Papers of the household whose type nobody has named. */
    size_t untyped;
    /* The guardian's or child's (of the household's own papers the first
     * guardian's), and the guardian's telephone or else the household's; ""
     * when not known. */
    const char *name, *phone;
};

/* One row each, as they stand; `due` is the day they are due. Names and
 * telephone only where the style asks for names. */
void write_missing(const struct missing_row *rows, size_t n, const char *due,
                   struct csv_writer *w, const struct output_style *s);

#endif
