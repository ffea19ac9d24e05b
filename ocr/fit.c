/*
 * The local fit of one box: the frame that the empty form prints around it is
 * looked for on the scan, within 1.5 mm of where the map says it is.
 */
#include "ocr/bits.h"
#include "ocr/page.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdint.h>

#define REACH_MM 1.5
/* The frame of a box is no further from it than this on the empty form; other
 * lines belong to other boxes. */
#define OWN_MM 0.8
/* Two sides of a box that slip further apart than this were not both found. */
#define STRETCH_MM 0.5
/* Share of a side that must be ink to be a frame line, and its thickness. The
 * empty form prints a frame whole, from corner to corner: a letter beside a low
 * box is nearly as high as the box. */
#define SIDE_SHARE 0.7
#define PRINTED_SHARE 0.95
#define THICKEST_MM 0.9
/* Left out at both ends of a side, where the other sides cross. */
#define END_SHARE 0.12

enum { PROFILE_MOST = 256 };

/* One side: searched across from `from` for `n` px, counted along. */
struct side {
    bool upright; /* the line runs down: left and right sides */
    int from, n;
    int along_from, along_to;
};

/* Ink across a side, place by place: of each alone, and where it or the next
 * has ink, for a line that leans over two. */
struct counts {
    int one[PROFILE_MOST], two[PROFILE_MOST];
};

static void add_bits(uint32_t bits, int x, int *counts)
{
    for (; bits; bits &= bits - 1)
        counts[x + 31 - __builtin_ctz(bits)]++;
}

/* Counted downwards, column by column. */
static void count_columns(const struct bits *b, const struct side *s,
                          struct counts *c)
{
    for (int y = s->along_from; y < s->along_to; y++)
        for (int x = 0; x < s->n; x += 32) {
            uint32_t bits = bits_some(b, s->from + x, y, s->n - x);
            uint32_t next = bits_some(b, s->from + x + 1, y, s->n - x);

            add_bits(bits, x, c->one);
            add_bits(bits | next, x, c->two);
        }
}

/* Counted across, row by row. */
static void count_rows(const struct bits *b, const struct side *s,
                       struct counts *c)
{
    for (int i = 0; i < s->n; i++)
        for (int x = s->along_from; x < s->along_to; x += 32) {
            int n = s->along_to - x, y = s->from + i;
            uint32_t bits = bits_some(b, x, y, n);

            c->one[i] += bits_count(bits);
            c->two[i] += bits_count(bits | bits_some(b, x, y + 1, n));
        }
}

enum { LINES_MOST = 8 };

struct lines {
    double at[LINES_MOST]; /* middles, px from s->from */
    int n;
};

/* The thin lines along a side. What is half as long and twice as thick is a
 * letter's stroke. */
static struct lines find_lines(PIX *pix, const struct side *s, double share,
                               int thickest)
{
    struct counts c = {{0}, {0}};
    int need = (int)ceil((s->along_to - s->along_from) * share);
    struct lines found = {.n = 0};
    struct bits bits = bits_of(pix);

    if (s->upright)
        count_columns(&bits, s, &c);
    else
        count_rows(&bits, s, &c);
    for (int i = 0; i < s->n && found.n < LINES_MOST; i++) {
        int start = i;
        double sum = 0, moment = 0;

        while (i < s->n && c.two[i] >= need && c.one[i] * 4 >= need) {
            sum += c.one[i];
            moment += c.one[i] * (i + 0.5);
            i++;
        }
        if (i > start && i - start <= thickest)
            found.at[found.n++] = moment / sum;
    }
    return found;
}

/* How far lines on the scan lie from where the empty form has this side: one
 * number for each line that could be it. */
static struct lines side_shifts(const struct page *p, bool upright, int at,
                                int from, int to)
{
    int reach = (int)ceil(REACH_MM * p->dpi / 25.4);
    int thickest = (int)ceil(THICKEST_MM * p->dpi / 25.4);
    int end = (int)((to - from) * END_SHARE);
    struct side s = {upright, at - reach, 2 * reach + 1, from + end, to - end};
    struct side whole = {upright, s.from, s.n, from, to};
    double own = OWN_MM * p->dpi / 25.4, printed = -1;
    struct lines lines = {.n = 0};

    if (s.n > PROFILE_MOST || s.along_to - s.along_from < 4 || !p->blank)
        return lines;
    lines = find_lines(p->blank, &whole, PRINTED_SHARE, 2 * thickest);
    for (int i = 0; i < lines.n; i++)
        if (fabs(lines.at[i] - reach - 0.5) <= own) {
            own = fabs(lines.at[i] - reach - 0.5);
            printed = lines.at[i];
        }
    lines.n = 0;
    if (printed < 0)
        return lines;
    lines = find_lines(p->ink, &s, SIDE_SHARE, thickest);
    for (int i = 0; i < lines.n; i++)
        lines.at[i] -= printed;
    return lines;
}

static bool least(const struct lines *l, double *shift)
{
    for (int i = 0; i < l->n; i++)
        if (i == 0 || fabs(l->at[i]) < fabs(*shift))
            *shift = l->at[i];
    return l->n > 0;
}

/* The two sides' shifts that agree, as near as can be. */
static bool agreeing(const struct lines *one, const struct lines *other,
                     double stretch, double *first, double *last)
{
    double best = 1e9;

    for (int i = 0; i < one->n; i++)
        for (int k = 0; k < other->n; k++) {
            double far = fabs(one->at[i]) + fabs(other->at[k]);

            if (fabs(one->at[i] - other->at[k]) > stretch || far >= best)
                continue;
            best = far;
            *first = one->at[i];
            *last = other->at[k];
        }
    return best < 1e9;
}

/* Two opposite sides: both moved, or the one without a line moved as its
 * partner, so that the size stays what the form says. */
static void move_pair(const struct page *p, bool upright, int from, int to,
                      int32_t *start, int32_t *length)
{
    struct lines one = side_shifts(p, upright, *start, from, to);
    struct lines other = side_shifts(p, upright, *start + *length, from, to);
    double first = 0, last = 0;
    int32_t end;

    if (one.n && other.n) {
        if (!agreeing(&one, &other, STRETCH_MM * p->dpi / 25.4, &first, &last))
            return;
    } else {
        if (!least(one.n ? &one : &other, &first))
            return;
        last = first;
    }
    end = *start + *length + (int32_t)lround(last);
    *start += (int32_t)lround(first);
    *length = end - *start;
}

struct rect_px page_fit(const struct page *p, struct rect_tmm r)
{
    struct rect_px mapped = page_rect(&p->map, r), out = mapped;

    move_pair(p, true, mapped.top, mapped.top + mapped.height, &out.left,
              &out.width);
    move_pair(p, false, mapped.left, mapped.left + mapped.width, &out.top,
              &out.height);
    return out.width > 0 && out.height > 0 ? out : mapped;
}
