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
 *     forms: [application, cover, employment-certificate]  # shipped, or paths
 *     lottery: {seed: "…", approved_by: …, approved_on: …}
 *     rules_verified: {by: …, on: …}  # the city compared rules with its table
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

struct settings {
    const char *folder; /* the case folder */
    const char *municipality, *round;
    int fiscal_year;
    int32_t entry_date, deadline; /* days */
    const char *rules, *dictionary, *nurseries, *seats, *office, *policy,
        *documents, *combinations; /* as written; "" when absent */
    const char **forms;
    size_t n_forms;
    const char *lottery_seed, *lottery_approved_by, *lottery_approved_on;
    const char *rules_verified_by, *rules_verified_on;
    const char *proof_optimum; /* "yes", "no", "" */
};

/* Errors: yaml ones, "no-case" (the folder has no nyusho.yaml), "bad-format",
 * "bad-date" (no date, or a deadline after the entry date),
 * "bad-fiscal-year" (entry date outside it). */
bool settings_load(struct settings *out, const char *folder, struct arena *a,
                   struct diag *d);
/* The same from bytes; `folder` is left "". */
bool settings_parse(struct settings *out, const char *bytes, size_t len,
                    const char *name, struct arena *a, struct diag *d);

#endif
