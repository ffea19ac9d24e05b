/*
 * What one box costs the readers of single characters, in CPU time: digits and
 * kana as they are written, and blank boxes (limit for a digit: 1
 * ms). The boxes are rings, bars and hooks of 59 x 83 pixels, as 5 x 7 mm at
 * 300 dpi. Most of these are no digits, so more of them than on a page are
 * looked at seven times: `accuracy digits` says what published digits cost.
 *
 *     bench_digits [BOXES]
 */
#include "ocr/digit_net.h"
#include "ocr/kana_net.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WIDTH = 59, HEIGHT = 83, ROUNDS = 15 };
#define LIMIT 1.0 /* ms a digit */

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_value(const void *x, const void *y)
{
    const double *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

/* A ring with a gap, wider or narrower, with a bar across every other one. */
static void draw(uint8_t *ink, int i)
{
    int rx = 10 + i % 13, ry = 20 + i % 17;

    memset(ink, 0, (size_t)WIDTH * HEIGHT);
    for (int y = -ry; y <= ry; y++)
        for (int x = -rx; x <= rx; x++) {
            int at = x * x * 1000 / (rx * rx) + y * y * 1000 / (ry * ry);
            bool ring = at > 650 && at <= 1000 && !(i % 3 == 0 && x > 0);
            bool bar = i % 2 && abs(y) < 3;

            if (ring || bar)
                ink[(y + HEIGHT / 2) * WIDTH + x + WIDTH / 2] = 255;
        }
}

static int as_digit(const uint8_t *ink)
{
    return digit_read(ink, WIDTH, HEIGHT).confidence;
}

static int as_kana(const uint8_t *ink)
{
    return kana_read(ink, WIDTH, HEIGHT).confidence;
}

static void measure(const char *what, int (*read)(const uint8_t *),
                    const uint8_t *boxes, size_t step, int n)
{
    double took[ROUNDS];
    long long sum = 0; /* so that nothing is left out */

    for (int round = 0; round < ROUNDS; round++) {
        double start = seconds();
        for (int i = 0; i < n; i++)
            sum += read(boxes + step * (size_t)i);
        took[round] = (seconds() - start) * 1000 / n;
    }
    qsort(took, ROUNDS, sizeof *took, by_value);
    printf("%-6s  median %.3f ms, slowest round %.3f ms, %.2f of the limit "
           "(mean confidence %lld)\n",
           what, took[ROUNDS / 2], took[ROUNDS - 1], took[ROUNDS / 2] / LIMIT,
           sum / n / ROUNDS);
}

int main(int argc, char **argv)
{
    static const uint8_t blank[WIDTH * HEIGHT];
    size_t step = (size_t)WIDTH * HEIGHT;
    int n = argc > 1 ? atoi(argv[1]) : 400;
    uint8_t *boxes = n > 0 ? malloc(step * (size_t)n) : NULL;

    if (!boxes) {
        fputs("bench_digits [BOXES]\n", stderr);
        return 2;
    }
    for (int i = 0; i < n; i++)
        draw(boxes + step * (size_t)i, i);
    measure("digit", as_digit, boxes, step, n);
    measure("kana", as_kana, boxes, step, n);
    measure("blank", as_digit, blank, 0, n);
    free(boxes);
    return 0;
}
