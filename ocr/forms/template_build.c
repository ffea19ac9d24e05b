#include "ocr/forms/build.h"

#include "core/text.h"

#include <string.h>

/* Digits with at most `places` decimals as a whole number of the last place.
 * Kept under a million, so that sums of a few cannot overflow. */
static bool decimal_parse(const char *text, int places, int32_t *out)
{
    bool negative = *text == '-';
    if (negative)
        text++;
    int64_t value = 0;
    int decimals = -1; /* before the point */
    if (*text < '0' || *text > '9')
        return false;
    for (; *text; text++) {
        if (*text == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (*text < '0' || *text > '9' || (decimals >= 0 && decimals == places))
            return false;
        value = value * 10 + (*text - '0');
        decimals += decimals >= 0;
        if (value > 1000000)
            return false;
    }
    if (decimals == 0) /* "3." */
        return false;
    for (int i = decimals < 0 ? 0 : decimals; i < places; i++)
        value *= 10;
    if (value > 1000000)
        return false;
    *out = (int32_t)(negative ? -value : value);
    return true;
}

bool form_length(const struct form_builder *b, const struct yaml *node,
                 int32_t *out)
{
    if (node->kind == YAML_SCALAR && decimal_parse(node->text, 1, out))
        return true;
    return diag_error(b->d, node->at, "bad-length",
                      "長さは mm で、小数は一桁までで書いてください（%s）",
                      "a length is written in mm with at most one decimal (%s)",
                      node->kind == YAML_SCALAR ? node->text : "[…]");
}

bool form_length_at(const struct form_builder *b, const struct yaml *map,
                    const char *key, int32_t *out)
{
    const struct yaml *node = yaml_find(map, key);
    if (!node)
        return true;
    if (!form_length(b, node, out))
        return false;
    return *out >= 0 ||
           diag_error(b->d, node->at, "bad-length", "「%s」を負にはできません",
                      "\"%s\" cannot be negative", key);
}

bool form_width_at(const struct form_builder *b, const struct yaml *map,
                   const char *key, int32_t *out)
{
    const struct yaml *node = yaml_find(map, key);
    if (!node)
        return true;
    if (node->kind == YAML_SCALAR && decimal_parse(node->text, 2, out) &&
        *out > 0 && *out <= 500)
        return true;
    return diag_error(b->d, node->at, "bad-length",
                      "線の太さは 0.01 から 5 mm です（%s）",
                      "a line is 0.01 to 5 mm wide (%s)",
                      node->kind == YAML_SCALAR ? node->text : "[…]");
}

bool form_size_at(const struct form_builder *b, const struct yaml *map,
                  int32_t *out)
{
    const struct yaml *node = yaml_find(map, "size");
    if (!node)
        return true;
    if (node->kind == YAML_SCALAR && decimal_parse(node->text, 1, out) &&
        *out >= 30 && *out <= 720)
        return true;
    return diag_error(b->d, node->at, "bad-length",
                      "文字の大きさは 3 から 72 ポイントです（%s）",
                      "type is 3 to 72 points high (%s)",
                      node->kind == YAML_SCALAR ? node->text : "[…]");
}

bool form_list(const struct form_builder *b, const struct yaml *node, size_t *n)
{
    *n = 0;
    if (!node)
        return true;
    if (node->kind != YAML_LIST)
        return diag_error(b->d, node->at, "yaml-type",
                          "ここには一覧（- または [ ]）を書いてください",
                          "a list (- or [ ]) belongs here");
    *n = node->n;
    return true;
}

bool form_lengths(const struct form_builder *b, const struct yaml *node,
                  int32_t *out, size_t n)
{
    size_t have;
    if (!form_list(b, node, &have))
        return false;
    if (have != n)
        return diag_error(b->d, node->at, "bad-box",
                          "数が %zu 個ではなく %zu 個あります",
                          "%zu numbers belong here, there are %zu", n, have);
    for (size_t i = 0; i < n; i++)
        if (!form_length(b, node->items[i], &out[i]))
            return false;
    return true;
}

bool form_box_check(const struct form_builder *b, struct rect_tmm box,
                    struct pos at)
{
    if (box.width <= 0 || box.height <= 0)
        return diag_error(b->d, at, "bad-box", "枠の幅と高さは正の数です",
                          "a box needs a width and a height");
    if (box.left < 0 || box.top < 0 || box.left + box.width > b->t->width ||
        box.top + box.height > b->t->height)
        return diag_error(
            b->d, at, "bad-box",
            "枠が用紙からはみ出します（左 %d.%d 上 %d.%d mm）",
            "the box leaves the paper (left %d.%d top %d.%d mm)", box.left / 10,
            box.left < 0 ? -box.left % 10 : box.left % 10, box.top / 10,
            box.top < 0 ? -box.top % 10 : box.top % 10);
    return true;
}

bool form_box(const struct form_builder *b, const struct yaml *node,
              struct rect_tmm *out)
{
    int32_t v[4] = {0};
    if (!form_lengths(b, node, v, 4))
        return false;
    *out = (struct rect_tmm){b->dx + v[0], b->dy + v[1], v[2], v[3]};
    return form_box_check(b, *out, node->at);
}

const char *form_numbered(const struct form_builder *b, const char *text)
{
    if (b->number == 0 || !strchr(text, '#'))
        return text;
    const char *out = "";
    for (const char *hash; (hash = strchr(text, '#')); text = hash + 1)
        out = arena_printf(b->mem, "%s%.*s%d", out, (int)(hash - text), text,
                           b->number);
    return arena_printf(b->mem, "%s%s", out, text);
}

/* Arrays double when full: full is when the count is a power of two. */
static void *slot(struct form_builder *b, void *array, size_t *n, size_t size,
                  struct pos at)
{
    if (*n >= FORM_MAX_THINGS) {
        diag_error(b->d, at, "form-too-large",
                   "様式の線・文字・欄が多すぎます（それぞれ %d まで）",
                   "too many lines, texts or fields (at most %d of each)",
                   FORM_MAX_THINGS);
        return NULL;
    }
    char *items = array;
    if ((*n & (*n - 1)) == 0)
        items = arena_grow(b->mem, array, *n, *n ? *n * 2 : 1, size);
    memset(items + *n * size, 0, size);
    ++*n;
    return items;
}

struct form_line *form_add_line(struct form_builder *b, struct pos at)
{
    struct form_template *t = b->t;
    struct form_line *all =
        slot(b, t->lines, &t->n_lines, sizeof *t->lines, at);
    if (!all)
        return NULL;
    t->lines = all;
    all[t->n_lines - 1].page = b->page;
    return &all[t->n_lines - 1];
}

struct form_text *form_add_text(struct form_builder *b, struct pos at)
{
    struct form_template *t = b->t;
    struct form_text *all =
        slot(b, t->texts, &t->n_texts, sizeof *t->texts, at);
    if (!all)
        return NULL;
    t->texts = all;
    all[t->n_texts - 1].page = b->page;
    return &all[t->n_texts - 1];
}

struct form_shade *form_add_shade(struct form_builder *b, struct pos at)
{
    struct form_template *t = b->t;
    struct form_shade *all =
        slot(b, t->shades, &t->n_shades, sizeof *t->shades, at);
    if (!all)
        return NULL;
    t->shades = all;
    all[t->n_shades - 1].page = b->page;
    return &all[t->n_shades - 1];
}

struct form_field *form_add_field(struct form_builder *b, struct pos at)
{
    struct form_template *t = b->t;
    struct form_field *all =
        slot(b, t->fields, &t->n_fields, sizeof *t->fields, at);
    if (!all)
        return NULL;
    t->fields = all;
    all[t->n_fields - 1].page = b->page;
    return &all[t->n_fields - 1];
}

/* One point is 25.4 / 72 mm; size is in tenths of a point and an em is 3.53
 * tenths of a mm per point: size * 254 / 720 tenths. */
int32_t form_word_width(const char *text, int32_t size)
{
    int64_t halves = text_columns(text);
    return (int32_t)((halves * size * 254 + 1439) / 1440);
}

int32_t form_line_height(int32_t size)
{
    return (size * 254 * 12 / 10 + 719) / 720;
}

bool form_word(struct form_builder *b, const char *text, int32_t x, int32_t y,
               int32_t size, struct pos at)
{
    if (!*text)
        return true;
    int32_t height = form_line_height(size);
    struct rect_tmm box = {x, y - height / 2, form_word_width(text, size),
                           height};
    if (!form_box_check(b, box, at))
        return false;
    struct form_text *t = form_add_text(b, at);
    if (!t)
        return false;
    t->text = text;
    t->box = box;
    t->size = size;
    t->align = ALIGN_LEFT;
    return true;
}
