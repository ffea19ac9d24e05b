/*
 * A record folder (record_csv.h) read household by household, so that memory
 * does not grow with it: every file must be UTF-8 and sorted by household
 * number, compared as bytes, as `nyusho run` writes them.
 *
 *     struct record_stream *in = record_stream_open(folder, &dict, &mem, d);
 *     while (in && record_stream_next(in, &set, 200)) {
 *         use(&set);
 *         record_set_release(&set);
 *     }
 *     ok = !record_stream_failed(in);
 *     record_stream_close(in);
 */
#ifndef NYUSHO_RECORDS_RECORD_STREAM_H
#define NYUSHO_RECORDS_RECORD_STREAM_H

#include "records/record.h"

struct record_stream;

/* Opens every file present. NULL, with everything given back, for
 * "no-records", "unreadable-file" and what is wrong with a header or with
 * manual_points.csv, which is read whole. Owned by the arena; the dictionary
 * must outlive it. */
struct record_stream *record_stream_open(const char *folder,
                                         const struct dictionary *dict,
                                         struct arena *a, struct diag *d);
/* The next households, at most n, as a finished set that the caller releases.
 * False, with an empty set, at the end and where reading stops: besides the
 * errors of record_csv_load() "records-not-sorted". */
bool record_stream_next(struct record_stream *in, struct record_set *set,
                        size_t n);
/* True for NULL, and after any error in the rows so far. */
bool record_stream_failed(const struct record_stream *in);
void record_stream_close(struct record_stream *in); /* NULL is allowed */

#endif
