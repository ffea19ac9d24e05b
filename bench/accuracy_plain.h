/*
 * Boxes of pages that no form describes, and single boxes: the same readers,
 * told where to look.
 */
#ifndef NYUSHO_BENCH_ACCURACY_PLAIN_H
#define NYUSHO_BENCH_ACCURACY_PLAIN_H

#include "fixtures/truth_read.h"
#include "ocr/read_fields.h"

struct Pix;

/* A policy that takes whatever the reader is sure of, at any confidence. */
struct policy open_policy(const struct dictionary *dict);

/* Reads these boxes of one scan, upright: one reading each, in their order, of
 * a field named as the box's place. "unread-kind" for dates and rings, which
 * only a form explains; page_clean()'s errors. */
bool plain_read(struct ocr_engines *e, struct Pix *scan,
                const struct truth_box *boxes, size_t n,
                struct page_result *out, struct arena *a, struct diag *d);
/* Is the box in the picture marked? Its frame is looked for along the edges of
 * the picture. READING_ACCEPTED with はい, READING_BLANK, or a doubt. */
struct reading plain_tick(struct Pix *picture, struct arena *a);

/* What both are made of: an empty form of this size (tenths of a mm), a field
 * of it, and the readers on a page that is ready but for its form. */
struct form_template plain_sheet(int32_t width, int32_t height);
void plain_field(struct form_field *f, enum form_field_kind kind,
                 const char *id, struct rect_tmm box, struct arena *a);
bool plain_read_as(struct page *p, const struct form_template *t,
                   struct ocr_engines *e, struct page_result *out,
                   struct arena *a);

#endif
