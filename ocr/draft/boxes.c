/*
 * Closed rectangles: white inside, with a straight wall on each of four sides.
 * By their size they are cells of a table, cells of a digit each, or boxes to
 * be ticked; the last two come in one size on a form, which tells them from the
 * insides of 口 and 日.
 */
#include "ocr/draft/draft.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>

/* Sides of what is looked for, tenths of a mm. */
#define TICK_LEAST 13
#define TICK_MOST 65
#define DIGIT_W_LEAST 30
#define DIGIT_W_MOST 100
#define DIGIT_H_LEAST 45
#define DIGIT_H_MOST 130
#define CELL_W_LEAST 50
#define CELL_H_LEAST 30
/* Two of one kind differ by this at most, and by so many px: an edge that was
 * turned or is ragged is one px off. */
#define ALIKE 4
#define ALIKE_PX 4
/* This share of a side must be wall, per cent. */
#define WALL 88
/* A wall is at most this thick. */
#define WALL_MOST 10
/* Gaps of a worn line; less than what lies between two cells. */
#define HEAL 6
#define HEAL_PX_LEAST 3
#define EDGE_PX 2
#define FAINT 205 /* darker than this is ink, of 255 */
/* The size that comes most often must come this often to mean anything. */
#define OFTEN 2

struct hole {
    struct rect_tmm box; /* middle of the frame */
    bool empty;
};

struct holes {
    struct hole *items;
    size_t n;
    int32_t alike; /* tenths of a mm */
};

/* How thick the wall is that begins at this side of the hole, px; 0 when less
 * than WALL of it is there. (dx, dy) leads outwards. */
static int wall(PIX *ink, const BOX *hole, int dx, int dy, int most)
{
    l_int32 x, y, w, h;
    boxGetGeometry((BOX *)hole, &x, &y, &w, &h);
    int n = dx ? h : w, there = 0, thick = 0;
    for (int i = 0; i < n; i++) {
        int px = dx > 0 ? x + w : dx < 0 ? x - 1 : x + i;
        int py = dy > 0 ? y + h : dy < 0 ? y - 1 : y + i;
        int run = 0;
        l_uint32 v = 0;
        /* A pixel of slack for a line that climbs. */
        for (int k = 0; k < most + 2; k++) {
            if (pixGetPixel(ink, px + k * dx, py + k * dy, &v) != 0)
                break;
            if (v)
                run++;
            else if (run || k > 2)
                break;
        }
        there += run > 0;
        thick += run;
    }
    return there * 100 < n * WALL || !there ? 0 : (thick + there / 2) / there;
}

/* The frame's inner edge is not smooth where a scan was turned: what lies
 * within EDGE_PX of it is frame. */
static bool is_empty(PIX *ink, const BOX *hole)
{
    l_int32 x, y, w, h, n = 0;
    boxGetGeometry((BOX *)hole, &x, &y, &w, &h);
    BOX *inner =
        boxCreate(x + EDGE_PX, y + EDGE_PX, w - 2 * EDGE_PX, h - 2 * EDGE_PX);
    PIX *inside = inner ? pixClipRectangle(ink, inner, NULL) : NULL;
    if (inside)
        pixCountPixels(inside, &n, NULL);
    pixDestroy(&inside);
    boxDestroy(&inner);
    return n * 200 < w * h;
}

static bool take_hole(PIX *ink, const struct draft_scale *s, const BOX *hole,
                      struct hole *out)
{
    l_int32 x, y, w, h;
    int most = draft_px(s, WALL_MOST);
    boxGetGeometry((BOX *)hole, &x, &y, &w, &h);
    if (w < draft_px(s, TICK_LEAST) - 1 || h < draft_px(s, TICK_LEAST) - 1)
        return false;
    int left = wall(ink, hole, -1, 0, most),
        right = wall(ink, hole, 1, 0, most);
    int above = wall(ink, hole, 0, -1, most),
        below = wall(ink, hole, 0, 1, most);
    if (!left || !right || !above || !below)
        return false;
    double l = x - left / 2.0, t = y - above / 2.0;
    out->box.left = draft_tmm(s, l);
    out->box.top = draft_tmm(s, t);
    out->box.width = draft_tmm(s, x + w + right / 2.0 - l);
    out->box.height = draft_tmm(s, y + h + below / 2.0 - t);
    out->empty = is_empty(ink, hole);
    return true;
}

static int by_place(const void *one, const void *other)
{
    const struct hole *a = one, *b = other;
    int c = (a->box.top > b->box.top) - (a->box.top < b->box.top);
    return c ? c : (a->box.left > b->box.left) - (a->box.left < b->box.left);
}

/* A worn line has gaps; they are closed along it, and where it climbs. */
static PIX *heal(PIX *ink, const struct draft_scale *s)
{
    int gap = draft_px(s, HEAL);
    gap = gap < HEAL_PX_LEAST ? HEAL_PX_LEAST : gap;
    PIX *both = pixCloseSafeBrick(NULL, ink, gap, 1);
    PIX *down = pixCloseSafeBrick(NULL, ink, 1, gap);
    if (both && down)
        pixOr(both, both, down);
    PIX *out = both ? pixCloseSafeBrick(NULL, both, 3, 3) : NULL;
    pixDestroy(&both);
    pixDestroy(&down);
    return out;
}

static struct holes find_holes(PIX *ink, const struct draft_scale *s,
                               struct arena *a)
{
    int32_t pixels = draft_tmm(s, ALIKE_PX);
    struct holes out = {NULL, 0, pixels > ALIKE ? pixels : ALIKE};
    PIX *closed = heal(ink, s);
    PIX *paper = closed ? pixInvert(NULL, closed) : NULL;
    BOXA *found = paper ? pixConnCompBB(paper, 4) : NULL;
    int n = found ? boxaGetCount(found) : 0;
    out.items = ARENA_ARRAY(a, struct hole, (size_t)n);
    for (int i = 0; i < n; i++) {
        BOX *hole = boxaGetBox(found, i, L_CLONE);
        out.n += take_hole(closed, s, hole, &out.items[out.n]);
        boxDestroy(&hole);
    }
    boxaDestroy(&found);
    pixDestroy(&paper);
    pixDestroy(&closed);
    if (out.n)
        qsort(out.items, out.n, sizeof *out.items, by_place);
    return out;
}

static bool alike(const struct holes *all, const struct rect_tmm *a,
                  const struct rect_tmm *b)
{
    return abs(a->width - b->width) <= all->alike &&
           abs(a->height - b->height) <= all->alike;
}

static bool may_be_tick(const struct hole *h)
{
    int32_t w = h->box.width, t = h->box.height;
    return h->empty && w >= TICK_LEAST && w <= TICK_MOST && t >= TICK_LEAST &&
           t <= TICK_MOST && abs(w - t) * 8 <= w;
}

static bool may_be_digit(const struct hole *h)
{
    int32_t w = h->box.width, t = h->box.height;
    return h->empty && w >= DIGIT_W_LEAST && w <= DIGIT_W_MOST &&
           t >= DIGIT_H_LEAST && t <= DIGIT_H_MOST && t > w;
}

static bool may_be_cell(const struct hole *h)
{
    return h->box.width >= CELL_W_LEAST && h->box.height >= CELL_H_LEAST;
}

/* The box whose size most of them have; NULL when none comes often. */
static const struct rect_tmm *usual(const struct holes *all,
                                    bool (*may_be)(const struct hole *))
{
    const struct rect_tmm *best = NULL;
    size_t most = OFTEN - 1;
    for (size_t i = 0; i < all->n; i++) {
        size_t n = 0;
        if (!may_be(&all->items[i]))
            continue;
        for (size_t k = 0; k < all->n; k++)
            n += may_be(&all->items[k]) &&
                 alike(all, &all->items[i].box, &all->items[k].box);
        if (n > most) {
            most = n;
            best = &all->items[i].box;
        }
    }
    return best;
}

static size_t pick(const struct holes *all, bool (*may_be)(const struct hole *),
                   const struct rect_tmm *size, struct draft_box *out)
{
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++)
        if (may_be(&all->items[i]) &&
            (!size || alike(all, &all->items[i].box, size)))
            out[n++] =
                (struct draft_box){all->items[i].box, all->items[i].empty};
    return n;
}

static bool listed(const struct draft_box *list, size_t n,
                   const struct draft_box *b)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].box.left == b->box.left && list[i].box.top == b->box.top)
            return true;
    return false;
}

/* A line of one px that was turned is grey, in two rows: paper to a reader, but
 * a frame here. */
static PIX *faint_too(const struct page *p)
{
    PIX *faint = pixThresholdToBinary(p->grey, FAINT);
    if (faint)
        pixOr(faint, faint, p->ink);
    return faint ? faint : pixClone(p->ink);
}

void draft_boxes(const struct page *p, const struct draft_scale *s,
                 struct draft_page *out, struct arena *a)
{
    PIX *ink = faint_too(p);
    struct holes all = find_holes(ink, s, a);
    pixDestroy(&ink);
    const struct rect_tmm *tick = usual(&all, may_be_tick);
    const struct rect_tmm *digit = usual(&all, may_be_digit);
    out->ticks = ARENA_ARRAY(a, struct draft_box, all.n);
    out->digits = ARENA_ARRAY(a, struct draft_box, all.n);
    out->cells = ARENA_ARRAY(a, struct draft_box, all.n);
    out->n_ticks = tick ? pick(&all, may_be_tick, tick, out->ticks) : 0;
    out->n_digits = digit ? pick(&all, may_be_digit, digit, out->digits) : 0;
    size_t n = pick(&all, may_be_cell, NULL, out->cells);
    for (size_t i = 0; i < n; i++)
        if (!listed(out->digits, out->n_digits, &out->cells[i]) &&
            !listed(out->ticks, out->n_ticks, &out->cells[i]))
            out->cells[out->n_cells++] = out->cells[i];
}
