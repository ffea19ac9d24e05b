#include "core/csv.h"

#include "core/encoding.h"
#include "core/file.h"
#include "core/text.h"

#include <string.h>

/* Longest number that Excel shows with all its digits. */
#define EXCEL_DIGITS 11
/* Longest text that Excel takes inside a formula. */
#define EXCEL_LITERAL 255

void csv_begin(struct csv_writer *w, struct csv_style style)
{
    *w = (struct csv_writer){BUF_INIT, style, false};
}

static void begin_cell(struct csv_writer *w)
{
    if (w->row_open)
        buf_char(&w->out, ',');
    w->row_open = true;
}

static void add_doubling_quotes(struct buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '"')
            buf_char(out, '"');
        buf_char(out, *text);
    }
}

/* Whether a byte of eight is one that asks for quotes. */
static bool any_special(uint64_t word)
{
    static const char special[] = {',', '"', '\r', '\n'};
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t found = 0;
    for (size_t i = 0; i < sizeof special; i++) {
        uint64_t same = word ^ ones * (unsigned char)special[i];
        found |= (same - ones) & ~same;
    }
    return found & ones << 7;
}

static bool needs_quotes(const char *text, size_t len)
{
    uint64_t word = 0;
    for (; len >= sizeof word; len -= sizeof word, text += sizeof word) {
        memcpy(&word, text, sizeof word);
        if (any_special(word))
            return true;
    }
    for (; len > 0; len--, text++)
        if (*text == ',' || *text == '"' || *text == '\r' || *text == '\n')
            return true;
    return false;
}

static void add_cell(struct csv_writer *w, const char *text)
{
    size_t len = strlen(text);
    if (!needs_quotes(text, len)) {
        buf_add(&w->out, text, len);
        return;
    }
    buf_char(&w->out, '"');
    add_doubling_quotes(&w->out, text);
    buf_char(&w->out, '"');
}

/* ="text", which Excel shows as the text and nothing else. */
static void add_protected(struct csv_writer *w, const char *text)
{
    struct buf formula = BUF_INIT;
    buf_text(&formula, "=\"");
    add_doubling_quotes(&formula, text);
    buf_char(&formula, '"');
    if (needs_quotes(text, strlen(text)))
        add_cell(w, formula.bytes);
    else /* as other systems write it: no outer quotes */
        buf_text(&w->out, formula.bytes);
    buf_release(&formula);
}

/* A text that Excel would take for a formula, and run. */
static bool is_formula(const char *text)
{
    return *text && strchr("=+-@\t\r", *text);
}

void csv_text(struct csv_writer *w, const char *text)
{
    begin_cell(w);
    text = text ? text : "";
    if (!w->style.excel || !is_formula(text)) {
        add_cell(w, text);
    } else if (text_count(text) <= EXCEL_LITERAL) {
        add_protected(w, text);
    } else { /* too long for a formula: behind a space it is no formula */
        struct buf moved = BUF_INIT;
        buf_printf(&moved, " %s", text);
        add_cell(w, moved.bytes);
        buf_release(&moved);
    }
}

static bool is_plain_number(const char *code)
{
    size_t digits = strspn(code, "0123456789");
    return code[digits] == '\0' && digits > 0 && digits <= EXCEL_DIGITS &&
           (code[0] != '0' || digits == 1);
}

void csv_code(struct csv_writer *w, const char *code)
{
    bool excel = w->style.excel && code && *code && !is_plain_number(code) &&
                 text_count(code) <= EXCEL_LITERAL;
    if (!excel) {
        csv_text(w, code);
        return;
    }
    begin_cell(w);
    add_protected(w, code);
}

void csv_int(struct csv_writer *w, int64_t value)
{
    begin_cell(w);
    buf_int(&w->out, value);
}

void csv_milli(struct csv_writer *w, int64_t thousandths)
{
    uint64_t size =
        thousandths < 0 ? 0 - (uint64_t)thousandths : (uint64_t)thousandths;
    begin_cell(w);
    if (thousandths < 0)
        buf_char(&w->out, '-');
    buf_int(&w->out, (int64_t)(size / 1000));
    unsigned rest = (unsigned)(size % 1000);
    int digits = 3;
    while (digits > 0 && rest % 10 == 0) {
        rest /= 10;
        digits--;
    }
    if (digits > 0)
        buf_printf(&w->out, ".%0*u", digits, rest);
}

void csv_again(struct csv_writer *w, size_t from, size_t to)
{
    buf_again(&w->out, from, to);
    w->row_open = true;
}

void csv_end_row(struct csv_writer *w)
{
    /* One empty cell alone would read as an empty line. */
    bool bare = w->out.len == 0 || w->out.bytes[w->out.len - 1] == '\n';
    if (bare && w->row_open)
        buf_text(&w->out, "\"\"");
    buf_text(&w->out, w->style.lf ? "\n" : "\r\n");
    w->row_open = false;
}

/* Row and column (from 1) of a byte of the table. */
static struct pos place_of(const char *bytes, size_t offset, const char *name)
{
    struct pos at = {name, 1, 1};
    bool quoted = false;
    for (size_t i = 0; i < offset; i++) {
        if (bytes[i] == '"')
            quoted = !quoted;
        if (!quoted && bytes[i] == ',')
            at.column++;
        if (!quoted && bytes[i] == '\n') {
            at.line++;
            at.column = 1;
        }
    }
    return at;
}

static bool unencodable(const char *text, size_t bad, const char *name,
                        struct diag *d)
{
    const char *from = text + bad;
    const char *to = from;
    unsigned code = text_next(&to);
    struct pos at = place_of(text, bad, name);
    return diag_error(d, at, "unencodable",
                      "%1$d 行 %2$d 列目の「%4$.*3$s」（U+%5$04X）は CP932"
                      "（Shift_JIS）で書けません。UTF-8 で出力してください",
                      "row %1$d, column %2$d: %4$.*3$s (U+%5$04X) cannot be "
                      "written in CP932 (Shift_JIS): write UTF-8 instead",
                      at.line, at.column, (int)(to - from), from, code);
}

bool csv_finish(struct csv_writer *w, const char *name, struct diag *d)
{
    struct buf made = BUF_INIT;
    const char *text = w->out.bytes ? w->out.bytes : "";
    size_t bad = 0;
    bool ok = true;
    if (w->style.encoding == ENCODING_CP932) {
        ok = cp932_encode(text, w->out.len, &made, &bad) ||
             unencodable(text, bad, name, d);
    } else {
        if (!w->style.no_bom)
            buf_text(&made, "\xEF\xBB\xBF");
        buf_add(&made, w->out.bytes, w->out.len);
    }
    buf_release(&w->out);
    w->out = made;
    return ok;
}

bool csv_save(struct csv_writer *w, const char *folder, const char *name,
              struct diag *d)
{
    struct arena mem = ARENA_INIT;
    const char *path = folder ? path_join(&mem, folder, name) : name;
    bool ok = csv_finish(w, name, d) &&
              file_write_atomic(path, w->out.bytes, w->out.len, d);
    arena_release(&mem);
    return ok;
}

void csv_release(struct csv_writer *w)
{
    buf_release(&w->out);
    w->row_open = false;
}
