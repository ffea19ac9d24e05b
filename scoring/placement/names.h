/*
 * Numbers for names: the first name seen is 0, the next new one 1. Bytes are
 * compared as they are. The hash has a key of its own drawn for each table, so
 * that no file can be written to make it slow; numbers do not depend on it.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_NAMES_H
#define NYUSHO_SCORING_PLACEMENT_NAMES_H

#include "core/arena.h"

#include <stdint.h>

struct names {
    struct arena mem; /* the texts */
    const char **ids; /* n of them, borrowed until release */
    size_t n, room;
    int32_t *slots; /* number + 1, 0 is empty */
    size_t n_slots; /* a power of two, 0 before the first name */
    unsigned char key[16];
};
#define NAMES_INIT ((struct names){.mem = ARENA_INIT})

int32_t names_ref(struct names *t, const char *id, size_t len);
void names_release(struct names *t);

#endif
