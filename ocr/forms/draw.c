#include "ocr/forms/draw.h"

#include <assert.h>
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>
#include <string.h>

/* The first is what the shipped forms are laid out with; the others keep a
 * form readable where it is not installed. */
#define FONT "Noto Sans CJK JP, IPAexGothic, sans-serif"
#define SHADE 0.09     /* of black: vanishes when a page is made bilevel */
#define LINE_EM 1.22   /* from one line of a text to the next */
#define EM_MIDDLE 0.38 /* of kanji, above the baseline */
#define PT_TO_TMM (254.0 / 720.0) /* a tenth of a point in tenths of a mm */

struct drawing {
    cairo_t *cr;
    const struct form_template *t;
    int page;
    bool alpha; /* an 8-bit mask: ink is opacity */
    PangoLayout *layout;
};

static void set_ink(const struct drawing *g, double black)
{
    if (g->alpha)
        cairo_set_source_rgba(g->cr, 0, 0, 0, black);
    else
        cairo_set_source_rgb(g->cr, 1 - black, 1 - black, 1 - black);
}

static void fill_box(const struct drawing *g, struct rect_tmm r)
{
    cairo_rectangle(g->cr, r.left, r.top, r.width, r.height);
    cairo_fill(g->cr);
}

/* A frame centred on the box's edge; `width` in 1/100 mm. */
static void stroke_box(const struct drawing *g, struct rect_tmm r,
                       int32_t width)
{
    cairo_set_line_width(g->cr, width / 10.0);
    cairo_rectangle(g->cr, r.left, r.top, r.width, r.height);
    cairo_stroke(g->cr);
}

/* One line of type with its middle at y, in a box from `left` wide `width`. */
static void draw_type(const struct drawing *g, const char *text, size_t len,
                      double left, double width, double y, double em,
                      enum form_align align, bool bold)
{
    PangoFontDescription *font = pango_font_description_from_string(FONT);
    pango_font_description_set_absolute_size(font, em * PANGO_SCALE);
    if (bold)
        pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(g->layout, font);
    pango_layout_set_text(g->layout, text, (int)len);
    PangoRectangle all;
    pango_layout_get_extents(g->layout, NULL, &all);
    double room = width - (double)all.width / PANGO_SCALE;
    double x = align == ALIGN_LEFT     ? 0
               : align == ALIGN_CENTER ? room / 2
                                       : room;
    cairo_move_to(g->cr, left + x, y + EM_MIDDLE * em);
    pango_cairo_show_layout_line(g->cr,
                                 pango_layout_get_line_readonly(g->layout, 0));
    pango_font_description_free(font);
}

static void draw_text(const struct drawing *g, const struct form_text *t)
{
    double em = t->size * PT_TO_TMM;
    int lines = 1;
    for (const char *p = t->text; *p; p++)
        lines += *p == '\n';
    double y =
        t->box.top + t->box.height / 2.0 - (lines - 1) * LINE_EM * em / 2.0;
    for (const char *p = t->text;; p++) {
        size_t len = strcspn(p, "\n");
        draw_type(g, p, len, t->box.left, t->box.width, y, em, t->align,
                  t->bold);
        y += LINE_EM * em;
        p += len;
        if (!*p)
            break;
    }
}

static void draw_line(const struct drawing *g, const struct form_line *l)
{
    double width = l->width / 10.0;
    double dash[2] = {width * 0.01, width * 4};
    cairo_set_line_width(g->cr, width);
    if (l->dotted)
        cairo_set_dash(g->cr, dash, 2, 0);
    cairo_move_to(g->cr, l->x1, l->y1);
    cairo_line_to(g->cr, l->x2, l->y2);
    cairo_stroke(g->cr);
    cairo_set_dash(g->cr, NULL, 0, 0);
}

static void draw_field(const struct drawing *g, const struct form_field *f)
{
    bool ticks = f->kind == FIELD_TICK || f->kind == FIELD_CHOICE ||
                 f->kind == FIELD_SET;
    for (size_t i = 0; ticks && i < f->n_options; i++)
        stroke_box(g, f->options[i].box, g->t->tick_line);
    for (size_t p = 0; p < f->n_parts; p++)
        for (size_t c = 0; c < f->parts[p].n_cells; c++)
            stroke_box(g, f->parts[p].cells[c], g->t->cell_line);
}

static void draw_marks(const struct drawing *g)
{
    int32_t s = g->t->mark_size, in = g->t->mark_inset;
    int32_t right = g->t->width - in - s, bottom = g->t->height - in - s;
    fill_box(g, (struct rect_tmm){in, in, s, s});
    fill_box(g, (struct rect_tmm){right, in, s, s});
    fill_box(g, (struct rect_tmm){in, bottom, s, s});
    fill_box(g, (struct rect_tmm){right, bottom, s, s});
}

static void draw_qr(const struct drawing *g, const struct form_qr *qr)
{
    struct arena mem = ARENA_INIT;
    struct form_qr mine = *qr;
    mine.form = g->t->id;
    mine.version = g->t->version;
    mine.page = g->page;
    QRcode *code =
        QRcode_encodeString8bit(form_qr_text(&mine, &mem), 0, QR_ECLEVEL_M);
    if (code) {
        double module = (double)g->t->qr.width / code->width;
        for (int row = 0; row < code->width; row++)
            for (int col = 0; col < code->width; col++)
                if (code->data[row * code->width + col] & 1)
                    cairo_rectangle(g->cr, g->t->qr.left + col * module,
                                    g->t->qr.top + row * module, module,
                                    module);
        cairo_fill(g->cr);
    }
    QRcode_free(code);
    arena_release(&mem);
}

static void draw_in_part(const struct drawing *g, const struct form_part *p,
                         const char *text)
{
    size_t len = strlen(text);
    if (p->n_cells == 0) {
        draw_type(g, text, len, p->box.left, p->box.width,
                  p->box.top + p->box.height / 2.0, p->box.height * 0.62,
                  ALIGN_CENTER, false);
        return;
    }
    for (size_t i = 0; i < len && i < p->n_cells; i++) {
        /* Short numbers stand at the right, as an office writes them. */
        const struct rect_tmm *c =
            &p->cells[len < p->n_cells ? p->n_cells - len + i : i];
        draw_type(g, text + i, 1, c->left, c->width, c->top + c->height / 2.0,
                  c->height * 0.68, ALIGN_CENTER, false);
    }
}

static bool is_said(const char *text)
{
    return text && *text;
}

/* What the code says, in digits that people can read. */
static void draw_known(const struct drawing *g, const struct form_field *f,
                       const struct form_qr *qr)
{
    struct arena mem = ARENA_INIT;
    const char *iso = qr->received;
    if (strcmp(f->bind, "@household") == 0 && is_said(qr->household))
        draw_in_part(g, &f->parts[0], qr->household);
    if (strcmp(f->bind, "@child") == 0 && is_said(qr->child))
        draw_in_part(g, &f->parts[0], qr->child);
    if (strcmp(f->bind, "@pages") == 0 && qr->pages > 0)
        draw_in_part(g, &f->parts[0], arena_printf(&mem, "%d", qr->pages));
    if (strcmp(f->bind, "@received") == 0 && is_said(iso) &&
        strlen(iso) == 10 && f->n_parts == 3 && f->western) {
        draw_in_part(g, &f->parts[0], arena_copy(&mem, iso, 4));
        draw_in_part(g, &f->parts[1], arena_copy(&mem, iso + 5, 2));
        draw_in_part(g, &f->parts[2], arena_copy(&mem, iso + 8, 2));
    }
    arena_release(&mem);
}

/* The same letters at the same places at any resolution. */
static PangoLayout *open_layout(cairo_t *cr)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    PangoLayout *layout = pango_cairo_create_layout(cr);
    PangoContext *context = pango_layout_get_context(layout);
    pango_cairo_context_set_font_options(context, options);
    pango_context_set_language(context, pango_language_from_string("ja"));
    pango_layout_context_changed(layout);
    cairo_font_options_destroy(options);
    return layout;
}

static void draw_print(const struct drawing *g)
{
    const struct form_template *t = g->t;
    set_ink(g, SHADE);
    for (size_t i = 0; i < t->n_shades; i++)
        if (t->shades[i].page == g->page)
            fill_box(g, t->shades[i].box);
    set_ink(g, 1);
    cairo_set_line_cap(g->cr, CAIRO_LINE_CAP_SQUARE);
    for (size_t i = 0; i < t->n_lines; i++)
        if (t->lines[i].page == g->page)
            draw_line(g, &t->lines[i]);
    for (size_t i = 0; i < t->n_texts; i++)
        if (t->texts[i].page == g->page)
            draw_text(g, &t->texts[i]);
    for (size_t i = 0; i < t->n_fields; i++)
        if (t->fields[i].page == g->page)
            draw_field(g, &t->fields[i]);
    if (t->marks)
        draw_marks(g);
}

/* Without a code, and without what it says, when `qr` is NULL. */
static void draw_page(cairo_t *cr, const struct form_template *t, int page,
                      const struct form_qr *qr)
{
    struct drawing g = {.cr = cr, .t = t, .page = page};
    g.alpha =
        cairo_surface_get_content(cairo_get_target(cr)) == CAIRO_CONTENT_ALPHA;
    cairo_save(cr);
    g.layout = open_layout(cr);
    draw_print(&g);
    for (size_t i = 0; qr && i < t->n_fields; i++)
        if (t->fields[i].page == page)
            draw_known(&g, &t->fields[i], qr);
    if (qr && t->qr.width > 0)
        draw_qr(&g, qr);
    g_object_unref(g.layout);
    cairo_restore(cr);
}

void form_draw_page(cairo_t *cr, const struct form_template *t, int page,
                    const struct form_qr *qr)
{
    static const struct form_qr alone = {
        .household = "", .child = "", .received = ""};
    assert(page >= 1 && page <= t->n_pages);
    draw_page(cr, t, page, qr ? qr : &alone);
}

static int pixels(int32_t tmm, int dpi)
{
    return (int)(((int64_t)tmm * dpi * 2 + 254) / 508);
}

void form_render(const struct form_template *t, int page, int dpi,
                 const struct form_qr *qr, struct form_image *out,
                 struct arena *a)
{
    assert(page >= 1 && page <= t->n_pages && dpi >= 50 && dpi <= 1200);
    out->dpi = dpi;
    out->width = pixels(t->width, dpi);
    out->height = pixels(t->height, dpi);
    out->stride = cairo_format_stride_for_width(CAIRO_FORMAT_A8, out->width);
    size_t size = (size_t)out->stride * (size_t)out->height;
    out->pixels = arena_alloc(a, size);
    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        out->pixels, CAIRO_FORMAT_A8, out->width, out->height, out->stride);
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, dpi / 254.0, dpi / 254.0);
    draw_page(cr, t, page, qr);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
    for (size_t i = 0; i < size; i++)
        out->pixels[i] = (uint8_t)(255 - out->pixels[i]);
}

static cairo_status_t add_bytes(void *to, const unsigned char *bytes,
                                unsigned int len)
{
    buf_add(to, bytes, len);
    return CAIRO_STATUS_SUCCESS;
}

bool form_print_pdf(const struct form_template *t, const struct form_qr *qr,
                    struct buf *out, struct diag *d)
{
    const double points = 72.0 / 254.0;
    cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream(
        add_bytes, out, t->width * points, t->height * points);
    /* Cairo would write today: a form is as old as its version. */
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE,
                                   "2000-01-01T00:00:00Z");
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, t->title);
    cairo_t *cr = cairo_create(pdf);
    for (int page = 1; page <= t->n_pages; page++) {
        cairo_save(cr);
        cairo_scale(cr, points, points);
        form_draw_page(cr, t, page, qr);
        cairo_restore(cr);
        cairo_show_page(cr);
    }
    cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    cairo_surface_finish(pdf);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(pdf);
    cairo_surface_destroy(pdf);
    return status == CAIRO_STATUS_SUCCESS ||
           diag_error(d, POS_FILE(t->id), "form-print",
                      "様式を PDF にできません（%s）",
                      "the form cannot be made a PDF (%s)",
                      cairo_status_to_string(status));
}

void form_draw_end(void)
{
    pango_cairo_font_map_set_default(NULL);
    cairo_debug_reset_static_data();
}
