#include "ocr/tick_inside.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdlib.h>

/* From the middle of the frame's line to where nothing is printed, mm: half a
 * thick line, the blur of a scan, and what the map is off by. */
#define INSET_MM 0.28
/* The inside keeps at least this share of a small box's side. */
#define INSIDE_SHARE 0.6
/* More than this is a mark, whoever wrote it; for counting only. */
#define SURELY_MARKED 60

enum { BOXES_MOST = 1024 };

bool tick_is_kind(enum form_field_kind kind)
{
    return kind == FIELD_TICK || kind == FIELD_CHOICE || kind == FIELD_SET;
}

double tick_inset(int32_t side)
{
    return fmin(INSET_MM, side / 10.0 * (1 - INSIDE_SHARE) / 2);
}

struct covers {
    int at[BOXES_MOST]; /* permille */
    int n;
};

static int by_number(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void take_box(struct covers *all, const struct page *p,
                     struct rect_tmm r)
{
    struct rect_px px = page_rect(&p->map, r);
    int32_t by = (int32_t)lround(tick_inset(r.width) * p->dpi / 25.4);
    double w = px.width - 2 * by, h = px.height - 2 * by;
    BOX *box;
    l_int32 ink = 0;

    if (px.left + by < 0 || px.top + by < 0 || w < 2 || h < 2 ||
        all->n == BOXES_MOST)
        return;
    box = boxCreate(px.left + by, px.top + by, (int)w, (int)h);
    if (box && pixCountPixelsInRect(p->ink, box, &ink, NULL) == 0)
        all->at[all->n++] = (int)(1000 * ink / (w * h));
    boxDestroy(&box);
}

static void take_boxes(struct covers *all, const struct page *p)
{
    for (size_t i = 0; i < p->form->n_fields; i++) {
        const struct form_field *f = &p->form->fields[i];

        if (f->page != p->number || !tick_is_kind(f->kind))
            continue;
        for (size_t k = 0; k < f->n_options; k++)
            take_box(all, p, f->options[k].box);
    }
    qsort(all->at, (size_t)all->n, sizeof all->at[0], by_number);
}

struct tick_page tick_page_measure(const struct page *p)
{
    struct tick_page t = {.n = 0};
    struct covers *all = calloc(1, sizeof *all);

    if (!all)
        return t;
    take_boxes(all, p);
    t.n = all->n;
    if (t.n > 0 && all->at[t.n / 4] < SURELY_MARKED)
        t.empty = all->at[t.n / 4];
    for (int i = 0; i < t.n; i++) {
        t.filled += all->at[i] >= TICK_FILL;
        t.ticked +=
            all->at[i] >= t.empty + SURELY_MARKED && all->at[i] < TICK_FILL;
    }
    if (t.ticked > 0)
        t.marked = all->at[t.n - 1 - t.filled - t.ticked / 2];
    free(all);
    return t;
}
