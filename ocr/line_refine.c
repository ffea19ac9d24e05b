/*
 * Moves a map onto the ruled lines: every few millimetres of every long line of
 * the form, the scan is searched across the line, and the map is fitted to what
 * was found; what lies far from the fit is left out of the next.
 */
#include "ocr/lines.h"

#include "ocr/map_fit.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdlib.h>

/* Between the places looked at, and free at a line's ends, tenths of a mm. */
#define STEP_TMM 40
#define END_TMM 20
/* Shorter lines are not in the view (LINE_MM in lines.c). */
#define LONG_TMM 110
/* Distance searched in each round, tenths of a mm: the first covers the bins
 * of the guess, the last tells neighbours apart. */
static const int reach_tmm[] = {28, 18, 10, 10};
enum { ROUNDS = sizeof reach_tmm / sizeof reach_tmm[0] };
/* Beyond this a place is an outlier, tenths of a mm. */
#define OUTLIER_TMM 4.0
/* Ties the map to the guess where a form has no lines: weak, 1 in 100 lines. */
#define ANCHOR_WEIGHT 0.01
#define ANCHORS 5

struct samples {
    struct map_point *points;
    size_t n;
};

static size_t line_steps(const struct form_line *l, int page)
{
    int length = abs(l->x2 - l->x1) + abs(l->y2 - l->y1);
    bool straight = abs(l->x2 - l->x1) <= 2 || abs(l->y2 - l->y1) <= 2;

    if (l->page != page || l->dotted || !straight || length < LONG_TMM)
        return 0;
    return (size_t)((length - 2 * END_TMM) / STEP_TMM) + 1;
}

static void add_line(struct samples *s, const struct form_line *l, size_t steps)
{
    bool across = abs(l->y2 - l->y1) <= 2;
    double x = l->x1 < l->x2 ? l->x1 : l->x2;
    double y = l->y1 < l->y2 ? l->y1 : l->y2;

    for (size_t i = 0; i < steps; i++) {
        double along = END_TMM + (double)i * STEP_TMM;

        s->points[s->n++] = (struct map_point){
            .x = across ? x + along : x,
            .y = across ? y : y + along,
            .axis = across ? MAP_Y : MAP_X,
        };
    }
}

static struct samples sample_form(const struct form_template *t, int page)
{
    struct samples s = {NULL, 0};
    size_t n = 0;

    for (size_t i = 0; i < t->n_lines; i++)
        n += line_steps(&t->lines[i], page);
    s.points = calloc(n + 2 * ANCHORS * ANCHORS, sizeof *s.points);
    for (size_t i = 0; s.points && i < t->n_lines; i++)
        add_line(&s, &t->lines[i], line_steps(&t->lines[i], page));
    return s;
}

/* Pins the map where it is now, at a grid over the sheet. */
static size_t add_anchors(struct map_point *out, const struct form_template *t,
                          const struct page_map *map)
{
    size_t n = 0;

    for (int i = 0; i < ANCHORS * ANCHORS; i++) {
        int column = i % ANCHORS, row = i / ANCHORS;
        double x = t->width * (double)column / (ANCHORS - 1), px;
        double y = t->height * (double)row / (ANCHORS - 1), py;

        page_point(map, x, y, &px, &py);
        out[n++] = (struct map_point){x, y, px, MAP_X, ANCHOR_WEIGHT};
        out[n++] = (struct map_point){x, y, py, MAP_Y, ANCHOR_WEIGHT};
    }
    return n;
}

static bool is_ink(const struct line_view *v, enum map_axis axis, int along,
                   int at)
{
    int x = axis == MAP_X ? at : along, y = axis == MAP_X ? along : at;
    PIX *mask = axis == MAP_X ? v->down : v->across;

    if (x < 0 || y < 0 || x >= v->width || y >= v->height)
        return false;
    return GET_DATA_BIT(pixGetData(mask) + (size_t)y * pixGetWpl(mask), x);
}

/* The middle of the line nearest to `at` on this row or column. */
static bool find_line(const struct line_view *v, enum map_axis axis, int along,
                      double at, int reach, double *found)
{
    int from = (int)floor(at) - reach, to = (int)floor(at) + reach;
    double best = reach + 1.0;

    for (int i = from; i <= to; i++) {
        int start = i;
        double middle;

        if (!is_ink(v, axis, along, i))
            continue;
        while (i <= to + reach && is_ink(v, axis, along, i))
            i++;
        middle = (start + i) / 2.0;
        if (fabs(middle - at) < best) {
            best = fabs(middle - at);
            *found = middle;
        }
    }
    return best <= reach;
}

static size_t observe(const struct line_view *v, struct samples *s,
                      const struct page_map *map, int reach)
{
    size_t found = 0;

    for (size_t i = 0; i < s->n; i++) {
        struct map_point *p = &s->points[i];
        double px, py;

        page_point(map, p->x, p->y, &px, &py);
        p->weight =
            find_line(v, p->axis, (int)floor(p->axis == MAP_X ? py : px),
                      p->axis == MAP_X ? px : py, reach, &p->at);
        found += p->weight > 0;
    }
    return found;
}

/* Leaves out what lies further from the fit than `limit` px. */
static void drop_outliers(struct samples *s, const struct page_map *map,
                          double limit)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->points[i].weight > 0 &&
            fabs(map_error(map, &s->points[i])) > limit)
            s->points[i].weight = 0;
}

static void measure(const struct samples *s, const struct page_map *map,
                    struct line_fit *fit)
{
    double sum = 0;
    size_t found = 0;

    for (size_t i = 0; i < s->n; i++) {
        if (s->points[i].weight <= 0)
            continue;
        found++;
        sum += fabs(map_error(map, &s->points[i]));
    }
    fit->n = s->n;
    fit->support = s->n ? (double)found / (double)s->n : 0;
    fit->residual = found ? sum / (double)found / map->px_per_tmm / 10 : 99;
}

/* Draws the line as an upright band of 2 mm: the scan is straight by now. */
static void draw_band(PIX *bands, const struct form_line *l,
                      const struct page_map *map)
{
    double x1, y1, x2, y2, around = 10 * map->px_per_tmm;

    page_point(map, l->x1, l->y1, &x1, &y1);
    page_point(map, l->x2, l->y2, &x2, &y2);
    pixRasterop(bands, (int)(fmin(x1, x2) - around),
                (int)(fmin(y1, y2) - around), (int)(fabs(x2 - x1) + 2 * around),
                (int)(fabs(y2 - y1) + 2 * around), PIX_SET, NULL, 0, 0);
}

/* Share of the scan's line ink that lies on the form's lines. */
static double share_explained(const struct line_view *v,
                              const struct form_template *t, int page,
                              const struct page_map *map)
{
    PIX *bands = pixCreate(v->width, v->height, 1);
    PIX *ink = pixOr(NULL, v->across, v->down);
    int all = 0, covered = 0;

    for (size_t i = 0; bands && i < t->n_lines; i++)
        if (line_steps(&t->lines[i], page))
            draw_band(bands, &t->lines[i], map);
    if (bands && ink) {
        pixCountPixels(ink, &all, NULL);
        pixAnd(bands, bands, ink);
        pixCountPixels(bands, &covered, NULL);
    }
    pixDestroy(&bands);
    pixDestroy(&ink);
    return all ? (double)covered / all : 0;
}

struct line_fit line_refine(const struct line_view *v,
                            const struct form_template *t, int page,
                            struct page_map *map)
{
    struct samples s = sample_form(t, page);
    struct line_fit fit = {0, 0, 99, 0};

    for (int round = 0; s.points && s.n && round < ROUNDS; round++) {
        int reach = (int)ceil(reach_tmm[round] * map->px_per_tmm);
        size_t anchors = add_anchors(s.points + s.n, t, map);

        observe(v, &s, map, reach);
        if (!map_solve(map, s.points, s.n + anchors))
            break;
        drop_outliers(&s, map, OUTLIER_TMM * map->px_per_tmm * (round ? 1 : 3));
        if (!map_solve(map, s.points, s.n + anchors))
            break;
        map_measure(map, t->width, t->height);
    }
    if (s.points && s.n) {
        measure(&s, map, &fit);
        fit.explained = share_explained(v, t, page, map);
    }
    free(s.points);
    return fit;
}
