#include "ocr/number_split.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>

/* Two strokes of one digit lie above each other: of the narrower one's width,
 * this much. */
#define SHARED_PERCENT 50
/* Nothing narrower than this share of its height is two digits. */
#define NARROWEST_PERCENT 60
/* The middle, where a piece may be cut. */
#define FROM_PERCENT 20
#define TO_PERCENT 80

/* Columns [from, to) of strokes that belong together. */
struct group {
    int from, to;
};

static int by_place(const void *a, const void *b)
{
    const struct group *x = a, *y = b;

    return x->from != y->from ? x->from - y->from : x->to - y->to;
}

static int shared(const struct group *a, const struct group *b)
{
    int from = a->from > b->from ? a->from : b->from;
    int to = a->to < b->to ? a->to : b->to;

    return to - from;
}

static bool belong(const struct group *a, const struct group *b)
{
    int one = a->to - a->from, other = b->to - b->from;
    int narrow = one < other ? one : other;

    return shared(a, b) * 100 >= narrow * SHARED_PERCENT;
}

/* The place of every connected piece in the group it belongs to, until no two
 * groups belong together. */
static int join(struct group *g, int n)
{
    bool again = true;

    while (again) {
        again = false;
        for (int i = 0; i < n; i++)
            for (int k = i + 1; k < n; k++)
                if (belong(&g[i], &g[k])) {
                    if (g[k].from < g[i].from)
                        g[i].from = g[k].from;
                    if (g[k].to > g[i].to)
                        g[i].to = g[k].to;
                    g[k--] = g[--n];
                    again = true;
                }
    }
    qsort(g, (size_t)n, sizeof *g, by_place);
    return n;
}

/* The group that a connected piece is part of. */
static int group_of(const struct group *g, int n, const struct group *piece)
{
    int best = 0;

    for (int i = 1; i < n; i++)
        if (shared(&g[i], piece) > shared(&g[best], piece))
            best = i;
    return best;
}

static PIX *tight(PIX *ink)
{
    PIX *out = NULL;

    pixClipToForeground(ink, &out, NULL);
    return out;
}

static struct group place_of(BOXA *places, int i)
{
    l_int32 x, width;

    boxaGetBoxGeometry(places, i, &x, NULL, &width, NULL);
    return (struct group){x, x + width};
}

/* Every connected piece drawn into the picture of its group. */
static int draw_groups(PIX *ink, BOXA *places, PIXA *parts, PIX *pieces[])
{
    struct group *g;
    int all = boxaGetCount(places), n;

    g = calloc((size_t)all + 1, sizeof *g);
    if (!g)
        return 0;
    for (int i = 0; i < all; i++)
        g[i] = place_of(places, i);
    n = join(g, all);
    n = n > NUMBER_PIECES ? NUMBER_PIECES : n;
    for (int i = 0; i < n; i++)
        pieces[i] = pixCreateTemplate(ink);
    for (int i = 0; i < all; i++) {
        struct group at = place_of(places, i);
        PIX *part = pixaGetPix(parts, i, L_CLONE);
        l_int32 x, y;

        boxaGetBoxGeometry(places, i, &x, &y, NULL, NULL);
        pixRasterop(pieces[group_of(g, n, &at)], x, y, pixGetWidth(part),
                    pixGetHeight(part), PIX_PAINT, part, 0, 0);
        pixDestroy(&part);
    }
    free(g);
    return n;
}

int number_split(PIX *ink, PIX *pieces[NUMBER_PIECES])
{
    PIXA *parts = NULL;
    BOXA *places = pixConnComp(ink, &parts, 8);
    int n = places && boxaGetCount(places) > 0
                ? draw_groups(ink, places, parts, pieces)
                : 0;
    int kept = 0;

    for (int i = 0; i < n; i++) {
        PIX *piece = tight(pieces[i]);
        pixDestroy(&pieces[i]);
        if (piece)
            pieces[kept++] = piece;
    }
    boxaDestroy(&places);
    pixaDestroy(&parts);
    return kept;
}

/* ── digits that touch ──────────────────────────────────────────────────── */

struct column {
    int at, ink;
};

static int by_ink(const void *a, const void *b)
{
    const struct column *x = a, *y = b;

    return x->ink != y->ink ? x->ink - y->ink : x->at - y->at;
}

int number_cuts(PIX *piece, int columns[NUMBER_CUTS])
{
    int width = pixGetWidth(piece), height = pixGetHeight(piece);
    int from = width * FROM_PERCENT / 100, to = width * TO_PERCENT / 100;
    int step = width / 24 + 1, n = 0, kept = 0;
    NUMA *ink;
    struct column *all;

    if (width * 100 < height * NARROWEST_PERCENT)
        return 0;
    ink = pixCountPixelsByColumn(piece);
    all = calloc((size_t)width + 1, sizeof *all);
    for (int x = from; ink && all && x < to; x++) {
        l_int32 count = 0;
        numaGetIValue(ink, x, &count);
        all[n++] = (struct column){x, count};
    }
    if (all)
        qsort(all, (size_t)n, sizeof *all, by_ink);
    for (int i = 0; i < n && kept < NUMBER_CUTS; i++) {
        bool near = false;
        for (int k = 0; k < kept; k++)
            near = near || abs(columns[k] - all[i].at) < step;
        if (!near)
            columns[kept++] = all[i].at;
    }
    free(all);
    numaDestroy(&ink);
    return kept;
}

bool number_cut(PIX *piece, int column, PIX *halves[2])
{
    int width = pixGetWidth(piece), height = pixGetHeight(piece);
    const int from[2] = {0, column}, wide[2] = {column, width - column};

    for (int i = 0; i < 2; i++) {
        BOX *at = boxCreate(from[i], 0, wide[i], height);
        PIX *half = pixClipRectangle(piece, at, NULL);
        halves[i] = half ? tight(half) : NULL;
        pixDestroy(&half);
        boxDestroy(&at);
    }
    return halves[0] && halves[1];
}
