#include "ocr/print_shift.h"

#include "ocr/bits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { REACH = 9, W = 150, H = 90 }; /* W is no multiple of 32 */

/* A frame with a stem in it, at (left, top). */
static void draw(PIX *pix, int left, int top)
{
    pixRasterop(pix, left, top, 80, 40, PIX_SET, NULL, 0, 0);
    pixRasterop(pix, left + 3, top + 3, 74, 34, PIX_CLR, NULL, 0, 0);
    pixRasterop(pix, left + 20, top + 8, 3, 20, PIX_SET, NULL, 0, 0);
}

/* Where the form prints the frame, with REACH px around the place. */
static PIX *print(int left, int top)
{
    PIX *pix = pixCreate(W + 2 * REACH, H + 2 * REACH, 1);

    draw(pix, left + REACH, top + REACH);
    return pix;
}

static void every_shift_is_found(void **state)
{
    (void)state;
    for (int y = -REACH; y <= REACH; y++)
        for (int x = -REACH; x <= REACH; x++) {
            PIX *all = pixCreate(W, H, 1), *form = print(35, 25);
            int dx = 99, dy = 99;

            draw(all, 35 + x, 25 + y);
            print_shift(all, form, REACH, &dx, &dy);
            assert_int_equal(dx, x);
            assert_int_equal(dy, y);
            pixDestroy(&all);
            pixDestroy(&form);
        }
}

/* Print at the right edge, where the last word of a row is cut short. */
static void the_last_columns_count(void **state)
{
    PIX *all = pixCreate(W, H, 1), *form = print(W - 50, 25);
    int dx = 99, dy = 99;

    (void)state;
    draw(all, W - 50 - 7, 25 + 3);
    print_shift(all, form, REACH, &dx, &dy);
    assert_int_equal(dx, -7);
    assert_int_equal(dy, 3);
    pixDestroy(&all);
    pixDestroy(&form);
}

static void little_print_says_nothing(void **state)
{
    PIX *all = pixCreate(W, H, 1);
    PIX *form = pixCreate(W + 2 * REACH, H + 2 * REACH, 1);
    int dx = 99, dy = 99;

    (void)state;
    draw(all, 40, 25);
    pixRasterop(form, 40, 40, 7, 8, PIX_SET, NULL, 0, 0);
    print_shift(all, form, REACH, &dx, &dy);
    assert_int_equal(dx, 0);
    assert_int_equal(dy, 0);
    pixDestroy(&all);
    pixDestroy(&form);
}

/* Read 32 at a time or one by one, a picture is the same. */
static void bits_are_the_pixels(void **state)
{
    PIX *pix = pixCreate(70, 5, 1);
    struct bits b = bits_of(pix);

    (void)state;
    for (int i = 0; i < 350; i++)
        if (i * i % 7 < 3)
            pixSetPixel(pix, i % 70, i / 70, 1);
    for (int y = -1; y <= 5; y++)
        for (int x = -40; x <= 80; x++) {
            uint32_t word = bits_at(&b, x, y);
            int n = 0;

            for (int k = 0; k < 32; k++) {
                l_uint32 value = 0;

                if (x + k >= 0 && x + k < 70 && y >= 0 && y < 5)
                    pixGetPixel(pix, x + k, y, &value);
                assert_int_equal(word >> (31 - k) & 1, value);
                n += (int)value;
            }
            assert_int_equal(bits_count(word), n);
            assert_int_equal(bits_some(&b, x, y, 5), word & 0xf8000000);
        }
    pixDestroy(&pix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shift_is_found),
        cmocka_unit_test(the_last_columns_count),
        cmocka_unit_test(little_print_says_nothing),
        cmocka_unit_test(bits_are_the_pixels),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
