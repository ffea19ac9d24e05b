/*
 * What the searches for fields share while one page is drafted: its cells with
 * what stands in them. Only for fields.c, numbers.c and rings.c.
 */
#ifndef NYUSHO_OCR_DRAFT_ZONE_H
#define NYUSHO_OCR_DRAFT_ZONE_H

#include "ocr/draft/draft.h"

#define ROW_SLACK 30 /* middles of one row differ by this at most, tmm */
#define INSET 8      /* writing keeps this far from a cell's frame, tmm */
#define MOST_PARTS 8
#define MOST_CELLS 40 /* a template takes no more */
#define MOST_OPTIONS 40

enum item_kind { ITEM_WORD, ITEM_TICK, ITEM_DIGIT };
struct item {
    enum item_kind kind;
    struct rect_tmm box;
    const char *text;
    int row;
};

/* A table cell, or the sheet outside of all tables. */
struct zone {
    const struct draft_box *cell; /* NULL: outside */
    struct item *items;           /* row by row, from the left */
    size_t n;
    int n_rows;
};

struct drafting {
    struct draft_page *p;
    struct arena *a;
    const struct zone *zone;
    size_t capacity;
};

struct draft_field *zone_add_field(struct drafting *g, enum draft_kind kind);
void zone_add_part(struct draft_field *f, struct draft_part part);
void zone_grow(struct rect_tmm *all, struct rect_tmm r);
int32_t zone_middle_y(const struct rect_tmm *r);
/* Is there an item k, in the row of item i? */
bool zone_same_row(const struct zone *z, size_t i, size_t k);
/* The word that an item shows. */
struct draft_word *zone_word(struct draft_page *p, const struct item *it);
bool zone_is_dash(const char *word);
/* `before` is the word in the same row and zone, if there is one. */
void zone_caption(const struct drafting *g, struct draft_field *f,
                  const char *before);

/* Fields of the zone, added to the page: numbers.c, rings.c. */
void zone_numbers(struct drafting *g);
void zone_rings(struct drafting *g);

#endif
