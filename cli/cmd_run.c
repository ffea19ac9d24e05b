/* nyusho run CASE [SCANS…]: read, score, place, verify, write. */
#include "cli/commands.h"
#include "cli/read_scans.h"
#include "cli/run_cli.h"

const struct option_spec run_options[] = {
    READ_OPTION_ROWS, ROUND_OPTION_ROWS,          PROVE_OPTION_ROWS,
    RUN_OPTION_ROWS,  {NULL, NULL, {NULL, NULL}},
};

int run_run(struct cli *c)
{
    int read = EXIT_DONE;
    if (c->n_args > 1) {
        read = read_scans(c, c->args[0], c->args + 1, (size_t)c->n_args - 1);
        if (read > EXIT_FINDINGS)
            return read;
    }
    struct run run = RUN_INIT;
    const char *path;
    bool ok = run_do(c, c->args[0], true, &run, &path);
    if (ok)
        run_say(c, &run, path);
    int status = ok ? run_status(c, &run) : cli_failure(c);
    run_release(&run);
    return status > read ? status : read;
}
