/*
 * Memory that lives as long as a thing of the domain: a page, a rule set, a
 * run. Everything is given back at once; nothing is freed piece by piece.
 *
 *     struct arena page = ARENA_INIT;
 *     char *name = arena_printf(&page, "%s-%d", form, number);
 *     arena_release(&page);
 *
 * Running out of memory ends the program with status 3: no caller could do
 * better, and a half-made answer is worse than none.
 */
#ifndef NYUSHO_CORE_ARENA_H
#define NYUSHO_CORE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *blocks; /* newest first */
    size_t used;                /* bytes taken from the newest block */
    size_t total;               /* bytes held from the system */
};

#define ARENA_INIT ((struct arena){NULL, 0, 0})

/* An arena that fills `room` first, and asks the system only for what does not
 * fit: for scratch memory that is needed for a moment, very often. The room
 * outlives it and is not freed.
 *
 *     struct arena_room room;
 *     struct arena scratch = arena_in(&room);
 *     arena_release(&scratch);
 */
struct arena_room {
    max_align_t data[512]; /* 16 KiB; left as it is until it is asked for */
};
struct arena arena_in(struct arena_room *room);

/* Zeroed and aligned for any type. A size of 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t size);
/* count * size, refused (status 3) when that overflows. */
void *arena_array(struct arena *a, size_t count, size_t size);
/* Bytes and a closing NUL. */
char *arena_copy(struct arena *a, const char *bytes, size_t len);
char *arena_strdup(struct arena *a, const char *text);
char *arena_printf(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *format, va_list args);
/* Grows an array made by arena_array from `old` to `count` elements; the old
 * place stays readable until release. */
void *arena_grow(struct arena *a, const void *array, size_t old, size_t count,
                 size_t size);
void arena_release(struct arena *a);
/* Takes everything back, as release does, but keeps the newest block for what
 * comes next: for loops that fill and empty one arena many times. */
void arena_clear(struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, count) \
    ((type *)arena_array((a), (count), sizeof(type)))

#endif
