/* A value into the boxes of its field, part by part, as its kind is written. */
#include "ocr/paper/hand.h"

#include "core/date.h"

#include <stdlib.h>
#include <string.h>

/* Tenths of a mm: what people and offices write, where there is room. */
#define EM_PEN 46
#define EM_TYPED 34

bool hand_takes_words(enum form_field_kind kind)
{
    return kind == FIELD_TEXT || kind == FIELD_KANA || kind == FIELD_NAME;
}

static void write_digits(struct hand *h, cairo_t *cr, const char *digits,
                         const struct form_part *part)
{
    if (part->n_cells)
        hand_cells(h, cr, digits, part);
    else
        hand_number(h, cr, digits, part->box,
                    h->kind == HAND_PEN ? EM_PEN : EM_TYPED);
}

/* Groups joined by '-', one to a part. */
static void write_code(struct hand *h, cairo_t *cr, const char *value,
                       const struct form_field *field)
{
    for (size_t p = 0; p < field->n_parts; p++) {
        size_t len = strcspn(value, "-");
        struct arena mem = ARENA_INIT;
        write_digits(h, cr, arena_copy(&mem, value, len), &field->parts[p]);
        arena_release(&mem);
        value += len + (value[len] == '-');
    }
}

static const struct form_option *option_named(const struct form_field *field,
                                              const char *value, size_t len)
{
    for (size_t i = 0; i < field->n_options; i++)
        if (strlen(field->options[i].value) == len &&
            memcmp(field->options[i].value, value, len) == 0)
            return &field->options[i];
    return NULL;
}

/* The number in a part: padded as this writer does, in cells or not. */
static void write_part(struct hand *h, cairo_t *cr, int number,
                       const struct form_part *part, bool two)
{
    struct arena mem = ARENA_INIT;
    write_digits(h, cr,
                 arena_printf(&mem, two && h->pad_zero ? "%02d" : "%d", number),
                 part);
    arena_release(&mem);
}

static int year_on_paper(struct hand *h, cairo_t *cr, int32_t day,
                         const struct form_field *field)
{
    int year, month, d, first;
    date_parts(day, &year, &month, &d);
    if (field->western || field->n_options == 0)
        return year;
    for (size_t i = 0; i < field->n_options; i++) {
        const struct form_option *o = &field->options[i];
        if (era_parse(o->value) != era_of_day(day))
            continue;
        if (field->n_options > 1)
            hand_ring(h, cr, o->box);
        if (era_year(era_parse(o->value), 1, &first))
            return year - first + 1;
    }
    return year;
}

/* One character a cell, from the first on. */
static void write_letters(struct hand *h, cairo_t *cr, const char *text,
                          const struct form_part *part)
{
    bool left = h->left;
    h->left = true;
    hand_cells(h, cr, text, part);
    h->left = left;
}

/* ISO date or month. */
static void write_date(struct hand *h, cairo_t *cr, const char *value,
                       const struct form_field *field)
{
    int year = atoi(value), month = atoi(value + 5);
    int day = strlen(value) > 7 ? atoi(value + 8) : 1;
    year = year_on_paper(h, cr, date_day(year, month, day), field);
    for (size_t p = 0; p < field->n_parts; p++) {
        const struct form_part *part = &field->parts[p];
        if (part->role == PART_YEAR)
            write_part(h, cr, year, part, part->n_cells == 2);
        if (part->role == PART_MONTH)
            write_part(h, cr, month, part, true);
        if (part->role == PART_DAY)
            write_part(h, cr, day, part, true);
    }
}

/* "160:30": hours and minutes, or all of it in the one there is. */
static void write_time(struct hand *h, cairo_t *cr, const char *value,
                       const struct form_field *field)
{
    int hours = atoi(value), minutes = atoi(strchr(value, ':') + 1);
    bool alone = field->n_parts == 1;
    for (size_t p = 0; p < field->n_parts; p++) {
        const struct form_part *part = &field->parts[p];
        if (part->role == PART_HOUR)
            write_part(h, cr, hours, part, false);
        if (part->role == PART_MINUTE)
            write_part(h, cr, alone ? hours * 60 + minutes : minutes, part,
                       !alone);
    }
}

/* One value, or several joined by '|'. */
static void write_marks(struct hand *h, cairo_t *cr, const char *value,
                        const struct form_field *field)
{
    for (;;) {
        size_t len = strcspn(value, "|");
        const struct form_option *o = option_named(field, value, len);
        if (o && field->kind == FIELD_RING)
            hand_ring(h, cr, o->box);
        else if (o)
            hand_tick(h, cr, o->box);
        if (!value[len])
            return;
        value += len + 1;
    }
}

static void write_words(struct hand *h, cairo_t *cr, const char *value,
                        const struct form_field *field)
{
    if (field->n_parts && field->parts[0].n_cells) {
        write_letters(h, cr, value, &field->parts[0]);
        return;
    }
    struct rect_tmm box = field->n_parts ? field->parts[0].box : field->box;
    hand_text(h, cr, value, box, h->kind == HAND_PEN ? EM_PEN : EM_TYPED,
              ALIGN_LEFT);
}

void hand_field(struct hand *h, cairo_t *cr, const struct form_field *field,
                const char *value)
{
    if (field->kind == FIELD_DATE || field->kind == FIELD_MONTH)
        write_date(h, cr, value, field);
    else if (field->kind == FIELD_TIME)
        write_time(h, cr, value, field);
    else if (field->kind == FIELD_CODE || field->kind == FIELD_NUMBER)
        write_code(h, cr, value, field);
    else if (field->kind == FIELD_TICK)
        hand_tick(h, cr, field->options[0].box);
    else if (hand_takes_words(field->kind))
        write_words(h, cr, value, field);
    else
        write_marks(h, cr, value, field);
}
