#include "ocr/glyph_norm.h"

#include <stdbool.h>
#include <string.h>

/* Larger crops are first made smaller: a box of 7 mm has 83 px at 300 dpi, and
 * at 600 dpi there is nothing more to see than at 300. */
enum { WORK_SIDE = 96, FIT_SIDE = 20, MAX_PARTS = 1024 };

/* Paper and ink nearer to each other than this are one shade. */
#define MIN_CONTRAST 12

/* Below this, pale pencil and the grain of the paper look alike in depth, but
 * grain covers much of the box and pencil does not. */
#define SURE_CONTRAST 40
#define GRAIN_PERCENT 30

/* The share of a side that a straight run of ink fills when it is the frame. */
#define FRAME_LINE_PERCENT 75

struct work {
    int w, h;
    uint8_t grey[WORK_SIDE * WORK_SIDE];
    uint8_t mask[WORK_SIDE * WORK_SIDE]; /* 1 = ink that is kept */
    uint16_t part[WORK_SIDE * WORK_SIDE];
    bool edge_ink; /* a doubtful stroke along the edge was dropped */
};

struct span {
    int x0, y0, x1, y1; /* the last ones are inside */
    int area;
};

static int max_int(int a, int b)
{
    return a > b ? a : b;
}

static int min_int(int a, int b)
{
    return a < b ? a : b;
}

/*
 * One row or column of area scaling: the length, in units of 1/to source
 * pixels, that target pixel `i` shares with source pixel `s`.
 */
static int64_t shared_length(int64_t i, int64_t s, int64_t from, int64_t to)
{
    int64_t lo = i * from > s * to ? i * from : s * to;
    int64_t hi = (i + 1) * from < (s + 1) * to ? (i + 1) * from : (s + 1) * to;

    return hi > lo ? hi - lo : 0;
}

static uint8_t area_mean(const uint8_t *src, int stride, int sw, int sh, int dx,
                         int dy, int dw, int dh)
{
    int64_t sum = 0, total = (int64_t)sw * sh;
    int first_x = (int)((int64_t)dx * sw / dw);
    int first_y = (int)((int64_t)dy * sh / dh);
    int last_x = (int)(((int64_t)(dx + 1) * sw - 1) / dw);
    int last_y = (int)(((int64_t)(dy + 1) * sh - 1) / dh);

    for (int y = first_y; y <= last_y; y++) {
        int64_t row = 0;

        for (int x = first_x; x <= last_x; x++)
            row += shared_length(dx, x, sw, dw) * src[(int64_t)y * stride + x];
        sum += row * shared_length(dy, y, sh, dh);
    }
    return (uint8_t)((sum + total / 2) / total);
}

static void work_load(struct work *k, const uint8_t *ink, int width, int height)
{
    memset(k->mask, 0, sizeof k->mask);
    int64_t longer = max_int(width, height);

    k->w = width;
    k->h = height;
    k->edge_ink = false;
    if (longer > WORK_SIDE) {
        k->w = max_int(1, (int)((int64_t)width * WORK_SIDE / longer));
        k->h = max_int(1, (int)((int64_t)height * WORK_SIDE / longer));
    }
    if (k->w == width && k->h == height) {
        memcpy(k->grey, ink, (size_t)width * (size_t)height);
        return;
    }
    for (int y = 0; y < k->h; y++)
        for (int x = 0; x < k->w; x++)
            k->grey[y * k->w + x] =
                area_mean(ink, width, width, height, x, y, k->w, k->h);
}

/* Otsu's threshold with the mean of both sides; false when they are alike. */
static bool find_levels(const struct work *k, int *cut, int *paper, int *dark)
{
    int64_t count[256] = {0}, sum = 0, n = (int64_t)k->w * k->h;
    int64_t below = 0, below_sum = 0, best = -1, inked = 0;

    for (int64_t i = 0; i < n; i++) {
        count[k->grey[i]]++;
        sum += k->grey[i];
    }
    for (int t = 0; t < 255; t++) {
        int64_t above, gap, score;

        below += count[t];
        below_sum += count[t] * t;
        above = n - below;
        if (below == 0 || above == 0)
            continue;
        gap = (sum - below_sum) * 16 / above - below_sum * 16 / below;
        score = gap * gap * below * above;
        if (score > best) {
            best = score;
            inked = above;
            *cut = t + 1;
            *paper = (int)(below_sum / below);
            *dark = (int)((sum - below_sum) / above);
        }
    }
    if (best < 0 || *dark - *paper < MIN_CONTRAST)
        return false;
    return *dark - *paper >= SURE_CONTRAST || inked * 100 < n * GRAIN_PERCENT;
}

/* Paper becomes 0 and the mean of the ink 255. */
static void stretch(struct work *k, int cut, int paper, int dark)
{
    for (int i = 0; i < k->w * k->h; i++) {
        int v = (k->grey[i] - paper) * 255 / (dark - paper);

        k->mask[i] = k->grey[i] >= cut;
        k->grey[i] = (uint8_t)max_int(0, min_int(255, v));
    }
}

/* A line of the picture: row `i` counted from one of the four edges. */
struct edge {
    int start, step, along, length, depth;
};

static struct edge edge_at(const struct work *k, int side)
{
    int w = k->w, h = k->h;
    const struct edge edges[4] = {
        {0, w, 1, w, h},
        {(h - 1) * w, -w, 1, w, h},
        {0, 1, w, h, w},
        {w - 1, -1, w, h, w},
    };

    return edges[side];
}

static bool is_line(const struct work *k, const struct edge *e, int i)
{
    int n = 0;

    for (int j = 0; j < e->length; j++)
        n += k->mask[e->start + i * e->step + j * e->along];
    return n * 100 >= e->length * FRAME_LINE_PERCENT;
}

/*
 * A thin line along nearly the whole edge is the frame, also where a stroke
 * runs into it. A thick one is a stroke: the frame has been mostly removed.
 */
static void drop_frame_line(struct work *k, int side)
{
    struct edge e = edge_at(k, side);
    int band = e.depth / 8, thick = max_int(2, e.depth / 20);
    int first = 0, end;

    while (first < band && !is_line(k, &e, first))
        first++;
    end = first;
    while (end < e.depth && is_line(k, &e, end))
        end++;
    if (first >= band || end - first > thick || e.depth < 12)
        return;
    for (int i = 0; i < end; i++)
        for (int j = 0; j < e.length; j++)
            k->mask[e.start + i * e.step + j * e.along] = 0;
}

static void grow_part(struct work *k, int at, uint16_t id, struct span *s)
{
    static const int dx[8] = {-1, 0, 1, -1, 1, -1, 0, 1};
    static const int dy[8] = {-1, -1, -1, 0, 0, 1, 1, 1};
    int todo[WORK_SIDE * WORK_SIDE];
    int n = 0;

    *s = (struct span){k->w, k->h, -1, -1, 0};
    k->part[at] = id;
    todo[n++] = at;
    while (n > 0) {
        int p = todo[--n], x = p % k->w, y = p / k->w;

        s->x0 = min_int(s->x0, x);
        s->y0 = min_int(s->y0, y);
        s->x1 = max_int(s->x1, x);
        s->y1 = max_int(s->y1, y);
        s->area++;
        for (int d = 0; d < 8; d++) {
            int nx = x + dx[d], ny = y + dy[d], q = ny * k->w + nx;

            if (nx < 0 || ny < 0 || nx >= k->w || ny >= k->h || !k->mask[q] ||
                k->part[q])
                continue;
            k->part[q] = id;
            todo[n++] = q;
        }
    }
}

/* The connected parts of the ink, from 1; what passes the limit is dropped. */
static int find_parts(struct work *k, struct span parts[MAX_PARTS])
{
    int n = 0;

    memset(k->part, 0, sizeof(k->part));
    for (int i = 0; i < k->w * k->h; i++) {
        if (!k->mask[i] || k->part[i])
            continue;
        if (n + 1 >= MAX_PARTS)
            k->mask[i] = 0;
        else {
            n++;
            grow_part(k, i, (uint16_t)n, &parts[n]);
        }
    }
    return n;
}

static int span_side(const struct span *s)
{
    return max_int(s->x1 - s->x0, s->y1 - s->y0) + 1;
}

/*
 * How much of its side a part lying along the edge fills, in percent; 0 when
 * it does not lie there. Very narrow crops have no such place.
 */
static int edge_percent(const struct work *k, const struct span *s)
{
    int bx = k->w >= 12 ? k->w / 8 : 0, by = k->h >= 12 ? k->h / 8 : 0;
    int gx = max_int(2, bx / 3), gy = max_int(2, by / 3);
    bool left = s->x1 < bx && s->x0 <= gx;
    bool right = s->x0 >= k->w - bx && s->x1 >= k->w - 1 - gx;
    bool top = s->y1 < by && s->y0 <= gy;
    bool bottom = s->y0 >= k->h - by && s->y1 >= k->h - 1 - gy;

    if (left || right)
        return max_int(1, (s->y1 - s->y0 + 1) * 100 / k->h);
    if (top || bottom)
        return max_int(1, (s->x1 - s->x0 + 1) * 100 / k->w);
    return 0;
}

/* Pieces of frame at the edge and specks of dust beside a larger part. */
static void drop_parts(struct work *k)
{
    struct span parts[MAX_PARTS];
    bool drop[MAX_PARTS] = {false};
    int n = find_parts(k, parts), largest = 0;

    for (int i = 1; i <= n; i++) {
        int percent = edge_percent(k, &parts[i]);

        drop[i] = percent > 0;
        if (percent >= 30 && percent < FRAME_LINE_PERCENT)
            k->edge_ink = true;
        if (!drop[i])
            largest = max_int(largest, parts[i].area);
    }
    for (int i = 1; i <= n; i++)
        if (parts[i].area * 25 < largest && span_side(&parts[i]) * 8 < k->h)
            drop[i] = true;
    for (int i = 0; i < k->w * k->h; i++)
        if (k->mask[i] && drop[k->part[i]])
            k->mask[i] = 0;
}

static struct span kept_span(const struct work *k)
{
    struct span s = {k->w, k->h, -1, -1, 0};

    for (int y = 0; y < k->h; y++)
        for (int x = 0; x < k->w; x++) {
            if (!k->mask[y * k->w + x])
                continue;
            s.x0 = min_int(s.x0, x);
            s.y0 = min_int(s.y0, y);
            s.x1 = max_int(s.x1, x);
            s.y1 = max_int(s.y1, y);
            s.area++;
        }
    return s;
}

static bool near_kept(const struct work *k, int x, int y)
{
    for (int ny = max_int(0, y - 1); ny <= min_int(k->h - 1, y + 1); ny++)
        for (int nx = max_int(0, x - 1); nx <= min_int(k->w - 1, x + 1); nx++)
            if (k->mask[ny * k->w + nx])
                return true;
    return false;
}

/* Outside of what is kept, the soft rim of the strokes stays, all else goes. */
static void clear_dropped(struct work *k)
{
    for (int y = 0; y < k->h; y++)
        for (int x = 0; x < k->w; x++)
            if (!near_kept(k, x, y))
                k->grey[y * k->w + x] = 0;
}

/* Where a side of `size` pixels starts so that its mass lies in the middle. */
static int centred(int64_t moment, int64_t mass, int size)
{
    int start = (int)((GLYPH_SIDE * mass - 2 * moment - mass) / (2 * mass));

    return max_int(0, min_int(GLYPH_SIDE - size, start));
}

static void fit(const struct work *k, const struct span *s,
                uint8_t out[GLYPH_PIXELS])
{
    uint8_t small[FIT_SIDE * FIT_SIDE];
    int sw = s->x1 - s->x0 + 1, sh = s->y1 - s->y0 + 1;
    int longer = max_int(sw, sh);
    int w = max_int(1, (sw * FIT_SIDE + longer / 2) / longer);
    int h = max_int(1, (sh * FIT_SIDE + longer / 2) / longer);
    int64_t mass = 0, mx = 0, my = 0;
    int left, top;

    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            int v = area_mean(k->grey + s->y0 * k->w + s->x0, k->w, sw, sh, x,
                              y, w, h);

            small[y * w + x] = (uint8_t)v;
            mass += v;
            mx += (int64_t)v * x;
            my += (int64_t)v * y;
        }
    left = mass ? centred(mx, mass, w) : 0;
    top = mass ? centred(my, mass, h) : 0;
    for (int y = 0; y < h; y++)
        memcpy(out + (top + y) * GLYPH_SIDE + left, small + y * w, (size_t)w);
}

enum glyph_norm_state glyph_normalise(const uint8_t *ink, int width, int height,
                                      uint8_t out[GLYPH_PIXELS])
{
    struct work k;
    struct span s;
    int cut = 0, paper = 0, dark = 0;

    memset(out, 0, GLYPH_PIXELS);
    if (!ink || width <= 0 || height <= 0)
        return GLYPH_NORM_EMPTY;
    work_load(&k, ink, width, height);
    if (!find_levels(&k, &cut, &paper, &dark))
        return GLYPH_NORM_EMPTY;
    stretch(&k, cut, paper, dark);
    for (int side = 0; side < 4; side++)
        drop_frame_line(&k, side);
    drop_parts(&k);
    s = kept_span(&k);
    if (s.area == 0 || span_side(&s) * 7 < max_int(k.w, k.h))
        return k.edge_ink ? GLYPH_NORM_EDGE_INK : GLYPH_NORM_EMPTY;
    clear_dropped(&k);
    fit(&k, &s, out);
    return GLYPH_NORM_INK;
}
