#include "ocr/digit_net.h"

#include <string.h>

#include "ocr/digit_norm.h"
#include "ocr/digit_weights.h"

/*
 * The net: 5x5 convolution, halve, 3x3 convolution, halve, 3x3 convolution,
 * two dense layers. Planes are stored with the border of zeros that the next
 * convolution needs, so no loop looks at an edge.
 */
enum {
    SIDE1 = DIGIT_SIDE, /* after convolution 1 */
    SIDE2 = SIDE1 / 2,
    SIDE3 = SIDE2 / 2,
    IN1 = SIDE1 + 4, /* with a border of 2 for 5x5 */
    IN2 = SIDE2 + 2, /* with a border of 1 for 3x3 */
    MAX_SUMS = SIDE1 * SIDE1
};

struct planes {
    uint8_t in1[IN1 * IN1];
    uint8_t in2[DIGIT_CONV1 * IN2 * IN2];
    uint8_t in3[DIGIT_CONV2 * SIDE3 * SIDE3];
    uint8_t flat[DIGIT_FLAT];
    uint8_t hidden[DIGIT_HIDDEN];
    int32_t sums[DIGIT_CLASSES];
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

/* One output plane: `out` x `out` sums from planes of `in` x `in`. */
static void convolve(const struct digit_layer *l, int plane,
                     const uint8_t *from, int in, int kernel, int32_t *sums)
{
    int out = in - kernel + 1;
    const int8_t *w = l->weights + plane * l->in * kernel * kernel;

    for (int i = 0; i < out * out; i++)
        sums[i] = l->bias[plane];
    for (int c = 0; c < l->in; c++, from += in * in)
        for (int k = 0; k < kernel * kernel; k++, w++) {
            const uint8_t *p = from + k / kernel * in + k % kernel;

            for (int y = 0; y < out; y++)
                for (int x = 0; x < out; x++)
                    sums[y * out + x] += *w * p[y * in + x];
        }
}

static int32_t max4(int32_t a, int32_t b, int32_t c, int32_t d)
{
    int32_t ab = a > b ? a : b, cd = c > d ? c : d;

    return ab > cd ? ab : cd;
}

/* Convolution, then the largest of every 2x2, with a border around it. */
static void convolve_halved(const struct digit_layer *l, const uint8_t *from,
                            int in, int kernel, uint8_t *to, int border)
{
    int32_t sums[MAX_SUMS] = {0};
    int side = in - kernel + 1, half = side / 2, row = half + 2 * border;

    memset(to, 0, (size_t)l->out * (size_t)row * (size_t)row);
    for (int o = 0; o < l->out; o++, to += row * row) {
        convolve(l, o, from, in, kernel, sums);
        for (int y = 0; y < half; y++)
            for (int x = 0; x < half; x++) {
                const int32_t *s = sums + 2 * y * side + 2 * x;
                int32_t top = max4(s[0], s[1], s[side], s[side + 1]);

                to[(y + border) * row + x + border] =
                    activate(top, l->scale[o]);
            }
    }
}

static void convolve_flat(const struct digit_layer *l, const uint8_t *from,
                          int in, int kernel, uint8_t *to)
{
    int32_t sums[MAX_SUMS] = {0};
    int n = (in - kernel + 1) * (in - kernel + 1);

    for (int o = 0; o < l->out; o++) {
        convolve(l, o, from, in, kernel, sums);
        for (int i = 0; i < n; i++)
            to[o * n + i] = activate(sums[i], l->scale[o]);
    }
}

static int32_t dense_sum(const struct digit_layer *l, int o,
                         const uint8_t *from)
{
    const int8_t *w = l->weights + o * l->in;
    int32_t sum = l->bias[o];

    for (int i = 0; i < l->in; i++)
        sum += w[i] * from[i];
    return sum;
}

static void run_net(const uint8_t picture[DIGIT_PIXELS], struct planes *p)
{
    const struct digit_layer *l = digit_layers;

    memset(p->in1, 0, sizeof(p->in1));
    for (int y = 0; y < DIGIT_SIDE; y++)
        memcpy(p->in1 + (y + 2) * IN1 + 2, picture + y * DIGIT_SIDE,
               DIGIT_SIDE);
    convolve_halved(&l[0], p->in1, IN1, 5, p->in2, 1);
    convolve_halved(&l[1], p->in2, IN2, 3, p->in3, 0);
    convolve_flat(&l[2], p->in3, SIDE3, 3, p->flat);
    for (int o = 0; o < DIGIT_HIDDEN; o++)
        p->hidden[o] = activate(dense_sum(&l[3], o, p->flat), l[3].scale[o]);
    for (int o = 0; o < DIGIT_CLASSES; o++)
        p->sums[o] = dense_sum(&l[4], o, p->hidden);
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

static struct digit_guess guess_from(const int32_t sums[DIGIT_CLASSES])
{
    struct digit_guess g = {0, 1, 0, 0};
    int64_t part[DIGIT_CLASSES], total = 0;

    for (int i = 1; i < DIGIT_CLASSES; i++)
        if (sums[i] > sums[g.best])
            g.best = i;
    g.second = g.best == 0 ? 1 : 0;
    for (int i = 0; i < DIGIT_CLASSES; i++)
        if (i != g.best && sums[i] > sums[g.second])
            g.second = i;
    for (int i = 0; i < DIGIT_CLASSES; i++) {
        int64_t gap = (int64_t)sums[g.best] - sums[i];

        part[i] = halved(gap * digit_softness >> 24);
        total += part[i];
    }
    g.confidence = (int)(part[g.best] * 1000 / total);
    g.margin = (int)((part[g.best] - part[g.second]) * 1000 / total);
    return g;
}

struct digit_guess digit_read(const uint8_t *ink, int width, int height)
{
    static const struct digit_guess empty = {DIGIT_EMPTY, DIGIT_STRUCK, 1000,
                                             1000};
    static const struct digit_guess edge = {DIGIT_EMPTY, 1, 500, 0};
    uint8_t picture[DIGIT_PIXELS];
    struct planes p;

    switch (digit_normalise(ink, width, height, picture)) {
    case DIGIT_NORM_EMPTY:
        return empty;
    case DIGIT_NORM_EDGE_INK:
        return edge;
    case DIGIT_NORM_INK:
        break;
    }
    run_net(picture, &p);
    return guess_from(p.sums);
}

const char *digit_net_version(void)
{
    return digit_weights_version;
}
