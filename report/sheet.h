/*
 * A document to read: headings, lines and tables, drawn as text for a
 * terminal or as one page of HTML that needs nothing else. What it says is
 * the same in both.
 *
 *     struct sheet s = sheet_make("基準表", &mem);
 *     sheet_heading(&s, "世帯");
 *     sheet_table(&s, columns, 3);
 *     sheet_row(&s, (const char *[]){"1", "ひとり親世帯", "26"});
 *     sheet_text(&s, &out);
 */
#ifndef NYUSHO_REPORT_SHEET_H
#define NYUSHO_REPORT_SHEET_H

#include "core/arena.h"
#include "core/buf.h"
#include "core/diag.h"

#define SHEET_MAX_COLUMNS 8

struct sheet_column {
    const char *title;
    int widest; /* columns on a terminal; longer cells go on below */
    bool right; /* numbers */
};

enum sheet_kind {
    SHEET_HEADING,
    SHEET_LINE,
    SHEET_TABLE,
    SHEET_ROW,
    SHEET_PICTURE
};
struct sheet_item {
    enum sheet_kind kind;
    const char *text;                   /* heading, line; of a picture */
    const char *svg;                    /* picture */
    const struct sheet_column *columns; /* table */
    size_t n;
    const char *const *cells; /* row of the table before it */
};

/* Everything is owned by the arena, texts too; control characters in them
 * come out as spaces. */
struct sheet {
    struct arena *a;
    const char *title;
    struct sheet_item *items;
    size_t n, capacity;
};

struct sheet sheet_make(const char *title, struct arena *a);
void sheet_heading(struct sheet *s, const char *text);
void sheet_line(struct sheet *s, const char *text);
/* The rows that follow have `n` cells, at most SHEET_MAX_COLUMNS. */
void sheet_table(struct sheet *s, const struct sheet_column *columns, size_t n);
void sheet_row(struct sheet *s, const char *const *cells);
/* An <svg> element, made by us: HTML takes it as it is, text leaves it out,
 * with its heading. */
void sheet_picture(struct sheet *s, const char *heading, const char *svg);

void sheet_text(const struct sheet *s, struct buf *out);
void sheet_html(const struct sheet *s, enum lang lang, struct buf *out);
/* Text of ours or of a file into HTML or SVG. */
void html_escape(struct buf *out, const char *text);

#endif
