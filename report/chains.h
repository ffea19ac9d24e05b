/*
 * The chains in which children move between two results, in words.
 *
 *     〔増えた枠 0001・3歳〕 児童 1025-2 0002→0001 ⇒ 児童 1026-1 保留→0002
 */
#ifndef NYUSHO_REPORT_CHAINS_H
#define NYUSHO_REPORT_CHAINS_H

#include "core/buf.h"
#include "report/result.h"
#include "scoring/placement/moves.h"

/* One child that moves. */
struct moved {
    const struct applicant *of[2]; /* before, after; NULL: did not apply */
    const struct facility *at[2];  /* NULL: none */
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
/* Between two results of one case. Owned by the arena. */
void chains_between(const struct run_result *before,
                    const struct run_result *after, const struct moved *moved,
                    size_t n, struct chain_list *out, struct arena *a);
/* A number for the seats that a class shares; any two facilities of one list
 * differ in it. */
int32_t seat_pool(const struct facilities *of, const struct facility *f,
                  int class_age);

/* What begins and what ends a chain, without places. */
struct label chain_start_label(enum chain_start s);
struct label chain_end_label(enum chain_end e);
/* "保留", "申込なし", or the facility's code: a child on one side. */
const char *moved_place(const struct moved *m, int side, enum lang lang);
/* The child's number. */
const char *moved_child(const struct moved *m);
/* The whole chain in one line. */
const char *chain_text(const struct chain_list *l, size_t chain, enum lang lang,
                       struct arena *a);

#endif
