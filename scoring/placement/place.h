/*
 * Placement by the market's method: `stable`, below, or one of the two of
 * place_turns.h, `points_order` and `preference_rounds`.
 *
 * stable: First the one-child households: child-proposing deferred acceptance
 * over facility × class seats (Gale and Shapley 1962, with transfers as in
 * market.h). Then the households with siblings, one after another in market
 * order (sequential re-proposal, after Roth and Peranson 1999):
 *
 * - A household gives back its seats and takes the best entry that every
 *   facility in it accepts: each chooses, greedily and best first within every
 *   cap, from those who hold seats there without the household's own children
 *   and those it sends (rule SYY of Sun, Yamada, Takenami, Moriwaki, Yokoo).
 * - A household that loses one seat loses its whole entry and queues up. Its
 *   own places are lent until its turn: it ranks first there and falls back to
 *   them when nothing better accepts it.
 * - Whoever would rather have a seat that has come free, and would now be
 *   accepted, gets its turn at once, best ranked first.
 * - A household with siblings that has taken an entry PLACE_TURNS_MAX times is
 *   frozen where it stands at its next turn: its current places, if it holds
 *   nothing.
 *
 * By every method the result is feasible and nobody is worse off than today.
 * This one is stable whenever no household is blocked; the verifier finds out.
 * A market of one-child households gets the stable matching that every child
 * likes best.
 *
 *     struct placement p;
 *     place_market(&market, (struct place_options){.log = true}, &p, &run);
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PLACE_H
#define NYUSHO_SCORING_PLACEMENT_PLACE_H

#include "scoring/placement/market.h"

/* Turns of a household with siblings before it is frozen. Those that settle
 * need two or three; more than thirty means that no end is in sight. */
#define PLACE_TURNS_MAX 30

enum place_step_kind {
    STEP_REFUSE, /* of `entry`, the facility refuses the child; other = holder
                    of the last seat */
    STEP_TAKE,   /* the household takes `entry`; n_entries is ω(f) */
    STEP_LOSE,   /* loses `entry`: the child its seat at the facility, to the
                    child other */
    STEP_FREE,   /* the child leaves its seat at the facility */
    STEP_WAKE,   /* the household would rather have that seat, for the child */
    STEP_FREEZE, /* stays where it stands from now on */
    N_STEP_KINDS,
};

/* The log is the explanation: in order, complete. What a step does not have
 * is MARKET_NONE. */
struct place_step {
    enum place_step_kind kind;
    int32_t family, entry, child, facility, other;
};

struct placement {
    struct matching matching;
    int32_t *entries; /* per household: the entry it holds; its n_entries is
                         ω(f) */
    int32_t *frozen;  /* households, in market order */
    size_t n_frozen;
    struct place_step *steps; /* NULL unless asked for */
    size_t n_steps;
    size_t proposals; /* entries that were looked at */
};

struct place_options {
    bool log; /* keep the steps */
};

/* Total: every well-formed market gets an answer. Result owned by the arena.
 * The same market gives the same answer, in whatever order its lists were
 * read. */
void place_market(const struct market *m, struct place_options options,
                  struct placement *out, struct arena *a);

#endif
