/*
 * What a measurement keeps, one CSV file that only grows: the boxes of a page,
 * then the page itself. A run that was cut off begins again behind the last
 * whole page.
 *
 * Columns: row (box, peer or page), file, page, field, type, kind, hand, truth,
 * state, value, runner_up, reason, confidence, cpu_us, tesseract_us, kib.
 * Of a box: type = the kind of field on the form, "date cells" where each digit
 * has its cell. Of a page: field = the form it was read as, type = its damage,
 * truth = the form it is, kib = the most memory so far.
 */
#ifndef NYUSHO_BENCH_ACCURACY_ROWS_H
#define NYUSHO_BENCH_ACCURACY_ROWS_H

#include "core/csv.h"
#include "fixtures/fill.h"
#include "ocr/reading.h"

enum row_kind { ROW_BOX, ROW_PEER, ROW_PAGE, N_ROW_KINDS };

struct accuracy_row {
    enum row_kind row;
    const char *file;
    int page;
    const char *field, *type;
    enum fill_kind kind;
    const char *hand, *truth;
    enum reading_state state; /* of a page: an enum page_state */
    const char *value, *runner_up, *reason;
    int confidence;
    int64_t cpu_us, tesseract_us, kib;
};

struct accuracy_rows {
    struct accuracy_row *items;
    size_t n;
    size_t whole; /* bytes of the file up to the last whole page */
};

/* The rows of whole pages. A file that is not there has none. Errors:
 * "bad-results" (not such a file). */
bool rows_load(struct accuracy_rows *out, const char *path, struct arena *a,
               struct diag *d);
/* Is this page among them? */
bool rows_have(const struct accuracy_rows *rows, const char *file, int page);

struct row_file {
    FILE *out;
    struct csv_writer page; /* rows of the page that is being read */
};
/* Goes on behind the last whole page. "unwritable-file". */
bool row_file_open(struct row_file *f, const char *path, size_t whole,
                   struct diag *d);
void row_put(struct row_file *f, const struct accuracy_row *row);
/* The page is whole: everything of it is in the file. */
bool row_file_flush(struct row_file *f);
void row_file_close(struct row_file *f);

#endif
