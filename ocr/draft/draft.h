/*
 * A template proposed from a scan of the empty form. What stands on the sheet
 * is found first (boxes, words, lines), then what a family would fill in is
 * guessed from it, then both are written as YAML for a person to correct: ids,
 * bindings and kinds are theirs to decide.
 *
 *     struct draft_page page;
 *     if (!draft_find_upright(&cleaned, &engines, &dict, &page, &mem, d)) …
 *     draft_fields(&page, &mem);
 *     draft_write(&page, 1, &head, &yaml);
 *
 * Lengths are tenths of a mm from the paper's upper left corner.
 */
#ifndef NYUSHO_OCR_DRAFT_DRAFT_H
#define NYUSHO_OCR_DRAFT_DRAFT_H

#include "core/buf.h"
#include "ocr/engines.h"
#include "ocr/page.h"

struct draft_line {
    int32_t x1, y1, x2, y2;
    int32_t width; /* 1/100 mm */
};

/* A closed rectangle; the box is the middle of its frame. */
struct draft_box {
    struct rect_tmm box;
    bool empty; /* no ink inside */
};

struct draft_word {
    struct rect_tmm box; /* of its ink */
    const char *text;    /* as Tesseract read it; never "" */
    bool printed;        /* as an answer of a field, not as a text */
};

enum draft_kind {
    DRAFT_WRITING, /* one box */
    DRAFT_CELLS,   /* digit cells without 年月日 or 時分 */
    DRAFT_DATE,    /* parts with 年 月 日 behind them */
    DRAFT_MONTH,
    DRAFT_TIME, /* 時 分 */
    DRAFT_TICK,
    DRAFT_CHOICE,
    DRAFT_RING,
};

struct draft_part {
    const char *role;    /* "year" "month" "day" "hour" "minute"; "" else */
    struct rect_tmm box; /* of all cells, or of the writing */
    int cells;           /* 0: no cells */
};

struct draft_option {
    struct rect_tmm box;
    const char *word;  /* what stands beside it; "" = nothing was read. Of a
                          ring the value: an era's full name */
    const char *print; /* of a ring; else NULL */
};

struct draft_field {
    enum draft_kind kind;
    const char *caption; /* what stands beside or above; "" */
    struct draft_part *parts;
    size_t n_parts;
    struct draft_option *options; /* a date's are its eras, ringed */
    size_t n_options;
    int32_t size;        /* of type to be ringed, tenths of a point */
    struct rect_tmm box; /* around all of it */
};

struct draft_page {
    int32_t width, height; /* of the paper */
    int turned;            /* degrees clockwise: 0 90 180 270 */
    struct draft_line *lines;
    size_t n_lines;
    struct draft_box *cells; /* of tables, by top, then left */
    size_t n_cells;
    struct draft_box *digits; /* of one size: a digit each; likewise */
    size_t n_digits;
    struct draft_box *ticks; /* of one size; likewise */
    size_t n_ticks;
    struct draft_word *words; /* likewise */
    size_t n_words;
    struct draft_field *fields; /* draft_fields() */
    size_t n_fields;
};

/* What stands on a cleaned page, as it lies. Needs `jpn`. Everything is
 * owned by the arena. False with "draft-empty": there is no box on it, so this
 * is no form with frames (or the scan is too faint to see them). */
bool draft_find(const struct page *p, struct ocr_engines *e,
                struct draft_page *out, struct arena *a, struct diag *d);
/* The same, turned the right way up first (p, too). Where no word tells, as it
 * lies, with the warning "draft-unsure". */
bool draft_find_upright(struct page *p, struct ocr_engines *e,
                        const struct dictionary *dict, struct draft_page *out,
                        struct arena *a, struct diag *d);
/* What is to be filled in, in reading order. */
void draft_fields(struct draft_page *p, struct arena *a);

struct draft_head {
    const char *id, *title;
};
/* The template, "format: nyusho-form/1": loads as it is, and says in comments
 * what a person has to decide. */
void draft_write(const struct draft_page *pages, size_t n,
                 const struct draft_head *head, const struct dictionary *dict,
                 struct buf *out);

/* Private to this folder. */
#define DRAFT_DASH "～" /* the word for ink that only lies */
struct draft_scale {
    double px; /* of one tenth of a mm */
};
int32_t draft_tmm(const struct draft_scale *s, double px);
int draft_px(const struct draft_scale *s, double tmm);
void draft_boxes(const struct page *p, const struct draft_scale *s,
                 struct draft_page *out, struct arena *a);
void draft_lines(const struct page *p, const struct draft_scale *s,
                 struct draft_page *out, struct arena *a);
void draft_words(const struct page *p, const struct draft_scale *s,
                 struct ocr_engines *e, struct draft_page *out,
                 struct arena *a);
/* Type as high as the word's ink, tenths of a point, in half points. */
int32_t draft_word_size(const struct draft_word *word);
/* Words that are answers to be ringed; the era's full name, else "". */
bool draft_is_answer(const char *word);
bool draft_is_separator(const char *word);
const char *draft_era(const char *word);
/* 有・無 as its answers: where each begins and how wide it is, in columns of
 * half an em. 0 when it is not made of answers alone. */
struct draft_piece {
    const char *word;
    int from, columns;
};
size_t draft_split(const char *text, struct draft_piece *out, size_t most,
                   struct arena *a);
/* Makes the words the options of the field; false when they stand too close. */
bool draft_ring(struct draft_field *f, struct draft_word *const *words,
                size_t n);
/* Does the middle of `inner` lie in `outer`? */
bool draft_inside(const struct rect_tmm *inner, const struct rect_tmm *outer);

#endif
