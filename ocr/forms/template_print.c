/*
 * What the empty form prints: lines, frames, tables, shades, texts. To add a
 * kind of thing: a load_<thing>() for one item, its row in `things`, and its
 * line in the grammar at the top of application.yaml.
 */
#include "ocr/forms/build.h"

#include <string.h>

#define TABLE_LINE 15 /* a thin rule, 0.15 mm */
#define FRAME_LINE 50 /* 太枠, 0.5 mm */

static bool same_line(const struct form_line *a, const struct form_line *b)
{
    return a->page == b->page && a->x1 == b->x1 && a->y1 == b->y1 &&
           a->x2 == b->x2 && a->y2 == b->y2;
}

/* Neighbours share an edge: it is printed once, at the greater width. */
static bool add_line(struct form_builder *b, int32_t x1, int32_t y1, int32_t x2,
                     int32_t y2, int32_t width, struct pos at)
{
    struct form_line new = {.page = b->page,
                            .x1 = x1,
                            .y1 = y1,
                            .x2 = x2,
                            .y2 = y2,
                            .width = width};
    if (x1 < 0 || y1 < 0 || x2 < x1 || y2 < y1 || x2 > b->t->width ||
        y2 > b->t->height)
        return diag_error(b->d, at, "bad-box",
                          "線が用紙からはみ出すか、始点と終点が逆です",
                          "the line leaves the paper or ends before it begins");
    for (size_t i = 0; i < b->t->n_lines; i++) {
        struct form_line *old = &b->t->lines[i];
        if (!same_line(old, &new))
            continue;
        old->width = width > old->width ? width : old->width;
        return true;
    }
    struct form_line *line = form_add_line(b, at);
    if (line)
        *line = new;
    return line != NULL;
}

static bool add_frame(struct form_builder *b, struct rect_tmm r, int32_t width,
                      struct pos at)
{
    int32_t right = r.left + r.width, bottom = r.top + r.height;
    return add_line(b, r.left, r.top, right, r.top, width, at) &&
           add_line(b, r.left, bottom, right, bottom, width, at) &&
           add_line(b, r.left, r.top, r.left, bottom, width, at) &&
           add_line(b, right, r.top, right, bottom, width, at);
}

/* {x: [from, to], y: 12.5} lies, {x: 12.5, y: [from, to]} stands. */
static bool load_line(struct form_builder *b, const struct yaml *node)
{
    static const char *const keys[] = {"x", "y", "width", "dotted", NULL};
    const struct yaml *x = yaml_find(node, "x"), *y = yaml_find(node, "y");
    const struct yaml *dotted = yaml_find(node, "dotted");
    int32_t xs[2], ys[2], width = TABLE_LINE;
    bool dots = false;
    if (!yaml_only_keys(node, keys, b->d))
        return false;
    if (!x || !y || (x->kind == YAML_LIST) == (y->kind == YAML_LIST))
        return diag_error(
            b->d, node->at, "bad-box",
            "線は x: [始, 終] と y、または x と y: [始, 終] で書いて"
            "ください",
            "a line is x: [from, to] and y, or x and y: [from, "
            "to]");
    bool lies = x->kind == YAML_LIST;
    if (!(lies ? form_lengths(b, x, xs, 2) : form_length(b, x, &xs[0])) ||
        !(lies ? form_length(b, y, &ys[0]) : form_lengths(b, y, ys, 2)) ||
        !form_width_at(b, node, "width", &width) ||
        (dotted && !yaml_bool(dotted, &dots, b->d)))
        return false;
    size_t before = b->t->n_lines;
    if (!add_line(b, b->dx + xs[0], b->dy + ys[0], b->dx + xs[lies],
                  b->dy + ys[!lies], width, node->at))
        return false;
    if (b->t->n_lines > before)
        b->t->lines[before].dotted = dots;
    return true;
}

static bool load_frame(struct form_builder *b, const struct yaml *node)
{
    static const char *const keys[] = {"box", "width", NULL};
    struct rect_tmm box;
    int32_t width = FRAME_LINE;
    const struct yaml *at = yaml_find(node, "box");
    if (!yaml_only_keys(node, keys, b->d))
        return false;
    if (!at)
        return yaml_text(node, "box", b->d) != NULL;
    return form_box(b, at, &box) && form_width_at(b, node, "width", &width) &&
           add_frame(b, box, width, node->at);
}

static bool add_shade(struct form_builder *b, struct rect_tmm box,
                      struct pos at)
{
    struct form_shade *shade = form_add_shade(b, at);
    if (shade)
        shade->box = box;
    return shade != NULL;
}

static bool load_shade(struct form_builder *b, const struct yaml *node)
{
    struct rect_tmm box;
    return form_box(b, node, &box) && add_shade(b, box, node->at);
}

static bool add_caption(struct form_builder *b, const char *text,
                        struct rect_tmm box, int32_t size, struct pos at)
{
    if (!add_shade(b, box, at))
        return false;
    struct form_text *t = form_add_text(b, at);
    if (!t)
        return false;
    t->text = form_numbered(b, text);
    t->box = box;
    t->size = size;
    t->align = ALIGN_CENTER;
    return true;
}

/* A cell is its width, or [width, caption, size of its type if smaller]. */
static bool load_cell(struct form_builder *b, const struct yaml *node,
                      struct rect_tmm *box)
{
    const struct yaml *width =
        node->kind == YAML_LIST && node->n > 0 ? node->items[0] : node;
    if (!form_length(b, width, &box->width) ||
        !form_box_check(b, *box, node->at))
        return false;
    if (node->kind != YAML_LIST)
        return true;
    int32_t size = b->style.size, tenths;
    if (node->n < 2 || node->n > 3 || node->items[1]->kind != YAML_SCALAR)
        return diag_error(b->d, node->at, "yaml-type",
                          "見出しの欄は [幅, 見出し] と書いてください",
                          "a caption's cell is [width, caption]");
    if (node->n == 3) {
        if (!form_length(b, node->items[2], &tenths))
            return false;
        size = tenths;
    }
    return add_caption(b, node->items[1]->text, *box, size, node->at);
}

static bool load_row(struct form_builder *b, const struct yaml *node, int32_t x,
                     int32_t *y, int32_t width)
{
    static const char *const keys[] = {"height", "cells", NULL};
    const struct yaml *cells = yaml_find(node, "cells");
    int32_t height = 0;
    size_t n;
    if (!yaml_only_keys(node, keys, b->d) ||
        !form_length_at(b, node, "height", &height) || !form_list(b, cells, &n))
        return false;
    if (n == 0 || height == 0)
        return diag_error(b->d, node->at, "yaml-missing",
                          "表の行には height と cells が要ります",
                          "a row of a table needs height and cells");
    struct rect_tmm box = {x, *y, 0, height};
    for (size_t i = 0; i < n; i++) {
        if (!load_cell(b, cells->items[i], &box) ||
            !add_line(b, box.left, box.top, box.left, box.top + height, width,
                      node->at))
            return false;
        box.left += box.width;
    }
    *y += height;
    return add_line(b, box.left, box.top, box.left, *y, width, node->at) &&
           add_line(b, x, box.top, box.left, box.top, width, node->at) &&
           add_line(b, x, *y, box.left, *y, width, node->at);
}

static bool load_table(struct form_builder *b, const struct yaml *node)
{
    static const char *const keys[] = {"at", "width", "rows", NULL};
    const struct yaml *at = yaml_find(node, "at");
    const struct yaml *rows = yaml_find(node, "rows");
    int32_t v[2] = {0, 0}, width = TABLE_LINE;
    size_t n;
    if (!yaml_only_keys(node, keys, b->d) ||
        (at && !form_lengths(b, at, v, 2)) ||
        !form_width_at(b, node, "width", &width) || !form_list(b, rows, &n))
        return false;
    int32_t y = b->dy + v[1];
    for (size_t i = 0; i < n; i++)
        if (!load_row(b, rows->items[i], b->dx + v[0], &y, width))
            return false;
    return true;
}

static bool load_align(struct form_builder *b, const struct yaml *node,
                       enum form_align *out)
{
    static const char *const names[] = {"left", "center", "right"};
    for (int i = 0; node && i < 3; i++)
        if (node->kind == YAML_SCALAR && strcmp(node->text, names[i]) == 0) {
            *out = (enum form_align)i;
            return true;
        }
    return !node || diag_error(b->d, node->at, "yaml-type",
                               "align は left, center, right のどれかです",
                               "align is left, center or right");
}

static bool load_text(struct form_builder *b, const struct yaml *node)
{
    static const char *const keys[] = {"box",   "text", "size",
                                       "align", "bold", NULL};
    const struct yaml *box = yaml_find(node, "box");
    const struct yaml *bold = yaml_find(node, "bold");
    if (!yaml_only_keys(node, keys, b->d))
        return false;
    const char *text = yaml_text(node, "text", b->d);
    if (!text || (!box && !yaml_text(node, "box", b->d)))
        return false;
    struct form_text *t = form_add_text(b, node->at);
    if (!t)
        return false;
    t->text = form_numbered(b, text);
    t->size = b->style.size;
    t->align = b->style.align;
    return form_box(b, box, &t->box) && form_size_at(b, node, &t->size) &&
           load_align(b, yaml_find(node, "align"), &t->align) &&
           (!bold || yaml_bool(bold, &t->bold, b->d));
}

/* Words on one line: {y: middle, size: 9, put: [[x, word], …]}. */
static bool load_words(struct form_builder *b, const struct yaml *node)
{
    static const char *const keys[] = {"y", "size", "put", NULL};
    const struct yaml *y = yaml_find(node, "y"), *put = yaml_find(node, "put");
    int32_t middle, x, size = b->style.size;
    size_t n;
    if (!yaml_only_keys(node, keys, b->d) || !form_list(b, put, &n) ||
        !form_size_at(b, node, &size))
        return false;
    if (!y)
        return yaml_text(node, "y", b->d) != NULL;
    if (!form_length(b, y, &middle))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct yaml *pair = put->items[i];
        if (pair->kind != YAML_LIST || pair->n != 2 ||
            pair->items[1]->kind != YAML_SCALAR)
            return diag_error(b->d, pair->at, "yaml-type",
                              "[左からの位置, 文字] と書いてください",
                              "write [distance from the left, word]");
        if (!form_length(b, pair->items[0], &x) ||
            !form_word(b, form_numbered(b, pair->items[1]->text), b->dx + x,
                       b->dy + middle, size, pair->at))
            return false;
    }
    return true;
}

static const struct {
    const char *key;
    bool (*load)(struct form_builder *, const struct yaml *item);
} things[] = {
    {"shades", load_shade}, {"tables", load_table}, {"lines", load_line},
    {"frames", load_frame}, {"texts", load_text},   {"words", load_words},
};

bool form_print_load(struct form_builder *b, const struct yaml *block)
{
    for (size_t k = 0; k < sizeof things / sizeof things[0]; k++) {
        const struct yaml *list = yaml_find(block, things[k].key);
        size_t n;
        if (!form_list(b, list, &n))
            return false;
        for (size_t i = 0; i < n; i++)
            if (!things[k].load(b, list->items[i]))
                return false;
    }
    return true;
}
