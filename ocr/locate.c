#include "ocr/locate.h"

#include "ocr/blank.h"
#include "ocr/lines.h"
#include "ocr/map_fit.h"
#include "ocr/marks.h"
#include "ocr/qr.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Share of black pixels below which a page is blank: two letters on A4. */
#define BLANK_SHARE 0.0004
/* A form's lines that must be found. Filled-in forms, fax lines and 150 dpi
 * cost a tenth; other tables share less than a third. */
#define SUPPORT_LEAST 0.60
/* Mean distance of the lines found, mm: a third of a tick box is 1 mm. */
#define RESIDUAL_MOST 0.5
/* The four marks, with the code read between them, tell the place where lines
 * are too pale to be seen: so far off, mm, is a mark's middle, and so far from
 * a parallelogram may the four be, as a share of the sheet. */
#define MARKS_RESIDUAL 0.2
#define MARKS_BENT_MOST 0.01
/* By how much the best form must be better than the next. */
#define MARGIN_LEAST 0.10
/* Guesses by profile that are worth fitting, and how many at most. */
#define GUESS_LEAST 0.25
enum { TRIED_MOST = 6, HYPOTHESES_MOST = 256 };

struct locator {
    const struct form_template *const *forms;
    size_t n;
    struct blank_cache *blanks;
};

/* One answer to "which form, which way up". */
struct hypothesis {
    const struct form_template *form;
    int page, rotation;
    int marks;           /* corner marks that agreed: 0, 3 or 4 */
    struct page_map map; /* paper to the view of that rotation */
    double guess;
    struct line_fit fit;
};

struct search {
    struct locator *l;
    struct page *p;
    struct arena *mem;
    struct line_view views[4]; /* by rotation / 90; made when first needed */
    bool made[4];
    int reduction;
    struct form_qr qr;
    const char *qr_text;
};

struct locator *locator_open(const struct form_template *const *forms, size_t n)
{
    struct locator *l = calloc(1, sizeof *l);

    if (!l)
        return NULL;
    l->forms = forms;
    l->n = n;
    l->blanks = blank_cache_open();
    return l;
}

void locator_close(struct locator *l)
{
    if (l)
        blank_cache_close(l->blanks);
    free(l);
}

static const struct line_view *view(struct search *s, int rotation)
{
    int k = rotation / 90;

    if (!s->made[k])
        s->made[k] = line_view_turn(&s->views[k], &s->views[0], rotation);
    return s->made[k] ? &s->views[k] : NULL;
}

/* Could a sheet of this form lie in a scan of this shape, this way up? */
static bool shape_fits(const struct search *s, const struct form_template *t,
                       int rotation)
{
    double w = s->views[0].width, h = s->views[0].height;
    bool wide = rotation % 180 ? h > w * 1.15 : w > h * 1.15;
    bool high = rotation % 180 ? w > h * 1.15 : h > w * 1.15;

    return !(wide && t->height > t->width) && !(high && t->width > t->height);
}

/* The rectangle of the upright scan, on the scan as it lies. */
static struct rect_px unturned(const struct search *s, struct rect_px r,
                               int rotation)
{
    int w = pixGetWidth(s->p->grey), h = pixGetHeight(s->p->grey);
    struct rect_px out = r;

    if (rotation == 90) {
        out.left = r.top;
        out.top = h - r.left - r.width;
    } else if (rotation == 180) {
        out.left = w - r.left - r.width;
        out.top = h - r.top - r.height;
    } else if (rotation == 270) {
        out.left = w - r.top - r.height;
        out.top = r.left;
    }
    if (rotation % 180) {
        out.width = r.height;
        out.height = r.width;
    }
    return out;
}

/* Reads the code where the form has it, with 4 mm around. `map` is paper to the
 * full-size upright scan. */
static bool read_qr(struct search *s, const struct form_template *t,
                    const struct page_map *map, int rotation)
{
    struct rect_tmm area = {t->qr.left - 40, t->qr.top - 40, t->qr.width + 80,
                            t->qr.height + 80};

    if (t->qr.width == 0)
        return false;
    s->qr_text = qr_read(s->p->grey, s->p->dpi,
                         unturned(s, page_rect(map, area), rotation), s->mem);
    return s->qr_text && form_qr_parse(s->qr_text, &s->qr, s->mem);
}

static const struct form_template *form_named(const struct locator *l,
                                              const struct form_qr *qr)
{
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->forms[i]->id, qr->form) == 0 &&
            strcmp(l->forms[i]->version, qr->version) == 0)
            return l->forms[i];
    return NULL;
}

/* Marks of one form at every way up; true with a readable code. */
static bool try_marks(struct search *s, const struct form_template *t,
                      const struct marks *found, struct hypothesis *out)
{
    int w = pixGetWidth(s->p->ink), h = pixGetHeight(s->p->ink);

    for (int rotation = 0; rotation < 360; rotation += 90) {
        struct marks turned;
        struct page_map map;
        int agreed;

        if (!shape_fits(s, t, rotation))
            continue;
        marks_turn(&turned, found, rotation, w, h);
        agreed = marks_fit(&turned, t, s->p->dpi, &map);
        if (!agreed || !read_qr(s, t, &map, rotation))
            continue;
        map_magnify(&map, 1.0 / s->reduction);
        *out = (struct hypothesis){.page = s->qr.page ? s->qr.page : 1,
                                   .rotation = rotation,
                                   .marks = agreed,
                                   .map = map,
                                   .guess = 1};
        return true;
    }
    return false;
}

static bool by_marks(struct search *s, struct hypothesis *out)
{
    struct marks found = {.n = 0};
    int32_t size = 0;

    for (size_t i = 0; i < s->l->n; i++) {
        const struct form_template *t = s->l->forms[i];

        if (!t->marks)
            continue;
        if (t->mark_size != size)
            marks_find(&found, s->p->ink, s->p->dpi, t->mark_size);
        size = t->mark_size;
        if (found.n >= 3 && try_marks(s, t, &found, out))
            return true;
    }
    return false;
}

static int by_guess(const void *one, const void *other)
{
    const struct hypothesis *a = one, *b = other;

    return (a->guess < b->guess) - (a->guess > b->guess);
}

static double score(const struct hypothesis *h)
{
    return h->fit.support * (0.6 + 0.4 * h->fit.explained);
}

static int by_score(const void *one, const void *other)
{
    double a = score(one), b = score(other);

    return (a < b) - (a > b);
}

/* Every page of every form (or of `only`), every way up, by line profiles; the
 * likely ones fitted, best first. Number of those. */
static size_t by_lines(struct search *s, const struct form_template *only,
                       int only_page, struct hypothesis *all)
{
    size_t n = 0;

    for (size_t i = 0; i < s->l->n; i++) {
        const struct form_template *t = s->l->forms[i];

        for (int k = 0; k < 4 * t->n_pages && n < HYPOTHESES_MOST; k++) {
            struct hypothesis *h = &all[n];

            *h = (struct hypothesis){
                .form = t, .page = 1 + k / 4, .rotation = k % 4 * 90};
            if ((only && (t != only || (only_page && h->page != only_page))) ||
                !shape_fits(s, t, h->rotation) || !view(s, h->rotation))
                continue;
            h->guess = line_guess(view(s, h->rotation), t, h->page, &h->map);
            n += h->guess >= GUESS_LEAST;
        }
    }
    qsort(all, n, sizeof *all, by_guess);
    if (n > TRIED_MOST)
        n = TRIED_MOST;
    for (size_t i = 0; i < n; i++)
        all[i].fit = line_refine(view(s, all[i].rotation), all[i].form,
                                 all[i].page, &all[i].map);
    qsort(all, n, sizeof *all, by_score);
    return n;
}

static bool fits(const struct hypothesis *h)
{
    return h->fit.support >= SUPPORT_LEAST && h->fit.residual <= RESIDUAL_MOST;
}

static bool not_found(struct pos at, struct diag *d)
{
    return diag_error(d, at, "form-not-found",
                      "どの様式か判別できません。様式の設定を確認するか、"
                      "書類の種類を手で選んでください",
                      "this page is none of the forms of this case: check the "
                      "forms in nyusho.yaml, or file it by hand");
}

static bool marks_suffice(const struct hypothesis *h,
                          const struct page_map *by_marks)
{
    double bent = fabs(by_marks->c[6]) * h->form->width +
                  fabs(by_marks->c[7]) * h->form->height;

    return h->marks == 4 && bent <= MARKS_BENT_MOST;
}

/* By the lines, or by the marks alone where the lines say nothing. */
static bool settle_place(struct search *s, struct hypothesis *h)
{
    struct page_map by_marks = h->map;

    h->fit = line_refine(view(s, h->rotation), h->form, h->page, &h->map);
    if (fits(h) || h->fit.n == 0)
        return true;
    if (!marks_suffice(h, &by_marks))
        return false;
    h->map = by_marks;
    h->fit.residual = MARKS_RESIDUAL;
    return true;
}

/* The code names form, version and page: nothing else may be chosen. */
static bool follow_qr(struct search *s, struct hypothesis *h, struct pos at,
                      struct diag *d)
{
    h->form = form_named(s->l, &s->qr);
    if (!h->form || h->page > h->form->n_pages)
        return diag_error(d, at, "form-version",
                          "様式「%s」の版「%s」%d ページはこの募集回に"
                          "登録されていません",
                          "form \"%s\", version \"%s\", page %d is not "
                          "registered for this round",
                          s->qr.form, s->qr.version, h->page);
    if (!view(s, h->rotation))
        return not_found(at, d);
    return settle_place(s, h) || not_found(at, d);
}

/* No marks, or no code beside them: lines decide, and a code that can be read
 * where the lines say it must be, has the last word. */
static bool follow_lines(struct search *s, struct hypothesis *out,
                         struct pos at, struct diag *d)
{
    struct hypothesis *all = calloc(HYPOTHESES_MOST, sizeof *all);
    const struct form_template *named = NULL;
    struct rect_px whole = {0, 0, pixGetWidth(s->p->grey),
                            pixGetHeight(s->p->grey)};
    size_t n = all ? by_lines(s, NULL, 0, all) : 0;
    bool ok = n > 0 && fits(&all[0]) &&
              (n == 1 || score(&all[0]) - score(&all[1]) >= MARGIN_LEAST);

    if (ok) {
        struct page_map map = all[0].map;

        map_magnify(&map, s->reduction);
        if (read_qr(s, all[0].form, &map, all[0].rotation))
            named = form_named(s->l, &s->qr);
    } else if (all) {
        s->qr_text = qr_read(s->p->grey, s->p->dpi, whole, s->mem);
        if (s->qr_text && form_qr_parse(s->qr_text, &s->qr, s->mem)) {
            named = form_named(s->l, &s->qr);
            n = named ? by_lines(s, named, s->qr.page, all) : 0;
            ok = n > 0 && fits(&all[0]) &&
                 (n == 1 || score(&all[0]) - score(&all[1]) >= MARGIN_LEAST);
        }
    }
    if (ok || s->qr.form)
        *out = ok ? all[0] : (struct hypothesis){.page = s->qr.page};
    free(all);
    if (s->qr.form &&
        (!named || (ok && (named != out->form ||
                           (s->qr.page && out->page != s->qr.page)))))
        return follow_qr(s, out, at, d);
    return ok || not_found(at, d);
}

static bool is_blank(const struct page *p)
{
    int black = 0;

    pixCountPixels(p->ink, &black, NULL);
    return black <
           (double)pixGetWidth(p->ink) * pixGetHeight(p->ink) * BLANK_SHARE;
}

static void turn(PIX **pix, int rotation)
{
    PIX *turned;

    if (!*pix || rotation == 0)
        return;
    turned = pixRotateOrth(*pix, rotation / 90);
    if (!turned)
        return;
    pixDestroy(pix);
    *pix = turned;
}

static void settle(struct search *s, const struct hypothesis *h)
{
    struct page *p = s->p;

    turn(&p->grey, h->rotation);
    turn(&p->ink, h->rotation);
    p->form = h->form;
    p->number = h->page;
    p->rotation = h->rotation;
    p->map = h->map;
    map_magnify(&p->map, s->reduction);
    p->residual = h->fit.n ? (int)lround(h->fit.residual * 100) : 0;
    p->qr = s->qr;
    blank_make(s->l->blanks, p);
}

enum page_state page_locate(struct locator *l, struct page *p, struct pos at,
                            struct arena *a, struct diag *d)
{
    struct search s = {.l = l, .p = p, .mem = a};
    struct hypothesis found = {.form = NULL};
    bool ok;

    if (is_blank(p)) {
        diag_warn(
            d, at, "blank-page",
            "白紙です。裏面や余白のページでなければ、スキャンし直してください",
            "the page is blank: scan it again unless it is the back of "
            "a sheet");
        return PAGE_BLANK;
    }
    s.made[0] = line_view_make(&s.views[0], p->ink, p->dpi, &s.reduction);
    if (!s.made[0])
        ok = not_found(at, d);
    else if (by_marks(&s, &found))
        ok = follow_qr(&s, &found, at, d);
    else
        ok = follow_lines(&s, &found, at, d);
    if (ok)
        settle(&s, &found);
    for (int k = 0; k < 4; k++)
        if (s.made[k])
            line_view_release(&s.views[k]);
    return ok ? PAGE_READ : PAGE_UNKNOWN_FORM;
}
