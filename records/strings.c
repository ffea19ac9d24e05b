#include "records/value.h"

#include <assert.h>
#include <string.h>

/* A power of two; grown when more than half is taken. */
#define FIRST_SLOTS ((size_t)64)

struct strings {
    struct arena *mem;
    const char **texts; /* by id */
    uint64_t *hashes;   /* by id */
    size_t n, capacity;
    uint32_t *index; /* id + 1; 0 = free */
    size_t n_index;
};

/* FNV-1a, mixed once more because only the low bits are looked at. */
static uint64_t text_hash(const char *text)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (const char *p = text; *p; p++)
        h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
    return h ^ (h >> 32);
}

static size_t place_of(const struct strings *s, const char *text, uint64_t h)
{
    size_t at = (size_t)h & (s->n_index - 1);
    while (s->index[at]) {
        size_t id = s->index[at] - 1;
        if (s->hashes[id] == h && strcmp(s->texts[id], text) == 0)
            break;
        at = (at + 1) & (s->n_index - 1);
    }
    return at;
}

static void grow_index(struct strings *s)
{
    s->n_index = s->n_index ? s->n_index * 2 : FIRST_SLOTS;
    s->index = ARENA_ARRAY(s->mem, uint32_t, s->n_index);
    for (size_t id = 0; id < s->n; id++) {
        size_t at = (size_t)s->hashes[id] & (s->n_index - 1);
        while (s->index[at])
            at = (at + 1) & (s->n_index - 1);
        s->index[at] = (uint32_t)id + 1;
    }
}

static void grow_texts(struct strings *s)
{
    size_t capacity = s->capacity ? s->capacity * 2 : FIRST_SLOTS;
    s->texts = arena_grow(s->mem, s->texts, s->n, capacity, sizeof *s->texts);
    s->hashes =
        arena_grow(s->mem, s->hashes, s->n, capacity, sizeof *s->hashes);
    s->capacity = capacity;
}

struct strings *strings_new(struct arena *a)
{
    struct strings *s = ARENA_NEW(a, struct strings);
    s->mem = a;
    grow_index(s);
    strings_id(s, "");
    return s;
}

int64_t strings_id(struct strings *s, const char *text)
{
    uint64_t h = text_hash(text);
    size_t at = place_of(s, text, h);
    if (s->index[at])
        return s->index[at] - 1;
    assert(s->n < UINT32_MAX - 1);
    if (s->n == s->capacity)
        grow_texts(s);
    s->texts[s->n] = arena_strdup(s->mem, text);
    s->hashes[s->n] = h;
    s->index[at] = (uint32_t)++s->n;
    if (s->n * 2 > s->n_index)
        grow_index(s);
    return (int64_t)s->n - 1;
}

int64_t strings_find(const struct strings *s, const char *text)
{
    size_t at = place_of(s, text, text_hash(text));
    return (int64_t)s->index[at] - 1;
}

const char *strings_text(const struct strings *s, int64_t id)
{
    assert(id >= 0 && (size_t)id < s->n);
    return s->texts[id];
}
