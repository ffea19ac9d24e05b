/* A cell with its frame, and what is written over it. */
#include "ocr/cell_cut.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* 300 dpi: cells of 5 x 7 mm, 1 mm apart, lines of 0.2 mm. */
enum {
    SIDE = 240,
    LEFT = 90,
    TOP = 80,
    WIDE = 59,
    HIGH = 83,
    GAP = 12,
    INSET = 3,
};

struct drawn {
    struct form_template form;
    struct page page;
    struct field_reader reader;
    struct box inner;
};

static void bar(PIX *pix, int x, int y, int width, int height)
{
    BOX *at = boxCreate(x, y, width, height);

    pixSetInRect(pix, at);
    boxDestroy(&at);
}

static void frame(PIX *pix, int left)
{
    bar(pix, left - 1, TOP - 1, WIDE + 2, 2);
    bar(pix, left - 1, TOP + HIGH - 1, WIDE + 2, 2);
    bar(pix, left - 1, TOP - 1, 2, HIGH + 2);
    bar(pix, left + WIDE - 1, TOP - 1, 2, HIGH + 2);
}

/* The page with both cells printed; what is written comes with draw_*(). */
static void start(struct drawn *d)
{
    PIX *printed = pixCreate(SIDE, SIDE, 1);

    memset(d, 0, sizeof *d);
    frame(printed, LEFT);
    frame(printed, LEFT + WIDE + GAP);
    d->form.cell_line = 20;
    d->page.dpi = 300;
    d->page.form = &d->form;
    d->page.map.px_per_tmm = 300 / 254.0;
    d->page.ink = pixCopy(NULL, printed);
    d->page.blank = pixDilateBrick(NULL, printed, 3, 3);
    d->reader.page = &d->page;
    pixDestroy(&printed);
}

/* An ellipse, as a 0: 5 px of pen. */
static void draw_ring(struct drawn *d, int cx, int cy, double rx, double ry)
{
    for (int i = 0; i < 2000; i++) {
        double a = i * 3.14159265 / 1000;
        bar(d->page.ink, (int)lround(cx + rx * cos(a)) - 2,
            (int)lround(cy + ry * sin(a)) - 2, 5, 5);
    }
}

static PIX *finish(struct drawn *d)
{
    BOX *at = boxCreate(LEFT + INSET, TOP + INSET, WIDE - 2 * INSET,
                        HIGH - 2 * INSET);

    d->reader.rest = pixSubtract(NULL, d->page.ink, d->page.blank);
    d->inner = (struct box){.state = BOX_WRITTEN,
                            .ink = pixClipRectangle(d->reader.rest, at, NULL),
                            .left = LEFT + INSET,
                            .top = TOP + INSET};
    boxDestroy(&at);
    return cell_whole(&d->reader, &d->inner);
}

static void stop(struct drawn *d, PIX *whole)
{
    pixDestroy(&whole);
    pixDestroy(&d->inner.ink);
    pixDestroy(&d->reader.rest);
    pixDestroy(&d->page.ink);
    pixDestroy(&d->page.blank);
}

static int pieces(PIX *pix)
{
    l_int32 n = 0;

    pixCountConnComp(pix, 8, &n);
    return n;
}

/* Closed: the paper inside the ring is not the paper around it. */
static bool has_hole(PIX *pix)
{
    PIX *wide = pixAddBorder(pix, 1, 0), *paper = pixInvert(NULL, wide);
    l_int32 n = 0;

    pixCountConnComp(paper, 4, &n);
    pixDestroy(&paper);
    pixDestroy(&wide);
    return n == 2;
}

static void a_digit_inside_is_left_as_it_is(void **state)
{
    struct drawn d;

    (void)state;
    start(&d);
    draw_ring(&d, LEFT + 30, TOP + 40, 15, 25);
    PIX *whole = finish(&d);
    assert_null(whole);
    assert_true(has_hole(d.inner.ink));
    stop(&d, whole);
}

static void a_zero_over_the_frame_is_closed_again(void **state)
{
    /* over the right line, the left one, the lower one, a corner */
    static const struct {
        int x, y;
    } at[] = {{43, 40}, {16, 40}, {30, 62}, {43, 60}};

    (void)state;
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        struct drawn d;
        start(&d);
        draw_ring(&d, LEFT + at[i].x, TOP + at[i].y, 19, 25);
        PIX *whole = finish(&d);
        assert_false(has_hole(d.inner.ink));
        assert_non_null(whole);
        assert_int_equal(pieces(whole), 1);
        assert_true(has_hole(whole));
        stop(&d, whole);
    }
}

/* The neighbour's 0 reaches in: it is not ours, and our 1 stays. */
static void what_comes_from_the_next_cell_is_dropped(void **state)
{
    struct drawn d;
    l_int32 ours = 0, n = 0;

    (void)state;
    start(&d);
    bar(d.page.ink, LEFT + 28, TOP + 15, 5, 50);
    draw_ring(&d, LEFT + WIDE + GAP + 6, TOP + 40, 25, 25);
    PIX *whole = finish(&d);
    assert_int_equal(pieces(d.inner.ink), 2);
    assert_non_null(whole);
    assert_int_equal(pieces(whole), 1);
    pixCountPixels(whole, &ours, NULL);
    n = 5 * 50;
    assert_int_equal(ours, n);
    stop(&d, whole);
}

/* A stroke that ends at the line does not drag the line along. */
static void the_frame_itself_is_not_ink(void **state)
{
    struct drawn d;

    (void)state;
    start(&d);
    bar(d.page.ink, LEFT + 20, TOP + 40, WIDE - 20, 5);
    PIX *whole = finish(&d);
    assert_non_null(whole);
    assert_true(pixGetHeight(whole) == HIGH - 2 * INSET);
    NUMA *rows = pixCountPixelsByRow(whole, NULL);
    l_int32 above = 0;
    for (int y = 0; y < 40 - INSET - 2; y++) {
        l_int32 count = 0;
        numaGetIValue(rows, y, &count);
        above += count;
    }
    assert_int_equal(above, 0);
    numaDestroy(&rows);
    stop(&d, whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_digit_inside_is_left_as_it_is),
        cmocka_unit_test(a_zero_over_the_frame_is_closed_again),
        cmocka_unit_test(what_comes_from_the_next_cell_is_dropped),
        cmocka_unit_test(the_frame_itself_is_not_ink),
    };

    setMsgSeverity(L_SEVERITY_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
