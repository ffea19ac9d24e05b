/* Typed certificates and pen-filled applications, drawn here, read back. */
#include "ocr/read_page.h"

#include "core/file.h"
#include "core/text.h"
#include "ocr/intake.h"
#include "ocr/read_fields.h"
#include "ocr_pages.h"

#include <pango/pangocairo.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define DPI 300

static struct test_forms forms;
static struct form_template by_hand, by_print; /* kana in cells */
static struct policy policy;
static struct facilities facilities;
static struct facility nurseries[] = {
    {.code = "0101"}, {.code = "0102"}, {.code = "0111"}};

/* What is typed into one part of a field, and what must come of the field. */
struct typed {
    const char *field;
    const char *parts[3]; /* by the template's parts; NULL = left empty */
    enum reading_state state;
    const char *value;
};

static void type_text(cairo_t *cr, struct rect_tmm box, const char *text,
                      double em)
{
    PangoLayout *layout = pango_cairo_create_layout(cr);
    PangoFontDescription *font =
        pango_font_description_from_string("IPAexGothic");
    int width, height;

    pango_font_description_set_absolute_size(font, em * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, text, -1);
    pango_layout_get_pixel_size(layout, &width, &height);
    cairo_move_to(cr, box.left + (box.width - width) / 2.0,
                  box.top + (box.height - height) / 2.0);
    pango_cairo_show_layout(cr, layout);
    g_object_unref(layout);
    pango_font_description_free(font);
}

/* Numbers end in the last cell, words begin in the first. */
static void type_part(cairo_t *cr, const struct form_part *part,
                      const char *text)
{
    char one[8] = "";
    size_t skip = part->n_cells && *text >= '0' && *text <= '9'
                      ? part->n_cells - strlen(text)
                      : 0;

    if (!part->n_cells) {
        type_text(cr, part->box, text, 30);
        return;
    }
    for (size_t i = skip; *text; i++) {
        one[text_put(one, text_next(&text))] = '\0';
        struct rect_tmm cell = part->cells[i];
        double em = cell.width < cell.height ? cell.width : cell.height;
        type_text(cr, cell, one, *one < 0x7F && *one > 0 ? 48 : em * 0.85);
    }
}

/* The drawn page with the text on it. */
static PIX *type_page(const struct form_template *t, int page,
                      const struct typed *rows, size_t n)
{
    PIX *pix = test_page_draw(t, page, DPI, NULL);
    int width = pixGetWidth(pix), height = pixGetHeight(pix);
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    cairo_t *cr = cairo_create(surface);

    cairo_scale(cr, DPI / 254.0, DPI / 254.0);
    for (size_t i = 0; i < n; i++) {
        const struct form_field *f = form_field_find(t, rows[i].field);
        assert_non_null(f);
        for (size_t k = 0; k < f->n_parts && k < 3; k++)
            if (rows[i].parts[k])
                type_part(cr, &f->parts[k], rows[i].parts[k]);
    }
    cairo_surface_flush(surface);
    const unsigned char *ink = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            if (ink[y * stride + x] > 127)
                pixSetPixel(pix, x, y, 0);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    return pix;
}

static const struct reading *find(const struct page_result *r, const char *id)
{
    for (size_t i = 0; i < r->n_readings; i++)
        if (strcmp(r->readings[i].field, id) == 0)
            return &r->readings[i];
    return NULL;
}

static void read_rows(const struct form_template *t, int page,
                      const struct typed *rows, size_t n,
                      const struct spoil *how)
{
    static const struct read_context nothing = {.fiscal_year = 2027};
    struct read_context ctx = nothing;
    bool shipped = t >= forms.items && t < forms.items + 3;
    struct reader_case c = {.forms = shipped ? forms.list : &t,
                            .n_forms = shipped ? 3 : 1,
                            .context = &ctx,
                            .read_fields = page_read_fields};
    char path[] = "/tmp/nyusho-fields-XXXXXX.tif";
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct page_reader reader;
    struct page_result result;
    PIX *pix = test_page_spoil(type_page(t, page, rows, n), t, how);

    ctx.policy = &policy;
    ctx.dict = &forms.dict;
    ctx.facilities = &facilities;
    close(mkstemps(path, 4));
    assert_int_equal(pixWrite(path, pix, IFF_TIFF_G4), 0);
    pixDestroy(&pix);
    assert_true(page_reader_open(&reader, &c, "", &d));
    page_read(&reader, path, 1, &result, &a);
    page_reader_close(&reader);
    unlink(path);
    assert_int_equal(result.state, PAGE_READ);
    for (size_t i = 0; i < n; i++) {
        const struct reading *r = find(&result, rows[i].field);
        assert_non_null(r);
        if (r->state != rows[i].state || strcmp(r->value, rows[i].value) != 0)
            fail_msg("%s: state %d, not %d; \"%s\" (%s, %s), not \"%s\"",
                     rows[i].field, (int)r->state, (int)rows[i].state, r->value,
                     r->raw, r->reason, rows[i].value);
    }
    arena_release(&a);
    diag_release(&d);
}

static const struct spoil clean = {.dpi = DPI, .bilevel = true};
static const struct spoil skewed = {
    .dpi = DPI, .bilevel = true, .skew = 1.5, .specks = 3};

static void a_typed_certificate(void **state)
{
    (void)state;
    static const struct typed rows[] = {
        {"holder.kana", {"ミホンハナコ"}, READING_ACCEPTED, "ミホンハナコ"},
        {"holder.name", {"見本花子"}, READING_DOUBT, "見本花子"},
        /* No firm's name ends so: a speck lies beside it. */
        {"job.employer",
         {"例示運輸株式会社."},
         READING_DOUBT,
         "例示運輸株式会社."},
        /* The 1 of 1丁目 was lost. */
        {"job.employer_address",
         {"見本市中央丁目4番2号"},
         READING_DOUBT,
         "見本市中央丁目4番2号"},
        {"holder.birth", {"1990", "12", "31"}, READING_ACCEPTED, "1990-12-31"},
        {"job.start", {"2019", "4", "1"}, READING_ACCEPTED, "2019-04-01"},
        {"job.end", {NULL}, READING_BLANK, ""},
        {"job.minutes_month", {"168", "30"}, READING_ACCEPTED, "168:30"},
        {"job.days_month", {"21"}, READING_ACCEPTED, "21"},
        /* Boxes of minutes alone. */
        {"job.break_minutes_month", {"1260"}, READING_ACCEPTED, "21:00"},
        {"job.weekday_break", {"60"}, READING_ACCEPTED, "1:00"},
    };
    read_rows(&forms.items[2], 1, rows, sizeof rows / sizeof rows[0], &clean);
    read_rows(&forms.items[2], 1, rows, sizeof rows / sizeof rows[0], &skewed);
}

/* Nothing on the page shows that it was typed: whatever two views agree on, a
 * person looks. */
static void words_alone_do_not_prove_print(void **state)
{
    (void)state;
    static const struct typed rows[] = {
        {"holder.kana", {"ミホンハナコ"}, READING_DOUBT, "ミホンハナコ"},
        {"holder.name", {"見本花子"}, READING_DOUBT, "見本花子"},
    };
    read_rows(&forms.items[2], 1, rows, sizeof rows / sizeof rows[0], &clean);
}

static void digits_in_cells(void **state)
{
    (void)state;
    static const struct typed rows[] = {
        {"child.enrolled_facility", {"0102"}, READING_ACCEPTED, "0102"},
        {"guardian[1].phone",
         {"090", "0000", "1234"},
         READING_ACCEPTED,
         "090-0000-1234"},
        {"household.applied_on",
         {"8", "11", "5"},
         READING_ACCEPTED,
         "2026-11-05"},
        /* No such day; no such facility; a ring is missing. */
        {"child.due_date", {"9", "2", "30"}, READING_DOUBT, ""},
        {"child.birth", {"6", "5", "5"}, READING_DOUBT, ""},
        {"guardian[2].phone", {NULL}, READING_BLANK, ""},
        {"household.postal_code",
         {"900", "0001"},
         READING_ACCEPTED,
         "900-0001"},
    };
    static const struct typed other[] = {
        {"preference[1].facility", {"0101"}, READING_ACCEPTED, "0101"},
        {"preference[2].facility", {"0103"}, READING_DOUBT, "0103"},
        {"preference[3].facility", {NULL}, READING_BLANK, ""},
        {"preference[4].facility", {"101"}, READING_DOUBT, "101"},
    };
    /* A bar in the middle of a cell is a 1, not the rest of a frame; a number
     * that fills its cells everywhere else may not lose one. */
    static const struct typed numbers[] = {
        {"household", {"2700000|"}, READING_DOUBT, "27000001"},
        {"child", {"270000001"}, READING_DOUBT, "270000001"},
    };
    read_rows(&forms.items[0], 1, rows, sizeof rows / sizeof rows[0], &clean);
    read_rows(&forms.items[0], 1, rows, sizeof rows / sizeof rows[0], &skewed);
    read_rows(&forms.items[0], 2, other, sizeof other / sizeof other[0],
              &clean);
    read_rows(&forms.items[0], 1, numbers, sizeof numbers / sizeof numbers[0],
              &clean);
}

/* It gives up by the time it worked, not by the time that passed. */
static void a_crop_that_takes_too_long(void **state)
{
    (void)state;
    PIX *crop = test_page_draw(&forms.items[0], 1, 100, NULL);
    struct ocr_engines engines = OCR_ENGINES_INIT;
    struct arena a = ARENA_INIT;
    int usual = engines.deadline_ms, sure = 0;

    assert_true(ocr_engines_open(&engines, NULL, NULL));
    engines.deadline_ms = 1;
    assert_string_equal(
        engine_read(&engines, ENGINE_JPN, crop, ENGINE_LINE, NULL, &sure, &a),
        "");
    assert_true(engines.expired);
    engines.deadline_ms = usual;
    engine_read(&engines, ENGINE_JPN, crop, ENGINE_LINE, NULL, &sure, &a);
    assert_false(engines.expired);
    ocr_engines_close(&engines);
    arena_release(&a);
    pixDestroy(&crop);
}

/* Where the digits of an application are typed, kana that all three readers
 * agree on pass; names and addresses never do. */
static void a_typed_application(void **state)
{
    (void)state;
    static const struct typed rows[] = {
        {"guardian[1].phone",
         {"090", "0000", "1234"},
         READING_ACCEPTED,
         "090-0000-1234"},
        {"guardian[2].phone",
         {"090", "0000", "4321"},
         READING_ACCEPTED,
         "090-0000-4321"},
        {"child.kana",
         {"ヨウシキ　ショウ"},
         READING_ACCEPTED,
         "ヨウシキショウ"},
        {"child.name", {"様式翔"}, READING_DOUBT, "様式翔"},
    };
    static const struct typed alone[] = {
        {"child.kana", {"ヨウシキ　ショウ"}, READING_DOUBT, "ヨウシキショウ"},
    };
    read_rows(&forms.items[0], 1, rows, sizeof rows / sizeof rows[0], &clean);
    read_rows(&forms.items[0], 1, alone, 1, &clean);
}

/* A form of ours is filled in by hand: kana are for a person. */
static void kana_written_in_cells(void **state)
{
    (void)state;
    static const struct typed rows[] = {
        {"child.kana", {"ミホン　ミナト"}, READING_DOUBT, "ミホン ミナト"},
        {"guardian[2].kana", {NULL}, READING_BLANK, ""},
    };
    read_rows(&by_hand, 1, rows, sizeof rows / sizeof rows[0], &clean);
    read_rows(&by_hand, 1, rows, sizeof rows / sizeof rows[0], &skewed);
}

/* On a typed form too, they are proposed: small ones told from large ones. */
static void kana_typed_in_cells(void **state)
{
    (void)state;
    static const struct typed rows[] = {
        {"holder.kana", {"ヒョウホン"}, READING_DOUBT, "ヒョウホン"}};
    static const struct typed none[] = {
        {"holder.kana", {NULL}, READING_BLANK, ""}};
    read_rows(&by_print, 1, rows, 1, &clean);
    read_rows(&by_print, 1, rows, 1, &skewed);
    read_rows(&by_print, 1, none, 1, &clean);
}

/* A code's check digit bears it out or makes it a doubt; it changes nothing. */
static void codes_with_a_check_digit(void **state)
{
    (void)state;
    static const struct typed right[] = {
        {"insurer", {"01130012"}, READING_ACCEPTED, "01130012"}};
    static const struct typed slip[] = {
        {"insurer", {"01130013"}, READING_DOUBT, "01130013"}};
    static const struct typed none[] = {{"insurer", {NULL}, READING_BLANK, ""}};
    read_rows(&by_hand, 1, right, 1, &clean);
    read_rows(&by_hand, 1, slip, 1, &clean);
    read_rows(&by_hand, 1, none, 1, &clean);
}

static const char by_hand_form[] =
    "format: nyusho-form/1\n"
    "id: letters\n"
    "version: 2027\n"
    "title: 見本\n"
    "document: 見本\n"
    "paper: [210, 148]\n"
    "marks: {size: 6, inset: 8}\n"
    "qr: [172, 20, 20, 20]\n"
    "style: {size: 9, cell: [5, 7, 1]}\n"
    "pages:\n"
    "  -\n"
    "    - block: 欄\n"
    "      at: [20, 20]\n"
    "      tables:\n"
    "        - {at: [0, 60], rows: [{height: 10, cells: [30, 60, 60]}]}\n"
    "      fields:\n"
    "        - {bind: child.kana, cells: [0, 0, 12]}\n"
    "        - {bind: 'guardian[2].kana', cells: [0, 10, 12]}\n"
    "        - {id: insurer, kind: code, cells: [0, 20, 8], "
    "check: insurer-number}\n";

/* The text with `old` replaced, once. */
static char *replaced(const char *text, const char *old, const char *new,
                      struct arena *a)
{
    const char *at = strstr(text, old);

    assert_non_null(at);
    return arena_printf(a, "%.*s%s%s", (int)(at - text), text, new,
                        at + strlen(old));
}

/* The certificate with its holder's kana in cells. */
static const char *by_print_form(struct arena *a)
{
    size_t len;
    const char *bytes = form_shipped("employment-certificate", &len);
    char *text = arena_copy(a, bytes, len);

    text = replaced(text, "style: {", "style: {cell: [5, 3.6, 0.8], ", a);
    return replaced(text, "required: true, box: [48.1, 0.7, 90.4, 3.8]",
                    "required: true, cells: [48.3, 0.7, 15]", a);
}

static void load_form(struct form_template *out, const char *text)
{
    struct diag d = DIAG_INIT;

    if (!form_load(out, text, strlen(text), "letters.yaml", &forms.dict,
                   &forms.mem, &d))
        diag_print(&d, 0, LANG_EN, stderr);
    assert_int_equal(d.errors, 0);
    diag_release(&d);
}

static int open_all(void **state)
{
    static struct arena mem = ARENA_INIT;
    (void)state;
    facilities = (struct facilities){nurseries, 3};
    test_forms_load(&forms);
    load_form(&by_hand, by_hand_form);
    load_form(&by_print, by_print_form(&forms.mem));
    policy_default(&policy, &forms.dict, &mem);
    policy.sample_permille = 0;
    policy.accept[ACCEPT_DIGITS] = policy.accept[ACCEPT_DATES] = 950;
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    test_forms_release(&forms);
    form_draw_end();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_typed_certificate),
        cmocka_unit_test(words_alone_do_not_prove_print),
        cmocka_unit_test(digits_in_cells),
        cmocka_unit_test(a_typed_application),
        cmocka_unit_test(a_crop_that_takes_too_long),
        cmocka_unit_test(kana_written_in_cells),
        cmocka_unit_test(kana_typed_in_cells),
        cmocka_unit_test(codes_with_a_check_digit),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
