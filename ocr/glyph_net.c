#include "ocr/glyph_net.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

/*
 * The net: 5x5 convolution, halve, 3x3 convolution, halve, 3x3 convolution,
 * two dense layers. Planes are stored with the border of zeros that the next
 * convolution needs, so no loop looks at an edge. A convolution lays out, for
 * every place, the inputs it looks at; each output is then one sum of products
 * of 16-bit numbers, which compilers turn into few instructions.
 */
enum {
    SIDE1 = GLYPH_SIDE, /* after convolution 1 */
    SIDE2 = SIDE1 / 2,
    SIDE3 = SIDE2 / 2,
    SIDE4 = SIDE3 - 2,
    IN1 = SIDE1 + 4, /* with a border of 2 for 5x5 */
    IN2 = SIDE2 + 2, /* with a border of 1 for 3x3 */
    PLACES = SIDE1 * SIDE1,
    /* 32 for the 25 of the first: a whole number of machine words */
    PATCH1 = 32,
    PATCH2 = GLYPH_CONV1 * 9,
    PATCH3 = GLYPH_CONV2 * 9,
    MAX_FLAT = SIDE4 * SIDE4 * GLYPH_MAX_CONV3,
    MAX_PATCHES = SIDE2 * SIDE2 * PATCH2, /* the most of the three */
};

static_assert(MAX_PATCHES >= PLACES * PATCH1 &&
                  MAX_PATCHES >= SIDE4 * SIDE4 * PATCH3,
              "patches of every convolution fit");

struct planes {
    uint8_t in1[IN1 * IN1];
    uint8_t in2[GLYPH_CONV1 * IN2 * IN2];
    uint8_t in3[GLYPH_CONV2 * SIDE3 * SIDE3];
    int16_t flat[MAX_FLAT];
    int16_t hidden[GLYPH_MAX_HIDDEN];
    int16_t patches[MAX_PATCHES];
};

/* What a sum becomes as the next layer's input: negative ones vanish. */
static uint8_t activate(int32_t sum, int32_t scale)
{
    int64_t v;

    if (sum <= 0)
        return 0;
    v = ((int64_t)sum * scale + (INT64_C(1) << 30)) >> 31;
    return v > 255 ? 255 : (uint8_t)v;
}

static int32_t product(const int16_t *a, const int16_t *b, int n)
{
    int32_t sum = 0;

    for (int i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* One convolution: `planes` of in * in, a patch of `patch` numbers for each of
 * the out * out places. */
struct shape {
    int planes, in, kernel, out, patch;
};

static void lay_out(const uint8_t *from, const struct shape *s, int16_t *to)
{
    for (int y = 0; y < s->out; y++)
        for (int x = 0; x < s->out; x++, to += s->patch) {
            int16_t *next = to;

            for (int c = 0; c < s->planes; c++) {
                const uint8_t *p = from + (c * s->in + y) * s->in + x;

                for (int ky = 0; ky < s->kernel; ky++, p += s->in)
                    for (int kx = 0; kx < s->kernel; kx++)
                        *next++ = p[kx];
            }
            while (next < to + s->patch)
                *next++ = 0;
        }
}

/* The sums of one output plane. */
static void convolve(const struct glyph_layer *l, int plane,
                     const struct shape *s, const int16_t *patches,
                     int32_t sums[PLACES])
{
    int16_t w[PATCH3] = {0};
    int n = s->planes * s->kernel * s->kernel;

    for (int i = 0; i < n; i++)
        w[i] = (int16_t)l->weights[plane * n + i];
    for (int i = 0; i < s->out * s->out; i++, patches += s->patch)
        sums[i] = l->bias[plane] + product(w, patches, s->patch);
}

static int32_t max4(int32_t a, int32_t b, int32_t c, int32_t d)
{
    int32_t ab = a > b ? a : b, cd = c > d ? c : d;

    return ab > cd ? ab : cd;
}

/* Convolution, then the largest of every 2x2, with a border around it. */
static void convolve_halved(const struct glyph_layer *l, const struct shape *s,
                            const uint8_t *from, int16_t *patches, uint8_t *to,
                            int border)
{
    int32_t sums[PLACES] = {0};
    int half = s->out / 2, row = half + 2 * border;

    memset(to, 0, (size_t)l->out * (size_t)row * (size_t)row);
    lay_out(from, s, patches);
    for (int o = 0; o < l->out; o++, to += row * row) {
        convolve(l, o, s, patches, sums);
        for (int y = 0; y < half; y++)
            for (int x = 0; x < half; x++) {
                const int32_t *p = sums + 2 * y * s->out + 2 * x;
                int32_t top = max4(p[0], p[1], p[s->out], p[s->out + 1]);

                to[(y + border) * row + x + border] =
                    activate(top, l->scale[o]);
            }
    }
}

static void convolve_flat(const struct glyph_layer *l, const struct shape *s,
                          const uint8_t *from, int16_t *patches, int16_t *to)
{
    int32_t sums[PLACES] = {0};
    int n = s->out * s->out;

    lay_out(from, s, patches);
    for (int o = 0; o < l->out; o++) {
        convolve(l, o, s, patches, sums);
        for (int i = 0; i < n; i++)
            to[o * n + i] = activate(sums[i], l->scale[o]);
    }
}

static int32_t dense_sum(const struct glyph_layer *l, int o,
                         const int16_t *from)
{
    const int8_t *w = l->weights + (ptrdiff_t)o * l->in;
    int32_t sum = l->bias[o];

    for (int i = 0; i < l->in; i++)
        sum += w[i] * from[i];
    return sum;
}

static void run_net(const struct glyph_layer *l,
                    const uint8_t picture[GLYPH_PIXELS],
                    int32_t out[GLYPH_MAX_CLASSES])
{
    static const struct shape shapes[3] = {
        {1, IN1, 5, SIDE1, PATCH1},
        {GLYPH_CONV1, IN2, 3, SIDE2, PATCH2},
        {GLYPH_CONV2, SIDE3, 3, SIDE4, PATCH3},
    };
    struct planes p;

    memset(p.in1, 0, sizeof(p.in1));
    for (int y = 0; y < GLYPH_SIDE; y++)
        memcpy(p.in1 + (y + 2) * IN1 + 2, picture + (size_t)y * GLYPH_SIDE,
               GLYPH_SIDE);
    convolve_halved(&l[0], &shapes[0], p.in1, p.patches, p.in2, 1);
    convolve_halved(&l[1], &shapes[1], p.in2, p.patches, p.in3, 0);
    convolve_flat(&l[2], &shapes[2], p.in3, p.patches, p.flat);
    for (int o = 0; o < l[3].out; o++)
        p.hidden[o] = activate(dense_sum(&l[3], o, p.flat), l[3].scale[o]);
    for (int o = 0; o < l[4].out; o++)
        out[o] = dense_sum(&l[4], o, p.hidden);
}

/* 2^(-x/256) in parts of 2^30, by whole numbers alone. */
static int64_t halved(int64_t x)
{
    /* 2^(-i/16) in parts of 2^30; between them a straight line */
    static const int32_t table[17] = {
        1073741824, 1028218693, 984625594, 942880699, 902905651, 864625413,
        827968132,  792865000,  759250125, 727060411, 696235434, 666717336,
        638450708,  611382493,  585461881, 560640218, 536870912};
    int64_t i = x / 16 % 16, rest = x % 16;

    if (x / 256 > 40)
        return 0;
    return (table[i] * (16 - rest) + table[i + 1] * rest) / 16 >> x / 256;
}

/* The first of the most likely, `but` and what is not allowed left out. */
static int top_of(const int64_t *likely, int n, const bool *allowed, int but)
{
    int top = -1;

    for (int i = 0; i < n; i++)
        if (i != but && (!allowed || allowed[i]) &&
            (top < 0 || likely[i] > likely[top]))
            top = i;
    return top;
}

struct glyph_guess glyph_pick(const struct glyph_odds *odds,
                              const bool *allowed)
{
    const int64_t *likely = odds->likely;
    int n = odds->classes, best = top_of(likely, n, allowed, -1);
    int second = top_of(likely, n, allowed, best);
    int64_t total = halved(0);
    struct glyph_guess g = {.best = best, .second = second};

    assert(best >= 0 && second >= 0);
    for (int i = 0; i < n; i++)
        if (i != best && (!allowed || allowed[i]))
            total += halved(likely[best] - likely[i]);
    g.confidence = (int)(halved(0) * 1000 / total);
    g.margin = g.confidence -
               (int)(halved(likely[best] - likely[second]) * 1000 / total);
    g.disputed = odds->wavers || top_of(odds->net, n, allowed, -1) !=
                                     top_of(odds->vote, n, allowed, -1);
    if (g.disputed && g.confidence > GLYPH_DISPUTED) {
        g.margin = g.margin > GLYPH_DISPUTED ? GLYPH_DISPUTED : g.margin;
        g.confidence = GLYPH_DISPUTED;
    }
    return g;
}

/* What the nets say of one view, added to `odds`; the class they name. */
static int add_view(const struct glyph_net *net,
                    const uint8_t picture[GLYPH_PIXELS], int view,
                    int64_t odds[GLYPH_MAX_CLASSES])
{
    int64_t one[GLYPH_MAX_CLASSES] = {0};
    int32_t sums[GLYPH_MAX_CLASSES];
    uint8_t seen[GLYPH_PIXELS];
    int classes = glyph_other(net) + 1;

    glyph_view(picture, view, seen);
    for (int k = 0; k < net->n_members; k++) {
        const struct glyph_member *m = &net->members[k];

        run_net(m->layers, seen, sums);
        for (int i = 0; i < classes; i++)
            one[i] += (int64_t)sums[i] * m->softness / (1 << 24);
    }
    for (int i = 0; i < classes; i++)
        odds[i] += one[i];
    return top_of(one, classes, NULL, -1);
}

static void weigh(struct glyph_odds *odds,
                  const int64_t sums[GLYPH_MAX_CLASSES], int views)
{
    for (int i = 0; i < odds->classes; i++) {
        odds->net[i] = sums[i] / views;
        odds->likely[i] = odds->net[i] + odds->vote[i];
    }
}

static bool is_plain(const struct glyph_odds *odds)
{
    struct glyph_guess g = glyph_pick(odds, NULL);

    return g.confidence >= GLYPH_PLAIN;
}

void glyph_measure(const struct glyph_net *net,
                   const uint8_t picture[GLYPH_PIXELS], struct glyph_odds *out)
{
    int64_t sums[GLYPH_MAX_CLASSES] = {0};
    int32_t far[GLYPH_MAX_CLASSES];
    uint8_t features[VOTE_FEATURES];

    *out = (struct glyph_odds){.classes = glyph_other(net) + 1};
    vote_features(picture, features);
    vote_distances(&net->votes, out->classes, features, far);
    for (int i = 0; i < out->classes; i++)
        out->vote[i] = -(int64_t)far[i] * net->vote_softness / (1 << 24);
    int first = add_view(net, picture, 0, sums);
    weigh(out, sums, 1);
    bool plain = is_plain(out);
    for (int view = 1; view < net->n_views; view++) {
        if (view == GLYPH_GLANCES && plain && !out->wavers)
            return;
        if (add_view(net, picture, view, sums) != first)
            out->wavers = true;
    }
    weigh(out, sums, net->n_views);
}

struct glyph_guess glyph_read(const struct glyph_net *net, const uint8_t *ink,
                              int width, int height, const bool *allowed)
{
    uint8_t picture[GLYPH_PIXELS];
    struct glyph_guess blank = {.best = glyph_empty(net),
                                .second = glyph_other(net)};
    struct glyph_odds odds;

    switch (glyph_normalise(ink, width, height, picture)) {
    case GLYPH_NORM_EMPTY:
        blank.confidence = blank.margin = 1000;
        return blank;
    case GLYPH_NORM_EDGE_INK:
        blank.confidence = 500;
        return blank;
    case GLYPH_NORM_INK:
        break;
    }
    glyph_measure(net, picture, &odds);
    return glyph_pick(&odds, allowed);
}
