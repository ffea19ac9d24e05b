/*
 * The steps of reading one field of a template. Only for template_*.c.
 */
#ifndef NYUSHO_OCR_FORMS_FIELD_H
#define NYUSHO_OCR_FORMS_FIELD_H

#include "ocr/forms/build.h"

/* f->bind to f->field, row, seq and the type it holds; "unknown-field",
 * "bad-bind". */
bool form_bind(struct form_builder *b, struct form_field *f,
               enum field_type *type);
enum form_field_kind form_default_kind(enum field_type type);
bool form_kind_holds(enum form_field_kind kind, enum field_type type);

/* tick:, ticks: and rings: (with the words they print). Their values must be
 * the dictionary's; "option-value". */
bool form_options_load(struct form_builder *b, const struct yaml *node,
                       struct form_field *f);
/* box:, boxes:, cells:, year: month: day: hour: minute:, date: (with the
 * words and era words it prints). */
bool form_parts_load(struct form_builder *b, const struct yaml *node,
                     struct form_field *f);
/* check:, after kind and parts are known; "bad-check". */
bool form_rule_load(struct form_builder *b, const struct yaml *node,
                    struct form_field *f);
/* Room for one more option; NULL with "form-too-large". */
struct form_option *form_add_option(struct form_builder *b,
                                    struct form_field *f);

#endif
