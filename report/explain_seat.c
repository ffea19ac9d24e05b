/* What became of the seats of transfer applicants. */
#include "report/explain.h"

static const struct applicant *
of_child(const struct run_result *r, const struct run_phase *p, int32_t child)
{
    return applicant_find(r, p->market.children[child].id);
}

const struct seat_step *seat_steps(const struct run_result *r,
                                   const struct applicant *a, size_t *n,
                                   struct arena *mem)
{
    *n = 0;
    if (!a->current || a->market_child == MARKET_NONE)
        return NULL;
    const struct run_phase *p = &r->phases[a->phase];
    bool cycle;
    size_t n_chain;
    const int32_t *chain =
        seat_chain(p->fates, a->market_child, &n_chain, &cycle, mem);
    struct seat_step *steps = ARENA_ARRAY(mem, struct seat_step, n_chain);
    for (size_t i = 0; i < n_chain; i++) {
        const struct seat_fate *fate = &p->fates[chain[i]];
        if (fate->kind == SEAT_NONE) /* the last one had no seat to leave */
            break;
        const struct applicant *owner = of_child(r, p, chain[i]);
        steps[(*n)++] = (struct seat_step){
            owner, owner->current, fate->kind,
            fate->kind == SEAT_TAKEN ? of_child(r, p, fate->taker) : NULL};
    }
    return steps;
}
