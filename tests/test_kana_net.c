/* Kana drawn by hand: 14 x 20 cells, '#' is ink. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ocr/kana_net.h"

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

enum { ART_W = 14, ART_H = 20, ART_TALL = 12, MAX_ZOOM = 6 };

struct art {
    const char *what;
    const char *rows[ART_TALL]; /* from the fifth cell down */
};

static const struct art kana[] = {
    {"ロ",
     {" ############", " ############", " ##        ##", " ##        ##",
      " ##        ##", " ##        ##", " ##        ##", " ##        ##",
      " ##        ##", " ##        ##", " ############", " ############"}},
    {"ト",
     {"    ##", "    ##", "    ##", "    ##", "    ####", "    ##  ###",
      "    ##    ##", "    ##", "    ##", "    ##", "    ##", "    ##"}},
    {"ニ",
     {"", "   ########", "   ########", "", "", "", "", "", "", " ############",
      " ############"}},
    {"エ",
     {"", "  ###########", "  ###########", "       ##", "       ##",
      "       ##", "       ##", "       ##", "       ##", " #############",
      " #############"}},
    {"ー", {"", "", "", "", "", " ############", " ############"}},
    {"コ",
     {" ###########", " ###########", "          ##", "          ##",
      "          ##", "          ##", "          ##", "          ##",
      "          ##", " ###########", " ###########"}},
    {"", /* struck out */
     {"##  ##  ## ###", " ############", "## ###### ####", "##############",
      " ###### ######", "##############", "#### ### #####", " #############",
      "##############", " ### #########", "##############", "##  ####  ####"}},
};

static uint8_t ink[ART_W * ART_H * MAX_ZOOM * MAX_ZOOM];

static void draw(const struct art *a, int zoom)
{
    int w = ART_W * zoom;

    memset(ink, 0, sizeof ink);
    for (int y = 0; y < ART_TALL * zoom && a->rows[y / zoom]; y++) {
        const char *row = a->rows[y / zoom];

        for (int x = 0; x < (int)strlen(row) * zoom; x++)
            if (row[x / zoom] == '#')
                ink[(y + 4 * zoom) * w + x] = 255;
    }
}

static void kana_are_read_at_any_resolution(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(kana); i++)
        for (int zoom = 3; zoom <= MAX_ZOOM; zoom++) {
            draw(&kana[i], zoom);
            struct kana_guess g = kana_read(ink, ART_W * zoom, ART_H * zoom);
            if (strcmp(kana_shape(g.best), kana[i].what) != 0)
                fail_msg("%s read as %s at %d", kana[i].what,
                         kana_shape(g.best), g.confidence);
        }
}

static void an_empty_box_is_empty(void **state)
{
    (void)state;
    memset(ink, 0, sizeof ink);
    assert_int_equal(kana_read(ink, 40, 56).best, KANA_EMPTY);
    assert_int_equal(kana_read(NULL, 0, 0).confidence, 1000);
    assert_string_equal(kana_shape(KANA_EMPTY), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kana_are_read_at_any_resolution),
        cmocka_unit_test(an_empty_box_is_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
