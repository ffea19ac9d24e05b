#include "ocr/keystone.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdlib.h>

/* Lines are looked for at about this resolution: quick, and letters of a row
 * are not yet one. */
#define VIEW_DPI 90
/* Shorter straight ink says little of a direction. */
#define LINE_MM 20.0
/* Straight ink this long is what lines are pieced together from. */
#define PIECE_MM 9.0
/* Thicker is no ruled line but a row of letters, or a black edge; it is looked
 * for with so many px of thickness added. */
#define THICKEST_MM 1.0
#define THICKENED 2
/* Lines each way, and how far apart, as a share of the page. */
#define LINES_LEAST 6
#define SPREAD_LEAST 0.15
/* Steeper than this is no line of a page that is about straight. */
#define SLOPE_MOST 0.08
/* Lines whose slope differs from the others' by more are left out. */
#define OUTLIER 0.004
/* A box of 60 mm bears a lean of 0.3 mm. */
#define LEAN_LEAST 0.005

enum { LINES_MOST = 2000, ROUNDS = 4 };

/* A line as y = at + slope x, x and y from the middle of the page (for the
 * upright ones x and y change places). */
struct line {
    double at, slope, weight;
};

struct lines {
    struct line items[LINES_MOST];
    int n;
};

/* Least squares over the black pixels of a component. */
struct sums {
    double n, x, y, xx, xy;
};

static struct sums sum_pixels(PIX *pix, double left, double top)
{
    struct sums s = {0, 0, 0, 0, 0};
    int w = pixGetWidth(pix), h = pixGetHeight(pix), wpl = pixGetWpl(pix);

    for (int y = 0; y < h; y++) {
        const l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)wpl;

        for (int x = 0; x < w; x++) {
            if (!GET_DATA_BIT(line, x))
                continue;
            s.n++;
            s.x += left + x;
            s.y += top + y;
            s.xx += (left + x) * (left + x);
            s.xy += (left + x) * (top + y);
        }
    }
    return s;
}

static void add_line(struct lines *out, PIX *pix, const BOX *box,
                     const PIX *page, double dpi)
{
    l_int32 left, top, w, h;
    struct sums s;
    double spread, slope;

    boxGetGeometry((BOX *)box, &left, &top, &w, &h);
    if (w < LINE_MM * dpi / 25.4 || out->n == LINES_MOST)
        return;
    s = sum_pixels(pix, left - pixGetWidth((PIX *)page) / 2.0,
                   top - pixGetHeight((PIX *)page) / 2.0);
    spread = s.n * s.xx - s.x * s.x;
    if (s.n > w * (THICKEST_MM * dpi / 25.4 + THICKENED) || spread <= 0)
        return;
    slope = (s.n * s.xy - s.x * s.y) / spread;
    if (fabs(slope) > SLOPE_MOST)
        return;
    out->items[out->n++] =
        (struct line){(s.y - slope * s.x) / s.n, slope, (double)w * w};
}

/* Every ruled line that lies on `view`. */
static void find_lines(struct lines *out, PIX *view, double dpi)
{
    PIX *thick = pixDilateBrick(NULL, view, 1, 1 + THICKENED);
    int piece = (int)(PIECE_MM * dpi / 25.4);
    PIX *straight = thick ? pixOpenBrick(NULL, thick, piece, 1) : NULL;
    PIXA *pieces = NULL;
    BOXA *boxes = straight ? pixConnComp(straight, &pieces, 8) : NULL;

    out->n = 0;
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        PIX *pix = pixaGetPix(pieces, i, L_CLONE);
        BOX *box = boxaGetBox(boxes, i, L_CLONE);

        add_line(out, pix, box, view, dpi);
        pixDestroy(&pix);
        boxDestroy(&box);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&pieces);
    pixDestroy(&straight);
    pixDestroy(&thick);
}

/* How lines of one way run: slope = lean + turn * at. */
struct run {
    double lean, turn;
    int n;
};

static bool is_kept(const struct line *l, const struct run *r, double limit)
{
    return fabs(l->slope - r->lean - r->turn * l->at) <= limit;
}

/* One round of weighted least squares over the lines within `limit`. */
static struct run fit_run(const struct lines *lines, const struct run *last,
                          double limit, double extent)
{
    double w = 0, a = 0, s = 0, aa = 0, as = 0, spread;
    struct run out = {0, 0, 0};

    for (int i = 0; i < lines->n; i++) {
        const struct line *l = &lines->items[i];

        if (!is_kept(l, last, limit))
            continue;
        out.n++;
        w += l->weight;
        a += l->weight * l->at;
        s += l->weight * l->slope;
        aa += l->weight * l->at * l->at;
        as += l->weight * l->at * l->slope;
    }
    if (out.n == 0)
        return out;
    spread = aa / w - a / w * (a / w);
    if (out.n >= LINES_LEAST &&
        spread > SPREAD_LEAST * SPREAD_LEAST * extent * extent)
        out.turn = (as / w - a / w * (s / w)) / spread;
    out.lean = (s - out.turn * a) / w;
    return out;
}

static int by_slope(const void *one, const void *other)
{
    const struct line *a = one, *b = other;

    return (a->slope > b->slope) - (a->slope < b->slope);
}

/* Begins with the middle slope, so that a row of letters or a pen stroke
 * cannot pull. */
static struct run run_of(struct lines *lines, double extent)
{
    struct run r = {0, 0, 0};

    if (lines->n < LINES_LEAST)
        return r;
    qsort(lines->items, (size_t)lines->n, sizeof lines->items[0], by_slope);
    r.lean = lines->items[lines->n / 2].slope;
    for (int i = 0; i < ROUNDS; i++)
        r = fit_run(lines, &r, i ? OUTLIER : 10 * OUTLIER, extent);
    return r;
}

/* The most that the lines of one way lean between the page's edges. */
static double most_lean(const struct run *r, double extent)
{
    return fabs(r->lean) + fabs(r->turn) * extent / 2;
}

/*
 * Lines that meet in (1, lean, -turn) and in (lean', 1, -turn') are laid
 * parallel again by the map that sends the two points of infinity there and
 * leaves the middle in its place.
 */
static void bend_of(const struct run *across, const struct run *down,
                    double width, double height, double bend[8])
{
    double cx = width / 2, cy = height / 2;
    double u = -across->turn, v = -down->turn;
    double a[3] = {1 + cx * u, down->lean + cx * v, 0};
    double b[3] = {across->lean + cy * u, 1 + cy * v, 0};
    double one = 1 - u * cx - v * cy;

    a[2] = cx - a[0] * cx - a[1] * cy;
    b[2] = cy - b[0] * cx - b[1] * cy;
    for (int i = 0; i < 3; i++) {
        bend[i] = a[i] / one;
        bend[3 + i] = b[i] / one;
    }
    bend[6] = u / one;
    bend[7] = v / one;
}

void keystone_point(const double bend[8], double *x, double *y)
{
    double w = bend[6] * *x + bend[7] * *y + 1;
    double px = (bend[0] * *x + bend[1] * *y + bend[2]) / w;

    *y = (bend[3] * *x + bend[4] * *y + bend[5]) / w;
    *x = px;
}

/* Small enough to be quick; a black pixel stays black. */
static PIX *small_view(PIX *ink, int dpi, double *view_dpi)
{
    PIX *out = pixClone(ink);

    for (*view_dpi = dpi; out && *view_dpi / 2 >= VIEW_DPI * 0.8;
         *view_dpi /= 2) {
        PIX *half = pixReduceRankBinary2(out, 1, NULL);

        pixDestroy(&out);
        out = half;
    }
    return out;
}

bool keystone_find(struct Pix *ink, int dpi, double bend[8])
{
    double view_dpi = dpi, w = pixGetWidth(ink), h = pixGetHeight(ink), scale;
    PIX *view = small_view(ink, dpi, &view_dpi);
    PIX *side = view ? pixFlipLR(NULL, view) : NULL;
    PIX *turned = side ? pixRotateOrth(side, 3) : NULL;
    struct lines *lines = calloc(1, sizeof *lines);
    struct run across = {0, 0, 0}, down = {0, 0, 0};
    bool found = false;

    if (view && turned && lines) {
        find_lines(lines, view, view_dpi);
        across = run_of(lines, pixGetHeight(view));
        find_lines(lines, turned, view_dpi);
        down = run_of(lines, pixGetWidth(view));
        found = across.n >= LINES_LEAST && down.n >= LINES_LEAST &&
                fmax(most_lean(&across, pixGetHeight(view)),
                     most_lean(&down, pixGetWidth(view))) > LEAN_LEAST;
        scale = view_dpi / dpi;
        across.turn *= scale;
        down.turn *= scale;
        bend_of(&across, &down, w, h, bend);
    }
    free(lines);
    pixDestroy(&turned);
    pixDestroy(&side);
    pixDestroy(&view);
    return found;
}
