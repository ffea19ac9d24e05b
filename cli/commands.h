/*
 * What each command's file offers the table in commands.c. To add a command:
 * cli/cmd_<name>.c with its option table and run function, two lines here, a
 * row there, a test in tests/.
 */
#ifndef NYUSHO_CLI_COMMANDS_H
#define NYUSHO_CLI_COMMANDS_H

#include "cli/cli.h"

extern const struct option_spec init_options[], read_options[],
    import_options[], doubts_options[], check_options[], score_options[],
    place_options_table[], verify_options[], explain_options[], run_options[],
    export_options[], form_options[], rules_options[], compare_options[],
    report_options[];

int init_run(struct cli *c);
int read_run(struct cli *c);
int import_run(struct cli *c);
int doubts_run(struct cli *c);
int check_run(struct cli *c);
int score_run(struct cli *c);
int place_run(struct cli *c);
int verify_cmd_run(struct cli *c);
int explain_run(struct cli *c);
int run_run(struct cli *c);
int export_run(struct cli *c);
int form_run(struct cli *c);
int rules_run(struct cli *c);
int compare_run(struct cli *c);
int report_run(struct cli *c);
int worker_run(struct cli *c);

#endif
