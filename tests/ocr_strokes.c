#include "ocr_strokes.h"

#include <math.h>

double pen_random(struct pen *p)
{
    p->state = p->state * 1664525u + 1013904223u;
    return (p->state >> 8) / 16777216.0;
}

double pen_wobble(struct pen *p)
{
    return 2 * pen_random(p) - 1;
}

static void darken(PIX *pix, int x, int y, double share, int black)
{
    l_uint32 *line;
    int old, ink;

    if (x < 0 || y < 0 || x >= pixGetWidth(pix) || y >= pixGetHeight(pix))
        return;
    line = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
    old = GET_DATA_BYTE(line, x);
    ink = (int)(255 - (255 - black) * share);
    if (ink < old)
        SET_DATA_BYTE(line, x, ink);
}

static void dot(struct pen *p, double x, double y)
{
    double r = p->width * p->px / 2;

    for (int iy = (int)(y - r - 1); iy <= (int)(y + r + 1); iy++)
        for (int ix = (int)(x - r - 1); ix <= (int)(x + r + 1); ix++) {
            double share = r + 0.5 - hypot(ix + 0.5 - x, iy + 0.5 - y);

            if (share > 0)
                darken(p->page, ix, iy, share > 1 ? 1 : share, p->black);
        }
}

void pen_line(struct pen *p, double x0, double y0, double x1, double y1)
{
    double length = hypot(x1 - x0, y1 - y0) * p->px;
    int n = (int)(length * 2) + 1;

    for (int i = 0; i <= n; i++)
        dot(p, (x0 + (x1 - x0) * i / n) * p->px,
            (y0 + (y1 - y0) * i / n) * p->px);
}

/* A line with a slight bend. */
static void stroke(struct pen *p, double x0, double y0, double x1, double y1)
{
    double mx = (x0 + x1) / 2 + pen_wobble(p) * 1.5;
    double my = (y0 + y1) / 2 + pen_wobble(p) * 1.5;

    pen_line(p, x0, y0, mx, my);
    pen_line(p, mx, my, x1, y1);
}

static void fill(struct pen *p, double x, double y, double side)
{
    int n = (int)(side / (p->width * 0.6));

    for (int i = 0; i <= n; i++)
        pen_line(p, x + pen_wobble(p), y + side * i / n,
                 x + side + pen_wobble(p), y + side * i / n);
}

void pen_tick(struct pen *p, enum hand_mark kind, struct rect_tmm box)
{
    double s = box.width, size = s * (0.75 + 0.45 * pen_random(p));
    double x = box.left + s / 2 + s * 0.13 * pen_wobble(p);
    double y = box.top + s / 2 + s * 0.13 * pen_wobble(p);
    double tail = kind == HAND_LONG ? 1.3 : 0.6, h = size / 2;

    if (kind == HAND_CHECK || kind == HAND_LONG) {
        stroke(p, x - h, y - h * 0.1, x - h * 0.15, y + h * 0.8);
        stroke(p, x - h * 0.15, y + h * 0.8, x + size * tail, y - size * tail);
    } else if (kind == HAND_CROSS) {
        stroke(p, x - h, y - h, x + h, y + h);
        stroke(p, x + h, y - h, x - h, y + h);
    } else if (kind == HAND_FILL) {
        fill(p, box.left + 1, box.top + 1, s - 2);
    } else {
        stroke(p, x - h * 1.2, y + h * 1.2, x + h * 1.2, y - h * 1.2);
    }
}

void pen_ring(struct pen *p, struct rect_tmm word, double off, double open)
{
    double rx = word.width / 2.0 + 8 + 12 * pen_random(p);
    double ry = word.height / 2.0 + 6 + 10 * pen_random(p);
    double cx = word.left + word.width / 2.0 + rx * off * pen_wobble(p);
    double cy = word.top + word.height / 2.0 + ry * off * pen_wobble(p);
    double from = 6.2832 * pen_random(p), turn = 6.2832 * (1 - open);
    double bulge = 0.06 * pen_wobble(p), phase = 6.2832 * pen_random(p);
    double drift = 0.08 * pen_wobble(p), px = 0, py = 0;

    for (int i = 0; i <= 60; i++) {
        double a = from + turn * i / 60;
        double r = 1 + bulge * sin(2 * a + phase) + drift * i / 60;
        double x = cx + rx * r * cos(a), y = cy + ry * r * sin(a);

        if (i > 0)
            pen_line(p, px, py, x, y);
        px = x;
        py = y;
    }
}

void pen_strike(struct pen *p, struct rect_tmm box, double beyond)
{
    double y = box.top + box.height / 2.0, lean = 2 * pen_wobble(p);

    for (int i = -1; i <= 1; i += 2)
        pen_line(p, box.left - beyond, y + 5 * i - lean,
                 box.left + box.width + beyond, y + 5 * i + lean);
}

void pen_scribble(struct pen *p, struct rect_tmm box)
{
    double x = box.left, y = box.top, s = box.width;

    for (int i = 0; i < 7; i++) {
        double from = x + s * i / 7, to = x + s * (i + 1) / 7;

        pen_line(p, from, y - s * 0.25 + pen_wobble(p) * 3, to,
                 y + s * 1.25 + pen_wobble(p) * 3);
        pen_line(p, to, y + s * 1.25 + pen_wobble(p) * 3, to,
                 y - s * 0.25 + pen_wobble(p) * 3);
    }
}
