/* A sheet on a terminal. Full-width letters take two columns. */
#include "report/sheet.h"

#include "core/text.h"

#include <string.h>

#define GAP 2 /* spaces between columns */

static void repeat(struct buf *out, char c, int n)
{
    for (int i = 0; i < n; i++)
        buf_char(out, c);
}

/* ---- cells over several lines ---- */

static int columns_of(const char *from, const char *to)
{
    char one[8];
    int columns = 0;
    while (from < to) {
        const char *next = from;
        text_next(&next);
        memcpy(one, from, (size_t)(next - from));
        one[next - from] = '\0';
        columns += text_columns(one);
        from = next;
    }
    return columns;
}

/* What may not begin a line. */
static bool is_closing(uint32_t c)
{
    const char *all = "」』)）、。・ー";
    for (uint32_t one; (one = text_next(&all));)
        if (one == c)
            return true;
    return false;
}

/* What may not end one. */
static bool is_opening(uint32_t c)
{
    return c == '(' || c == 0xFF08 || c == 0x300C || c == 0x300E;
}

/* Where the first line of a cell ends: after a space or between two letters of
 * which one is Japanese; a word of letters and digits stays whole where it
 * can. */
static const char *line_end(const char *text, int width)
{
    const char *at = text, *good = NULL;
    uint32_t before = 0;
    for (const char *next = at; *at; at = next) {
        uint32_t c = text_next(&next);
        bool japanese = c >= 0x1100 || before >= 0x1100;
        if (at > text && !is_closing(c) && !is_opening(before) && c != ' ' &&
            (before == ' ' || japanese))
            good = at;
        if (at > text && columns_of(text, next) > width)
            return good ? good : at;
        before = c;
    }
    return at;
}

static const char *skip_spaces(const char *text)
{
    return text + strspn(text, " ");
}

/* One line of a cell, padded; returns what is left of it. */
static const char *put_line(struct buf *out, const char *text, int width,
                            bool right, bool pad)
{
    const char *end = line_end(text, width), *last = end;
    while (last > text && last[-1] == ' ')
        last--;
    int spare = width - columns_of(text, last);
    if (right)
        repeat(out, ' ', spare);
    buf_add(out, text, (size_t)(last - text));
    if (pad && !right)
        repeat(out, ' ', spare);
    return skip_spaces(end);
}

/* ---- tables ---- */

struct widths {
    int of[SHEET_MAX_COLUMNS];
};

static int widest(int so_far, const char *text, int most)
{
    int columns = text_columns(text);
    if (columns > most)
        columns = most;
    return columns > so_far ? columns : so_far;
}

static struct widths measure(const struct sheet *s, size_t table)
{
    const struct sheet_item *t = &s->items[table];
    struct widths w = {{0}};
    for (size_t c = 0; c < t->n; c++)
        w.of[c] = text_columns(t->columns[c].title);
    for (size_t i = table + 1; i < s->n && s->items[i].kind == SHEET_ROW; i++)
        for (size_t c = 0; c < t->n; c++)
            w.of[c] =
                widest(w.of[c], s->items[i].cells[c], t->columns[c].widest);
    return w;
}

static bool any_left(const char *const *cells, size_t n)
{
    for (size_t c = 0; c < n; c++)
        if (*cells[c])
            return true;
    return false;
}

static void trim_line(struct buf *out)
{
    while (out->len > 0 && out->bytes[out->len - 1] == ' ')
        out->bytes[--out->len] = '\0';
    buf_char(out, '\n');
}

static void put_row(struct buf *out, const struct sheet_item *t,
                    const char *const *cells, const struct widths *w)
{
    const char *left[SHEET_MAX_COLUMNS];
    for (size_t c = 0; c < t->n; c++)
        left[c] = skip_spaces(cells[c]);
    do {
        for (size_t c = 0; c < t->n; c++) {
            if (c > 0)
                repeat(out, ' ', GAP);
            left[c] = put_line(out, left[c], w->of[c], t->columns[c].right,
                               c + 1 < t->n);
        }
        trim_line(out);
    } while (any_left(left, t->n));
}

static void put_table(const struct sheet *s, size_t table, struct buf *out)
{
    const struct sheet_item *t = &s->items[table];
    struct widths w = measure(s, table);
    const char *titles[SHEET_MAX_COLUMNS];
    for (size_t c = 0; c < t->n; c++)
        titles[c] = t->columns[c].title;
    put_row(out, t, titles, &w);
    for (size_t c = 0; c < t->n; c++) {
        repeat(out, '-', w.of[c]);
        if (c + 1 < t->n)
            repeat(out, ' ', GAP);
    }
    buf_char(out, '\n');
    for (size_t i = table + 1; i < s->n && s->items[i].kind == SHEET_ROW; i++)
        put_row(out, t, s->items[i].cells, &w);
}

void sheet_text(const struct sheet *s, struct buf *out)
{
    buf_printf(out, "%s\n", s->title);
    repeat(out, '=', text_columns(s->title));
    buf_char(out, '\n');
    for (size_t i = 0; i < s->n; i++) {
        const struct sheet_item *item = &s->items[i];
        if (item->kind == SHEET_HEADING)
            buf_printf(out, "\n■ %s\n", item->text);
        else if (item->kind == SHEET_LINE)
            buf_printf(out, "%s\n", item->text);
        else if (item->kind == SHEET_TABLE)
            put_table(s, i, out);
    }
}
