#include "scoring/placement/prove/prove.h"

#include "scoring/placement/place.h"
#include "scoring/placement/prove/prove_clauses.h"
#include "scoring/placement/prove/prove_cores.h"

#include <assert.h>

/* How many conflicts are worth trying where the answer may be had otherwise:
 * for another core of the whole market, for a part of a core. */
#define CORE_CONFLICTS 500
#define LATE_CORE_CONFLICTS 20000
#define PART_CONFLICTS 2000
/* Households of a core that are tried together; what cannot be refuted is
 * halved. */
#define PART_HOUSEHOLDS 24

struct proving {
    struct prove_view v;
    struct prove_options options;
    struct prove_result *out;
    bool *soft;       /* per household: may have blocking entries */
    size_t *held;     /* per household: of the best matching known */
    size_t *solution; /* per household: the solver's latest */
    size_t *core;     /* per household: its core, 0 */
    size_t n_cores;
    bool cores_apart;
    struct prove_tally best;
    bool started;         /* from a matching that somebody gave */
    bool soft_unknown;    /* the number is proven, not where the entries are */
    struct arena scratch; /* of the whole proof */
};

/* One formula with its solver. */
struct asking {
    struct arena mem;
    struct prove_rest rest;
    struct prove_clauses clauses;
    struct sat *s;
    struct prove_cores cores;
};

static void keep_if_better(struct proving *p, const size_t *held)
{
    struct prove_tally t;
    view_tally(&p->v, held, &t, &p->scratch);
    if (t.blocking > p->best.blocking)
        return;
    if (t.blocking == p->best.blocking && t.placed <= p->best.placed)
        return;
    p->best = t;
    for (size_t i = 0; i < p->v.m->n_families; i++)
        p->held[i] = held[i];
}

/* With the matching given, or the placer's, or, where neither is one of the
 * market's entries and seats, with everybody where it is today. */
static void begin(struct proving *p)
{
    size_t n = p->v.m->n_families;
    p->soft = ARENA_ARRAY(&p->scratch, bool, n);
    p->held = ARENA_ARRAY(&p->scratch, size_t, n);
    p->solution = ARENA_ARRAY(&p->scratch, size_t, n);
    p->core = ARENA_ARRAY(&p->scratch, size_t, n);
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

/* Lets the solver begin at the best matching known, or where everybody stays:
 * better where the answer is likely to be no, since it lingers at the best. */
static void prefer(struct proving *p, struct asking *q, bool best)
{
    formula_load(&q->clauses.formula, &q->cores.loaded, q->s);
    for (size_t i = 0; i < p->v.m->n_families; i++) {
        const struct prove_family *f = &p->v.families[i];
        for (size_t e = 0; e < f->n; e++) {
            int better = q->clauses.better[f->first + e];
            if (q->rest.alive[f->first + e] && better != LIT_TRUE)
                sat_prefer(q->s, best && e >= p->held[i] ? better : -better);
        }
    }
}

/* False when there is no such matching at all. */
static bool asking_open(struct proving *p, struct asking *q)
{
    *q = (struct asking){.mem = ARENA_INIT};
    reduce_market(&p->v, p->soft, &q->rest, &q->mem);
    if (q->rest.contradiction)
        return false;
    clauses_build(&p->v, &q->rest, false, &q->clauses, &q->mem);
    q->s = sat_open();
    cores_open(&q->cores, &q->clauses.formula, q->s, p->options.conflicts,
               &q->mem);
    return true;
}

static void asking_close(struct proving *p, struct asking *q)
{
    struct prove_result *out = p->out;
    if (q->s) {
        const struct formula *f = &q->clauses.formula;
        if (f->n_clauses > out->clauses) {
            out->clauses = f->n_clauses;
            out->variables = (size_t)f->n_variables;
        }
        out->questions += q->cores.questions;
        cores_release(&q->cores);
        sat_close(q->s);
        formula_release(&q->clauses.formula);
    }
    arena_release(&q->mem);
}

static void read_solution(struct proving *p, struct asking *q)
{
    clauses_read(&p->v, &q->rest, &q->clauses, q->s, p->solution);
    keep_if_better(p, p->solution);
}

static enum sat_answer decide(struct proving *p)
{
    struct asking q;
    enum sat_answer answer = SAT_NO;
    bool open = asking_open(p, &q);
    p->out->entries_left = rest_entries(&p->v, &q.rest);
    if (open)
        answer = cores_any(&q.cores);
    if (answer == SAT_YES)
        read_solution(p, &q);
    asking_close(p, &q);
    return answer;
}

/* One cost for each household, its blocking entries the inputs. */
static void add_blocked(struct proving *p, struct asking *q)
{
    for (size_t i = 0; i < p->v.m->n_families; i++) {
        const struct prove_family *f = &p->v.families[i];
        struct buf inputs = BUF_INIT;
        for (size_t e = 0; e < f->n; e++)
            if (q->clauses.blocks[f->first + e])
                buf_add(&inputs, &q->clauses.blocks[f->first + e], sizeof(int));
        if (inputs.len)
            cores_add(&q->cores, q->clauses.blocked[i],
                      (const int *)(const void *)inputs.bytes,
                      inputs.len / sizeof(int));
        buf_release(&inputs);
    }
}

static int fewer(int limit, int conflicts)
{
    return limit > 0 && limit < conflicts ? limit : conflicts;
}

static void allow_blocking(struct proving *p, struct asking *q, size_t most)
{
    struct buf all = BUF_INIT;
    int *sum;
    for (size_t e = 0; e < p->v.n_entries; e++)
        if (q->clauses.blocks[e])
            buf_add(&all, &q->clauses.blocks[e], sizeof(int));
    size_t n =
        formula_sum(&q->clauses.formula, (const int *)(const void *)all.bytes,
                    all.len / sizeof(int), most + 1, &sum, &q->mem);
    if (n > most)
        formula_clause(&q->clauses.formula, (int[]){-sum[most]}, 1);
    buf_release(&all);
}

/* Only the households that are soft now may block, and at most so often. */
static enum sat_answer ask_soft(struct proving *p, size_t most, int conflicts)
{
    struct asking q;
    enum sat_answer answer = SAT_NO;
    if (asking_open(p, &q)) {
        allow_blocking(p, &q, most);
        q.cores.conflicts = conflicts;
        prefer(p, &q, true);
        answer = cores_any(&q.cores);
        if (answer == SAT_YES)
            read_solution(p, &q);
    }
    asking_close(p, &q);
    return answer;
}

/* Marks the households of which one at least, for each core, has a blocking
 * entry in whatever matching; nobody else has one in the best. */
static enum sat_answer find_cores(struct proving *p, int conflicts)
{
    struct asking q;
    size_t n = p->v.m->n_families, nth = 0;
    for (size_t i = 0; i < n; i++)
        p->soft[i] = true;
    bool open = asking_open(p, &q);
    assert(open); /* everybody may stay */
    (void)open;
    q.cores.conflicts = fewer(p->options.conflicts, conflicts);
    prefer(p, &q, false);
    add_blocked(p, &q);
    enum sat_answer answer = cores_least(&q.cores, p->best.blocking);
    assert(answer != SAT_NO);
    if (q.cores.low > p->out->blocking_low)
        p->out->blocking_low = q.cores.low;
    if (q.cores.low < p->best.blocking && answer == SAT_YES)
        read_solution(p, &q);
    p->cores_apart = cores_apart(&q.cores);
    p->n_cores = q.cores.low;
    for (size_t i = 0; i < n; i++) {
        p->core[i] = q.clauses.blocked[i] ? cores_core(&q.cores, nth++) : 0;
        p->soft[i] = p->core[i] != 0;
    }
    asking_close(p, &q);
    return answer;
}

/* Can the blocking entry of the core be in this part of it? */
static void try_part(struct proving *p, size_t core, const size_t *members,
                     size_t from, size_t to)
{
    for (size_t i = 0; i < p->v.m->n_families; i++)
        p->soft[i] = p->core[i] != 0 && p->core[i] != core;
    for (size_t k = from; k < to; k++)
        p->soft[members[k]] = true;
    if (ask_soft(p, p->out->blocking_low,
                 fewer(p->options.conflicts, PART_CONFLICTS)) == SAT_NO) {
        for (size_t k = from; k < to; k++)
            p->core[members[k]] = 0;
    } else if (to - from > 1) {
        size_t half = from + (to - from) / 2;
        try_part(p, core, members, from, half);
        try_part(p, core, members, half, to);
    }
}

/* A core names hundreds of households; few of them can pay for it. False when
 * none of one core can, if every core costs 1. */
static bool narrow_cores(struct proving *p)
{
    bool payable = true;
    size_t n = p->v.m->n_families;
    size_t *members = ARENA_ARRAY(&p->scratch, size_t, n);
    for (size_t core = 1; core <= p->n_cores && p->cores_apart; core++) {
        size_t n_members = 0, left = 0;
        for (size_t i = 0; i < n; i++)
            if (p->core[i] == core)
                members[n_members++] = i;
        for (size_t from = 0; from < n_members; from += PART_HOUSEHOLDS) {
            size_t to = from + PART_HOUSEHOLDS;
            try_part(p, core, members, from, to < n_members ? to : n_members);
        }
        for (size_t k = 0; k < n_members; k++)
            left += p->core[members[k]] != 0;
        payable = payable && left > 0;
    }
    for (size_t i = 0; i < n; i++)
        p->soft[i] = p->core[i] != 0;
    return payable;
}

/* Leaves `soft` with the households that may have blocking entries in a
 * matching that has the fewest. */
static enum sat_answer minimize(struct proving *p)
{
    size_t *low = &p->out->blocking_low;
    if (p->options.goal == PROVE_MINIMUM && p->best.blocking == *low)
        return SAT_YES;
    find_cores(p, CORE_CONFLICTS);
    bool payable = p->n_cores == 0 || narrow_cores(p);
    if (!payable) { /* so it costs more than the cores say */
        ++*low;
        find_cores(p, LATE_CORE_CONFLICTS);
        if (p->n_cores == *low)
            narrow_cores(p);
    }
    p->soft_unknown = p->n_cores < *low;
    if (*low < p->best.blocking &&
        ask_soft(p, *low, p->options.conflicts) == SAT_OPEN)
        return SAT_OPEN;
    return *low == p->best.blocking ? SAT_YES : SAT_OPEN;
}

/* Children without a place cost. Returns how many never have one. */
static size_t add_unplaced(struct proving *p, struct asking *q)
{
    size_t never = 0;
    clauses_placed(&p->v, &q->rest, &q->clauses, &q->mem);
    for (size_t c = 0; c < p->v.m->n_children; c++) {
        int unplaced = -q->clauses.placed[c];
        never += unplaced == LIT_TRUE;
        if (unplaced != LIT_TRUE && unplaced != LIT_FALSE)
            cores_add(&q->cores, unplaced, &unplaced, 1);
    }
    return never;
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
            answer = sat_solve(q->s, p->options.conflicts);
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
    size_t children = p->v.m->n_children;
    bool canonical = p->options.goal >= PROVE_CANONICAL;
    bool open = asking_open(p, &q);
    assert(open);
    (void)open;
    allow_blocking(p, &q, p->out->blocking_low);
    size_t never = add_unplaced(p, &q);
    prefer(p, &q, true);
    /* As many as are placed already need no other solution to be shown. */
    size_t known = canonical ? SIZE_MAX : children - never - p->best.placed;
    enum sat_answer answer =
        known == 0 ? SAT_YES : cores_least(&q.cores, known);
    assert(answer != SAT_NO);
    p->out->placed_high = children - never - q.cores.low;
    if (answer == SAT_YES && q.cores.low < known) {
        read_solution(p, &q);
        if (canonical && (answer = make_canonical(p, &q)) == SAT_YES)
            keep_canonical(p);
    }
    assert(answer != SAT_YES || p->best.placed == p->out->placed_high);
    asking_close(p, &q);
    return answer;
}

/* Goes on until the goal or the limit. */
static enum sat_answer prove(struct proving *p)
{
    struct prove_result *out = p->out;
    enum sat_answer answer = decide(p);
    if (answer == SAT_OPEN)
        return answer;
    out->verdict = answer == SAT_YES ? PROVE_STABLE : PROVE_NONE_STABLE;
    out->blocking_low = answer == SAT_NO;
    if (answer == SAT_NO && p->options.goal >= PROVE_MINIMUM)
        if (minimize(p) == SAT_OPEN)
            return SAT_OPEN;
    if (p->options.goal < PROVE_MAXIMUM)
        return SAT_YES;
    if (p->soft_unknown)
        return SAT_OPEN;
    return maximize(p);
}

bool prove_market(const struct market *m, struct prove_options options,
                  struct prove_result *out, struct arena *a)
{
    struct proving p = {.options = options, .out = out, .scratch = ARENA_INIT};
    *out = (struct prove_result){.placed_high = m->n_children};
    view_build(m, &p.v, &p.scratch);
    out->entries = p.v.n_entries;
    begin(&p);
    out->limited = prove(&p) == SAT_OPEN;
    out->blocking_high = p.best.blocking;
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
