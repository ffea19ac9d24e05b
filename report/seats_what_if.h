/*
 * What one more seat would change, for every facility and class, and which
 * seats stay empty: what a planner asks after a round.
 *
 * Each answer is the whole market placed again with one seat more in that
 * class, by the method of the run; nothing is estimated.
 */
#ifndef NYUSHO_REPORT_SEATS_WHAT_IF_H
#define NYUSHO_REPORT_SEATS_WHAT_IF_H

#include "report/chains.h"
#include "report/outputs.h"
#include "report/sheet.h"

/* One facility and class, with one seat more. */
struct seat_answer {
    const struct contest *contest;
    size_t waiting; /* would rather be here than where they are */
    int left;       /* empty as it is; classes of one pool share no seat */
    int placed;     /* more children with a place */
    size_t better;  /* with a better wish, or a place at last */
    size_t worse;   /* siblings and turns can make that happen */
    struct chain_list chains;
};

struct class_sum {
    size_t applicants, waiting; /* waiting: 保留 */
    int64_t left;
    size_t helps; /* facilities where one more seat places a child */
};

struct seats_report {
    const struct run_result *run;
    struct seat_answer *answers;     /* parallel to run->contests */
    const struct seat_answer **best; /* those that change something: most
                                        placed, then better, then waiting */
    size_t n_best;
    struct class_sum by_class[N_CLASSES];
};

/* Owned by the arena; `run` is borrowed. False with "seats-not-one-market":
 * the run was not decided as one market, so adding a seat to one tells
 * nothing. */
bool seats_what_if(const struct run_result *run, struct seats_report *out,
                   struct arena *a, struct diag *d);

/* All chains of an answer in one line. */
const char *seat_answer_text(const struct seat_answer *s, enum lang lang,
                             struct arena *a);
/* The children who get a place at last, "0001|0007". */
const char *seat_answer_placed(const struct seat_answer *s, struct arena *a);
/* Why a seat is empty. */
struct label seat_empty_reason(const struct seat_answer *s);

/* seats_what_if.csv, seats_moves.csv and seats_empty.csv. */
void write_seats_what_if(const struct seats_report *r, struct csv_writer *w,
                         enum lang lang);
void write_seats_moves(const struct seats_report *r, struct csv_writer *w,
                       enum lang lang);
void write_seats_empty(const struct seats_report *r, struct csv_writer *w,
                       enum lang lang);

/* To read; at most `most` rows of each table. */
void seats_sheet(const struct seats_report *r, size_t most, enum lang lang,
                 struct sheet *out);
/* Waiting children and empty seats by class, as SVG. */
void seats_picture_classes(const struct seats_report *r, enum lang lang,
                           struct buf *out);
/* Facilities × classes, with a row for each kind of special seats, coloured by
 * what one more seat does there: the rows from the contest *next on that fit
 * one picture. *next moves on; it is run->n_contests at the end. */
void seats_picture_grid(const struct seats_report *r, size_t *next,
                        enum lang lang, struct buf *out);

#endif
