/* The parts of verify_round.h, in files of their own. */
#ifndef NYUSHO_SCORING_VERIFY_VERIFY_ROUND_SEATS_H
#define NYUSHO_SCORING_VERIFY_VERIFY_ROUND_SEATS_H

#include "scoring/verify/verify_round.h"

/* verify_round.c */
const char *checked_code(const struct checked_round *r, int32_t facility);
/* Where the child sat when the round began. */
int32_t checked_sat(const struct checked_child *c);

/* verify_round_seats.c: checks of the table. */
size_t checked_round_seats(const struct checked_round *r, struct diag *d);
size_t checked_freed_only(const struct checked_round *r, struct diag *d);

#endif
