#include "ocr/map_fit.h"
#include "ocr/page.h"

#include <leptonica/allheaders.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { DPI = 254, SIDE = 400 }; /* 1 px is a tenth of a mm */

static const struct rect_tmm box = {150, 150, 80, 60};

/* Upright ink beside the box's left side: on the empty form at `printed`, on
 * the scan at `seen`, px from it; so high, in percent of the box. */
struct fit_row {
    const char *what;
    int printed, seen, thick, high;
    int lean;  /* px to the right from top to bottom, on the scan */
    int moved; /* what must come of it */
};

static const struct fit_row rows[] = {
    {"a frame where it is printed", 0, 0, 3, 100, 0, 0},
    {"a frame that slipped", 0, 7, 3, 100, 0, 7},
    {"a frame that leans a little", 0, 5, 2, 100, 1, 5},
    {"a letter printed beside, a digit written in the box", -6, 9, 5, 45, 0, 0},
    {"a letter nearly as high as the box", -6, 9, 3, 82, 0, 0},
    {"too far away", 0, 18, 3, 100, 0, 0},
};

static void draw(PIX *pix, int at, const struct fit_row *r, int lean)
{
    int height = box.height * r->high / 100;
    int top = box.top + (box.height - height) / 2;

    for (int y = 0; y < height; y++)
        pixRasterop(pix, box.left + at - r->thick / 2 + lean * y / height,
                    top + y, r->thick, 1, PIX_SET, NULL, 0, 0);
}

static void only_frames_move_a_box(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct page p = PAGE_INIT;
        struct rect_px at;

        p.dpi = DPI;
        p.map = map_scaled(1, 0, 0);
        p.ink = pixCreate(SIDE, SIDE, 1);
        p.blank = pixCreate(SIDE, SIDE, 1);
        draw(p.blank, rows[i].printed, &rows[i], 0);
        draw(p.ink, rows[i].seen, &rows[i], rows[i].lean);
        at = page_fit(&p, box);
        if (at.left - box.left < rows[i].moved - 1 ||
            at.left - box.left > rows[i].moved + 1 || at.width != box.width ||
            at.top != box.top)
            fail_msg("%s: moved %d, not %d", rows[i].what, at.left - box.left,
                     rows[i].moved);
        page_release(&p);
    }
}

/* A box cut off by the scanner is no empty box. */
static void a_box_off_the_scan_is_not_held(void **state)
{
    static const struct {
        struct rect_px box;
        double skew;
        int rotation;
        bool held;
    } cases[] = {
        {{100, 100, 80, 60}, 0, 0, true},
        {{-4, 100, 80, 60}, 0, 0, true}, /* its frame, at most */
        {{-9, 100, 80, 60}, 0, 0, false},
        {{SIDE - 70, 100, 80, 60}, 0, 0, false},
        {{100, SIDE - 50, 80, 60}, 0, 90, false},
        /* White that came in with the turn is no paper. */
        {{2, 2, 80, 60}, 10, 0, false},
        {{160, 160, 80, 60}, 10, 180, true},
    };
    struct page p = PAGE_INIT;

    (void)state;
    p.dpi = DPI;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        p.origin = (struct page_origin){.width = SIDE,
                                        .height = SIDE,
                                        .scale_x = 1,
                                        .scale_y = 1,
                                        .skew = cases[i].skew};
        p.rotation = cases[i].rotation;
        if (page_holds(&p, cases[i].box) != cases[i].held)
            fail_msg("case %zu", i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_frames_move_a_box),
        cmocka_unit_test(a_box_off_the_scan_is_not_held),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
