#include "ocr/keystone.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { W = 1654, H = 2339, DPI = 200 }; /* A4 */

/* A sheet seen from the side: x = (a x + b y + c) / (g x + h y + 1) … */
struct view {
    double c[8];
};

static const struct view straight = {{1, 0, 0, 0, 1, 0, 0, 0}};
static const struct view from_below = {{1, 0.00, 0, 0, 1, 0, 0, 4e-5}};
static const struct view from_aside = {{1, 0.01, -8, 0.015, 1, -9, 3e-5, 0}};
static const struct view slightly = {{1, 0, 0, 0, 1, 0, 0, 2e-6}};

static void see(const struct view *v, double x, double y, double *px,
                double *py)
{
    double w = v->c[6] * x + v->c[7] * y + 1;

    *px = (v->c[0] * x + v->c[1] * y + v->c[2]) / w;
    *py = (v->c[3] * x + v->c[4] * y + v->c[5]) / w;
}

static void draw_line(PIX *pix, const struct view *v, double x1, double y1,
                      double x2, double y2)
{
    double ax, ay, bx, by;

    see(v, x1, y1, &ax, &ay);
    see(v, x2, y2, &bx, &by);
    pixRenderLine(pix, (int)lround(ax), (int)lround(ay), (int)lround(bx),
                  (int)lround(by), 3, L_SET_PIXELS);
}

/* `n` lines each way, and a pen stroke across. */
static PIX *table_seen(const struct view *v, int n)
{
    PIX *pix = pixCreate(W, H, 1);

    for (int i = 0; i < n; i++) {
        double y = 150 + i * (H - 300.0) / (n - 1);
        double x = 150 + i * (W - 300.0) / (n - 1);

        draw_line(pix, v, 150, y, W - 150, y);
        draw_line(pix, v, x, 150, x, H - 150);
    }
    draw_line(pix, v, 300, 400, 900, 430);
    return pix;
}

/* Rows of letters: short ink, no line. */
static PIX *letters(void)
{
    PIX *pix = pixCreate(W, H, 1);

    for (int y = 200; y < H - 200; y += 60)
        for (int x = 200; x < W - 200; x += 40)
            pixRasterop(pix, x, y + x / 20, 24, 28, PIX_SET, NULL, 0, 0);
    return pix;
}

static void what_leans_is_told(void **state)
{
    static const struct {
        const char *what;
        const struct view *view;
        int lines;
        bool bent;
    } rows[] = {
        {"straight", &straight, 12, false},
        {"a hair off", &slightly, 12, false},
        {"from below", &from_below, 12, true},
        {"from aside", &from_aside, 12, true},
        {"too few lines to say", &from_aside, 4, false},
    };
    double bend[8];
    PIX *text = letters();

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PIX *pix = table_seen(rows[i].view, rows[i].lines);

        if (keystone_find(pix, DPI, bend) != rows[i].bent)
            fail_msg("%s", rows[i].what);
        pixDestroy(&pix);
    }
    assert_false(keystone_find(text, DPI, bend));
    pixDestroy(&text);
}

/* Where the straightened page says a line runs, the scan has it: two ends of a
 * line come from points of one height, of one column. */
static void lines_are_parallel_again(void **state)
{
    static const struct view *const views[] = {&from_below, &from_aside};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        PIX *pix = table_seen(views[i], 12);
        double bend[8], x = W / 2.0, y = H / 2.0;
        l_float32 forth[8];
        PIX *back;
        NUMA *rows;
        l_float32 most = 0;

        assert_true(keystone_find(pix, DPI, bend));
        keystone_point(bend, &x, &y);
        assert_true(hypot(x - W / 2.0, y - H / 2.0) < 0.01);
        for (int k = 0; k < 8; k++)
            forth[k] = (l_float32)bend[k];
        back = pixProjectiveSampled(pix, forth, L_BRING_IN_WHITE);
        rows = pixCountPixelsByRow(back, NULL);
        numaGetMax(rows, &most, NULL);
        /* A line of 1,350 px in one row; bent, it covers 20 of them. */
        assert_true(most > 1100);
        numaDestroy(&rows);
        rows = pixCountPixelsByColumn(back);
        numaGetMax(rows, &most, NULL);
        assert_true(most > 1600);
        numaDestroy(&rows);
        pixDestroy(&back);
        pixDestroy(&pix);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_leans_is_told),
        cmocka_unit_test(lines_are_parallel_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
