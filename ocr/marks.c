#include "ocr/marks.h"

#include "ocr/map_fit.h"

#include <leptonica/allheaders.h>
#include <math.h>

/* Of a mark's side: what survives an opening is solid. */
#define SOLID_SHARE 0.6
/* A mark's sides may be this much smaller or larger: blur, threshold, a print
 * scaled to fit. */
#define SIDE_LEAST 0.7
#define SIDE_MOST 1.35
#define FILL_LEAST 0.80
/* Prints are scaled by up to this, a sheet seen from the side may be smaller in
 * one direction; the code beside the marks must be read before any of it is
 * believed. */
#define SCALE_TOLERANCE 0.12
#define SHAPE_TOLERANCE 0.07
#define SQUARE_TOLERANCE 0.02

static void keep_mark(struct marks *out, PIX *ink, const BOX *box, double side)
{
    l_int32 x, y, w, h, count = 0;
    PIX *crop;
    BOX *around;

    boxGetGeometry((BOX *)box, &x, &y, &w, &h);
    if (out->n == MARKS_MOST || w < side * SIDE_LEAST ||
        h < side * SIDE_LEAST || w > side * SIDE_MOST || h > side * SIDE_MOST)
        return;
    around = boxCreate(x, y, w, h);
    crop = pixClipRectangle(ink, around, NULL);
    if (crop)
        pixCountPixels(crop, &count, NULL);
    if (count >= w * h * FILL_LEAST)
        out->items[out->n++] = (struct mark){x + w / 2.0, y + h / 2.0};
    pixDestroy(&crop);
    boxDestroy(&around);
}

void marks_find(struct marks *out, struct Pix *ink, int dpi, int32_t side)
{
    double px = side * dpi / 254.0;
    int brick = (int)(px * SOLID_SHARE);
    PIX *solid = pixOpenCompBrick(NULL, ink, brick, brick);
    BOXA *boxes = solid ? pixConnCompBB(solid, 8) : NULL;

    out->n = 0;
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        BOX *box = boxaGetBox(boxes, i, L_CLONE);

        keep_mark(out, ink, box, px);
        boxDestroy(&box);
    }
    boxaDestroy(&boxes);
    pixDestroy(&solid);
}

void marks_turn(struct marks *out, const struct marks *from, int degrees,
                int width, int height)
{
    out->n = from->n;
    for (size_t i = 0; i < from->n; i++) {
        struct mark m = from->items[i];

        if (degrees == 90)
            out->items[i] = (struct mark){height - m.y, m.x};
        else if (degrees == 180)
            out->items[i] = (struct mark){width - m.x, height - m.y};
        else if (degrees == 270)
            out->items[i] = (struct mark){m.y, width - m.x};
        else
            out->items[i] = m;
    }
}

/* Middles of the four marks on paper: left top, right top, left bottom, right
 * bottom. */
static void paper_marks(const struct form_template *t, struct mark out[4])
{
    double in = t->mark_inset + t->mark_size / 2.0;

    for (int i = 0; i < 4; i++)
        out[i] = (struct mark){i & 1 ? t->width - in : in,
                               i & 2 ? t->height - in : in};
}

/* Three marks as an affine map: `corner` is between the two others. */
static bool affine(const struct mark paper[4], int corner,
                   const struct mark *at, const struct mark *beside,
                   const struct mark *below, struct page_map *map)
{
    const struct mark *p = &paper[corner];
    const struct mark *pb = &paper[corner ^ 1], *pl = &paper[corner ^ 2];
    double ax = (beside->x - at->x) / (pb->x - p->x);
    double ay = (beside->y - at->y) / (pb->x - p->x);
    double bx = (below->x - at->x) / (pl->y - p->y);
    double by = (below->y - at->y) / (pl->y - p->y);
    double along = hypot(ax, ay), down = hypot(bx, by);

    *map = (struct page_map){
        .c = {ax, bx, at->x - ax * p->x - bx * p->y, ay, by,
              at->y - ay * p->x - by * p->y, 0, 0},
        .px_per_tmm = (along + down) / 2,
    };
    return fabs(along / down - 1) < SHAPE_TOLERANCE && ax > 0 && by > 0 &&
           fabs(ax * bx + ay * by) < SQUARE_TOLERANCE * along * down;
}

static const struct mark *nearest(const struct marks *m, double x, double y,
                                  double reach)
{
    const struct mark *best = NULL;

    for (size_t i = 0; i < m->n; i++) {
        double away = hypot(m->items[i].x - x, m->items[i].y - y);

        if (away < reach) {
            reach = away;
            best = &m->items[i];
        }
    }
    return best;
}

/* The fourth mark, where the other three say it must be, makes the map
 * projective. */
static int add_fourth(const struct marks *m, const struct mark paper[4],
                      struct page_map *map)
{
    struct map_point points[8];
    size_t n = 0;

    for (int i = 0; i < 4; i++) {
        double px, py;
        const struct mark *found;

        page_point(map, paper[i].x, paper[i].y, &px, &py);
        found = nearest(m, px, py, 40 * map->px_per_tmm);
        if (!found)
            return 3;
        points[n++] =
            (struct map_point){paper[i].x, paper[i].y, found->x, MAP_X, 1};
        points[n++] =
            (struct map_point){paper[i].x, paper[i].y, found->y, MAP_Y, 1};
    }
    return map_solve(map, points, n) ? 4 : 3;
}

/* Every pair that could be the two marks beside and below `at`. */
static int fit_corner(const struct marks *m, const struct mark paper[4],
                      int corner, const struct mark *at, double scale,
                      struct page_map *best, int best_n)
{
    double wide = fabs(paper[1].x - paper[0].x) * scale;
    double high = fabs(paper[2].y - paper[0].y) * scale;
    double beside_x = at->x + (corner & 1 ? -wide : wide);
    double below_y = at->y + (corner & 2 ? -high : high);

    for (size_t i = 0; i < m->n; i++) {
        const struct mark *b = &m->items[i];

        if (hypot(b->x - beside_x, b->y - at->y) > wide * SCALE_TOLERANCE)
            continue;
        for (size_t k = 0; k < m->n; k++) {
            const struct mark *l = &m->items[k];
            struct page_map map;
            int n;

            if (hypot(l->x - at->x, l->y - below_y) > high * SCALE_TOLERANCE ||
                !affine(paper, corner, at, b, l, &map))
                continue;
            n = add_fourth(m, paper, &map);
            if (n > best_n) {
                best_n = n;
                *best = map;
            }
        }
    }
    return best_n;
}

int marks_fit(const struct marks *m, const struct form_template *t, int dpi,
              struct page_map *map)
{
    struct mark paper[4];
    double scale = dpi / 254.0;
    int best = 0;

    paper_marks(t, paper);
    for (int corner = 0; corner < 4 && best < 4; corner++)
        for (size_t i = 0; i < m->n && best < 4; i++)
            best = fit_corner(m, paper, corner, &m->items[i], scale, map, best);
    if (best)
        map_measure(map, t->width, t->height);
    return best;
}
