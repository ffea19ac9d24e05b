#include "ocr/draft/draft.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdlib.h>

int32_t draft_tmm(const struct draft_scale *s, double px)
{
    return (int32_t)lround(px / s->px);
}

int draft_px(const struct draft_scale *s, double tmm)
{
    return (int)lround(tmm * s->px);
}

bool draft_inside(const struct rect_tmm *inner, const struct rect_tmm *outer)
{
    int32_t x = inner->left + inner->width / 2;
    int32_t y = inner->top + inner->height / 2;
    return x >= outer->left && x < outer->left + outer->width &&
           y >= outer->top && y < outer->top + outer->height;
}

/* Paper comes in sizes; what a scanner's bed shows of it differs by this. */
#define PAPER_SLACK 60
static const int32_t papers[][2] = {
    {2100, 2970}, {2970, 2100}, {1820, 2570}, {2570, 1820},
    {2970, 4200}, {4200, 2970}, {1480, 2100}, {2100, 1480},
};

static void find_paper(struct draft_page *p, int32_t width, int32_t height)
{
    p->width = width;
    p->height = height;
    for (size_t i = 0; i < sizeof papers / sizeof papers[0]; i++)
        if (abs(papers[i][0] - width) <= PAPER_SLACK &&
            abs(papers[i][1] - height) <= PAPER_SLACK) {
            p->width = papers[i][0];
            p->height = papers[i][1];
            return;
        }
}

bool draft_find(const struct page *p, struct ocr_engines *e,
                struct draft_page *out, struct arena *a, struct diag *d)
{
    struct draft_scale s = {p->dpi / 254.0};
    *out = (struct draft_page){.n_fields = 0};
    find_paper(out, draft_tmm(&s, pixGetWidth(p->ink)),
               draft_tmm(&s, pixGetHeight(p->ink)));
    draft_boxes(p, &s, out, a);
    draft_lines(p, &s, out, a);
    if (!out->n_cells && !out->n_digits && !out->n_ticks)
        return diag_error(d, POS_FILE("form"), "draft-empty",
                          "枠が見つかりません。何も書いていない様式を 300 dpi "
                          "でスキャンし直してください",
                          "there is no box on it; scan the empty form at 300 "
                          "dpi");
    draft_words(p, &s, e, out, a);
    return true;
}
