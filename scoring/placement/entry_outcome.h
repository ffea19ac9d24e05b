/*
 * Why a household with siblings holds this entry and no better one. Computed
 * from the market and the finished matching alone, as cutoff.h does for each
 * child: an entry is refused where, without the household's own seats, one of
 * its children would not be chosen together with the others.
 *
 *     struct entry_judge j;
 *     entry_judge_open(&j, m, &placement.matching, &run);
 *     n = entry_judge_family(&j, family, outcomes, room);
 */
#ifndef NYUSHO_SCORING_PLACEMENT_ENTRY_OUTCOME_H
#define NYUSHO_SCORING_PLACEMENT_ENTRY_OUTCOME_H

#include "scoring/placement/desk_entry.h"

struct entry_judge {
    struct desk desk;
    struct seat *before;
};

struct entry_outcome {
    /* Every facility in it would accept: the household blocks. `why` is then
     * of no meaning. */
    bool accepted;
    struct seat_refusal why;
};

void entry_judge_open(struct entry_judge *j, const struct market *m,
                      const struct matching *held, struct arena *a);
/* How many entries the household would rather have; the first `room` of them
 * go to `out`. */
size_t entry_judge_family(struct entry_judge *j, int32_t family,
                          struct entry_outcome *out, size_t room);

#endif
