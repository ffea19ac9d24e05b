/*
 * A later round whose phases 段階 come one after another: each is a market of
 * its own over the seats that the phases before left.
 *
 * Who holds a decision sits on its seat from the beginning, whichever phase it
 * is in; a seat that a child leaves is there for its own phase and for those
 * after it. With ROUND_FREED the phases share what was given back: a seat that
 * one took is gone for the next, one that it left counts as given back.
 * ROUND_WAITING_FIRST is an order inside each phase: the phase comes first.
 * Where there is one phase it is a round as in round.h.
 *
 *     struct matching placed[2];
 *     for (size_t p = 0; p < r.n; p++) {
 *         round_phase_market(&r, p, r.n_gone, placed, &later, &run);
 *         place_market(&later.market, …);
 *         placed[p] = …;
 *     }
 */
#ifndef NYUSHO_SCORING_PLACEMENT_ROUND_PHASES_H
#define NYUSHO_SCORING_PLACEMENT_ROUND_PHASES_H

#include "scoring/placement/round.h"

struct round_phase {
    struct market plain; /* as in round.h, of this phase's children; its seats
                            are those of the round, the same in every phase */
    const struct round_child *children;
};

struct round_phases {
    enum round_policy policy;
    const struct round_phase *of; /* with the same facilities */
    size_t n;
    const struct round_gone *gone; /* in the order in which they withdrew */
    size_t n_gone;
};

/* The market of one phase after the first n_done withdrawals, and after the
 * phases before it were placed: placed[0] to placed[phase - 1]. Owned by the
 * arena. */
void round_phase_market(const struct round_phases *r, size_t phase,
                        size_t n_done, const struct matching *placed,
                        struct later_market *out, struct arena *a);
/* Where a child of the phase sits when the round begins. */
int32_t round_sits(const struct round_phase *p, int32_t child);

#endif
