#include "scoring/placement/json_text.h"

void json_text(struct buf *out, const char *text)
{
    buf_char(out, '"');
    for (const char *p = text; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c == '"' || c == '\\')
            buf_char(out, '\\');
        if (c < 0x20)
            buf_printf(out, "\\u%04x", c);
        else
            buf_char(out, *p);
    }
    buf_char(out, '"');
}

void json_text_or_null(struct buf *out, const char *text)
{
    if (text)
        json_text(out, text);
    else
        buf_text(out, "null");
}
