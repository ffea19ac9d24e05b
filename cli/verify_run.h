/*
 * Verifies a run from its folder alone: points recomputed from inputs/ by the
 * second evaluator and held against scores.csv; the market (one, or one for
 * each phase) made again from the records and held against market.json; and
 * the placement of placements.csv against the definitions. Nothing here knows
 * how the run was made.
 */
#ifndef NYUSHO_CLI_VERIFY_RUN_H
#define NYUSHO_CLI_VERIFY_RUN_H

#include "cli/case_context.h"
#include "cli/cli.h"
#include "cli/verify_round.h"
#include "scoring/verify/verify_json.h"
#include "scoring/verify/verify_points.h"

/* What is checked besides each market's placement. To add one: its row in
 * verify_run.c. A later round has checks of its own (verify_round.h) after
 * these. */
enum {
    VERIFY_POINTS,
    VERIFY_ORDERS,
    VERIFY_ASKED,
    VERIFY_ROWS,
    VERIFY_SEATS,
    VERIFY_CHILDREN,
    VERIFY_ENTRIES,
    VERIFY_TURNS,
    VERIFY_PROOF,
    VERIFY_LINES,
    VERIFY_LINES_MAX = VERIFY_LINES + VERIFY_ROUND_LINES,
};

struct verify_phase {
    const char *phase; /* its id; NULL: the only market */
    struct market market;
    struct matching held;
    struct market_verdict verdict;
};

struct verify_run {
    bool ok;
    struct verify_phase *phases; /* at least one */
    size_t n_phases;
    struct verify_line lines[VERIFY_LINES_MAX];
    size_t n_lines;
    size_t changed_files; /* verify_files.h; of `nyusho verify` only */
};

/* Everything is owned by c->mem. False with the messages when a file is
 * missing or cannot be read ("run-incomplete"); a run that does not hold is
 * true with `ok` false. */
bool verify_run(struct cli *c, const char *folder, struct verify_run *out);
/* verify.json in the run's folder. */
bool verify_run_write(struct cli *c, const char *folder,
                      const struct verify_run *v);

/* verify_say.c */
/* Says "verify-failed" with how many failures; returns false. */
bool verify_run_failed(struct cli *c, const char *folder,
                       const struct verify_run *v);
/* What a check said, as a line of verify.json. Owned by c->mem. */
struct verify_line verify_line_make(struct cli *c, const char *name,
                                    struct label title, size_t checked,
                                    const struct diag *said);
/* One check, and the first examples where it failed. */
void verify_line_say(struct cli *c, const struct verify_line *l);
/* The checks as a short table on stdout. */
void verify_run_say(struct cli *c, const struct verify_run *v);

/* The parts of verify_run(). */

/* verify_read.c: what the run wrote. */
bool verify_read_claims(struct cli *c, const char *folder,
                        struct claimed_points **out, size_t *n);
bool verify_read_markets(struct cli *c, const char *inputs,
                         const struct ruleset *rules, struct verify_run *out);
/* placements.csv as a matching of every market. What is wrong with its rows
 * goes into `said`: "unknown-facility", "placed-outside" (a place for one who
 * is in no market), "placed-twice", "placement-missing" (of a child of the
 * records, in a market or not). */
bool verify_read_matchings(struct cli *c, const char *folder,
                           const struct record_set *set, struct verify_run *out,
                           struct diag *said);
/* Who withdrew, or has a place outside the city, by events.csv: parallel to the
 * children's rows. */
bool verify_read_withdrawn(struct cli *c, const char *inputs,
                           const struct record_set *set, bool **out);
/* verify_seats.c: the seats of each market against seats.csv and what the
 * markets before it took; in a later round which classes share them, and how
 * many there are is its check "round-seats". "seats-differ", "unknown-facility"
 * (of a market), "facility-missing". */
void verify_seats(const struct facilities *facilities, bool later,
                  struct verify_run *v, struct diag *said);

#endif
