#include "ocr/clean.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { W = 1654, H = 2339 }; /* A4 at 200 dpi */

/* Paper with ruled lines, at this darkness of ink. */
static PIX *ruled(int ink)
{
    PIX *pix = pixCreate(W, H, 8);

    pixSetAllGray(pix, 235);
    for (int i = 0; i < 25; i++)
        for (int y = 0; y < 3; y++)
            for (int x = 200; x < 1450; x++)
                pixSetPixel(pix, x, 200 + 80 * i + y, (l_uint32)ink);
    pixSetResolution(pix, 200, 200);
    return pix;
}

static struct page clean(PIX *scan)
{
    struct page p = PAGE_INIT;
    struct diag d = DIAG_INIT;

    assert_true(page_clean(&p, scan, POS_FILE("page"), &d));
    assert_int_equal(d.n, 0);
    pixDestroy(&scan);
    diag_release(&d);
    return p;
}

/* Black share of a rectangle of the ink, in 1/1000. */
static int ink_in(const struct page *p, int x, int y, int w, int h)
{
    BOX *box = boxCreate(x, y, w, h);
    PIX *crop = pixClipRectangle(p->ink, box, NULL);
    int black = 0;

    pixCountPixels(crop, &black, NULL);
    pixDestroy(&crop);
    boxDestroy(&box);
    return (int)((int64_t)black * 1000 / ((int64_t)w * h));
}

static void resolutions_are_what_makes_a_sheet(void **state)
{
    static const struct {
        int w, h, xres, yres, x, y;
        bool given;
    } rows[] = {
        {1654, 2339, 200, 200, 200, 200, true},
        {2339, 1654, 200, 200, 200, 200, true},
        {2480, 3508, 72, 72, 300, 300, false}, /* a camera's default */
        {2480, 3508, 0, 0, 300, 300, false},
        {1240, 1754, 96, 96, 150, 150, false},
        {1728, 1145, 204, 98, 204, 98, true},   /* standard fax */
        {3508, 4961, 300, 300, 300, 300, true}, /* A3 */
        {1240, 1754, 0, 150, 150, 150, false},
        {1240, 1754, 150, 0, 150, 150, true},
        {1654, 2339, 2000, 2000, 200, 200, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PIX *pix = pixCreate(rows[i].w, rows[i].h, 1);
        double x, y;
        bool given;

        pixSetXRes(pix, rows[i].xres);
        pixSetYRes(pix, rows[i].yres);
        scan_resolution(pix, &x, &y, &given);
        if ((int)x != rows[i].x || (int)y != rows[i].y ||
            given != rows[i].given)
            fail_msg("row %zu: %g x %g %d", i, x, y, given);
        pixDestroy(&pix);
    }
}

static void a_fax_gets_square_pixels(void **state)
{
    PIX *pix = pixCreate(1728, 1145, 1);
    struct page p;

    (void)state;
    pixRasterop(pix, 200, 200, 1200, 4, PIX_SET, NULL, 0, 0);
    pixSetResolution(pix, 204, 98);
    p = clean(pix);
    assert_int_equal(p.dpi, 204);
    assert_in_range(pixGetHeight(p.ink), 2380, 2388);
    assert_in_range(ink_in(&p, 300, 416, 1000, 9), 700, 1000);
    page_release(&p);
}

static void too_many_pixels_are_made_fewer(void **state)
{
    PIX *small = ruled(0), *pix = pixScale(small, 3.0f, 3.0f);
    struct page p;

    (void)state;
    pixDestroy(&small);
    pixSetResolution(pix, 600, 600);
    p = clean(pix);
    assert_int_equal(p.dpi, 300);
    assert_in_range(pixGetWidth(p.ink), 2480, 2482);
    assert_true(fabs(p.origin.scale_x - 0.5) < 0.001);
    page_release(&p);
}

static void uneven_light_leaves_the_ink_even(void **state)
{
    PIX *pix = ruled(90);
    struct page p;

    (void)state;
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            l_uint32 v;

            pixGetPixel(pix, x, y, &v);
            pixSetPixel(pix, x, y, v * (unsigned)(100 - 45 * x / W) / 100);
        }
    p = clean(pix);
    assert_int_equal(ink_in(&p, 210, 201, 1230, 1), 1000);
    assert_int_equal(ink_in(&p, 100, 210, 1500, 60), 0);
    page_release(&p);
}

/* A corner mark of 6 mm is not the paper's own grey, however faint. */
static void faint_and_solid_ink_stays(void **state)
{
    static const int inks[] = {0, 90, 150};

    (void)state;
    for (size_t i = 0; i < sizeof inks / sizeof inks[0]; i++) {
        PIX *pix = ruled(inks[i]);
        BOX *mark = boxCreate(63, 63, 47, 47);
        struct page p;

        pixSetInRectArbitrary(pix, mark, (l_uint32)inks[i]);
        boxDestroy(&mark);
        for (int y = 0; y < H; y++) /* light falls to 60 % */
            for (int x = 0; x < W; x++) {
                l_uint32 v;

                pixGetPixel(pix, x, y, &v);
                pixSetPixel(pix, x, y, v * (unsigned)(100 - 40 * x / W) / 100);
            }
        p = clean(pix);
        assert_true(ink_in(&p, 66, 66, 41, 41) == 1000);
        assert_in_range(ink_in(&p, 250, 200, 1100, 3), 900, 1000);
        assert_true(ink_in(&p, 250, 210, 1100, 60) == 0);
        page_release(&p);
    }
}

static void lean_is_undone(void **state)
{
    static const double angles[] = {-10, -6, -3, -0.7, 0, 0.4, 3, 6, 8, 11};

    (void)state;
    for (size_t i = 0; i < sizeof angles / sizeof angles[0]; i++) {
        PIX *straight = ruled(0);
        struct page p = clean(
            pixRotateAMGray(straight, (float)(angles[i] * M_PI / 180), 235));

        pixDestroy(&straight);
        if (fabs(p.origin.skew + angles[i]) > 0.1)
            fail_msg("%g degrees: %g undone", angles[i], p.origin.skew);
        page_release(&p);
    }
}

static void black_edges_go_and_marks_stay(void **state)
{
    PIX *pix = ruled(0);
    struct page p;

    (void)state;
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
            if (x < 50 || y > H - 30 ||
                (x > 110 && x < 160 && y > 110 && y < 160))
                pixSetPixel(pix, x, y, 12);
    p = clean(pix);
    assert_int_equal(ink_in(&p, 0, 0, 55, H), 0);
    assert_int_equal(ink_in(&p, 0, H - 30, W, 30), 0);
    assert_int_equal(ink_in(&p, 112, 112, 46, 46), 1000);
    page_release(&p);
}

static void red_goes_and_black_under_it_stays(void **state)
{
    PIX *grey = ruled(0), *pix = pixConvert8To32(grey);
    struct page p;

    (void)state;
    pixDestroy(&grey);
    for (int y = 400; y < 600; y++)
        for (int x = 600; x < 900; x++) {
            l_uint32 *at = pixGetData(pix) + (size_t)y * pixGetWpl(pix) + x;
            int r, g, b;

            extractRGBValues(*at, &r, &g, &b);
            composeRGBPixel(r * 220 / 255, g * 40 / 255, b * 40 / 255, at);
        }
    pixSetResolution(pix, 200, 200);
    p = clean(pix);
    assert_int_equal(ink_in(&p, 600, 410, 300, 20), 0);
    assert_true(ink_in(&p, 600, 441, 300, 1) > 950);
    page_release(&p);
}

static void grey_in_colour_is_grey(void **state)
{
    PIX *grey = ruled(0), *pix = pixConvert8To32(grey);
    struct page p, q;
    l_int32 same = 0;

    (void)state;
    pixSetResolution(pix, 200, 200);
    pixSetResolution(grey, 200, 200);
    p = clean(pix);
    q = clean(grey);
    assert_int_equal(pixEqual(p.ink, q.ink, &same), 0);
    assert_true(same);
    page_release(&p);
    page_release(&q);
}

static void specks_go_and_dots_stay(void **state)
{
    PIX *pix = ruled(0);
    struct page p;

    (void)state;
    pixSetPixel(pix, 300, 250, 0);
    for (int k = 0; k < 16; k++) /* a decimal point of half a millimetre */
        pixSetPixel(pix, 400 + k % 4, 250 + k / 4, 0);
    p = clean(pix);
    assert_int_equal(ink_in(&p, 290, 240, 20, 20), 0);
    assert_true(ink_in(&p, 390, 240, 20, 20) >= 30);
    page_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resolutions_are_what_makes_a_sheet),
        cmocka_unit_test(a_fax_gets_square_pixels),
        cmocka_unit_test(too_many_pixels_are_made_fewer),
        cmocka_unit_test(uneven_light_leaves_the_ink_even),
        cmocka_unit_test(faint_and_solid_ink_stays),
        cmocka_unit_test(lean_is_undone),
        cmocka_unit_test(black_edges_go_and_marks_stay),
        cmocka_unit_test(red_goes_and_black_under_it_stays),
        cmocka_unit_test(grey_in_colour_is_grey),
        cmocka_unit_test(specks_go_and_dots_stay),
    };

    setMsgSeverity(L_SEVERITY_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
