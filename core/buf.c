#include "core/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void grow(struct buf *b, size_t more)
{
    if (more > SIZE_MAX / 4 || b->len > SIZE_MAX / 4) {
        fputs("nyusho: out of memory\n", stderr);
        exit(3);
    }
    size_t capacity = b->capacity ? b->capacity : 256;
    while (capacity - b->len <= more)
        capacity *= 2;
    char *bytes = realloc(b->bytes, capacity);
    if (!bytes) {
        fputs("nyusho: out of memory\n", stderr);
        exit(3);
    }
    b->bytes = bytes;
    b->capacity = capacity;
}

static inline void reserve(struct buf *b, size_t more)
{
    if (!b->bytes || b->capacity - b->len <= more)
        grow(b, more);
}

void buf_add(struct buf *b, const void *bytes, size_t len)
{
    reserve(b, len);
    if (len)
        memcpy(b->bytes + b->len, bytes, len);
    b->len += len;
    b->bytes[b->len] = '\0';
}

void buf_text(struct buf *b, const char *text)
{
    buf_add(b, text, strlen(text));
}

void buf_char(struct buf *b, char c)
{
    reserve(b, 1);
    b->bytes[b->len++] = c;
    b->bytes[b->len] = '\0';
}

void buf_again(struct buf *b, size_t from, size_t to)
{
    reserve(b, to - from);
    memcpy(b->bytes + b->len, b->bytes + from, to - from);
    b->len += to - from;
    b->bytes[b->len] = '\0';
}

void buf_int(struct buf *b, int64_t value)
{
    if (value >= 0 && value < 10) { /* most keys of an order are such */
        buf_char(b, (char)('0' + value));
        return;
    }
    char digits[24], *at = digits + sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0)
        *--at = '-';
    buf_add(b, at, (size_t)(digits + sizeof digits - at));
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len > 0) {
        reserve(b, (size_t)len);
        vsnprintf(b->bytes + b->len, (size_t)len + 1, format, again);
        b->len += (size_t)len;
    }
    va_end(again);
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    if (b->bytes)
        b->bytes[0] = '\0';
}

void buf_release(struct buf *b)
{
    free(b->bytes);
    *b = BUF_INIT;
}
