/*
 * A form template (YAML, format: nyusho-form/1): what a form prints and where
 * its fields are, in tenths of a millimetre on paper, so that the printed form
 * and the reader can never disagree. draw.h draws it; ocr/ reads by it.
 *
 * Lengths in YAML are millimetres with at most one decimal: box: [x, y, w, h].
 * The grammar is the first comment of application.yaml.
 */
#ifndef NYUSHO_OCR_FORMS_TEMPLATE_H
#define NYUSHO_OCR_FORMS_TEMPLATE_H

#include "core/arena.h"
#include "core/diag.h"
#include "ocr/forms/check_digit.h"
#include "records/dictionary.h"

#include <stdint.h>

struct rect_tmm {
    int32_t left, top, width, height; /* tenths of a mm, on paper */
};

enum form_field_kind {
    FIELD_TEXT, /* free text in one box */
    FIELD_KANA,
    FIELD_NAME, /* kanji name: never accepted on OCR alone */
    FIELD_CODE, /* digits, one per cell: parts[0].cells; several groups (phone,
                   postal) = several parts, joined by '-' */
    FIELD_NUMBER, /* parts[0]: digits, with or without cells */
    FIELD_DATE,   /* parts year month day (and era from options) */
    FIELD_MONTH,  /* parts year month */
    FIELD_TIME,   /* parts hour minute: a time of day or a length */
    FIELD_TICK,   /* options[0]: one box, ticked or not */
    FIELD_CHOICE, /* one of several tick boxes */
    FIELD_SET,    /* any of several tick boxes */
    FIELD_RING,   /* one of several printed words, ringed by hand */
    FIELD_MASK, /* 個人番号: painted out before the page is kept; never read */
    FIELD_IMAGE, /* a signature, a stamp: kept for a person, never read */
    N_FORM_FIELD_KINDS
};

enum form_part_role {
    PART_WHOLE,
    PART_ERA,
    PART_YEAR,
    PART_MONTH,
    PART_DAY,
    PART_HOUR,
    PART_MINUTE,
    N_FORM_PART_ROLES
};

/* A box that holds writing. With cells, one character each, each with a
 * printed frame (of template.cell_line); without, the form prints nothing for
 * it (its lines are lines of the template). */
struct form_part {
    enum form_part_role role;
    struct rect_tmm box;
    struct rect_tmm *cells;
    size_t n_cells;
};

/*
 * One answer: a tick box □ (the box is its outline), or a printed word to be
 * ringed (the box is the word's ink; the ring goes around it). A date's era
 * words are options too; a single one is printed, not asked, and always holds.
 */
struct form_option {
    const char *value; /* the dictionary's word for it; a boolean's はい,
                          いいえ; an era's full name 令和 */
    const char *print; /* the word the form prints beside or as it */
    struct rect_tmm box;
};

/* How many options may be marked. */
enum form_expect { EXPECT_ONE, EXPECT_AT_MOST_ONE, EXPECT_ANY };

struct form_field {
    const char *id;      /* unique in the template */
    const char *caption; /* what the form calls it, for people */
    /* Where the value goes: "child.kana", "guardian[1].name",
     * "preference[3].facility", "job.minutes_month" (person and number are
     * found by the join), or a word the join itself uses: "@household",
     * "@child", "@pages", "@received", "@holder.kana", "@holder.name",
     * "@holder.birth", "@listed[1].name", "@listed[1].birth"; "" = kept as a
     * reading only. */
    const char *bind;
    const struct field *field; /* of the dictionary; NULL for @words and "" */
    int row;                   /* the number in [ ]: the person, of guardian,
                                  cohabitant (1 = first row of the table), job
                                  and reason; the n-th preference; 0 = none */
    int seq;                   /* jobs and reasons: "reason[1.2].kind" is row 1
                                  seq 2, the second of person 1; 0 = none */
    enum form_field_kind kind;
    enum form_expect expect;
    bool required; /* an empty one is a doubt */
    bool full;     /* a code with an empty cell is a doubt */
    bool hand;     /* always written by hand, on a form that is typed */
    const struct check_rule *check; /* of a code's check digit; NULL: none */
    bool western;        /* dates: the year is western even without an era */
    int page;            /* from 1 */
    struct rect_tmm box; /* around all parts and options */
    struct form_part *parts;
    size_t n_parts;
    struct form_option *options;
    size_t n_options;
    struct pos at;
};

/* What the empty form prints. */
struct form_line {
    int page;
    int32_t x1, y1, x2, y2, width; /* tenths of a mm; width in 1/100 mm */
    bool dotted;
};
enum form_align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };
struct form_text {
    int page;
    const char *text; /* may hold \n */
    struct rect_tmm box;
    int32_t size; /* tenths of a point */
    enum form_align align;
    bool bold;
};
struct form_shade { /* a light tint behind captions; not ink to the reader */
    int page;
    struct rect_tmm box;
};

struct form_template {
    const char *id;        /* "application" */
    const char *version;   /* "2027" */
    const char *title;     /* 利用申込書 */
    const char *document;  /* document type for the ledger */
    int32_t width, height; /* of the paper, tenths of a mm */
    int n_pages;
    bool marks; /* four corner marks, and a QR code, on each page */
    int32_t mark_size, mark_inset; /* side; from the paper's edge to the mark's
                                      outer edge */
    struct rect_tmm qr;            /* all zero: none */
    int32_t tick_line, cell_line; /* frames of tick boxes and digit cells, 1/100
                                     mm, centred on the box's edge */
    struct form_line *lines;
    size_t n_lines;
    struct form_text *texts;
    size_t n_texts;
    struct form_shade *shades;
    size_t n_shades;
    struct form_field *fields; /* in reading order */
    size_t n_fields;
};

/* Owned by the arena. Errors: yaml ones, "bad-format", "bad-form-id",
 * "unknown-field" (bind names nothing, with the nearest), "bad-bind" (type does
 * not suit the kind, or a number in [ ] is missing or unwanted), "bad-length"
 * (not mm with one decimal), "bad-box" (negative, empty, off the paper),
 * "boxes-overlap" (two fields), "option-value" (not one of the field's values),
 * "unknown-kind", "duplicate-id", "parts-missing", "bad-check" (a rule of
 * check digits that is none, or on a field that can have none),
 * "form-too-large". */
bool form_load(struct form_template *out, const char *bytes, size_t len,
               const char *name, const struct dictionary *dict, struct arena *a,
               struct diag *d);
/* What could be printed but would read badly on a form of ours (one with
 * corner marks; others are as they are), as warnings: those of design.h. True
 * when there is nothing to warn of. For `nyusho form check`. */
bool form_check(const struct form_template *t, struct diag *d);
const struct form_field *form_field_find(const struct form_template *t,
                                         const char *id);
const char *form_field_kind_name(enum form_field_kind kind);

/* The templates this program ships (bytes compiled in from ocr/forms/
 * <id>.yaml); NULL when there is none of this id. */
const char *form_shipped(const char *id, size_t *len);

/*
 * QR codes of our forms: "nyusho:application/2027?p=1" and, where the office
 * printed them for a family, "&h=<household>&c=<child>"; the cover sheet
 * carries "nyusho:cover/2027?p=1&h=…&n=<pages>&r=<received, ISO>". Anything but
 * letters, digits, - _ . is written %XX.
 */
struct form_qr {
    const char *form, *version;               /* NULL form: not one of ours */
    int page, pages;                          /* 0 = not stated */
    const char *household, *child, *received; /* "" = not stated */
};
/* False when it is not a code of ours; `out` then says form NULL. Unknown
 * letters are of a later version and are skipped. */
bool form_qr_parse(const char *text, struct form_qr *out, struct arena *a);
char *form_qr_text(const struct form_qr *qr, struct arena *a);

#endif
