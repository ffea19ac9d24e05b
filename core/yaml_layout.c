#include "core/yaml_layout.h"

#include "core/yaml_pieces.h"

#include <string.h>

#define STEP 2 /* columns from one level to the next */

struct layout {
    const struct pieces *p;
    size_t comment; /* the next one to write */
    struct buf *out;
    size_t from;   /* where the output began in `out` */
    bool broken;   /* the line ends with a comment: nothing may follow */
    bool spaced;   /* it ends with the space of an empty value: {a: , b: } */
    size_t copied; /* source written so far that holds its own empty lines */
};

static bool is_nothing(const struct piece *x)
{
    return x->kind == YAML_SCALAR && x->start == x->end;
}

/* ---- lines ---- */

static bool is_empty(const struct layout *l)
{
    return l->out->len == l->from;
}

static void indent(struct layout *l, int columns)
{
    for (int i = 0; i < columns; i++)
        buf_char(l->out, ' ');
}

/* Whether an empty line stands above that of `at`. */
static bool has_gap(const struct layout *l, size_t at)
{
    const char *s = l->p->bytes;
    while (at > 0 && s[at - 1] != '\n')
        at--;
    if (at == 0)
        return false;
    for (at--; at > l->copied && strchr(" \t", s[at - 1]); at--)
        ;
    return at > l->copied && s[at - 1] == '\n';
}

/* No line ends with a space. */
static void drop_space(struct layout *l)
{
    if (l->spaced)
        l->out->bytes[--l->out->len] = '\0';
    l->spaced = false;
}

static void new_line(struct layout *l, int columns, size_t at)
{
    drop_space(l);
    if (!is_empty(l)) {
        buf_char(l->out, '\n');
        if (has_gap(l, at))
            buf_char(l->out, '\n');
    }
    indent(l, columns);
    l->broken = false;
}

/* ---- comments ---- */

static void write_comment(struct layout *l, const struct comment *c,
                          int columns)
{
    const char *text = l->p->bytes + c->start;
    size_t len = c->end - c->start;
    while (len > 0 && strchr(" \t", text[len - 1]))
        len--;
    drop_space(l);
    if (c->alone || l->broken || is_empty(l))
        new_line(l, columns, c->start);
    else
        buf_char(l->out, ' ');
    buf_add(l->out, text, len);
    l->broken = true;
    l->comment++;
}

static void comments_before(struct layout *l, size_t at, int columns)
{
    while (l->comment < l->p->n_comments &&
           l->p->comments[l->comment].start < at)
        write_comment(l, &l->p->comments[l->comment], columns);
}

/* What a block ends with: comments as deep as the block itself. */
static void comments_of_block(struct layout *l, const struct piece *block,
                              int columns)
{
    while (l->comment < l->p->n_comments) {
        const struct comment *c = &l->p->comments[l->comment];
        if (c->start >= block->end || (c->alone && c->column < block->column))
            return;
        write_comment(l, c, columns);
    }
}

/* ---- scalars ---- */

static size_t line_end(const char *s, size_t at, size_t end)
{
    while (at < end && s[at] != '\n')
        at++;
    return at;
}

static size_t spaces(const char *s, size_t at, size_t end)
{
    size_t n = 0;
    while (at + n < end && s[at + n] == ' ')
        n++;
    return n;
}

/* Over several lines: what stands before each does not count. */
static void write_folded(struct layout *l, const struct piece *s, int columns)
{
    const char *bytes = l->p->bytes;
    for (size_t at = s->start; at <= s->end;) {
        size_t end = line_end(bytes, at, s->end);
        if (at > s->start) {
            while (at < end && strchr(" \t", bytes[at]))
                at++;
            buf_char(l->out, '\n');
            indent(l, at < end ? columns : 0);
        }
        buf_add(l->out, bytes + at, end - at);
        at = end + 1;
    }
}

/* How | or > is to be read: |2+ keeps all line breaks at its end. */
struct block_header {
    size_t end;
    int digit; /* 0: the first line says how deep */
    bool keep;
};

static struct block_header read_header(const char *bytes, const struct piece *s)
{
    struct block_header h = {.end = line_end(bytes, s->start, s->end)};
    for (size_t i = s->start; i < h.end && bytes[i] != '#'; i++) {
        h.keep = h.keep || bytes[i] == '+';
        if (bytes[i] >= '1' && bytes[i] <= '9')
            h.digit = bytes[i] - '0';
    }
    return h;
}

/* Spaces before the first line that has anything else. */
static size_t first_depth(const char *bytes, size_t at, size_t end)
{
    while (at < end && bytes[at] == '\n') {
        size_t n = spaces(bytes, at + 1, end);
        if (at + 1 + n < end && bytes[at + 1 + n] != '\n')
            return n;
        at = line_end(bytes, at + 1, end);
    }
    return end; /* nothing but space */
}

/* Without the empty lines at the end; those of |+ belong to it, but for the
 * line break that the next line brings. */
static size_t block_end(const char *bytes, const struct block_header *h,
                        size_t end, size_t depth)
{
    for (;;) {
        size_t line = end;
        while (line > h->end && bytes[line - 1] != '\n')
            line--;
        if (line <= h->end || line + spaces(bytes, line, end) < end ||
            end - line > depth)
            return end;
        end = line - 1;
        if (h->keep)
            return end;
    }
}

/* | and >: every line moves by as much as the first. */
static void write_block_scalar(struct layout *l, const struct piece *s,
                               const struct piece *parent, int columns)
{
    const char *bytes = l->p->bytes;
    struct block_header h = read_header(bytes, s);
    size_t was = first_depth(bytes, h.end, s->end);
    int now = columns + STEP;
    if (h.digit) {
        was = (size_t)parent->column + (size_t)h.digit;
        now = columns + h.digit;
    }
    size_t end = block_end(bytes, &h, s->end, was);
    buf_add(l->out, bytes + s->start, h.end - s->start);
    for (size_t at = h.end + 1; at <= end;) {
        size_t stop = line_end(bytes, at, end), lead = spaces(bytes, at, stop);
        size_t skip = lead < was ? lead : was;
        buf_char(l->out, '\n');
        indent(l, at + skip < stop ? now : 0);
        buf_add(l->out, bytes + at + skip, stop - at - skip);
        at = stop + 1;
    }
    l->copied = end;
}

/* `columns` is the depth of what it belongs to. */
static void write_scalar(struct layout *l, const struct piece *s,
                         const struct piece *parent, int columns)
{
    l->copied = s->end;
    if (s->block_scalar)
        write_block_scalar(l, s, parent, columns);
    else
        write_folded(l, s, columns + STEP);
}

/* ---- { } and [ ] ---- */

static bool breaks(const struct layout *l, size_t from, size_t to)
{
    return from < to && memchr(l->p->bytes + from, '\n', to - from);
}

static void write_flow(struct layout *l, const struct piece *node, int columns);

static void write_inside(struct layout *l, const struct piece *x,
                         const struct piece *parent, int columns)
{
    if (x->kind == YAML_SCALAR)
        write_scalar(l, x, parent, columns);
    else
        write_flow(l, x, columns);
}

/* Where the source has a line break or a comment, so has the result. */
static void next_inside(struct layout *l, size_t from, size_t at, int columns,
                        bool space)
{
    comments_before(l, at, columns);
    if (l->broken || breaks(l, from, at))
        new_line(l, columns, at);
    else if (space)
        buf_char(l->out, ' ');
}

static void write_value_inside(struct layout *l, const struct piece *value,
                               const struct piece *parent, int columns)
{
    buf_char(l->out, ':');
    if (is_nothing(value)) {
        buf_char(l->out, ' ');
        l->spaced = true;
        return;
    }
    comments_before(l, value->start, columns + STEP);
    if (l->broken)
        new_line(l, columns + STEP, value->start);
    else
        buf_char(l->out, ' ');
    write_inside(l, value, parent, columns);
}

static void write_flow(struct layout *l, const struct piece *node, int columns)
{
    bool map = node->kind == YAML_MAP;
    const char *bytes = l->p->bytes;
    size_t last = node->start, step = map ? 2 : 1;
    /* [a: b] is a map without signs of its own. */
    bool signs = bytes[node->start] == (map ? '{' : '[');
    size_t close = signs ? node->end - 1 : node->end;
    buf_char(l->out, map ? '{' : '[');
    for (size_t i = 0; i + step <= node->n; i += step) {
        const struct piece *x = &node->items[i];
        if (i > 0)
            buf_char(l->out, ',');
        l->spaced = false;
        next_inside(l, last, x->start, columns + STEP, i > 0);
        write_inside(l, x, node, columns + STEP);
        if (map)
            write_value_inside(l, &x[1], node, columns + STEP);
        /* libyaml puts nothing at all behind the comments after it. */
        last = is_nothing(&x[step - 1]) ? x->end : x[step - 1].end;
    }
    if (signs)
        next_inside(l, last, close, columns, false);
    buf_char(l->out, map ? '}' : ']');
    l->spaced = false;
}

/* ---- blocks ---- */

static void write_block(struct layout *l, const struct piece *node, int columns,
                        bool placed);

/* What follows a key or a dash that stands at `columns`. */
static void write_after(struct layout *l, const struct piece *x,
                        const struct piece *parent, int columns)
{
    bool block = x->kind != YAML_SCALAR && !x->flow;
    if (block && parent->kind == YAML_MAP) {
        write_block(l, x, columns + STEP, false);
        return;
    }
    if (is_nothing(x))
        return;
    comments_before(l, x->start, columns + STEP);
    if (l->broken)
        new_line(l, columns + STEP, x->start);
    else
        buf_char(l->out, ' ');
    if (block)
        write_block(l, x, columns + STEP, true);
    else if (x->kind == YAML_SCALAR)
        write_scalar(l, x, parent, columns);
    else
        write_flow(l, x, columns);
}

/* Where the dash of an item stands. */
static size_t dash_of(const struct layout *l, const struct piece *list,
                      size_t i)
{
    const char *s = l->p->bytes;
    if (i == 0)
        return list->start;
    size_t at = list->items[i - 1].end;
    while (s[at] && s[at] != '-')
        at = s[at] == '#' ? line_end(s, at, l->p->len) : at + 1;
    return at;
}

/* `placed`: the first line stands after a dash already. */
static void write_block(struct layout *l, const struct piece *node, int columns,
                        bool placed)
{
    bool map = node->kind == YAML_MAP;
    size_t step = map ? 2 : 1;
    for (size_t i = 0; i + step <= node->n; i += step) {
        const struct piece *x = &node->items[i];
        size_t at = map ? x->start : dash_of(l, node, i);
        if (i > 0 || !placed) {
            comments_before(l, at, columns);
            new_line(l, columns, at);
        }
        if (map)
            write_inside(l, x, node, columns);
        buf_char(l->out, map ? ':' : '-');
        write_after(l, &x[step - 1], node, columns);
    }
    comments_of_block(l, node, columns);
}

/* ---- the whole ---- */

static bool means_the_same(const struct yaml *root, const struct pieces *p,
                           const char *bytes, size_t len, struct arena *a)
{
    struct pieces now;
    struct diag d = DIAG_INIT;
    const struct yaml *again = yaml_parse(bytes, len, "", a, &d);
    diag_release(&d);
    return again && yaml_same(root, again) &&
           pieces_read(&now, bytes, len, a) && pieces_same_comments(p, &now);
}

static void write_root(struct layout *l)
{
    const struct piece *root = &l->p->root;
    comments_before(l, root->start, 0);
    if (root->flow) {
        new_line(l, 0, root->start);
        write_flow(l, root, 0);
    } else {
        write_block(l, root, 0, false);
    }
    comments_before(l, l->p->len + 1, 0);
    buf_char(l->out, '\n');
}

bool yaml_layout(const char *bytes, size_t len, const char *name,
                 struct buf *out, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    struct pieces p;
    struct layout l = {.p = &p, .out = out, .from = out->len};
    const struct yaml *root = yaml_parse(bytes, len, name, &mem, d);
    bool ok = false;
    if (!root)
        goto done;
    /* One word or text alone is no file of ours. */
    if (root->kind != YAML_SCALAR && pieces_read(&p, bytes, len, &mem)) {
        write_root(&l);
        ok = means_the_same(root, &p, out->bytes + l.from, out->len - l.from,
                            &mem);
    }
    if (!ok)
        diag_error(d, POS_FILE(name), "layout-refused",
                   "このファイルは整えると意味が変わるおそれがあるため、その"
                   "ままにしました",
                   "laid out anew this file might mean something else: it is "
                   "left as it is");
done:
    arena_release(&mem);
    return ok;
}
