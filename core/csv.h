/*
 * CSV both ways (RFC 4180): quotes, quoted line breaks, BOM, CRLF or LF, UTF-8
 * or CP932. The first row is the header. Cells are text; empty is "".
 *
 *     struct csv table;
 *     if (!csv_parse(bytes, len, "seats.csv", ENCODING_AUTO, &table, &mem, d))
 *         return false;
 *     int code = csv_column(&table, "施設番号");
 *     for (size_t r = 0; r < table.n_rows; r++)
 *         use(csv_cell(&table, r, code), csv_pos(&table, r, code));
 */
#ifndef NYUSHO_CORE_CSV_H
#define NYUSHO_CORE_CSV_H

#include "core/arena.h"
#include "core/buf.h"
#include "core/diag.h"

#include <stdint.h>

enum encoding { ENCODING_AUTO, ENCODING_UTF8, ENCODING_CP932 };

struct csv {
    const char *file;
    size_t n_columns, n_rows; /* rows without the header */
    const char **header;      /* NFKC-trimmed */
    const char **cells;       /* n_rows * n_columns, row by row */
    int *lines;               /* line in the file where each row begins */
};

/* Everything is owned by the arena. Errors: "bad-encoding" (neither UTF-8 nor
 * CP932, with the byte's line), "csv-quote" (a quote never closed, or text
 * after a closing quote), "csv-columns" (a row with more or fewer cells than
 * the header), "csv-empty" (no header), "csv-duplicate-column",
 * "csv-nul" (a NUL byte), "csv-too-large". Empty lines, and lines of nothing
 * but commas, are skipped. A code protected for Excel, ="0123", is read as
 * 0123. AUTO is UTF-8 where all bytes are UTF-8, otherwise CP932. */
bool csv_parse(const char *bytes, size_t len, const char *name,
               enum encoding encoding, struct csv *out, struct arena *a,
               struct diag *d);
/* The column with this header, -1 when there is none. */
int csv_column(const struct csv *t, const char *header);
const char *csv_cell(const struct csv *t, size_t row, int column);
/* Place of a cell for messages: line of the row, column counted from 1. */
struct pos csv_pos(const struct csv *t, size_t row, int column);

/* One row at a time, for files of millions of rows: same rules, same checks.
 * Opening gives NULL for "bad-encoding", "csv-nul" and "csv-too-large"; next
 * and failed take that NULL as a reader that failed. `bytes` must outlive it.
 */
struct csv_reader;
struct csv_reader *csv_reader_open(const char *bytes, size_t len,
                                   const char *name, enum encoding encoding,
                                   struct arena *a, struct diag *d);
/* Cells are valid until the next call. False at the end or on an error
 * (csv_reader_failed tells which). The first row given is the header. */
bool csv_reader_next(struct csv_reader *r, const char ***cells, size_t *n,
                     int *line);
bool csv_reader_failed(const struct csv_reader *r);

/* From a UTF-8 file read in pieces: memory does not grow with it, a row may
 * have 1 MiB. NULL with "unreadable-file"; "bad-encoding" and "csv-nul" come
 * where the reading gets to them. Close it when it is no longer wanted; what it
 * gave stays until the arena goes. */
struct csv_reader *csv_reader_open_file(const char *path, struct arena *a,
                                        struct diag *d);
void csv_reader_close(struct csv_reader *r); /* NULL is allowed */

struct csv_style {
    enum encoding encoding; /* AUTO means UTF-8 with BOM */
    bool excel;             /* protect codes that Excel would damage: ="0123" */
    bool lf;                /* LF instead of CRLF (fixtures, diffs) */
    bool no_bom;
};

struct csv_writer {
    struct buf out; /* UTF-8 until csv_finish() */
    struct csv_style style;
    bool row_open;
};

/* Cells are quoted where RFC 4180 asks for it. In Excel style a code that Excel
 * would change (leading zeros, over 11 digits, letters) is written ="0123"; so
 * is a text that begins with = + - @, which Excel would run as a formula (over
 * 255 characters it gets a space in front instead). */
void csv_begin(struct csv_writer *w, struct csv_style style);
void csv_text(struct csv_writer *w, const char *text); /* NULL writes "" */
void csv_code(struct csv_writer *w, const char *code); /* opaque code */
void csv_int(struct csv_writer *w, int64_t value);
/* Thousandths as a decimal without trailing zeros: 1500 → 1.5. */
void csv_milli(struct csv_writer *w, int64_t thousandths);
/* The first cells of an earlier row once more, where the row begins: w->out.len
 * was `from` before them and `to` after them. */
void csv_again(struct csv_writer *w, size_t from, size_t to);
void csv_end_row(struct csv_writer *w);
/* Encodes. "unencodable" names the first character CP932 cannot hold, or that
 * would not come back as it was, with its row and column; the output is then
 * empty. */
bool csv_finish(struct csv_writer *w, const char *name, struct diag *d);
/* csv_finish(), then the file, whole or not at all: `name` in `folder`, or
 * where `name` says with NULL. The writer is still to be released. */
bool csv_save(struct csv_writer *w, const char *folder, const char *name,
              struct diag *d);
void csv_release(struct csv_writer *w);

#endif
