/* Lines of katakana, typed here, cut into letters and read. */
#include "ocr/kana_line.h"

#include <leptonica/allheaders.h>
#include <pango/pangocairo.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define WIDE 900
#define HIGH 100

static PIX *typed_line(const char *font, int em, const char *text)
{
    cairo_surface_t *s =
        cairo_image_surface_create(CAIRO_FORMAT_A8, WIDE, HIGH);
    cairo_t *cr = cairo_create(s);
    PangoLayout *layout = pango_cairo_create_layout(cr);
    PangoFontDescription *d = pango_font_description_from_string(font);
    PIX *pix = pixCreate(WIDE, HIGH, 1);

    pango_font_description_set_absolute_size(d, em * PANGO_SCALE);
    pango_layout_set_font_description(layout, d);
    pango_layout_set_text(layout, text, -1);
    cairo_move_to(cr, 20, 20);
    pango_cairo_show_layout(cr, layout);
    cairo_surface_flush(s);
    const unsigned char *ink = cairo_image_surface_get_data(s);
    int stride = cairo_image_surface_get_stride(s);
    for (int y = 0; y < HIGH; y++)
        for (int x = 0; x < WIDE; x++)
            if (ink[y * stride + x] > 127)
                pixSetPixel(pix, x, y, 1);
    pango_font_description_free(d);
    g_object_unref(layout);
    cairo_destroy(cr);
    cairo_surface_destroy(s);
    return pix;
}

static struct kana_line read_line(PIX *ink, struct arena *a)
{
    struct box b = {.ink = ink, .state = BOX_WRITTEN};
    BOX *around = NULL;

    assert_int_equal(pixClipToForeground(ink, NULL, &around), 0);
    boxGetGeometry(around, &b.x, &b.y, &b.width, &b.height);
    boxDestroy(&around);
    return kana_line_read(&b, a);
}

static void letters_are_put_together(void **state)
{
    static const struct {
        const char *font;
        int em;
        const char *text, *read;
    } cases[] = {
        {"IPAexGothic", 40, "カリタハナコ", "カリタハナコ"},
        {"IPAexGothic", 26, "ヒナガタユミ", "ヒナガタユミ"},
        {"IPAexGothic", 40, "ヨウシキ　ショウ", "ヨウシキショウ"},
        {"IPAexMincho", 40, "レイジマユミ", "レイジマユミ"},
        {"IPAexMincho", 40, "リョウヘイ", "リョウヘイ"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena a = ARENA_INIT;
        PIX *pix = typed_line(cases[i].font, cases[i].em, cases[i].text);
        struct kana_line l = read_line(pix, &a);

        if (strcmp(l.text, cases[i].read) != 0 || l.uncertain ||
            l.confidence < 900)
            fail_msg("%s: \"%s\" %d", cases[i].text, l.text, l.confidence);
        pixDestroy(&pix);
        arena_release(&a);
    }
}

/* What the net never learnt is not passed off as kana. */
static void other_writing_is_no_kana(void **state)
{
    static const char *const texts[] = {"見本花子", "けんぽう", "A12-34"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct arena a = ARENA_INIT;
        PIX *pix = typed_line("IPAexGothic", 40, texts[i]);
        struct kana_line l = read_line(pix, &a);

        if (*l.text && l.confidence >= 900)
            fail_msg("%s: \"%s\" %d", texts[i], l.text, l.confidence);
        pixDestroy(&pix);
        arena_release(&a);
    }
}

static void letters_are_found_in_a_line(void **state)
{
    static const struct {
        const char *key;
        bool has;
    } cases[] = {{"システム", true},
                 {"セステム", false},
                 {"システ", true},
                 {"ムテ", false},
                 {"カブ", false}};
    PIX *pix = typed_line("IPAexGothic", 40, "株式会社書式システム");
    struct box b = {.ink = pix, .state = BOX_WRITTEN};
    BOX *around = NULL;

    (void)state;
    assert_int_equal(pixClipToForeground(pix, NULL, &around), 0);
    boxGetGeometry(around, &b.x, &b.y, &b.width, &b.height);
    boxDestroy(&around);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (kana_line_has(&b, cases[i].key) != cases[i].has)
            fail_msg("%s", cases[i].key);
    pixDestroy(&pix);
}

static void keys_leave_size_and_likeness_out(void **state)
{
    static const struct {
        const char *text, *key;
    } cases[] = {
        {"ショウ", "シヨウ"},
        {"ヒナガタ八ナコ", "ヒナガタハナコ"},
        {"三ホン ガワ", "ミホンガワ"},
        {"ｶﾘﾀ", "カリタ"},
        {"りょう", "リヨウ"},
        {"ユ一キ", "ユーキ"},
        {"", ""},
    };
    struct arena a = ARENA_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(kana_line_key(cases[i].text, &a), cases[i].key);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_are_put_together),
        cmocka_unit_test(other_writing_is_no_kana),
        cmocka_unit_test(letters_are_found_in_a_line),
        cmocka_unit_test(keys_leave_size_and_likeness_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
