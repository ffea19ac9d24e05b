/*
 * Placement. Child-proposing deferred acceptance over facility × class seats
 * (Gale and Shapley 1962, with transfers as in market.h). Each child of a
 * household is placed on its own from the single-child reading of its
 * entries; `siblings_apart` says that this happened, and every output repeats
 * it.
 *
 *     struct placement p;
 *     place_market(&market, (struct place_options){.log = true}, &p, &run);
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PLACE_H
#define NYUSHO_SCORING_PLACEMENT_PLACE_H

#include "scoring/placement/market.h"

enum place_step_kind {
    STEP_PROPOSE, /* child asks facility */
    STEP_HOLD,    /* is held there */
    STEP_REJECT,  /* is refused there: other = holder of the last seat */
    STEP_LEAVE,   /* gives up its current place, having won another */
    STEP_STAY,    /* keeps its current place */
    STEP_EXHAUST, /* has no facility left to ask */
};

/* The log is the explanation: in order, complete. */
struct place_step {
    enum place_step_kind kind;
    int32_t child, facility, other; /* MARKET_NONE where there is none */
};

struct placement {
    struct matching matching;
    struct place_step *steps; /* NULL unless asked for */
    size_t n_steps;
    size_t proposals;
    size_t siblings_apart; /* children placed without their household's say */
};

struct place_options {
    bool log; /* keep the steps */
};

/* Total: every well-formed market gets an answer. Result owned by the arena.
 * The answer does not depend on the order in which children propose. */
void place_market(const struct market *m, struct place_options options,
                  struct placement *out, struct arena *a);

#endif
