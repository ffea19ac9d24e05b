/* The verbs of nyusho form that have a file of their own. */
#ifndef NYUSHO_CLI_FORM_VERBS_H
#define NYUSHO_CLI_FORM_VERBS_H

#include "cli/cli.h"
#include "ocr/forms/template.h"

/* form check FORM --scan FILE: the template drawn over each page of the scan,
 * as PNG in the folder of --out. */
int form_check_scan(struct cli *c, const struct form_template *t,
                    const char *scan);
/* form draft BLANK: a template proposed from a scan of the empty form. */
int form_draft(struct cli *c, const char *scan);
/* form test FORM: the form's self-test; `form` are the template's bytes. */
int form_test(struct cli *c, const struct form_template *t, const char *form,
              size_t len);

#endif
