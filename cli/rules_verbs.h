/*
 * The verbs of `nyusho rules`. To add one: its function in a file of its own,
 * a row in the table of cmd_rules.c.
 */
#ifndef NYUSHO_CLI_RULES_VERBS_H
#define NYUSHO_CLI_RULES_VERBS_H

#include "cli/cli.h"
#include "scoring/points/ruleset.h"

/* Each returns an exit_status; c->args[1] is the file where it takes one. */
int rules_check(struct cli *c);
int rules_test_run(struct cli *c);
int rules_format(struct cli *c);
int rules_show(struct cli *c);
int rules_reference(struct cli *c);

/* The bytes of FILE: a path, or the id of a rule set that the program ships.
 * NULL with the problem reported. */
const char *rules_bytes(struct cli *c, const char *file, size_t *len);
/* The shipped dictionary and that of --dictionary. */
bool rules_dictionary(struct cli *c, struct dictionary *dict);
/* Both, loaded. */
bool rules_load(struct cli *c, struct dictionary *dict, struct ruleset *out);

#endif
