/*
 * Rows of scores.csv and score_lines.csv, child by child: for the files of a
 * run, and for scoring a stream of records.
 */
#ifndef NYUSHO_REPORT_SCORE_ROWS_H
#define NYUSHO_REPORT_SCORE_ROWS_H

#include "core/csv.h"
#include "scoring/points/score.h"

void score_rows_header(struct csv_writer *w, enum lang lang);
void score_line_rows_header(struct csv_writer *w, enum lang lang);

/* One child and its household's number. What is made in `scratch` is the
 * caller's to clear. */
struct scored_child {
    const struct scorer *scorer;
    const char *household;
    const struct child_score *score;
    const char *run_kind; /* 実行区分, the last column */
};
void score_rows_child(struct csv_writer *w, const struct scored_child *c,
                      enum lang lang, struct arena *scratch);
void score_line_rows_child(struct csv_writer *w, const struct scored_child *c,
                           enum lang lang, struct arena *scratch);

#endif
