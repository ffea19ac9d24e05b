/*
 * What the commands that make runs share: their options, and what they say at
 * the end.
 */
#ifndef NYUSHO_CLI_RUN_CLI_H
#define NYUSHO_CLI_RUN_CLI_H

#include "cli/csv_options.h"
#include "cli/run_make.h"

/* Rows of an option table. */
#define RUN_OPTION_ROWS                                          \
    {"--final",                                                  \
     NULL,                                                       \
     {"本番として実行する (未確認のものが残っていれば断る)",     \
      "a final run (refused while anything is open)"}},          \
        {"--allow-untested",                                     \
         NULL,                                                   \
         {"例が合わない規則でも続ける (結果に記録される)",       \
          "go on with rules whose examples fail (recorded)"}},   \
        CSV_OPTION_ROWS,                                         \
    {                                                            \
        "--names", NULL,                                         \
        {                                                        \
            "ranking.csv に氏名を加える", "names in ranking.csv" \
        }                                                        \
    }

/* Of a later round, run_round.h. */
#define ROUND_OPTION_ROWS                                      \
    {"--after",                                                \
     "RUN",                                                    \
     {"前回の実行の後の回 (二次選考・月次)。番号かフォルダー", \
      "a later round, after this run (its id or folder)"}},    \
    {                                                          \
        "--withdrawn", "FILE.csv",                             \
        {                                                      \
            "前回の後の辞退・取下げ (児童番号, 種別, 日付)",   \
                "withdrawals since (child, kind, date)"        \
        }                                                      \
    }

/* False with "bad-option". */
bool run_options_take(struct cli *c, struct run_options *out);

/* Makes and writes a run of the case; *path gets its folder. `later`: the
 * command takes ROUND_OPTION_ROWS. */
bool run_do(struct cli *c, const char *folder, bool later, struct run *run,
            const char **path);
/* The short table: children, results, seats, what is open, where it is. */
void run_say(struct cli *c, const struct run *run, const char *path);
/* Done, or done with findings that a person must see. */
int run_status(const struct cli *c, const struct run *run);

#endif
