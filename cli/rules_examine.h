/* What `nyusho rules check` and `test` do with a set that has loaded. */
#ifndef NYUSHO_CLI_RULES_EXAMINE_H
#define NYUSHO_CLI_RULES_EXAMINE_H

#include "cli/cli.h"
#include "scoring/points/ruleset.h"

/* Loads the examples beside `path`, runs every check and every example, and
 * says what came of it: each expectation line by line where `all`, else those
 * that fail. */
void rules_examine(struct cli *c, struct ruleset *rules, const char *path,
                   bool all);

#endif
