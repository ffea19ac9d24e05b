/* What the field readers share while one page is read. */
#ifndef NYUSHO_OCR_FIELD_READ_H
#define NYUSHO_OCR_FIELD_READ_H

#include "ocr/read_fields.h"
#include "ocr/tick.h"
#include "ocr/typed.h"

struct Pix;

struct field_reader {
    struct page *page;
    struct Pix *rest; /* 1 bpp: ink that the form does not print */
    struct ocr_engines *engines;
    const struct read_context *ctx;
    struct tick_page ticks;
    struct typed *typed; /* digits read so far, to tell print from hand */
    bool typed_page;     /* they look typed, be it on a form of ours */
    bool print;          /* they were typed; known once all of them are read */
    const struct typed *shapes; /* of a typed page, while it is looked at again:
                                   what equal shapes are; NULL */
    struct arena *mem;
};

/* What one part or field came to. Texts are never NULL. */
struct guess {
    enum reading_state state;
    const char *value, *raw, *runner_up, *reason;
    int confidence;        /* permille */
    enum accept_kind kind; /* what the policy judges it as */
    int if_print; /* confidence where the page turns out to be typed; 0: the
                     same */
    int if_only;  /* confidence where the runner-up cannot be; 0: the same */
};

/* Empty and clean. */
struct guess guess_blank(enum accept_kind kind);
/* Read, and sure as far as the reader can tell; the policy decides. */
struct guess guess_sure(enum accept_kind kind, const char *value,
                        const char *raw, int confidence);
/* For a person, and why. */
struct guess guess_doubt(enum accept_kind kind, const char *value,
                         const char *raw, const char *reason, int confidence);

int guess_if_print(const struct guess *g);
/* The runner-up cannot be: a month 68, a facility that is not there. What the
 * readers disputed stays as unsure as it was. */
void guess_only(struct guess *g);

#endif
