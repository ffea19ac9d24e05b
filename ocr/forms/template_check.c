/*
 * A whole template: what makes it unusable (form_whole_check, errors) and what
 * makes it read badly (form_check, warnings).
 */
#include "ocr/forms/build.h"

#include <string.h>

#define LEAST_CELL_W 50
#define LEAST_CELL_H 70
#define LEAST_CELL_GAP 10
#define LEAST_TICK 35
#define LEAST_RING_ROOM 40
#define LEAST_PRINT_ROOM 10
#define LEAST_CELL_ROOM 5 /* a printed frame keeps words apart from digits */

/* Every box a field is read from, in one list. */
struct owned_box {
    struct rect_tmm box;
    const struct form_field *field;
};

static bool meet(const struct rect_tmm *a, const struct rect_tmm *b,
                 int32_t room)
{
    return a->left < b->left + b->width + room &&
           b->left < a->left + a->width + room &&
           a->top < b->top + b->height + room &&
           b->top < a->top + a->height + room;
}

static size_t count_boxes(const struct form_template *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_fields; i++)
        n += t->fields[i].n_parts + t->fields[i].n_options;
    return n;
}

static struct owned_box *list_boxes(const struct form_template *t,
                                    struct arena *a, size_t n)
{
    struct owned_box *all = ARENA_ARRAY(a, struct owned_box, n);
    size_t k = 0;
    for (size_t i = 0; i < t->n_fields; i++) {
        const struct form_field *f = &t->fields[i];
        for (size_t p = 0; p < f->n_parts; p++)
            all[k++] = (struct owned_box){f->parts[p].box, f};
        for (size_t o = 0; o < f->n_options; o++)
            all[k++] = (struct owned_box){f->options[o].box, f};
    }
    return all;
}

static bool check_overlaps(const struct form_template *t, struct arena *a,
                           struct diag *d)
{
    size_t n = count_boxes(t);
    if (n > FORM_MAX_THINGS)
        return diag_error(d, t->fields[0].at, "form-too-large",
                          "様式の枠が多すぎます（%d まで）",
                          "too many boxes (at most %d)", FORM_MAX_THINGS);
    const struct owned_box *all = list_boxes(t, a, n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            if (all[i].field->page == all[j].field->page &&
                meet(&all[i].box, &all[j].box, 0))
                return diag_error(d, all[i].field->at, "boxes-overlap",
                                  "「%s」の枠が「%s」の枠と重なっています",
                                  "a box of \"%s\" overlaps one of \"%s\"",
                                  all[i].field->id, all[j].field->id);
    return true;
}

static bool check_ids(const struct form_template *t, struct diag *d)
{
    for (size_t i = 0; i < t->n_fields; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(t->fields[i].id, t->fields[j].id) == 0)
                return diag_error(d, t->fields[i].at, "duplicate-id",
                                  "「%s」という欄が二つあります",
                                  "there are two fields \"%s\"",
                                  t->fields[i].id);
    return true;
}

bool form_whole_check(const struct form_template *t, struct arena *a,
                      struct diag *d)
{
    return check_ids(t, d) && check_overlaps(t, a, d);
}

static bool warn_cells(const struct form_field *f, struct diag *d)
{
    for (size_t p = 0; p < f->n_parts; p++) {
        const struct form_part *part = &f->parts[p];
        if (part->n_cells == 0)
            continue;
        const struct rect_tmm *c = part->cells;
        if (c[0].width < LEAST_CELL_W || c[0].height < LEAST_CELL_H)
            return diag_warn(d, f->at, "cell-small",
                             "「%s」の数字枠が 5 × 7 mm より小さいです",
                             "the digit cells of \"%s\" are under 5 × 7 mm",
                             f->id);
        if (part->n_cells > 1 &&
            c[1].left - c[0].left - c[0].width < LEAST_CELL_GAP)
            return diag_warn(d, f->at, "cells-close",
                             "「%s」の数字枠の間が 1 mm より狭いです",
                             "the digit cells of \"%s\" are less than 1 mm "
                             "apart",
                             f->id);
    }
    return true;
}

static bool warn_ticks(const struct form_field *f, struct diag *d)
{
    bool ticks = f->kind == FIELD_TICK || f->kind == FIELD_CHOICE ||
                 f->kind == FIELD_SET;
    for (size_t i = 0; ticks && i < f->n_options; i++)
        if (f->options[i].box.width < LEAST_TICK)
            return diag_warn(
                d, f->at, "tick-small", "「%s」の□が 3.5 mm より小さいです",
                "the tick boxes of \"%s\" are under 3.5 mm", f->id);
    return true;
}

/* Words to be ringed: of a ring field, or of two or more eras. */
static bool warn_rings(const struct form_field *f, struct diag *d)
{
    bool dated = f->kind == FIELD_DATE || f->kind == FIELD_MONTH;
    if (f->kind != FIELD_RING && !(dated && f->n_options > 1))
        return true;
    for (size_t i = 0; i < f->n_options; i++)
        for (size_t j = 0; j < i; j++)
            if (meet(&f->options[i].box, &f->options[j].box, LEAST_RING_ROOM))
                return diag_warn(d, f->at, "ring-close",
                                 "「%s」の「%s」と「%s」の間が 4 mm より狭く、"
                                 "○が隣にかかります",
                                 "in \"%s\" the words %s and %s are less than "
                                 "4 mm apart: a ring would touch both",
                                 f->id, f->options[j].print,
                                 f->options[i].print);
    return true;
}

/* Every line of a text must fit its box. */
static bool warn_wide(const struct form_template *t, struct diag *d)
{
    bool ok = true;
    struct arena mem = ARENA_INIT;
    for (size_t i = 0; i < t->n_texts; i++) {
        const struct form_text *x = &t->texts[i];
        for (const char *p = x->text; *p;) {
            size_t len = strcspn(p, "\n");
            const char *line = arena_copy(&mem, p, len);
            if (form_word_width(line, x->size) > x->box.width + 1)
                ok = diag_warn(d, POS_FILE(t->id), "text-wide",
                               "%d ページの「%s」が枠からはみ出します",
                               "on page %d \"%s\" is wider than its box",
                               x->page, line);
            p += len + (p[len] == '\n');
        }
    }
    arena_release(&mem);
    return ok;
}

static bool is_own_word(const struct form_field *f, const struct form_text *t)
{
    for (size_t i = 0; i < f->n_options; i++)
        if (strcmp(f->options[i].print, t->text) == 0)
            return true;
    return false;
}

/* Print next to a box reads as part of what is written in it. Captions of
 * one's own size fill their cell: only words that stand free are measured. */
static bool warn_print(const struct form_template *t,
                       const struct form_field *f, struct diag *d)
{
    for (size_t i = 0; i < t->n_texts; i++) {
        const struct form_text *x = &t->texts[i];
        if (x->page != f->page || x->align != ALIGN_LEFT || is_own_word(f, x))
            continue;
        int32_t em = form_word_width("字", x->size);
        struct rect_tmm ink = {x->box.left,
                               x->box.top + (x->box.height - em) / 2,
                               form_word_width(x->text, x->size), em};
        for (size_t p = 0; p < f->n_parts; p++)
            if (meet(&f->parts[p].box, &ink,
                     f->parts[p].n_cells ? LEAST_CELL_ROOM : LEAST_PRINT_ROOM))
                return diag_warn(d, f->at, "box-on-print",
                                 "「%s」の枠が印刷の文字「%s」に近すぎます",
                                 "a box of \"%s\" is too near the printed "
                                 "words \"%s\"",
                                 f->id, x->text);
    }
    return true;
}

bool form_check(const struct form_template *t, struct diag *d)
{
    if (!t->marks) /* someone else's form: its print is as it is */
        return true;
    bool ok = true;
    if (t->qr.width == 0)
        ok = diag_warn(d, POS_FILE(t->id), "qr-missing",
                       "四隅の印があるのに QR コードの場所（qr）がありません",
                       "there are corner marks but no place for a QR code");
    ok = warn_wide(t, d) && ok;
    for (size_t i = 0; i < t->n_fields; i++) {
        const struct form_field *f = &t->fields[i];
        ok = warn_cells(f, d) && ok;
        ok = warn_ticks(f, d) && ok;
        ok = warn_rings(f, d) && ok;
        ok = warn_print(t, f, d) && ok;
    }
    return ok;
}
