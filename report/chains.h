/*
 * The chains in which children move between two results, in words.
 *
 *     〔増えた枠 0001・3歳〕 児童 1025-2 0002→0001 ⇒ 児童 1026-1 保留→0002
 *
 * Special seats are seats of their own: "0001#加配".
 */
#ifndef NYUSHO_REPORT_CHAINS_H
#define NYUSHO_REPORT_CHAINS_H

#include "core/buf.h"
#include "report/result.h"
#include "scoring/placement/moves.h"

/* One child that moves. */
struct moved {
    const struct applicant *of[2];  /* before, after; NULL: did not apply */
    const struct seat_place *at[2]; /* NULL: none */
};

/* `moved` and `moves` are parallel. */
struct chain_list {
    const struct moved *moved;
    const struct move *moves;
    size_t n_moves;
    struct move_chains chains;
};

/* Where the child is: placed, or enrolled all along. NULL: nowhere. */
const struct facility *applicant_place(const struct applicant *a);
/* And which of its kinds of seats it has; NULL for no applicant. */
const struct seat_place *applicant_seat(const struct run_result *r,
                                        const struct applicant *a);
/* Between two results of one case. Owned by the arena. */
void chains_between(const struct run_result *before,
                    const struct run_result *after, const struct moved *moved,
                    size_t n, struct chain_list *out, struct arena *a);
/* What begins and what ends a chain, without places. */
struct label chain_start_label(enum chain_start s);
struct label chain_end_label(enum chain_end e);
/* "保留", "申込なし", or the seats: a child on one side. */
const char *moved_place(const struct moved *m, int side, enum lang lang);
/* The child's number. */
const char *moved_child(const struct moved *m);
/* The whole chain in one line. */
const char *chain_text(const struct chain_list *l, size_t chain, enum lang lang,
                       struct arena *a);

#endif
