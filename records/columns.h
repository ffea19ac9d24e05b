/*
 * Headers of the CSV files of a case: the key columns every record file
 * shares, and the fixed columns of a file that is not made from the
 * dictionary.
 */
#ifndef NYUSHO_RECORDS_COLUMNS_H
#define NYUSHO_RECORDS_COLUMNS_H

#include "core/csv.h"
#include "records/record.h"

/* 世帯番号, 児童番号, 人番号, 連番. */
enum key_column {
    KEY_HOUSEHOLD,
    KEY_CHILD,
    KEY_PERSON,
    KEY_SEQ,
    N_KEY_COLUMNS
};

extern const struct label key_labels[N_KEY_COLUMNS];
/* By Japanese or English header; N_KEY_COLUMNS when it is none. */
enum key_column key_column_find(const char *header);
/* Does a row of this scope carry this key? */
bool scope_has_key(enum scope scope, enum key_column key);

/* Puts one key cell into `key`. Numbers of households and children stay as
 * written (full-width made half); texts are the cell or in the arena. Empty
 * cells leave
 * "" and 0. "bad-key": control characters, over 64 bytes, or a 人番号 (1..99)
 * or 連番 (1..999) that is no such number. */
bool key_column_put(struct row_key *key, enum key_column column,
                    const char *cell, struct pos at, struct arena *a,
                    struct diag *d);

/* Reports "unknown-column", with the nearest header unless NULL. False. */
bool unknown_column(struct pos at, const char *header, const char *near,
                    struct diag *d);

/* A file's fixed columns. */
struct column_def {
    struct label label;
    bool required;
};

/* Finds each of the n columns: out[i] is its number or -1. False with
 * "missing-column" and "unknown-column" (with the nearest known header). */
bool columns_find(const struct csv *t, const struct column_def *defs, size_t n,
                  int *out, struct diag *d);
/* The cell, trimmed in the arena; "" when the column is absent. */
const char *column_text(const struct csv *t, size_t row, int column,
                        struct arena *a);

/* A whole number between low and high; empty gives `empty`. "bad-number". */
bool column_int(const struct csv *t, size_t row, int column, int low, int high,
                int empty, int *out, struct arena *a, struct diag *d);

#endif
