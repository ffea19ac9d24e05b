/*
 * What a case reads its pages by: form templates, policy, facilities. Loaded
 * by the program that keeps the readings and by each worker that makes them.
 */
#ifndef NYUSHO_CLI_CASE_FORMS_H
#define NYUSHO_CLI_CASE_FORMS_H

#include "cli/case_context.h"
#include "ocr/forms/template.h"
#include "ocr/read_fields.h"

struct case_forms {
    struct case_context ctx; /* settings, dictionary, policy, facilities */
    const struct form_template **forms;
    size_t n;
    struct read_context read; /* points into ctx */
    const char *reader; /* "nyusho 0.1.0 1f0c…": program, and the hash of all
                           that readings depend on */
};

/* The case's forms, or the three that are shipped where the settings name
 * none. Owned by c->mem. False with the messages of the file that is wrong, or
 * "unknown-form" (neither shipped nor a file). */
bool case_forms_load(struct cli *c, const char *folder, struct case_forms *out);
/* NULL when there is none. */
const struct form_template *case_form_find(const struct case_forms *forms,
                                           const char *id, const char *version);

#endif
