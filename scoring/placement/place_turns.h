/*
 * The two methods that published rules of some cities ask for beside `stable`.
 * Both give seats for good: nobody is displaced, and who leaves a current
 * place frees it only for those who come later. Households come in the order
 * of their turns, then by id; in every entry all seats or none.
 *
 * points_order: each household in its turn takes the best entry whose seats
 * are all free. An enrolled child's own seat is free only after its household
 * took another.
 *
 * preference_rounds: in round n those who hold nothing yet ask for their n-th
 * entry. Every facility chooses, best first by its own order within every cap,
 * from all who ask it in this round, within the seats that earlier rounds left
 * (own seats that were left are given from the next round on). Then the
 * households with siblings, the last turn first: one that was not given every
 * seat of its entry is struck out, and the facilities choose again without it.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PLACE_TURNS_H
#define NYUSHO_SCORING_PLACEMENT_PLACE_TURNS_H

#include "scoring/placement/place_work.h"

/* homes[].held and desk.held are the result. */
void place_points_order(struct placer *p);
void place_preference_rounds(struct placer *p);
/* Households by turn, then in market order; owned by the arena. */
int32_t *families_by_turn(const struct market *m, struct arena *a);

#endif
