/* nyusho read CASE SCANS…: pages to readings to records. */
#include "cli/commands.h"
#include "cli/read_scans.h"

const struct option_spec read_options[] = {
    READ_OPTION_ROWS,
    {NULL, NULL, {NULL, NULL}},
};

int read_run(struct cli *c)
{
    return read_scans(c, c->args[0], c->args + 1, (size_t)c->n_args - 1);
}
