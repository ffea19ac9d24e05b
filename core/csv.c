#include "core/csv_reader.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>

#define MAX_COLUMNS 4096

static bool fail(struct csv_reader *r)
{
    r->failed = true;
    return false;
}

static struct pos cell_pos(const struct csv_reader *r, int line)
{
    return (struct pos){r->name, line, (int)r->n};
}

bool csv_reader_failed(const struct csv_reader *r)
{
    return !r || r->failed;
}

static void add_text(struct csv_reader *r, const char *text, size_t len)
{
    if (len == 0)
        return;
    if (r->text_capacity - r->text_len < len) {
        size_t capacity = r->text_capacity ? r->text_capacity : 1024;
        while (capacity - r->text_len < len)
            capacity *= 2;
        r->text = arena_grow(r->mem, r->text, r->text_len, capacity, 1);
        r->text_capacity = capacity;
    }
    memcpy(r->text + r->text_len, text, len);
    r->text_len += len;
}

static void add_char(struct csv_reader *r, char c)
{
    add_text(r, &c, 1);
}

/* A cell without quotes, up to the comma or the end of the line. */
static void read_plain(struct csv_reader *r)
{
    const char *p = r->at;
    while (p < r->end && *p != ',' && *p != '\n' && *p != '\r')
        p++;
    add_text(r, r->at, (size_t)(p - r->at));
    r->at = p;
}

static bool grow_cells(struct csv_reader *r)
{
    if (r->n == MAX_COLUMNS) {
        diag_error(r->d, (struct pos){r->name, r->line, 0}, "csv-too-large",
                   "列が多すぎます（上限 %d）",
                   "there are too many columns (limit %d)", MAX_COLUMNS);
        return fail(r);
    }
    size_t capacity = r->cells_capacity ? r->cells_capacity * 2 : 32;
    r->starts =
        arena_grow(r->mem, r->starts, r->n, capacity, sizeof *r->starts);
    r->cells = arena_grow(r->mem, r->cells, r->n, capacity, sizeof *r->cells);
    r->cells_capacity = capacity;
    return true;
}

static bool begin_cell(struct csv_reader *r)
{
    if (r->n == r->cells_capacity && !grow_cells(r))
        return false;
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
    r->blank = false;
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

static bool read_any_row(struct csv_reader *r)
{
    r->n = r->text_len = 0;
    r->blank = true;
    for (;;) {
        if (!begin_cell(r))
            return false;
        if (r->at < r->end && *r->at == '"') {
            if (!read_quoted(r))
                return false;
        } else {
            read_plain(r);
        }
        add_char(r, '\0');
        if (at_line_end(r))
            break;
        r->at++; /* the comma */
    }
    skip_line_end(r);
    for (size_t i = 0; i < r->n; i++) {
        r->cells[i] = r->text + r->starts[i];
        if (*r->cells[i] == '=')
            unwrap(r->text + r->starts[i]);
    }
    r->blank = r->blank && r->text_len == r->n;
    return true;
}

/* The first comma from `at` on, or `end`: eight bytes at a time. */
static char *find_comma(char *at, const char *end)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    for (; end - at >= 8; at += 8) {
        uint64_t word;
        memcpy(&word, at, sizeof word);
        word ^= ones * ',';
        if ((word - ones) & ~word & ones << 7) /* one of them is nothing */
            break;
    }
    while (at < end && *at != ',')
        at++;
    return at;
}

/* A row without quotes, where it stands: its commas become the ends of its
 * cells. */
static bool read_plain_row(struct csv_reader *r, char *line, char *end)
{
    char *cell = line;
    r->n = r->text_len = 0;
    r->blank = true;
    for (;; cell = line + 1) {
        if (r->n == r->cells_capacity && !grow_cells(r))
            return false;
        line = cell < end && *cell == ',' ? cell : find_comma(cell, end);
        r->cells[r->n++] = cell;
        r->blank &= line == cell;
        bool last = line == end;
        *line = '\0';
        if (*cell == '=')
            unwrap(cell);
        if (last)
            return true;
    }
}

/* The end of the row that begins at `at`, if it stands whole in a piece of a
 * file and has no quote and no line break but its own; else NULL. */
static char *plain_row_end(const struct csv_reader *r)
{
    if (!r->piece)
        return NULL;
    char *at = r->piece + (r->at - r->piece);
    size_t left = (size_t)(r->end - r->at);
    char *end = memchr(at, '\n', left);
    if (!end || memchr(at, '"', (size_t)(end - at)))
        return NULL;
    char *cr = memchr(at, '\r', (size_t)(end - at));
    return !cr ? end : cr + 1 == end ? cr : NULL;
}

static bool read_row(struct csv_reader *r)
{
    char *end = plain_row_end(r);
    if (!end) {
        if (!read_any_row(r))
            return false;
    } else {
        char *line = r->piece + (r->at - r->piece);
        r->at = end + (*end == '\r' ? 2 : 1);
        if (!read_plain_row(r, line, end))
            return false;
        r->line++;
    }
    return true;
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

static bool row_too_long(struct csv_reader *r, int line)
{
    diag_error(r->d, (struct pos){r->name, line, 0}, "csv-too-large",
               "この行は長すぎます（上限 %d バイト）",
               "this row is too long (limit %d bytes)", ROW_BYTES);
    return fail(r);
}

bool csv_reader_next(struct csv_reader *r, const char ***cells, size_t *n,
                     int *line)
{
    if (csv_reader_failed(r))
        return false;
    do {
        if (!csv_reader_fill(r))
            return false;
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
        if (r->fd >= 0 && r->at == r->end)
            return row_too_long(r, *line);
    } while (r->blank);
    if (!(r->n_columns ? check_columns(r, *line) : check_header(r, *line)))
        return false;
    *cells = r->cells;
    *n = r->n;
    return true;
}
