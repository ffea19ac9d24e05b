/* A number's ink in digits: strokes that belong together, digits that lean over
 * each other, digits that touch. */
#include "ocr/number_split.h"

#include <leptonica/allheaders.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])
enum { ROWS = 8 };

/* '#' is ink. */
static PIX *draw(const char *const rows[ROWS])
{
    size_t width = 1;
    PIX *pix;

    for (int y = 0; y < ROWS && rows[y]; y++)
        width = strlen(rows[y]) > width ? strlen(rows[y]) : width;
    pix = pixCreate((int)width, ROWS, 1);
    for (int y = 0; y < ROWS && rows[y]; y++)
        for (int x = 0; rows[y][x]; x++)
            if (rows[y][x] == '#')
                pixSetPixel(pix, x, y, 1);
    return pix;
}

static void strokes_of_one_digit_stay_together(void **state)
{
    static const struct {
        const char *name;
        const char *rows[ROWS];
        int n, widths[4]; /* of the pieces, from left to right */
    } cases[] = {
        {"nothing", {""}, 0, {0}},
        {"one", {"  ##", "  ##"}, 1, {2}},
        {"apart", {"##   ###", "##   ###"}, 2, {2, 3}},
        {"leaning over each other",
         {"   ##    ##", "  ##    ##", "  #    ##", " ##   ##", "##   ##",
          "   ####"},
         2,
         {5, 8}},
        {"the bar of a 5",
         {" #####", "", " #", " ###", "    #", "    #", "####"},
         1,
         {6}},
        {"a 5 behind a 1",
         {"#   #####", "#", "#  #", "#  ###", "#     #", "#     #", "#  ###"},
         2,
         {1, 6}},
        {"broken above and below",
         {" ####", "#    #", "", "", "#    #", "#    #", " ####"},
         1,
         {6}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        PIX *ink = draw(cases[i].rows), *pieces[NUMBER_PIECES];
        int n = number_split(ink, pieces);

        if (n != cases[i].n)
            fail_msg("%s: %d pieces", cases[i].name, n);
        for (int k = 0; k < n; k++) {
            assert_int_equal(pixGetWidth(pieces[k]), cases[i].widths[k]);
            pixDestroy(&pieces[k]);
        }
        pixDestroy(&ink);
    }
}

static void too_many_pieces_are_left_out(void **state)
{
    PIX *ink = pixCreate(4 * NUMBER_PIECES, 4, 1), *pieces[NUMBER_PIECES];
    int n;

    (void)state;
    for (int x = 0; x < 4 * NUMBER_PIECES; x += 2)
        pixSetPixel(ink, x, 1, 1);
    n = number_split(ink, pieces);
    assert_int_equal(n, NUMBER_PIECES);
    for (int k = 0; k < n; k++)
        pixDestroy(&pieces[k]);
    pixDestroy(&ink);
}

/* Two blobs and the stroke that joins them. */
static void digits_that_touch_are_cut_where_the_ink_is_thin(void **state)
{
    static const char *const touching[ROWS] = {
        "######    ######", "######    ######", "######    ######",
        "################", "######    ######", "######    ######",
        "######    ######", "######    ######"};
    PIX *ink = draw(touching), *halves[2];
    int columns[NUMBER_CUTS], n = number_cuts(ink, columns);

    (void)state;
    assert_true(n > 0);
    assert_in_range(columns[0], 6, 9);
    assert_true(number_cut(ink, columns[0], halves));
    assert_int_equal(pixGetWidth(halves[0]) + pixGetWidth(halves[1]), 16);
    assert_int_equal(pixGetWidth(halves[0]), columns[0]);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < i; k++)
            assert_int_not_equal(columns[i], columns[k]);
    pixDestroy(&halves[0]);
    pixDestroy(&halves[1]);
    pixDestroy(&ink);
}

static void a_narrow_piece_is_one_digit(void **state)
{
    static const char *const narrow[ROWS] = {"###", "###", "###", "###",
                                             "###", "###", "###", "###"};
    PIX *ink = draw(narrow);
    int columns[NUMBER_CUTS];

    (void)state;
    assert_int_equal(number_cuts(ink, columns), 0);
    pixDestroy(&ink);
}

static void a_half_without_ink_is_none(void **state)
{
    static const char *const left[ROWS] = {"##      ", "##      "};
    PIX *ink = draw(left), *halves[2];

    (void)state;
    assert_false(number_cut(ink, 4, halves));
    assert_non_null(halves[0]);
    assert_null(halves[1]);
    pixDestroy(&halves[0]);
    pixDestroy(&ink);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strokes_of_one_digit_stay_together),
        cmocka_unit_test(too_many_pieces_are_left_out),
        cmocka_unit_test(digits_that_touch_are_cut_where_the_ink_is_thin),
        cmocka_unit_test(a_narrow_piece_is_one_digit),
        cmocka_unit_test(a_half_without_ink_is_none),
    };

    setMsgSeverity(L_SEVERITY_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
