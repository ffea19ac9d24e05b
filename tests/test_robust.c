/*
 * One page for each kind of fault in the fixtures, as strong as the table in
 * docs/reading.md has it: the form is found, and no value is wrong without a
 * question. A new fault of fixtures/fault.c is among them.
 */
#include "fixtures/fault.h"
#include "fixtures/fill.h"
#include "fixtures/forms.h"
#include "fixtures/life.h"
#include "fixtures/outcome.h"

#include "ocr/read_fields.h"
#include "ocr/read_page.h"
#include "records/policy.h"

#include <leptonica/allheaders.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define DRAW_DPI 300
#define TMM_PER_INCH 254.0
/* Any seed does. */
#define SEED 24
/* A page that was read has at least so many values that nobody need look at,
 * of those written on it, in percent: else "read" would mean little. A fax of
 * 98 lines an inch is allowed less. */
#define EXACT_LEAST 20

/* Stronger ones of the same kind are tried. */
static const char *const weaker[] = {"skew-1",  "skew-3",   "skew-7",
                                     "turn-90", "turn-180", "fax-204x196"};

/* A household whose sheets are drawn again and again. */
struct desk {
    struct forms forms;
    struct family family;
    struct writers writers;
    struct policy policy;
    struct page_reader reader;
    struct arena mem;
    struct diag d;
};

static int desk_open(void **state)
{
    struct desk *k = calloc(1, sizeof *k);
    struct random *r;

    assert_non_null(k);
    k->d = DIAG_INIT;
    assert_true(forms_open(&k->forms, &k->d));
    family_begin(&k->family, &k->forms.dict, SEED, 1);
    life_ordinary(&k->family);
    r = &k->family.random;
    k->writers.guardian = hand_pick(r, HAND_PEN, &writing_kits[0], NULL);
    k->writers.clerk = k->writers.employer = k->writers.guardian;
    k->writers.computer = hand_pick(r, HAND_PRINTED, &writing_kits[0], NULL);
    policy_default(&k->policy, &k->forms.dict, &k->mem);
    *state = k;
    return 0;
}

static int desk_close(void **state)
{
    struct desk *k = *state;

    family_close(&k->family);
    forms_close(&k->forms);
    arena_release(&k->mem);
    diag_release(&k->d);
    free(k);
    return 0;
}

/* One page of the household's, drawn and spoiled. */
struct sheet_scan {
    const struct form_template *form;
    int page;
    struct filled *filled;
    size_t n_filled;
    PIX *scan;
};

/* The k-th page of the household, counted round and round. */
static void pick_page(struct desk *k, int at, struct filling *f)
{
    int n = 0;

    for (int i = 0; i < k->family.n_sheets; i++)
        n += k->forms.list[k->family.sheets[i].form]->n_pages;
    at %= n;
    for (int i = 0; i < k->family.n_sheets; i++) {
        const struct form_template *t = k->forms.list[k->family.sheets[i].form];

        if (at < t->n_pages) {
            *f = (struct filling){.family = &k->family,
                                  .sheet = &k->family.sheets[i],
                                  .form = t,
                                  .page = at + 1,
                                  .pages = n,
                                  .writers = &k->writers};
            return;
        }
        at -= t->n_pages;
    }
}

static void draw_page(struct desk *k, int at, const struct fault *fault,
                      struct sheet_scan *out)
{
    struct random r = random_start(SEED, (uint64_t)at + 100);
    struct damage how = fault_damage(fault, &r);
    struct filling f;
    cairo_surface_t *paper;

    pick_page(k, at, &f);
    paper = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)(f.form->width * DRAW_DPI / TMM_PER_INCH),
        (int)(f.form->height * DRAW_DPI / TMM_PER_INCH));
    f.cr = cairo_create(paper);
    cairo_set_source_rgb(f.cr, 1, 1, 1);
    cairo_paint(f.cr);
    cairo_scale(f.cr, DRAW_DPI / TMM_PER_INCH, DRAW_DPI / TMM_PER_INCH);
    *out = (struct sheet_scan){.form = f.form, .page = f.page};
    out->n_filled = fill_page(&f, &out->filled, &k->mem);
    cairo_destroy(f.cr);
    out->scan = scan_page(paper, DRAW_DPI, &how, &r);
    cairo_surface_destroy(paper);
}

static void read_scan(struct desk *k, PIX *scan, struct page_result *out)
{
    char path[] = "/tmp/nyusho-robust-XXXXXX.tif";

    close(mkstemps(path, 4));
    assert_int_equal(
        pixWrite(path, scan,
                 pixGetDepth(scan) == 1 ? IFF_TIFF_G4 : IFF_TIFF_ZIP),
        0);
    page_read(&k->reader, path, 1, out, &k->mem);
    unlink(path);
}

static const struct reading *find(const struct page_result *p, const char *id)
{
    for (size_t i = 0; i < p->n_readings; i++)
        if (strcmp(p->readings[i].field, id) == 0)
            return &p->readings[i];
    return NULL;
}

static enum outcome judge(const struct filled *f, const struct page_result *p)
{
    const struct reading *r = find(p, f->field->id);

    if (!r)
        return UNREAD;
    return outcome_of(f->kind,
                      r->state == READING_ACCEPTED || r->state == READING_BLANK,
                      r->value, f->value);
}

/* Counts what came of the page; says what was wrong. */
static bool holds(const struct sheet_scan *s, const struct page_result *p,
                  const char *fault)
{
    int written = 0, exact = 0, silent = 0;

    if (p->state != PAGE_READ || strcmp(p->form, s->form->id) != 0 ||
        p->page != s->page) {
        print_error("%s: %s page %d: read as \"%s\" %d (%s)\n", fault,
                    s->form->id, s->page, p->form, p->page, p->reason);
        return false;
    }
    for (size_t i = 0; i < s->n_filled; i++) {
        const struct filled *f = &s->filled[i];
        enum outcome o = judge(f, p);

        written += *f->value != '\0';
        exact += *f->value && o == RIGHT;
        silent += o == WRONG_SILENT;
        if (o == WRONG_SILENT || o == UNREAD)
            print_error("%s: %s: \"%s\" for \"%s\"\n", fault, f->field->id,
                        o == UNREAD ? "-" : find(p, f->field->id)->value,
                        f->value);
    }
    if (exact * 100 < written * EXACT_LEAST)
        print_error("%s: %s page %d: %d of %d exact\n", fault, s->form->id,
                    s->page, exact, written);
    return silent == 0 && exact * 100 >= written * EXACT_LEAST;
}

static bool is_weaker(const char *name)
{
    for (size_t i = 0; i < sizeof weaker / sizeof weaker[0]; i++)
        if (strcmp(weaker[i], name) == 0)
            return true;
    return false;
}

static void no_fault_makes_a_silent_error(void **state)
{
    struct desk *k = *state;
    struct read_context ctx = {
        .fiscal_year = 2027, .policy = &k->policy, .dict = &k->forms.dict};
    const struct reader_case c = {.forms = k->forms.list,
                                  .n_forms = N_SHEETS,
                                  .context = &ctx,
                                  .read_fields = page_read_fields};
    int wrong = 0;

    assert_true(page_reader_open(&k->reader, &c, "", &k->d));
    for (int i = 0; faults[i].name; i++) {
        struct sheet_scan s;
        struct page_result p;

        if (is_weaker(faults[i].name))
            continue;
        draw_page(k, i, &faults[i], &s);
        read_scan(k, s.scan, &p);
        wrong += !holds(&s, &p, faults[i].name);
        pixDestroy(&s.scan);
    }
    page_reader_close(&k->reader);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_fault_makes_a_silent_error,
                                        desk_open, desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
