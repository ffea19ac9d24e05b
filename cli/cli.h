/*
 * The command line: one table of commands (commands.c), one option table per
 * command that is both the parser and the help. Files in, files out, no
 * question asked in the middle.
 *
 * Exit status: 0 done, 1 done with findings a person must see, 2 wrong use or
 * bad input, 3 the machine failed us.
 */
#ifndef NYUSHO_CLI_CLI_H
#define NYUSHO_CLI_CLI_H

#include "core/arena.h"
#include "core/diag.h"
#include "records/case_db.h"

#include <cjson/cJSON.h>

enum exit_status {
    EXIT_DONE = 0,
    EXIT_FINDINGS = 1,
    EXIT_INPUT = 2,
    EXIT_MACHINE = 3
};

struct option_spec {
    const char *name;  /* "--lang" */
    const char *value; /* what follows it, for help; NULL = a switch */
    struct label help;
};

#define MAX_OPTIONS 24

struct cli {
    const struct command *command;
    enum lang lang;
    bool json; /* --json: one object on stdout */
    bool quiet;
    const char *given[MAX_OPTIONS]; /* by position in the command's table;
                                       NULL = not given; switches: "" */
    const char **args;              /* without options */
    int n_args;
    struct arena mem; /* of this command */
    struct diag diag;
    cJSON *report; /* what --json prints; commands add to it */
};

struct command {
    const char *name;
    const char *usage; /* after "nyusho NAME" */
    struct label summary;
    const struct option_spec *options; /* ends with a NULL name */
    int min_args, max_args;            /* max -1: any number */
    int (*run)(struct cli *c);         /* an exit_status */
    bool hidden;                       /* not for people: worker */
};

extern const struct command commands[]; /* ends with a NULL name */

/* The value of an option of the running command; NULL when not given. */
const char *cli_option(const struct cli *c, const char *name);
bool cli_switch(const struct cli *c, const char *name);
/* A whole number option within limits; `fallback` when not given. False with
 * "bad-option". */
bool cli_number(struct cli *c, const char *name, long low, long high,
                long fallback, long *out);
/* Which of `words` (ends with NULL; the first is the default) an option says;
 * -1 with "bad-option". */
int cli_choice(struct cli *c, const char *name, const char *const *words);
/* Text in the user's language on stdout, unless --json or --quiet. */
void cli_say(struct cli *c, const char *ja, const char *en, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));
/* Who works (the login name) and when, for rows of case.db. */
struct case_stamp cli_stamp(struct cli *c);
/* Status by what the diag holds: errors 2, warnings 1, else 0. */
int cli_status(const struct cli *c);
/* After something returned false: 3 where the machine failed us (a full disk,
 * a folder that cannot be written), else 2. */
int cli_failure(const struct cli *c);

int cli_main(int argc, char **argv);

#endif
