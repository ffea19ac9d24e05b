#include "ocr/print_shift.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* Of two shifts that cover the print about equally (in 1/1000), the middle. */
#define SHIFT_EQUAL 4
/* Print less than this (px) says nothing about where it lies. */
#define PRINT_LEAST 60

/* Print of the page under the cut, moved by (dx, dy). */
static int covered(PIX *all, PIX *print, PIX *work, int reach, int dx, int dy)
{
    l_int32 n = 0;

    pixRasterop(work, 0, 0, pixGetWidth(work), pixGetHeight(work), PIX_SRC,
                print, reach - dx, reach - dy);
    pixAnd(work, work, all);
    pixCountPixels(work, &n, NULL);
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

static void try_shift(struct shift_scores *s, PIX *all, PIX *print, PIX *work,
                      int dx, int dy)
{
    if (abs(dx) > s->reach || abs(dy) > s->reach || score_at(s, dx, dy) >= 0)
        return;
    s->at[(dy + s->reach) * s->side + dx + s->reach] =
        covered(all, print, work, s->reach, dx, dy);
}

static int best_score(const struct shift_scores *s)
{
    int best = 0;

    for (int i = 0; i < s->side * s->side; i++)
        best = s->at[i] > best ? s->at[i] : best;
    return best;
}

/* Everything within two px of what is about the best so far. */
static bool widen(struct shift_scores *s, PIX *all, PIX *print, PIX *work)
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
                try_shift(s, all, print, work, dx + i % 3 - 1, dy + i / 3 - 1);
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
    PIX *work = pixCreateTemplate(all);
    l_int32 printed = 0;

    *dx = *dy = 0;
    pixCountPixels(print, &printed, NULL);
    s.at = malloc((size_t)(s.side * s.side) * sizeof *s.at);
    if (work && s.at && printed >= PRINT_LEAST) {
        for (int i = 0; i < s.side * s.side; i++)
            s.at[i] = -1;
        for (int y = -reach; y <= reach; y += 2)
            for (int x = -reach; x <= reach; x += 2)
                try_shift(&s, all, print, work, x, y);
        while (widen(&s, all, print, work))
            ;
        middle(&s, dx, dy);
    }
    free(s.at);
    pixDestroy(&work);
}
