#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <zbar.h>

#include "ocr/forms/draw.h"
#include "tests/forms_support.h"

/* Cairo 1.16 forgets some of a font it puts into a PDF, fontconfig one piece
 * of its configuration: theirs, a few kilobytes, once. */
const char *__lsan_default_suppressions(void); /* NOLINT: the name is LSan's */
const char *__lsan_default_suppressions(void)  /* NOLINT */
{
    return "leak:libfontconfig\nleak:libcairo\n";
}

static const struct form_qr family = {.household = "00012345",
                                      .child = "0000067890",
                                      .pages = 7,
                                      .received = "2026-11-20"};

static int at_px(int32_t tmm, const struct form_image *im)
{
    return (int)((int64_t)tmm * im->dpi / 254);
}

/* Dark pixels inside a box, `in` pixels away from its edge. */
static int ink_in(const struct form_image *im, struct rect_tmm r, int in)
{
    int n = 0;
    for (int y = at_px(r.top, im) + in; y < at_px(r.top + r.height, im) - in;
         y++)
        for (int x = at_px(r.left, im) + in;
             x < at_px(r.left + r.width, im) - in; x++)
            n += im->pixels[y * im->stride + x] < 128;
    return n;
}

/* The place of a written box is empty; the frame of a printed one is not. */
static void check_page(const struct form_template *t,
                       const struct form_image *im, int page)
{
    for (size_t i = 0; i < t->n_fields; i++) {
        const struct form_field *f = &t->fields[i];
        if (f->page != page)
            continue;
        for (size_t p = 0; p < f->n_parts; p++) {
            for (size_t c = 0; c < f->parts[p].n_cells; c++)
                if (ink_in(im, f->parts[p].cells[c], 3))
                    fail_msg("%s: ink in cell %zu", f->id, c);
            if (!f->parts[p].n_cells && ink_in(im, f->parts[p].box, 2))
                fail_msg("%s: ink in box %zu", f->id, p);
        }
        bool dated = f->kind == FIELD_DATE || f->kind == FIELD_MONTH;
        bool ring = f->kind == FIELD_RING || dated;
        for (size_t o = 0; o < f->n_options; o++) {
            int inside = ink_in(im, f->options[o].box, ring ? 0 : 3);
            if (ring ? inside == 0 : inside > 0)
                fail_msg("%s: option %s", f->id, f->options[o].value);
        }
    }
}

static void boxes_are_empty_and_words_are_printed(void **state)
{
    (void)state;
    static const char *const ids[] = {"application", "cover",
                                      "employment-certificate"};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        struct forms_world w;
        struct form_template t;
        forms_world_open(&w);
        load_shipped(&w, &t, ids[i]);
        for (int page = 1; page <= t.n_pages; page++) {
            struct form_image im;
            form_render(&t, page, 300, NULL, &im, &w.mem);
            assert_int_equal(im.width, 2480);
            assert_int_equal(im.height, 3508);
            check_page(&t, &im, page);
        }
        forms_world_close(&w);
    }
}

static void marks_are_solid_at_every_resolution(void **state)
{
    (void)state;
    static const int dpis[] = {100, 150, 200, 300, 400};
    struct forms_world w;
    struct form_template t;
    forms_world_open(&w);
    load_shipped(&w, &t, "application");
    int32_t s = t.mark_size, in = t.mark_inset;
    const struct rect_tmm corners[] = {
        {in, in, s, s},
        {t.width - in - s, in, s, s},
        {in, t.height - in - s, s, s},
        {t.width - in - s, t.height - in - s, s, s},
    };
    for (size_t i = 0; i < sizeof dpis / sizeof dpis[0]; i++) {
        struct form_image im;
        form_render(&t, 1, dpis[i], NULL, &im, &w.mem);
        int side = at_px(s, &im);
        for (int k = 0; k < 4; k++)
            assert_true(ink_in(&im, corners[k], 1) >= (side - 3) * (side - 3));
        assert_int_equal(ink_in(&im, t.qr, 0), 0);
    }
    forms_world_close(&w);
}

/* The text of the only code in the picture. */
static const char *read_code(const struct form_image *im, struct arena *a)
{
    size_t size = (size_t)im->width * (size_t)im->height;
    char *grey = arena_alloc(a, size);
    for (int y = 0; y < im->height; y++)
        memcpy(grey + (size_t)y * (size_t)im->width,
               im->pixels + (size_t)y * (size_t)im->stride, (size_t)im->width);
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_t *image = zbar_image_create();
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, (unsigned)im->width, (unsigned)im->height);
    zbar_image_set_data(image, grey, size, NULL);
    const char *text = NULL;
    if (zbar_scan_image(scanner, image) == 1)
        text = arena_strdup(
            a, zbar_symbol_get_data(zbar_image_first_symbol(image)));
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    return text;
}

static void the_code_on_each_page_can_be_read(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        int page, dpi;
        const char *text;
    } codes[] = {
        {"application", 1, 150,
         "nyusho:application/"
         "2027?p=1&h=00012345&c=0000067890&n=7&r=2026-11-20"},
        {"application", 2, 200,
         "nyusho:application/"
         "2027?p=2&h=00012345&c=0000067890&n=7&r=2026-11-20"},
        {"cover", 1, 100,
         "nyusho:cover/2027?p=1&h=00012345&c=0000067890&n=7&r=2026-11-20"},
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct forms_world w;
        struct form_template t;
        struct form_image im;
        forms_world_open(&w);
        load_shipped(&w, &t, codes[i].id);
        form_render(&t, codes[i].page, codes[i].dpi, &family, &im, &w.mem);
        const char *text = read_code(&im, &w.mem);
        assert_non_null(text);
        assert_string_equal(text, codes[i].text);
        forms_world_close(&w);
    }
}

static void what_the_code_says_stands_in_digits(void **state)
{
    (void)state;
    struct forms_world w;
    struct form_template t;
    struct form_image im;
    forms_world_open(&w);
    load_shipped(&w, &t, "cover");
    form_render(&t, 1, 150, &family, &im, &w.mem);
    const struct form_field *household = form_field_find(&t, "household");
    const struct form_field *pages = form_field_find(&t, "pages");
    const struct form_field *received = form_field_find(&t, "received");
    for (int i = 0; i < 8; i++)
        assert_true(ink_in(&im, household->parts[0].cells[i], 3) > 20);
    assert_int_equal(ink_in(&im, pages->parts[0].cells[0], 3), 0);
    assert_true(ink_in(&im, pages->parts[0].cells[1], 3) > 20);
    for (int p = 0; p < 3; p++)
        assert_true(ink_in(&im, received->parts[p].cells[1], 3) > 20);
    forms_world_close(&w);
}

static bool holds(const struct buf *b, const char *what)
{
    size_t n = strlen(what);
    for (size_t i = 0; i + n <= b->len; i++)
        if (memcmp(b->bytes + i, what, n) == 0)
            return true;
    return false;
}

static void a_pdf_is_the_same_bytes_every_time(void **state)
{
    (void)state;
    struct forms_world w;
    struct form_template t;
    struct buf one = BUF_INIT, two = BUF_INIT;
    forms_world_open(&w);
    load_shipped(&w, &t, "application");
    assert_true(form_print_pdf(&t, &family, &one, &w.diag));
    assert_true(form_print_pdf(&t, &family, &two, &w.diag));
    assert_true(one.len > 10000);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.bytes, two.bytes, one.len);
    assert_memory_equal(one.bytes, "%PDF", 4);
    assert_true(holds(&one, "/Count 2"));
    assert_true(holds(&one, "(20000101000000Z)"));
    buf_release(&one);
    buf_release(&two);
    forms_world_close(&w);
}

/* Where the national form has its rules, in pixels at 300 dpi: {from, to}
 * along the rule, and where its middle is across. */
static const struct {
    bool lies;
    int from, to, middle, width;
} rules[] = {
    {true, 130, 680, 225, 3},     {true, 1350, 2320, 602, 3},
    {true, 130, 2320, 764, 6},    {true, 130, 2320, 1158, 6},
    {true, 200, 2320, 1086, 1},   {true, 565, 2320, 1551, 3},
    {true, 200, 2320, 1767, 6},   {true, 130, 2320, 2578, 6},
    {true, 130, 2320, 3336, 6},   {false, 770, 3330, 126, 6},
    {false, 770, 3330, 191, 6},   {false, 770, 3330, 562, 6},
    {false, 1160, 1335, 820, 3},  {false, 1035, 1155, 1640, 3},
    {false, 1445, 1605, 1286, 3}, {false, 3015, 3330, 1778, 6},
    {false, 1610, 2060, 2325, 6},
};

/* The middle of the dark run across the rule near where it should be. */
static bool rule_found(const struct form_image *im, bool lies, int along,
                       int middle, int width)
{
    int first = -1, last = -1;
    for (int k = middle - width - 4; k <= middle + width + 4; k++) {
        int x = lies ? along : k, y = lies ? k : along;
        if (im->pixels[y * im->stride + x] >= 160)
            continue;
        first = first < 0 ? k : first;
        last = k;
    }
    return first >= 0 && abs(first + last - 2 * middle) <= 4 &&
           abs(last - first + 1 - width) <= 2;
}

static void the_certificate_has_the_real_geometry(void **state)
{
    (void)state;
    struct forms_world w;
    struct form_template t;
    struct form_image im;
    forms_world_open(&w);
    load_shipped(&w, &t, "employment-certificate");
    form_render(&t, 1, 300, NULL, &im, &w.mem);
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        /* At crossings the run is another's: most of the way must agree. */
        int good = 0;
        for (int k = 1; k < 20; k++)
            good += rule_found(&im, rules[i].lies,
                               rules[i].from +
                                   (rules[i].to - rules[i].from) * k / 20,
                               rules[i].middle, rules[i].width);
        if (good < 15)
            fail_msg("rule %zu at %d: %d of 19", i, rules[i].middle, good);
    }
    forms_world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boxes_are_empty_and_words_are_printed),
        cmocka_unit_test(marks_are_solid_at_every_resolution),
        cmocka_unit_test(the_code_on_each_page_can_be_read),
        cmocka_unit_test(what_the_code_says_stands_in_digits),
        cmocka_unit_test(a_pdf_is_the_same_bytes_every_time),
        cmocka_unit_test(the_certificate_has_the_real_geometry),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    form_draw_end();
    return failed;
}
