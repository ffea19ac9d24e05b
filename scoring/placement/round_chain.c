#include "scoring/placement/round_chain.h"

#include "scoring/placement/place.h"

#include <string.h>

int32_t round_pool(const struct market *m, int32_t facility, int class_age)
{
    unsigned pool = m->facilities[facility].pool[class_age];
    return facility * MARKET_CLASSES + __builtin_ctz(pool);
}

static int32_t rank_of(const struct market *m, int32_t facility, int32_t child)
{
    const struct market_facility *f = &m->facilities[facility];
    for (size_t i = 0; i < f->n_priority; i++)
        if (f->priority[i] == child)
            return (int32_t)i + 1;
    return 0; /* at its own place it stands before everyone */
}

/* The seat that the withdrawal gave back, and the one that it took up. */
static size_t seat_changes(const struct market *m, const struct round_gone *g,
                           struct seat_change out[2])
{
    size_t n = 0;
    if (g->held != MARKET_NONE)
        out[n++] =
            (struct seat_change){round_pool(m, g->held, g->class_age), 1};
    if (g->back != MARKET_NONE)
        out[n++] =
            (struct seat_change){round_pool(m, g->back, g->class_age), -1};
    if (n == 2 && out[0].pool == out[1].pool)
        n = 0;
    return n;
}

static int32_t pool_or_none(const struct market *m, int32_t facility, int age)
{
    return facility == MARKET_NONE ? MARKET_NONE : round_pool(m, facility, age);
}

static void between(const struct market *m, const struct round_gone *g,
                    const int32_t *before, const int32_t *after,
                    struct round_moves *out, struct arena *a)
{
    struct seat_change changes[2];
    size_t n_changes = seat_changes(m, g, changes), n = 0;
    for (size_t c = 0; c < m->n_children; c++)
        n += before[c] != after[c];
    *out = (struct round_moves){.children = ARENA_ARRAY(a, int32_t, n),
                                .moves = ARENA_ARRAY(a, struct move, n)};
    for (size_t c = 0; c < m->n_children; c++) {
        int age = m->children[c].class_age;
        int32_t child = (int32_t)c;
        if (before[c] == after[c])
            continue;
        out->children[out->n] = child;
        out->moves[out->n++] = (struct move){
            .from = pool_or_none(m, before[c], age),
            .to = pool_or_none(m, after[c], age),
            .from_class = age,
            .to_class = age,
            .rank = after[c] == MARKET_NONE ? 0 : rank_of(m, after[c], child)};
    }
    move_chains(out->moves, out->n, changes, n_changes, &out->chains, a);
}

static void place(const struct market *m, int32_t *out)
{
    struct arena scratch = ARENA_INIT;
    struct placement p;
    place_market(m, (struct place_options){.log = false}, &p, &scratch);
    if (p.matching.n)
        memcpy(out, p.matching.place, p.matching.n * sizeof *out);
    arena_release(&scratch);
}

void round_chains(const struct market *plain, const struct round *r,
                  const struct matching *result, struct round_chains *out,
                  struct arena *a)
{
    struct arena mem = ARENA_INIT;
    size_t n = plain->n_children;
    int32_t *before = ARENA_ARRAY(&mem, int32_t, n);
    int32_t *after = ARENA_ARRAY(&mem, int32_t, n);
    out->of = ARENA_ARRAY(a, struct round_moves, r->n_gone);
    out->start = (struct matching){ARENA_ARRAY(a, int32_t, n), n};
    for (size_t i = 0; i <= r->n_gone; i++) {
        struct arena scratch = ARENA_INIT;
        struct later_market later;
        round_market(plain, r, i, &later, &scratch);
        if (i == r->n_gone && n)
            memcpy(after, result->place, n * sizeof *after);
        else
            place(&later.market, after);
        if (i)
            between(&later.market, &r->gone[i - 1], before, after,
                    &out->of[i - 1], a);
        else if (n)
            memcpy(out->start.place, after, n * sizeof *after);
        int32_t *swap = before;
        before = after;
        after = swap;
        arena_release(&scratch);
    }
    arena_release(&mem);
}
