#include "core/csv.h"

#include "core/encoding.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

/* Offices hold tens of thousands of rows; these bounds only keep a wrong file
 * from filling the machine. */
#define MAX_BYTES ((size_t)1024 * 1024 * 1024)
#define MAX_COLUMNS 4096
#define MAX_CELLS ((size_t)100 * 1000 * 1000)

struct csv_reader {
    struct arena *mem;
    struct diag *d;
    const char *name;
    const char *at, *end; /* UTF-8, what is left */
    int line;             /* of `at` */
    size_t n_columns;     /* 0 until the header is read */
    bool failed;

    /* The row being read: text of all cells, each closed by NUL. */
    char *text;
    size_t text_len, text_capacity;
    size_t *starts;
    const char **cells;
    size_t n, cells_capacity;
    bool quoted; /* any cell of the row is written in quotes */
};

static bool fail(struct csv_reader *r)
{
    r->failed = true;
    return false;
}

static struct pos cell_pos(const struct csv_reader *r, int line)
{
    return (struct pos){r->name, line, (int)r->n};
}

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
    *r = (struct csv_reader){.mem = a, .d = d, .line = 1};
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

bool csv_reader_failed(const struct csv_reader *r)
{
    return !r || r->failed;
}

static void add_char(struct csv_reader *r, char c)
{
    if (r->text_len == r->text_capacity) {
        size_t capacity = r->text_capacity ? r->text_capacity * 2 : 1024;
        r->text = arena_grow(r->mem, r->text, r->text_len, capacity, 1);
        r->text_capacity = capacity;
    }
    r->text[r->text_len++] = c;
}

static bool begin_cell(struct csv_reader *r)
{
    if (r->n == MAX_COLUMNS) {
        diag_error(r->d, (struct pos){r->name, r->line, 0}, "csv-too-large",
                   "列が多すぎます（上限 %d）",
                   "there are too many columns (limit %d)", MAX_COLUMNS);
        return fail(r);
    }
    if (r->n == r->cells_capacity) {
        size_t capacity = r->cells_capacity ? r->cells_capacity * 2 : 32;
        r->starts =
            arena_grow(r->mem, r->starts, r->n, capacity, sizeof *r->starts);
        r->cells =
            arena_grow(r->mem, r->cells, r->n, capacity, sizeof *r->cells);
        r->cells_capacity = capacity;
    }
    r->starts[r->n++] = r->text_len;
    return true;
}

static bool at_line_end(const struct csv_reader *r)
{
    return r->at == r->end || *r->at == '\n' || *r->at == '\r';
}

/* Takes LF, CRLF, or a CR alone. */
static void skip_line_end(struct csv_reader *r)
{
    if (r->at < r->end && *r->at == '\r')
        r->at++;
    if (r->at < r->end && *r->at == '\n')
        r->at++;
    r->line++;
}

static bool read_quoted(struct csv_reader *r)
{
    int opened = r->line;
    r->quoted = true;
    for (r->at++; r->at < r->end; r->at++) {
        if (*r->at == '"') {
            if (r->at + 1 == r->end || r->at[1] != '"')
                break;
            r->at++;
        }
        r->line += *r->at == '\n';
        add_char(r, *r->at);
    }
    if (r->at == r->end) {
        diag_error(r->d, cell_pos(r, opened), "csv-quote",
                   "ここで始まる \" が閉じていません",
                   "the quote that begins here is never closed");
        return fail(r);
    }
    r->at++;
    if (at_line_end(r) || *r->at == ',')
        return true;
    diag_error(r->d, cell_pos(r, r->line), "csv-quote",
               "閉じた \" の後に文字があります。文中の \" は \"\" と書いて"
               "ください",
               "there is text after the closing quote: a quote inside a cell "
               "is written \"\"");
    return fail(r);
}

/* ="0123" is how a writer keeps Excel from changing a code: gives the code.
 * Anything that is not one such literal stays as it is. */
static void unwrap(char *cell)
{
    size_t len = strlen(cell);
    if (len < 3 || cell[0] != '=' || cell[1] != '"' || cell[len - 1] != '"')
        return;
    for (size_t i = 2; i < len - 1; i++)
        if (cell[i] == '"' && (++i == len - 1 || cell[i] != '"'))
            return;
    char *o = cell;
    for (size_t i = 2; i < len - 1; i++) {
        *o++ = cell[i];
        i += cell[i] == '"';
    }
    *o = '\0';
}

static bool read_row(struct csv_reader *r)
{
    r->n = r->text_len = 0;
    r->quoted = false;
    for (;;) {
        if (!begin_cell(r))
            return false;
        if (r->at < r->end && *r->at == '"') {
            if (!read_quoted(r))
                return false;
        } else {
            for (; !at_line_end(r) && *r->at != ','; r->at++)
                add_char(r, *r->at);
        }
        add_char(r, '\0');
        if (at_line_end(r))
            break;
        r->at++; /* the comma */
    }
    skip_line_end(r);
    for (size_t i = 0; i < r->n; i++) {
        unwrap(r->text + r->starts[i]);
        r->cells[i] = r->text + r->starts[i];
    }
    return true;
}

/* Nothing but commas: what Excel leaves behind below a table. */
static bool is_blank(const struct csv_reader *r)
{
    return !r->quoted && r->text_len == r->n;
}

static bool check_columns(struct csv_reader *r, int line)
{
    if (r->n == r->n_columns)
        return true;
    diag_error(r->d, (struct pos){r->name, line, 0}, "csv-columns",
               "この行は %1$zu 列ですが、見出しは %2$zu 列です",
               "this row has %1$zu cells, the header has %2$zu", r->n,
               r->n_columns);
    return fail(r);
}

struct heading {
    const char *name;
    int column;
};

static int by_name(const void *one, const void *other)
{
    const struct heading *a = one, *b = other;
    int order = strcmp(a->name, b->name);
    return order ? order : a->column - b->column;
}

static bool check_header(struct csv_reader *r, int line)
{
    struct heading *all = ARENA_ARRAY(r->mem, struct heading, r->n);
    for (size_t i = 0; i < r->n; i++) {
        char *name = text_trim(text_nfkc(r->cells[i], r->mem), r->mem);
        r->cells[i] = name;
        all[i] = (struct heading){name, (int)i + 1};
    }
    r->n_columns = r->n;
    qsort(all, r->n, sizeof *all, by_name);
    for (size_t i = 1; i < r->n; i++) {
        if (!*all[i].name || strcmp(all[i - 1].name, all[i].name) != 0)
            continue;
        diag_error(r->d, (struct pos){r->name, line, all[i].column},
                   "csv-duplicate-column",
                   "見出し「%s」が2つあります。一つにしてください",
                   "the header \"%s\" is there twice: keep one", all[i].name);
        return fail(r);
    }
    return true;
}

bool csv_reader_next(struct csv_reader *r, const char ***cells, size_t *n,
                     int *line)
{
    if (csv_reader_failed(r))
        return false;
    do {
        if (r->at == r->end) {
            if (r->n_columns)
                return false;
            diag_error(r->d, POS_FILE(r->name), "csv-empty",
                       "見出しの行がありません", "there is no row of headings");
            return fail(r);
        }
        *line = r->line;
        if (!read_row(r))
            return false;
    } while (is_blank(r));
    if (!(r->n_columns ? check_columns(r, *line) : check_header(r, *line)))
        return false;
    *cells = r->cells;
    *n = r->n;
    return true;
}

/* Makes room for one more row of the table. */
static bool table_grow(struct csv *t, size_t *capacity, struct csv_reader *r)
{
    if (t->n_rows < *capacity)
        return true;
    if (t->n_rows > MAX_CELLS / t->n_columns) {
        diag_error(r->d, (struct pos){r->name, r->line, 0}, "csv-too-large",
                   "行が多すぎます（上限 %zu マス）",
                   "there are too many rows (limit %zu cells)", MAX_CELLS);
        return fail(r);
    }
    size_t more = *capacity ? *capacity * 2 : 64;
    t->cells = arena_grow(r->mem, t->cells, t->n_rows * t->n_columns,
                          more * t->n_columns, sizeof *t->cells);
    t->lines = arena_grow(r->mem, t->lines, t->n_rows, more, sizeof *t->lines);
    *capacity = more;
    return true;
}

bool csv_parse(const char *bytes, size_t len, const char *name,
               enum encoding encoding, struct csv *out, struct arena *a,
               struct diag *d)
{
    *out = (struct csv){.file = arena_strdup(a, name)};
    struct csv_reader *r = csv_reader_open(bytes, len, name, encoding, a, d);
    const char **cells;
    size_t n, capacity = 0;
    int line;
    if (!r || !csv_reader_next(r, &cells, &n, &line))
        return false;
    out->header = arena_grow(a, cells, n, n, sizeof *cells);
    out->n_columns = n;
    while (csv_reader_next(r, &cells, &n, &line)) {
        if (!table_grow(out, &capacity, r))
            break;
        for (size_t i = 0; i < n; i++)
            out->cells[out->n_rows * n + i] = arena_strdup(a, cells[i]);
        out->lines[out->n_rows++] = line;
    }
    return !csv_reader_failed(r);
}

int csv_column(const struct csv *t, const char *header)
{
    for (size_t i = 0; i < t->n_columns; i++)
        if (strcmp(t->header[i], header) == 0)
            return (int)i;
    return -1;
}

const char *csv_cell(const struct csv *t, size_t row, int column)
{
    return t->cells[row * t->n_columns + (size_t)column];
}

struct pos csv_pos(const struct csv *t, size_t row, int column)
{
    return (struct pos){t->file, t->lines[row], column + 1};
}
