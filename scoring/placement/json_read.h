/*
 * Reads JSON as a stream (yajl) into whatever a table of rows says: one row
 * for each thing that may stand somewhere. Everything else is an error with
 * its line and its path (`nurseries[2].caps[0].max`), nothing is skipped
 * unless a row says so. Memory does not grow with the file.
 *
 *     static const struct json_row rows[] = {
 *         {.in = JSON_FILE, .kinds = JSON_MAP, .opens = IN_ROOT},
 *         {IN_ROOT, "placed", JSON_NUMBER, .set = set_placed},
 *         {IN_ROOT, "notes", JSON_ARRAY, .opens = JSON_ANY}, skipped
 *         {.kinds = 0},
 *     };
 */
#ifndef NYUSHO_SCORING_PLACEMENT_JSON_READ_H
#define NYUSHO_SCORING_PLACEMENT_JSON_READ_H

#include "core/arena.h"
#include "core/diag.h"

#include <stdint.h>

enum json_kind {
    JSON_NULL = 1,
    JSON_BOOL = 2,
    JSON_NUMBER = 4,
    JSON_STRING = 8,
    JSON_MAP = 16,
    JSON_ARRAY = 32,
};

/* Places that every table has; a table's own begin at 1. */
#define JSON_FILE 0   /* the one value of the file */
#define JSON_ANY (-1) /* a map or array whose content is of no interest */
#define JSON_DEPTH_MAX 16

struct json_value {
    enum json_kind kind;
    const char *text; /* strings and numbers, without NUL; borrowed */
    size_t len;
    bool yes;
    const char *key; /* in a map with names of the file's own; NUL-ended */
    size_t index;    /* in an array */
};

struct json_reader;

struct json_row {
    int in;
    const char *key; /* NULL: an element of an array, or any key of a map */
    unsigned kinds;  /* what may stand here, JSON_... together */
    int opens;       /* for maps and arrays: the place inside */
    bool required;
    bool (*set)(struct json_reader *r, const struct json_value *v);
    /* At the end of the map or array that this row opened. */
    bool (*close)(struct json_reader *r);
};

/* False after one message: "not-json", "unknown-key", "duplicate-key",
 * "missing-key", "wrong-kind", "too-deep", or what set() and close() report by
 * json_problem(). `rows` ends with kinds 0. `user` is for the functions. */
bool json_read(const char *bytes, size_t len, const char *name,
               const struct json_row *rows, void *user, struct diag *d);

void *json_user(struct json_reader *r);
/* The line that reading stands on. */
struct pos json_at(struct json_reader *r);
/* An error about the value at hand, its path before it. Returns false. */
bool json_problem(struct json_reader *r, const char *check, const char *ja,
                  const char *en, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));

/* A whole number of at most 15 digits. "not-a-whole-number". */
bool json_integer(struct json_reader *r, const struct json_value *v,
                  int64_t *out);
/* A decimal of at most 3 places, in thousandths. "not-a-score". */
bool json_milli(struct json_reader *r, const struct json_value *v,
                int64_t *out);
/* A name that can be an id: 1 to `max` bytes without control characters.
 * "bad-id". */
bool json_id(struct json_reader *r, const char *text, size_t len, size_t max);

#endif
