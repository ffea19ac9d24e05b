/* Boxes cut out of a page of 10 px a mm on which bars stand for digits. */
#include "ocr/box.h"

#include <leptonica/allheaders.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct rect_tmm place = {100, 50, 100, 50};

static bool goes_on(int left, int top, int width, int height)
{
    struct page p = {.dpi = 254,
                     .map = {.c = {1, 0, 0, 0, 1, 0, 0, 0}, .px_per_tmm = 1}};
    struct field_reader r = {.page = &p, .rest = pixCreate(300, 150, 1)};
    struct box b;
    bool on;

    for (int i = 0; i < 3; i++) /* 110 to 118, 128 to 136, 146 to 154 */
        pixRasterop(r.rest, 110 + 18 * i, 60, 8, 30, PIX_SET, NULL, 0, 0);
    pixRasterop(r.rest, left, top, width, height, PIX_SET, NULL, 0, 0);
    assert_true(box_cut(&r, place, 0, &b));
    assert_int_equal(b.state, BOX_WRITTEN);
    on = box_goes_on(&r, place, &b);
    box_release(&b);
    pixDestroy(&r.rest);
    return on;
}

static void a_digit_beside_the_box_belongs_to_it(void **state)
{
    static const struct {
        const char *what;
        int left, top, width, height;
        bool on;
    } cases[] = {
        {"nothing", 0, 0, 1, 1, false},
        {"a digit before the box", 90, 60, 8, 30, true},
        {"as low as three quarters", 90, 66, 8, 24, true},
        {"too low for a digit", 90, 70, 8, 15, false},
        {"a sliver of a printed letter", 94, 60, 2, 30, false},
        {"too far away", 78, 60, 8, 30, false},
        {"above the line", 90, 50, 8, 24, false},
        {"one that only begins outside", 97, 60, 8, 30, false},
        {"a digit inside", 190, 60, 8, 30, false},
        {"behind the box, far from the others", 202, 60, 8, 30, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (goes_on(cases[i].left, cases[i].top, cases[i].width,
                    cases[i].height) != cases[i].on)
            fail_msg("%s", cases[i].what);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_digit_beside_the_box_belongs_to_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
