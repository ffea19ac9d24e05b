/*
 * Record sets as one JSON document, for scripts and other systems:
 *
 *     {"format": "nyusho-records/1",
 *      "household": [{"household": "000123", "address": "見本市本町1-2"}],
 *      "guardian":  [{"household": "000123", "person": 1, "name": "見本 花子",
 *                     "birth": "1990-12-31"}],
 *      "job":       [{"household": "000123", "person": 1, "seq": 1,
 *                     "minutes_month": "160:30", "weekdays": "月|水"}],
 *      …,
 *      "manual_points": [{"household": "000123", "child": "", "person": 0,
 *                     "rule": "care", "points": "-1.5", "reason": "面談",
 *                     "by": "係員A", "approved_by": ""}]}
 *
 * One list for each scope, rows sorted by their keys; fields by the last word
 * of their path, in the order of the dictionary. Values are the texts of the
 * CSV files (record_csv.h), #該当なし and #判読不能 among them: what is not
 * there is unknown. Writing what was read gives the same bytes.
 */
#ifndef NYUSHO_RECORDS_RECORD_JSON_H
#define NYUSHO_RECORDS_RECORD_JSON_H

#include "core/buf.h"
#include "records/record.h"

/* The rows of a finished set, indented, with a line break at the end. Appends
 * to `out`. */
void record_json_write(const struct record_set *set, struct buf *out);

/* Adds the rows and finishes the set. `name` is the file as the user typed it;
 * places are "records.json: guardian[3].birth", lists counted from 0. Errors:
 * "json-syntax" (with line and column), "bad-format", "unknown-scope",
 * "unknown-field" (with the nearest), "json-type" (a value that is no text, a
 * list that is none), "key-missing", "bad-key", "duplicate-row", "bad-number"
 * and "reason-missing" of manual points, value_parse()'s; after 100 of them
 * "too-many-errors". */
bool record_json_load(struct record_set *set, const char *bytes, size_t len,
                      const char *name, struct diag *d);

#endif
