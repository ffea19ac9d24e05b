#include "ocr/intake.h"
#include "ocr/page_store.h"
#include "ocr/read_page.h"
#include "ocr/worker.h"

#include "core/file.h"
#include "ocr_pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct test_forms forms;

struct room {
    struct arena mem;
    struct diag d;
    char folder[32];
    const char *pages;
};

static int room_open(void **state)
{
    struct room *r = calloc(1, sizeof *r);

    r->mem = ARENA_INIT;
    r->d = DIAG_INIT;
    strcpy(r->folder, "/tmp/nyusho-page-XXXXXX");
    assert_non_null(mkdtemp(r->folder));
    r->pages = path_join(&r->mem, r->folder, "pages");
    folder_make(r->pages, &r->d);
    setMsgSeverity(L_SEVERITY_NONE);
    *state = r;
    return 0;
}

static void empty_folder(struct room *r, const char *path)
{
    size_t n = 0;
    char **names = folder_list(path, &r->mem, &n, NULL);

    for (size_t i = 0; names && i < n; i++)
        unlink(path_join(&r->mem, path, names[i]));
    rmdir(path);
}

static int room_close(void **state)
{
    struct room *r = *state;

    empty_folder(r, r->pages);
    empty_folder(r, r->folder);
    arena_release(&r->mem);
    diag_release(&r->d);
    free(r);
    return 0;
}

/* Writes the spoiled page as a file and gives its name. */
static const char *scan_file(struct room *r, const char *name,
                             const struct form_template *t, int page,
                             const struct spoil *how)
{
    struct form_qr qr = {.form = t->id,
                         .version = t->version,
                         .page = page,
                         .household = "H7",
                         .child = "",
                         .received = ""};
    PIX *pix = test_page_spoil(
        test_page_draw(t, page, how->dpi, t->qr.width ? &qr : NULL), t, how);
    const char *path = path_join(&r->mem, r->folder, name);

    assert_int_equal(pixWrite(path, pix, how->bilevel ? IFF_TIFF_G4 : IFF_PNG),
                     0);
    pixDestroy(&pix);
    return path;
}

/* One reading with its box where the template has the field's. */
static void read_one_field(struct page *p, struct ocr_engines *e,
                           const struct read_context *ctx,
                           struct page_result *out, struct arena *a)
{
    (void)e;
    (void)ctx;
    out->readings = ARENA_NEW(a, struct reading);
    out->n_readings = 1;
    out->readings[0] =
        (struct reading){.field = p->form->fields[0].id,
                         .value = "",
                         .raw = "",
                         .runner_up = "",
                         .reason = "",
                         .box = page_fit(p, p->form->fields[0].box)};
}

static void open_reader(struct page_reader *reader, struct room *r, bool fields)
{
    struct reader_case c = {.forms = forms.list,
                            .n_forms = 3,
                            .read_fields = fields ? read_one_field : NULL};

    assert_true(page_reader_open(reader, &c, r->pages, &r->d));
}

static void a_page_is_located_and_kept(void **state)
{
    struct room *r = *state;
    struct spoil how = {.dpi = 200, .bilevel = true, .turned = 180};
    const char *file = scan_file(r, "a.tif", forms.list[0], 2, &how);
    struct page_reader reader;
    struct page_result p;

    open_reader(&reader, r, true);
    page_read(&reader, file, 1, &p, &r->mem);
    assert_int_equal(p.state, PAGE_READ);
    assert_string_equal(p.form, "application");
    assert_int_equal(p.page, 2);
    assert_int_equal(p.rotation, 180);
    assert_int_equal(p.dpi, 200);
    assert_string_equal(p.qr.household, "H7");
    assert_non_null(page_stored_path(r->pages, p.sha256, &r->mem));
    assert_int_equal(p.n_readings, 1);
    assert_int_equal(strlen(p.sha256), 64);
    page_reader_close(&reader);
}

/* Black share of a place of the stored page, 1/1000. */
static int black_at(struct room *r, const char *sha256, double x, double y,
                    double w, double h)
{
    PIX *pix =
        intake_decode(page_stored_path(r->pages, sha256, &r->mem), 1, &r->d);
    PIX *grey = pixConvertTo8(pix, 0), *ink = pixThresholdToBinary(grey, 10);
    BOX *box = boxCreate((int)x, (int)y, (int)w, (int)h);
    PIX *crop = pixClipRectangle(ink, box, NULL);
    int black = 0;

    pixCountPixels(crop, &black, NULL);
    black = (int)(black * 1000.0 / pixGetWidth(crop) / pixGetHeight(crop));
    boxDestroy(&box);
    pixDestroy(&crop);
    pixDestroy(&ink);
    pixDestroy(&grey);
    pixDestroy(&pix);
    return black;
}

static void the_individual_number_is_never_kept(void **state)
{
    struct room *r = *state;
    static const struct spoil rows[] = {
        {.dpi = 200, .bilevel = true},
        {.dpi = 200},
        {.dpi = 200, .stamp = true, .turned = 180},
    };
    struct form_template masked = *forms.list[2];
    const struct form_template *list[] = {&masked};
    struct reader_case c = {.forms = list, .n_forms = 1};
    struct form_field field = {.id = "number",
                               .kind = FIELD_MASK,
                               .page = 1,
                               .box = {600, 1200, 500, 80}};
    struct page_reader reader;
    double px = 200 / 254.0;

    masked.fields = &field;
    masked.n_fields = 1;
    assert_true(page_reader_open(&reader, &c, r->pages, &r->d));
    for (size_t i = 0; i < 3; i++) {
        const char *file = scan_file(r, "a", forms.list[2], 1, &rows[i]);
        struct page_result p;
        bool turned = rows[i].turned == 180;
        double x = turned ? 2100 - 600 - 500 : 600;
        double y = turned ? 2970 - 1200 - 80 : 1200;

        page_read(&reader, file, 1, &p, &r->mem);
        assert_int_equal(p.state, PAGE_READ);
        assert_int_equal(
            black_at(r, p.sha256, x * px, y * px, 500 * px, 80 * px), 1000);
        assert_true(black_at(r, p.sha256, x * px, (y - 150) * px, 500 * px,
                             100 * px) < 500);
    }
    page_reader_close(&reader);
}

static void what_cannot_be_read_says_why(void **state)
{
    struct room *r = *state;
    static const struct {
        const char *name, *bytes, *check;
    } rows[] = {
        {"text.png", "no picture", "not-an-image"},
        {"cut.png", "\x89PNG\r\n\x1a\n", "truncated-image"},
        {"absent.png", NULL, "unreadable-file"},
    };
    struct page_reader reader;

    open_reader(&reader, r, false);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *file = path_join(&r->mem, r->folder, rows[i].name);
        struct page_result p;

        if (rows[i].bytes)
            file_write_atomic(file, rows[i].bytes, strlen(rows[i].bytes),
                              &r->d);
        page_read(&reader, file, 1, &p, &r->mem);
        assert_int_equal(p.state, PAGE_QUARANTINED);
        assert_string_equal(p.reason, rows[i].check);
        assert_true(*p.message_ja && *p.message_en);
    }
    page_reader_close(&reader);
}

/* Waves of grey, as a photograph is: no line, no corner mark. */
static const char *photograph_file(struct room *r)
{
    const char *path = path_join(&r->mem, r->folder, "photo.png");
    PIX *pix = pixCreate(1240, 1754, 8);

    for (int y = 0; y < 1754; y++)
        for (int x = 0; x < 1240; x++)
            SET_DATA_BYTE(pixGetData(pix) + (size_t)y * pixGetWpl(pix), x,
                          64 + (x * y / 97 + x / 3) % 160);
    pixSetResolution(pix, 150, 150);
    assert_int_equal(pixWrite(path, pix, IFF_PNG), 0);
    pixDestroy(&pix);
    return path;
}

static const char *empty_file(struct room *r)
{
    const char *path = path_join(&r->mem, r->folder, "empty.png");
    PIX *pix = pixCreate(1240, 1754, 8);

    pixSetAll(pix);
    pixSetResolution(pix, 150, 150);
    assert_int_equal(pixWrite(path, pix, IFF_PNG), 0);
    pixDestroy(&pix);
    return path;
}

/* The office's form of eight years before. */
static const char *old_form_file(struct room *r)
{
    struct form_template old = *forms.list[0];
    struct spoil how = {.dpi = 150};

    old.version = "2019";
    return scan_file(r, "old.png", &old, 1, &how);
}

/* Kept, so that a person can file them, and said in one line. */
static void pages_of_no_known_form_are_kept_and_said(void **state)
{
    struct room *r = *state;
    const struct {
        const char *file;
        enum page_state expected;
        const char *check;
    } rows[] = {
        {photograph_file(r), PAGE_UNKNOWN_FORM, "form-not-found"},
        {old_form_file(r), PAGE_UNKNOWN_FORM, "form-version"},
        {empty_file(r), PAGE_BLANK, "blank-page"},
    };
    struct page_reader reader;

    open_reader(&reader, r, true);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct page_result p;

        page_read(&reader, rows[i].file, 1, &p, &r->mem);
        assert_int_equal(p.state, rows[i].expected);
        assert_string_equal(p.reason, rows[i].check);
        assert_true(*p.message_ja && !strchr(p.message_ja, '\n'));
        assert_true(*p.message_en && !strchr(p.message_en, '\n'));
        assert_string_equal(p.form, "");
        assert_int_equal(p.n_readings, 0);
        assert_non_null(page_stored_path(r->pages, p.sha256, &r->mem));
    }
    page_reader_close(&reader);
}

static void a_page_that_cannot_be_kept_is_not_read(void **state)
{
    struct room *r = *state;
    struct spoil how = {.dpi = 150};
    const char *file = scan_file(r, "a.png", forms.list[2], 1, &how);
    struct page_reader reader;
    struct page_result p;

    open_reader(&reader, r, false);
    reader.pages_folder = "/proc/none";
    page_read(&reader, file, 1, &p, &r->mem);
    assert_int_equal(p.state, PAGE_QUARANTINED);
    assert_string_equal(p.reason, "unwritable-file");
    page_reader_close(&reader);
}

static void the_same_page_gives_the_same_bytes(void **state)
{
    struct room *r = *state;
    struct spoil how = {.dpi = 150, .noise = 20};
    const char *one = scan_file(r, "a.png", forms.list[0], 1, &how);
    const char *other = scan_file(r, "b.png", forms.list[0], 1, &how);
    struct page_reader reader;
    struct page_result p, q;
    const char *path;
    char *before, *after;
    size_t len, again;

    open_reader(&reader, r, false);
    page_read(&reader, one, 1, &p, &r->mem);
    path = page_stored_path(r->pages, p.sha256, &r->mem);
    before = file_read(path, 1 << 26, &r->mem, &len, &r->d);
    unlink(path);
    page_read(&reader, other, 1, &q, &r->mem);
    assert_string_equal(p.sha256, q.sha256);
    after = file_read(path, 1 << 26, &r->mem, &again, &r->d);
    assert_int_equal(len, again);
    assert_memory_equal(before, after, len);
    page_reader_close(&reader);
}

/* As the command line does: here the case is always the shipped forms. */
static bool load_case(void *self, const char *folder, struct reader_case *out,
                      struct arena *a, struct diag *d)
{
    (void)self;
    (void)folder;
    (void)a;
    (void)d;
    *out = (struct reader_case){.forms = forms.list, .n_forms = 3};
    return true;
}

static void workers_read_as_one_reader_does(void **state)
{
    struct room *r = *state;
    struct spoil how = {.dpi = 150, .bilevel = true, .skew = 1};
    struct reader_options o = READER_OPTIONS;
    struct reader_pool *pool;
    struct page_result p;
    int read[2] = {0, 0};

    scan_file(r, "a.tif", forms.list[0], 1, &how);
    scan_file(r, "b.tif", forms.list[2], 1, &how);
    o.workers = 2;
    o.pages_folder = r->pages;
    pool = reader_pool_open(&o);
    reader_pool_submit(pool, path_join(&r->mem, r->folder, "a.tif"), 1);
    reader_pool_submit(pool, path_join(&r->mem, r->folder, "b.tif"), 1);
    while (reader_pool_next(pool, &p, &r->mem, &r->d) == POOL_RESULT) {
        assert_int_equal(p.state, PAGE_READ);
        assert_non_null(page_stored_path(r->pages, p.sha256, &r->mem));
        read[strcmp(p.form, "application") != 0]++;
    }
    assert_int_equal(read[0], 1);
    assert_int_equal(read[1], 1);
    reader_pool_close(pool);
}

#define IN_ROOM(test) \
    cmocka_unit_test_setup_teardown(test, room_open, room_close)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        IN_ROOM(a_page_is_located_and_kept),
        IN_ROOM(the_individual_number_is_never_kept),
        IN_ROOM(what_cannot_be_read_says_why),
        IN_ROOM(pages_of_no_known_form_are_kept_and_said),
        IN_ROOM(a_page_that_cannot_be_kept_is_not_read),
        IN_ROOM(the_same_page_gives_the_same_bytes),
        IN_ROOM(workers_read_as_one_reader_does),
    };
    int status;

    test_forms_load(&forms);
    if (argc > 1 && strcmp(argv[1], "worker") == 0)
        status = worker_main(load_case, NULL);
    else
        status = cmocka_run_group_tests(tests, NULL, NULL);
    test_forms_release(&forms);
    return status;
}
