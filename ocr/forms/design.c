/* To add a fault: a function that calls found(), its row in the tables below,
 * its line in design.h, a fixture and its twin in fixtures/forms, and what to
 * do about it in ocr/trial/advice.c. */
#include "ocr/forms/design.h"

#include "ocr/forms/build.h"

#include <string.h>

/* Tenths of a mm. */
#define LEAST_CELL_W 50
#define LEAST_CELL_H 70
#define LEAST_CELL_GAP 10
#define LEAST_TICK 35
#define LEAST_TICK_GAP 20 /* to the next in a row */
#define LEAST_TICK_ROW 10 /* to the next row */
#define LEAST_RING_ROOM 40
#define LEAST_PRINT_ROOM 10
#define LEAST_CELL_ROOM 5 /* a printed frame keeps words apart from digits */
#define LEAST_TICK_ROOM 3
#define LEAST_WRITING_H 55
#define LEAST_EDGE 50
#define LINE_SLACK 7 /* a line this near to a box's edge is its frame */

struct design {
    const struct form_template *t;
    bool pen;
    struct form_faults *out;
    size_t capacity;
    struct arena *mem;
};

static void found(struct design *g, const struct form_field *f,
                  const struct rect_tmm *box, const char *check, const char *ja,
                  const char *en)
{
    struct form_faults *all = g->out;

    if (all->n == g->capacity) {
        size_t more = g->capacity ? 2 * g->capacity : 32;
        all->items =
            arena_grow(g->mem, all->items, all->n, more, sizeof *all->items);
        g->capacity = more;
    }
    all->items[all->n++] = (struct form_fault){
        .check = check,
        .field = f,
        .page = f ? f->page : 0,
        .box = box ? *box : (struct rect_tmm){0, 0, 0, 0},
        .what = {ja, en},
    };
}

static bool meet(const struct rect_tmm *a, const struct rect_tmm *b, int32_t x,
                 int32_t y)
{
    return a->left < b->left + b->width + x &&
           b->left < a->left + a->width + x &&
           a->top < b->top + b->height + y && b->top < a->top + a->height + y;
}

static bool is_tick(const struct form_field *f)
{
    return f->kind == FIELD_TICK || f->kind == FIELD_CHOICE ||
           f->kind == FIELD_SET;
}

static bool is_dated(const struct form_field *f)
{
    return f->kind == FIELD_DATE || f->kind == FIELD_MONTH;
}

/* ── digit cells ────────────────────────────────────────────────────────── */

static void cells(struct design *g, const struct form_field *f)
{
    for (size_t p = 0; p < f->n_parts; p++) {
        const struct form_part *part = &f->parts[p];
        const struct rect_tmm *c = part->cells;
        if (part->n_cells == 0)
            continue;
        if (c[0].width < LEAST_CELL_W || c[0].height < LEAST_CELL_H) {
            found(g, f, &part->box, "cell-small",
                  arena_printf(g->mem,
                               "「%s」の数字枠が 5 × 7 mm より小さいです",
                               f->id),
                  arena_printf(g->mem,
                               "the digit cells of \"%s\" are under 5 × 7 mm",
                               f->id));
            return;
        }
        if (part->n_cells > 1 &&
            c[1].left - c[0].left - c[0].width < LEAST_CELL_GAP) {
            found(g, f, &part->box, "cells-close",
                  arena_printf(g->mem, "「%s」の数字枠の間が 1 mm より狭いです",
                               f->id),
                  arena_printf(g->mem,
                               "the digit cells of \"%s\" are less than 1 mm "
                               "apart",
                               f->id));
            return;
        }
    }
}

/* Digits that stand side by side without cells are told apart badly. */
static void cells_missing(struct design *g, const struct form_field *f)
{
    bool digits = f->kind == FIELD_CODE || f->kind == FIELD_NUMBER ||
                  f->kind == FIELD_TIME || is_dated(f);

    for (size_t p = 0; g->pen && digits && p < f->n_parts; p++)
        if (f->parts[p].n_cells == 0) {
            found(g, f, &f->parts[p].box, "cells-missing",
                  arena_printf(g->mem, "「%s」に数字の枠がありません", f->id),
                  arena_printf(g->mem, "\"%s\" has no cells for its digits",
                               f->id));
            return;
        }
}

static void year_short(struct design *g, const struct form_field *f)
{
    for (size_t p = 0; is_dated(f) && !f->n_options && p < f->n_parts; p++)
        if (f->parts[p].role == PART_YEAR && f->parts[p].n_cells > 0 &&
            f->parts[p].n_cells < 4)
            found(g, f, &f->parts[p].box, "year-short",
                  arena_printf(g->mem,
                               "「%s」は元号がないのに、年の枠が 4 個ありま"
                               "せん",
                               f->id),
                  arena_printf(g->mem,
                               "\"%s\" has no era, but fewer than four cells "
                               "for the year",
                               f->id));
}

/* ── ticks and rings ────────────────────────────────────────────────────── */

static void tick_size(struct design *g, const struct form_field *f)
{
    for (size_t i = 0; is_tick(f) && i < f->n_options; i++)
        if (f->options[i].box.width < LEAST_TICK) {
            found(g, f, &f->options[i].box, "tick-small",
                  arena_printf(g->mem, "「%s」の□が 3.5 mm より小さいです",
                               f->id),
                  arena_printf(g->mem,
                               "the tick boxes of \"%s\" are under 3.5 mm",
                               f->id));
            return;
        }
}

/* Is another tick box, of this field or any, too near to this one? */
static bool has_neighbour(const struct form_template *t,
                          const struct form_field *f, size_t nth)
{
    const struct rect_tmm *box = &f->options[nth].box;

    for (size_t i = 0; i < t->n_fields; i++) {
        const struct form_field *o = &t->fields[i];
        if (o->page != f->page || !is_tick(o))
            continue;
        for (size_t k = 0; k < o->n_options; k++) {
            const struct rect_tmm *other = &o->options[k].box;
            if (other != box && (meet(box, other, LEAST_TICK_GAP, 0) ||
                                 meet(box, other, 0, LEAST_TICK_ROW)))
                return true;
        }
    }
    return false;
}

static void ticks_close(struct design *g, const struct form_field *f)
{
    for (size_t i = 0; is_tick(f) && i < f->n_options; i++)
        if (has_neighbour(g->t, f, i)) {
            found(g, f, &f->options[i].box, "ticks-close",
                  arena_printf(g->mem,
                               "「%s」の□が隣の□に近すぎます (横 2 mm、縦 1 mm "
                               "より狭い)",
                               f->id),
                  arena_printf(g->mem,
                               "the tick boxes of \"%s\" are too near to "
                               "others (under 2 mm in a row, 1 mm from row to "
                               "row)",
                               f->id));
            return;
        }
}

/* Words to be ringed: of a ring field, or of two or more eras. */
static void rings(struct design *g, const struct form_field *f)
{
    if (f->kind != FIELD_RING && !(is_dated(f) && f->n_options > 1))
        return;
    for (size_t i = 0; i < f->n_options; i++)
        for (size_t j = 0; j < i; j++) {
            const struct form_option *a = &f->options[j], *b = &f->options[i];
            if (!meet(&a->box, &b->box, LEAST_RING_ROOM, LEAST_RING_ROOM))
                continue;
            found(g, f, &b->box, "ring-close",
                  arena_printf(g->mem,
                               "「%s」の「%s」と「%s」の間が 4 mm より狭く、"
                               "○が隣にかかります",
                               f->id, a->print, b->print),
                  arena_printf(g->mem,
                               "in \"%s\" the words %s and %s are less than "
                               "4 mm apart: a ring would touch both",
                               f->id, a->print, b->print));
            return;
        }
}

/* ── print and lines ────────────────────────────────────────────────────── */

static bool is_own_word(const struct form_field *f, const struct form_text *t)
{
    for (size_t i = 0; i < f->n_options; i++)
        if (strcmp(f->options[i].print, t->text) == 0)
            return true;
    return false;
}

/* Captions of one's own size fill their cell: only words that stand free are
 * measured. */
static bool free_ink(const struct form_field *f, const struct form_text *x,
                     struct rect_tmm *ink)
{
    int32_t em = form_word_width("字", x->size);

    *ink = (struct rect_tmm){x->box.left, x->box.top + (x->box.height - em) / 2,
                             form_word_width(x->text, x->size), em};
    return x->page == f->page && x->align == ALIGN_LEFT &&
           !strchr(x->text, '\n');
}

static void found_print(struct design *g, const struct form_field *f,
                        const struct rect_tmm *box, const char *check,
                        const struct form_text *x)
{
    found(g, f, box, check,
          arena_printf(g->mem, "「%s」の枠が印刷の文字「%s」に近すぎます",
                       f->id, x->text),
          arena_printf(g->mem,
                       "a box of \"%s\" is too near the printed words \"%s\"",
                       f->id, x->text));
}

/* Print next to a box reads as part of what is written in it. */
static void box_on_print(struct design *g, const struct form_field *f)
{
    struct rect_tmm ink;

    for (size_t i = 0; i < g->t->n_texts; i++) {
        const struct form_text *x = &g->t->texts[i];
        if (is_own_word(f, x) || !free_ink(f, x, &ink))
            continue;
        for (size_t p = 0; p < f->n_parts; p++) {
            int32_t room =
                f->parts[p].n_cells ? LEAST_CELL_ROOM : LEAST_PRINT_ROOM;
            if (meet(&f->parts[p].box, &ink, room, room)) {
                found_print(g, f, &f->parts[p].box, "box-on-print", x);
                return;
            }
        }
    }
}

static void tick_on_print(struct design *g, const struct form_field *f)
{
    struct rect_tmm ink;

    for (size_t i = 0; is_tick(f) && i < g->t->n_texts; i++) {
        const struct form_text *x = &g->t->texts[i];
        if (!free_ink(f, x, &ink))
            continue;
        for (size_t o = 0; o < f->n_options; o++)
            if (meet(&f->options[o].box, &ink, LEAST_TICK_ROOM, 0)) {
                found_print(g, f, &f->options[o].box, "tick-on-print", x);
                return;
            }
    }
}

/* Through the box, not along its edge? */
static bool crosses(const struct form_line *l, const struct rect_tmm *box)
{
    struct rect_tmm inner = {box->left + LINE_SLACK, box->top + LINE_SLACK,
                             box->width - 2 * LINE_SLACK,
                             box->height - 2 * LINE_SLACK};
    int32_t left = l->x1 < l->x2 ? l->x1 : l->x2;
    int32_t top = l->y1 < l->y2 ? l->y1 : l->y2;
    struct rect_tmm line = {left, top, (l->x1 < l->x2 ? l->x2 : l->x1) - left,
                            (l->y1 < l->y2 ? l->y2 : l->y1) - top};

    return inner.width > 0 && inner.height > 0 && meet(&inner, &line, 0, 0);
}

static void line_in_box(struct design *g, const struct form_field *f)
{
    for (size_t p = 0; p < f->n_parts; p++)
        for (size_t i = 0; !f->parts[p].n_cells && i < g->t->n_lines; i++)
            if (g->t->lines[i].page == f->page &&
                crosses(&g->t->lines[i], &f->parts[p].box)) {
                found(g, f, &f->parts[p].box, "line-in-box",
                      arena_printf(g->mem, "「%s」の枠の中を線が通っています",
                                   f->id),
                      arena_printf(g->mem,
                                   "a line runs through a box of \"%s\"",
                                   f->id));
                return;
            }
}

/* ── boxes of writing, and where they stand ─────────────────────────────── */

static void box_small(struct design *g, const struct form_field *f)
{
    for (size_t p = 0; g->pen && p < f->n_parts; p++)
        if (!f->parts[p].n_cells && f->parts[p].box.height < LEAST_WRITING_H) {
            found(g, f, &f->parts[p].box, "box-small",
                  arena_printf(g->mem, "「%s」の枠の高さが 5.5 mm より低いです",
                               f->id),
                  arena_printf(g->mem, "the box of \"%s\" is under 5.5 mm high",
                               f->id));
            return;
        }
}

static void near_edge(struct design *g, const struct form_field *f)
{
    const struct rect_tmm *b = &f->box;

    if (b->left >= LEAST_EDGE && b->top >= LEAST_EDGE &&
        b->left + b->width <= g->t->width - LEAST_EDGE &&
        b->top + b->height <= g->t->height - LEAST_EDGE)
        return;
    found(g, f, b, "near-edge",
          arena_printf(g->mem, "「%s」の枠が紙の端から 5 mm 以内にあります",
                       f->id),
          arena_printf(g->mem,
                       "a box of \"%s\" is within 5 mm of the paper's edge",
                       f->id));
}

/* ── the whole form ─────────────────────────────────────────────────────── */

static void marks(struct design *g)
{
    if (!g->t->marks)
        found(g, NULL, NULL, "marks-missing",
              "四隅の印 (marks) がありません。様式は罫線だけで見分けます",
              "there are no corner marks; the form is told by its lines "
              "alone");
    else if (g->t->qr.width == 0)
        found(g, NULL, NULL, "qr-missing",
              "四隅の印があるのに QR コードの場所（qr）がありません",
              "there are corner marks but no place for a QR code");
}

/* Every line of a text must fit its box. */
static void text_wide(struct design *g)
{
    for (size_t i = 0; i < g->t->n_texts; i++) {
        const struct form_text *x = &g->t->texts[i];
        for (const char *p = x->text; *p;) {
            size_t len = strcspn(p, "\n");
            const char *line = arena_copy(g->mem, p, len);
            if (form_word_width(line, x->size) > x->box.width + 1) {
                found(g, NULL, &x->box, "text-wide",
                      arena_printf(g->mem,
                                   "%d ページの「%s」が枠からはみ出します",
                                   x->page, line),
                      arena_printf(g->mem,
                                   "on page %d \"%s\" is wider than its box",
                                   x->page, line));
                g->out->items[g->out->n - 1].page = x->page;
            }
            p += len + (p[len] == '\n');
        }
    }
}

static void (*const of_fields[])(struct design *, const struct form_field *) = {
    cells,        cells_missing, year_short,  tick_size, ticks_close, rings,
    box_on_print, tick_on_print, line_in_box, box_small, near_edge,
};

void form_design(const struct form_template *t, bool pen,
                 struct form_faults *out, struct arena *a)
{
    struct design g = {.t = t, .pen = pen, .out = out, .mem = a};

    *out = (struct form_faults){NULL, 0};
    marks(&g);
    text_wide(&g);
    for (size_t i = 0; i < t->n_fields; i++) {
        const struct form_field *f = &t->fields[i];
        if (f->kind == FIELD_MASK || f->kind == FIELD_IMAGE)
            continue;
        for (size_t k = 0; k < sizeof of_fields / sizeof of_fields[0]; k++)
            of_fields[k](&g, f);
    }
}
