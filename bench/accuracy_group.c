#include "bench/accuracy_group.h"

#include "core/text.h"

#include <string.h>

const struct group_goal group_goals[N_GROUPS] = {
    [GROUP_PRINT_NUMBERS] = {.name = {"印字の数字・日付・時間",
                                      "printed digits, dates, hours"},
                             .right = 99500,
                             .silent = 50,
                             .accepted = 98000},
    [GROUP_PRINT_KANA] = {.name = {"印字のカナ", "printed kana"},
                          .right = 97000,
                          .silent = 100,
                          .accepted = 85000},
    [GROUP_PRINT_TEXT] = {.name = {"印字の住所・勤め先など",
                                   "printed addresses, employers"},
                          .right = 97000,
                          .silent = 100,
                          .accepted = 85000},
    [GROUP_PRINT_NAMES] = {.name = {"印字の漢字氏名", "printed kanji names"}},
    [GROUP_HAND_CELLS] = {.name = {"手書きの数字 (一字一枠)",
                                   "handwritten digits in cells"}},
    [GROUP_HAND_NUMBERS] = {.name = {"手書きの数字 (枠なし)",
                                     "handwritten digits, no cells"}},
    [GROUP_HAND_TEXT] = {.name = {"手書きの文字", "handwritten text"}},
    [GROUP_TICKS] = {.name = {"□印", "ticks"},
                     .right = 99800,
                     .silent = 20,
                     .accepted = 99000},
    [GROUP_RINGS] = {.name = {"○囲み", "rings"},
                     .right = 99800,
                     .silent = 20,
                     .accepted = 99000},
};
/* Of handwritten numbers the digits are counted, letter by letter. */
const struct group_goal digit_goal = {
    .name = {"  うち一字ごと", "  digit by digit"},
    .right = 98500,
    .silent = 100,
    .accepted = 90000};

static bool is_printed(const struct accuracy_row *row)
{
    return strncmp(row->hand, "handwriting", strlen("handwriting")) != 0;
}

enum group group_of(const struct accuracy_row *row)
{
    switch (row->kind) {
    case FILL_DIGITS:
    case FILL_DATE:
        return is_printed(row)               ? GROUP_PRINT_NUMBERS
               : strstr(row->type, " cells") ? GROUP_HAND_CELLS
                                             : GROUP_HAND_NUMBERS;
    case FILL_TICK:
        return GROUP_TICKS;
    case FILL_RING:
        return GROUP_RINGS;
    case FILL_HANDWRITING:
        return GROUP_HAND_TEXT;
    default:
        return strcmp(row->type, "name") == 0   ? GROUP_PRINT_NAMES
               : strcmp(row->type, "kana") == 0 ? GROUP_PRINT_KANA
                                                : GROUP_PRINT_TEXT;
    }
}

enum accept_kind group_accept_kind(const struct accuracy_row *row)
{
    static const enum accept_kind kinds[N_FILL_KINDS] = {
        [FILL_PRINTED] = ACCEPT_PRINTED,
        /* Accepted at all, it was taken for print. */
        [FILL_HANDWRITING] = ACCEPT_PRINTED,
        [FILL_DIGITS] = ACCEPT_DIGITS,
        [FILL_DATE] = ACCEPT_DATES,
        [FILL_TICK] = ACCEPT_TICKS,
        [FILL_RING] = ACCEPT_RINGS};
    /* A length of time is written in digits and read with the dates. */
    return strncmp(row->type, "time", strlen("time")) == 0 ? ACCEPT_DATES
                                                           : kinds[row->kind];
}

bool row_is_sure(const struct accuracy_row *row, int threshold)
{
    return row->state == READING_BLANK ||
           (row->state == READING_ACCEPTED && row->confidence >= threshold);
}

static void add_letters(struct tally *t, const struct accuracy_row *row,
                        bool sure)
{
    struct arena a = ARENA_INIT;
    const char *truth = text_unspaced(text_nfkc(row->truth, &a), &a);
    const char *read = text_unspaced(text_nfkc(row->value, &a), &a);
    long n = (long)text_count(truth), wrong = text_distance(read, truth);
    t->letters += n;
    t->letters_wrong += wrong;
    if (sure) {
        t->sure_letters += n;
        t->sure_letters_wrong += wrong;
    }
    arena_release(&a);
}

void tally_add(struct tally *t, const struct accuracy_row *row, int threshold)
{
    bool sure = row_is_sure(row, threshold);
    bool unread = strcmp(row->reason, "page-not-read") == 0;
    enum outcome o =
        unread ? UNREAD : outcome_of(row->kind, sure, row->value, row->truth);
    if (o == RIGHT && !*row->truth)
        return;
    t->count[o]++;
    if (!unread)
        add_letters(t, row, sure);
}

long tally_all(const struct tally *t)
{
    long n = 0;
    for (int o = 0; o < N_OUTCOMES; o++)
        n += o == UNREAD ? 0 : t->count[o];
    return n;
}
