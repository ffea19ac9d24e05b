/*
 * Is every file of a run the one that it wrote? By the hashes in run.json.
 */
#ifndef NYUSHO_CLI_VERIFY_FILES_H
#define NYUSHO_CLI_VERIFY_FILES_H

#include "cli/cli.h"
#include "scoring/verify/verify_json.h"

/* One line for the table of checks: a file that is missing or another is a
 * failure, and its name the counter-example. False with "run-damaged" when
 * run.json is none of ours. */
bool verify_files(struct cli *c, const char *folder, struct verify_line *out);
/* The path of the first such file, NULL where the folder is as it was written.
 * False as above. */
bool verify_files_changed(struct cli *c, const char *folder, const char **path);

#endif
