/*
 * One field of a template. To add a kind: its row in `kinds`, in
 * enum form_field_kind, and what it may hold in template_bind.c.
 */
#include "ocr/forms/field.h"

#include "core/text.h"

#include <assert.h>
#include <string.h>

#define ROLE(r) (1u << (r))

/* What a field of each kind must have. */
static const struct {
    const char *name;
    unsigned all;   /* parts that must be there */
    unsigned any;   /* at least one of these */
    size_t options; /* at least so many */
    enum form_expect expect;
} kinds[] = {
    [FIELD_TEXT] = {"text", ROLE(PART_WHOLE), 0, 0, EXPECT_ANY},
    [FIELD_KANA] = {"kana", ROLE(PART_WHOLE), 0, 0, EXPECT_ANY},
    [FIELD_NAME] = {"name", ROLE(PART_WHOLE), 0, 0, EXPECT_ANY},
    [FIELD_CODE] = {"code", ROLE(PART_WHOLE), 0, 0, EXPECT_ANY},
    [FIELD_NUMBER] = {"number", ROLE(PART_WHOLE), 0, 0, EXPECT_ANY},
    [FIELD_DATE] = {"date", ROLE(PART_YEAR) | ROLE(PART_MONTH) | ROLE(PART_DAY),
                    0, 0, EXPECT_AT_MOST_ONE},
    [FIELD_MONTH] = {"month", ROLE(PART_YEAR) | ROLE(PART_MONTH), 0, 0,
                     EXPECT_AT_MOST_ONE},
    [FIELD_TIME] = {"time", 0, ROLE(PART_HOUR) | ROLE(PART_MINUTE), 0,
                    EXPECT_ANY},
    [FIELD_TICK] = {"tick", 0, 0, 1, EXPECT_AT_MOST_ONE},
    [FIELD_CHOICE] = {"choice", 0, 0, 2, EXPECT_AT_MOST_ONE},
    [FIELD_SET] = {"set", 0, 0, 1, EXPECT_ANY},
    [FIELD_RING] = {"ring", 0, 0, 2, EXPECT_AT_MOST_ONE},
    [FIELD_MASK] = {"mask", ROLE(PART_WHOLE), 0, 0, EXPECT_ANY},
    [FIELD_IMAGE] = {"image", ROLE(PART_WHOLE), 0, 0, EXPECT_ANY},
};
static_assert(sizeof kinds / sizeof kinds[0] == N_FORM_FIELD_KINDS,
              "say what every kind needs");

const char *form_field_kind_name(enum form_field_kind kind)
{
    return kinds[kind].name;
}

static bool kind_parse(const struct form_builder *b, const struct yaml *node,
                       enum form_field_kind *out)
{
    const char *names[N_FORM_FIELD_KINDS];
    for (int i = 0; i < N_FORM_FIELD_KINDS; i++) {
        names[i] = kinds[i].name;
        if (node->kind == YAML_SCALAR && strcmp(node->text, names[i]) == 0) {
            *out = (enum form_field_kind)i;
            return true;
        }
    }
    const char *near = node->kind == YAML_SCALAR
                           ? text_nearest(node->text, names, N_FORM_FIELD_KINDS)
                           : NULL;
    return diag_error(b->d, node->at, "unknown-kind",
                      "欄の種類「%s」はありません（近いもの: %s）",
                      "there is no kind of field \"%s\" (nearest: %s)",
                      node->kind == YAML_SCALAR ? node->text : "[…]",
                      near ? near : "-");
}

/* Said by kind:, or else by what it is bound to and how it is asked. */
static bool find_kind(struct form_builder *b, const struct yaml *node,
                      struct form_field *f, bool bound, enum field_type type)
{
    const struct yaml *said = yaml_find(node, "kind");
    if (said) {
        if (!kind_parse(b, said, &f->kind))
            return false;
    } else if (yaml_find(node, "rings") &&
               !(bound && (type == TYPE_DATE || type == TYPE_MONTH))) {
        f->kind = FIELD_RING;
    } else if (yaml_find(node, "ticks") && (!bound || type != TYPE_SET)) {
        f->kind = FIELD_CHOICE;
    } else if (bound) {
        f->kind = form_default_kind(type);
    } else {
        f->kind = yaml_find(node, "tick") ? FIELD_TICK : FIELD_TEXT;
    }
    if (bound && !form_kind_holds(f->kind, type))
        return diag_error(b->d, f->at, "bad-bind",
                          "「%s」（%s）を %s の欄にはできません",
                          "%s (%s) cannot be a field of kind %s", f->bind,
                          field_type_name(type), kinds[f->kind].name);
    return true;
}

static bool has_what_it_needs(struct form_builder *b,
                              const struct form_field *f)
{
    unsigned have = 0;
    for (size_t i = 0; i < f->n_parts; i++)
        have |= ROLE(f->parts[i].role);
    unsigned all = kinds[f->kind].all, any = kinds[f->kind].any;
    bool options = f->kind == FIELD_TICK
                       ? f->n_options == 1
                       : f->n_options >= kinds[f->kind].options;
    if ((have & all) == all && (!any || (have & any)) && options &&
        (have & ~(all | any)) == 0)
        return true;
    return diag_error(b->d, f->at, "parts-missing",
                      "「%s」（%s の欄）の枠か選択肢が足りないか、余分です",
                      "\"%s\", a field of kind %s, lacks a box or an option, "
                      "or has one too many",
                      f->id, kinds[f->kind].name);
}

static void grow(struct rect_tmm *all, const struct rect_tmm *one)
{
    if (all->width == 0) {
        *all = *one;
        return;
    }
    int32_t right = all->left + all->width, bottom = all->top + all->height;
    int32_t r = one->left + one->width, m = one->top + one->height;
    all->left = one->left < all->left ? one->left : all->left;
    all->top = one->top < all->top ? one->top : all->top;
    all->width = (r > right ? r : right) - all->left;
    all->height = (m > bottom ? m : bottom) - all->top;
}

static void find_extent(struct form_field *f)
{
    for (size_t i = 0; i < f->n_parts; i++)
        grow(&f->box, &f->parts[i].box);
    for (size_t i = 0; i < f->n_options; i++)
        grow(&f->box, &f->options[i].box);
}

/* size:, tick_gap: and gap: of one field. */
static bool load_style(struct form_builder *b, const struct yaml *node)
{
    return form_size_at(b, node, &b->style.size) &&
           form_length_at(b, node, "tick_gap", &b->style.tick_gap) &&
           form_length_at(b, node, "gap", &b->style.cell_gap);
}

/* A scalar of the field, or "" when it is not there. */
static bool word_at(struct form_builder *b, const struct yaml *node,
                    const char *key, const char **out)
{
    *out = "";
    if (!yaml_find(node, key))
        return true;
    const char *text = yaml_text(node, key, b->d);
    if (text)
        *out = form_numbered(b, text);
    return text != NULL;
}

static bool load_names(struct form_builder *b, const struct yaml *node,
                       struct form_field *f, enum field_type *type)
{
    if (!word_at(b, node, "bind", &f->bind) ||
        !word_at(b, node, "id", &f->id) ||
        !word_at(b, node, "caption", &f->caption) ||
        (*f->bind && !form_bind(b, f, type)))
        return false;
    if (!*f->id)
        f->id = f->bind;
    if (!*f->id)
        return yaml_text(node, "id", b->d) != NULL;
    if (!*f->caption)
        f->caption = f->field ? f->field->label.ja : f->id;
    return true;
}

static bool load_body(struct form_builder *b, const struct yaml *node,
                      struct form_field *f)
{
    const struct yaml *required = yaml_find(node, "required");
    const struct yaml *full = yaml_find(node, "full");
    const struct yaml *hand = yaml_find(node, "hand");
    enum field_type type = TYPE_TEXT;
    if (!load_names(b, node, f, &type) ||
        (required && !yaml_bool(required, &f->required, b->d)) ||
        (full && !yaml_bool(full, &f->full, b->d)) ||
        (hand && !yaml_bool(hand, &f->hand, b->d)) ||
        !find_kind(b, node, f, *f->bind, type) || !load_style(b, node) ||
        !form_options_load(b, node, f) || !form_parts_load(b, node, f) ||
        !has_what_it_needs(b, f) || !form_rule_load(b, node, f))
        return false;
    f->expect = kinds[f->kind].expect;
    if (f->required && f->expect == EXPECT_AT_MOST_ONE && f->n_options > 1)
        f->expect = EXPECT_ONE;
    f->western =
        (f->kind == FIELD_DATE || f->kind == FIELD_MONTH) && f->n_options == 0;
    find_extent(f);
    return true;
}

bool form_field_load(struct form_builder *b, const struct yaml *node)
{
    static const char *const keys[] = {
        "id",     "bind",  "kind",  "caption", "required", "size",  "gap",
        "box",    "boxes", "cells", "year",    "month",    "day",   "hour",
        "minute", "date",  "eras",  "tick",    "ticks",    "rings", "tick_gap",
        "full",   "hand",  "check", NULL};
    if (!yaml_only_keys(node, keys, b->d))
        return false;
    struct form_field *f = form_add_field(b, node->at);
    if (!f)
        return false;
    f->at = node->at;
    struct form_style style = b->style;
    bool ok = load_body(b, node, f);
    b->style = style;
    return ok;
}
