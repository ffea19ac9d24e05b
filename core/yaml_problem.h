/*
 * What went wrong in a YAML file, in words a clerk can act on: the few slips
 * behind most of libyaml's problem texts are looked for in the file itself.
 * Used by core/yaml.c only.
 */
#ifndef NYUSHO_CORE_YAML_PROBLEM_H
#define NYUSHO_CORE_YAML_PROBLEM_H

#include "core/diag.h"

#include <yaml.h>

struct yaml_source {
    const char *bytes;
    size_t len;
    const char *name;
};

/* Reports the parser's failure as "yaml-syntax". Returns false. */
bool yaml_problem_report(const yaml_parser_t *parser,
                         const struct yaml_source *source, struct diag *d);
/* Reports a scalar without quotes that YAML accepts but that holds a slip (a
 * full-width space at an end, a colon swallowed by a folded line) as
 * "yaml-syntax" and returns false. `root` is the whole document as one scalar;
 * `folded`, one that goes over several lines. */
bool yaml_plain_check(const char *text, bool root, bool folded, struct pos at,
                      struct diag *d);

#endif
