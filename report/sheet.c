#include "report/sheet.h"

#include <assert.h>

/* A file can hold what would steer a terminal. */
static const char *harmless(const char *text, struct arena *a)
{
    char *copy = arena_strdup(a, text);
    for (char *c = copy; *c; c++) {
        bool c1 = (unsigned char)c[0] == 0xC2 && (unsigned char)c[1] < 0xA0;
        if ((unsigned char)*c < ' ' || *c == 0x7F || c1)
            *c = ' ';
        if (c1)
            *++c = ' ';
    }
    return copy;
}

struct sheet sheet_make(const char *title, struct arena *a)
{
    return (struct sheet){.a = a, .title = harmless(title, a)};
}

static struct sheet_item *add(struct sheet *s, enum sheet_kind kind)
{
    if (s->n == s->capacity) {
        size_t more = s->capacity ? s->capacity * 2 : 64;
        s->items = arena_grow(s->a, s->items, s->n, more, sizeof *s->items);
        s->capacity = more;
    }
    s->items[s->n] = (struct sheet_item){.kind = kind};
    return &s->items[s->n++];
}

void sheet_heading(struct sheet *s, const char *text)
{
    add(s, SHEET_HEADING)->text = harmless(text, s->a);
}

void sheet_line(struct sheet *s, const char *text)
{
    add(s, SHEET_LINE)->text = harmless(text, s->a);
}

void sheet_picture(struct sheet *s, const char *heading, const char *svg)
{
    struct sheet_item *item = add(s, SHEET_PICTURE);
    item->text = harmless(heading, s->a);
    item->svg = arena_strdup(s->a, svg);
}

void sheet_table(struct sheet *s, const struct sheet_column *columns, size_t n)
{
    assert(n <= SHEET_MAX_COLUMNS);
    struct sheet_item *item = add(s, SHEET_TABLE);
    item->columns = columns;
    item->n = n;
}

void sheet_row(struct sheet *s, const char *const *cells)
{
    size_t at = s->n;
    while (s->items[at - 1].kind == SHEET_ROW)
        at--;
    const struct sheet_item *table = &s->items[at - 1];
    assert(table->kind == SHEET_TABLE);
    const char **copy = ARENA_ARRAY(s->a, const char *, table->n);
    for (size_t i = 0; i < table->n; i++)
        copy[i] = harmless(cells[i], s->a);
    struct sheet_item *row = add(s, SHEET_ROW);
    row->cells = copy;
    row->n = s->items[at - 1].n;
}
