/*
 * Everything in a case folder but the database: settings, dictionary,
 * facilities, rule set, policy, required documents, office data, combination
 * lists of siblings. Loaded once
 * by every command that works on a case; each file's bytes are kept, because
 * they are the inputs that a run copies and hashes.
 */
#ifndef NYUSHO_CLI_CASE_CONTEXT_H
#define NYUSHO_CLI_CASE_CONTEXT_H

#include "cli/cli.h"
#include "records/case_db.h"
#include "records/documents.h"
#include "records/facility.h"
#include "records/numbers.h"
#include "records/policy.h"
#include "records/settings.h"
#include "scoring/placement/combinations.h"
#include "scoring/points/ruleset.h"

struct input_file {
    const char *name; /* in the run's inputs/ */
    const char *bytes;
    size_t len;
};
#define MAX_INPUT_FILES 24

struct case_context {
    const char *folder;
    struct settings settings;
    struct dictionary dict;
    struct facilities facilities;
    struct policy policy;
    struct documents documents;
    struct ruleset rules;
    struct case_value *office; /* values of office.csv */
    size_t n_office;
    struct combinations combinations;
    /* NULL where the settings name no file. */
    const struct household_numbers *drawn, *receipts;
    struct input_file files[MAX_INPUT_FILES]; /* in a fixed order */
    size_t n_files;
};

/* What a command needs beyond settings and dictionary. */
enum context_parts {
    CONTEXT_FACILITIES = 1,
    CONTEXT_RULES = 2,
    CONTEXT_POLICY = 4,
    CONTEXT_DOCUMENTS = 8,
    CONTEXT_OFFICE = 16,
    CONTEXT_COMBINATIONS = 32,
    CONTEXT_NUMBERS = 64,
    CONTEXT_ALL = 127,
};

/* False with the messages of the file that is wrong. Owned by c->mem. */
bool case_context_load(struct cli *c, const char *folder, unsigned parts,
                       struct case_context *out);
/* The same from inputs/ of a run, where every file has its fixed name. */
bool run_context_load(struct cli *c, const char *inputs, unsigned parts,
                      struct case_context *out);
/* The dictionary this program ships; false only when it is broken. */
bool dictionary_load_shipped(struct dictionary *dict, struct arena *a,
                             struct diag *d);
/* The shipped dictionary and then, where the settings name one, the city's. */
bool dictionary_load_case(struct dictionary *dict, const struct settings *s,
                          struct arena *a, struct diag *d);

#endif
