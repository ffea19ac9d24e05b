#include "scoring/placement/moves.h"

#include <stdlib.h>

#define NO_MOVE ((size_t)-1)

/* One end of a move, filed under its pool. */
struct end {
    int32_t pool, rank;
    int class_age;
    size_t move;
    bool done;
};

struct work {
    const struct move *moves;
    struct end *leavers, *comers;
    size_t n_leavers, n_comers;
    size_t *next, *before; /* per move: who takes its seat, whose it takes */
    bool *gone, *added;    /* per move: of the seat it leaves, it takes */
};

static int by_pool(const void *x, const void *y)
{
    const struct end *a = x, *b = y;
    if (a->pool != b->pool)
        return a->pool < b->pool ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return (a->move > b->move) - (a->move < b->move);
}

static void file_ends(struct work *w, size_t n, struct arena *scratch)
{
    w->leavers = ARENA_ARRAY(scratch, struct end, n);
    w->comers = ARENA_ARRAY(scratch, struct end, n);
    for (size_t i = 0; i < n; i++) {
        const struct move *m = &w->moves[i];
        if (m->from != MARKET_NONE)
            w->leavers[w->n_leavers++] =
                (struct end){m->from, 0, m->from_class, i, false};
        if (m->to != MARKET_NONE)
            w->comers[w->n_comers++] =
                (struct end){m->to, m->rank, m->to_class, i, false};
    }
    if (w->n_leavers)
        qsort(w->leavers, w->n_leavers, sizeof *w->leavers, by_pool);
    if (w->n_comers)
        qsort(w->comers, w->n_comers, sizeof *w->comers, by_pool);
}

static int32_t change_of(const struct seat_change *changes, size_t n,
                         int32_t pool)
{
    for (size_t i = 0; i < n; i++)
        if (changes[i].pool == pool)
            return changes[i].by;
    return 0;
}

static size_t pool_end(const struct end *list, size_t n, size_t from)
{
    size_t to = from;
    while (to < n && list[to].pool == list[from].pool)
        to++;
    return to;
}

/* Those left of one pool take the seats left of it. */
static void pair(struct work *w, size_t l, size_t l_end, size_t c, size_t c_end,
                 bool whole_pool)
{
    for (size_t i = c; i < c_end; i++) {
        struct end *comer = &w->comers[i];
        for (size_t k = l; k < l_end && !comer->done; k++) {
            struct end *leaver = &w->leavers[k];
            if (leaver->done ||
                (!whole_pool && leaver->class_age != comer->class_age))
                continue;
            leaver->done = comer->done = true;
            w->next[leaver->move] = comer->move;
            w->before[comer->move] = leaver->move;
        }
    }
}

static void pair_pool(struct work *w, size_t l, size_t l_end, size_t c,
                      size_t c_end, int32_t change)
{
    for (size_t i = c; i < c_end && change > 0; i++, change--)
        w->added[w->comers[i].move] = w->comers[i].done = true;
    pair(w, l, l_end, c, c_end, false);
    pair(w, l, l_end, c, c_end, true);
    for (size_t k = l; k < l_end && change < 0; k++)
        if (!w->leavers[k].done) {
            w->gone[w->leavers[k].move] = true;
            change++;
        }
}

static void pair_all(struct work *w, const struct seat_change *changes,
                     size_t n_changes)
{
    size_t l = 0, c = 0;
    while (l < w->n_leavers || c < w->n_comers) {
        bool leaver_next =
            c == w->n_comers ||
            (l < w->n_leavers && w->leavers[l].pool < w->comers[c].pool);
        int32_t pool = leaver_next ? w->leavers[l].pool : w->comers[c].pool;
        size_t l_end = l, c_end = c;
        if (l < w->n_leavers && w->leavers[l].pool == pool)
            l_end = pool_end(w->leavers, w->n_leavers, l);
        if (c < w->n_comers && w->comers[c].pool == pool)
            c_end = pool_end(w->comers, w->n_comers, c);
        pair_pool(w, l, l_end, c, c_end, change_of(changes, n_changes, pool));
        l = l_end;
        c = c_end;
    }
}

/* From `first` on; returns where the next chain begins in `order`. */
static size_t follow(const struct work *w, size_t first, size_t at,
                     struct move_chains *out)
{
    struct move_chain *chain = &out->items[out->n++];
    const struct move *m = &w->moves[first];
    *chain = (struct move_chain){.first = at, .start = CHAIN_CYCLE};
    size_t i = first, last = first;
    do {
        out->order[at + chain->n++] = last = i;
        i = w->next[i];
    } while (i != NO_MOVE && i != first);
    if (w->before[first] == NO_MOVE)
        chain->start = m->to == MARKET_NONE ? CHAIN_LEAVES
                       : w->added[first]    ? CHAIN_ADDED
                                            : CHAIN_WAS_EMPTY;
    chain->end = i == first                           ? CHAIN_FIRST_TAKES
                 : w->moves[last].from == MARKET_NONE ? CHAIN_FROM_NONE
                 : w->gone[last]                      ? CHAIN_SEAT_GONE
                                                      : CHAIN_LEFT_EMPTY;
    return at + chain->n;
}

/* Added seats first; what no chain reaches from its beginning goes in
 * circles. */
static bool begins(const struct work *w, size_t move, int pass)
{
    if (pass == 0)
        return w->added[move];
    return pass == 2 || w->before[move] == NO_MOVE;
}

static void follow_all(const struct work *w, size_t n, struct move_chains *out,
                       struct arena *scratch)
{
    bool *told = ARENA_ARRAY(scratch, bool, n);
    size_t at = 0;
    for (int pass = 0; pass <= 2; pass++)
        for (size_t i = 0; i < n; i++) {
            if (told[i] || !begins(w, i, pass))
                continue;
            size_t from = at;
            at = follow(w, i, at, out);
            for (size_t k = from; k < at; k++)
                told[out->order[k]] = true;
        }
}

void move_chains(const struct move *moves, size_t n,
                 const struct seat_change *changes, size_t n_changes,
                 struct move_chains *out, struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    struct work w = {.moves = moves};
    w.next = ARENA_ARRAY(&scratch, size_t, n);
    w.before = ARENA_ARRAY(&scratch, size_t, n);
    w.gone = ARENA_ARRAY(&scratch, bool, n);
    w.added = ARENA_ARRAY(&scratch, bool, n);
    for (size_t i = 0; i < n; i++)
        w.next[i] = w.before[i] = NO_MOVE;
    file_ends(&w, n, &scratch);
    pair_all(&w, changes, n_changes);
    *out = (struct move_chains){.order = ARENA_ARRAY(a, size_t, n),
                                .items = ARENA_ARRAY(a, struct move_chain, n)};
    follow_all(&w, n, out, &scratch);
    arena_release(&scratch);
}
