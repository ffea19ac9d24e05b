/*
 * A record stream read by a thread of its own, a few sets ahead, so that one
 * core reads while another uses what was read. Sets come in the same order and
 * with the same content as without the thread.
 *
 *     struct record_ahead *ahead = record_ahead_open(in, 200, &mem);
 *     while (record_ahead_next(ahead, &set)) {
 *         use(&set);
 *         record_set_release(&set);
 *     }
 *     record_ahead_close(ahead);
 */
#ifndef NYUSHO_RECORDS_RECORD_AHEAD_H
#define NYUSHO_RECORDS_RECORD_AHEAD_H

#include "records/record_stream.h"

struct record_ahead;

/* Sets of at most `households`. From here to close the stream and its diag
 * belong to the thread. */
struct record_ahead *record_ahead_open(struct record_stream *in,
                                       size_t households, struct arena *a);
/* The next set, the caller's to release; false at the end and after an error
 * (record_stream_failed(), once closed). */
bool record_ahead_next(struct record_ahead *ahead, struct record_set *set);
/* Stops the thread, wherever it is; NULL is allowed. */
void record_ahead_close(struct record_ahead *ahead);

#endif
