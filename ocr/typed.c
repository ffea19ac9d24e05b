#include "ocr/typed.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>
#include <string.h>

/* Two digits of one font: their heights differ by no more, px and 1/100. */
#define HEIGHT_PX 1
#define HEIGHT_SHARE 4
/* Fewer pairs of equal digits say nothing. */
#define PAIRS_LEAST 12
/* Of the pairs, in 1/1000, that have one height, and what these then share of
 * their ink. Print of five fonts had 620 and 725 or more; hands 450 or less of
 * the first, and more where a px is much: 600 at 20 px. */
#define SAME_HEIGHT 550
#define SAME_INK 640
#define LOW_PX 30
#define LEAST_PX 8      /* a digit lower than that is no digit */
#define LOW_STRICTER 10 /* for each px that digits are lower */
/* Two places show one shape when they share so much of their ink, 1/1000. On
 * typed pages two thirds of equal digits do, and no two that differ. */
#define SAME_SHAPE 760
/* A digit reader that is sure, or nearly, has a say; permille. */
#define SURE 990
#define NEARLY_SURE 900
/* So many places and votes at least, and so many votes for every one against.
 */
#define PLACES_LEAST 3
#define VOTES_LEAST 5
#define VOTES_SHARE 4
enum { GLYPHS_MOST = 160 };

/* 32 rows high, its proportions kept, from the left; wider ones are cut. */
static void draw_rows(PIX *tight, uint32_t rows[TYPED_SIDE])
{
    PIX *grey = pixConvert1To8(NULL, tight, 0, 255);
    float scale = (float)TYPED_SIDE / (float)pixGetHeight(tight);
    PIX *small = grey ? pixScale(grey, scale, scale) : NULL;
    for (int y = 0; small && y < TYPED_SIDE && y < pixGetHeight(small); y++)
        for (int x = 0; x < TYPED_SIDE && x < pixGetWidth(small); x++) {
            l_uint32 v = 0;
            pixGetPixel(small, x, y, &v);
            if (v >= 128)
                rows[y] |= UINT32_C(1) << x;
        }
    pixDestroy(&small);
    pixDestroy(&grey);
}

/* One that is too low to tell resembles nothing. */
static struct typed_glyph glyph_of(PIX *tight)
{
    struct typed_glyph g = {.digit = TYPED_NONE, .height = pixGetHeight(tight)};
    if (g.height >= LEAST_PX)
        draw_rows(tight, g.rows);
    return g;
}

void typed_add(struct typed *t, int digit, int confidence, struct Pix *tight)
{
    if (!t)
        return;
    if (!t->items)
        t->items = calloc(GLYPHS_MOST, sizeof *t->items);
    t->full = !t->items || t->n == GLYPHS_MOST;
    if (t->full)
        return;
    struct typed_glyph *g = &t->items[t->n++];
    *g = glyph_of(tight);
    if (digit >= TYPED_NONE || g->height < LEAST_PX)
        return;
    g->digit = digit;
    g->votes[digit] = (confidence >= SURE) + (confidence >= NEARLY_SURE);
}

void typed_vote(struct typed *t, size_t n, const char *digits)
{
    if (!t || t->full || t->n < n || strlen(digits) != n)
        return;
    for (size_t i = 0; i < n; i++)
        if (digits[i] >= '0' && digits[i] <= '9')
            t->items[t->n - n + i].votes[digits[i] - '0']++;
}

static bool one_height(const struct typed_glyph *a, const struct typed_glyph *b)
{
    int apart = abs(a->height - b->height);
    return apart <= HEIGHT_PX || apart * 100 <= a->height * HEIGHT_SHARE;
}

/* Ink of both over ink of either, a pixel's shift to the side allowed. */
static int alike(const struct typed_glyph *a, const struct typed_glyph *b)
{
    int best = 0;
    for (int shift = -1; shift <= 1; shift++) {
        int both = 0, either = 0;
        for (int y = 0; y < TYPED_SIDE; y++) {
            uint32_t moved = shift < 0   ? b->rows[y] >> 1
                             : shift > 0 ? b->rows[y] << 1
                                         : b->rows[y];
            both += __builtin_popcount(a->rows[y] & moved);
            either += __builtin_popcount(a->rows[y] | moved);
        }
        if (either && both * 1000 / either > best)
            best = both * 1000 / either;
    }
    return best;
}

static int by_number(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/* Pairs of equal digits: how many, how many of one height, and for each of
 * those what share of their ink is the same. */
struct pairs {
    int all, n;
    int *alike;
    int64_t heights; /* of the pairs of one height, added up */
};

static void take_pairs(const struct typed *t, struct pairs *p)
{
    for (size_t i = 0; i < t->n; i++)
        for (size_t k = i + 1; k < t->n; k++) {
            if (t->items[i].digit != t->items[k].digit ||
                t->items[i].digit == TYPED_NONE)
                continue;
            p->all++;
            if (!one_height(&t->items[i], &t->items[k]))
                continue;
            p->alike[p->n++] = alike(&t->items[i], &t->items[k]);
            p->heights += t->items[i].height;
        }
}

/* 1/1000 of all pairs that must be of one height. */
static int same_height(const struct pairs *p)
{
    int height = p->n ? (int)(p->heights / p->n) : 0;
    return SAME_HEIGHT +
           (height < LOW_PX ? (LOW_PX - height) * LOW_STRICTER : 0);
}

bool typed_is_print(const struct typed *t)
{
    struct pairs p = {.n = 0};
    bool print = false;
    p.alike = malloc(GLYPHS_MOST * GLYPHS_MOST / 2 * sizeof *p.alike);
    if (p.alike)
        take_pairs(t, &p);
    if (p.all >= PAIRS_LEAST && p.n * 1000 >= p.all * same_height(&p)) {
        qsort(p.alike, (size_t)p.n, sizeof *p.alike, by_number);
        print = p.alike[p.n / 2] >= SAME_INK;
    }
    free(p.alike);
    return print;
}

int typed_same(const struct typed *t, struct Pix *tight)
{
    struct typed_glyph g = glyph_of(tight);
    int votes[TYPED_NONE] = {0}, all = 0, places = 0, best = 0;

    for (size_t i = 0; i < t->n; i++) {
        if (!one_height(&g, &t->items[i]) ||
            alike(&g, &t->items[i]) < SAME_SHAPE)
            continue;
        places++;
        for (int d = 0; d < TYPED_NONE; d++) {
            votes[d] += t->items[i].votes[d];
            all += t->items[i].votes[d];
        }
    }
    for (int d = 1; d < TYPED_NONE; d++)
        if (votes[d] > votes[best])
            best = d;
    return places >= PLACES_LEAST && votes[best] >= VOTES_LEAST &&
                   votes[best] >= (all - votes[best]) * VOTES_SHARE
               ? best
               : TYPED_NONE;
}

void typed_release(struct typed *t)
{
    free(t->items);
    *t = TYPED_INIT;
}
