#include "core/yaml_pieces.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct reader {
    yaml_parser_t parser;
    struct pieces *out;
    struct arena *a;
    size_t *at; /* byte offset of each character, and of the end */
    size_t n_at;
    /* Scalars in order: # inside one is no comment. */
    struct piece *scalars;
    size_t n_scalars, scalars_capacity;
};

/* ---- the source ---- */

/* Line breaks as LF, so that an offset means the same everywhere. */
static void copy_source(struct pieces *out, const char *bytes, size_t len,
                        struct arena *a)
{
    if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        len -= 3;
    }
    char *copy = arena_alloc(a, len + 1);
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] == '\r' && i + 1 < len && bytes[i + 1] == '\n')
            continue;
        copy[n++] = bytes[i] == '\r' ? '\n' : bytes[i];
    }
    copy[n] = '\0';
    out->bytes = copy;
    out->len = n;
}

/* libyaml counts characters. */
static void index_characters(struct reader *r)
{
    const struct pieces *p = r->out;
    r->at = ARENA_ARRAY(r->a, size_t, p->len + 1);
    for (size_t i = 0; i < p->len; i++)
        if (((unsigned char)p->bytes[i] & 0xC0) != 0x80)
            r->at[r->n_at++] = i;
    r->at[r->n_at] = p->len;
}

static size_t offset(const struct reader *r, const yaml_mark_t *mark)
{
    return mark->index < r->n_at ? r->at[mark->index] : r->out->len;
}

/* ---- the nodes ---- */

static struct piece *add_item(struct reader *r, struct piece *parent)
{
    if (parent->n == parent->capacity) {
        size_t more = parent->capacity ? parent->capacity * 2 : 4;
        parent->items = arena_grow(r->a, parent->items, parent->n, more,
                                   sizeof *parent->items);
        parent->capacity = more;
    }
    parent->items[parent->n] = (struct piece){0};
    return &parent->items[parent->n++];
}

static void note_scalar(struct reader *r, const struct piece *scalar)
{
    if (r->n_scalars == r->scalars_capacity) {
        size_t more = r->scalars_capacity ? r->scalars_capacity * 2 : 64;
        r->scalars = arena_grow(r->a, r->scalars, r->n_scalars, more,
                                sizeof *r->scalars);
        r->scalars_capacity = more;
    }
    r->scalars[r->n_scalars++] = *scalar;
}

static bool read_node(struct reader *r, const yaml_event_t *e,
                      struct piece *out);

static bool read_items(struct reader *r, struct piece *out)
{
    for (;;) {
        yaml_event_t e;
        if (!yaml_parser_parse(&r->parser, &e))
            return false;
        bool end = e.type == YAML_SEQUENCE_END_EVENT ||
                   e.type == YAML_MAPPING_END_EVENT;
        if (end)
            out->end = offset(r, out->flow ? &e.end_mark : &e.start_mark);
        bool ok = end || read_node(r, &e, add_item(r, out));
        yaml_event_delete(&e);
        if (end || !ok)
            return ok;
    }
}

static bool read_node(struct reader *r, const yaml_event_t *e,
                      struct piece *out)
{
    out->start = offset(r, &e->start_mark);
    out->end = offset(r, &e->end_mark);
    out->column = (int)e->start_mark.column;
    switch (e->type) {
    case YAML_SCALAR_EVENT:
        out->kind = YAML_SCALAR;
        out->block_scalar = e->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
                            e->data.scalar.style == YAML_FOLDED_SCALAR_STYLE;
        note_scalar(r, out);
        return true;
    case YAML_MAPPING_START_EVENT:
        out->kind = YAML_MAP;
        out->flow = e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
        return read_items(r, out);
    case YAML_SEQUENCE_START_EVENT:
        out->kind = YAML_LIST;
        out->flow = e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
        return read_items(r, out);
    default:
        return false;
    }
}

static bool read_root(struct reader *r)
{
    for (;;) {
        yaml_event_t e;
        if (!yaml_parser_parse(&r->parser, &e))
            return false;
        bool before = e.type == YAML_STREAM_START_EVENT ||
                      e.type == YAML_DOCUMENT_START_EVENT;
        bool ok = before || read_node(r, &e, &r->out->root);
        yaml_event_delete(&e);
        if (!before)
            return ok;
    }
}

/* ---- the comments ---- */

/* LF, and what YAML 1.1 also takes for the end of a line. */
static bool ends_line(const char *p)
{
    return *p == '\n' || !*p || memcmp(p, "\xC2\x85", 2) == 0 ||
           strncmp(p, "\xE2\x80\xA8", 3) == 0 ||
           strncmp(p, "\xE2\x80\xA9", 3) == 0;
}

static struct comment comment_at(const struct pieces *p, size_t at)
{
    struct comment c = {.start = at, .end = at, .alone = true};
    size_t line = at;
    while (line > 0 && p->bytes[line - 1] != '\n')
        line--;
    for (size_t i = line; i < at; i++) {
        c.alone = c.alone && strchr(" \t", p->bytes[i]);
        c.column += ((unsigned char)p->bytes[i] & 0xC0) != 0x80;
    }
    while (!ends_line(p->bytes + c.end))
        c.end++;
    return c;
}

/* Outside scalars a # begins a comment, whatever stands before it. */
static void find_comments(struct reader *r)
{
    struct pieces *p = r->out;
    size_t capacity = 0, next = 0;
    for (size_t i = 0; i < p->len;) {
        while (next < r->n_scalars && r->scalars[next].end <= i)
            next++;
        if (next < r->n_scalars && i >= r->scalars[next].start) {
            i = r->scalars[next].end;
            continue;
        }
        if (p->bytes[i] != '#') {
            i++;
            continue;
        }
        if (p->n_comments == capacity) {
            capacity = capacity ? capacity * 2 : 16;
            p->comments = arena_grow(r->a, p->comments, p->n_comments, capacity,
                                     sizeof *p->comments);
        }
        p->comments[p->n_comments] = comment_at(p, i);
        i = p->comments[p->n_comments++].end;
    }
}

bool pieces_read(struct pieces *out, const char *bytes, size_t len,
                 struct arena *a)
{
    struct reader r = {.out = out, .a = a};
    *out = (struct pieces){0};
    copy_source(out, bytes, len, a);
    index_characters(&r);
    if (!yaml_parser_initialize(&r.parser)) {
        fputs("nyusho: out of memory\n", stderr);
        exit(3);
    }
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)out->bytes,
                                 out->len);
    bool ok = read_root(&r);
    yaml_parser_delete(&r.parser);
    if (ok)
        find_comments(&r);
    return ok;
}

bool pieces_same_comments(const struct pieces *written,
                          const struct pieces *laid_out)
{
    if (written->n_comments != laid_out->n_comments)
        return false;
    for (size_t i = 0; i < written->n_comments; i++) {
        const struct comment *x = &written->comments[i];
        const struct comment *y = &laid_out->comments[i];
        size_t len = y->end - y->start;
        if (x->end - x->start < len ||
            memcmp(written->bytes + x->start, laid_out->bytes + y->start,
                   len) != 0)
            return false;
    }
    return true;
}
