/*
 * Bytes that grow: what writers fill before file_write_atomic() takes them.
 * Owned by whoever declared it; buf_release() gives it back.
 */
#ifndef NYUSHO_CORE_BUF_H
#define NYUSHO_CORE_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
    char *bytes; /* NUL-terminated whenever not NULL */
    size_t len, capacity;
};
#define BUF_INIT ((struct buf){NULL, 0, 0})

void buf_add(struct buf *b, const void *bytes, size_t len);
void buf_text(struct buf *b, const char *text);
void buf_char(struct buf *b, char c);
/* Its own bytes from..to once more. */
void buf_again(struct buf *b, size_t from, size_t to);
void buf_int(struct buf *b, int64_t value); /* decimal */
void buf_printf(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buf_clear(struct buf *b); /* keeps the memory */
void buf_release(struct buf *b);

#endif
