#include "ocr/image_header.h"
#include "ocr/intake.h"
#include "ocr/page_store.h"

#include "core/file.h"

#include <leptonica/allheaders.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct room {
    struct arena mem;
    struct diag d;
    char folder[32];
};

static int room_open(void **state)
{
    struct room *r = calloc(1, sizeof *r);

    r->mem = ARENA_INIT;
    r->d = DIAG_INIT;
    strcpy(r->folder, "/tmp/nyusho-intake-XXXXXX");
    assert_non_null(mkdtemp(r->folder));
    setMsgSeverity(L_SEVERITY_NONE);
    *state = r;
    return 0;
}

static void remove_tree(struct room *r, const char *path)
{
    size_t n = 0;
    char **names = folder_list(path, &r->mem, &n, NULL);

    for (size_t i = 0; names && i < n; i++) {
        char *child = path_join(&r->mem, path, names[i]);

        if (unlink(child) != 0)
            remove_tree(r, child);
    }
    rmdir(path);
}

static int room_close(void **state)
{
    struct room *r = *state;

    remove_tree(r, r->folder);
    arena_release(&r->mem);
    diag_release(&r->d);
    free(r);
    return 0;
}

static const char *in_room(struct room *r, const char *name)
{
    return path_join(&r->mem, r->folder, name);
}

static void write_file(struct room *r, const char *name, const void *bytes,
                       size_t len)
{
    assert_true(file_write_atomic(in_room(r, name), bytes, len, &r->d));
}

/* A sheet with a bar on it, as a file of any format. */
static PIX *sheet(int depth, int bar)
{
    PIX *pix = pixCreate(600, 800, depth);

    if (depth > 1)
        pixSetAll(pix);
    pixRasterop(pix, 50, 50 + bar, 400, 20, depth > 1 ? PIX_CLR : PIX_SET, NULL,
                0, 0);
    pixSetResolution(pix, 72, 72);
    return pix;
}

static void write_image(struct room *r, const char *name, int depth, int format)
{
    PIX *pix = sheet(depth, 0);

    pixWrite(in_room(r, name), pix, format);
    pixDestroy(&pix);
}

static void write_tiff(struct room *r, const char *name, int pages)
{
    for (int i = 0; i < pages; i++) {
        PIX *pix = sheet(1, 30 * (i % 20));

        pixWriteTiff(in_room(r, name), pix, IFF_TIFF_G4, i ? "a" : "w");
        pixDestroy(&pix);
    }
}

static void write_pdf(struct room *r, const char *name, int pages)
{
    PIXA *all = pixaCreate(pages);

    for (int i = 0; i < pages; i++)
        pixaAddPix(all, sheet(1, 30 * i), L_INSERT);
    pixaConvertToPdf(all, 200, 1.0f, L_G4_ENCODE, 0, "sheets",
                     in_room(r, name));
    pixaDestroy(&all);
}

static void cut_file(struct room *r, const char *from, const char *to,
                     double share)
{
    size_t len;
    char *bytes = file_read(in_room(r, from), 1 << 24, &r->mem, &len, &r->d);

    write_file(r, to, bytes, (size_t)((double)len * share));
}

/* A PNG header that asks for 60,000 x 60,000 pixels, and nothing behind. */
static void write_giant(struct room *r, const char *name)
{
    static const uint8_t giant[] =
        "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xea\x60\0\0\xea\x60\x08\0\0\0\0"
        "\x12\x34\x56\x78\0\0\0\0IEND\xae\x42\x60\x82";

    write_file(r, name, giant, sizeof giant - 1);
}

/* Every finding is one line in both languages. */
static void assert_lines(const struct diag *d)
{
    for (size_t i = 0; i < d->n; i++) {
        const struct finding *f = &d->items[i];

        assert_true(*f->what.ja && !strchr(f->what.ja, '\n'));
        assert_true(*f->what.en && !strchr(f->what.en, '\n'));
        assert_true(*f->check && f->at.file && *f->at.file);
    }
}

static bool list(struct room *r, struct intake *in)
{
    const char *folder = r->folder;

    return intake_list(in, &folder, 1, &r->mem, &r->d);
}

static void every_format_gives_its_pages(void **state)
{
    struct room *r = *state;
    struct intake in;
    static const struct {
        const char *name;
        int number, depth;
    } expected[] = {
        {"a.png", 1, 8}, {"b.jpg", 1, 8},         {"c.tif", 1, 1},
        {"c.tif", 2, 1}, {"c.tif", 3, 1},         {"d.pdf", 1, 1},
        {"d.pdf", 2, 1}, {"deep/er/e.PNG", 1, 1}, {"nameless", 1, 32},
    };

    folder_make(in_room(r, "deep/er"), &r->d);
    write_image(r, "a.png", 8, IFF_PNG);
    write_image(r, "b.jpg", 8, IFF_JFIF_JPEG);
    write_tiff(r, "c.tif", 3);
    write_pdf(r, "d.pdf", 2);
    write_image(r, "deep/er/e.PNG", 1, IFF_PNG);
    write_image(r, "nameless", 32, IFF_PNG);
    write_file(r, "truth.csv", "a,b\n", 4);
    write_file(r, ".hidden.png", "x", 1);
    assert_true(list(r, &in));
    assert_int_equal(r->d.errors, 0);
    assert_true(diag_has(&r->d, "skipped-file"));
    assert_int_equal(r->d.n, 2); /* truth.csv, and one hidden */
    assert_non_null(strstr(r->d.items[r->d.n - 1].what.en, "1 whose names"));
    assert_int_equal(in.n, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < in.n; i++) {
        PIX *pix = intake_decode(in.pages[i].file, in.pages[i].number, &r->d);

        assert_string_equal(in.pages[i].file, in_room(r, expected[i].name));
        assert_int_equal(in.pages[i].number, expected[i].number);
        assert_non_null(pix);
        assert_int_equal(pixGetDepth(pix), expected[i].depth);
        pixDestroy(&pix);
    }
}

static void a_scan_in_a_pdf_keeps_its_pixels(void **state)
{
    struct room *r = *state;
    PIX *before = sheet(1, 30), *after;
    int same = 0;

    write_pdf(r, "d.pdf", 2);
    after = intake_decode(in_room(r, "d.pdf"), 2, &r->d);
    assert_non_null(after);
    assert_int_equal(pixGetXRes(after), 200);
    pixEqual(before, after, &same);
    assert_true(same);
    pixDestroy(&before);
    pixDestroy(&after);
}

static void unequal_resolutions_survive(void **state)
{
    struct room *r = *state;
    PIX *fax = sheet(1, 0), *back;

    pixSetResolution(fax, 204, 98);
    pixWriteTiff(in_room(r, "fax.tif"), fax, IFF_TIFF_G4, "w");
    back = intake_decode(in_room(r, "fax.tif"), 1, &r->d);
    assert_int_equal(pixGetXRes(back), 204);
    assert_int_equal(pixGetYRes(back), 98);
    pixDestroy(&fax);
    pixDestroy(&back);
}

static void bad_files_are_named_and_the_rest_goes_on(void **state)
{
    struct room *r = *state;
    struct intake in;

    write_image(r, "good.png", 8, IFF_PNG);
    write_file(r, "text.png", "not a picture at all\n", 21);
    write_file(r, "empty.tif", "", 0);
    write_tiff(r, "many.tif", INTAKE_MAX_PAGES + 1);
    write_file(r, "cut.tif", "II*\0\x08", 5);
    assert_true(list(r, &in));
    assert_int_equal(in.n, 1);
    assert_int_equal(in.files, 5);
    assert_int_equal(in.refused, 4);
    assert_int_equal(r->d.errors, 4);
    assert_true(diag_has(&r->d, "not-an-image"));
    assert_true(diag_has(&r->d, "too-many-pages"));
    assert_true(diag_has(&r->d, "truncated-image"));
    assert_lines(&r->d);
}

static void an_empty_folder_is_said(void **state)
{
    struct room *r = *state;
    struct intake in;

    folder_make(in_room(r, "nothing/here"), &r->d);
    assert_false(list(r, &in));
    assert_true(diag_has(&r->d, "empty-folder"));
    assert_int_equal(r->d.errors, 1);
    assert_lines(&r->d);
}

static void an_encrypted_pdf_is_said(void **state)
{
    struct room *r = *state;
    struct intake in;
    const char *path = "fixtures/bad-scans/encrypted.pdf";

    assert_false(intake_list(&in, &path, 1, &r->mem, &r->d));
    assert_true(diag_has(&r->d, "encrypted-pdf"));
    assert_int_equal(r->d.errors, 1);
    assert_lines(&r->d);
}

static void a_broken_pdf_is_said(void **state)
{
    struct room *r = *state;
    struct intake in;

    write_file(r, "x.pdf", "%PDF-1.4\nthat is all\n", 21);
    assert_false(list(r, &in));
    assert_true(diag_has(&r->d, "unreadable-page"));
}

static void bad_pages_are_refused_before_decoding(void **state)
{
    struct room *r = *state;
    static const struct {
        const char *name, *check;
    } rows[] = {
        {"giant.png", "image-too-large"}, {"cut.png", "truncated-image"},
        {"cut.jpg", "truncated-image"},   {"cut.tif", "truncated-image"},
        {"noise.png", "unreadable-page"},
    };
    char noise[600] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x60\0\0\0\x60\x08"
                      "\0\0\0\0....\0\0\0\x04IDATabcd....\0\0\0\0IEND....";

    write_image(r, "a.png", 8, IFF_PNG);
    write_image(r, "a.jpg", 8, IFF_JFIF_JPEG);
    write_image(r, "a.tif", 8, IFF_TIFF);
    write_giant(r, "giant.png");
    cut_file(r, "a.png", "cut.png", 0.7);
    cut_file(r, "a.jpg", "cut.jpg", 0.7);
    cut_file(r, "a.tif", "cut.tif", 0.99);
    write_file(r, "noise.png", noise, 65);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct diag d = DIAG_INIT;

        assert_null(intake_decode(in_room(r, rows[i].name), 1, &d));
        if (!diag_has(&d, rows[i].check) || d.errors != 1)
            fail_msg("%s: %s", rows[i].name, d.n ? d.items[0].check : "-");
        assert_lines(&d);
        diag_release(&d);
    }
}

static void equal_pages_have_one_name(void **state)
{
    struct room *r = *state;
    char one[HASH_HEX], other[HASH_HEX], third[HASH_HEX];
    PIX *pix;

    write_tiff(r, "a.tif", 21);
    write_image(r, "b.png", 1, IFF_PNG);
    pix = intake_decode(in_room(r, "a.tif"), 1, &r->d);
    intake_hash(pix, one);
    pixDestroy(&pix);
    pix = intake_decode(in_room(r, "a.tif"), 21, &r->d);
    intake_hash(pix, other);
    pixDestroy(&pix);
    assert_string_equal(one, other);
    pix = intake_decode(in_room(r, "a.tif"), 2, &r->d);
    intake_hash(pix, third);
    pixDestroy(&pix);
    assert_string_not_equal(one, third);
}

static void a_stored_page_is_the_page(void **state)
{
    struct room *r = *state;
    static const int depths[] = {1, 8, 32};

    for (int i = 0; i < 3; i++) {
        PIX *pix = sheet(depths[i], i), *back;
        char before[HASH_HEX], after[HASH_HEX];
        const char *path;
        struct stat s;

        intake_hash(pix, before);
        assert_true(page_store(pix, before, r->folder, false, &r->d));
        path = page_stored_path(r->folder, before, &r->mem);
        assert_non_null(path);
        assert_int_equal(stat(path, &s), 0);
        assert_int_equal(s.st_mode & 0777, 0600);
        back = intake_decode(path, 1, &r->d);
        intake_hash(back, after);
        assert_string_equal(before, after);
        pixDestroy(&back);
        pixDestroy(&pix);
    }
}

#define IN_ROOM(test) \
    cmocka_unit_test_setup_teardown(test, room_open, room_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ROOM(every_format_gives_its_pages),
        IN_ROOM(a_scan_in_a_pdf_keeps_its_pixels),
        IN_ROOM(unequal_resolutions_survive),
        IN_ROOM(bad_files_are_named_and_the_rest_goes_on),
        IN_ROOM(an_empty_folder_is_said),
        IN_ROOM(an_encrypted_pdf_is_said),
        IN_ROOM(a_broken_pdf_is_said),
        IN_ROOM(bad_pages_are_refused_before_decoding),
        IN_ROOM(equal_pages_have_one_name),
        IN_ROOM(a_stored_page_is_the_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
