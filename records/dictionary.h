/*
 * The data dictionary データ項目辞書: the one list of every field (rules/
 * dictionary.yaml, then the city's own file). Forms bind to it, rules name it,
 * CSV columns come from it.
 */
#ifndef NYUSHO_RECORDS_DICTIONARY_H
#define NYUSHO_RECORDS_DICTIONARY_H

#include "core/arena.h"
#include "core/diag.h"

#include <stdint.h>

/* Fixed in C: a city adds fields, never scopes. */
enum scope {
    SCOPE_HOUSEHOLD,
    SCOPE_GUARDIAN,
    SCOPE_JOB,
    SCOPE_REASON,
    SCOPE_COHABITANT,
    SCOPE_CHILD,
    SCOPE_PREFERENCE,
    SCOPE_DOCUMENT,
    N_SCOPES
};

enum field_type {
    TYPE_TEXT,
    TYPE_KANA,
    TYPE_NAME,
    TYPE_CODE, /* opaque, leading zeros kept */
    TYPE_INTEGER,
    TYPE_MINUTES, /* CSV "160:30"; unit clock: a time of day, minutes from 0:00
                   */
    TYPE_YEN,
    TYPE_DATE,    /* days since 1970-01-01 */
    TYPE_MONTH,   /* year * 12 + month - 1 */
    TYPE_BOOLEAN, /* 0 or 1; CSV いいえ / はい */
    TYPE_ENUM,    /* index into values */
    TYPE_SET,     /* bit i = values[i]; CSV 月|火|水 */
    N_FIELD_TYPES
};

enum field_see { SEE_ALL, SEE_SCORING, SEE_RESTRICTED };

#define DICTIONARY_MAX_VALUES 63 /* a set fits an int64 */

struct field {
    const char *path; /* "job.minutes_month" */
    const char *name; /* "minutes_month" */
    struct label label;
    enum scope scope;
    enum field_type type;
    const char *unit;        /* NULL when none */
    const char **values;     /* enum and set */
    const char **value_keys; /* text_match_key() of each */
    size_t n_values;
    enum field_see see;
    size_t column; /* 0-based within its scope */
    struct pos at;
};

struct dictionary {
    struct field *fields; /* in file order */
    size_t n;
    const struct field **by_scope[N_SCOPES]; /* by column */
    size_t n_by_scope[N_SCOPES];
    const uint32_t *index; /* private: paths by hash */
    size_t n_index;
};
#define DICTIONARY_INIT ((struct dictionary){.n = 0})

struct scope_info {
    const char *name; /* "job" */
    struct label label;
    /* Key columns besides the household: */
    bool child, person, seq;
};
extern const struct scope_info scope_infos[N_SCOPES];
const char *field_type_name(enum field_type type);

/* Adds the file's fields; call again with a city's file. Errors: the yaml
 * ones, "bad-format", "bad-path" (no scope, or an unknown one), "unknown-type",
 * "unknown-unit", "unknown-see", "values-missing", "values-unwanted",
 * "duplicate-field", "duplicate-label" (two columns of one scope could not be
 * told apart), "duplicate-value", "too-many-values". Nothing is half-added:
 * false leaves `dict` as it was. Adding a file moves the fields: load all files
 * before keeping a `const struct field *`. */
bool dictionary_load(struct dictionary *dict, const char *bytes, size_t len,
                     const char *name, struct arena *a, struct diag *d);
/* By full path; NULL when there is none. */
const struct field *dictionary_find(const struct dictionary *dict,
                                    const char *path);
const struct field *dictionary_find_in(const struct dictionary *dict,
                                       enum scope scope, const char *name);
/* Nearest path for "did you mean"; NULL when nothing is near. */
const char *dictionary_nearest(const struct dictionary *dict, const char *path);
bool scope_find(const char *name, enum scope *out);
/* Index of an allowed value (compared by text_match_key); -1 when not one. */
int field_value_index(const struct field *f, const char *text, struct arena *a);
/* The same for a text that is a match key already. */
int field_key_index(const struct field *f, const char *key);

#endif
