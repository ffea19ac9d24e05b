#include "ocr/blank.h"

#include "ocr/forms/draw.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdlib.h>

/* Darker than this is printed ink; tints behind captions are lighter. */
#define BLANK_THRESHOLD 170
/* Printing and scanning make strokes this much thicker on each side, mm. */
#define SPREAD_MM 0.12

enum { CACHED = 8 };

struct blank_page {
    const struct form_template *form;
    int number, dpi;
    PIX *ink;
};

struct blank_cache {
    struct blank_page pages[CACHED];
    int next; /* to be replaced */
};

struct blank_cache *blank_cache_open(void)
{
    return calloc(1, sizeof(struct blank_cache));
}

void blank_cache_close(struct blank_cache *c)
{
    for (int i = 0; c && i < CACHED; i++)
        pixDestroy(&c->pages[i].ink);
    free(c);
}

static PIX *draw(const struct form_template *form, int number, int dpi)
{
    struct arena mem = ARENA_INIT;
    struct form_image image;
    PIX *ink;

    form_render(form, number, dpi, NULL, &image, &mem);
    ink = pixCreate(image.width, image.height, 1);
    for (int y = 0; ink && y < image.height; y++) {
        const uint8_t *row = image.pixels + (size_t)y * (size_t)image.stride;
        l_uint32 *line = pixGetData(ink) + (size_t)y * (size_t)pixGetWpl(ink);

        for (int x = 0; x < image.width; x++)
            if (row[x] < BLANK_THRESHOLD)
                SET_DATA_BIT(line, x);
    }
    arena_release(&mem);
    return ink;
}

static PIX *cached(struct blank_cache *c, const struct page *p)
{
    struct blank_page *slot;

    for (int i = 0; i < CACHED; i++) {
        slot = &c->pages[i];
        if (slot->ink && slot->form == p->form && slot->number == p->number &&
            slot->dpi == p->dpi)
            return slot->ink;
    }
    slot = &c->pages[c->next];
    c->next = (c->next + 1) % CACHED;
    pixDestroy(&slot->ink);
    *slot = (struct blank_page){p->form, p->number, p->dpi,
                                draw(p->form, p->number, p->dpi)};
    return slot->ink;
}

/* Carries every ink pixel over: few of them are ink, and the holes that a
 * stretch of a percent leaves are closed by the thickening. */
static void carry(PIX *to, PIX *from, const struct page *p)
{
    int w = pixGetWidth(from), h = pixGetHeight(from), wpl = pixGetWpl(from);
    int to_w = pixGetWidth(to), to_h = pixGetHeight(to), to_wpl = pixGetWpl(to);
    double tmm = 254.0 / p->dpi;
    const l_uint32 *data = pixGetData(from);
    l_uint32 *out = pixGetData(to);

    for (int y = 0; y < h; y++) {
        const l_uint32 *line = data + (size_t)y * (size_t)wpl;

        for (int x = 0; x < w; x++) {
            double px, py;
            int ix, iy;

            if (line[x >> 5] == 0) {
                x |= 31;
                continue;
            }
            if (!GET_DATA_BIT(line, x))
                continue;
            page_point(&p->map, (x + 0.5) * tmm, (y + 0.5) * tmm, &px, &py);
            ix = (int)floor(px);
            iy = (int)floor(py);
            if (ix >= 0 && iy >= 0 && ix < to_w && iy < to_h)
                SET_DATA_BIT(out + (size_t)iy * (size_t)to_wpl, ix);
        }
    }
}

int blank_thickening(const struct page *p)
{
    double mm = SPREAD_MM + p->residual / 100.0;
    int radius = (int)lround(mm * p->dpi / 25.4);

    return radius < 1 ? 1 : radius > 4 ? 4 : radius;
}

bool blank_make(struct blank_cache *c, struct page *p)
{
    PIX *form = cached(c, p);
    PIX *thin = form ? pixCreateTemplate(p->ink) : NULL;
    int radius = blank_thickening(p);

    if (!thin)
        return false;
    carry(thin, form, p);
    pixDestroy(&p->blank);
    p->blank = pixDilateBrick(NULL, thin, 2 * radius + 1, 2 * radius + 1);
    pixDestroy(&thin);
    return p->blank != NULL;
}
