/*
 * A run made again with something in it changed: what `compare` holds against
 * it. Writes nothing.
 */
#ifndef NYUSHO_CLI_RUN_CHANGE_H
#define NYUSHO_CLI_RUN_CHANGE_H

#include "cli/run_make.h"

/* Paths as given; NULL: as the run has it. */
struct run_changes {
    const char *rules; /* a rule file, or the id of a shipped rule set */
    const char *seats; /* seats.csv */
    const char *withdrawn; /* 世帯番号, 児童番号: these children take no part;
                              an empty 児童番号 is the whole household */
};

/* The run in this folder, made again from its inputs with the changes.
 * `sha256` gets the hex hash of everything that the changes brought in, "" when
 * there are none. False with the messages of the files, "unknown-child" (of
 * `withdrawn`). */
bool run_remake_changed(struct cli *c, const char *run_folder,
                        const struct run_changes *changes, struct run *out,
                        const char **sha256);

#endif
