/* Opens a CSV reader: on bytes that are there, or on a file in pieces. */
#include "core/csv_reader.h"

#include "core/encoding.h"
#include "core/file.h"
#include "core/text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Offices hold tens of thousands of rows; these bounds only keep a wrong file
 * from filling the machine. */
#define MAX_BYTES ((size_t)1024 * 1024 * 1024)

static int line_of(const char *bytes, size_t offset)
{
    int line = 1;
    for (size_t i = 0; i < offset; i++)
        line += bytes[i] == '\n';
    return line;
}

static bool bad_encoding(const char *bytes, size_t bad, const char *name,
                         enum encoding encoding, struct diag *d)
{
    static const struct label what[] = {
        [ENCODING_AUTO] = {"UTF-8 でも CP932（Shift_JIS）でもない文字が"
                           "あります。CSV UTF-8 で保存し直してください",
                           "there is a byte that is neither UTF-8 nor CP932 "
                           "(Shift_JIS): save the file again as CSV UTF-8"},
        [ENCODING_UTF8] = {"UTF-8 ではない文字があります。CSV UTF-8 で保存"
                           "し直してください",
                           "there is a byte that is not UTF-8: save the file "
                           "again as CSV UTF-8"},
        [ENCODING_CP932] = {"CP932（Shift_JIS）ではない文字があります",
                            "there is a byte that is not CP932 (Shift_JIS)"},
    };
    struct pos at = {name, line_of(bytes, bad), 0};
    return diag_label(d, at, "bad-encoding", what[encoding]);
}

/* Points the reader at UTF-8: the bytes themselves, or a decoded copy. */
static bool decode(struct csv_reader *r, const char *bytes, size_t len,
                   enum encoding encoding)
{
    size_t bad = 0, made = 0;
    bool bom = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    if (encoding == ENCODING_AUTO && bom)
        encoding = ENCODING_UTF8;
    r->at = bytes;
    r->end = bytes + len;
    if (encoding != ENCODING_CP932 && text_is_utf8(bytes, len, &bad)) {
        r->at += bom ? 3 : 0;
        return true;
    }
    if (encoding == ENCODING_UTF8)
        return bad_encoding(bytes, bad, r->name, encoding, r->d);
    const char *text = cp932_decode(bytes, len, &made, &bad, r->mem);
    if (!text)
        return bad_encoding(bytes, bad, r->name, encoding, r->d);
    r->at = text;
    r->end = text + made;
    return true;
}

struct csv_reader *csv_reader_open(const char *bytes, size_t len,
                                   const char *name, enum encoding encoding,
                                   struct arena *a, struct diag *d)
{
    struct csv_reader *r = ARENA_NEW(a, struct csv_reader);
    *r = (struct csv_reader){.mem = a, .d = d, .line = 1, .fd = -1};
    r->name = arena_strdup(a, name);
    const char *nul = len ? memchr(bytes, '\0', len) : NULL;
    if (len > MAX_BYTES) {
        diag_error(d, POS_FILE(name), "csv-too-large",
                   "ファイルが大きすぎます（上限 %zu バイト）",
                   "the file is too large (limit %zu bytes)", MAX_BYTES);
        return NULL;
    }
    if (nul) {
        struct pos at = {name, line_of(bytes, (size_t)(nul - bytes)), 0};
        diag_error(d, at, "csv-nul",
                   "文字ではないデータ（NUL）があります。CSV UTF-8 で保存"
                   "し直してください",
                   "there is a NUL byte, so this is no CSV text: save the file "
                   "again as CSV UTF-8");
        return NULL;
    }
    return decode(r, bytes, len, encoding) ? r : NULL;
}

/* ---- a file in pieces ---- */

/* What is new, up to its last whole line: the rest is looked at next time. */
static bool check_piece(struct csv_reader *r)
{
    const char *to = r->end;
    size_t bad = 0;
    while (r->fd >= 0 && to > r->checked && to[-1] != '\n')
        to--;
    size_t len = (size_t)(to - r->checked);
    if (text_is_utf8(r->checked, len, &bad)) {
        r->checked = to;
        return true;
    }
    int line = r->line - 1 + line_of(r->at, (size_t)(r->checked - r->at) + bad);
    struct pos at = {r->name, line, 0};
    if (r->checked[bad] == '\0')
        diag_error(r->d, at, "csv-nul", "文字ではないデータ（NUL）があります",
                   "there is a NUL byte, so this is no CSV text");
    else
        diag_error(r->d, at, "bad-encoding",
                   "UTF-8 ではない文字があります。CSV UTF-8 で保存し直して"
                   "ください",
                   "there is a byte that is not UTF-8: save the file again as "
                   "CSV UTF-8");
    return false;
}

/* Moves what is left to the front and reads behind it. */
static bool read_piece(struct csv_reader *r)
{
    size_t left = (size_t)(r->end - r->at);
    memmove(r->piece, r->at, left);
    r->checked = r->piece + (r->checked - r->at);
    r->at = r->piece;
    while (left < PIECE_BYTES) {
        ssize_t n = read(r->fd, r->piece + left, PIECE_BYTES - left);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return file_unreadable(r->name, errno, r->d);
        if (n == 0) {
            close(r->fd);
            r->fd = -1;
            break;
        }
        left += (size_t)n;
    }
    r->end = r->piece + left;
    return check_piece(r);
}

bool csv_reader_fill(struct csv_reader *r)
{
    if (r->fd < 0 || r->end - r->at >= ROW_BYTES)
        return true;
    r->failed = !read_piece(r);
    return !r->failed;
}

struct csv_reader *csv_reader_open_file(const char *path, struct arena *a,
                                        struct diag *d)
{
    struct csv_reader *r = csv_reader_open("", 0, path, ENCODING_UTF8, a, d);
    r->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (r->fd < 0) {
        file_unreadable(path, errno, d);
        return NULL;
    }
    r->piece = arena_alloc(a, PIECE_BYTES);
    r->at = r->end = r->checked = r->piece;
    if (!csv_reader_fill(r))
        return r;
    if (r->end - r->at >= 3 && memcmp(r->at, "\xEF\xBB\xBF", 3) == 0)
        r->at += 3;
    return r;
}

void csv_reader_close(struct csv_reader *r)
{
    if (r && r->fd >= 0)
        close(r->fd);
    if (r)
        r->fd = -1;
}
