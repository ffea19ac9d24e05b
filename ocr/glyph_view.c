#include "ocr/glyph_view.h"

#include <assert.h>
#include <string.h>

enum { SIDE = GLYPH_SIDE, ONE = 256 };

/* From a place of the view, counted from its middle, to the place it shows, in
 * 1/256: x' = xx x + xy y, y' = yx x + yy y. */
struct turn {
    int xx, xy, yx, yy;
};

static const struct turn turns[GLYPH_VIEWS] = {
    {ONE, 0, 0, ONE},
    {255, -26, 26, 255}, /* turned by 6 degrees, each way */
    {255, 26, -26, 255},
    {ONE, 31, 0, ONE}, /* leaning by 7 degrees, each way */
    {ONE, -31, 0, ONE},
    {238, 0, 0, 274}, /* 7 % wider and lower, and the other way round */
    {274, 0, 0, 238},
};

static int pixel(const uint8_t *picture, int x, int y)
{
    return x < 0 || y < 0 || x >= SIDE || y >= SIDE ? 0 : picture[y * SIDE + x];
}

/* Between four pixels; x and y in 1/256 px, pixel 0 at 0. */
static uint8_t between(const uint8_t *picture, int x, int y)
{
    int ix = (x + SIDE * ONE) / ONE - SIDE, iy = (y + SIDE * ONE) / ONE - SIDE;
    int fx = x - ix * ONE, fy = y - iy * ONE;
    int above =
        pixel(picture, ix, iy) * (ONE - fx) + pixel(picture, ix + 1, iy) * fx;
    int below = pixel(picture, ix, iy + 1) * (ONE - fx) +
                pixel(picture, ix + 1, iy + 1) * fx;

    return (uint8_t)((above * (ONE - fy) + below * fy + ONE * ONE / 2) /
                     (ONE * ONE));
}

void glyph_view(const uint8_t picture[GLYPH_PIXELS], int view,
                uint8_t out[GLYPH_PIXELS])
{
    const struct turn *t = &turns[view];

    assert(view >= 0 && view < GLYPH_VIEWS);
    if (view == 0) {
        memcpy(out, picture, GLYPH_PIXELS);
        return;
    }
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            /* in half pixels from the middle, which lies between two */
            int hx = 2 * x - (SIDE - 1), hy = 2 * y - (SIDE - 1);
            int sx = t->xx * hx + t->xy * hy + (SIDE - 1) * ONE;
            int sy = t->yx * hx + t->yy * hy + (SIDE - 1) * ONE;

            out[y * SIDE + x] = between(picture, sx / 2, sy / 2);
        }
}
