/*
 * The self-test of a form: a form that is designed to be read needs no change,
 * and every fault that was planted in its twin is told by name.
 */
#include "ocr/trial/trial.h"

#include "core/file.h"
#include "ocr/clean.h"
#include "ocr/forms/draw.h"
#include "ocr/locate.h"
#include "ocr/read_fields.h"
#include "ocr/read_page.h"
#include "records_help.h"

#include <leptonica/allheaders.h>
#include <unistd.h>

static struct arena mem;
static struct diag diag;
static struct dictionary dict;
static struct form_template good, bad;
static struct writing_kit kit;

static void load_form(struct form_template *out, const char *path)
{
    size_t len;
    const char *bytes = file_read(path, 1 << 20, &mem, &len, &diag);
    assert_non_null(bytes);
    if (!form_load(out, bytes, len, path, &dict, &mem, &diag))
        help_print(&diag);
    assert_int_equal(diag.errors, 0);
}

static int open_all(void **state)
{
    (void)state;
    size_t len;
    const char *path = "rules/dictionary.yaml";
    const char *bytes = file_read(path, 1 << 24, &mem, &len, &diag);
    assert_true(dictionary_load(&dict, bytes, len, path, &mem, &diag));
    load_form(&good, "fixtures/forms/trial/good.yaml");
    load_form(&bad, "fixtures/forms/trial/bad.yaml");
    assert_true(kit_here(&kit, &mem, &diag));
    setMsgSeverity(L_SEVERITY_NONE);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    form_draw_end();
    diag_release(&diag);
    arena_release(&mem);
    return 0;
}

static struct trial_how how_of(const struct form_template *t, int copies)
{
    return (struct trial_how){.form = t,
                              .kit = kit,
                              .seed = 7,
                              .copies = copies,
                              .writer = TRIAL_PEN};
}

/* ── a whole trial ──────────────────────────────────────────────────────── */

static void read_sheet(struct page_reader *reader, const struct trial_how *how,
                       struct trial *t, size_t i)
{
    char path[] = "/tmp/nyusho-trial-XXXXXX.png";
    struct arena page = ARENA_INIT;
    struct page_result result;
    PIX *pix = trial_draw(how, &t->sheets[i]);
    close(mkstemps(path, 4));
    assert_int_equal(pixWrite(path, pix, IFF_PNG), 0);
    pixDestroy(&pix);
    page_read(reader, path, 1, &result, &page);
    unlink(path);
    trial_take(t, i, &result);
    arena_release(&page);
}

static void run(const struct trial_how *how, struct trial *t)
{
    struct policy policy;
    policy_default(&policy, &dict, &mem);
    policy.sample_permille = 0;
    struct read_context ctx = {
        .policy = &policy, .dict = &dict, .fiscal_year = 2027};
    const struct form_template *forms[] = {how->form};
    struct reader_case c = {forms, 1, &ctx, page_read_fields};
    struct page_reader reader;
    assert_true(page_reader_open(&reader, &c, NULL, &diag));
    trial_plan(how, t, &mem);
    for (size_t i = 0; i < t->n_sheets; i++)
        read_sheet(&reader, how, t, i);
    page_reader_close(&reader);
    trial_advise(how, t, &mem);
}

static const struct trial_advice *advice(const struct trial *t,
                                         const char *check, const char *field)
{
    for (size_t i = 0; i < t->n_advice; i++) {
        const struct trial_advice *x = &t->advice[i];
        if (strcmp(x->check, check) == 0 &&
            strcmp(x->field ? x->field->id : "", field) == 0)
            return x;
    }
    return NULL;
}

static void print_advice(const struct trial *t)
{
    for (size_t i = 0; i < t->n_advice; i++)
        print_message("%s: %s\n", t->advice[i].check, t->advice[i].what.en);
}

static void a_form_designed_to_be_read_needs_no_change(void **state)
{
    (void)state;
    struct trial_how how = how_of(&good, 3);
    struct trial t;
    run(&how, &t);
    print_advice(&t);
    assert_int_equal(t.n_advice, 0);
    for (int level = 0; level < N_TRIAL_LEVELS; level++) {
        struct trial_count c = trial_sum(&t, (enum trial_level)level, false);
        assert_int_equal(t.pages[level].n, 3);
        assert_int_equal(t.pages[level].of[TRIAL_LOST], 0);
        assert_int_equal(c.of[TRIAL_SILENT], 0);
        assert_true(c.of[TRIAL_EXACT] * 2 >= c.n);
    }
}

static const struct {
    const char *check, *field;
} planted[] = {
    {"marks-missing", ""},
    {"cell-small", "child.birth"},
    {"year-short", "child.birth"},
    {"ring-close", "child.sex"},
    {"cell-small", "child.enrolled_facility"},
    {"tick-small", "child.allergy"},
    {"ticks-close", "child.allergy"},
    {"tick-on-print", "child.allergy"},
    {"cells-missing", "household.phone"},
    {"line-in-box", "household.phone"},
    {"cell-small", "insurer"},
    {"box-small", "remarks"},
};

static void each_planted_fault_is_told(void **state)
{
    (void)state;
    struct trial_how how = how_of(&bad, 3);
    struct trial t;
    run(&how, &t);
    for (size_t i = 0; i < COUNT(planted); i++) {
        const struct trial_advice *x =
            advice(&t, planted[i].check, planted[i].field);
        if (!x || !*x->todo.ja || !*x->todo.en)
            fail_msg("%s of %s was not told", planted[i].check,
                     planted[i].field);
    }
    /* A year that cannot be told is what it costs; the rest is advice. */
    const struct trial_advice *year = advice(&t, "year-short", "child.birth");
    assert_true(year && year->weight == TRIAL_MUST);
    for (size_t i = 1; i < t.n_advice; i++)
        assert_true(t.advice[i - 1].weight <= t.advice[i].weight);
}

/* ── what is made of results ────────────────────────────────────────────── */

/* Every field of the sheet, accepted with the value that was written, but the
 * one of this id. */
static struct page_result results(const struct trial *t, size_t sheet,
                                  const char *but, enum reading_state state,
                                  const char *value, const char *reason)
{
    const struct trial_sheet *s = &t->sheets[sheet];
    struct page_result r = {.state = PAGE_READ, .page = s->page};
    r.readings = ARENA_ARRAY(&mem, struct reading, t->form->n_fields);
    for (size_t i = 0; i < t->form->n_fields; i++) {
        const struct form_field *f = &t->form->fields[i];
        bool other = strcmp(f->id, but) == 0;
        r.readings[r.n_readings++] =
            (struct reading){.field = f->id,
                             .state = other ? state : READING_ACCEPTED,
                             .value = other ? value : s->values[i],
                             .reason = other ? reason : ""};
    }
    return r;
}

static void take_all(const struct trial_how *how, struct trial *t,
                     const char *but, enum reading_state state,
                     const char *value, const char *reason)
{
    trial_plan(how, t, &mem);
    for (size_t i = 0; i < t->n_sheets; i++) {
        struct page_result r = results(t, i, but, state, value, reason);
        trial_take(t, i, &r);
    }
    trial_advise(how, t, &mem);
}

static void results_make_advice(void **state)
{
    (void)state;
    struct trial_how how = how_of(&good, 8);
    struct trial t;
    take_all(&how, &t, "", READING_ACCEPTED, "", "");
    assert_int_equal(t.n_advice, 0);
    take_all(&how, &t, "insurer", READING_ACCEPTED, "00000000", "");
    assert_int_equal(t.n_advice, 1);
    assert_non_null(advice(&t, "silent-error", "insurer"));
    assert_int_equal(t.n_misses, t.n_sheets);
    assert_string_equal(t.misses[0].read, "00000000");
    assert_string_equal(t.misses[0].written, t.sheets[0].values[5]);
    assert_int_equal(t.misses[0].outcome, TRIAL_SILENT);
    take_all(&how, &t, "child.sex", READING_DOUBT, "", "ring-open");
    assert_int_equal(t.n_advice, 1);
    const struct trial_advice *x = advice(&t, "reads-badly", "child.sex");
    assert_true(x && strstr(x->todo.en, "4 mm around"));
    assert_string_equal(t.fields[1].reasons[0].check, "ring-open");
    /* A person looks at writing by hand whatever was read. */
    take_all(&how, &t, "remarks", READING_DOUBT, "", "handwriting");
    assert_int_equal(t.n_advice, 0);
    /* Digits that are proposed rightly are no fault of the form. */
    trial_plan(&how, &t, &mem);
    for (size_t i = 0; i < t.n_sheets; i++) {
        const char *phone = t.sheets[i].values[4];
        struct page_result r = results(&t, i, "household.phone", READING_DOUBT,
                                       phone, "views-differ");
        trial_take(&t, i, &r);
    }
    trial_advise(&how, &t, &mem);
    assert_int_equal(t.n_advice, 0);
}

static void lost_pages_are_told(void **state)
{
    (void)state;
    struct trial_how how = how_of(&good, 4);
    struct trial t;
    trial_plan(&how, &t, &mem);
    for (size_t i = 0; i < t.n_sheets; i++) {
        struct page_result r = results(&t, i, "", READING_ACCEPTED, "", "");
        if (t.sheets[i].level == TRIAL_CLEAN && t.sheets[i].copy == 1)
            r.state = PAGE_UNKNOWN_FORM;
        trial_take(&t, i, &r);
    }
    trial_advise(&how, &t, &mem);
    assert_int_equal(t.n_advice, 1);
    assert_non_null(advice(&t, "page-lost", ""));
    assert_int_equal(t.advice[0].weight, TRIAL_MUST);
    assert_int_equal(t.pages[TRIAL_CLEAN].of[TRIAL_LOST], 1);
}

/* Digits come out at 300 dpi and not at 200. */
static void a_low_resolution_is_told(void **state)
{
    (void)state;
    struct trial_how how = how_of(&good, 4);
    struct trial t;
    trial_plan(&how, &t, &mem);
    for (size_t i = 0; i < t.n_sheets; i++) {
        bool low = t.sheets[i].level == TRIAL_200;
        struct page_result r =
            results(&t, i, low ? "insurer" : "", READING_DOUBT, "", "");
        trial_take(&t, i, &r);
    }
    trial_advise(&how, &t, &mem);
    assert_int_equal(t.n_advice, 1);
    assert_non_null(advice(&t, "scan-300dpi", ""));
}

/* ── sheets ─────────────────────────────────────────────────────────────── */

static void one_seed_makes_one_trial(void **state)
{
    (void)state;
    struct trial_how how = how_of(&good, 2), other = how;
    struct trial one, two, three;
    int differ = 0;
    other.seed = 8;
    trial_plan(&how, &one, &mem);
    trial_plan(&how, &two, &mem);
    trial_plan(&other, &three, &mem);
    assert_int_equal(one.n_sheets, 2 * N_TRIAL_LEVELS);
    for (size_t i = 0; i < one.n_sheets; i++) {
        for (size_t k = 0; k < good.n_fields; k++) {
            assert_string_equal(one.sheets[i].values[k],
                                two.sheets[i].values[k]);
            differ +=
                strcmp(one.sheets[i].values[k], three.sheets[i].values[k]) != 0;
        }
        const char *code = one.sheets[i].values[5];
        assert_true(!*code || check_digit_holds(good.fields[5].check, code));
    }
    assert_true(differ > 20);
    for (size_t i = 0; i < 3; i++) {
        PIX *a = trial_draw(&how, &one.sheets[i]);
        PIX *b = trial_draw(&how, &two.sheets[i]);
        int same = 0;
        pixEqual(a, b, &same);
        assert_true(same);
        pixDestroy(&a);
        pixDestroy(&b);
    }
}

/* The empty sheet as scanned, with or without an example in a box. */
static void blank_scan(struct page *out, bool example)
{
    const struct form_template *const forms[] = {&good};
    struct locator *l = locator_open(forms, 1);
    struct form_qr qr = {.household = "", .child = "", .received = ""};
    struct form_image image;
    form_render(&good, 1, 300, &qr, &image, &mem);
    PIX *pix = pixCreate(image.width, image.height, 8);
    for (int y = 0; y < image.height; y++)
        for (int x = 0; x < image.width; x++)
            pixSetPixel(pix, x, y, image.pixels[y * image.stride + x]);
    pixSetResolution(pix, 300, 300);
    const struct rect_tmm *box = &good.fields[7].parts[0].box;
    if (example) {
        BOX *b = boxCreate((box->left + 300) * 300 / 254,
                           (box->top + 30) * 300 / 254, 200, 40);
        pixSetInRectArbitrary(pix, b, 0);
        boxDestroy(&b);
    }
    *out = PAGE_INIT;
    assert_true(page_clean(out, pix, POS_FILE("blank"), &diag));
    assert_int_equal(page_locate(l, out, POS_FILE("blank"), &mem, &diag),
                     PAGE_READ);
    pixDestroy(&pix);
    locator_close(l);
}

static void ink_in_a_box_of_the_empty_sheet_is_told(void **state)
{
    (void)state;
    for (int example = 0; example < 2; example++) {
        struct trial_how how = how_of(&good, 1);
        struct page blank;
        struct trial t;
        blank_scan(&blank, example);
        how.blanks = &blank;
        trial_plan(&how, &t, &mem);
        trial_advise(&how, &t, &mem);
        assert_int_equal(t.n_advice, example);
        assert_int_equal(advice(&t, "ink-in-box", "remarks") != NULL, example);
        /* And what is written stands where it stands on the drawn form. */
        PIX *sheet = trial_draw(&how, &t.sheets[0]);
        assert_int_equal(pixGetWidth(sheet), pixGetWidth(blank.ink));
        pixDestroy(&sheet);
        page_release(&blank);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_designed_to_be_read_needs_no_change),
        cmocka_unit_test(each_planted_fault_is_told),
        cmocka_unit_test(results_make_advice),
        cmocka_unit_test(lost_pages_are_told),
        cmocka_unit_test(a_low_resolution_is_told),
        cmocka_unit_test(one_seed_makes_one_trial),
        cmocka_unit_test(ink_in_a_box_of_the_empty_sheet_is_told),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
