/*
 * The placement that was made by hand, against that of a run: how often they
 * agree, and why they differ where they do, by the rules.
 *
 * The file: 児童番号 and 施設番号 (empty: no place; the place a child has
 * already, where it stays); other columns are passed over.
 */
#ifndef NYUSHO_REPORT_MANUAL_RESULT_H
#define NYUSHO_REPORT_MANUAL_RESULT_H

#include "core/buf.h"
#include "report/outputs.h"

struct manual_place {
    const struct applicant *applicant;
    const struct facility *facility; /* NULL: none */
    bool told;                       /* the file has this child */
    bool agrees;
};

struct manual_result {
    const struct run_result *run;
    struct manual_place *places; /* parallel to run->applicants */
    size_t n_told, n_agree;
};

/* Owned by the arena. Errors: CSV ones, "missing-column", "unknown-child" (it
 * does not apply), "duplicate-child", "unknown-facility". */
bool manual_result_load(const struct run_result *run, const char *bytes,
                        size_t len, const char *name, struct manual_result *out,
                        struct arena *a, struct diag *d);
/* Agreement in thousandths of a per cent of those told, rounded down: 100,000
 * only where all agree. 0 when none is told. */
int manual_result_agreement(const struct manual_result *m);

/* compare_manual.csv: a row per child. */
void write_compare_manual(const struct manual_result *m, struct csv_writer *w,
                          enum lang lang);
/* The short table: agreement, and at most `most` differences. */
void manual_result_text(const struct manual_result *m, size_t most,
                        enum lang lang, struct buf *out);

#endif
