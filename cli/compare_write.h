/* The folder of a comparison: out/compare-<id>/, beside the runs; out/latest
 * never points at it. */
#ifndef NYUSHO_CLI_COMPARE_WRITE_H
#define NYUSHO_CLI_COMPARE_WRITE_H

#include "cli/run_make.h"
#include "report/compare.h"
#include "report/manual_result.h"

#include <cjson/cJSON.h>

/* What was compared, for the id and for compare.json. */
struct compare_inputs {
    const char *before; /* id of the run */
    const char *after;  /* id of the other run; "" when it was made for this */
    const char
        *changes[2];    /* hashes of what was changed before and after; "" */
    const char *manual; /* hash of the file made by hand; "" */
    struct output_style style;
};

/* Counts of a comparison with a result by hand. */
void compare_manual_json(cJSON *o, const struct manual_result *m,
                         struct arena *a);
/* Each writes its files and, last, compare.json; an equal comparison gives the
 * same folder and bytes. *path gets the folder. "unwritable-file",
 * "unencodable". */
bool compare_write(struct cli *c, const char *folder,
                   const struct compare_inputs *in, const struct comparison *x,
                   const char **path);
bool compare_write_manual(struct cli *c, const char *folder,
                          const struct compare_inputs *in,
                          const struct manual_result *m, const char **path);

#endif
