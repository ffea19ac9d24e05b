/*
 * The files of a run. To add one: a writer in report/, a row in outputs.c, its
 * columns in docs/files.md. Headers are Japanese, English with --lang en.
 */
#ifndef NYUSHO_REPORT_OUTPUTS_H
#define NYUSHO_REPORT_OUTPUTS_H

#include "core/csv.h"
#include "report/result.h"

struct output_style {
    struct csv_style csv;
    enum lang lang;
    bool names; /* 氏名 in ranking.csv, on request */
};

/* Writes every file of the table into `folder`. */
bool outputs_write(const struct run_result *r, const char *folder,
                   struct output_style style, struct diag *d);
/* Then findings.csv and, last, run.json with the hash of every file: a folder
 * with run.json is whole. */
bool outputs_finish(const struct run_result *r, const char *folder,
                    struct output_style style, struct diag *d);

/* Writers, one file each. */
bool write_applications(const struct run_result *r, struct csv_writer *w,
                        const struct output_style *s, struct diag *d);
bool write_scores(const struct run_result *r, struct csv_writer *w,
                  const struct output_style *s, struct diag *d);
bool write_score_lines(const struct run_result *r, struct csv_writer *w,
                       const struct output_style *s, struct diag *d);
bool write_ranking(const struct run_result *r, struct csv_writer *w,
                   const struct output_style *s, struct diag *d);
bool write_placements(const struct run_result *r, struct csv_writer *w,
                      const struct output_style *s, struct diag *d);
bool write_cutoffs(const struct run_result *r, struct csv_writer *w,
                   const struct output_style *s, struct diag *d);
bool write_waiting(const struct run_result *r, struct csv_writer *w,
                   const struct output_style *s, struct diag *d);
/* Of later rounds only. */
bool write_round(const struct run_result *r, struct csv_writer *w,
                 const struct output_style *s, struct diag *d);
bool write_round_chains(const struct run_result *r, struct csv_writer *w,
                        const struct output_style *s, struct diag *d);
/* Any list of findings, also those of `read`. */
void write_findings(const struct diag *findings, struct csv_writer *w,
                    enum lang lang);
/* `files`: what the run wrote, by name below its folder. */
char *run_json_text(const struct run_result *r, const struct run_input *files,
                    size_t n_files, struct arena *a);

/* What to do about a finding, by its check name; "" when there is no advice
 * beyond the message. One row per check in advice.c. */
struct label advice_find(const char *check);

/* The last column of every file of a run, 実行区分: its label and its value. */
extern const struct label run_kind_column;
void csv_run_kind(struct csv_writer *w, const struct run_result *r,
                  enum lang lang);

/* Writes a header row. */
void csv_header(struct csv_writer *w, const struct label *columns, size_t n,
                enum lang lang);

/* The file of a market in inputs/: market.json; of phases one after another
 * market-1.json … */
const char *run_market_name(bool in_phases, size_t phase, struct arena *a);

#endif
