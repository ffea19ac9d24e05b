/*
 * Who moves between two placements, and by which chain: a seat comes free, a
 * child takes it and leaves its own, which the next child takes.
 *
 *     struct move moves[] = {{.from = 7, .to = 3, .rank = 2}, …};
 *     move_chains(moves, n, changes, n_changes, &out, &mem);
 *     for (size_t i = 0; i < out.items[0].n; i++)
 *         tell(&moves[out.order[out.items[0].first + i]]);
 *
 * Seats of a pool are alike, so who took which is a reading: of those who come
 * to a pool, best ranked first, the first take the seats that were added, the
 * next those left by others, of their class before the rest of the pool, the
 * last those that were empty. Nobody takes two and no seat is taken twice, so
 * every move stands in one chain, and a chain ends or comes back to its
 * beginning.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_MOVES_H
#define NYUSHO_SCORING_PLACEMENT_MOVES_H

#include "scoring/placement/market.h"

/* Of one child. Pools are any numbers that tell them apart; MARKET_NONE is no
 * place. */
struct move {
    int32_t from, to;
    int from_class, to_class;
    int32_t rank; /* at `to`: smaller is better; equal ones by their index */
};

/* Seats of a pool that there are more (by > 0) or fewer in the second
 * placement. Pools without a change are not listed; none is listed twice. */
struct seat_change {
    int32_t pool, by;
};

/* What the first child of a chain does. */
enum chain_start {
    CHAIN_ADDED,     /* takes a seat that was added */
    CHAIN_WAS_EMPTY, /* takes a seat that was empty before */
    CHAIN_LEAVES,    /* has no place any more */
    CHAIN_CYCLE,     /* takes the seat of the last one */
    N_CHAIN_STARTS,
};
/* What the last one leaves. */
enum chain_end {
    CHAIN_FROM_NONE,   /* nothing: it had no place */
    CHAIN_LEFT_EMPTY,  /* a seat that nobody takes */
    CHAIN_SEAT_GONE,   /* a seat that there is no more */
    CHAIN_FIRST_TAKES, /* the seat of the first one: a cycle */
    N_CHAIN_ENDS,
};

/* Each move takes the seat that the move before it left. */
struct move_chain {
    size_t first, n; /* positions in `order` */
    enum chain_start start;
    enum chain_end end;
};

struct move_chains {
    size_t *order; /* indexes of moves, chain after chain */
    struct move_chain *items;
    size_t n;
};

/* Every move has a place on one side at least. Those that begin with
 * an added seat come first, cycles last; among them in order of their first
 * moves. Owned by the arena. */
void move_chains(const struct move *moves, size_t n,
                 const struct seat_change *changes, size_t n_changes,
                 struct move_chains *out, struct arena *a);

#endif
