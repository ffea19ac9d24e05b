#include "scoring/placement/prove/prove.h"

#include "scoring/placement/place.h"
#include "scoring/placement/prove/prove_ask.h"
#include "scoring/placement/prove/prove_flow.h"
#include "scoring/placement/prove/prove_search.h"

#include <assert.h>
#include <string.h>

/* With the matching given, or the placer's, or, where neither is one of the
 * market's entries and seats, with everybody where it is today. */
static void begin(struct proving *p)
{
    size_t n = p->v.m->n_families;
    p->soft = ARENA_ARRAY(&p->scratch, bool, n);
    p->held = ARENA_ARRAY(&p->scratch, size_t, n);
    p->solution = ARENA_ARRAY(&p->scratch, size_t, n);
    if (!p->options.start || !view_held(&p->v, p->options.start, p->held)) {
        struct market m = *p->v.m;
        struct placement placed;
        m.method = MARKET_STABLE;
        place_market(&m, (struct place_options){.log = false}, &placed,
                     &p->scratch);
        bool fits = view_held(&p->v, &placed.matching, p->held);
        for (size_t i = 0; !fits && i < n; i++)
            p->held[i] = p->v.families[i].n - 1;
    }
    view_tally(&p->v, p->held, &p->best, &p->scratch);
}

static enum sat_answer decide(struct proving *p)
{
    struct asking q;
    enum sat_answer answer = SAT_NO;
    bool open = asking_open(p, 0, NULL, &q);
    p->out->entries_left = rest_entries(&p->v, &q.rest);
    if (open)
        answer = asking_any(p, &q);
    asking_close(p, &q);
    return answer;
}

/* Each household in turn gets the best entry that is still possible. */
static enum sat_answer make_canonical(struct proving *p, struct asking *q)
{
    struct formula *f = &q->clauses.formula;
    cores_fix(&q->cores);
    for (size_t i = 0; i < p->v.m->n_families; i++) {
        const int *better = q->clauses.better + p->v.families[i].first;
        enum sat_answer answer = SAT_YES;
        while (answer == SAT_YES && p->solution[i] > 0 &&
               better[p->solution[i] - 1] != LIT_FALSE) {
            sat_assume(q->s, better[p->solution[i] - 1]);
            q->cores.questions++;
            answer = sat_solve(q->s, q->cores.conflicts);
            if (answer == SAT_YES)
                clauses_read(&p->v, &q->rest, &q->clauses, q->s, p->solution);
        }
        if (answer == SAT_OPEN)
            return SAT_OPEN;
        size_t e = p->solution[i];
        formula_clause(f, (int[]){better[e]}, 1);
        if (e > 0)
            formula_clause(f, (int[]){-better[e - 1]}, 1);
        formula_load(f, &q->cores.loaded, q->s);
    }
    return SAT_YES;
}

static void keep_canonical(struct proving *p)
{
    struct prove_tally t;
    view_tally(&p->v, p->solution, &t, &p->scratch);
    assert(t.blocking == p->best.blocking && t.placed == p->best.placed);
    p->best = t;
    for (size_t i = 0; i < p->v.m->n_families; i++)
        p->held[i] = p->solution[i];
    p->out->canonical = true;
}

/* The blocking entries, `blocking_low` of them, are of the soft households. */
static enum sat_answer maximize(struct proving *p)
{
    struct asking q;
    bool canonical = p->options.goal >= PROVE_CANONICAL;
    bool open = asking_open(p, p->out->blocking_low, NULL, &q);
    assert(open);
    (void)open;
    asking_prefer(p, &q);
    enum sat_answer answer =
        asking_most_placed(p, &q, canonical, &p->out->placed_high);
    if (canonical && answer == SAT_YES &&
        (answer = make_canonical(p, &q)) == SAT_YES)
        keep_canonical(p);
    asking_note_limit(p, &q, answer);
    assert(answer != SAT_YES || p->best.placed == p->out->placed_high);
    asking_close(p, &q);
    return answer;
}

/* Goes on until the goal or the limit. */
static enum sat_answer prove(struct proving *p)
{
    struct prove_result *out = p->out;
    enum prove_goal goal = p->options.goal;
    enum sat_answer answer = decide(p);
    if (answer == SAT_OPEN)
        return answer;
    out->verdict = answer == SAT_YES ? PROVE_STABLE : PROVE_NONE_STABLE;
    out->blocking_low = answer == SAT_NO;
    if (answer == SAT_NO) {
        if (goal < PROVE_MINIMUM)
            return SAT_YES;
        answer = search_best(p);
        if (answer == SAT_OPEN || goal < PROVE_CANONICAL)
            return answer;
    }
    return goal < PROVE_MAXIMUM ? SAT_YES : maximize(p);
}

/* As long as the least number is open: in no matching with as many blocking
 * entries as the best known, or fewer, do more children hold a place. */
static size_t placed_at_most(struct proving *p)
{
    struct prove_rest rest;
    struct arena scratch = ARENA_INIT;
    size_t blocking = p->best.blocking;
    for (size_t i = 0; i < p->v.m->n_families; i++)
        p->soft[i] = true;
    reduce_market(&p->v, p->soft,
                  blocking < ANY_BUDGET ? (int32_t)blocking : ANY_BUDGET, NULL,
                  &rest, &scratch);
    size_t n = flow_placeable(&p->v, &rest, p->held);
    arena_release(&scratch);
    return n;
}

bool prove_market(const struct market *m, struct prove_options options,
                  struct prove_result *out, struct arena *a)
{
    struct proving p = {.options = options, .out = out, .scratch = ARENA_INIT};
    *out = (struct prove_result){.placed_high = m->n_children};
    view_build(m, &p.v, &p.scratch);
    out->entries = p.v.n_entries;
    begin(&p);
    if (prove(&p) != SAT_OPEN)
        out->limit = PROVE_NO_LIMIT;
    out->blocking_high = p.best.blocking;
    if (options.goal >= PROVE_MAXIMUM && out->blocking_low < p.best.blocking)
        out->placed_high = placed_at_most(&p);
    out->placed_low = p.best.placed;
    view_matching(&p.v, p.held, &out->matching, a);
    out->n_blocking = p.best.blocking;
    out->blocked_families = p.best.families;
    out->placed = p.best.placed;
    out->blocking = ARENA_ARRAY(a, struct market_blocking, p.best.blocking);
    for (size_t i = 0; i < p.best.blocking; i++)
        out->blocking[i] = p.best.list[i];
    arena_release(&p.scratch);
    return true;
}

bool prove_available(void)
{
    return true;
}
