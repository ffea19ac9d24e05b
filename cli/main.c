#include "cli/cli.h"

#include <sys/stat.h>

/* Whatever a library opens for us, others must not read. */
#define ONLY_OURS 077

int main(int argc, char **argv)
{
    umask(ONLY_OURS);
    return cli_main(argc, argv);
}
