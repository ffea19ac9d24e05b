#include "ocr/blot.h"

#include <leptonica/allheaders.h>

/* Thicker than any stroke of a pen. */
#define SOLID_MM 2.5
/* A tick box that was filled in is 4 mm. */
#define BLOT_MM 4.8
/* The form's own when this share of it is printed there: corner marks. */
#define OWN_SHARE 0.4
/* Looked for at this part of the size, where lines and letters are gone. */
#define SCALE 4

static PIX *shrunk(PIX *ink)
{
    return pixReduceRankBinaryCascade(ink, 3, 3, 0, 0);
}

static bool is_own(PIX *blank, const BOX *box)
{
    l_int32 w, h, printed = 0;

    boxGetGeometry((BOX *)box, NULL, NULL, &w, &h);
    pixCountPixelsInRect(blank, (BOX *)box, &printed, NULL);
    return printed >= w * h * OWN_SHARE;
}

static void add_blot(struct blots *b, const BOX *box, PIX *blank, double least)
{
    l_int32 x, y, w, h;

    boxGetGeometry((BOX *)box, &x, &y, &w, &h);
    if (w < least || h < least || b->n == BLOTS_MOST || is_own(blank, box))
        return;
    b->at[b->n++] = (struct rect_px){x * SCALE - SCALE, y * SCALE - SCALE,
                                     (w + 2) * SCALE, (h + 2) * SCALE};
}

struct blots blots_find(const struct page *p)
{
    struct blots b = {.n = 0};
    double mm = p->dpi / 25.4 / SCALE;
    int side = (int)(SOLID_MM * mm);
    PIX *ink = shrunk(p->ink), *blank = shrunk(p->blank);
    PIX *solid = ink ? pixOpenBrick(NULL, ink, side, side) : NULL;
    BOXA *boxes = solid ? pixConnCompBB(solid, 8) : NULL;

    for (int i = 0; blank && boxes && i < boxaGetCount(boxes); i++) {
        BOX *box = boxaGetBox(boxes, i, L_CLONE);

        add_blot(&b, box, blank, BLOT_MM * mm);
        boxDestroy(&box);
    }
    boxaDestroy(&boxes);
    pixDestroy(&solid);
    pixDestroy(&blank);
    pixDestroy(&ink);
    return b;
}

bool blots_cover(const struct blots *b, struct rect_px r)
{
    for (int i = 0; i < b->n; i++) {
        const struct rect_px *at = &b->at[i];

        if (at->left < r.left + r.width && r.left < at->left + at->width &&
            at->top < r.top + r.height && r.top < at->top + at->height)
            return true;
    }
    return false;
}
