/* After anything came in: households again, and what is to be said of them. */
#ifndef NYUSHO_CLI_CASE_ASSEMBLE_H
#define NYUSHO_CLI_CASE_ASSEMBLE_H

#include "cli/case_context.h"

/* What assembly finds goes into case.db (case_findings()); only what makes it
 * fail is said. */
bool case_assemble(struct cli *c, struct case_db *db,
                   const struct case_context *ctx);
/* CASE/findings.csv: what pages and assembly had to say, and what this command
 * said besides. */
bool case_findings_write(struct cli *c, struct case_db *db,
                         const struct case_context *ctx);

#endif
