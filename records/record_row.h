/*
 * Rows of one scope's CSV file into a record set: what record_csv.c does for
 * whole files and record_stream.c for a household at a time. Private to
 * records.
 */
#ifndef NYUSHO_RECORDS_RECORD_ROW_H
#define NYUSHO_RECORDS_RECORD_ROW_H

#include "records/columns.h"

/* A file this wrong is the wrong file: the first hundred lines say enough. */
#define RECORD_MAX_ERRORS 100

/* What a column of the file holds. */
struct record_column {
    enum key_column key;   /* N_KEY_COLUMNS when it is a field's */
    const struct field *f; /* NULL when it is a key's */
    /* The cell read last and its value: most columns repeat themselves. */
    char last[32];
    struct slot value;
};

struct record_rows {
    const struct dictionary *dict;
    enum scope scope;
    const char *file;
    struct record_column *columns;
    size_t n_columns;
    size_t keys[N_KEY_COLUMNS], n_keys; /* which columns are a key's */
    struct arena *mem;                  /* of the columns */
    struct arena row;                   /* of one row */
    struct diag *d;
};

/* The header row. False with "unknown-column", "csv-duplicate-column",
 * "missing-column". */
bool record_rows_header(struct record_rows *l, const char **cells, size_t n);
/* The key of a row; its texts live until the next row. False with "bad-key",
 * "key-missing". */
bool record_rows_key(struct record_rows *l, const char **cells, int line,
                     struct row_key *key);
/* The row itself. False with "duplicate-row" and those of value_parse(). */
bool record_rows_put(struct record_rows *l, struct record_set *set,
                     const struct row_key *key, const char **cells, int line);
void record_rows_release(struct record_rows *l);

#endif
