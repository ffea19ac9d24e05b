/*
 * Runs in memory over made-up households with every sibling pattern, special
 * seats, phases and withdrawals, and the market of each phase made again by the
 * verifier; and later rounds after them.
 *
 *     struct made x;
 *     made_first(&x, "tests/verify_rules/order.yaml", NULL, seed);
 *     assert_true(made_check(&x, &x.run.result.phases[0].market, 0, &said));
 *     made_release(&x);
 */
#ifndef NYUSHO_TESTS_REBUILD_MADE_H
#define NYUSHO_TESTS_REBUILD_MADE_H

#include "cli/run_round.h"
#include "scoring/verify/rebuild.h"

#define MADE_HOUSEHOLDS 400

struct made {
    struct cli c;
    struct run run;
    struct recompute_context basis;
    struct rebuild again;
};

/* Of a group of tests. */
int made_setup(void **state);
int made_teardown(void **state);

/* `method`: NULL for that of the rules. */
void made_first(struct made *x, const char *path, const char *method,
                uint64_t seed);
/* The same households after `first`: some of those who were placed decline,
 * some who wait withdraw, and of a few the earlier run knew nothing.
 * `enrolled`: what was decided is where they are by now. */
void made_later(struct made *x, const struct made *first, const char *path,
                const char *method, uint64_t seed,
                enum round_policy_word policy, bool enrolled);
void made_release(struct made *x);

/* Every check of rebuild.h against the market of phase p; how much was
 * compared. */
size_t made_check(const struct made *x, const struct market *m, size_t p,
                  struct diag *said);
/* Plants a fault into the market of the first phase and asserts that it is told
 * as `check`; NULL: that nothing is. */
void made_fault(struct made *x, void (*plant)(struct market *m),
                const char *check);
/* A fault: the turns of two households. */
void made_turns_swapped(struct market *m);

#endif
