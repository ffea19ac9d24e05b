/*
 * Fits a paper-to-scan map to what was observed. One observation says where
 * the paper point (x, y) lies on the scan along one axis: a horizontal line
 * only knows its y, a vertical one its x, a corner mark both (two
 * observations).
 */
#ifndef NYUSHO_OCR_MAP_FIT_H
#define NYUSHO_OCR_MAP_FIT_H

#include "ocr/page.h"

#include <stdbool.h>
#include <stddef.h>

enum map_axis { MAP_X, MAP_Y };

struct map_point {
    double x, y; /* tenths of a mm, on paper */
    double at;   /* px, along `axis` */
    enum map_axis axis;
    double weight; /* 0: left out */
};

/* Least squares, projective. False (map unchanged) when the observations do
 * not determine one. */
bool map_solve(struct page_map *map, const struct map_point *points, size_t n);
/* px the observation lies beyond what the map says. */
double map_error(const struct page_map *map, const struct map_point *point);
/* Paper to scan by scale and shift alone. */
struct page_map map_scaled(double px_per_tmm, double left, double top);
/* The paper point that lies at a scan point. */
void map_invert(const struct page_map *map, double px, double py, double *x,
                double *y);
/* The map of the same scan at `factor` times the size. */
void map_magnify(struct page_map *map, double factor);
/* Sets px_per_tmm from the middle of a sheet of this size. */
void map_measure(struct page_map *map, double width, double height);

#endif
