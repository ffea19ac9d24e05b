/*
 * Pages for the tests of ocr/: shipped forms, drawn empty and spoiled as
 * offices do.
 */
#ifndef NYUSHO_TESTS_OCR_PAGES_H
#define NYUSHO_TESTS_OCR_PAGES_H

#include "ocr/forms/draw.h"
#include "ocr/forms/template.h"

#include <leptonica/allheaders.h>

struct spoil {
    int dpi;
    bool bilevel;
    double skew;    /* degrees clockwise */
    int turned;     /* 0 90 180 270 clockwise */
    double scale;   /* 0 = 1 */
    double bend;    /* % of the sheet by which its corners move in, unequally */
    double crop;    /* % missing at every edge */
    bool thin_gone; /* lines and thin strokes are not to be seen */
    int faint;      /* % of its strength that ink keeps; 0 = all */
    int noise;      /* spread of grey noise */
    int specks;     /* in 10,000 pixels */
    bool gradient, shadow, stamp;
    int hidden_marks; /* bit i: mark i is covered by paper */
    bool hide_qr;
    bool no_dpi; /* the header says nothing */
};

struct test_forms {
    struct arena mem;
    struct dictionary dict;
    struct form_template items[3]; /* application, cover, certificate */
    const struct form_template *list[3];
};

/* Loads the dictionary and the three shipped forms; asserts. */
void test_forms_load(struct test_forms *f);
void test_forms_release(struct test_forms *f);

/* The empty page as 8 bpp. `qr` may be NULL. */
PIX *test_page_draw(const struct form_template *t, int page, int dpi,
                    const struct form_qr *qr);
/* Takes `page` and gives the spoiled one. */
PIX *test_page_spoil(PIX *page, const struct form_template *t,
                     const struct spoil *how);

#endif
