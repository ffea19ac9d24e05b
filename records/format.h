/*
 * The first key of every file of ours: `format: nyusho-<kind>/<version>`.
 */
#ifndef NYUSHO_RECORDS_FORMAT_H
#define NYUSHO_RECORDS_FORMAT_H

#include "core/yaml.h"

/* True when `root` is a map whose format is `wanted` ("nyusho-policy/1").
 * "bad-format" otherwise: another file of ours, a newer version, or no format
 * line at all. */
bool format_check(const struct yaml *root, const char *wanted, struct diag *d);

/* The list at `key` of a map: NULL when absent or empty; *ok turns false with
 * "yaml-type" when it is there and is no list. */
const struct yaml *format_list(const struct yaml *map, const char *key,
                               bool *ok, struct diag *d);

/* The text at `key`, "" when absent or empty; *ok turns false with "yaml-type"
 * when it is no scalar. */
const char *format_text(const struct yaml *map, const char *key, bool *ok,
                        struct diag *d);

#endif
