/*
 * Record sets as a folder of CSV files, one per scope (household.csv,
 * guardian.csv, … manual_points.csv): key columns 世帯番号, 児童番号, 人番号,
 * 連番 (those the scope has), then one column per field with the dictionary's
 * label. Columns may be missing or in any order; unknown ones are errors.
 * Canonical export (fixed columns, sorted rows, LF, no BOM, Japanese headers)
 * is what gets hashed as an input.
 */
#ifndef NYUSHO_RECORDS_RECORD_CSV_H
#define NYUSHO_RECORDS_RECORD_CSV_H

#include "core/csv.h"
#include "records/record.h"

/* Reads every scope file present in `folder`, and manual_points.csv, into `set`
 * and finishes it. Errors: CSV ones, "no-records" (none of the files is there),
 * "unknown-column" (with the nearest), "csv-duplicate-column", "missing-column"
 * (a key), "key-missing" (an empty one), "bad-key", "duplicate-row",
 * value_parse()'s; after 100 of them "too-many-errors" ends a file. Values
 * carry no evidence: the file is it. */
bool record_csv_load(struct record_set *set, const char *folder,
                     struct diag *d);
/* One scope's rows; a header that matches label, label_en, name or path. The
 * set is not finished. */
bool record_csv_load_scope(struct record_set *set, enum scope scope,
                           const char *bytes, size_t len, const char *name,
                           struct diag *d);
/* The rows of a finished set. False when csv_finish() fails; `out` is the
 * caller's to release. */
bool record_csv_write_scope(const struct record_set *set, enum scope scope,
                            struct csv_style style, enum lang lang,
                            struct csv_writer *out, struct diag *d);
/* All scopes that have rows, and manual_points.csv. */
bool record_csv_write(const struct record_set *set, const char *folder,
                      struct csv_style style, enum lang lang, struct diag *d);

/* The style of canonical export: UTF-8, LF, no BOM. With LANG_JA. */
#define RECORD_CSV_CANONICAL \
    ((struct csv_style){.encoding = ENCODING_UTF8, .lf = true, .no_bom = true})

/*
 * manual_points.csv 適宜: 世帯番号, 児童番号, 人番号, 規則, 点数, 理由, 入力者,
 * 承認者. Points are decimals with at most three places. 児童番号 and 人番号
 * may be empty; so may 承認者, which a final run refuses. Errors: CSV ones,
 * "missing-column", "unknown-column", "bad-key", "key-missing", "bad-number",
 * "reason-missing" (no 理由 or no 入力者), "duplicate-row".
 */
bool manual_csv_load(struct record_set *set, const char *bytes, size_t len,
                     const char *name, struct diag *d);
bool manual_csv_write(const struct record_set *set, struct csv_style style,
                      enum lang lang, struct csv_writer *out, struct diag *d);
/* "1.5", "-300", "+2" to thousandths, exactly; false when it is no decimal
 * with at most three places, or over 1,000,000 points. */
bool points_parse(const char *text, int64_t *thousandths);
/* The other way, as people write points: 26, 1.5, -300. Owned by the arena. */
const char *points_format(int64_t thousandths, struct arena *a);

#endif
