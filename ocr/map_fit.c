#include "ocr/map_fit.h"

#include <math.h>
#include <string.h>

/* Unknowns are of one size when lengths are counted in thousands. */
#define UNIT 1000.0
enum { N = 8 };

/* Adds weight * row * rowᵀ to the normal equations. */
static void add_row(double m[N][N + 1], const double row[N + 1], double weight)
{
    for (int i = 0; i < N; i++)
        for (int j = 0; j <= N; j++)
            m[i][j] += weight * row[i] * row[j];
}

static void add_point(double m[N][N + 1], const struct map_point *p)
{
    double x = p->x / UNIT, y = p->y / UNIT, at = p->at / UNIT;
    double row[N + 1] = {0};
    int base = p->axis == MAP_X ? 0 : 3;

    row[base] = x;
    row[base + 1] = y;
    row[base + 2] = 1;
    row[6] = -at * x;
    row[7] = -at * y;
    row[N] = at;
    add_row(m, row, p->weight);
}

static void swap_rows(double *one, double *other)
{
    double keep[N + 1];

    memcpy(keep, one, sizeof keep);
    memcpy(one, other, sizeof keep);
    memcpy(other, keep, sizeof keep);
}

/* Gauss with pivots; the answers end in column N. */
static bool eliminate(double m[N][N + 1])
{
    for (int k = 0; k < N; k++) {
        int pivot = k;

        for (int i = k + 1; i < N; i++)
            if (fabs(m[i][k]) > fabs(m[pivot][k]))
                pivot = i;
        if (fabs(m[pivot][k]) < 1e-12)
            return false;
        swap_rows(m[k], m[pivot]);
        for (int i = 0; i < N; i++) {
            double f = m[i][k] / m[k][k];

            if (i == k)
                continue;
            for (int j = k; j <= N; j++)
                m[i][j] -= f * m[k][j];
        }
    }
    for (int k = 0; k < N; k++)
        m[k][N] /= m[k][k];
    return true;
}

bool map_solve(struct page_map *map, const struct map_point *points, size_t n)
{
    double m[N][N + 1] = {{0}};

    for (size_t i = 0; i < n; i++)
        if (points[i].weight > 0)
            add_point(m, &points[i]);
    if (!eliminate(m))
        return false;
    for (int i = 0; i < 6; i++)
        map->c[i] = m[i][N] * (i % 3 == 2 ? UNIT : 1);
    map->c[6] = m[6][N] / UNIT;
    map->c[7] = m[7][N] / UNIT;
    return true;
}

double map_error(const struct page_map *map, const struct map_point *point)
{
    double px, py;

    page_point(map, point->x, point->y, &px, &py);
    return point->at - (point->axis == MAP_X ? px : py);
}

struct page_map map_scaled(double px_per_tmm, double left, double top)
{
    return (struct page_map){
        .c = {px_per_tmm, 0, left, 0, px_per_tmm, top, 0, 0},
        .px_per_tmm = px_per_tmm,
    };
}

void map_invert(const struct page_map *map, double px, double py, double *x,
                double *y)
{
    const double *c = map->c;
    double a = c[0] - px * c[6], b = c[1] - px * c[7], u = px - c[2];
    double d = c[3] - py * c[6], e = c[4] - py * c[7], v = py - c[5];
    double det = a * e - b * d;

    *x = det != 0 ? (u * e - b * v) / det : 0;
    *y = det != 0 ? (a * v - u * d) / det : 0;
}

void map_magnify(struct page_map *map, double factor)
{
    for (int i = 0; i < 6; i++)
        map->c[i] *= factor;
    map->px_per_tmm *= factor;
}

void map_measure(struct page_map *map, double width, double height)
{
    double x1, y1, x2, y2, x3, y3;

    page_point(map, width / 2, height / 2, &x1, &y1);
    page_point(map, width / 2 + 10, height / 2, &x2, &y2);
    page_point(map, width / 2, height / 2 + 10, &x3, &y3);
    map->px_per_tmm = (hypot(x2 - x1, y2 - y1) + hypot(x3 - x1, y3 - y1)) / 20;
}
