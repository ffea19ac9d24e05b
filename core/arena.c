#include "core/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Small enough for a unit test, large enough that a page takes a few. */
#define BLOCK_BYTES ((size_t)64 * 1024)
#define ALIGN _Alignof(max_align_t)

/* Under AddressSanitizer what was not handed out is out of bounds, and a gap
 * follows every piece: it would see one large block otherwise. */
#ifndef __has_feature
#define __has_feature(x) 0 /* gcc */
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#define GAP ALIGN
#define CLOSE(p, size) __asan_poison_memory_region((p), (size))
#define OPEN(p, size) __asan_unpoison_memory_region((p), (size))
#else
#define GAP ((size_t)0)
#define CLOSE(p, size) ((void)(p))
#define OPEN(p, size) ((void)(p))
#endif

struct arena_block {
    struct arena_block *older;
    size_t size;
    bool borrowed; /* it is a caller's room, not to be freed */
    max_align_t data[];
};

static _Noreturn void out_of_memory(void)
{
    fputs("nyusho: out of memory\n", stderr);
    exit(3);
}

static void add_block(struct arena *a, size_t size)
{
    if (size > SIZE_MAX / 2)
        out_of_memory();
    struct arena_block *b = malloc(sizeof *b + size);
    if (!b)
        out_of_memory();
    b->older = a->blocks;
    b->size = size;
    b->borrowed = false;
    a->blocks = b;
    a->used = 0;
    a->total += size;
    CLOSE(b->data, size);
}

struct arena arena_in(struct arena_room *room)
{
    struct arena_block *b = (struct arena_block *)room->data;
    b->older = NULL;
    b->size = sizeof room->data - sizeof *b;
    b->borrowed = true;
    return (struct arena){b, 0, 0};
}

void *arena_alloc(struct arena *a, size_t size)
{
    if (size > SIZE_MAX / 4)
        out_of_memory();
    size_t room = (size ? size + ALIGN - 1 : ALIGN) / ALIGN * ALIGN + GAP;
    if (!a->blocks || a->blocks->size - a->used < room)
        add_block(a, room > BLOCK_BYTES ? room : BLOCK_BYTES);
    char *p = (char *)a->blocks->data + a->used;
    a->used += room;
    OPEN(p, size);
    return memset(p, 0, size);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 4 / size)
        out_of_memory();
    return arena_alloc(a, count * size);
}

char *arena_copy(struct arena *a, const char *bytes, size_t len)
{
    char *copy = arena_alloc(a, len + 1);
    if (len)
        memcpy(copy, bytes, len);
    return copy;
}

char *arena_strdup(struct arena *a, const char *text)
{
    return arena_copy(a, text, strlen(text));
}

char *arena_vprintf(struct arena *a, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    char *text = arena_alloc(a, len < 0 ? 1 : (size_t)len + 1);
    if (len > 0)
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(a, format, args);
    va_end(args);
    return text;
}

void *arena_grow(struct arena *a, const void *array, size_t old, size_t count,
                 size_t size)
{
    void *grown = arena_array(a, count, size);
    if (old)
        memcpy(grown, array, old * size);
    return grown;
}

static void free_blocks(struct arena_block *b)
{
    while (b) {
        struct arena_block *older = b->older;
        if (!b->borrowed)
            free(b);
        b = older;
    }
}

void arena_release(struct arena *a)
{
    free_blocks(a->blocks);
    *a = ARENA_INIT;
}

void arena_clear(struct arena *a)
{
    if (!a->blocks)
        return;
    free_blocks(a->blocks->older);
    a->blocks->older = NULL;
    CLOSE(a->blocks->data, a->blocks->size);
    a->used = 0;
    a->total = a->blocks->borrowed ? 0 : a->blocks->size;
}
