/*
 * The answers of a field: tick boxes and words to be ringed. Written one by
 * one, [x, y, value, printed word], or as a run:
 *
 *     ticks: {at: [22, 2.5], values: [就労, 出産, [虐待・DV, 虐待]], gap: 3}
 *     ticks: {at: [22, 2.5], values: [...], step: [23, 5.5], per_line: 7}
 */
#include "ocr/forms/field.h"

#include "core/date.h"

#include <string.h>

#define RUN_GAP 30 /* from a word to the next box, tmm */

/* Where the next answer of a run goes. */
struct run {
    int32_t x, y, left; /* on the page, tmm */
    int32_t gap, step[2];
    int64_t per_line; /* 0: one line, each as wide as its word */
    int64_t done;
};

struct form_option *form_add_option(struct form_builder *b,
                                    struct form_field *f)
{
    if (f->n_options >= DICTIONARY_MAX_VALUES) {
        diag_error(b->d, f->at, "form-too-large",
                   "一つの欄の選択肢は %d までです",
                   "a field has at most %d options", DICTIONARY_MAX_VALUES);
        return NULL;
    }
    if (!f->options)
        f->options =
            ARENA_ARRAY(b->mem, struct form_option, DICTIONARY_MAX_VALUES);
    return &f->options[f->n_options++];
}

/* A date's words to be ringed are its eras. */
static bool is_dated(const struct form_field *f)
{
    return f->kind == FIELD_DATE || f->kind == FIELD_MONTH;
}

static bool is_boolean_value(const char *value)
{
    return strcmp(value, "はい") == 0 || strcmp(value, "いいえ") == 0;
}

/* The dictionary's own spelling of the value. */
static bool check_value(struct form_builder *b, const struct form_field *f,
                        const char **value, struct pos at)
{
    if (is_dated(f))
        return era_parse(*value) != ERA_NONE ||
               diag_error(b->d, at, "option-value",
                          "元号は 明治 大正 昭和 平成 令和 のどれかです",
                          "an era is one of 明治 大正 昭和 平成 令和");
    if (!f->field)
        return true;
    if (f->field->type == TYPE_BOOLEAN)
        return is_boolean_value(*value) ||
               diag_error(b->d, at, "option-value",
                          "「%s」は はい か いいえ で書いてください（%s）",
                          "%s takes はい or いいえ, not %s", f->field->path,
                          *value);
    int i = field_value_index(f->field, *value, b->mem);
    if (i < 0)
        return diag_error(b->d, at, "option-value",
                          "「%s」に「%s」という値はありません",
                          "%s has no value \"%s\"", f->field->path, *value);
    *value = f->field->values[i];
    return true;
}

/* A tick box at x, y and its word; the word alone where it is to be ringed.
 * The advance is the width of both. */
static bool put_option(struct form_builder *b, struct form_field *f, int32_t x,
                       int32_t y, const char *value, const char *print,
                       struct pos at, int32_t *advance)
{
    struct form_option *o = form_add_option(b, f);
    if (!o || !check_value(b, f, &value, at))
        return false;
    int32_t size = b->style.size, word = form_word_width(print, size);
    bool ring = f->kind == FIELD_RING || is_dated(f);
    int32_t em = form_word_width("字", size);
    o->value = value;
    o->print = print;
    o->box = ring ? (struct rect_tmm){x, y, word, em}
                  : (struct rect_tmm){x, y, b->style.tick, b->style.tick};
    int32_t before = ring ? 0 : b->style.tick + b->style.tick_gap;
    *advance = before + word;
    return form_box_check(b, o->box, at) &&
           form_word(b, print, x + before, y + o->box.height / 2, size, at);
}

/* "就労" or [虐待・DV, 虐待]: the value, and the word where it differs. */
static bool value_pair(const struct form_builder *b, const struct yaml *node,
                       const char **value, const char **print)
{
    if (node->kind == YAML_SCALAR) {
        *value = *print = node->text;
        return true;
    }
    if (node->kind != YAML_LIST || node->n != 2 ||
        node->items[0]->kind != YAML_SCALAR ||
        node->items[1]->kind != YAML_SCALAR)
        return diag_error(b->d, node->at, "yaml-type",
                          "値、または [値, 印刷する文字] と書いてください",
                          "write a value, or [value, printed word]");
    *value = node->items[0]->text;
    *print = node->items[1]->text;
    return true;
}

static bool load_run(struct form_builder *b, const struct yaml *node,
                     struct form_field *f)
{
    static const char *const keys[] = {"at",   "values",   "gap",
                                       "step", "per_line", NULL};
    const struct yaml *at = yaml_find(node, "at");
    const struct yaml *values = yaml_find(node, "values");
    const struct yaml *step = yaml_find(node, "step");
    const struct yaml *per_line = yaml_find(node, "per_line");
    struct run r = {.gap = RUN_GAP};
    int32_t v[2];
    size_t n;
    if (!yaml_only_keys(node, keys, b->d) || !form_list(b, values, &n))
        return false;
    if (!at)
        return yaml_text(node, "at", b->d) != NULL;
    if (!form_lengths(b, at, v, 2) || !form_length_at(b, node, "gap", &r.gap) ||
        (step && !form_lengths(b, step, r.step, 2)) ||
        (per_line && !yaml_int(per_line, &r.per_line, b->d)))
        return false;
    r.x = r.left = b->dx + v[0];
    r.y = b->dy + v[1];
    for (size_t i = 0; i < n; i++) {
        const char *value = "", *print = "";
        int32_t advance;
        if (r.per_line > 0 && r.done == r.per_line) {
            r.done = 0;
            r.x = r.left;
            r.y += r.step[1];
        }
        if (!value_pair(b, values->items[i], &value, &print) ||
            !put_option(b, f, r.x, r.y, value, print, values->items[i]->at,
                        &advance))
            return false;
        r.x += r.step[0] > 0 ? r.step[0] : advance + r.gap;
        r.done++;
    }
    return true;
}

/* [x, y, value] or [x, y, value, printed word]. */
static bool load_one(struct form_builder *b, const struct yaml *node,
                     struct form_field *f)
{
    int32_t x, y, advance;
    if (node->kind != YAML_LIST || node->n < 3 || node->n > 4 ||
        node->items[2]->kind != YAML_SCALAR ||
        node->items[node->n - 1]->kind != YAML_SCALAR)
        return diag_error(b->d, node->at, "yaml-type",
                          "[左, 上, 値] か [左, 上, 値, 印刷する文字] と書いて"
                          "ください",
                          "write [x, y, value] or [x, y, value, printed word]");
    return form_length(b, node->items[0], &x) &&
           form_length(b, node->items[1], &y) &&
           put_option(b, f, b->dx + x, b->dy + y, node->items[2]->text,
                      node->items[node->n - 1]->text, node->at, &advance);
}

/* tick: [x, y] or [x, y, printed word]: ticked is yes. */
static bool load_tick(struct form_builder *b, const struct yaml *node,
                      struct form_field *f)
{
    int32_t x, y, advance;
    if (node->kind != YAML_LIST || node->n < 2 || node->n > 3 ||
        node->items[node->n - 1]->kind != YAML_SCALAR)
        return diag_error(b->d, node->at, "yaml-type",
                          "tick は [左, 上, 印刷する文字] と書いてください",
                          "tick is [x, y, printed word]");
    return form_length(b, node->items[0], &x) &&
           form_length(b, node->items[1], &y) &&
           put_option(b, f, b->dx + x, b->dy + y, "はい",
                      node->n == 3 ? node->items[2]->text : "", node->at,
                      &advance);
}

bool form_options_load(struct form_builder *b, const struct yaml *node,
                       struct form_field *f)
{
    const struct yaml *tick = yaml_find(node, "tick");
    const struct yaml *many = yaml_find(node, "ticks");
    size_t n;
    if (tick)
        return load_tick(b, tick, f);
    if (!many)
        many = yaml_find(node, "rings");
    if (many && many->kind == YAML_MAP)
        return load_run(b, many, f);
    if (!many || !form_list(b, many, &n))
        return !many;
    for (size_t i = 0; i < n; i++)
        if (!load_one(b, many->items[i], f))
            return false;
    return true;
}
