#include "ocr/cell_cut.h"

#include "ocr/blank.h"

#include <leptonica/allheaders.h>
#include <math.h>

/* How far over its cell a character is followed: cells of our forms lie 1 mm
 * apart. From the inside of the frame, so with it. */
#define FOLLOW_MM 1.1
/* Ink that touches this outermost rim of the inside may go on outside. */
#define RIM_MM 0.1
/* A piece of ink is the cell's when so many percent of it are inside. */
#define INSIDE_PERCENT 50

static bool any_ink(PIX *ink, int x, int y, int width, int height)
{
    BOX *at = boxCreate(x, y, width, height);
    l_int32 n = 0;

    if (at)
        pixCountPixelsInRect(ink, at, &n, NULL);
    boxDestroy(&at);
    return n > 0;
}

/* Does a stroke reach one of the four sides? */
static bool touches_side(PIX *ink, int rim)
{
    int width = pixGetWidth(ink), height = pixGetHeight(ink);

    return any_ink(ink, 0, 0, width, rim) || any_ink(ink, 0, 0, rim, height) ||
           any_ink(ink, 0, height - rim, width, rim) ||
           any_ink(ink, width - rim, 0, rim, height);
}

/* Ink on printed lines between two ends of a stroke, which may be a px apart:
 * from side to side (`wide` px, `high` 1) or from above to below. */
static void bridge(PIX *to, PIX *rest, PIX *lines, int wide, int high)
{
    PIX *thick = pixDilateBrick(NULL, rest, wide > 1 ? 1 : 3, wide > 1 ? 3 : 1);
    PIX *closed = thick ? pixCloseSafeBrick(NULL, thick, wide, high) : NULL;

    if (closed) {
        pixAnd(closed, closed, lines);
        pixOr(to, to, closed);
    }
    pixDestroy(&closed);
    pixDestroy(&thick);
}

/* Ink that the form does not print, and the scan's ink on printed lines where a
 * stroke goes on behind them. */
static PIX *mended(const struct field_reader *r, BOX *window)
{
    const struct page *p = r->page;
    int line = (int)ceil(p->form->cell_line * p->map.px_per_tmm / 10);
    int across = 2 * blank_thickening(p) + line + 2;
    PIX *rest = pixClipRectangle(r->rest, window, NULL);
    PIX *lines = pixClipRectangle(p->blank, window, NULL);
    PIX *scan = pixClipRectangle(p->ink, window, NULL);
    PIX *out = rest ? pixCopy(NULL, rest) : NULL;

    if (out && lines && scan) {
        pixAnd(lines, lines, scan);
        bridge(out, rest, lines, across, 1);
        bridge(out, rest, lines, 1, across);
    }
    pixDestroy(&scan);
    pixDestroy(&lines);
    pixDestroy(&rest);
    return out;
}

/* Pixels of a piece at `at` that lie in the inside. */
static int inside_of(PIX *piece, BOX *at, BOX *inside)
{
    BOX *common = boxOverlapRegion(at, inside);
    l_int32 x, y, left, top, width, height, n = 0;

    if (!common)
        return 0;
    boxGetGeometry(at, &left, &top, NULL, NULL);
    boxGetGeometry(common, &x, &y, &width, &height);
    boxDestroy(&common);
    common = boxCreate(x - left, y - top, width, height);
    pixCountPixelsInRect(piece, common, &n, NULL);
    boxDestroy(&common);
    return n;
}

/* The cell's own pieces, cut to them and the inside. */
static PIX *own_pieces(PIX *ink, BOX *inside)
{
    PIXA *pieces = NULL;
    BOXA *places = pixConnComp(ink, &pieces, 8);
    PIX *own = pixCreateTemplate(ink), *out = NULL;
    BOX *around = boxCopy(inside);
    int n = places && own ? boxaGetCount(places) : 0;

    for (int i = 0; i < n; i++) {
        BOX *at = boxaGetBox(places, i, L_CLONE), *both;
        PIX *piece = pixaGetPix(pieces, i, L_CLONE);
        l_int32 all = 0, x, y;

        pixCountPixels(piece, &all, NULL);
        if (inside_of(piece, at, inside) * 100 >= all * INSIDE_PERCENT) {
            boxGetGeometry(at, &x, &y, NULL, NULL);
            pixRasterop(own, x, y, pixGetWidth(piece), pixGetHeight(piece),
                        PIX_PAINT, piece, 0, 0);
            both = boxBoundingRegion(around, at);
            boxDestroy(&around);
            around = both;
        }
        pixDestroy(&piece);
        boxDestroy(&at);
    }
    if (own && around)
        out = pixClipRectangle(own, around, NULL);
    boxDestroy(&around);
    pixDestroy(&own);
    boxaDestroy(&places);
    pixaDestroy(&pieces);
    return out;
}

PIX *cell_whole(const struct field_reader *r, const struct box *inner)
{
    double scale = r->page->map.px_per_tmm * 10;
    int follow = (int)lround(FOLLOW_MM * scale);
    int rim = (int)lround(RIM_MM * scale);
    int width = pixGetWidth(inner->ink), height = pixGetHeight(inner->ink);
    int left = inner->left - follow, top = inner->top - follow;
    BOX *window, *inside;
    PIX *ink, *out = NULL;

    if (left < 0 || top < 0 || !touches_side(inner->ink, rim < 1 ? 1 : rim))
        return NULL;
    window = boxCreate(left, top, width + 2 * follow, height + 2 * follow);
    inside = boxCreate(follow, follow, width, height);
    ink = mended(r, window);
    if (ink && pixGetWidth(ink) == width + 2 * follow &&
        pixGetHeight(ink) == height + 2 * follow)
        out = own_pieces(ink, inside);
    pixDestroy(&ink);
    boxDestroy(&inside);
    boxDestroy(&window);
    return out;
}
