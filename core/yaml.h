/*
 * YAML with positions, by libyaml. What a clerk's file may hold: maps, lists
 * and scalars. Aliases, anchors, tags and more than one document are refused;
 * so are duplicate keys.
 *
 *     const struct yaml *root = yaml_parse(bytes, len, name, &mem, d);
 *     const struct yaml *id = yaml_find(root, "id");
 */
#ifndef NYUSHO_CORE_YAML_H
#define NYUSHO_CORE_YAML_H

#include "core/arena.h"
#include "core/diag.h"

#include <stdint.h>

enum yaml_kind { YAML_SCALAR, YAML_MAP, YAML_LIST };

struct yaml {
    enum yaml_kind kind;
    struct pos at;
    const char *text;          /* scalars: as written, quotes removed */
    bool plain;                /* written without quotes */
    size_t n;                  /* children */
    const struct yaml **keys;  /* maps: scalar keys, in file order */
    const struct yaml **items; /* values of a map, items of a list */
};

/* NULL with "yaml-syntax" (indent, tab, colon …, said in words a clerk can act
 * on), "yaml-alias", "yaml-duplicate-key", "yaml-tag", "yaml-key" (a key that
 * is not a word), "yaml-too-deep" (over 32), "yaml-too-large" (1,000,000
 * nodes, or a scalar over 1 MiB), "bad-encoding" or "yaml-empty". The tree is
 * owned by the arena.
 * "yaml-syntax" also covers slips that YAML itself would take: full-width
 * spaces at an end, ＃ for #, a colon inside unquoted text over several
 * lines. */
const struct yaml *yaml_parse(const char *bytes, size_t len, const char *name,
                              struct arena *a, struct diag *d);
/* The value at a key of a map; NULL when absent or when `map` is no map. */
const struct yaml *yaml_find(const struct yaml *map, const char *key);
/* The same values in the same order, quoted alike, wherever they stand. */
bool yaml_same(const struct yaml *x, const struct yaml *y);
/* True for a plain scalar that is empty, ~ or null. */
bool yaml_is_empty(const struct yaml *node);

/* Readers that report: "yaml-missing", "yaml-type". `map` supplies the place
 * when the key is absent. */
const char *yaml_text(const struct yaml *map, const char *key, struct diag *d);
bool yaml_int(const struct yaml *node, int64_t *out, struct diag *d);
bool yaml_bool(const struct yaml *node, bool *out, struct diag *d);
/* Every key of the map must be one of `allowed` (NULL-ended): "unknown-key"
 * with the nearest one. */
bool yaml_only_keys(const struct yaml *map, const char *const *allowed,
                    struct diag *d);

#endif
