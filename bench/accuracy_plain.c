#include "bench/accuracy_plain.h"

#include "ocr/blank.h"
#include "ocr/clean.h"
#include "ocr/map_fit.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <string.h>

#define TMM_PER_INCH 254.0
#define FRAME 35 /* 1/100 mm, of a tick box on paper */

struct policy open_policy(const struct dictionary *dict)
{
    /* Nothing is asked, nothing is sampled: every flag is unset. */
    static const bool none[4096];
    struct policy p = {.dict = dict,
                       .always_review = none,
                       .two_people = none,
                       .may_pass = none};
    p.accept[ACCEPT_HANDWRITING] = ACCEPT_NEVER;
    return p;
}

/* ── a form made of places ── */

static bool field_kind(enum fill_kind kind, enum form_field_kind *out)
{
    static const enum form_field_kind kinds[N_FILL_KINDS] = {
        [FILL_PRINTED] = FIELD_TEXT,
        [FILL_HANDWRITING] = FIELD_TEXT,
        [FILL_DIGITS] = FIELD_NUMBER,
        [FILL_TICK] = FIELD_TICK,
    };
    *out = kinds[kind];
    return kind != FILL_DATE && kind != FILL_RING;
}

void plain_field(struct form_field *f, enum form_field_kind kind,
                 const char *id, struct rect_tmm box, struct arena *a)
{
    *f = (struct form_field){.id = id,
                             .caption = id,
                             .bind = "",
                             .kind = kind,
                             .page = 1,
                             .box = box};
    if (kind == FIELD_TICK) {
        f->options = ARENA_NEW(a, struct form_option);
        f->options[0] = (struct form_option){"はい", "", box};
        f->n_options = 1;
        return;
    }
    f->parts = ARENA_NEW(a, struct form_part);
    f->parts[0] = (struct form_part){.role = PART_WHOLE, .box = box};
    f->n_parts = 1;
}

struct form_template plain_sheet(int32_t width, int32_t height)
{
    return (struct form_template){.id = "plain",
                                  .version = "",
                                  .title = "",
                                  .document = "",
                                  .width = width,
                                  .height = height,
                                  .n_pages = 1,
                                  .tick_line = FRAME,
                                  .cell_line = FRAME};
}

bool plain_read_as(struct page *p, const struct form_template *t,
                   struct ocr_engines *e, struct page_result *out,
                   struct arena *a)
{
    struct policy policy = open_policy(NULL);
    const struct read_context ctx = {.policy = &policy};
    struct blank_cache *blanks = blank_cache_open();
    p->form = t;
    p->number = 1;
    bool ok = blanks && blank_make(blanks, p);
    if (ok)
        page_read_fields(p, e, &ctx, out, a);
    blank_cache_close(blanks);
    return ok;
}

/* ── a whole page ── */

/* The same paper once the page's lines were laid parallel: `map` as it was. */
static void unbend(struct page_map *map, const struct page_origin *o)
{
    struct page_map bend = {.px_per_tmm = 1};
    struct map_point points[8];
    size_t n = 0;
    memcpy(bend.c, o->bend, sizeof bend.c);
    for (int i = 0; i < 4; i++) {
        double x = i & 1 ? 2000 : 100, y = i & 2 ? 2900 : 100;
        double px, py, sx, sy;
        page_point(map, x, y, &px, &py);
        map_invert(&bend, px, py, &sx, &sy);
        points[n++] = (struct map_point){x, y, sx, MAP_X, 1};
        points[n++] = (struct map_point){x, y, sy, MAP_Y, 1};
    }
    map_solve(map, points, n);
}

/* From the scan as stored, in tenths of a mm, to the page as straightened. */
static struct page_map map_of(const struct page *p, double x, double y)
{
    const struct page_origin *o = &p->origin;
    double w = o->width * o->scale_x / 2, h = o->height * o->scale_y / 2;
    double s = sin(o->skew * M_PI / 180), c = cos(o->skew * M_PI / 180);
    double kx = x * o->scale_x, ky = y * o->scale_y;
    return (struct page_map){.c = {c * kx, -s * ky, w - c * w + s * h, s * kx,
                                   c * ky, h - s * w - c * h, 0, 0},
                             .px_per_tmm = (kx + ky) / 2};
}

static struct rect_tmm place_of(const struct truth_box *b, double x, double y)
{
    return (struct rect_tmm){
        (int32_t)lround(b->left / x), (int32_t)lround(b->top / y),
        (int32_t)lround(b->width / x), (int32_t)lround(b->height / y)};
}

bool plain_read(struct ocr_engines *e, struct Pix *scan,
                const struct truth_box *boxes, size_t n,
                struct page_result *out, struct arena *a, struct diag *d)
{
    double xres, yres;
    bool given;
    scan_resolution(scan, &xres, &yres, &given);
    double x = xres / TMM_PER_INCH, y = yres / TMM_PER_INCH; /* px per tmm */
    struct form_template t = plain_sheet((int32_t)(pixGetWidth(scan) / x),
                                         (int32_t)(pixGetHeight(scan) / y));
    struct page p = PAGE_INIT;
    const struct pos at = {boxes[0].file, boxes[0].page, 0};
    t.fields = ARENA_ARRAY(a, struct form_field, n);
    for (; t.n_fields < n; t.n_fields++) {
        const struct truth_box *b = &boxes[t.n_fields];
        enum form_field_kind kind;
        if (!field_kind(b->kind, &kind))
            return diag_error(d, at, "unread-kind",
                              "日付と○囲みは、様式がないと読めません",
                              "dates and rings are only read on a form");
        plain_field(&t.fields[t.n_fields], kind, b->field, place_of(b, x, y),
                    a);
        t.fields[t.n_fields].hand = b->kind == FILL_HANDWRITING;
    }
    bool ok = page_clean(&p, scan, at, d);
    if (ok) {
        p.map = map_of(&p, x, y);
        if (p.origin.bent)
            unbend(&p.map, &p.origin);
        out->sha256 = "";
        ok = plain_read_as(&p, &t, e, out, a);
    }
    page_release(&p);
    return ok;
}
