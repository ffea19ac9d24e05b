#include "ocr/print_shift.h"

#include "ocr/bits.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* Of two shifts that cover the print about equally (in 1/1000), the middle. */
#define SHIFT_EQUAL 4
/* Print less than this (px) says nothing about where it lies. */
#define PRINT_LEAST 60

/* What is compared: the place, and the print with `reach` px around it. */
struct overlay {
    struct bits all, print;
};

/* Ink of a row that lies on print. The first of `n` words of ink lies on the
 * print's from its bit `shift` on; both rows go on after them. */
static int covered_words(const l_uint32 *ink, const l_uint32 *print, int n,
                         int shift)
{
    int sum = 0;

    for (int k = 0; k < n; k++)
        sum += bits_count(
            ink[k] & (print[k] << shift | print[k + 1] >> 1 >> (31 - shift)));
    return sum;
}

/* Ink that lies on print, moved by (dx, dy). */
static int covered(const struct overlay *o, int reach, int dx, int dy)
{
    int left = reach - dx, last = (o->all.width - 1) / 32, n = 0;

    for (int y = 0; y < o->all.height; y++) {
        const l_uint32 *ink = o->all.words + (size_t)y * (size_t)o->all.wpl;
        int below = reach - dy + y;

        n += covered_words(ink,
                           o->print.words +
                               (size_t)below * (size_t)o->print.wpl + left / 32,
                           last, left % 32);
        n += bits_count(
            bits_some(&o->all, 32 * last, y, o->all.width - 32 * last) &
            bits_at(&o->print, left + 32 * last, below));
    }
    return n;
}

struct shift_scores {
    int reach, side;
    int *at; /* covered ink by shift, -1 = not tried */
};

static int score_at(const struct shift_scores *s, int dx, int dy)
{
    if (abs(dx) > s->reach || abs(dy) > s->reach)
        return -1;
    return s->at[(dy + s->reach) * s->side + dx + s->reach];
}

static void try_shift(struct shift_scores *s, const struct overlay *o, int dx,
                      int dy)
{
    if (abs(dx) > s->reach || abs(dy) > s->reach || score_at(s, dx, dy) >= 0)
        return;
    s->at[(dy + s->reach) * s->side + dx + s->reach] =
        covered(o, s->reach, dx, dy);
}

static int best_score(const struct shift_scores *s)
{
    int best = 0;

    for (int i = 0; i < s->side * s->side; i++)
        best = s->at[i] > best ? s->at[i] : best;
    return best;
}

/* Everything within two px of what is about the best so far. */
static bool widen(struct shift_scores *s, const struct overlay *o)
{
    int need = best_score(s), before = 0, after = 0;

    need -= need * SHIFT_EQUAL / 1000;
    for (int i = 0; i < s->side * s->side; i++)
        before += s->at[i] >= 0;
    for (int dy = -s->reach; dy <= s->reach; dy++)
        for (int dx = -s->reach; dx <= s->reach; dx++) {
            if (score_at(s, dx, dy) < need)
                continue;
            for (int i = 0; i < 9; i++)
                try_shift(s, o, dx + i % 3 - 1, dy + i / 3 - 1);
        }
    for (int i = 0; i < s->side * s->side; i++)
        after += s->at[i] >= 0;
    return after > before;
}

/* The middle of the shifts that cover the most print with ink. */
static void middle(const struct shift_scores *s, int *dx, int *dy)
{
    int need = best_score(s), n = 0, sum_x = 0, sum_y = 0;

    need -= need * SHIFT_EQUAL / 1000;
    for (int y = -s->reach; y <= s->reach; y++)
        for (int x = -s->reach; x <= s->reach; x++)
            if (score_at(s, x, y) >= need) {
                sum_x += x;
                sum_y += y;
                n++;
            }
    *dx = n ? (int)lround((double)sum_x / n) : 0;
    *dy = n ? (int)lround((double)sum_y / n) : 0;
}

void print_shift(struct Pix *all, struct Pix *print, int reach, int *dx,
                 int *dy)
{
    struct shift_scores s = {reach, 2 * reach + 1, NULL};
    const struct overlay o = {bits_of(all), bits_of(print)};
    l_int32 printed = 0;

    *dx = *dy = 0;
    pixCountPixels(print, &printed, NULL);
    s.at = malloc((size_t)(s.side * s.side) * sizeof *s.at);
    if (s.at && printed >= PRINT_LEAST) {
        for (int i = 0; i < s.side * s.side; i++)
            s.at[i] = -1;
        for (int y = -reach; y <= reach; y += 2)
            for (int x = -reach; x <= reach; x += 2)
                try_shift(&s, &o, x, y);
        while (widen(&s, &o))
            ;
        middle(&s, dx, dy);
    }
    free(s.at);
}
