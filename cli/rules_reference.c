#include "cli/rules_verbs.h"
int rules_reference(struct cli *c)
{
    (void)c;
    return EXIT_DONE;
}
