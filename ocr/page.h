/*
 * A page made ready for reading: upright, evened, its form known and aligned.
 * locate.c makes it; the field readers (mark, ring, digit, text) take it.
 * Field rectangles are mapped to the scan; the scan is never warped to the
 * form.
 */
#ifndef NYUSHO_OCR_PAGE_H
#define NYUSHO_OCR_PAGE_H

#include "ocr/forms/template.h"
#include "ocr/reading.h"

#include <stdbool.h>

struct Pix;

/* Paper to scan: a projective map fitted to the whole page. */
struct page_map {
    double c[8]; /* x' = (c0 x + c1 y + c2) / (c6 x + c7 y + 1), y' likewise;
                    x, y in tenths of a mm, x', y' in px */
    double px_per_tmm;
};

/* From the page as stored to the upright page: scaled to square pixels, turned
 * by `skew` about its middle, its lines laid parallel, then turned by
 * `rotation`. */
struct page_origin {
    int width, height;       /* of the page as stored, px */
    double scale_x, scale_y; /* working px per stored px */
    double skew;             /* degrees clockwise that were undone */
    bool bent;               /* its lines were not parallel (keystone.h) */
    double bend[8];
};

struct page {
    struct Pix *grey;  /* 8 bpp, upright, background evened to 255, red
                          stamps dropped where there was colour */
    struct Pix *ink;   /* 1 bpp of grey: 1 = ink */
    struct Pix *blank; /* 1 bpp, same size: ink the empty form prints, mapped
                          onto this scan and thickened by the residual */
    int dpi;
    const struct form_template *form;
    int number; /* page of the form, from 1 */
    struct page_map map;
    int residual; /* hundredths of a mm */
    int rotation; /* degrees the scan was turned clockwise to stand upright:
                     0 90 180 270 */
    struct page_origin origin;
    struct form_qr qr;
};
#define PAGE_INIT ((struct page){.number = 0})

void page_release(struct page *p);

/* One point of the paper, in px: pixel i covers i to i + 1. */
void page_point(const struct page_map *map, double x, double y, double *px,
                double *py);
/* By the page's map alone. */
struct rect_px page_rect(const struct page_map *map, struct rect_tmm r);
/* By the map, then fitted to the frame lines found around the box itself
 * (within 1.5 mm); the map's answer where there is no frame. */
struct rect_px page_fit(const struct page *p, struct rect_tmm r);
/* The same place on the page as stored: the smallest upright rectangle around
 * it, cut to the page. */
struct rect_px page_stored_rect(const struct page *p, struct rect_px r);
/* Is all of it on the page that was scanned? Half a millimetre may be missing.
 */
bool page_holds(const struct page *p, struct rect_px r);

#endif
