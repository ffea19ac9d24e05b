/* After anything came in: households again, and what is to be said of them. */
#ifndef NYUSHO_CLI_CASE_ASSEMBLE_H
#define NYUSHO_CLI_CASE_ASSEMBLE_H

#include "cli/case_context.h"

/* `say`: what assembly finds is said on the screen; it stands in findings.csv
 * in any case. */
bool case_assemble(struct cli *c, struct case_db *db,
                   const struct case_context *ctx, bool say);
/* CASE/findings.csv: what pages and assembly had to say, and what this command
 * said besides. */
bool case_findings_write(struct cli *c, struct case_db *db,
                         const struct case_context *ctx);

#endif
