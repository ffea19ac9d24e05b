/*
 * A facility as it chooses by the definition: best first, whoever still fits
 * in every group.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PROVE_PROVE_DOOR_H
#define NYUSHO_SCORING_PLACEMENT_PROVE_PROVE_DOOR_H

#include "scoring/placement/prove/prove_view.h"

struct prove_door {
    const struct prove_view *v;
    const bool *held; /* per bid; borrowed */
    size_t first, n;  /* groups of the facility at hand */
    int32_t *taken;   /* per group of it */
};

void door_make(struct prove_door *d, const struct prove_view *v,
               const bool *held, struct arena *a);
/* Nobody is inside. */
void door_open(struct prove_door *d, int32_t facility);
bool door_has_room(const struct prove_door *d, int32_t bid);
/* Takes the child of the bid; false when a group is full. */
bool door_take(struct prove_door *d, int32_t bid);
/* The facility of `bid`, one of the entry's `n` bids, chooses all whom the
 * entry sends there, among them and the holders of other households. */
bool door_chooses(struct prove_door *d, const int32_t *bids, size_t n,
                  int32_t bid);

#endif
