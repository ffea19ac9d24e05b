#include "ocr/page.h"

#include "ocr/keystone.h"

#include <leptonica/allheaders.h>
#include <math.h>

#define PI 3.14159265358979323846
/* Less of a box than this may be missing at the edge: its frame. */
#define OFF_PAGE_MM 0.5

void page_release(struct page *p)
{
    pixDestroy(&p->grey);
    pixDestroy(&p->ink);
    pixDestroy(&p->blank);
}

void page_point(const struct page_map *map, double x, double y, double *px,
                double *py)
{
    const double *c = map->c;
    double w = c[6] * x + c[7] * y + 1;

    *px = (c[0] * x + c[1] * y + c[2]) / w;
    *py = (c[3] * x + c[4] * y + c[5]) / w;
}

/* The smallest rectangle of whole pixels around four points. */
static struct rect_px around(const double x[4], const double y[4])
{
    double left = x[0], right = x[0], top = y[0], bottom = y[0];
    struct rect_px r;

    for (int i = 1; i < 4; i++) {
        left = fmin(left, x[i]);
        right = fmax(right, x[i]);
        top = fmin(top, y[i]);
        bottom = fmax(bottom, y[i]);
    }
    r.left = (int32_t)lround(left);
    r.top = (int32_t)lround(top);
    r.width = (int32_t)lround(right) - r.left;
    r.height = (int32_t)lround(bottom) - r.top;
    return r;
}

struct rect_px page_rect(const struct page_map *map, struct rect_tmm r)
{
    double x[4], y[4];

    for (int i = 0; i < 4; i++)
        page_point(map, r.left + (i & 1 ? r.width : 0),
                   r.top + (i & 2 ? r.height : 0), &x[i], &y[i]);
    return around(x, y);
}

/* Undoes the turn by quarters: a point of the upright page, `width` x `height`
 * before it was turned. */
static void unturn(int rotation, double width, double height, double *x,
                   double *y)
{
    double ux = *x, uy = *y;

    if (rotation == 90) {
        *x = uy;
        *y = height - ux;
    } else if (rotation == 180) {
        *x = width - ux;
        *y = height - uy;
    } else if (rotation == 270) {
        *x = width - uy;
        *y = ux;
    }
}

static int32_t clamp(int32_t v, int32_t high)
{
    if (v < 0)
        return 0;
    return v > high ? high : v;
}

/* The corners of a rectangle of the upright page, on the page as stored. */
static void stored_corners(const struct page *p, struct rect_px r, double x[4],
                           double y[4])
{
    const struct page_origin *o = &p->origin;
    double width = o->width * o->scale_x, height = o->height * o->scale_y;
    double s = sin(o->skew * PI / 180), c = cos(o->skew * PI / 180);

    for (int i = 0; i < 4; i++) {
        double ux = r.left + (i & 1 ? r.width : 0);
        double uy = r.top + (i & 2 ? r.height : 0);
        double dx, dy;

        unturn(p->rotation, width, height, &ux, &uy);
        if (o->bent)
            keystone_point(o->bend, &ux, &uy);
        dx = ux - width / 2;
        dy = uy - height / 2;
        x[i] = (width / 2 + dx * c + dy * s) / o->scale_x;
        y[i] = (height / 2 - dx * s + dy * c) / o->scale_y;
    }
}

struct rect_px page_stored_rect(const struct page *p, struct rect_px r)
{
    const struct page_origin *o = &p->origin;
    double x[4], y[4];
    struct rect_px out;
    int32_t right, bottom;

    stored_corners(p, r, x, y);
    out = around(x, y);
    right = clamp(out.left + out.width, o->width);
    bottom = clamp(out.top + out.height, o->height);
    out.left = clamp(out.left, o->width);
    out.top = clamp(out.top, o->height);
    out.width = right - out.left;
    out.height = bottom - out.top;
    return out;
}

bool page_holds(const struct page *p, struct rect_px r)
{
    double x[4], y[4], play = OFF_PAGE_MM * p->dpi / 25.4;

    stored_corners(p, r, x, y);
    for (int i = 0; i < 4; i++)
        if (x[i] < -play || y[i] < -play || x[i] > p->origin.width + play ||
            y[i] > p->origin.height + play)
            return false;
    return true;
}
