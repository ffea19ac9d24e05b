/*
 * CP932 (what Excel and the core systems call Shift_JIS) to UTF-8 and back,
 * strictly: what cannot be held is refused, never replaced. Used by the CSV
 * reader and writer.
 */
#ifndef NYUSHO_CORE_ENCODING_H
#define NYUSHO_CORE_ENCODING_H

#include "core/arena.h"
#include "core/buf.h"

#include <stdbool.h>

/* UTF-8 in the arena, NUL-terminated, *made bytes long. NULL when the bytes are
 * not CP932; *bad is then the offset of the first wrong one. */
char *cp932_decode(const char *bytes, size_t len, size_t *made, size_t *bad,
                   struct arena *a);
/* Appends CP932 to `out`. False when a character has no place there, or would
 * come back as another one (¥ as \, 〜 as ～); *bad is its offset in `text`. */
bool cp932_encode(const char *text, size_t len, struct buf *out, size_t *bad);

#endif
