/*
 * Proving a placement from the command line: the options, the question, what
 * is said of the answer. For commands that hold a market in memory.
 *
 *     struct prove_request ask;
 *     struct prove_result proven;
 *     if (prove_options_take(c, &ask) &&
 *         (!ask.wanted || prove_do(c, &m, &p.matching, &ask, &proven, &json)))
 *         …
 */
#ifndef NYUSHO_CLI_PROVE_CLI_H
#define NYUSHO_CLI_PROVE_CLI_H

#include "cli/cli.h"
#include "core/buf.h"
#include "scoring/placement/prove/prove.h"

/* Rows of an option table. */
#define PROVE_OPTION_ROWS                                                   \
    {"--prove",                                                             \
     NULL,                                                                  \
     {"安定な割当ての有無を証明する (なければ最少の阻害数と最多の内定数)",  \
      "prove whether a stable placement exists, and what is best if not"}}, \
        {"--proof",                                                         \
         "PREFIX",                                                          \
         {"証明を PREFIX.… に書く (CNF と DRAT)",                           \
          "write the proofs to PREFIX.… (CNF and DRAT)"}},                  \
        {"--conflicts",                                                     \
         "N",                                                               \
         {"1 問あたりの手数の上限 (既定 0: 内蔵の上限だけ)",                \
          "limit of each question, in conflicts (0: built-in ones only)"}}, \
    {                                                                       \
        "--optimum", NULL,                                                  \
        {                                                                   \
            "証明された最良の割当てを結果にする",                           \
                "take the proven best placement as the result"              \
        }                                                                   \
    }

struct prove_request {
    bool wanted, optimum;
    const char *prefix; /* of proof files, NULL */
    int conflicts;      /* for each question; 0: the built-in limits */
};

/* False with "bad-option", also for what needs --prove and has none. */
bool prove_options_take(struct cli *c, struct prove_request *out);
/* Asks, beginning at `start`, writes the proof files, says what came out.
 * *json gets "proof" of the result file. A limit that came first is a warning,
 * "proof-open"; so is a file that could not be made, "proof-not-written".
 * False with "no-prover" (the program was built without the solver) or
 * "unwritable-file". */
bool prove_do(struct cli *c, const struct market *m,
              const struct matching *start, const struct prove_request *ask,
              struct prove_result *out, struct buf *json);

#endif
