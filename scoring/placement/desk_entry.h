/*
 * A household before the facilities: all places of an entry at once, or none.
 *
 *     desk_give_back(d, f, before);
 *     if (!desk_take_entry(d, f, e, &why))
 *         desk_take_again(d, f, before);
 */
#ifndef NYUSHO_SCORING_PLACEMENT_DESK_ENTRY_H
#define NYUSHO_SCORING_PLACEMENT_DESK_ENTRY_H

#include "scoring/placement/desk.h"

/* Who was refused where; last: who holds the last seat, as
 * desk_last_holder(). */
struct seat_refusal {
    int32_t child, facility, last;
};

/* Where the entry puts the k-th child; none for one that is enrolled means
 * that it stays; an entry past the last is ω(f). */
int32_t entry_place(const struct market *m, const struct market_family *f,
                    int32_t entry, size_t k);
/* The entry is what the household has today. */
bool entry_is_today(const struct market *m, const struct market_family *f,
                    int32_t entry);
/* The slot of the child at the facility, SLOT_NONE. */
int32_t desk_slot(const struct desk *d, int32_t child, int32_t facility);

/* The children hold nothing then; what they held goes to `before`. */
void desk_give_back(struct desk *d, const struct market_family *f,
                    struct seat *before);
void desk_take_again(struct desk *d, const struct market_family *f,
                     const struct seat *before);
/* Of a household that holds nothing: every child is chosen, and none displaced
 * by another; whom they displace is in the journal. False, with nothing
 * changed and `why`, when one is not. ω(f) is always taken. */
bool desk_take_entry(struct desk *d, const struct market_family *f,
                     int32_t entry, struct seat_refusal *why);
/* Takes it back: as if it had not been taken. */
void desk_undo_entry(struct desk *d, const struct market_family *f);

#endif
