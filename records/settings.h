/*
 * nyusho.yaml of a case 募集回: what the rest of the case is about.
 *
 *     format: nyusho-case/1
 *     municipality: 見本市
 *     round: 2027-04              # 4月一次
 *     fiscal_year: 2027
 *     entry_date: 2027-04-01
 *     deadline: 2026-11-30        # 申込締切; also the basis date of rules
 *     rules: rules.yaml
 *     dictionary:                 # the city's own fields, optional
 *     nurseries: nurseries.csv
 *     seats: seats.csv
 *     office: office.csv
 *     policy: policy.yaml
 *     documents: documents.yaml
 *     combinations: combinations.csv  # 組合せ指定, optional
 *     registry: registry.csv      # 住民登録の写し, optional
 *     postal: postal.csv          # 郵便番号簿, optional
 *     forms: [application, cover, employment-certificate]  # shipped, or paths
 *     lottery: {seed: "…", approved_by: …, approved_on: …}
 *                                 # or {numbers: lottery.csv, …}: drawn
 *     receipts: receipts.csv      # 受付番号, for an order by receipt
 *     rules_verified: {by: …, on: …}  # the city compared rules with its table
 *     rounds: {policy: freed, earlier: held, declined_transfer: lose}
 *                                     # what a later round does; round_words
 *     proof: {optimum: yes}       # the proven best placement is the result
 *
 * Paths are relative to the case folder. A shipped rule set is named by its id.
 */
#ifndef NYUSHO_RECORDS_SETTINGS_H
#define NYUSHO_RECORDS_SETTINGS_H

#include "core/arena.h"
#include "core/diag.h"

#include <stdbool.h>

#include <stdint.h>

/* What a round made after another one does (place --after). Each is a word of
 * nyusho.yaml, Japanese or English; UNSAID where it is not written. */
#define ROUND_UNSAID (-1)
enum round_policy_word {                  /* policy: which seats, to whom */
                         POLICY_FREED,    /* 空いた枠のみ */
                         POLICY_TOGETHER, /* 新規と同順 */
                         POLICY_WAITING_FIRST, /* 待機優先 */
                         POLICY_EVERYONE,      /* 全員再選考 */
                         N_POLICY_WORDS,
};
enum round_earlier_word { /* earlier: what a 内定 of the earlier round is now */
                          EARLIER_HELD, /* 内定: its seat is among 募集人数 */
                          EARLIER_ENROLLED, /* 在園: it is not; the case is a
                                               month's round */
                          N_EARLIER_WORDS,
};
enum round_declined_word { /* declined_transfer: a transfer won and declined */
                           DECLINED_LOSES, /* 元の席を失う */
                           DECLINED_KEEPS, /* 元の席に残る */
                           N_DECLINED_WORDS,
};
extern const struct label round_policy_words[N_POLICY_WORDS];
extern const struct label round_earlier_words[N_EARLIER_WORDS];
extern const struct label round_declined_words[N_DECLINED_WORDS];

struct round_settings {
    int policy, earlier, declined_transfer; /* earlier: held where unsaid */
};

struct settings {
    const char *folder; /* the case folder */
    const char *municipality, *round;
    int fiscal_year;
    int32_t entry_date, deadline; /* days */
    const char *rules, *dictionary, *nurseries, *seats, *office, *policy,
        *documents, *combinations, *registry, *postal,
        *receipts; /* as written; "" when absent */
    const char **forms;
    size_t n_forms;
    const char *lottery_seed, *lottery_numbers; /* one of them, or none */
    const char *lottery_approved_by, *lottery_approved_on;
    const char *rules_verified_by, *rules_verified_on;
    struct round_settings rounds;
    const char *proof_optimum; /* "yes", "no", "" */
};

/* Errors: yaml ones, "no-case" (the folder has no nyusho.yaml), "bad-format",
 * "bad-date" (no date, or a deadline after the entry date),
 * "bad-fiscal-year" (entry date outside it), "bad-character" (a control
 * character in a value), "bad-round" (a space or a slash in it),
 * "lottery-twice" (a seed and numbers), "bad-proof", "bad-round-word",
 * "round-policy" (only freed seats, where those enrolled left no seat of this
 * round). */
bool settings_load(struct settings *out, const char *folder, struct arena *a,
                   struct diag *d);
/* The same from bytes; `folder` is left "". */
bool settings_parse(struct settings *out, const char *bytes, size_t len,
                    const char *name, struct arena *a, struct diag *d);

#endif
