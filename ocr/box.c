#include "ocr/box.h"

#include <leptonica/allheaders.h>
#include <math.h>

/* A speck is smaller than this on both sides; the smallest thing people write,
 * the two strokes of a dakuten, is larger. */
#define SPECK_MM 0.22
/* Less ink than this, in square mm, is no character: 一 has five times that. */
#define LEAST_INK 0.35

static double px_per_mm(const struct field_reader *r)
{
    return r->page->map.px_per_tmm * 10;
}

struct rect_px box_place(const struct field_reader *r, struct rect_tmm place)
{
    return page_fit(r->page, place);
}

/* Drops pieces that are smaller than `size` px both ways. */
static PIX *without_specks(PIX *ink, int size)
{
    return pixSelectBySize(ink, size, size, 8, L_SELECT_IF_EITHER,
                           L_SELECT_IF_GTE, NULL);
}

static void measure(struct box *b, double scale)
{
    BOX *around = NULL;

    pixCountPixels(b->ink, &b->area, NULL);
    if (b->area == 0)
        return;
    if (b->area < LEAST_INK * scale * scale) {
        b->state = BOX_SPECKS;
        return;
    }
    b->state = BOX_WRITTEN;
    if (pixClipToForeground(b->ink, NULL, &around) == 0 && around)
        boxGetGeometry(around, &b->x, &b->y, &b->width, &b->height);
    boxDestroy(&around);
}

bool box_cut(const struct field_reader *r, struct rect_tmm place, double inset,
             struct box *out)
{
    struct rect_px at = box_place(r, place);
    double scale = px_per_mm(r);
    int in = (int)lround(inset * scale), speck = (int)lround(SPECK_MM * scale);
    BOX *cut;
    PIX *raw;

    *out = (struct box){.state = BOX_EMPTY};
    out->left = at.left + in;
    out->top = at.top + in;
    if (at.width <= 2 * in || at.height <= 2 * in)
        return false;
    cut = boxCreate(out->left, out->top, at.width - 2 * in, at.height - 2 * in);
    raw = pixClipRectangle(r->rest, cut, NULL);
    boxDestroy(&cut);
    if (!raw)
        return false;
    out->ink = without_specks(raw, speck < 2 ? 2 : speck);
    pixDestroy(&raw);
    if (!out->ink)
        return false;
    measure(out, scale);
    return true;
}

void box_release(struct box *b)
{
    pixDestroy(&b->ink);
}

struct ink_bytes ink_bytes(PIX *ink, struct arena *a)
{
    int width = pixGetWidth(ink), height = pixGetHeight(ink);
    int words = pixGetWpl(ink);
    l_uint32 *data = pixGetData(ink);
    uint8_t *bytes = arena_alloc(a, (size_t)width * (size_t)height);

    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            bytes[y * width + x] =
                GET_DATA_BIT(data + (ptrdiff_t)y * words, x) ? 255 : 0;
    return (struct ink_bytes){bytes, width, height};
}
