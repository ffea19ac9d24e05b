/* Files of examples that lie beside a rule file. */
#ifndef NYUSHO_CLI_RULES_BESIDE_H
#define NYUSHO_CLI_RULES_BESIDE_H

#include "core/arena.h"
#include "core/diag.h"

/* A folder with more is no rule set of a city; keeps inputs/ within bounds. */
#define MAX_BESIDE 8

struct beside {
    const char *paths[MAX_BESIDE];
    const char *kept[MAX_BESIDE]; /* rules.examples….yaml, as in inputs/ */
    size_t n;
};

/* Beside DIR/NAME.yaml: NAME.examples.yaml and NAME.examples-….yaml, sorted
 * by name. False with "too-many-examples" or "unreadable-folder". */
bool beside_find(const char *rules_path, struct beside *out, struct arena *a,
                 struct diag *d);

#endif
