/*
 * nyusho score CASE --records DIR --out DIR: scores a folder of record CSV
 * files by the settings, rules and facilities of a case, without case.db, and
 * in memory that does not grow with the records.
 */
#ifndef NYUSHO_CLI_SCORE_RECORDS_H
#define NYUSHO_CLI_SCORE_RECORDS_H

#include "cli/cli.h"

/* An exit status. Writes scores.csv and score_lines.csv, both or neither.
 * Errors: those of the case's files, of record_stream.h and of scorer_open(),
 * "bad-option", "no-applicants", "unwritable-file"; warning "rules-untested".
 */
int score_records(struct cli *c, const char *folder, const char *records,
                  const char *out);

#endif
