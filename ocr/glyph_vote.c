#include "ocr/glyph_vote.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
    SIDE = GLYPH_SIDE,
    /* Places are 5 px apart, the first and last 4 px inside; a gradient counts
     * for all places within 6 px of it, less the further away. */
    FIRST = 4,
    APART = 5,
    REACH = 6,
};

/* Both slopes at a pixel, by Sobel; outside of the picture is paper. */
struct slope {
    int x, y;
};

static struct slope slope_at(const uint8_t wide[(SIDE + 2) * (SIDE + 2)], int x,
                             int y)
{
    enum { ROW = SIDE + 2 };
    const uint8_t *p = wide + (y + 1) * ROW + x + 1;

    return (struct slope){p[1 - ROW] + 2 * p[1] + p[1 + ROW] - p[-1 - ROW] -
                              2 * p[-1] - p[-1 + ROW],
                          p[ROW - 1] + 2 * p[ROW] + p[ROW + 1] - p[-ROW - 1] -
                              2 * p[-ROW] - p[-ROW + 1]};
}

/*
 * A slope between two of the eight directions is a sum of both: of the one
 * along an axis and of the one along a diagonal.
 */
static void share_out(struct slope s, int parts[2], int weights[2])
{
    /* by the signs of x and y, and by which of them is the longer */
    static const int axis[8] = {0, 2, 4, 2, 0, 6, 4, 6};
    static const int diagonal[4] = {1, 3, 7, 5};
    int ax = abs(s.x), ay = abs(s.y), sign = (s.x < 0) + 2 * (s.y < 0);

    parts[0] = axis[sign * 2 + (ay > ax)];
    weights[0] = abs(ax - ay);
    parts[1] = diagonal[sign];
    weights[1] = (ax < ay ? ax : ay) * 181 / 128; /* times the root of 2 */
}

static void add_slope(int64_t sums[VOTE_FEATURES], int x, int y, struct slope s)
{
    int parts[2], weights[2];

    share_out(s, parts, weights);
    for (int py = 0; py < VOTE_PLACES; py++) {
        int ny = REACH - abs(y - FIRST - py * APART);

        if (ny <= 0)
            continue;
        for (int px = 0; px < VOTE_PLACES; px++) {
            int nx = REACH - abs(x - FIRST - px * APART);
            int64_t *place = sums + (py * VOTE_PLACES + px) * VOTE_DIRECTIONS;

            if (nx <= 0)
                continue;
            for (int k = 0; k < 2; k++)
                place[parts[k]] += (int64_t)weights[k] * nx * ny;
        }
    }
}

static int root(int64_t v)
{
    int64_t r = 0;

    for (int64_t bit = INT64_C(1) << 15; bit; bit >>= 1)
        if ((r + bit) * (r + bit) <= v)
            r += bit;
    return (int)r;
}

void vote_features(const uint8_t picture[GLYPH_PIXELS],
                   uint8_t out[VOTE_FEATURES])
{
    uint8_t wide[(SIDE + 2) * (SIDE + 2)] = {0};
    int64_t sums[VOTE_FEATURES] = {0};

    for (int y = 0; y < SIDE; y++)
        memcpy(wide + (y + 1) * (SIDE + 2) + 1, picture + (size_t)y * SIDE,
               SIDE);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            struct slope s = slope_at(wide, x, y);

            if (s.x || s.y)
                add_slope(sums, x, y, s);
        }
    /* The root evens out thin and thick pens; with this divisor the fullest
     * places of a thousand pictures come near the top. */
    for (int i = 0; i < VOTE_FEATURES; i++) {
        int v = root(sums[i] / 36);

        out[i] = (uint8_t)(v > VOTE_TOP ? VOTE_TOP : v);
    }
}

static int32_t distance(const uint8_t *a, const uint8_t *b)
{
    int32_t sum = 0;

    for (int i = 0; i < VOTE_FEATURES; i++) {
        int16_t d = (int16_t)(a[i] - b[i]);

        sum += d * d;
    }
    return sum;
}

void vote_distances(const struct glyph_votes *v, int classes,
                    const uint8_t features[VOTE_FEATURES],
                    int32_t out[GLYPH_MAX_CLASSES])
{
    for (int c = 0; c < classes; c++)
        out[c] = INT32_MAX;
    for (int i = 0; i < v->n; i++) {
        int32_t d = distance(features, v->examples + (size_t)i * VOTE_FEATURES);

        if (d < out[v->class_of[i]])
            out[v->class_of[i]] = d;
    }
}
