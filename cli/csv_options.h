/*
 * The options of every command that writes CSV: --encoding and --for.
 */
#ifndef NYUSHO_CLI_CSV_OPTIONS_H
#define NYUSHO_CLI_CSV_OPTIONS_H

#include "cli/cli.h"
#include "core/csv.h"

/* Rows of an option table. */
#define CSV_OPTION_ROWS                                                   \
    {"--encoding",                                                        \
     "utf8|cp932",                                                        \
     {"CSV の文字コード (既定 utf8)", "encoding of CSV (default utf8)"}}, \
    {                                                                     \
        "--for", "excel|system",                                          \
        {                                                                 \
            "番号を Excel 向けに保護する / そのまま書く (既定 system)",   \
                "protect codes for Excel, or write them raw (default)"    \
        }                                                                 \
    }

/* What they say; an option that the command does not have is not given. False
 * with "bad-option". */
bool csv_options_take(struct cli *c, struct csv_style *out);

#endif
