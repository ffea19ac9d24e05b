/*
 * The kinds of box that are reported one by one, with what is asked of them.
 * To add one: its row in the table of accuracy_group.c.
 */
#ifndef NYUSHO_BENCH_ACCURACY_GROUP_H
#define NYUSHO_BENCH_ACCURACY_GROUP_H

#include "bench/accuracy_rows.h"
#include "fixtures/outcome.h"
#include "records/policy.h"

enum group {
    GROUP_PRINT_NUMBERS, /* digits, dates, hours */
    GROUP_PRINT_KANA,
    GROUP_PRINT_TEXT, /* addresses, employers */
    GROUP_PRINT_NAMES,
    GROUP_HAND_CELLS,
    GROUP_HAND_NUMBERS, /* one beside the other, without cells */
    GROUP_HAND_TEXT,
    GROUP_TICKS,
    GROUP_RINGS,
    N_GROUPS
};

struct group_goal {
    struct label name;
    /* Shares in 1/100,000: right when accepted or first proposed, wrong among
     * accepted, accepted. right 0: no goal. */
    int right, silent, accepted;
};
extern const struct group_goal group_goals[N_GROUPS], digit_goal;

enum group group_of(const struct accuracy_row *row);
/* What a policy calls it. */
enum accept_kind group_accept_kind(const struct accuracy_row *row);
/* Would nobody be asked to look, at this threshold (permille)? */
bool row_is_sure(const struct accuracy_row *row, int threshold);

/* What rows come to. */
struct tally {
    long count[N_OUTCOMES];
    long letters, letters_wrong;           /* of the truth; by edit distance */
    long sure_letters, sure_letters_wrong; /* among the accepted */
};
/* An empty box that was read as empty is easy, and not counted. */
void tally_add(struct tally *t, const struct accuracy_row *row, int threshold);
/* Boxes of pages that were read: of the others a person sees the whole. */
long tally_all(const struct tally *t);

#endif
