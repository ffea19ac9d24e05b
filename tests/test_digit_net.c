#include "ocr/digit_net.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ocr/glyph_norm.h"

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

/* Boxes drawn by hand: 14 x 20 cells, '#' is ink. */
enum { ART_W = 14, ART_H = 20, ART_TALL = 14, MAX_ZOOM = 8 };
enum { BOX_BYTES = ART_W * ART_H * MAX_ZOOM * MAX_ZOOM };

struct art {
    int what;
    const char *name;
    const char *rows[ART_TALL]; /* the rest of the box is paper */
};

static const struct art arts[] = {
    {0,
     "round",
     {"     ####", "   ##    ##", "  ##      #", "  #       ##", "  #        #",
      "  #        #", "  #        #", "  #        #", "  #        #",
      "  #        #", "  ##      ##", "   #      #", "   ##   ##", "     ###"}},
    {0,
     "with a tail",
     {"      ######", "    ##   #", "   ##     #", "   #      ##",
      "  ##       #", "  #        #", "  #        #", "  #        #",
      "  #        #", "  #       ##", "  ##      #", "   #     ##",
      "   ##   ##", "     ###"}},
    {1,
     "bare",
     {"      ##", "      ##", "      ##", "      ##", "      ##", "      ##",
      "      ##", "      ##", "      ##", "      ##", "      ##", "      ##",
      "      ##", "      ##"}},
    {1,
     "hooked",
     {"       ##", "      ###", "     ####", "    ## ##", "   ##  ##",
      "       ##", "       ##", "       ##", "       ##", "       ##",
      "       ##", "       ##", "       ##", "       ##"}},
    {2,
     "two",
     {"    #####", "   ##   ##", "  ##     ##", "  #       #", "          #",
      "         ##", "         #", "        ##", "       ##", "      ##",
      "     ##", "    ##", "   ##", "  ##########"}},
    {3,
     "three",
     {"    #####", "   ##   ##", "  #      ##", "          #", "         ##",
      "        ##", "    #####", "        ##", "         ##", "          #",
      "          #", "  #      ##", "  ##    ##", "    #####"}},
    {4,
     "open",
     {"    #    ", "    #    #", "   ##    #", "   #     #", "   #     #",
      "  ##     #", "  #      #", "  #      #", "  ###########", "         #",
      "         #", "         #", "         #", "         #"}},
    {4,
     "closed",
     {"        ##", "       ###", "       # #", "      ## #", "     ##  #",
      "     #   #", "    ##   #", "   ##    #", "   #     #", "  ###########",
      "         #", "         #", "         #", "         #"}},
    {5,
     "five",
     {"   #########", "   #", "   #", "   #", "   #", "   # ####",
      "   ###   ##", "   #      ##", "           #", "           #",
      "           #", "  #       ##", "  ##     ##", "    #####"}},
    {5,
     "its bar apart",
     {"     ########", "", "   #", "   #", "   #", "   # ####", "   ###   ##",
      "   #      ##", "           #", "           #", "           #",
      "  #       ##", "  ##     ##", "    #####"}},
    {6,
     "six",
     {"       ##", "      ##", "     ##", "    ##", "   ##", "   #",
      "  ##  ###", "  # ##  ##", "  ###    ##", "  ##      #", "  ##      #",
      "   #      #", "   ##   ##", "     ####"}},
    {7,
     "plain",
     {"  ##########", "           #", "          ##", "          #",
      "         ##", "         #", "        ##", "        #", "       ##",
      "       #", "      ##", "      #", "      #", "      #"}},
    {7,
     "hooked",
     {"  ##########", "  #       ##", "  #       #", "  #       #",
      "  #      ##", "         #", "        ##", "        #", "        #",
      "       ##", "       #", "       #", "      ##", "      #"}},
    {7,
     "barred",
     {"  ##########", "           #", "          ##", "          #",
      "         ##", "         #", "     #######", "        #", "       ##",
      "       #", "      ##", "      #", "      #", "      #"}},
    {8,
     "eight",
     {"     ####", "   ##    ##", "   #      #", "   #      #", "   ##    ##",
      "    ##  ##", "     ####", "    ##  ##", "   ##    ##", "  ##      #",
      "  #       ##", "  ##      #", "   ##    ##", "     ####"}},
    {9,
     "nine",
     {"     ####", "   ##   ##", "  ##     ##", "  #       #", "  #       #",
      "  ##     ##", "   ##  ####", "    ####  #", "          #", "         ##",
      "         #", "        ##", "       ##", "      ##"}},
    {DIGIT_STRUCK,
     "a dash",
     {"", "", "", "", "", "", "  ##########", "  ##########"}},
    {DIGIT_STRUCK,
     "two lines over a 0",
     {"     ####", "   ##    ##", "  ##      #", "  #       ##", "  #        #",
      "##############", "  #        #", "  #        #", "##############",
      "  #        #", "  ##      ##", "   #      #", "   ##   ##", "     ###"}},
    {DIGIT_STRUCK,
     "scribble",
     {" ###########", "         ###", "     ####", " ####", " ###########",
      "         ###", "     ####", " ####", " ###########", "         ###",
      "     ####", " ####", " ###########"}},
    {DIGIT_EMPTY, "paper", {""}},
    {DIGIT_EMPTY, "a speck", {"", "", "", "", "    #"}},
};

struct box {
    int w, h;
    uint8_t ink[BOX_BYTES];
};

/* The art three cells below the top of its box, `zoom` pixels a cell. */
static void draw(const struct art *a, int zoom, int paper, int ink,
                 struct box *b)
{
    b->w = ART_W * zoom;
    b->h = ART_H * zoom;
    memset(b->ink, paper, sizeof(b->ink));
    for (int y = 0; y < ART_TALL * zoom && a->rows[y / zoom]; y++) {
        const char *row = a->rows[y / zoom];

        for (int x = 0; x < (int)strlen(row) * zoom; x++)
            if (row[x / zoom] == '#')
                b->ink[(y + 3 * zoom) * b->w + x] = (uint8_t)ink;
    }
}

static void expect(const struct box *b, const struct art *a, const char *how)
{
    struct digit_guess g = digit_read(b->ink, b->w, b->h);

    if (g.best != a->what)
        fail_msg("%d (%s), %s: read as %d at %d", a->what, a->name, how, g.best,
                 g.confidence);
}

static void boxes_are_read_at_any_resolution(void **state)
{
    static struct box b;

    (void)state;
    for (size_t i = 0; i < COUNT(arts); i++)
        for (int zoom = 2; zoom <= MAX_ZOOM; zoom++) {
            draw(&arts[i], zoom, 0, 255, &b);
            expect(&b, &arts[i], "plain");
        }
}

static void pale_ink_on_dark_paper_is_read(void **state)
{
    static struct box b;

    (void)state;
    for (size_t i = 0; i < COUNT(arts); i++) {
        draw(&arts[i], 4, 60, 90, &b);
        expect(&b, &arts[i], "pale");
    }
}

static void a_frame_line_does_not_matter(void **state)
{
    static struct box b;

    (void)state;
    for (size_t i = 0; i < COUNT(arts); i++) {
        if (arts[i].what == DIGIT_STRUCK)
            continue;
        draw(&arts[i], 4, 0, 255, &b);
        memset(b.ink, 255, (size_t)b.w * 2);
        for (int y = 0; y < b.h; y++)
            b.ink[y * b.w + b.w - 1] = 255;
        expect(&b, &arts[i], "framed");
    }
}

/* The digit written onto the line above it, as one connected stroke. */
static void a_line_that_the_digit_touches_does_not_matter(void **state)
{
    static struct box b;

    (void)state;
    for (size_t i = 0; i < COUNT(arts); i++) {
        size_t up;

        if (arts[i].what >= 10)
            continue;
        draw(&arts[i], 4, 0, 255, &b);
        up = (size_t)b.w * 10;
        memmove(b.ink, b.ink + up, (size_t)b.w * (size_t)b.h - up);
        memset(b.ink, 255, (size_t)b.w * 2);
        expect(&b, &arts[i], "under the frame line");
    }
}

static void grain_of_the_paper_is_empty(void **state)
{
    static struct box b;
    uint32_t seed = 7;

    (void)state;
    for (int depth = 2; depth <= 40; depth += 2) {
        struct digit_guess g;

        draw(&arts[COUNT(arts) - 2], 6, 0, 255, &b);
        for (int i = 0; i < b.w * b.h; i++) {
            seed = seed * 1664525 + 1013904223;
            b.ink[i] = (uint8_t)(20 + (seed >> 16) % (unsigned)depth);
        }
        g = digit_read(b.ink, b.w, b.h);
        assert_int_equal(g.best, DIGIT_EMPTY);
        assert_int_equal(g.confidence, 1000);
    }
}

static void a_short_stroke_on_the_edge_is_in_doubt(void **state)
{
    static struct box b;
    struct digit_guess g;

    (void)state;
    draw(&arts[COUNT(arts) - 2], 4, 0, 255, &b);
    for (int y = 20; y < 60; y++)
        b.ink[y * b.w + 1] = b.ink[y * b.w + 2] = 255;
    g = digit_read(b.ink, b.w, b.h);
    assert_int_equal(g.best, DIGIT_EMPTY);
    assert_int_equal(g.confidence, 500);
    for (int y = 0; y < b.h; y++)
        b.ink[y * b.w + 1] = b.ink[y * b.w + 2] = 255;
    g = digit_read(b.ink, b.w, b.h);
    assert_int_equal(g.best, DIGIT_EMPTY);
    assert_int_equal(g.confidence, 1000);
}

static void no_picture_is_an_empty_box(void **state)
{
    static const uint8_t one = 255;
    const struct {
        const uint8_t *ink;
        int w, h;
    } rows[] = {{NULL, 10, 10}, {&one, 0, 1}, {&one, 1, -1}, {&one, 1, 1}};

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct digit_guess g = digit_read(rows[i].ink, rows[i].w, rows[i].h);

        assert_int_equal(g.best, DIGIT_EMPTY);
        assert_int_equal(g.confidence, 1000);
    }
}

static void sure_digits_pass_and_struck_ones_do_not(void **state)
{
    static struct box b;
    int passed = 0, digits = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(arts); i++) {
        struct digit_guess g;
        bool pass;

        draw(&arts[i], 4, 0, 255, &b);
        g = digit_read(b.ink, b.w, b.h);
        pass = g.best < 10 && g.confidence >= DIGIT_ACCEPT;
        digits += arts[i].what < 10;
        passed += pass;
        assert_true(!pass || g.best == arts[i].what);
    }
    assert_true(passed * 2 >= digits);
}

/* From one digit to another in small steps: where the reading turns, neither
 * side passes. */
static void what_lies_between_two_digits_does_not_pass(void **state)
{
    static const struct {
        int from, to;
        const char *name, *heads[6][2], *rest[12];
    } series[] = {
        {9,
         4,
         "the head of a 9 opens",
         {{"   ########", "   ##    ##"},
          {"   ### ####", "   ##    ##"},
          {"   ###  ###", "   ##    ##"},
          {"   ##   ###", "   ##    ##"},
          {"   ##    ##", "   ##    ##"},
          {"   #      #", "   ##    ##"}},
         {"  ##     ##", "  #       #", "  #       #", "  ##      #",
          "   #########", "          #", "          #", "         ##",
          "         #", "         #", "         #", "         #"}},
        {1,
         7,
         "a 1 grows a hook",
         {{"        ##", "        ##"},
          {"       ###", "       ###"},
          {"      ####", "      # ##"},
          {"     #####", "     #  ##"},
          {"    ######", "    #   ##"},
          {"   #######", "   #    ##"}},
         {"        ##", "        ##", "        ##", "       ##", "       ##",
          "       ##", "       ##", "      ##", "      ##", "      ##",
          "      ##", "      ##"}},
    };
    static struct box b;

    (void)state;
    for (size_t i = 0; i < COUNT(series); i++) {
        struct digit_guess g[6];

        for (int step = 0; step < 6; step++) {
            struct art a = {0, series[i].name, {NULL}};

            memcpy(a.rows, series[i].heads[step], sizeof series[i].heads[0]);
            memcpy(a.rows + 2, series[i].rest, sizeof series[i].rest);
            draw(&a, 4, 0, 255, &b);
            g[step] = digit_read(b.ink, b.w, b.h);
            if (step && g[step].best != g[step - 1].best) {
                assert_true(g[step].confidence < DIGIT_ACCEPT);
                assert_true(g[step - 1].confidence < DIGIT_ACCEPT);
            }
        }
        assert_int_equal(g[0].best, series[i].from);
        assert_int_equal(g[5].best, series[i].to);
    }
}

static void the_normal_picture_is_20_px_and_centred(void **state)
{
    static struct box b;
    uint8_t out[GLYPH_PIXELS];

    (void)state;
    for (size_t i = 0; i < COUNT(arts); i++) {
        int64_t mass = 0, mx = 0, my = 0;
        int x0 = 99, x1 = -1, y0 = 99, y1 = -1;

        draw(&arts[i], 3, 0, 255, &b);
        if (glyph_normalise(b.ink, b.w, b.h, out) != GLYPH_NORM_INK) {
            assert_int_equal(arts[i].what, DIGIT_EMPTY);
            continue;
        }
        for (int p = 0; p < GLYPH_PIXELS; p++) {
            int x = p % GLYPH_SIDE, y = p / GLYPH_SIDE;

            if (!out[p])
                continue;
            mass += out[p];
            mx += (int64_t)out[p] * (2 * x + 1);
            my += (int64_t)out[p] * (2 * y + 1);
            x0 = x < x0 ? x : x0;
            x1 = x > x1 ? x : x1;
            y0 = y < y0 ? y : y0;
            y1 = y > y1 ? y : y1;
        }
        assert_int_equal(x1 - x0 > y1 - y0 ? x1 - x0 : y1 - y0, 19);
        assert_in_range(mx / mass, GLYPH_SIDE - 2, GLYPH_SIDE + 2);
        assert_in_range(my / mass, GLYPH_SIDE - 2, GLYPH_SIDE + 2);
    }
}

/* Any bytes of any size give a guess that holds together. */
static void nothing_breaks_it(void **state)
{
    static uint8_t ink[300 * 300];
    uint32_t seed = 1;

    (void)state;
    for (int round = 0; round < 150; round++) {
        int w, h;
        struct digit_guess g;

        for (size_t i = 0; i < sizeof(ink); i++) {
            seed = seed * 1664525 + 1013904223;
            ink[i] = (uint8_t)((seed >> 24) > (unsigned)round ? 0 : seed >> 16);
        }
        w = round % 3 ? (int)(seed >> 8) % 300 + 1 : 1 + round / 40;
        h = round % 5 ? (int)(seed >> 16) % 300 + 1 : 1 + round / 40;
        g = digit_read(ink, w, h);
        assert_in_range(g.best, 0, DIGIT_CLASSES - 1);
        assert_in_range(g.second, 0, DIGIT_CLASSES - 1);
        assert_int_not_equal(g.best, g.second);
        assert_in_range(g.confidence, 1, 1000);
        assert_in_range(g.margin, 0, g.confidence);
    }
}

static void the_weights_have_a_name(void **state)
{
    (void)state;
    assert_int_equal(strlen(digit_net_version()), 12);
    assert_int_equal(strspn(digit_net_version(), "0123456789abcdef"), 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boxes_are_read_at_any_resolution),
        cmocka_unit_test(pale_ink_on_dark_paper_is_read),
        cmocka_unit_test(a_frame_line_does_not_matter),
        cmocka_unit_test(a_line_that_the_digit_touches_does_not_matter),
        cmocka_unit_test(grain_of_the_paper_is_empty),
        cmocka_unit_test(a_short_stroke_on_the_edge_is_in_doubt),
        cmocka_unit_test(no_picture_is_an_empty_box),
        cmocka_unit_test(sure_digits_pass_and_struck_ones_do_not),
        cmocka_unit_test(what_lies_between_two_digits_does_not_pass),
        cmocka_unit_test(the_normal_picture_is_20_px_and_centred),
        cmocka_unit_test(nothing_breaks_it),
        cmocka_unit_test(the_weights_have_a_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
