#include "ocr/lines.h"

#include "ocr/map_fit.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Shorter straight ink is a letter or a tick box. */
#define LINE_MM 9.0
/* Above this dpi the view is half the size. */
#define FULL_VIEW_DPI 220
/* Profiles have one bin per half millimetre. */
#define BIN_TMM 5
#define BINS 1000
/* Prints are scaled by a driver's "fit to page", scans by a worn roller, and a
 * sheet seen from the side is smaller: up to 1.045. */
#define SCALE_LEAST 0.900
#define SCALE_STEP 0.0025
enum { SCALES = 59 };
/* Width and height may be scaled apart: by a feeder that slips, or a sheet that
 * was seen from the side. Each 1 % costs so much of the score. */
#define APART_COST 1.0
/* How far the sheet may lie from where the scan's edge says, in bins. */
#define SHIFT_MOST 60

bool line_view_make(struct line_view *v, struct Pix *ink, int dpi,
                    int *reduction)
{
    PIX *small = NULL, *thick = NULL;
    double scale = dpi / 254.0;
    int length;

    *reduction = dpi > FULL_VIEW_DPI ? 2 : 1;
    small =
        *reduction == 2 ? pixReduceRankBinary2(ink, 1, NULL) : pixClone(ink);
    if (!small)
        return false;
    scale /= *reduction;
    length = (int)(LINE_MM * 10 * scale);
    *v = (struct line_view){
        .width = pixGetWidth(small),
        .height = pixGetHeight(small),
        .px_per_tmm = scale,
    };
    /* A line of one px that climbs breaks into steps; one px of thickness
     * across it joins them. */
    thick = pixDilateBrick(NULL, small, 1, 3);
    v->across = pixOpenCompBrickDwa(NULL, thick, length, 1);
    pixDestroy(&thick);
    thick = pixDilateBrick(NULL, small, 3, 1);
    v->down = pixOpenCompBrickDwa(NULL, thick, 1, length);
    pixDestroy(&thick);
    pixDestroy(&small);
    if (v->across && v->down)
        return true;
    line_view_release(v);
    return false;
}

bool line_view_turn(struct line_view *v, const struct line_view *from,
                    int degrees)
{
    bool crossed = degrees == 90 || degrees == 270;
    PIX *across = crossed ? from->down : from->across;
    PIX *down = crossed ? from->across : from->down;

    *v = *from;
    v->rotation = (from->rotation + degrees) % 360;
    v->width = crossed ? from->height : from->width;
    v->height = crossed ? from->width : from->height;
    v->across = pixRotateOrth(across, degrees / 90);
    v->down = pixRotateOrth(down, degrees / 90);
    if (v->across && v->down)
        return true;
    line_view_release(v);
    return false;
}

void line_view_release(struct line_view *v)
{
    pixDestroy(&v->across);
    pixDestroy(&v->down);
}

int line_view_ink(const struct line_view *v)
{
    int across = 0, down = 0;

    pixCountPixels(v->across, &across, NULL);
    pixCountPixels(v->down, &down, NULL);
    return across + down;
}

struct profile {
    float bins[BINS]; /* length of line at each place, tenths of a mm */
    float total;
};

static void profile_add(struct profile *p, double at, double length)
{
    int bin = (int)floor(at / BIN_TMM);

    if (bin < 0 || bin >= BINS)
        return;
    p->bins[bin] += (float)length;
    p->total += (float)length;
}

static bool is_across(const struct form_line *l)
{
    return abs(l->y2 - l->y1) <= 2;
}

static bool is_down(const struct form_line *l)
{
    return abs(l->x2 - l->x1) <= 2;
}

static bool is_long(const struct form_line *l)
{
    return !l->dotted &&
           abs(l->x2 - l->x1) + abs(l->y2 - l->y1) >= (int)(LINE_MM * 10) + 10;
}

static void template_profile(const struct form_template *t, int page,
                             enum map_axis axis, struct profile *p)
{
    memset(p, 0, sizeof *p);
    for (size_t i = 0; i < t->n_lines; i++) {
        const struct form_line *l = &t->lines[i];

        if (l->page != page || !is_long(l))
            continue;
        if (axis == MAP_Y && is_across(l))
            profile_add(p, l->y1, abs(l->x2 - l->x1));
        else if (axis == MAP_X && is_down(l))
            profile_add(p, l->x1, abs(l->y2 - l->y1));
    }
}

/* px of line in every row (MAP_Y) or column (MAP_X) of the view. */
static NUMA *view_counts(const struct line_view *v, enum map_axis axis)
{
    return axis == MAP_Y ? pixCountPixelsByRow(v->across, NULL)
                         : pixCountPixelsByColumn(v->down);
}

/* The counts as a profile, as if the scan were `scale` times its size; a line
 * is spread over its neighbours, for the shift is found in whole bins. */
static void view_profile(const NUMA *counts, double px_per_tmm,
                         struct profile *p)
{
    int n = numaGetCount((NUMA *)counts);
    struct profile sharp;

    memset(&sharp, 0, sizeof sharp);
    memset(p, 0, sizeof *p);
    for (int i = 0; i < n; i++) {
        l_float32 pixels = 0;

        numaGetFValue((NUMA *)counts, i, &pixels);
        /* A line is about 3 px thick here; what counts is its length. */
        profile_add(&sharp, (i + 0.5) / px_per_tmm, pixels / px_per_tmm / 3.0);
    }
    for (int i = 0; i < BINS; i++) {
        float before = i > 0 ? sharp.bins[i - 1] : 0;
        float after = i + 1 < BINS ? sharp.bins[i + 1] : 0;

        p->bins[i] = sharp.bins[i] + before + after;
        p->total += sharp.bins[i];
    }
}

/* Share of lines that two profiles have in common with this shift. */
static double overlap(const struct profile *form, const int *used, int n_used,
                      const struct profile *scan, int shift)
{
    double common = 0;

    for (int k = 0; k < n_used; k++) {
        int at = used[k] + shift;

        if (at >= 0 && at < BINS)
            common += fminf(form->bins[used[k]], scan->bins[at]);
    }
    return 2 * common / (form->total + scan->total + 1);
}

static double best_shift(const struct profile *form, const struct profile *scan,
                         int *shift)
{
    int used[BINS], n_used = 0;
    double best = -1;

    for (int i = 0; i < BINS; i++)
        if (form->bins[i] > 0)
            used[n_used++] = i;
    for (int s = -SHIFT_MOST; s <= SHIFT_MOST; s++) {
        double score = overlap(form, used, n_used, scan, s);

        if (score > best) {
            best = score;
            *shift = s;
        }
    }
    return best;
}

/* How well the lines of one way fit at each scale, and with which shift. */
struct scale_fit {
    double score[SCALES];
    int shift[SCALES];
};

static double scale_at(int i)
{
    return SCALE_LEAST + i * SCALE_STEP;
}

static void fit_scales(const struct line_view *v, const struct form_template *t,
                       int page, enum map_axis axis, struct scale_fit *out)
{
    struct profile form, scan;
    NUMA *counts = view_counts(v, axis);

    *out = (struct scale_fit){.score = {0}};
    template_profile(t, page, axis, &form);
    for (int i = 0; counts && i < SCALES; i++) {
        view_profile(counts, v->px_per_tmm * scale_at(i), &scan);
        out->score[i] = best_shift(&form, &scan, &out->shift[i]);
    }
    numaDestroy(&counts);
}

double line_guess(const struct line_view *v, const struct form_template *t,
                  int page, struct page_map *map)
{
    struct scale_fit x, y;
    double best = 0;

    fit_scales(v, t, page, MAP_X, &x);
    fit_scales(v, t, page, MAP_Y, &y);
    for (int i = 0; i < SCALES; i++)
        for (int k = 0; k < SCALES; k++) {
            double apart = fabs(scale_at(i) / scale_at(k) - 1);
            double score = x.score[i] * y.score[k] * (1 - apart * APART_COST);
            double px = v->px_per_tmm * scale_at(i);
            double py = v->px_per_tmm * scale_at(k);

            if (score <= best)
                continue;
            best = score;
            *map = map_scaled((px + py) / 2, 0, 0);
            map->c[0] = px;
            map->c[2] = x.shift[i] * BIN_TMM * px;
            map->c[4] = py;
            map->c[5] = y.shift[k] * BIN_TMM * py;
        }
    return sqrt(best);
}
