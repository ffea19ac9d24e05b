#include "ocr/clean.h"

#include "ocr/keystone.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdlib.h>

/* A4, in inches. */
#define PAPER_LONG (297 / 25.4)
#define PAPER_SHORT (210 / 25.4)
/* Under this a tick box is 10 px and small print is gone. */
#define LOWEST_DPI 100
/* Standard fax is 204 x 98. */
#define FAX_DPI 90
/* More than this only costs time: letters are scaled to 28 px anyway. */
#define WORKING_DPI 300
#define HIGHEST_DPI 340
/* Leptonica is sure of itself from here on; under it the page has no lines
 * (a photograph, a blank sheet) and stays as it is. */
#define SKEW_CONFIDENCE 3.0
#define SKEW_LEAST 0.05
#define SKEW_MOST 12.0
/* More is swept than is believed: near the edge of the sweep Leptonica can be
 * sure of a wrong angle. */
#define SKEW_SWEEP 15.0f
/* Red enough to be a stamp: red above the other two by this much. */
#define STAMP_RED 40
/* Share of pixels (in 1/10000) with colour that make a colour scan. */
#define COLOUR_SHARE 2
/* The light is measured at this part of the size. */
#define LIGHT_SCALE 8
/* Solid ink may be this wide and is not taken for paper: corner marks are 6 mm,
 * bars of a heading 8. */
#define SOLID_MM 9.0
/* Nothing printed or written is smaller than this, in mm. */
#define SPECK_MM 0.2

/* Between A5 and A3. */
static bool is_paper(double wide, double high)
{
    double l = fmax(wide, high), s = fmin(wide, high);

    return l > PAPER_LONG * 0.6 && l < PAPER_LONG * 1.5 &&
           s > PAPER_SHORT * 0.5 && s < PAPER_SHORT * 1.5;
}

void scan_resolution(struct Pix *scan, double *x, double *y, bool *given)
{
    double w = pixGetWidth(scan), h = pixGetHeight(scan);

    *x = pixGetXRes(scan);
    *y = pixGetYRes(scan) > 0 ? pixGetYRes(scan) : *x;
    *given = *x >= 72 && *y >= 72 && *x <= 1300 && *y <= 1300 &&
             is_paper(w / *x, h / *y);
    if (!*given)
        *x = *y = round(fmax(w, h) / PAPER_LONG);
}

static bool has_colour(PIX *rgb)
{
    int w = pixGetWidth(rgb), h = pixGetHeight(rgb), wpl = pixGetWpl(rgb);
    const l_uint32 *data = pixGetData(rgb);
    int64_t seen = 0, coloured = 0;

    for (int y = 0; y < h; y += 3)
        for (int x = 0; x < w; x += 3) {
            int r, g, b;

            extractRGBValues(data[(size_t)y * wpl + x], &r, &g, &b);
            seen++;
            coloured += abs(r - g) > STAMP_RED || abs(g - b) > STAMP_RED ||
                        abs(r - b) > STAMP_RED;
        }
    return coloured * 10000 > seen * COLOUR_SHARE;
}

/* Red ink is as light as paper in the red channel, and where it crosses black
 * the red channel still shows the black. */
static PIX *grey_without_red(PIX *rgb)
{
    int w = pixGetWidth(rgb), h = pixGetHeight(rgb);
    PIX *grey = pixCreate(w, h, 8);
    int wpl = pixGetWpl(rgb), out_wpl;
    const l_uint32 *data = pixGetData(rgb);
    l_uint32 *out;

    if (!grey)
        return NULL;
    out = pixGetData(grey);
    out_wpl = pixGetWpl(grey);
    for (int y = 0; y < h; y++) {
        const l_uint32 *from = data + (size_t)y * wpl;
        l_uint32 *to = out + (size_t)y * out_wpl;

        for (int x = 0; x < w; x++) {
            int r, g, b, value;

            extractRGBValues(from[x], &r, &g, &b);
            value = r - (g > b ? g : b) > STAMP_RED
                        ? r
                        : (r * 77 + g * 150 + b * 29) >> 8;
            SET_DATA_BYTE(to, x, value);
        }
    }
    pixCopyResolution(grey, rgb);
    return grey;
}

/* Grey of any scan, NULL when it cannot be converted. Colour serves only to
 * tell stamps from ink: it is four times the memory and not kept. */
static PIX *to_grey(PIX *scan)
{
    PIX *plain = pixRemoveColormap(scan, REMOVE_CMAP_BASED_ON_SRC);
    PIX *grey = NULL;

    if (plain && pixGetDepth(plain) == 32)
        grey = has_colour(plain)
                   ? grey_without_red(plain)
                   : pixConvertRGBToGray(plain, 0.3f, 0.59f, 0.11f);
    else if (plain)
        grey = pixConvertTo8(plain, 0);
    pixDestroy(&plain);
    return grey;
}

static void replace(PIX **old, PIX *fresh)
{
    if (!fresh)
        return;
    pixDestroy(old);
    *old = fresh;
}

/* Square pixels, not more of them than are of use. */
static void rescale(struct page *p, double xres, double yres)
{
    double dpi =
        fmax(xres, yres) > HIGHEST_DPI ? WORKING_DPI : round(fmax(xres, yres));
    double sx = dpi / xres, sy = dpi / yres;
    int w = pixGetWidth(p->grey), h = pixGetHeight(p->grey);

    p->dpi = (int)dpi;
    if (fabs(sx - 1) > 0.001 || fabs(sy - 1) > 0.001)
        replace(&p->grey, pixScale(p->grey, (float)sx, (float)sy));
    p->origin.scale_x = (double)pixGetWidth(p->grey) / w;
    p->origin.scale_y = (double)pixGetHeight(p->grey) / h;
}

/* Where ink begins: nearer to paper than to the darkest ink, since thin lines
 * at 150 dpi and ballpoint are both pale. Paper is 255. */
static int ink_threshold(PIX *grey)
{
    NUMA *counts = pixGetGrayHistogram(grey, 4);
    double total = 0, sum = 0;
    int dark = 0, threshold;

    if (!counts)
        return 170;
    for (int i = 0; i < 256; i++) {
        l_float32 n = 0;

        numaGetFValue(counts, i, &n);
        total += n;
    }
    for (; dark < 255; dark++) {
        l_float32 n = 0;

        numaGetFValue(counts, dark, &n);
        sum += n;
        if (sum > total * 0.005)
            break;
    }
    numaDestroy(&counts);
    threshold = 255 - (255 - dark) * 35 / 100;
    return threshold < 140 ? 140 : threshold > 215 ? 215 : threshold;
}

/* Solid black from the edge inwards: the scanner's lid, the shadow of a fold.
 * Found at an eighth of the size, where lines and letters are gone. */
static void drop_black_edges(struct page *p)
{
    PIX *small = pixReduceRankBinaryCascade(p->ink, 2, 3, 3, 0);
    PIX *seed = NULL, *mask = NULL;
    int w, h, black = 0;

    if (!small)
        return;
    w = pixGetWidth(small);
    h = pixGetHeight(small);
    seed = pixCopy(NULL, small);
    if (w > 8 && h > 8)
        pixRasterop(seed, 2, 2, w - 4, h - 4, PIX_CLR, NULL, 0, 0);
    seed = pixSeedfillBinary(seed, seed, small, 8);
    pixCountPixels(seed, &black, NULL);
    if (black > 0 && black < w * h * 4 / 10) {
        mask = pixExpandReplicate(seed, 8);
        replace(&mask, pixAddBorderGeneral(mask, 0, 7, 0, 7, 0));
        replace(&mask, pixDilateBrick(NULL, mask, 25, 25));
        pixSetMasked(p->grey, mask, 255);
        pixSubtract(p->ink, p->ink, mask);
    }
    pixDestroy(&mask);
    pixDestroy(&seed);
    pixDestroy(&small);
}

static void undo_skew(struct page *p)
{
    l_float32 angle = 0, confidence = 0;

    p->origin.skew = 0;
    if (pixFindSkewSweepAndSearch(p->ink, &angle, &confidence, 4, 2, SKEW_SWEEP,
                                  1.0f, 0.01f) != 0 ||
        confidence < SKEW_CONFIDENCE || fabsf(angle) < SKEW_LEAST ||
        fabsf(angle) > SKEW_MOST)
        return;
    replace(&p->grey,
            pixRotateAMGray(p->grey, (float)(angle * M_PI / 180), 255));
    p->origin.skew = angle;
}

static void undo_bend(struct page *p)
{
    l_float32 bend[8];

    p->origin.bent = keystone_find(p->ink, p->dpi, p->origin.bend);
    if (!p->origin.bent)
        return;
    for (int i = 0; i < 8; i++)
        bend[i] = (l_float32)p->origin.bend[i];
    replace(&p->grey, pixProjectiveGray(p->grey, bend, 255));
}

static void drop_specks(struct page *p)
{
    int side = (int)(p->dpi * SPECK_MM / 25.4);
    PIX *kept, *specks;

    side = side < 1 ? 1 : side;
    kept = pixSelectBySize(p->ink, side, side, 8, L_SELECT_IF_EITHER,
                           L_SELECT_IF_GT, NULL);
    if (!kept)
        return;
    specks = pixSubtract(NULL, p->ink, kept);
    replace(&specks, pixDilateBrick(NULL, specks, 3, 3));
    pixSubtract(specks, specks, kept);
    pixSetMasked(p->grey, specks, 255);
    pixDestroy(&specks);
    replace(&p->ink, kept);
}

/*
 * What the paper would be without ink: the lightest within a few millimetres,
 * at an eighth of the size. Unlike a fixed grey that parts ink from paper, it
 * holds for faint ink and in deep shadow alike.
 */
static PIX *paper_level(PIX *grey, int dpi)
{
    int small_dpi = dpi / LIGHT_SCALE;
    int side = (int)(small_dpi * SOLID_MM / 25.4) | 1;
    PIX *small = pixScaleSmooth(grey, 1.0f / LIGHT_SCALE, 1.0f / LIGHT_SCALE);
    PIX *paper = NULL;

    if (small)
        paper = pixCloseGray(small, side, side);
    if (paper)
        replace(&paper, pixBlockconvGray(paper, NULL, side / 2, side / 2));
    if (paper) /* the rim that an eighth does not divide */
        replace(&paper, pixAddMirroredBorder(paper, 0, 1, 0, 1));
    pixDestroy(&small);
    return paper;
}

static void even_light(struct page *p)
{
    PIX *paper = paper_level(p->grey, p->dpi);
    PIX *inverse = paper ? pixGetInvBackgroundMap(paper, 255, 0, 0) : NULL;

    if (inverse)
        replace(&p->grey, pixApplyInvBackgroundGrayMap(
                              p->grey, inverse, LIGHT_SCALE, LIGHT_SCALE));
    pixDestroy(&inverse);
    pixDestroy(&paper);
}

bool page_clean(struct page *p, struct Pix *scan, struct pos at, struct diag *d)
{
    bool bilevel = pixGetDepth(scan) == 1, given;
    double xres, yres;
    int threshold = 128;

    scan_resolution(scan, &xres, &yres, &given);
    p->origin.width = pixGetWidth(scan);
    p->origin.height = pixGetHeight(scan);
    if (fmax(xres, yres) < LOWEST_DPI || fmin(xres, yres) < FAX_DPI)
        return diag_error(d, at, "resolution-too-low",
                          "解像度が低すぎます (%d dpi)。200〜300 dpi で"
                          "スキャンし直してください",
                          "the resolution is too low (%d dpi): scan again at "
                          "200 to 300 dpi",
                          (int)fmin(xres, yres));
    p->grey = to_grey(scan);
    if (!p->grey)
        return diag_error(d, at, "unreadable-page",
                          "画像を読み取れません。スキャンし直してください",
                          "the image cannot be converted: scan the page again");
    rescale(p, xres, yres);
    if (!bilevel) {
        even_light(p);
        threshold = ink_threshold(p->grey);
    }
    p->ink = pixThresholdToBinary(p->grey, threshold);
    drop_black_edges(p);
    undo_skew(p);
    replace(&p->ink, pixThresholdToBinary(p->grey, threshold));
    undo_bend(p);
    if (p->origin.bent)
        replace(&p->ink, pixThresholdToBinary(p->grey, threshold));
    drop_specks(p);
    pixSetResolution(p->grey, p->dpi, p->dpi);
    pixSetResolution(p->ink, p->dpi, p->dpi);
    return p->ink != NULL;
}
