/*
 * A YAML file as the pieces it is written in: every node with the place where
 * it stands in the source, and the comments between them. Used by
 * core/yaml_layout.c only.
 */
#ifndef NYUSHO_CORE_YAML_PIECES_H
#define NYUSHO_CORE_YAML_PIECES_H

#include "core/arena.h"
#include "core/yaml.h"

/* Offsets are bytes of pieces.bytes. */
struct piece {
    enum yaml_kind kind;
    bool flow;         /* in { } or [ ] */
    bool block_scalar; /* | or > */
    size_t start, end; /* of a block: the end is where the next thing begins */
    int column;        /* from 0 */
    struct piece *items; /* of a map: key, value, key, value … */
    size_t n, capacity;
};

struct comment {
    size_t start, end; /* from # on, without the line break */
    int column;
    bool alone; /* nothing stands before it on its line */
};

struct pieces {
    const char *bytes; /* the source, line breaks as LF, NUL-terminated */
    size_t len;
    struct piece root;
    struct comment *comments; /* in order */
    size_t n_comments;
};

/* False for what yaml_parse() refuses; nothing is reported. */
bool pieces_read(struct pieces *out, const char *bytes, size_t len,
                 struct arena *a);
/* Every comment of one stands in the other, in the same order; spaces at the
 * end of those of `written` may be gone. */
bool pieces_same_comments(const struct pieces *written,
                          const struct pieces *laid_out);

#endif
