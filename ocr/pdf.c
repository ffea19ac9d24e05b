#include "ocr/pdf.h"

#include "ocr/child.h"
#include "ocr/intake.h"

#include <leptonica/allheaders.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Pages that hold no scan, or one of a strange resolution. */
#define DRAW_DPI 300
#define LEAST_DPI 100
#define MOST_DPI 600
/* Share of the page that its images cover when it is a scan. */
#define COVERED_SHARE 0.7

static const struct child_limits look_limits = {
    .seconds = 10, .memory_mib = 1024, .output_cap = 1 << 20};
static const struct child_limits draw_limits = {
    .seconds = 60,
    .memory_mib = 2048,
    .output_cap = (size_t)INTAKE_MAX_PIXELS * 3 + 64};

/* Reports what a poppler tool said. Returns false. */
static bool report(enum child_end end, const struct buf *err, struct pos at,
                   struct diag *d)
{
    if (end == CHILD_MISSING)
        return diag_error(d, at, "no-poppler",
                          "PDF を読むには poppler-utils をインストールして"
                          "ください",
                          "install poppler-utils to read PDF files");
    if (err->bytes && strstr(err->bytes, "Incorrect password"))
        return diag_error(d, at, "encrypted-pdf",
                          "PDF にパスワードが掛かっています。パスワードを"
                          "外して保存し直してください",
                          "the PDF needs a password: save it without one");
    if (end == CHILD_STOPPED)
        return diag_error(d, at, "unreadable-page",
                          "PDF の処理が時間または記憶域の上限を超えました",
                          "the PDF took more time or memory than allowed");
    return diag_error(d, at, "unreadable-page",
                      "PDF が壊れています。作成し直してください",
                      "the PDF is damaged: make it again");
}

/* A path that no tool takes for an option. */
static const char *plain_path(const char *path, struct arena *a)
{
    return path[0] == '-' ? arena_printf(a, "./%s", path) : path;
}

/* Runs `tool -f n -l n [more…] path`; number 0: the whole file. */
static bool run(const char *tool, const char *const *more, const char *path,
                int number, const struct child_limits *limits, struct buf *out,
                struct pos at, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    struct buf err = BUF_INIT;
    char *page = arena_printf(&mem, "%d", number);
    const char *argv[16];
    size_t n = 0;
    enum child_end end;
    bool ok;

    argv[n++] = tool;
    if (number) {
        argv[n++] = "-f";
        argv[n++] = page;
        argv[n++] = "-l";
        argv[n++] = page;
    }
    while (more && *more)
        argv[n++] = *more++;
    argv[n++] = plain_path(path, &mem);
    argv[n] = NULL;
    end = child_run((char *const *)argv, limits, out, &err);
    ok = end == CHILD_DONE || report(end, &err, at, d);
    buf_release(&err);
    arena_release(&mem);
    return ok;
}

/* The text after `key` at the start of a line. */
static const char *line_value(const char *text, const char *key)
{
    for (const char *at = text; at; at = strchr(at, '\n')) {
        at += *at == '\n';
        if (strncmp(at, key, strlen(key)) == 0)
            return at + strlen(key);
    }
    return NULL;
}

int pdf_count(const char *path, struct diag *d)
{
    struct buf out = BUF_INIT;
    const char *pages;
    int n = 0;

    if (run("pdfinfo", NULL, path, 0, &look_limits, &out, POS_FILE(path), d)) {
        pages = out.bytes ? line_value(out.bytes, "Pages:") : NULL;
        n = pages ? (int)strtol(pages, NULL, 10) : 0;
        if (n <= 0)
            report(CHILD_FAILED, &out, POS_FILE(path), d);
    }
    buf_release(&out);
    return n > 0 ? n : 0;
}

struct scan_kind {
    int dpi;
    bool colour, bilevel;
};

/* One row of pdfimages -list. */
struct image_row {
    char type[16], space[16], coding[16], smooth[16];
    int page, n, width, height, parts, bits, object, id, xres, yres;
};

static bool parse_row(const char *line, struct image_row *r)
{
    return sscanf(line, "%d %d %15s %d %d %15s %d %d %15s %15s %d %d %d %d",
                  &r->page, &r->n, r->type, &r->width, &r->height, r->space,
                  &r->parts, &r->bits, r->coding, r->smooth, &r->object, &r->id,
                  &r->xres, &r->yres) == 14 &&
           r->xres > 0 && r->yres > 0 && strstr(r->type, "mask") == NULL;
}

/* A page covered by images is a scan: the finest image rules. Any other page
 * is drawn. `area` is that of the page, in square inches. */
static struct scan_kind kind_of(const char *table, double area)
{
    struct scan_kind k = {0, false, true};
    double covered = 0;

    for (const char *line = table; line; line = strchr(line, '\n')) {
        struct image_row r;

        line += *line == '\n';
        if (!parse_row(line, &r))
            continue;
        covered += (double)r.width / r.xres * r.height / r.yres;
        k.colour = k.colour || r.parts >= 3;
        k.bilevel = k.bilevel && r.bits == 1 && r.parts == 1;
        k.dpi = r.xres > k.dpi ? r.xres : k.dpi;
        k.dpi = r.yres > k.dpi ? r.yres : k.dpi;
    }
    if (covered < area * COVERED_SHARE)
        return (struct scan_kind){DRAW_DPI, true, false};
    if (k.dpi < LEAST_DPI || k.dpi > MOST_DPI)
        return (struct scan_kind){DRAW_DPI, k.colour, false};
    return k;
}

/* Sides of the page in inches; false, and said, when there are none. */
static bool page_size(const char *path, int number, double *w, double *h,
                      struct pos at, struct diag *d)
{
    struct buf out = BUF_INIT;
    const char *size;
    bool ok = run("pdfinfo", NULL, path, number, &look_limits, &out, at, d);

    if (ok) {
        size = out.bytes ? strstr(out.bytes, " size:") : NULL;
        ok = (size && sscanf(size, " size: %lf x %lf", w, h) == 2 && *w > 0 &&
              *h > 0 && *w < 1e6 && *h < 1e6) ||
             report(CHILD_FAILED, &out, at, d);
        *w /= 72;
        *h /= 72;
    }
    buf_release(&out);
    return ok;
}

/* A row of grey or colour as Leptonica keeps it. */
static void keep_row(l_uint32 *line, const uint8_t *from, int w, int parts)
{
    for (int x = 0; x < w; x++, from += parts)
        if (parts == 1)
            SET_DATA_BYTE(line, x, *from);
        else
            composeRGBPixel(from[0], from[1], from[2], &line[x]);
}

/* The one picture that pdftoppm writes: P5 (grey) or P6 (colour), a byte a
 * value. Leptonica's reader fetches each byte through a stream of its own,
 * which took as long as finding the form. */
static PIX *picture(const struct buf *b)
{
    int w = 0, h = 0, most = 0, head = 0, parts;
    char kind = 0;
    PIX *pix;

    if (!b->bytes ||
        sscanf(b->bytes, "P%c %d %d %d%n", &kind, &w, &h, &most, &head) != 4 ||
        (kind != '5' && kind != '6') || most != 255 || w <= 0 || h <= 0)
        return NULL;
    parts = kind == '5' ? 1 : 3;
    if ((uint64_t)w * (uint64_t)h > INTAKE_MAX_PIXELS ||
        b->len <= (size_t)head ||
        b->len - (size_t)head - 1 < (size_t)w * (size_t)h * (size_t)parts)
        return NULL;
    pix = pixCreate(w, h, parts == 1 ? 8 : 32);
    for (int y = 0; pix && y < h; y++)
        keep_row(pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix),
                 (const uint8_t *)b->bytes + head + 1 +
                     (size_t)y * (size_t)w * (size_t)parts,
                 w, parts);
    return pix;
}

static PIX *draw(const char *path, int number, const struct scan_kind *kind,
                 struct pos at, struct diag *d)
{
    char dpi[16];
    const char *options[] = {"-r", dpi, kind->colour ? NULL : "-gray", NULL};
    struct buf out = BUF_INIT;
    PIX *pix = NULL, *bilevel;

    snprintf(dpi, sizeof dpi, "%d", kind->dpi);
    if (run("pdftoppm", options, path, number, &draw_limits, &out, at, d)) {
        pix = picture(&out);
        if (!pix)
            report(CHILD_FAILED, &out, at, d);
    }
    buf_release(&out);
    if (pix && kind->bilevel && pixGetDepth(pix) == 8) {
        bilevel = pixThresholdToBinary(pix, 128);
        pixDestroy(&pix);
        pix = bilevel;
    }
    if (pix)
        pixSetResolution(pix, kind->dpi, kind->dpi);
    return pix;
}

struct Pix *pdf_decode(const char *path, int number, struct pos at,
                       struct diag *d)
{
    static const char *const list[] = {"-list", NULL};
    struct buf out = BUF_INIT;
    struct scan_kind kind;
    double w = 0, h = 0;
    PIX *pix = NULL;

    if (page_size(path, number, &w, &h, at, d) &&
        run("pdfimages", list, path, number, &look_limits, &out, at, d)) {
        kind = kind_of(out.bytes, w * h);
        if (intake_check_size((uint64_t)(w * kind.dpi),
                              (uint64_t)(h * kind.dpi), at, d))
            pix = draw(path, number, &kind, at, d);
    }
    buf_release(&out);
    return pix;
}
