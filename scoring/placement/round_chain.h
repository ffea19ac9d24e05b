/*
 * What each withdrawal 辞退 sets off: who gets the seat that was given back,
 * who the seat that this child leaves, until somebody comes who had none, or a
 * seat stays empty.
 *
 * By definition: the round is placed without any withdrawal, then with the
 * first, with the first two, and so on, each time by the official method. What
 * differs between two of them in a row belongs to the one withdrawal between
 * them; the last of them is the result of the round. So every move belongs to
 * one withdrawal, and all of them together, with what new seats and new
 * children changed by themselves, make the result. Moves of a withdrawal form
 * chains (moves.h): at most one begins at the seat given back; the others are
 * exchanges that only that withdrawal made possible. Where phases come one
 * after another the round is all of them, each time.
 *
 *     struct round_chains c;
 *     round_chains(&phases, results, NULL, &c, &run);
 *     tell(c.of[0].chains.items[0]);
 */
#ifndef NYUSHO_SCORING_PLACEMENT_ROUND_CHAIN_H
#define NYUSHO_SCORING_PLACEMENT_ROUND_CHAIN_H

#include "scoring/placement/moves.h"
#include "scoring/placement/round_phases.h"

/* A child, by the phase whose market it is in. */
struct round_mover {
    size_t phase;
    int32_t child;
};

/* Of one withdrawal. Pools are facility * MARKET_CLASSES + lowest class. */
struct round_moves {
    struct round_mover *who; /* parallel to moves */
    struct move *moves;
    size_t n;
    struct move_chains chains;
};

struct round_chains {
    struct matching *start; /* by phase, of the round without any withdrawal */
    struct round_moves *of; /* n_gone, in order */
};

/* How the city places a market, where that is not the placer's answer: fills
 * out->place, which has room for every child. */
struct round_method {
    void (*place)(void *with, const struct market *m, struct matching *out);
    void *with;
};

/* `results`: by phase, the placements after all withdrawals. `method`: NULL for
 * the placer. Places every market once for each withdrawal. Owned by the
 * arena. */
void round_chains(const struct round_phases *r, const struct matching *results,
                  const struct round_method *method, struct round_chains *out,
                  struct arena *a);

/* Number of a pool: its facility and its lowest class. */
int32_t round_pool(const struct market *m, int32_t facility, int class_age);

#endif
