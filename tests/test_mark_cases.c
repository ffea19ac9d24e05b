/* One field at a time, marked in a way that once was read wrong. */
#include "ocr/clean.h"
#include "ocr/field_marks.h"
#include "ocr/locate.h"

#include "ocr_pages.h"
#include "ocr_strokes.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct test_forms forms;

struct single {
    int form, page;
    const char *id;
    struct spoil how;
};

/* Draws the page, has it marked, reads the field. */
static struct mark_answer
read_single(const struct single *one,
            void (*mark_it)(struct pen *, const struct form_field *),
            struct arena *mem)
{
    const struct form_template *t = forms.list[one->form];
    const struct form_field *f = form_field_find(t, one->id);
    struct form_qr qr = {.form = t->id,
                         .version = t->version,
                         .page = one->page,
                         .household = "",
                         .child = "",
                         .received = ""};
    struct locator *l = locator_open(forms.list, 3);
    struct diag d = DIAG_INIT;
    struct page p = PAGE_INIT;
    struct mark_answer a;
    PIX *page = test_page_draw(t, one->page, one->how.dpi, &qr);
    struct pen pen = {page, one->how.dpi / 254.0, 5, 20, 7};

    assert_non_null(f);
    mark_it(&pen, f);
    page = test_page_spoil(page, t, &one->how);
    assert_true(page_clean(&p, page, POS_FILE("page"), &d));
    assert_int_equal(page_locate(l, &p, POS_FILE("page"), mem, &d), PAGE_READ);
    struct tick_page boxes = tick_page_measure(&p);
    assert_true(field_marks_read(&p, &boxes, f, &a, mem));
    pixDestroy(&page);
    page_release(&p);
    diag_release(&d);
    locator_close(l);
    return a;
}

/* The two consents, one close below the other, between a frame and a text. */
static void blacken_both(struct pen *pen, const struct form_field *f)
{
    const struct form_field *other =
        form_field_find(forms.list[0], "household.consent_share");

    pen_tick(pen, HAND_FILL, f->options[0].box);
    pen_tick(pen, HAND_FILL, other->options[0].box);
}

static void black_boxes_side_by_side_are_filled(void **state)
{
    static const struct single one = {
        0, 2, "household.consent_tax", {.dpi = 300}};
    struct arena mem = ARENA_INIT;
    struct mark_answer a = read_single(&one, blacken_both, &mem);

    (void)state;
    assert_string_equal(a.reason, "");
    assert_int_equal(a.state, READING_ACCEPTED);
    assert_string_equal(a.value, "はい");
    arena_release(&mem);
}

/* An ellipse around the first word, open by 2.2 mm in its upper middle. */
static void ring_loosely(struct pen *pen, const struct form_field *f)
{
    struct rect_tmm b = f->options[0].box;
    double cx = b.left + b.width / 2.0, cy = b.top + b.height / 2.0;
    double rx = b.width / 2.0 + 12, ry = b.height / 2.0 + 10, open = 11 / rx;

    for (int i = 0; i < 60; i++) {
        double from = -1.5708 + open + (6.2832 - 2 * open) * i / 60;
        double to = -1.5708 + open + (6.2832 - 2 * open) * (i + 1) / 60;

        pen_line(pen, cx + rx * cos(from), cy + ry * sin(from),
                 cx + rx * cos(to), cy + ry * sin(to));
    }
}

/* The same, broken where a thin pen left no ink: 0.8 mm in two places. */
static void ring_with_skips(struct pen *pen, const struct form_field *f)
{
    struct rect_tmm b = f->options[0].box;
    double cx = b.left + b.width / 2.0, cy = b.top + b.height / 2.0;
    double rx = b.width / 2.0 + 12, ry = b.height / 2.0 + 10;

    pen->width = 3;
    for (int i = 0; i < 120; i++) {
        double from = 6.2832 * i / 120, to = 6.2832 * (i + 1) / 120;

        if ((i >= 96 && i < 99) || (i >= 109 && i < 114))
            continue;
        pen_line(pen, cx + rx * cos(from), cy + ry * sin(from),
                 cx + rx * cos(to), cy + ry * sin(to));
    }
}

static void a_ring_may_be_open_as_people_leave_it(void **state)
{
    static const struct {
        struct single one;
        void (*mark_it)(struct pen *, const struct form_field *);
        const char *value;
    } cases[] = {
        {{0, 2, "child.hours_kind", {.dpi = 300}}, ring_loosely, "標準時間"},
        {{0, 2, "child.hours_kind", {.dpi = 200, .bilevel = true}},
         ring_loosely,
         "標準時間"},
        {{0, 1, "child.sex", {.dpi = 300}}, ring_with_skips, "男"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena mem = ARENA_INIT;
        struct mark_answer a =
            read_single(&cases[i].one, cases[i].mark_it, &mem);

        if (a.state != READING_ACCEPTED || strcmp(a.value, cases[i].value) != 0)
            fail_msg("case %zu: \"%s\" %s", i, a.value, a.reason);
        arena_release(&mem);
    }
}

/* A tick that begins at the right side of its box and lies on its word. */
static void tick_outside(struct pen *pen, const struct form_field *f)
{
    struct rect_tmm b = f->options[0].box;

    pen_line(pen, b.left + b.width - 2, b.top + b.height / 2.0,
             b.left + b.width + 14, b.top + b.height - 2);
    pen_line(pen, b.left + b.width + 14, b.top + b.height - 2,
             b.left + b.width + 44, b.top - 6);
}

static void a_tick_outside_of_its_box_is_not_left_empty(void **state)
{
    static const struct single one = {
        0, 1, "child.medical_care", {.dpi = 300, .bilevel = true}};
    struct arena mem = ARENA_INIT;
    struct mark_answer a = read_single(&one, tick_outside, &mem);

    (void)state;
    assert_int_equal(a.state, READING_DOUBT);
    assert_string_equal(a.reason, "tick-beside");
    arena_release(&mem);
}

/* 就労証明書 prints 令和 where no other era can be. */
static void a_single_era_is_printed(void **state)
{
    static struct form_option words[] = {{"令和", "令", {0, 0, 40, 40}}};
    struct form_field f = {
        .kind = FIELD_DATE, .options = words, .n_options = 1};
    struct page p = PAGE_INIT;
    struct mark_answer a;

    (void)state;
    assert_true(field_marks_era(&p, &f, &a));
    assert_int_equal(a.state, READING_ACCEPTED);
    assert_string_equal(a.value, "令和");
    f.n_options = 0;
    assert_true(field_marks_era(&p, &f, &a));
    assert_int_equal(a.state, READING_BLANK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_single_era_is_printed),
        cmocka_unit_test(black_boxes_side_by_side_are_filled),
        cmocka_unit_test(a_ring_may_be_open_as_people_leave_it),
        cmocka_unit_test(a_tick_outside_of_its_box_is_not_left_empty),
    };
    int status;

    setMsgSeverity(L_SEVERITY_NONE);
    test_forms_load(&forms);
    status = cmocka_run_group_tests(tests, NULL, NULL);
    test_forms_release(&forms);
    return status;
}
