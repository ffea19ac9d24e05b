#include "scoring/placement/names.h"

#include <assert.h>
#include <sodium/crypto_shorthash.h>
#include <sodium/randombytes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static_assert(crypto_shorthash_KEYBYTES == sizeof((struct names){0}.key),
              "the key of the hash");
#define FIRST_SLOTS 1024

static size_t slot_of(const struct names *t, const char *id, size_t len)
{
    unsigned char out[crypto_shorthash_BYTES];
    crypto_shorthash(out, (const unsigned char *)id, len, t->key);
    uint64_t h;
    memcpy(&h, out, sizeof h);
    return (size_t)h & (t->n_slots - 1);
}

static void *more(void *old, size_t bytes)
{
    void *p = realloc(old, bytes);
    if (!p) {
        fputs("nyusho: out of memory\n", stderr);
        exit(3);
    }
    return p;
}

static void put(struct names *t, int32_t ref)
{
    size_t i = slot_of(t, t->ids[ref], strlen(t->ids[ref]));
    while (t->slots[i])
        i = (i + 1) & (t->n_slots - 1);
    t->slots[i] = ref + 1;
}

static void grow(struct names *t)
{
    if (t->n_slots == 0)
        randombytes_buf(t->key, sizeof t->key);
    t->n_slots = t->n_slots ? t->n_slots * 2 : FIRST_SLOTS;
    t->room = t->n_slots / 2;
    t->ids = more(t->ids, t->room * sizeof *t->ids);
    t->slots = more(t->slots, t->n_slots * sizeof *t->slots);
    memset(t->slots, 0, t->n_slots * sizeof *t->slots);
    for (size_t ref = 0; ref < t->n; ref++)
        put(t, (int32_t)ref);
}

int32_t names_ref(struct names *t, const char *id, size_t len)
{
    if (t->n == t->room)
        grow(t);
    size_t i = slot_of(t, id, len);
    for (; t->slots[i]; i = (i + 1) & (t->n_slots - 1)) {
        const char *have = t->ids[t->slots[i] - 1];
        if (strncmp(have, id, len) == 0 && have[len] == '\0')
            return t->slots[i] - 1;
    }
    t->ids[t->n] = arena_copy(&t->mem, id, len);
    t->slots[i] = (int32_t)t->n + 1;
    return (int32_t)t->n++;
}

void names_release(struct names *t)
{
    arena_release(&t->mem);
    free(t->ids);
    free(t->slots);
    *t = NAMES_INIT;
}
