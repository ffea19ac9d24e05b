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

/* A round in the making: its phases after some of the withdrawals. */
struct step {
    struct later_market *markets; /* by phase */
    struct matching *placed;
};

struct chaining {
    const struct round_phases *r;
    const struct matching *results;
    const struct round_method *method;
    struct arena *a;
};

/* The moves of one phase. Where ranks of two phases meet, the earlier one's
 * come first. */
static void phase_moves(const struct step *before, const struct step *after,
                        size_t phase, int32_t first_rank,
                        struct round_moves *out)
{
    const struct market *m = &after->markets[phase].market;
    const int32_t *from = before->placed[phase].place;
    const int32_t *to = after->placed[phase].place;
    for (size_t c = 0; c < m->n_children; c++) {
        int age = m->children[c].class_age;
        int32_t rank = 0;
        if (from[c] == to[c])
            continue;
        if (to[c] != MARKET_NONE)
            rank = rank_of(m, to[c], (int32_t)c);
        out->who[out->n] = (struct round_mover){phase, (int32_t)c};
        out->moves[out->n++] =
            (struct move){.from = pool_or_none(m, from[c], age),
                          .to = pool_or_none(m, to[c], age),
                          .from_class = age,
                          .to_class = age,
                          .rank = rank ? first_rank + rank : 0};
    }
}

static size_t count_moves(const struct chaining *x, const struct step *before,
                          const struct step *after)
{
    size_t n = 0;
    for (size_t p = 0; p < x->r->n; p++)
        for (size_t c = 0; c < after->placed[p].n; c++)
            n += before->placed[p].place[c] != after->placed[p].place[c];
    return n;
}

static void between(const struct chaining *x, const struct round_gone *g,
                    const struct step *before, const struct step *after,
                    struct round_moves *out)
{
    struct seat_change changes[2];
    size_t n_changes = seat_changes(&x->r->of[0].plain, g, changes);
    size_t n = count_moves(x, before, after);
    int32_t first_rank = 0;
    *out = (struct round_moves){.who = ARENA_ARRAY(x->a, struct round_mover, n),
                                .moves = ARENA_ARRAY(x->a, struct move, n)};
    for (size_t p = 0; p < x->r->n; p++) {
        phase_moves(before, after, p, first_rank, out);
        first_rank += (int32_t)after->placed[p].n;
    }
    move_chains(out->moves, out->n, changes, n_changes, &out->chains, x->a);
}

static void place(const struct chaining *x, const struct market *m,
                  struct matching *out)
{
    struct arena scratch = ARENA_INIT;
    struct placement p;
    if (x->method) {
        x->method->place(x->method->with, m, out);
        return;
    }
    place_market(m, (struct place_options){.log = false}, &p, &scratch);
    if (out->n)
        memcpy(out->place, p.matching.place, out->n * sizeof *out->place);
    arena_release(&scratch);
}

/* After n_done withdrawals. The result is there already. */
static void make_step(const struct chaining *x, size_t n_done, struct step *out,
                      struct arena *scratch)
{
    const struct round_phases *r = x->r;
    out->markets = ARENA_ARRAY(scratch, struct later_market, r->n);
    out->placed = ARENA_ARRAY(scratch, struct matching, r->n);
    for (size_t p = 0; p < r->n; p++) {
        size_t n = r->of[p].plain.n_children;
        round_phase_market(r, p, n_done, out->placed, &out->markets[p],
                           scratch);
        out->placed[p] = (struct matching){ARENA_ARRAY(scratch, int32_t, n), n};
        if (n_done < r->n_gone)
            place(x, &out->markets[p].market, &out->placed[p]);
        else if (n)
            memcpy(out->placed[p].place, x->results[p].place,
                   n * sizeof(int32_t));
    }
}

static void keep_start(const struct chaining *x, const struct step *first,
                       struct round_chains *out)
{
    out->start = ARENA_ARRAY(x->a, struct matching, x->r->n);
    for (size_t p = 0; p < x->r->n; p++) {
        size_t n = first->placed[p].n;
        out->start[p] = (struct matching){ARENA_ARRAY(x->a, int32_t, n), n};
        if (n)
            memcpy(out->start[p].place, first->placed[p].place,
                   n * sizeof(int32_t));
    }
}

void round_chains(const struct round_phases *r, const struct matching *results,
                  const struct round_method *method, struct round_chains *out,
                  struct arena *a)
{
    const struct chaining x = {r, results, method, a};
    struct arena mem[2] = {ARENA_INIT, ARENA_INIT}; /* of two steps in a row */
    struct step steps[2];
    out->of = ARENA_ARRAY(a, struct round_moves, r->n_gone);
    for (size_t i = 0; i <= r->n_gone; i++) {
        arena_release(&mem[i % 2]);
        make_step(&x, i, &steps[i % 2], &mem[i % 2]);
        if (i)
            between(&x, &r->gone[i - 1], &steps[(i + 1) % 2], &steps[i % 2],
                    &out->of[i - 1]);
        else
            keep_start(&x, &steps[0], out);
    }
    arena_release(&mem[0]);
    arena_release(&mem[1]);
}
