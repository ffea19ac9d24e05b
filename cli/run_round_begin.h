/*
 * How a later round begins, child by child: what the files of run_round.c share
 * among themselves.
 */
#ifndef NYUSHO_CLI_RUN_ROUND_BEGIN_H
#define NYUSHO_CLI_RUN_ROUND_BEGIN_H

#include "cli/run_round.h"

struct beginning {
    struct cli *c;
    struct run *r;
    struct run_round *x;
    size_t n_leavers;
    bool ok; /* false once a message was written */
};

/* Placed or transferred by the earlier run, or held since one before it. */
bool round_is_decided(const struct earlier_row *e);
/* What was decided is where the child is enrolled by now. */
bool round_enrolled(const struct run_round *x);
/* The place of the row; NULL with "held-facility". */
const struct facility *round_held(struct beginning *b,
                                  const struct earlier_row *e);
/* The kind of seat it was given there; NULL: a general one, or
 * "held-facility". */
const struct special_seat *round_held_seat(struct beginning *b,
                                           const struct earlier_row *e,
                                           const struct facility *f);

/* run_round_withdraw.c */

/* What the file or the last event of the case says of the child; NULL: it did
 * not withdraw. *back: it had, and took that back. */
const struct withdrawal *
round_withdrawal(struct beginning *b, const struct applicant *a, bool *back);
/* The child is out of the market, and gives back what it had.
 * "withdrawn-nothing", "withdrawn-enrolled", "declined-unsaid". */
void round_withdraw(struct beginning *b, struct applicant *a,
                    const struct earlier_row *e, const struct withdrawal *w);
/* In the file, not an event; NULL. */
const struct withdrawal *round_in_file(const struct run_round *x,
                                       const char *child);
/* By date, then by child number: the order in which chains are told. */
void round_sort_leavers(struct beginning *b);

#endif
