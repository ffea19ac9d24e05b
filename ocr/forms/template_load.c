#include "ocr/forms/build.h"

#include <string.h>

/* A family's usual form, where the file does not say otherwise. */
static const struct form_style usual_style = {
    .size = 90,
    .align = ALIGN_LEFT,
    .tick = 40,
    .tick_gap = 10,
    .cell_w = 50,
    .cell_h = 70,
    .cell_gap = 10,
};
#define TICK_LINE 25
#define CELL_LINE 15

static bool load_style(struct form_builder *b, const struct yaml *style)
{
    static const char *const keys[] = {
        "size", "tick", "tick_gap", "cell", "tick_line", "cell_line", NULL};
    int32_t v[3];
    if (!style)
        return true;
    const struct yaml *cell = yaml_find(style, "cell");
    if (!yaml_only_keys(style, keys, b->d) ||
        !form_size_at(b, style, &b->style.size) ||
        !form_length_at(b, style, "tick", &b->style.tick) ||
        !form_length_at(b, style, "tick_gap", &b->style.tick_gap) ||
        !form_width_at(b, style, "tick_line", &b->t->tick_line) ||
        !form_width_at(b, style, "cell_line", &b->t->cell_line))
        return false;
    if (!cell)
        return true;
    if (!form_lengths(b, cell, v, 3))
        return false;
    b->style.cell_w = v[0];
    b->style.cell_h = v[1];
    b->style.cell_gap = v[2];
    return (v[0] > 0 && v[1] > 0 && v[2] >= 0) ||
           diag_error(b->d, cell->at, "bad-length",
                      "数字枠は [幅, 高さ, 間隔] です",
                      "a digit cell is [width, height, gap]");
}

static bool load_fields(struct form_builder *b, const struct yaml *list)
{
    size_t n;
    if (!form_list(b, list, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!form_field_load(b, list->items[i]))
            return false;
    return true;
}

/* How often the block is printed, how far apart, counted from what. */
struct repeat {
    int64_t times, first;
    int32_t step[2];
};

static bool load_repeat(struct form_builder *b, const struct yaml *node,
                        struct repeat *out)
{
    static const char *const keys[] = {"times", "first", "step", NULL};
    const struct yaml *times = yaml_find(node, "times");
    const struct yaml *first = yaml_find(node, "first");
    const struct yaml *step = yaml_find(node, "step");
    if (!yaml_only_keys(node, keys, b->d))
        return false;
    if (!times || !step)
        return yaml_text(node, times ? "step" : "times", b->d) != NULL;
    if (!yaml_int(times, &out->times, b->d) ||
        (first && !yaml_int(first, &out->first, b->d)) ||
        !form_lengths(b, step, out->step, 2))
        return false;
    return (out->times >= 1 && out->times <= FORM_MAX_REPEAT &&
            out->first >= 1 && out->first <= FORM_MAX_REPEAT) ||
           diag_error(b->d, node->at, "yaml-type",
                      "繰り返しは 1 から %d までです",
                      "a block repeats 1 to %d times", FORM_MAX_REPEAT);
}

static bool load_block(struct form_builder *b, const struct yaml *block)
{
    static const char *const keys[] = {
        "block", "at",     "repeat", "size",  "align",  "shades", "tables",
        "lines", "frames", "texts",  "words", "fields", NULL};
    const struct yaml *at = yaml_find(block, "at");
    const struct yaml *repeat = yaml_find(block, "repeat");
    struct repeat r = {.times = 1, .first = 1};
    int32_t origin[2] = {0, 0};
    struct form_style style = b->style;
    if (!yaml_only_keys(block, keys, b->d) ||
        !yaml_text(block, "block", b->d) ||
        (at && !form_lengths(b, at, origin, 2)) ||
        (repeat && !load_repeat(b, repeat, &r)) ||
        !form_size_at(b, block, &b->style.size))
        return false;
    bool ok = true;
    for (int64_t i = 0; i < r.times && ok; i++) {
        b->dx = origin[0] + (int32_t)i * r.step[0];
        b->dy = origin[1] + (int32_t)i * r.step[1];
        b->number = repeat ? (int)(r.first + i) : 0;
        ok = form_print_load(b, block) &&
             load_fields(b, yaml_find(block, "fields"));
    }
    b->style = style;
    return ok;
}

static bool load_pages(struct form_builder *b, const struct yaml *root)
{
    const struct yaml *pages = yaml_find(root, "pages");
    size_t n, blocks;
    if (!form_list(b, pages, &n))
        return false;
    if (n == 0)
        return yaml_text(root, "pages", b->d) != NULL;
    if (n > FORM_MAX_PAGES)
        return diag_error(b->d, pages->at, "form-too-large",
                          "様式は %d ページまでです",
                          "a form has at most %d pages", FORM_MAX_PAGES);
    b->t->n_pages = (int)n;
    for (size_t p = 0; p < n; p++) {
        b->page = (int)p + 1;
        if (!form_list(b, pages->items[p], &blocks))
            return false;
        for (size_t i = 0; i < blocks; i++)
            if (!load_block(b, pages->items[p]->items[i]))
                return false;
    }
    return true;
}

static bool load_marks(struct form_builder *b, const struct yaml *root)
{
    static const char *const keys[] = {"size", "inset", NULL};
    const struct yaml *marks = yaml_find(root, "marks");
    const struct yaml *qr = yaml_find(root, "qr");
    struct form_template *t = b->t;
    if (qr && !form_box(b, qr, &t->qr))
        return false;
    if (!marks)
        return true;
    t->marks = true;
    return yaml_only_keys(marks, keys, b->d) &&
           form_length_at(b, marks, "size", &t->mark_size) &&
           form_length_at(b, marks, "inset", &t->mark_inset) &&
           form_box_check(b,
                          (struct rect_tmm){t->mark_inset, t->mark_inset,
                                            t->mark_size, t->mark_size},
                          marks->at);
}

/* It names the PDF and stands in the QR code. */
static bool is_form_id(const char *id)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    return *id && strlen(id) <= 64 && strspn(id, allowed) == strlen(id);
}

static bool load_head(struct form_builder *b, const struct yaml *root)
{
    static const char *const keys[] = {"format",   "id",    "version", "title",
                                       "document", "paper", "marks",   "qr",
                                       "style",    "pages", NULL};
    struct form_template *t = b->t;
    const struct yaml *paper = yaml_find(root, "paper");
    int32_t v[2] = {2100, 2970};
    if (!yaml_only_keys(root, keys, b->d))
        return false;
    const char *format = yaml_text(root, "format", b->d);
    if (!format)
        return false;
    if (strcmp(format, "nyusho-form/1") != 0)
        return diag_error(b->d, yaml_find(root, "format")->at, "bad-format",
                          "様式の書式は nyusho-form/1 です（%s）",
                          "a form's format is nyusho-form/1 (%s)", format);
    if (!(t->id = yaml_text(root, "id", b->d)) ||
        !(t->version = yaml_text(root, "version", b->d)) ||
        !(t->title = yaml_text(root, "title", b->d)) ||
        !(t->document = yaml_text(root, "document", b->d)) ||
        (paper && !form_lengths(b, paper, v, 2)))
        return false;
    if (!is_form_id(t->id))
        return diag_error(b->d, yaml_find(root, "id")->at, "bad-form-id",
                          "様式の id は英数字と - _ だけで書いてください",
                          "the id of a form is letters, digits, - and _ only");
    t->width = v[0];
    t->height = v[1];
    if (v[0] < 500 || v[0] > 6000 || v[1] < 500 || v[1] > 6000)
        return diag_error(b->d, paper->at, "bad-box",
                          "用紙は 50 から 600 mm です",
                          "paper is 50 to 600 mm wide and high");
    return load_marks(b, root) && load_style(b, yaml_find(root, "style"));
}

bool form_load(struct form_template *out, const char *bytes, size_t len,
               const char *name, const struct dictionary *dict, struct arena *a,
               struct diag *d)
{
    *out =
        (struct form_template){.tick_line = TICK_LINE, .cell_line = CELL_LINE};
    const struct yaml *root = yaml_parse(bytes, len, name, a, d);
    struct form_builder b = {
        .t = out, .dict = dict, .mem = a, .d = d, .style = usual_style};
    return root && load_head(&b, root) && load_pages(&b, root) &&
           form_whole_check(out, a, d);
}

const struct form_field *form_field_find(const struct form_template *t,
                                         const char *id)
{
    for (size_t i = 0; i < t->n_fields; i++)
        if (strcmp(t->fields[i].id, id) == 0)
            return &t->fields[i];
    return NULL;
}
