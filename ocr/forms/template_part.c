/*
 * The boxes of a field that hold writing. A box is [x, y, w, h]; digit cells
 * are [x, y, count], of the size the style says.
 */
#include "ocr/forms/field.h"

#include "core/date.h"

#include <string.h>

#define MAX_PARTS 8
#define MAX_CELLS 40
#define ERA_ROOM 20 /* before and after words to be ringed, tmm */
#define ERA_GAP 40  /* between them: a ring must not touch the next */
#define WORD_ROOM 8 /* around 年 月 日, tmm */

static struct form_part *add_part(struct form_builder *b, struct form_field *f,
                                  enum form_part_role role)
{
    if (f->n_parts >= MAX_PARTS) {
        diag_error(b->d, f->at, "form-too-large", "一つの欄の枠は %d までです",
                   "a field has at most %d boxes", MAX_PARTS);
        return NULL;
    }
    if (!f->parts)
        f->parts = ARENA_ARRAY(b->mem, struct form_part, MAX_PARTS);
    f->parts[f->n_parts].role = role;
    return &f->parts[f->n_parts++];
}

static bool set_cells(struct form_builder *b, struct form_part *p, int32_t x,
                      int32_t y, int32_t count, struct pos at)
{
    const struct form_style *s = &b->style;
    if (count < 1 || count > MAX_CELLS)
        return diag_error(b->d, at, "bad-box", "数字枠は 1 から %d 個です",
                          "1 to %d cells, please", MAX_CELLS);
    p->cells = ARENA_ARRAY(b->mem, struct rect_tmm, (size_t)count);
    p->n_cells = (size_t)count;
    for (int32_t i = 0; i < count; i++)
        p->cells[i] = (struct rect_tmm){x + i * (s->cell_w + s->cell_gap), y,
                                        s->cell_w, s->cell_h};
    p->box = (struct rect_tmm){
        x, y, count * (s->cell_w + s->cell_gap) - s->cell_gap, s->cell_h};
    return form_box_check(b, p->box, at);
}

/* How a part is written: 4 numbers are a box, 3 are cells. */
enum shape { SHAPE_BOX = 4, SHAPE_CELLS = 3, SHAPE_EITHER = 0 };

static bool load_cells(struct form_builder *b, const struct yaml *node,
                       struct form_part *p)
{
    int32_t x, y;
    int64_t count;
    return form_length(b, node->items[0], &x) &&
           form_length(b, node->items[1], &y) &&
           yaml_int(node->items[2], &count, b->d) &&
           set_cells(b, p, b->dx + x, b->dy + y,
                     count > 0 && count < 1000 ? (int32_t)count : 0, node->at);
}

static bool load_part(struct form_builder *b, const struct yaml *node,
                      struct form_field *f, enum form_part_role role,
                      enum shape shape)
{
    struct form_part *p = add_part(b, f, role);
    if (!p)
        return false;
    bool cells = node->kind == YAML_LIST && node->n == SHAPE_CELLS;
    if (shape == SHAPE_CELLS && !cells)
        return diag_error(b->d, node->at, "bad-box",
                          "数字枠は [左, 上, 個数] と書いてください",
                          "digit cells are [x, y, count]");
    return cells && shape != SHAPE_BOX ? load_cells(b, node, p)
                                       : form_box(b, node, &p->box);
}

/* One, or a list of several. */
static bool load_groups(struct form_builder *b, const struct yaml *node,
                        struct form_field *f, enum shape shape)
{
    if (node->kind != YAML_LIST || node->n == 0 ||
        node->items[0]->kind != YAML_LIST)
        return load_part(b, node, f, PART_WHOLE, shape);
    for (size_t i = 0; i < node->n; i++)
        if (!load_part(b, node->items[i], f, PART_WHOLE, shape))
            return false;
    return true;
}

/* One era word to print: 令和 or [令和, 令]. */
static bool put_era(struct form_builder *b, const struct yaml *node,
                    struct form_field *f, int32_t *x, int32_t middle)
{
    bool pair = node->kind == YAML_LIST && node->n == 2;
    const struct yaml *value = pair ? node->items[0] : node;
    const struct yaml *print = pair ? node->items[1] : node;
    if (value->kind != YAML_SCALAR || print->kind != YAML_SCALAR ||
        era_parse(value->text) == ERA_NONE)
        return diag_error(b->d, node->at, "option-value",
                          "元号は 明治 大正 昭和 平成 令和 のどれかです",
                          "an era is one of 明治 大正 昭和 平成 令和");
    struct form_option *o = form_add_option(b, f);
    if (!o)
        return false;
    int32_t em = form_word_width("字", b->style.size);
    int32_t width = form_word_width(print->text, b->style.size);
    o->value = value->text;
    o->print = print->text;
    o->box = (struct rect_tmm){*x, middle - em / 2, width, em};
    *x += width;
    return form_box_check(b, o->box, node->at) &&
           form_word(b, print->text, o->box.left, middle, b->style.size,
                     node->at);
}

static bool put_eras(struct form_builder *b, const struct yaml *eras,
                     struct form_field *f, int32_t *x, int32_t middle)
{
    size_t n;
    if (!form_list(b, eras, &n))
        return false;
    int32_t room = n > 1 ? ERA_ROOM : 0;
    for (size_t i = 0; i < n; i++) {
        *x += i > 0 ? ERA_GAP : room;
        if (!put_era(b, eras->items[i], f, x, middle))
            return false;
    }
    *x += n > 1 ? ERA_ROOM + WORD_ROOM : n > 0 ? 2 * WORD_ROOM : 0;
    return true;
}

/* date: [x, y] of the cells' line: era words, then digit cells, each followed
 * by its printed 年, 月 or 日. */
static bool load_date(struct form_builder *b, const struct yaml *node,
                      const struct yaml *eras, struct form_field *f)
{
    static const char *const units[] = {"年", "月", "日"};
    static const enum form_part_role roles[] = {PART_YEAR, PART_MONTH,
                                                PART_DAY};
    int32_t v[2];
    if (!form_lengths(b, node, v, 2))
        return false;
    int32_t x = b->dx + v[0], y = b->dy + v[1];
    int32_t middle = y + b->style.cell_h / 2;
    if (eras && !put_eras(b, eras, f, &x, middle))
        return false;
    int parts = f->kind == FIELD_MONTH ? 2 : 3;
    for (int i = 0; i < parts; i++) {
        struct form_part *p = add_part(b, f, roles[i]);
        if (!p || !set_cells(b, p, x, y, i == 0 && !eras ? 4 : 2, node->at))
            return false;
        x += p->box.width + WORD_ROOM;
        if (!form_word(b, units[i], x, middle, b->style.size, node->at))
            return false;
        x += form_word_width(units[i], b->style.size) + WORD_ROOM;
    }
    return true;
}

bool form_parts_load(struct form_builder *b, const struct yaml *node,
                     struct form_field *f)
{
    static const struct {
        const char *key;
        enum form_part_role role;
    } parts[] = {
        {"year", PART_YEAR}, {"month", PART_MONTH},   {"day", PART_DAY},
        {"hour", PART_HOUR}, {"minute", PART_MINUTE},
    };
    const struct yaml *date = yaml_find(node, "date");
    const struct yaml *cells = yaml_find(node, "cells");
    const struct yaml *box = yaml_find(node, "box");
    const struct yaml *boxes = yaml_find(node, "boxes");
    if ((date && !load_date(b, date, yaml_find(node, "eras"), f)) ||
        (cells && !load_groups(b, cells, f, SHAPE_CELLS)) ||
        (box && !load_part(b, box, f, PART_WHOLE, SHAPE_BOX)) ||
        (boxes && !load_groups(b, boxes, f, SHAPE_BOX)))
        return false;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const struct yaml *part = yaml_find(node, parts[i].key);
        if (part && !load_part(b, part, f, parts[i].role, SHAPE_EITHER))
            return false;
    }
    return true;
}
