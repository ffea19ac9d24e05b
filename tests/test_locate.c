#include "ocr/clean.h"
#include "ocr/locate.h"

#include "ocr_pages.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct test_forms forms;

struct found {
    struct arena mem;
    struct diag d;
    struct page p;
    enum page_state state;
};

static void look(struct found *f, PIX *scan, size_t n_forms)
{
    struct locator *l = locator_open(forms.list, n_forms);

    *f = (struct found){.mem = ARENA_INIT, .d = DIAG_INIT, .p = PAGE_INIT};
    f->state = PAGE_QUARANTINED;
    if (page_clean(&f->p, scan, POS_FILE("page"), &f->d))
        f->state = page_locate(l, &f->p, POS_FILE("page"), &f->mem, &f->d);
    locator_close(l);
    pixDestroy(&scan);
}

static void forget(struct found *f)
{
    page_release(&f->p);
    diag_release(&f->d);
    arena_release(&f->mem);
}

/* Ink that the empty form does not explain, in 1/1000 of all ink: an empty
 * form that lies where the map says has next to none. */
static int unexplained(const struct page *p)
{
    PIX *rest = pixSubtract(NULL, p->ink, p->blank);
    struct rect_px qr = page_rect(&p->map, p->form->qr);
    int all = 0, left = 0;

    if (p->form->qr.width)
        pixRasterop(rest, qr.left - 5, qr.top - 5, qr.width + 10,
                    qr.height + 10, PIX_CLR, NULL, 0, 0);
    pixCountPixels(p->ink, &all, NULL);
    pixCountPixels(rest, &left, NULL);
    pixDestroy(&rest);
    return (int)(left * 1000.0 / all);
}

struct located_row {
    const char *what;
    int form, page;
    struct spoil how;
    int stray; /* unexplained() allowed */
};

static const struct located_row located[] = {
    {"clean 300", 0, 1, {.dpi = 300}, 5},
    {"clean 150", 0, 1, {.dpi = 150}, 5},
    {"second page", 0, 2, {.dpi = 200}, 5},
    {"bilevel 200", 0, 1, {.dpi = 200, .bilevel = true}, 5},
    {"skew +3", 0, 1, {.dpi = 200, .skew = 3}, 10},
    {"skew -3 bilevel", 0, 1, {.dpi = 200, .skew = -3, .bilevel = true}, 10},
    /* The code is cut off with its corner. */
    {"skew 7", 0, 1, {.dpi = 200, .skew = 7, .hide_qr = true}, 10},
    {"skew 10, corners cut",
     0,
     1,
     {.dpi = 200, .skew = -10, .hide_qr = true},
     15},
    {"from the side", 0, 1, {.dpi = 200, .bend = 5}, 15},
    {"from the side, turned", 0, 2, {.dpi = 200, .bend = 4, .turned = 90}, 15},
    {"cropped", 0, 1, {.dpi = 200, .crop = 3, .hide_qr = true}, 15},
    {"faint", 0, 1, {.dpi = 200, .faint = 40}, 10},
    {"upside down", 0, 1, {.dpi = 200, .turned = 180}, 5},
    {"on its side", 0, 1, {.dpi = 200, .turned = 90}, 5},
    {"other side, skewed", 0, 1, {.dpi = 200, .turned = 270, .skew = -2}, 10},
    {"scaled to fit", 0, 1, {.dpi = 200, .scale = 0.94}, 10},
    {"noise", 0, 1, {.dpi = 150, .noise = 30}, 10},
    {"specks", 0, 1, {.dpi = 200, .specks = 60, .bilevel = true}, 20},
    {"light gradient", 0, 1, {.dpi = 150, .gradient = true}, 10},
    {"shadow at the edge", 0, 1, {.dpi = 200, .shadow = true}, 10},
    {"red stamp", 0, 1, {.dpi = 150, .stamp = true}, 10},
    {"three marks", 0, 1, {.dpi = 200, .hidden_marks = 4, .skew = 1}, 10},
    {"two marks", 0, 1, {.dpi = 200, .hidden_marks = 6, .skew = 1}, 10},
    {"marks and code alone", 1, 1, {.dpi = 200, .thin_gone = true}, 25},
    {"no marks, turned",
     0,
     2,
     {.dpi = 200, .hidden_marks = 15, .turned = 90},
     10},
    {"no code", 0, 1, {.dpi = 200, .hide_qr = true, .turned = 180}, 10},
    {"no resolution", 0, 1, {.dpi = 200, .no_dpi = true}, 5},
    {"cover", 1, 1, {.dpi = 200, .skew = 1.5, .turned = 180}, 25},
    {"certificate 300", 2, 1, {.dpi = 300}, 5},
    {"certificate 150 bilevel", 2, 1, {.dpi = 150, .bilevel = true}, 10},
    {"certificate skew 3", 2, 1, {.dpi = 200, .skew = 3}, 10},
    {"certificate skew 10", 2, 1, {.dpi = 200, .skew = 10}, 15},
    {"certificate from the side", 2, 1, {.dpi = 200, .bend = 5}, 15},
    {"certificate cropped", 2, 1, {.dpi = 200, .crop = 3}, 15},
    {"certificate turned", 2, 1, {.dpi = 200, .turned = 180, .skew = -1}, 10},
    {"certificate on its side", 2, 1, {.dpi = 200, .turned = 270}, 10},
    {"certificate scaled", 2, 1, {.dpi = 200, .scale = 0.95}, 10},
    {"certificate noise",
     2,
     1,
     {.dpi = 200, .noise = 40, .gradient = true},
     10},
};

static PIX *spoiled(const struct located_row *r)
{
    const struct form_template *t = forms.list[r->form];
    struct form_qr qr = {.form = t->id,
                         .version = t->version,
                         .page = r->page,
                         .household = "H0012",
                         .child = "",
                         .received = ""};

    return test_page_spoil(
        test_page_draw(t, r->page, r->how.dpi, t->qr.width ? &qr : NULL), t,
        &r->how);
}

/* False, and says so, when the page was not found as it is. */
static bool is_located(const struct located_row *r)
{
    struct found f;
    bool ok;

    look(&f, spoiled(r), 3);
    ok = !(f.state != PAGE_READ || f.p.form != forms.list[r->form] ||
           f.p.number != r->page || unexplained(&f.p) > r->stray ||
           f.p.residual > 20 || f.p.rotation != (360 - r->how.turned) % 360);
    if (ok && f.p.form->qr.width && !r->how.hide_qr)
        ok = f.p.qr.form && strcmp(f.p.qr.household, "H0012") == 0;
    if (!ok)
        print_error("%s: state %d form %s page %d turned %d residual %d stray "
                    "%d qr %s\n",
                    r->what, f.state, f.p.form ? f.p.form->id : "-", f.p.number,
                    f.p.rotation, f.p.residual,
                    f.p.form ? unexplained(&f.p) : -1,
                    f.p.qr.form ? f.p.qr.household : "-");
    forget(&f);
    return ok;
}

static void forms_are_found_however_they_were_scanned(void **state)
{
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof located / sizeof located[0]; i++)
        wrong += !is_located(&located[i]);
    assert_int_equal(wrong, 0);
}

/* What is none of our forms, or not surely one. */
static PIX *photograph(void)
{
    PIX *pix = pixCreate(1240, 1754, 8);

    for (int y = 0; y < 1754; y++)
        for (int x = 0; x < 1240; x++) {
            double v = 128 + 90 * sin(x / 97.0) * cos(y / 61.0) +
                       30 * sin((x + 2 * y) / 11.0);

            SET_DATA_BYTE(pixGetData(pix) + (size_t)y * pixGetWpl(pix), x,
                          v < 0     ? 0
                          : v > 255 ? 255
                                    : (int)v);
        }
    return pix;
}

static PIX *empty_sheet(void)
{
    PIX *pix = pixCreate(1240, 1754, 8);

    pixSetAll(pix);
    return pix;
}

/* A form of ours that says it is another. */
static PIX *claiming(const char *id, const char *version)
{
    struct form_template t = *forms.list[0];
    struct form_qr qr = {.form = id,
                         .version = version,
                         .page = 1,
                         .household = "",
                         .child = "",
                         .received = ""};

    t.id = id;
    t.version = version;
    return test_page_draw(&t, 1, 150, &qr);
}

/* A table of other proportions. */
static PIX *other_table(void)
{
    PIX *pix = empty_sheet();

    for (int i = 0; i < 30; i++)
        pixRasterop(pix, 100, 100 + i * 50, 1000, 3, PIX_CLR, NULL, 0, 0);
    for (int i = 0; i < 6; i++)
        pixRasterop(pix, 100 + i * 200, 100, 3, 1453, PIX_CLR, NULL, 0, 0);
    return pix;
}

static PIX *certificate(void)
{
    return test_page_draw(forms.list[2], 1, 150, NULL);
}

/* Where there is much play, nothing is forced, either. */
static PIX *certificate_aside(void)
{
    static const struct spoil how = {.dpi = 150, .bend = 5};

    return test_page_spoil(certificate(), forms.list[2], &how);
}

/* A scan at 60 dpi. */
static PIX *thumbnail(void)
{
    PIX *page = test_page_draw(forms.list[0], 1, 60, NULL);

    pixSetResolution(page, 60, 60);
    return page;
}

static void what_is_not_surely_a_form_is_refused(void **state)
{
    const struct {
        const char *what;
        PIX *scan;
        size_t n_forms;
        enum page_state expected;
        const char *check;
    } rows[] = {
        {"blank", empty_sheet(), 3, PAGE_BLANK, "blank-page"},
        {"photograph", photograph(), 3, PAGE_UNKNOWN_FORM, "form-not-found"},
        {"other table", other_table(), 3, PAGE_UNKNOWN_FORM, "form-not-found"},
        {"unknown form", certificate(), 2, PAGE_UNKNOWN_FORM, "form-not-found"},
        {"unknown form, from the side", certificate_aside(), 2,
         PAGE_UNKNOWN_FORM, "form-not-found"},
        {"old version", claiming("application", "2019"), 3, PAGE_UNKNOWN_FORM,
         "form-version"},
        {"strange form", claiming("survey", "2027"), 3, PAGE_UNKNOWN_FORM,
         "form-version"},
        {"thumbnail", thumbnail(), 3, PAGE_QUARANTINED, "resolution-too-low"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct found f;

        look(&f, rows[i].scan, rows[i].n_forms);
        if (f.state != rows[i].expected || !diag_has(&f.d, rows[i].check))
            fail_msg("%s: state %d %s", rows[i].what, f.state,
                     f.d.n ? f.d.items[0].check : "no finding");
        forget(&f);
    }
}

static bool has_tick_boxes(const struct form_field *f)
{
    return f->kind == FIELD_TICK || f->kind == FIELD_CHOICE ||
           f->kind == FIELD_SET;
}

/* Every box of a page, moved by a stretch of the paper that no projective map
 * can follow, is found again by its own frame. */
static void boxes_are_fitted_to_their_own_frame(void **state)
{
    const struct form_template *t = forms.list[0];
    PIX *page = test_page_draw(t, 1, 200, NULL);
    int strip = pixGetHeight(page) / 2, moved = 8, n = 0, right = 0;
    BOX *low = boxCreate(0, strip, pixGetWidth(page), strip - moved);
    PIX *half = pixClipRectangle(page, low, NULL);
    struct found f;

    (void)state;
    look(&f, page, 1);
    assert_int_equal(f.state, PAGE_READ);
    /* The lower half of the ink slips by a millimetre. */
    pixRasterop(f.p.ink, 0, strip, pixGetWidth(f.p.ink), strip, PIX_CLR, NULL,
                0, 0);
    pixDestroy(&f.p.grey);
    f.p.grey = pixThresholdToBinary(half, 170);
    pixRasterop(f.p.ink, 0, strip + moved, pixGetWidth(f.p.ink), strip - moved,
                PIX_SRC, f.p.grey, 0, 0);
    for (size_t i = 0; i < t->n_fields; i++)
        for (size_t k = 0; k < t->fields[i].n_options; k++) {
            struct rect_tmm box = t->fields[i].options[k].box;
            struct rect_px by_map = page_rect(&f.p.map, box), fitted;

            if (!has_tick_boxes(&t->fields[i]) || t->fields[i].page != 1 ||
                by_map.top < strip + 3 * moved)
                continue;
            fitted = page_fit(&f.p, box);
            n++;
            if (right < n - 1 && n < 99)
                printf("%d %d %d %d -> %d %d %d %d\n", by_map.left, by_map.top,
                       by_map.width, by_map.height, fitted.left, fitted.top,
                       fitted.width, fitted.height);
            right += abs(fitted.top - by_map.top - moved) <= 1 &&
                     abs(fitted.left - by_map.left) <= 1 &&
                     abs(fitted.height - by_map.height) <= 1;
        }
    assert_true(n > 20);
    assert_int_equal(right, n);
    pixDestroy(&half);
    boxDestroy(&low);
    forget(&f);
}

/* A black patch of paper, found again on the page as it was scanned. */
static void places_are_told_on_the_page_as_stored(void **state)
{
    static const struct spoil rows[] = {
        {.dpi = 200},
        {.dpi = 200, .turned = 90},
        {.dpi = 200, .turned = 180, .skew = 2},
        {.dpi = 200, .turned = 270, .skew = -3},
        {.dpi = 400, .skew = 1},
        {.dpi = 200, .bend = 4, .turned = 90, .skew = 1},
    };
    const struct form_template *t = forms.list[0];
    struct form_qr qr = {.form = t->id,
                         .version = t->version,
                         .page = 1,
                         .household = "",
                         .child = "",
                         .received = ""};
    struct rect_tmm patch = {900, 640, 150, 60};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PIX *page = test_page_draw(t, 1, rows[i].dpi, &qr), *scan, *crop;
        double px = rows[i].dpi / 254.0;
        struct rect_px r;
        struct found f;
        l_float32 mean = 0;
        BOX *box;

        pixRasterop(page, (int)(patch.left * px), (int)(patch.top * px),
                    (int)(patch.width * px), (int)(patch.height * px), PIX_CLR,
                    NULL, 0, 0);
        scan = test_page_spoil(page, t, &rows[i]);
        look(&f, pixClone(scan), 3);
        assert_int_equal(f.state, PAGE_READ);
        r = page_stored_rect(&f.p, page_rect(&f.p.map, patch));
        box = boxCreate(r.left, r.top, r.width, r.height);
        crop = pixClipRectangle(scan, box, NULL);
        pixGetAverageMasked(crop, NULL, 0, 0, 1, L_MEAN_ABSVAL, &mean);
        /* All black but for the corners that a lean leaves. */
        assert_true(mean < (rows[i].skew != 0 ? 70 : 12));
        assert_in_range(r.width + r.height, 200 * px, 232 * px);
        pixDestroy(&crop);
        pixDestroy(&scan);
        boxDestroy(&box);
        forget(&f);
    }
}

static int forms_setup(void **state)
{
    (void)state;
    setMsgSeverity(L_SEVERITY_NONE);
    test_forms_load(&forms);
    return 0;
}

static int forms_teardown(void **state)
{
    (void)state;
    test_forms_release(&forms);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_are_found_however_they_were_scanned),
        cmocka_unit_test(what_is_not_surely_a_form_is_refused),
        cmocka_unit_test(boxes_are_fitted_to_their_own_frame),
        cmocka_unit_test(places_are_told_on_the_page_as_stored),
    };

    return cmocka_run_group_tests(tests, forms_setup, forms_teardown);
}
