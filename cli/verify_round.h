/*
 * The checks of a later round, from the files of its folder alone:
 * inputs/earlier/, inputs/withdrawn.csv, inputs/events.csv, the records, the
 * seats and placements.csv. Nothing here knows how the run was made.
 */
#ifndef NYUSHO_CLI_VERIFY_ROUND_H
#define NYUSHO_CLI_VERIFY_ROUND_H

#include "cli/case_context.h"
#include "scoring/verify/rebuild.h"
#include "scoring/verify/verify_json.h"

struct verify_round {
    bool later; /* it is one */
    struct checked_round round;
    struct checked_child *children;
    const char *wrong; /* of the earlier run; NULL: as it was written */
};

/* verify_round_read.c: what stands in the files; `later` is false where there
 * was no earlier run. `markets`: of each phase; borrowed. Owned by c->mem.
 * False with the messages of the files. */
bool verify_round_read(struct cli *c, const char *folder,
                       const struct case_context *ctx,
                       const struct record_set *set,
                       const struct market *const *markets, size_t n_markets,
                       struct verify_round *out);
/* NULL: the records have no such child. */
struct checked_child *verify_round_child(const struct verify_round *v,
                                         const char *id);

/* The lines of the checks that the policy promises; returns how many. */
#define VERIFY_ROUND_LINES (N_ROUND_CHECKS + 1)
size_t verify_round_lines(struct cli *c, const struct verify_round *v,
                          struct verify_line *out);
/* Those of an order who were waiting, or who are new: where the policy puts one
 * before the other, each is in the order of the rules by itself. */
size_t verify_round_part(const struct verify_round *v, const struct market *m,
                         const struct market_facility *f, bool of_new,
                         const char **out);
/* What the earlier run and the withdrawals made of each child, parallel to the
 * children's rows; NULL in a first round. Owned by c->mem. */
struct rebuilt_before *verify_round_before(struct cli *c,
                                           const struct verify_round *v,
                                           const struct recompute_context *b);

#endif
