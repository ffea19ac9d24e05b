/*
 * A page marked as people mark it, by the hundred: ticks and rings, and every
 * way of spoiling one (tricks), with what was meant by each.
 */
#ifndef NYUSHO_TESTS_MARK_TRICKS_H
#define NYUSHO_TESTS_MARK_TRICKS_H

#include "ocr_pages.h"
#include "ocr_strokes.h"

/* What a person meant, and what is on the paper. */
enum trick {
    TRICK_NONE,
    TRICK_TWO,      /* two marks where one is asked for */
    TRICK_STRUCK,   /* marked, then crossed out by two lines */
    TRICK_BESIDE,   /* the mark is on the word */
    TRICK_SCRIBBLE, /* scribbled over */
    TRICK_BOTH,     /* a ring around two words */
    TRICK_ARC,      /* half a ring */
    TRICK_TICKED,   /* a tick on the word to be ringed */
    TRICK_LINE,     /* a line through the word to be ringed */
    TRICK_FAINT,    /* written so weakly that it can only be guessed */
    TRICK_WHITED,   /* marked, painted over with white; another one marked */
    TRICK_STRAY,    /* a stroke of the pen that slipped, near the options */
    TRICK_MISSED,   /* a tick that begins where its box ends */
    TRICK_TOUCHES,  /* a large ring that cuts the next word */
    N_TRICKS
};
extern const char *const trick_names[N_TRICKS];

struct meant {
    const struct form_template *t;
    const struct form_field *f; /* of it */
    enum trick trick;
    bool marked;
    char value[512]; /* canonical, "" = left empty */
};

struct sheet {
    int form, page; /* form: of test_forms */
    struct spoil how;
    double pen; /* tmm */
    int black;
    unsigned seed;
    int tricks; /* in 100 marks */
};

/* Draws answers to every field of `t` that is marked on the sheet's page, and
 * something like writing beside them. Returns how many; `meant` has room for
 * all. */
size_t mark_sheet(PIX *page, const struct form_template *t,
                  const struct sheet *s, struct meant *meant);

#endif
