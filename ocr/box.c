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

/* Beside a number: a digit of it is nearly as high as the others, as near as
 * digits stand (of their height), and no sliver of a printed letter (ink, in
 * squares of its height). */
#define NEXT_HEIGHT 0.7
#define NEXT_GAP 0.7
#define NEXT_INK 0.1
#define BESIDE_MM 2.5

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

/* Is this piece, px from the left of the box, a digit beside those in it? */
static bool is_next_digit(const struct box *b, int inside, struct rect_px piece,
                          int ink)
{
    int middle = piece.left + piece.width / 2;
    double gap = middle < b->x ? b->x - (piece.left + piece.width)
                               : piece.left - (b->x + b->width);

    return (middle < 0 || middle >= inside) &&
           piece.height >= NEXT_HEIGHT * b->height &&
           piece.height <= b->height / NEXT_HEIGHT &&
           piece.top < b->y + b->height / 2 &&
           piece.top + piece.height > b->y + b->height / 2 &&
           gap <= NEXT_GAP * b->height &&
           ink >= NEXT_INK * piece.height * piece.height;
}

bool box_goes_on(const struct field_reader *r, struct rect_tmm place,
                 const struct box *b)
{
    struct rect_px at = box_place(r, place);
    int more = (int)lround(BESIDE_MM * px_per_mm(r));
    BOX *cut =
        boxCreate(at.left - more, at.top, at.width + 2 * more, at.height);
    PIX *wide = pixClipRectangle(r->rest, cut, NULL);
    PIXA *pieces = NULL;
    BOXA *boxes = wide ? pixConnComp(wide, &pieces, 8) : NULL;
    bool found = false;

    more = at.left < more ? at.left : more; /* at the edge of the scan */
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        struct rect_px p;
        l_int32 ink = 0;
        PIX *piece = pixaGetPix(pieces, i, L_CLONE);

        boxaGetBoxGeometry(boxes, i, &p.left, &p.top, &p.width, &p.height);
        pixCountPixels(piece, &ink, NULL);
        p.left -= more + (b->left - at.left);
        found |= is_next_digit(b, pixGetWidth(b->ink), p, ink);
        pixDestroy(&piece);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&pieces);
    pixDestroy(&wide);
    boxDestroy(&cut);
    return found;
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
