#include "ocr/overlay.h"

#include <leptonica/allheaders.h>
#include <pango/pangocairo.h>

#define FONT "Noto Sans CJK JP, IPAexGothic, sans-serif"
#define CAPTION_TMM 18 /* height of a caption's type */
#define PAPER 0.45     /* how much the scan is lightened under the frames */

struct colour {
    double red, green, blue;
};
static const struct colour colours[N_FORM_FIELD_KINDS] = {
    [FIELD_TEXT] = {0.0, 0.2, 0.9},   [FIELD_KANA] = {0.0, 0.2, 0.9},
    [FIELD_NAME] = {0.0, 0.2, 0.9},   [FIELD_CODE] = {0.0, 0.2, 0.9},
    [FIELD_NUMBER] = {0.0, 0.2, 0.9}, [FIELD_DATE] = {0.0, 0.2, 0.9},
    [FIELD_MONTH] = {0.0, 0.2, 0.9},  [FIELD_TIME] = {0.0, 0.2, 0.9},
    [FIELD_TICK] = {0.0, 0.6, 0.1},   [FIELD_CHOICE] = {0.0, 0.6, 0.1},
    [FIELD_SET] = {0.0, 0.6, 0.1},    [FIELD_RING] = {0.6, 0.0, 0.7},
    [FIELD_MASK] = {0.9, 0.0, 0.0},   [FIELD_IMAGE] = {0.9, 0.0, 0.0},
};

/* The scan, lightened, as a surface of its own. */
static cairo_surface_t *paper_of(PIX *grey)
{
    int width = pixGetWidth(grey), height = pixGetHeight(grey);
    cairo_surface_t *s =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    unsigned char *rows = cairo_image_surface_get_data(s);
    int stride = cairo_image_surface_get_stride(s);

    for (int y = 0; rows && y < height; y++) {
        const l_uint32 *line = pixGetData(grey) + (size_t)y * pixGetWpl(grey);
        uint32_t *out = (uint32_t *)(void *)(rows + (size_t)y * stride);
        for (int x = 0; x < width; x++) {
            uint32_t ink = 255u - GET_DATA_BYTE(line, x);
            uint32_t v = 255u - (uint32_t)(ink * (1 - PAPER));
            out[x] = v << 16 | v << 8 | v;
        }
    }
    cairo_surface_mark_dirty(s);
    return s;
}

static void frame(cairo_t *cr, struct rect_px r, double width)
{
    cairo_set_line_width(cr, width);
    cairo_rectangle(cr, r.left, r.top, r.width, r.height);
    cairo_stroke(cr);
}

static void caption(cairo_t *cr, const struct page *p,
                    const struct form_field *f, struct rect_px at)
{
    PangoLayout *layout = pango_cairo_create_layout(cr);
    PangoFontDescription *font = pango_font_description_from_string(FONT);
    double em = CAPTION_TMM * p->map.px_per_tmm;

    pango_font_description_set_absolute_size(font, em * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, *f->bind ? f->bind : f->id, -1);
    cairo_move_to(cr, at.left, at.top - em * 1.3);
    pango_cairo_show_layout(cr, layout);
    pango_font_description_free(font);
    g_object_unref(layout);
}

static void draw_parts(cairo_t *cr, const struct page *p,
                       const struct form_field *f, double pen)
{
    for (size_t k = 0; k < f->n_parts; k++) {
        const struct form_part *part = &f->parts[k];
        for (size_t i = 0; i < part->n_cells; i++)
            frame(cr, page_fit(p, part->cells[i]), pen / 2);
        if (!part->n_cells)
            frame(cr, page_fit(p, part->box), pen);
    }
    for (size_t k = 0; k < f->n_options; k++)
        frame(cr, page_fit(p, f->options[k].box), pen);
}

static void draw_fields(cairo_t *cr, const struct page *p)
{
    double pen = 2.5 * p->map.px_per_tmm;

    for (size_t i = 0; i < p->form->n_fields; i++) {
        const struct form_field *f = &p->form->fields[i];
        const struct colour *c = &colours[f->kind];
        if (f->page != p->number)
            continue;
        cairo_set_source_rgb(cr, c->red, c->green, c->blue);
        draw_parts(cr, p, f, pen);
        if (f->kind == FIELD_MASK || f->kind == FIELD_IMAGE)
            frame(cr, page_rect(&p->map, f->box), pen);
        caption(cr, p, f, page_rect(&p->map, f->box));
    }
}

static cairo_status_t take(void *out, const unsigned char *bytes,
                           unsigned int len)
{
    buf_add(out, (const char *)bytes, len);
    return CAIRO_STATUS_SUCCESS;
}

bool form_overlay(const struct page *p, struct buf *png, struct diag *d)
{
    cairo_surface_t *s = paper_of(p->grey);
    cairo_t *cr = cairo_create(s);

    draw_fields(cr, p);
    cairo_destroy(cr);
    cairo_surface_flush(s);
    bool ok =
        cairo_surface_write_to_png_stream(s, take, png) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(s);
    return ok || diag_error(d, POS_FILE(p->form->id), "form-print",
                            "様式を重ねて描けませんでした",
                            "the form could not be drawn over the scan");
}
