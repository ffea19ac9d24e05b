/* One tick box, cut out of somebody's scan. */
#include "bench/accuracy_plain.h"

#include <leptonica/allheaders.h>
#include <math.h>

/* A picture is taken for one of this size: its box is then about 5 mm wide. */
#define PICTURE_TMM 70
#define PICTURE_DPI 300
#define TMM_PER_INCH 254.0
/* Of the pixels: darker than paper as such; as dark as ink. */
#define PAPER_SHARE 0.8
#define DARK_SHARE 0.005
#define AROUND_PX 60 /* paper added, for strokes that leave the picture */
/* Each side of the frame lies in the outer part of the picture, and most of it
 * is ink there. */
#define OUTER 0.35
#define SIDE_SHARE 0.6

/* The grey level below which so much of the picture lies. */
static int level_of(PIX *grey, double share)
{
    NUMA *counts = pixGetGrayHistogram(grey, 1);
    double sum = 0, all = (double)pixGetWidth(grey) * pixGetHeight(grey);
    int level = 0;
    for (; counts && level < 255; level++) {
        l_float32 n = 0;
        numaGetFValue(counts, level, &n);
        sum += (double)n;
        if (sum > all * share)
            break;
    }
    numaDestroy(&counts);
    return level;
}

/* Ink on a picture too small for page_clean(): clearly darker than its paper,
 * a pale frame too. */
static bool show(struct page *p, struct Pix *picture)
{
    const int side = PICTURE_TMM * PICTURE_DPI / (int)TMM_PER_INCH;
    PIX *grey = picture ? pixConvertTo8(picture, 0) : NULL;
    float scale = grey ? (float)side / (float)pixGetWidth(grey) : 1;
    PIX *large = grey ? pixScale(grey, scale, scale) : NULL;
    PIX *inked = NULL;
    if (large) {
        int paper = level_of(large, PAPER_SHARE);
        int dark = level_of(large, DARK_SHARE);
        inked = pixThresholdToBinary(large, paper - (paper - dark) / 3);
    }
    if (inked) {
        p->ink = pixAddBorder(inked, AROUND_PX, 0);
        p->grey = pixAddBorder(large, AROUND_PX, 255);
    }
    pixDestroy(&inked);
    pixDestroy(&large);
    pixDestroy(&grey);
    p->dpi = PICTURE_DPI;
    return p->ink && p->grey;
}

/* Where one side of the frame lies: its middle and its width, px. */
struct frame_side {
    double at, width;
};

/* `counts` is ink by row or column; searched from `from` towards `to`. */
static struct frame_side find_side(NUMA *counts, int from, int to, int need)
{
    struct frame_side none = {from, 0};
    int step = to > from ? 1 : -1;
    for (int i = from; i != to; i += step) {
        l_int32 n = 0;
        int first = i;
        while (i != to && numaGetIValue(counts, i, &n) == 0 && n >= need)
            i += step;
        if (i == to && i != first) /* black all over: only its edge is seen */
            return (struct frame_side){first + 0.5, 1};
        if (i != first)
            return (struct frame_side){(first + i - step) / 2.0 + 0.5,
                                       step * (i - first)};
    }
    return none;
}

/* The two sides across one direction. */
static void find_pair(NUMA *counts, int from, int length,
                      struct frame_side out[2])
{
    int outer = (int)(length * OUTER);
    int need = (int)(length * (1 - 2 * 0.15) * SIDE_SHARE);
    out[0] = find_side(counts, from, from + outer, need);
    out[1] =
        find_side(counts, from + length - 1, from + length - 1 - outer, need);
}

static int32_t tmm(double px)
{
    return (int32_t)lround(px * TMM_PER_INCH / PICTURE_DPI);
}

/* The frame on paper; the picture's edge stands for a side that is not there.
 * *line gets the frame's width, 1/100 mm. */
static struct rect_tmm find_frame(PIX *ink, int32_t *line)
{
    int w = pixGetWidth(ink) - 2 * AROUND_PX;
    int h = pixGetHeight(ink) - 2 * AROUND_PX;
    NUMA *columns = pixCountPixelsByColumn(ink);
    NUMA *rows = pixCountPixelsByRow(ink, NULL);
    struct frame_side x[2], y[2];
    double widest = 1;
    find_pair(columns, AROUND_PX, w, x);
    find_pair(rows, AROUND_PX, h, y);
    for (int i = 0; i < 2; i++)
        widest = fmax(widest, fmax(x[i].width, y[i].width));
    numaDestroy(&columns);
    numaDestroy(&rows);
    *line = 10 * tmm(widest);
    return (struct rect_tmm){tmm(x[0].at), tmm(y[0].at),
                             tmm(x[1].at) - tmm(x[0].at),
                             tmm(y[1].at) - tmm(y[0].at)};
}

/* As on a page whose form has this one box. */
static bool read_box(struct page *p, struct page_result *out, struct arena *a)
{
    const double k = PICTURE_DPI / TMM_PER_INCH;
    struct form_template t =
        plain_sheet(tmm(pixGetWidth(p->ink)), tmm(pixGetHeight(p->ink)));
    struct form_field field;
    plain_field(&field, FIELD_TICK, "box", find_frame(p->ink, &t.tick_line), a);
    t.fields = &field;
    t.n_fields = 1;
    p->map = (struct page_map){.c = {k, 0, 0, 0, k}, .px_per_tmm = k};
    p->origin = (struct page_origin){.width = pixGetWidth(p->ink),
                                     .height = pixGetHeight(p->ink),
                                     .scale_x = 1,
                                     .scale_y = 1};
    return plain_read_as(p, &t, NULL, out, a) && out->n_readings == 1;
}

struct reading plain_tick(struct Pix *picture, struct arena *a)
{
    struct page p = PAGE_INIT;
    struct page_result out = {.sha256 = ""};
    bool ok = show(&p, picture) && read_box(&p, &out, a);
    page_release(&p);
    return ok ? out.readings[0]
              : (struct reading){.state = READING_UNREADABLE,
                                 .value = "",
                                 .runner_up = "",
                                 .reason = "unreadable"};
}
