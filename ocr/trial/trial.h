/*
 * The self-test of a form: it is drawn (or the scan of the empty sheet is
 * taken), filled in with made-up values by made-up hands, spoiled as scanners
 * do, and read by the reader that will read the real ones. What comes of it
 * says how well each field can be read, and what to change in the design
 * before thousands are printed.
 *
 *     trial_plan(&how, &trial, &mem);
 *     for (size_t i = 0; i < trial.n_sheets; i++)
 *         … trial_draw(&how, &trial.sheets[i]), keep it, page_read() it …
 *         trial_take(&trial, i, &result);
 *     trial_advise(&how, &trial, &mem);
 *
 * The same seed gives the same sheets with the same fonts. Everything belongs
 * to the arena.
 */
#ifndef NYUSHO_OCR_TRIAL_TRIAL_H
#define NYUSHO_OCR_TRIAL_TRIAL_H

#include "core/diag.h"
#include "ocr/forms/template.h"
#include "ocr/page.h"
#include "ocr/paper/fonts.h"

struct Pix;

/* How the sheets were scanned. */
enum trial_level {
    TRIAL_CLEAN,    /* 300 dpi, straight, black and white */
    TRIAL_ORDINARY, /* an office's good day */
    TRIAL_HARD,     /* every sheet skewed, dirty, faint, faxed, small … */
    TRIAL_200,      /* clean, at 200 dpi */
    TRIAL_150,
    N_TRIAL_LEVELS
};
struct trial_level_info {
    const char *name; /* "clean" */
    struct label label;
};
extern const struct trial_level_info trial_levels[N_TRIAL_LEVELS];

/* Who fills it in. */
enum trial_writer { TRIAL_PEN, TRIAL_TYPED, TRIAL_BOTH };

struct trial_how {
    const struct form_template *form;
    /* Located scans of the empty sheet, one to a page of the form; a page
     * without an image is drawn. NULL: all are. */
    const struct page *blanks;
    struct writing_kit kit; /* kit_here() */
    enum trial_writer writer;
    uint64_t seed;
    int copies; /* of each page at each level */
};

/* One page, filled in and scanned. */
struct trial_sheet {
    int page, copy; /* both from 1 */
    enum trial_level level;
    bool pen;
    bool lost;           /* trial_take(): not known as this page */
    const char **values; /* by the form's fields; NULL: not of this page */
};

enum trial_outcome {
    TRIAL_EXACT,    /* accepted, and it is so */
    TRIAL_REFERRED, /* a person is asked, and the proposal is right */
    TRIAL_GUESSED,  /* a person is asked; the proposal is wrong or missing */
    TRIAL_SILENT,   /* accepted, and it is not so */
    TRIAL_LOST,     /* the page was not known as this page of this form */
    N_TRIAL_OUTCOMES
};
struct trial_count {
    int n, of[N_TRIAL_OUTCOMES];
};

#define TRIAL_MOST_REASONS 16
struct trial_reason {
    const char *check; /* of reading.h */
    int n;
};

struct trial_field {
    const struct form_field *field;
    bool by_person; /* writing that a person looks at whatever is read */
    struct trial_count levels[N_TRIAL_LEVELS];
    struct trial_reason reasons[TRIAL_MOST_REASONS]; /* the usual ones first */
    size_t n_reasons;
};

/* One field of one sheet that was not accepted as it is. */
struct trial_miss {
    size_t sheet; /* of trial.sheets */
    const struct form_field *field;
    enum trial_outcome outcome; /* never EXACT or LOST */
    const char *written, *read, *reason;
};

enum trial_weight {
    TRIAL_MUST, /* it is read badly */
    TRIAL_MAY   /* it was read well enough here; there is little to spare */
};
struct trial_advice {
    enum trial_weight weight;
    const char *check;              /* of design.h, or of trial_advise() */
    const struct form_field *field; /* NULL: of the form or a page */
    int page;                       /* 0: all */
    struct rect_tmm box;            /* all zero: nowhere */
    struct label what, todo;
};

struct trial {
    const struct form_template *form;
    struct arena *mem;
    struct trial_sheet *sheets; /* by copy, level, page */
    size_t n_sheets;
    struct trial_field *fields; /* those that are read, in the form's order */
    size_t n_fields;
    struct trial_count pages[N_TRIAL_LEVELS]; /* EXACT or LOST */
    struct trial_miss *misses;                /* in the order of taking */
    size_t n_misses, room_for_misses;
    struct trial_advice *advice; /* the heaviest first, then in form order */
    size_t n_advice;
};

/* The fonts of the first kit of which this machine has a pen and a print; with
 * print alone, pens write it. "font-missing" when there is none at all. */
bool kit_here(struct writing_kit *out, struct arena *a, struct diag *d);

void trial_plan(const struct trial_how *how, struct trial *out,
                struct arena *a);
/* The sheet as scanned; for the caller to destroy. NULL when memory ran out. */
struct Pix *trial_draw(const struct trial_how *how,
                       const struct trial_sheet *sheet);
/* What came of a sheet, in any order, each once. Empty boxes read as empty are
 * not counted: they are easy. */
void trial_take(struct trial *t, size_t sheet, const struct page_result *r);
/*
 * What to change, by design.h and by what came of the sheets: "page-lost"
 * (sheets that were not known as this form), "reads-badly" (fewer than 3 of 4
 * right or, of digits, rightly proposed on clean and ordinary scans, and no
 * fault of the design says why),
 * "silent-error" (accepted and wrong), "scan-300dpi" (worse at 200 dpi),
 * "ink-in-box" (the empty sheet has ink in a box that the template does not
 * print). What a person looks at anyway is not blamed on the design.
 */
void trial_advise(const struct trial_how *how, struct trial *t,
                  struct arena *a);

/* Sums over the fields that a person always looks at, or over the others. */
struct trial_count trial_sum(const struct trial *t, enum trial_level level,
                             bool by_person);

/* Private to this folder. */
struct random;
/* A value that this field could hold; "" now and then where it may be blank. */
const char *trial_value(const struct form_field *f, struct random *r,
                        struct arena *a);
/* Is what was read what was written? */
bool trial_same(const struct form_field *f, const char *read,
                const char *written);
/* Ink of the empty sheet's scan in a box, less what the template prints, in
 * hundredths of the box; 0 where there is no scan. */
int trial_stray_ink(const struct trial_how *how, int page, struct rect_tmm box);

#endif
