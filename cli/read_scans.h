/*
 * Reading: scans to pages, pages by workers to readings, readings to case.db,
 * then households. For `nyusho read` and `nyusho run`.
 */
#ifndef NYUSHO_CLI_READ_SCANS_H
#define NYUSHO_CLI_READ_SCANS_H

#include "cli/cli.h"

/* Rows of an option table. */
#define READ_OPTION_ROWS                         \
    {                                            \
        "--workers", "N",                        \
        {                                        \
            "読取りを並べる数 (既定 CPU の数)",  \
                "readers at once (default CPUs)" \
        }                                        \
    }

/* An exit status; says what was read. Pages that were read before, by the same
 * forms and policy, are not read again. What is wrong with a file or a page is
 * a finding, in CASE/findings.csv too, and the rest goes on. */
int read_scans(struct cli *c, const char *folder, const char *const *paths,
               size_t n);

#endif
