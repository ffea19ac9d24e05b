/* What nyusho form test writes. */
#ifndef NYUSHO_CLI_FORM_TEST_H
#define NYUSHO_CLI_FORM_TEST_H

#include "cli/cli.h"
#include "core/csv.h"
#include "ocr/trial/trial.h"

/* fields.csv (a row for each field and way of scanning), advice.csv and
 * readings.csv (what was not accepted as it was written) into the folder. */
bool form_test_write(struct cli *c, const struct trial *t, const char *folder,
                     struct csv_style style);
/* For people: the table of how it was read, what that means for `forms` sheets,
 * what to change first. */
void form_test_say(struct cli *c, const struct trial_how *how,
                   const struct trial *t, long forms);
/* For scripts: into the object of --json. */
void form_test_report(struct cli *c, const struct trial_how *how,
                      const struct trial *t);

#endif
