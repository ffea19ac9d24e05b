#include "core/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static iconv_t open_or_end(const char *to, const char *from)
{
    iconv_t cd = iconv_open(to, from);
    if (cd != (iconv_t)-1) /* NOLINT: how iconv says no */
        return cd;
    fputs("nyusho: this system's C library has no CP932 (iconv)\n", stderr);
    exit(3);
}

/* Converts all it can; gives the bytes taken from `in`. `out` must be large
 * enough for everything. */
static size_t convert(iconv_t cd, const char *in, size_t len, char *out,
                      size_t room, size_t *made)
{
    char *from = (char *)in; /* iconv only reads it */
    size_t left = len, space = room;
    char *to = out;
    iconv(cd, &from, &left, &to, &space);
    *made = room - space;
    return len - left;
}

char *cp932_decode(const char *bytes, size_t len, size_t *made, size_t *bad,
                   struct arena *a)
{
    /* One byte of half-width kana becomes three. */
    char *out = arena_array(a, len + 1, 3);
    iconv_t cd = open_or_end("UTF-8", "CP932");
    size_t taken = convert(cd, bytes, len, out, len * 3, made);
    iconv_close(cd);
    out[*made] = '\0';
    *bad = taken;
    return taken == len ? out : NULL;
}

/* The offset of the first character that came back changed; len for none. */
static size_t first_difference(const char *text, size_t len, const char *back,
                               size_t back_len)
{
    size_t at = 0;
    while (at < len && at < back_len && text[at] == back[at])
        at++;
    while (at > 0 && at < len && (text[at] & 0xC0) == 0x80)
        at--;
    return at == len && back_len != len ? 0 : at;
}

bool cp932_encode(const char *text, size_t len, struct buf *out, size_t *bad)
{
    struct arena mem = ARENA_INIT;
    /* No character takes more bytes in CP932 than in UTF-8. */
    char *made = arena_alloc(&mem, len + 1);
    size_t n, back_len = 0, wrong = 0;
    iconv_t cd = open_or_end("CP932", "UTF-8");
    size_t taken = convert(cd, text, len, made, len, &n);
    iconv_close(cd);
    const char *back = cp932_decode(made, n, &back_len, &wrong, &mem);
    if (back)
        *bad = first_difference(text, taken, back, back_len);
    else
        *bad = 0; /* cannot happen: what we encoded decodes */
    bool ok = back && taken == len && *bad == len;
    if (ok)
        buf_add(out, made, n);
    arena_release(&mem);
    return ok;
}
