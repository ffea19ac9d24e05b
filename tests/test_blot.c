#include "ocr/blot.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { DPI = 254, W = 2100, H = 2970 }; /* 1 px is a tenth of a mm */

static void disc(PIX *pix, int at_x, int at_y, int radius)
{
    for (int y = -radius; y <= radius; y++) {
        int half = (int)sqrt((double)radius * radius - (double)y * y);

        pixRasterop(pix, at_x - half, at_y + y, 2 * half, 1, PIX_SET, NULL, 0,
                    0);
    }
}

static void square(PIX *pix, int x, int y, int side)
{
    pixRasterop(pix, x, y, side, side, PIX_SET, NULL, 0, 0);
}

static void only_holes_and_blots_cover(void **state)
{
    static const struct {
        const char *what;
        struct rect_px place;
        bool covered;
    } rows[] = {
        {"under a hole", {100, 990, 400, 60}, true},
        {"touched by a hole", {148, 1000, 40, 40}, true},
        {"beside a hole", {160, 1000, 40, 40}, false},
        {"a corner mark of the form's", {80, 80, 60, 60}, false},
        {"a tick box filled in", {500, 500, 60, 60}, false},
        {"a thick line", {300, 1500, 600, 60}, false},
    };
    struct page p = PAGE_INIT;
    struct blots blots;

    (void)state;
    p.dpi = DPI;
    p.ink = pixCreate(W, H, 1);
    p.blank = pixCreate(W, H, 1);
    disc(p.ink, 120, 1020, 30);
    square(p.ink, 80, 80, 60);
    square(p.blank, 79, 79, 62);
    square(p.ink, 510, 510, 42);
    pixRasterop(p.ink, 300, 1510, 600, 20, PIX_SET, NULL, 0, 0);
    blots = blots_find(&p);
    assert_int_equal(blots.n, 1);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (blots_cover(&blots, rows[i].place) != rows[i].covered)
            fail_msg("%s", rows[i].what);
    page_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_holes_and_blots_cover),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
