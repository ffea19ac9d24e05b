#include "ocr_pages.h"

#include "core/file.h"

#include <assert.h>
#include <math.h>

/* Fontconfig keeps what it has read of the fonts until the process ends. */
const char *__lsan_default_suppressions(void); /* NOLINT: the name is LSan's */
const char *__lsan_default_suppressions(void)  /* NOLINT */
{
    return "leak:libfontconfig\n";
}

static const char *const ids[] = {"application", "cover",
                                  "employment-certificate"};

void test_forms_load(struct test_forms *f)
{
    struct diag d = DIAG_INIT;
    size_t len;
    const char *bytes;

    *f = (struct test_forms){.mem = ARENA_INIT};
    bytes = file_read("rules/dictionary.yaml", 1 << 20, &f->mem, &len, &d);
    assert(bytes);
    if (!dictionary_load(&f->dict, bytes, len, "dictionary.yaml", &f->mem, &d))
        diag_print(&d, 0, LANG_EN, stderr);
    for (int i = 0; i < 3; i++) {
        bytes = form_shipped(ids[i], &len);
        assert(bytes);
        if (!form_load(&f->items[i], bytes, len, ids[i], &f->dict, &f->mem, &d))
            diag_print(&d, 0, LANG_EN, stderr);
        f->list[i] = &f->items[i];
    }
    assert(d.errors == 0);
    diag_release(&d);
}

void test_forms_release(struct test_forms *f)
{
    arena_release(&f->mem);
}

PIX *test_page_draw(const struct form_template *t, int page, int dpi,
                    const struct form_qr *qr)
{
    struct arena mem = ARENA_INIT;
    struct form_image image;
    PIX *pix;

    form_render(t, page, dpi, qr, &image, &mem);
    pix = pixCreate(image.width, image.height, 8);
    for (int y = 0; y < image.height; y++)
        for (int x = 0; x < image.width; x++)
            SET_DATA_BYTE(pixGetData(pix) + (size_t)y * pixGetWpl(pix), x,
                          image.pixels[(size_t)y * image.stride + x]);
    pixSetResolution(pix, dpi, dpi);
    arena_release(&mem);
    return pix;
}

/* The same numbers on every machine. */
static unsigned next_random(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void paint(PIX *pix, double x, double y, double w, double h, int value)
{
    BOX *box = boxCreate((int)x, (int)y, (int)w, (int)h);

    pixSetInRectArbitrary(pix, box, (l_uint32)value);
    boxDestroy(&box);
}

static void hide(PIX *pix, const struct form_template *t,
                 const struct spoil *how)
{
    double px = how->dpi / 254.0;
    double side = (t->mark_size + 20) * px, in = (t->mark_inset - 10) * px;

    for (int i = 0; i < 4; i++)
        if (how->hidden_marks & (1 << i))
            paint(pix, i & 1 ? pixGetWidth(pix) - in - side : in,
                  i & 2 ? pixGetHeight(pix) - in - side : in, side, side, 255);
    if (how->hide_qr)
        paint(pix, t->qr.left * px, t->qr.top * px, t->qr.width * px,
              t->qr.height * px, 255);
}

static void add_noise(PIX *pix, const struct spoil *how)
{
    unsigned seed = 7;
    int w = pixGetWidth(pix), h = pixGetHeight(pix);

    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            l_uint32 *line = pixGetData(pix) + (size_t)y * pixGetWpl(pix);
            int v = GET_DATA_BYTE(line, x);

            if (how->faint)
                v = 255 - (255 - v) * how->faint / 100;
            if (how->gradient)
                v = v * (100 - 45 * x / w) / 100;
            if (how->shadow && x < w / 40)
                v = 20;
            if (how->noise)
                v += (int)(next_random(&seed) % (unsigned)(2 * how->noise)) -
                     how->noise;
            if (how->specks &&
                next_random(&seed) % 10000 < (unsigned)how->specks)
                v = v > 127 ? 0 : 255;
            SET_DATA_BYTE(line, x, v < 0 ? 0 : v > 255 ? 255 : v);
        }
}

static PIX *add_stamp(PIX *pix)
{
    PIX *colour = pixConvert8To32(pix);
    int side = pixGetWidth(pix) / 6;

    for (int y = side * 2; y < side * 3; y++)
        for (int x = side * 2; x < side * 3; x++) {
            l_uint32 *at =
                pixGetData(colour) + (size_t)y * pixGetWpl(colour) + x;
            int r, g, b;

            extractRGBValues(*at, &r, &g, &b);
            composeRGBPixel(r * 220 / 255, g * 40 / 255, b * 40 / 255, at);
        }
    pixCopyResolution(colour, pix);
    pixDestroy(&pix);
    return colour;
}

/* The right half of the sheet is further away than the left. */
static PIX *bend(PIX *pix, double percent)
{
    double w = pixGetWidth(pix), h = pixGetHeight(pix), by = percent / 100;
    PTA *from = ptaCreate(4), *to = ptaCreate(4);
    PIX *out;

    for (int i = 0; i < 4; i++) {
        double x = i & 1 ? w : 0, y = i & 2 ? h : 0;
        double in = i & 1 ? by : by / 2;

        ptaAddPt(from, (l_float32)x, (l_float32)y);
        ptaAddPt(to, (l_float32)(i & 1 ? x - w * in : x + w * in),
                 (l_float32)(i & 2 ? y - h * in : y + h * in));
    }
    out = pixProjectivePta(pix, to, from, L_BRING_IN_WHITE);
    ptaDestroy(&from);
    ptaDestroy(&to);
    pixDestroy(&pix);
    return out;
}

static PIX *crop(PIX *pix, double percent)
{
    int dx = (int)(pixGetWidth(pix) * percent / 100);
    int dy = (int)(pixGetHeight(pix) * percent / 100);
    BOX *box = boxCreate(dx, dy, pixGetWidth(pix) - 2 * dx,
                         pixGetHeight(pix) - 2 * dy);
    PIX *out = pixClipRectangle(pix, box, NULL);

    boxDestroy(&box);
    pixDestroy(&pix);
    return out;
}

PIX *test_page_spoil(PIX *page, const struct form_template *t,
                     const struct spoil *how)
{
    PIX *out = page, *next;

    hide(out, t, how);
    if (how->scale > 0) {
        next = pixScale(out, (float)how->scale, (float)how->scale);
        pixDestroy(&out);
        out = pixAddBorderGeneral(
            next, 0, (int)(pixGetWidth(next) * (1 / how->scale - 1)), 0,
            (int)(pixGetHeight(next) * (1 / how->scale - 1)), 255);
        pixDestroy(&next);
    }
    if (how->thin_gone) {
        next = pixCloseGray(out, 5, 5);
        pixDestroy(&out);
        out = next;
    }
    if (how->bend > 0)
        out = bend(out, how->bend);
    if (how->crop > 0)
        out = crop(out, how->crop);
    if (how->skew != 0) {
        next = pixRotateAMGray(out, (float)(how->skew * M_PI / 180), 255);
        pixDestroy(&out);
        out = next;
    }
    add_noise(out, how);
    if (how->turned) {
        next = pixRotateOrth(out, how->turned / 90);
        pixDestroy(&out);
        out = next;
    }
    if (how->bilevel) {
        next = pixThresholdToBinary(out, 150);
        pixDestroy(&out);
        out = next;
    }
    if (how->stamp)
        out = add_stamp(out);
    pixSetResolution(out, how->no_dpi ? 0 : how->dpi,
                     how->no_dpi ? 0 : how->dpi);
    return out;
}
