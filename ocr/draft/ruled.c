/* The lines that a form prints, less the frames of ticks and digits, which its
 * fields print. */
#include "ocr/draft/draft.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>

/* Shorter straight ink is part of a letter. */
#define LINE_LEAST 60
/* Thicker ink is a bar or a shade. */
#define THICK_MOST 15

/* Straight ink of a picture or a code is short, and no cell's wall. */
#define ALONE_LEAST 200
#define WALL_SLACK 6

static bool near_edge(int32_t at, int32_t low, int32_t size)
{
    return abs(at - low) <= WALL_SLACK || abs(at - low - size) <= WALL_SLACK;
}

static bool is_wall(const struct draft_page *p, const struct draft_line *l)
{
    bool across = l->y1 == l->y2;
    if (l->x2 - l->x1 + l->y2 - l->y1 >= ALONE_LEAST)
        return true;
    for (size_t i = 0; i < p->n_cells; i++) {
        const struct rect_tmm *c = &p->cells[i].box;
        if (across ? near_edge(l->y1, c->top, c->height) &&
                         l->x1 >= c->left - WALL_SLACK &&
                         l->x2 <= c->left + c->width + WALL_SLACK
                   : near_edge(l->x1, c->left, c->width) &&
                         l->y1 >= c->top - WALL_SLACK &&
                         l->y2 <= c->top + c->height + WALL_SLACK)
            return true;
    }
    return false;
}

/* Lines that only frame a digit's cell are as long as it. */
static bool is_frame(const struct draft_page *p, const struct draft_line *l)
{
    struct rect_tmm r = {l->x1, l->y1, l->x2 - l->x1, l->y2 - l->y1};
    for (size_t i = 0; i < p->n_digits; i++) {
        struct rect_tmm box = p->digits[i].box;
        struct rect_tmm room = {box.left - 6, box.top - 6, box.width + 12,
                                box.height + 12};
        if (draft_inside(&r, &room) && r.width <= room.width &&
            r.height <= room.height)
            return true;
    }
    return false;
}

static void take_line(const struct draft_scale *s, const BOX *b, bool across,
                      struct draft_page *out)
{
    l_int32 x, y, w, h;
    boxGetGeometry((BOX *)b, &x, &y, &w, &h);
    double thick = across ? h : w;
    if (thick > s->px * THICK_MOST)
        return;
    struct draft_line l = {
        .x1 = draft_tmm(s, across ? x : x + w / 2.0),
        .y1 = draft_tmm(s, across ? y + h / 2.0 : y),
        .x2 = draft_tmm(s, across ? x + w : x + w / 2.0),
        .y2 = draft_tmm(s, across ? y + h / 2.0 : y + h),
        .width = draft_tmm(s, thick * 10),
    };
    if (is_wall(out, &l) && !is_frame(out, &l))
        out->lines[out->n_lines++] = l;
}

static void take_lines(const struct draft_scale *s, BOXA *found, bool across,
                       struct draft_page *out)
{
    for (int i = 0; found && i < boxaGetCount(found); i++) {
        BOX *b = boxaGetBox(found, i, L_CLONE);
        take_line(s, b, across, out);
        boxDestroy(&b);
    }
}

void draft_lines(const struct page *p, const struct draft_scale *s,
                 struct draft_page *out, struct arena *a)
{
    int length = draft_px(s, LINE_LEAST);
    PIX *closed = pixCloseSafeBrick(NULL, p->ink, 3, 3);
    PIX *across = closed ? pixOpenBrick(NULL, closed, length, 1) : NULL;
    PIX *down = closed ? pixOpenBrick(NULL, closed, 1, length) : NULL;
    BOXA *lying = across ? pixConnCompBB(across, 8) : NULL;
    BOXA *standing = down ? pixConnCompBB(down, 8) : NULL;
    size_t n = (size_t)(lying ? boxaGetCount(lying) : 0) +
               (size_t)(standing ? boxaGetCount(standing) : 0);
    out->lines = ARENA_ARRAY(a, struct draft_line, n);
    take_lines(s, lying, true, out);
    take_lines(s, standing, false, out);
    boxaDestroy(&lying);
    boxaDestroy(&standing);
    pixDestroy(&across);
    pixDestroy(&down);
    pixDestroy(&closed);
}
