/* A sheet as it comes from the scanner. */
#include "ocr/trial/trial.h"

#include "ocr/forms/draw.h"
#include "ocr/paper/hand.h"
#include "ocr/paper/scan.h"

#include <leptonica/allheaders.h>
#include <math.h>

#define DRAW_DPI 300
#define TMM_PER_INCH 254.0

static const struct page *scan_of(const struct trial_how *how, int page)
{
    const struct page *p = how->blanks ? &how->blanks[page - 1] : NULL;

    return p && p->grey ? p : NULL;
}

/* ── the empty page ─────────────────────────────────────────────────────── */

static cairo_surface_t *white(int width, int height)
{
    cairo_surface_t *s =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cr = cairo_create(s);

    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_destroy(cr);
    return s;
}

static cairo_surface_t *drawn(const struct form_template *t, int page)
{
    double px = DRAW_DPI / TMM_PER_INCH;
    cairo_surface_t *s =
        white((int)(t->width * px + 0.5), (int)(t->height * px + 0.5));
    struct form_qr qr = {.household = "", .child = "", .received = ""};
    cairo_t *cr = cairo_create(s);

    cairo_scale(cr, px, px);
    cairo_set_source_rgb(cr, 0, 0, 0);
    form_draw_page(cr, t, page, &qr);
    cairo_destroy(cr);
    return s;
}

/* The scan of the empty page, black where it has ink: what a scanner adds
 * comes again when the sheet is spoiled. */
static cairo_surface_t *scanned(const struct page *p)
{
    int w = pixGetWidth(p->ink), h = pixGetHeight(p->ink);
    cairo_surface_t *s = white(w, h);
    unsigned char *to = cairo_image_surface_get_data(s);
    int stride = cairo_image_surface_get_stride(s);

    for (int y = 0; y < h; y++) {
        const l_uint32 *row =
            pixGetData(p->ink) + (size_t)y * (size_t)pixGetWpl(p->ink);
        uint32_t *out = (uint32_t *)(void *)(to + (size_t)y * (size_t)stride);
        for (int x = 0; x < w; x++)
            if (GET_DATA_BIT(row, x))
                out[x] = 0;
    }
    cairo_surface_mark_dirty(s);
    return s;
}

/* Paper to scan: flat enough for the three corners to say all. */
static cairo_matrix_t place_of(const struct trial_how *how,
                               const struct page *p)
{
    double w = how->form->width, h = how->form->height;
    double x0, y0, x1, y1, x2, y2;
    cairo_matrix_t m;

    if (!p) {
        cairo_matrix_init_scale(&m, DRAW_DPI / TMM_PER_INCH,
                                DRAW_DPI / TMM_PER_INCH);
        return m;
    }
    page_point(&p->map, 0, 0, &x0, &y0);
    page_point(&p->map, w, 0, &x1, &y1);
    page_point(&p->map, 0, h, &x2, &y2);
    cairo_matrix_init(&m, (x1 - x0) / w, (y1 - y0) / w, (x2 - x0) / h,
                      (y2 - y0) / h, x0, y0);
    return m;
}

/* ── filled in and scanned ──────────────────────────────────────────────── */

static void fill_in(const struct trial_how *how, const struct trial_sheet *s,
                    cairo_t *cr, struct random *r)
{
    struct hand writer =
        hand_pick(r, s->pen ? HAND_PEN : HAND_PRINTED, &how->kit, NULL);
    struct hand pen = hand_pick(r, HAND_PEN, &how->kit, NULL);

    for (size_t i = 0; i < how->form->n_fields; i++)
        if (s->values[i] && *s->values[i])
            hand_field(how->form->fields[i].hand ? &pen : &writer, cr,
                       &how->form->fields[i], s->values[i]);
}

static struct damage spoiled(enum trial_level level, int most_dpi,
                             struct random *r)
{
    struct damage how = damage_pick(r, level == TRIAL_ORDINARY ? DAMAGE_ORDINARY
                                       : level == TRIAL_HARD   ? DAMAGE_HEAVY
                                                               : DAMAGE_NONE);

    if (level == TRIAL_200)
        how.dpi = 200;
    if (level == TRIAL_150)
        how.dpi = 150;
    if (how.dpi > most_dpi)
        how.dpi = most_dpi;
    return how;
}

struct Pix *trial_draw(const struct trial_how *how, const struct trial_sheet *s)
{
    const struct page *scan = scan_of(how, s->page);
    int dpi = scan ? scan->dpi : DRAW_DPI;
    uint64_t stream =
        (uint64_t)s->page << 32 | (uint64_t)s->copy << 8 | (uint64_t)s->level;
    struct random r = random_start(how->seed ^ 0x5eedu, stream);
    cairo_surface_t *surface = scan ? scanned(scan) : drawn(how->form, s->page);
    cairo_matrix_t place = place_of(how, scan);
    cairo_t *cr = cairo_create(surface);

    cairo_set_matrix(cr, &place);
    fill_in(how, s, cr, &r);
    cairo_destroy(cr);
    struct damage damage = spoiled(s->level, dpi, &r);
    struct Pix *out = scan_page(surface, dpi, &damage, &r);
    cairo_surface_destroy(surface);
    return out;
}

/* ── ink that the template does not know ────────────────────────────────── */

#define FRAME_MM 0.7 /* along the box's edge it is the frame */

int trial_stray_ink(const struct trial_how *how, int page, struct rect_tmm box)
{
    const struct page *p = scan_of(how, page);
    l_int32 n = 0;

    if (!p || !p->blank)
        return 0;
    struct rect_px at = page_fit(p, box);
    int in = (int)lround(FRAME_MM / 25.4 * p->dpi);
    if (at.width <= 2 * in || at.height <= 2 * in)
        return 0;
    BOX *b = boxCreate(at.left + in, at.top + in, at.width - 2 * in,
                       at.height - 2 * in);
    PIX *ink = pixClipRectangle(p->ink, b, NULL);
    PIX *known = pixClipRectangle(p->blank, b, NULL);
    if (ink && known) {
        pixSubtract(ink, ink, known);
        pixCountPixels(ink, &n, NULL);
        n = n * 100 / (pixGetWidth(ink) * pixGetHeight(ink));
    }
    pixDestroy(&ink);
    pixDestroy(&known);
    boxDestroy(&b);
    return n;
}
