/* The state of a CSV reader, shared by csv.c and csv_open.c. Private to core.
 */
#ifndef NYUSHO_CORE_CSV_READER_H
#define NYUSHO_CORE_CSV_READER_H

#include "core/csv.h"

/* A file is read in pieces; a row is never longer than ROW_BYTES. */
#define PIECE_BYTES (2 * ROW_BYTES)
#define ROW_BYTES (1024 * 1024)

struct csv_reader {
    struct arena *mem;
    struct diag *d;
    const char *name;
    const char *at, *end; /* UTF-8, what is left */
    int line;             /* of `at` */
    size_t n_columns;     /* 0 until the header is read */
    bool failed;

    /* Of a file read in pieces. */
    int fd; /* -1: all bytes are there */
    char *piece;
    const char *checked; /* up to here it is UTF-8 without NUL */

    /* The row being read: text of all cells, each closed by NUL. */
    char *text;
    size_t text_len, text_capacity;
    size_t *starts;
    const char **cells;
    size_t n, cells_capacity;
    bool blank; /* nothing but commas */
};

/* Before each row: so much of the file is there, or all of it. */
bool csv_reader_fill(struct csv_reader *r);

#endif
