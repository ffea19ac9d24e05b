/*
 * A later round while its files are read: what the files of verify_round_read.c
 * share among themselves.
 */
#ifndef NYUSHO_CLI_VERIFY_ROUND_READING_H
#define NYUSHO_CLI_VERIFY_ROUND_READING_H

#include "cli/events.h"
#include "cli/verify_round.h"
#include "records/withdrawals.h"

struct round_reading {
    struct cli *c;
    const char *inputs;
    const struct case_context *ctx;
    const struct record_set *set;
    const struct market *m; /* of the first phase: all have its facilities */
    struct verify_round *out;
    struct withdrawals file;
    struct case_event *events;
    size_t n_events;
};

/* verify_round_child.c */

/* MARKET_NONE where the market has no such facility. */
int32_t verify_facility_at(const struct market *m, const char *id);
/* "11", or "11#加配" where the seat is a special one. */
int32_t verify_seats_at(const struct round_reading *x, const char *code,
                        const char *kind);
/* What a row of the records says of its child: where it is enrolled, whether it
 * withdraws, and with what; which of its wishes it had and has. */
void verify_take_record(struct round_reading *x, size_t row);

#endif
