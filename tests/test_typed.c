/* Digits of one font, and the same digits as nobody's hand repeats them. */
#include "ocr/typed.h"

#include "ocr/same_digits.h"

#include <cairo.h>
#include <leptonica/allheaders.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define SIDE 96

struct how {
    double size;       /* px */
    double grow, turn; /* most change of size (share) and of angle (degrees) */
    double widen;      /* of the width alone (share) */
    int times;         /* each digit */
};

/* -1 to 1, the same on every machine. */
static double wobble(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (double)(*state >> 8) / 8388608.0 - 1;
}

static PIX *draw(int digit, double size, double wide, double turn, double shift)
{
    cairo_surface_t *s =
        cairo_image_surface_create(CAIRO_FORMAT_A8, SIDE, SIDE);
    cairo_t *cr = cairo_create(s);
    char text[2] = {(char)('0' + digit), 0};
    PIX *pix = pixCreate(SIDE, SIDE, 1), *tight = NULL;
    cairo_select_font_face(cr, "IPAexGothic", CAIRO_FONT_SLANT_NORMAL,
                           CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cr, size);
    cairo_translate(cr, SIDE / 4.0 + shift, SIDE * 0.7 + shift);
    cairo_scale(cr, wide, 1);
    cairo_rotate(cr, turn * 3.14159265 / 180);
    cairo_move_to(cr, 0, 0);
    cairo_show_text(cr, text);
    cairo_destroy(cr);
    cairo_surface_flush(s);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            if (cairo_image_surface_get_data(
                    s)[y * cairo_image_surface_get_stride(s) + x] > 127)
                pixSetPixel(pix, x, y, 1);
    assert_int_equal(pixClipToForeground(pix, &tight, NULL), 0);
    pixDestroy(&pix);
    cairo_surface_destroy(s);
    return tight;
}

static bool looks_printed(const struct how *how)
{
    struct typed t = TYPED_INIT;
    unsigned state = 7;
    for (int i = 0; i < how->times; i++)
        for (int digit = 0; digit < 10; digit++) {
            double size = how->size * (1 + how->grow * wobble(&state));
            double turn = how->turn * wobble(&state);
            double wide = 1 + how->widen * wobble(&state);
            PIX *pix = draw(digit, size, wide, turn, wobble(&state) / 2);
            typed_add(&t, digit, 995, pix);
            pixDestroy(&pix);
        }
    bool print = typed_is_print(&t);
    typed_release(&t);
    return print;
}

static void print_repeats_itself_and_a_hand_does_not(void **state)
{
    (void)state;
    static const struct {
        struct how how;
        bool print;
    } cases[] = {
        {{40, 0, 0, 0, 4}, true},     /* 300 dpi */
        {{27, 0, 0, 0, 4}, true},     /* 200 dpi */
        {{40, 0, 0.3, 0, 4}, true},   /* not quite straightened */
        {{40, 0.12, 4, 0, 4}, false}, /* a careful hand */
        {{40, 0.25, 9, 0, 4}, false}, /* a careless one */
        {{40, 0, 0, 0.4, 4}, false},  /* as high as each other, no more */
        {{40, 0, 0, 0, 1}, false},    /* nothing is there twice */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (looks_printed(&cases[i].how) != cases[i].print)
            fail_msg("case %zu", i);
}

static void nothing_is_learnt_without_a_place_for_it(void **state)
{
    (void)state;
    PIX *pix = draw(3, 40, 1, 0, 0);
    struct typed t = TYPED_INIT;
    typed_add(NULL, 3, 995, pix);
    assert_false(typed_is_print(&t));
    typed_release(&t);
    pixDestroy(&pix);
}

/* A digit of a typed page as the readers saw it: the net's guess, how sure it
 * was, and Tesseract's. */
struct seen {
    int digit, net, confidence;
    const char *other;
};

static int same_of(const struct seen *seen, size_t n, int asked)
{
    struct typed t = TYPED_INIT;
    PIX *pix;
    int same;
    for (size_t i = 0; i < n; i++) {
        pix = draw(seen[i].digit, 40, 1, 0, (double)(i % 3) / 4);
        typed_add(&t, seen[i].net, seen[i].confidence, pix);
        typed_vote(&t, 1, seen[i].other);
        typed_vote(&t, 1, seen[i].other);
        pixDestroy(&pix);
    }
    pix = draw(asked, 40, 1, 0, 0.5);
    same = typed_same(&t, pix);
    pixDestroy(&pix);
    typed_release(&t);
    return same;
}

static void equal_shapes_are_one_digit(void **state)
{
    (void)state;
    /* The net takes this font's 1 for a 4 and is not sure of it. */
    static const struct seen ones[] = {
        {1, 4, 700, "1"}, {1, 1, 950, "1"},  {1, 4, 600, "1"}, {8, 8, 999, "8"},
        {8, 8, 999, ""},  {8, 8, 999, "88"}, {6, 6, 999, "6"}, {6, 6, 999, "6"},
    };
    assert_int_equal(same_of(ones, 8, 1), 1);
    assert_int_equal(same_of(ones, 8, 8), 8);
    /* twice is too few; never is none */
    assert_int_equal(same_of(ones, 8, 6), TYPED_NONE);
    assert_int_equal(same_of(ones, 8, 3), TYPED_NONE);
    /* Readers who are sure of different things. */
    static const struct seen disputed[] = {
        {1, 7, 995, "1"}, {1, 7, 999, "1"}, {1, 7, 990, "1"}};
    assert_int_equal(same_of(disputed, 3, 1), TYPED_NONE);
}

static void a_vote_on_more_or_less_digits_does_not_count(void **state)
{
    (void)state;
    struct typed t = TYPED_INIT;
    PIX *pix = draw(2, 40, 1, 0, 0);
    for (int i = 0; i < 4; i++)
        typed_add(&t, 2, 500, pix);
    typed_vote(&t, 4, "222");
    typed_vote(&t, 4, "22222");
    typed_vote(&t, 5, "22222");
    assert_int_equal(typed_same(&t, pix), TYPED_NONE);
    typed_vote(&t, 4, "2222");
    typed_vote(&t, 4, "2222");
    assert_int_equal(typed_same(&t, pix), 2);
    typed_vote(NULL, 1, "2");
    typed_release(&t);
    pixDestroy(&pix);
}

/* "12" as it stands on the page again and again; the net takes both wrong. */
static void a_number_is_held_against_its_page(void **state)
{
    (void)state;
    struct typed t = TYPED_INIT;
    struct field_reader first = {.typed = &t}, again = {.shapes = &t};
    PIX *digits[2] = {draw(1, 40, 1, 0, 0), draw(2, 40, 1, 0, 0)};
    struct same_digits s, found = SAME_DIGITS_INIT;
    struct arena a = ARENA_INIT;
    struct guess g;
    for (int i = 0; i < 4; i++) {
        s = SAME_DIGITS_INIT;
        for (int k = 0; k < 2; k++)
            same_digits_take(&s, &first, i ? k + 1 : 7, 900, digits[k]);
        typed_vote(&t, s.n, "12");
        typed_vote(&t, s.n, "12");
        assert_false(same_digits_known(&s, &first));
    }
    for (int k = 0; k < 2; k++)
        same_digits_take(&found, &again, 7, 900, digits[k]);
    assert_true(same_digits_known(&found, &again));
    g = same_digits_judge(&found, "77", "12", "", &a);
    assert_int_equal(g.state, READING_ACCEPTED);
    assert_string_equal(g.value, "12");
    g = same_digits_judge(&found, "77", "72", "17", &a);
    assert_int_equal(g.state, READING_DOUBT); /* none here agrees */
    assert_string_equal(g.value, "12");
    assert_string_equal(g.runner_up, "72");
    arena_release(&a);
    typed_release(&t);
    pixDestroy(&digits[0]);
    pixDestroy(&digits[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(print_repeats_itself_and_a_hand_does_not),
        cmocka_unit_test(equal_shapes_are_one_digit),
        cmocka_unit_test(a_vote_on_more_or_less_digits_does_not_count),
        cmocka_unit_test(a_number_is_held_against_its_page),
        cmocka_unit_test(nothing_is_learnt_without_a_place_for_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
