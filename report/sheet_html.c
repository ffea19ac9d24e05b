/* A sheet as one page of HTML, to be printed on A4. */
#include "report/sheet.h"

static const char style[] =
    "body{font-family:'Noto Sans CJK JP','Noto Sans JP','Yu Gothic',"
    "'Hiragino Sans',sans-serif;font-size:10pt;line-height:1.5;color:#111;"
    "max-width:60em;margin:1.5em auto;padding:0 1em}\n"
    "h1{font-size:15pt;border-bottom:2px solid #111;padding-bottom:.3em}\n"
    "h2{font-size:11.5pt;margin:1.4em 0 .3em;break-after:avoid}\n"
    "p{margin:.15em 0}\n"
    "table{border-collapse:collapse;width:100%;margin:.4em 0}\n"
    "th,td{border:1px solid #888;padding:.2em .5em;text-align:left;"
    "vertical-align:top}\n"
    "th{background:#eee;white-space:nowrap}\n"
    "tr{break-inside:avoid}\n"
    ".n,td:first-child{white-space:nowrap}\n.n{text-align:right}\n"
    "figure{margin:0;break-inside:avoid}svg{max-width:100%;height:auto;"
    "print-color-adjust:exact;-webkit-print-color-adjust:exact}\n"
    "@page{size:A4;margin:15mm}\n"
    "@media print{body{margin:0;max-width:none;padding:0}}\n";

void html_escape(struct buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '<')
            buf_text(out, "&lt;");
        else if (*text == '>')
            buf_text(out, "&gt;");
        else if (*text == '&')
            buf_text(out, "&amp;");
        else if (*text == '"')
            buf_text(out, "&quot;");
        else
            buf_char(out, *text);
    }
}

static void element(struct buf *out, const char *open, const char *text,
                    const char *close)
{
    buf_text(out, open);
    html_escape(out, text);
    buf_text(out, close);
}

static void put_table(const struct sheet *s, size_t table, struct buf *out)
{
    const struct sheet_item *t = &s->items[table];
    buf_text(out, "<table>\n<thead><tr>");
    for (size_t c = 0; c < t->n; c++)
        element(out, "<th>", t->columns[c].title, "</th>");
    buf_text(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = table + 1; i < s->n && s->items[i].kind == SHEET_ROW; i++) {
        buf_text(out, "<tr>");
        for (size_t c = 0; c < t->n; c++)
            element(out, t->columns[c].right ? "<td class=\"n\">" : "<td>",
                    s->items[i].cells[c], "</td>");
        buf_text(out, "</tr>\n");
    }
    buf_text(out, "</tbody></table>\n");
}

static void put_picture(const struct sheet_item *item, struct buf *out)
{
    buf_text(out, "<figure>");
    element(out, "<h2>", item->text, "</h2>\n");
    buf_printf(out, "%s</figure>\n", item->svg);
}

void sheet_html(const struct sheet *s, enum lang lang, struct buf *out)
{
    buf_printf(out,
               "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
               "<meta charset=\"utf-8\">\n"
               "<meta name=\"viewport\" content=\"width=device-width\">\n",
               lang == LANG_EN ? "en" : "ja");
    element(out, "<title>", s->title, "</title>\n");
    buf_printf(out, "<style>\n%s</style>\n</head>\n<body>\n", style);
    element(out, "<h1>", s->title, "</h1>\n");
    for (size_t i = 0; i < s->n; i++) {
        const struct sheet_item *item = &s->items[i];
        if (item->kind == SHEET_HEADING)
            element(out, "<h2>", item->text, "</h2>\n");
        else if (item->kind == SHEET_LINE)
            element(out, "<p>", item->text, "</p>\n");
        else if (item->kind == SHEET_TABLE)
            put_table(s, i, out);
        else if (item->kind == SHEET_PICTURE)
            put_picture(item, out);
    }
    buf_text(out, "</body>\n</html>\n");
}
