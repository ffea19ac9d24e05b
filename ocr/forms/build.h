/*
 * While a template is being loaded: where we are on the paper, and the small
 * readers of lengths that every part of the loader uses. Only for the loader's
 * own files (template_*.c).
 */
#ifndef NYUSHO_OCR_FORMS_BUILD_H
#define NYUSHO_OCR_FORMS_BUILD_H

#include "core/yaml.h"
#include "ocr/forms/template.h"

/* A page of a real form holds some hundreds; more is a mistake or an attack.
 * Of lines, texts, shades, fields and boxes: so many of each. */
#define FORM_MAX_THINGS 4000
#define FORM_MAX_PAGES 20
#define FORM_MAX_REPEAT 50

struct form_style {
    int32_t size; /* of text, tenths of a point */
    enum form_align align;
    int32_t tick, tick_gap; /* side of a tick box; from it to its word, tmm */
    int32_t cell_w, cell_h, cell_gap; /* digit cells, tmm */
};

struct form_builder {
    struct form_template *t;
    const struct dictionary *dict;
    struct arena *mem;
    struct diag *d;
    struct form_style style;
    int page;
    int32_t dx, dy; /* origin of the block, tmm */
    int number; /* what # stands for in a repeated block; 0 = not repeated */
};

/* A length in mm as tenths; "bad-length". */
bool form_length(const struct form_builder *b, const struct yaml *node,
                 int32_t *out);
/* At `key`, if it is there; otherwise `out` keeps its value. */
bool form_length_at(const struct form_builder *b, const struct yaml *map,
                    const char *key, int32_t *out);
/* A line's width in mm with up to two decimals, as hundredths. */
bool form_width_at(const struct form_builder *b, const struct yaml *map,
                   const char *key, int32_t *out);
/* A list of exactly `n` lengths. */
bool form_lengths(const struct form_builder *b, const struct yaml *node,
                  int32_t *out, size_t n);
/* [x, y, w, h] in the block, moved onto the page; "bad-box". */
bool form_box(const struct form_builder *b, const struct yaml *node,
              struct rect_tmm *out);
/* The box must lie on the paper and hold something; "bad-box". */
bool form_box_check(const struct form_builder *b, struct rect_tmm box,
                    struct pos at);
/* Type size in points with one decimal, as tenths, if it is there. */
bool form_size_at(const struct form_builder *b, const struct yaml *map,
                  int32_t *out);
/* The text with every # as the number of the repeated block. */
const char *form_numbered(const struct form_builder *b, const char *text);
/* A list's item count; "yaml-type" when it is no list. An absent one has 0. */
bool form_list(const struct form_builder *b, const struct yaml *node,
               size_t *n);

/* The next free slot of an array of the template (zeroed); NULL with "form-
 * too-large". */
struct form_line *form_add_line(struct form_builder *b, struct pos at);
struct form_text *form_add_text(struct form_builder *b, struct pos at);
struct form_shade *form_add_shade(struct form_builder *b, struct pos at);
struct form_field *form_add_field(struct form_builder *b, struct pos at);

/* How wide a word of one line is at this size, and how high its line, tmm.
 * Full-width letters are one em wide, others half: the font's own measure for
 * Japanese, close enough for the rest. */
int32_t form_word_width(const char *text, int32_t size);
int32_t form_line_height(int32_t size);
/* A word whose left edge is x and whose middle is at y (page coordinates). */
bool form_word(struct form_builder *b, const char *text, int32_t x, int32_t y,
               int32_t size, struct pos at);

/* lines:, frames:, shades:, rows:, texts:, words: of a block. */
bool form_print_load(struct form_builder *b, const struct yaml *block);
/* One item of fields:. */
bool form_field_load(struct form_builder *b, const struct yaml *node);
/* Over the whole template, when all is read: "duplicate-id", "boxes-overlap".
 */
bool form_whole_check(const struct form_template *t, struct arena *a,
                      struct diag *d);

#endif
