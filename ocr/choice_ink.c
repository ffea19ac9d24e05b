#include "ocr/choice_ink.h"

#include "ocr/bits.h"
#include "ocr/blank.h"
#include "ocr/print_shift.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdlib.h>

/* The map is right within this everywhere on the page, mm. */
#define SHIFT_MM 0.8
/* A stroke that crosses a printed line is closed again this far, mm. */
#define CLOSE_MM 0.35
/* What a misprint leaves lies this near to print, mm. */
#define SCRAP_MM 0.17
/* Smaller than this both ways is dust, mm. */
#define DUST_MM 0.35
/* What is black and this thick is no scrap, mm. */
#define SOLID_MM 0.45
/* Share of a stroke, in 1/100, that must lie away from print. */
#define FREE_SHARE 20

/* Darker than this is pale writing: paper is 255, noise stays above. */
#define PALE 228
/* The blur of print reaches this far, mm. */
#define HALO_MM 0.12

/* Share of a line that must be ink, and of it that the form does not print. */
#define LINE_SHARE 0.93
#define LINE_HAND_SHARE 0.12
/* The same of each end that goes out of the box: a frame or a letter beside a
 * black box is no line through it. */
#define END_HAND_SHARE 0.4

static PIX *clip(PIX *from, int left, int top, int width, int height)
{
    PIX *out = pixCreate(width, height, 1);

    if (out && from)
        pixRasterop(out, 0, 0, width, height, PIX_SRC, from, left, top);
    return out;
}

/* Dust and what a misprint leaves along printed lines. */
static bool is_scrap(const struct choice_ink *ink, PIX *near, PIX *piece,
                     BOX *at)
{
    double mm = ink->px_per_mm;
    l_int32 x, y, w, h, n = 0, beside = 0;
    PIX *part;

    boxGetGeometry(at, &x, &y, &w, &h);
    if (w < DUST_MM * mm && h < DUST_MM * mm)
        return true;
    pixCountPixels(piece, &n, NULL);
    if (fmin(w, h) >= SOLID_MM * mm && n * 2 > w * h)
        return false;
    part = clip(near, x, y, w, h);
    if (!part)
        return false;
    pixAnd(part, part, piece);
    pixCountPixels(part, &beside, NULL);
    pixDestroy(&part);
    return (n - beside) * 100 < n * FREE_SHARE;
}

static void drop_scraps(struct choice_ink *ink)
{
    int r = (int)lround(SCRAP_MM * ink->px_per_mm);
    PIX *near;
    PIXA *pieces = NULL;
    BOXA *boxes = pixConnComp(ink->hand, &pieces, 8);

    r = r < 1 ? 1 : r;
    near = pixDilateBrick(NULL, ink->print, 2 * r + 1, 2 * r + 1);
    for (int i = 0; boxes && near && i < boxaGetCount(boxes); i++) {
        BOX *at = boxaGetBox(boxes, i, L_CLONE);
        PIX *piece = pixaGetPix(pieces, i, L_CLONE);

        if (is_scrap(ink, near, piece, at)) {
            l_int32 x, y, w, h;

            boxGetGeometry(at, &x, &y, &w, &h);
            pixRasterop(ink->hand, x, y, w, h, PIX_DST & PIX_NOT(PIX_SRC),
                        piece, 0, 0);
        }
        pixDestroy(&piece);
        boxDestroy(&at);
    }
    pixDestroy(&near);
    boxaDestroy(&boxes);
    pixaDestroy(&pieces);
}

/* Scraps at the end of a stroke are its way between two printed lines. */
static void take_back_scraps(struct choice_ink *ink)
{
    int r = (int)ceil(2 * CLOSE_MM * ink->px_per_mm);
    PIX *near = pixDilateBrick(NULL, ink->hand, 2 * r + 1, 2 * r + 1);

    if (!near)
        return;
    pixAnd(near, near, ink->rest);
    pixOr(ink->hand, ink->hand, near);
    pixDestroy(&near);
}

/* Gives strokes back what the print took where they cross it. */
static void close_strokes(struct choice_ink *ink)
{
    int r = (int)ceil(CLOSE_MM * ink->px_per_mm);
    PIX *near = pixDilateBrick(NULL, ink->hand, 2 * r + 1, 2 * r + 1);

    if (!near)
        return;
    pixAnd(near, near, ink->print);
    pixAnd(near, near, ink->all);
    pixOr(ink->hand, ink->hand, near);
    pixDestroy(&near);
}

/* The writing in a piece of the widened picture. */
static struct stroke stroke_in(const struct choice_ink *ink, PIX *wide, BOX *at)
{
    struct stroke s = {.pix = NULL};
    l_int32 x, y, w, h;
    BOX *tight = NULL;
    PIX *part;

    boxGetGeometry(at, &x, &y, &w, &h);
    part = clip(ink->hand, x, y, w, h);
    if (part)
        pixAnd(part, part, wide);
    if (part && pixClipToForeground(part, &s.pix, &tight) == 0 && s.pix) {
        boxGetGeometry(tight, &s.left, &s.top, &s.width, &s.height);
        s.left += x;
        s.top += y;
        pixCountPixels(s.pix, &s.ink, NULL);
    }
    boxDestroy(&tight);
    pixDestroy(&part);
    return s;
}

/* What lies within `join` of each other, whichever way the gap runs, is one
 * stroke. */
static void list_strokes(struct choice_ink *ink, double join)
{
    int gap = (int)lround(join * ink->px_per_mm);
    PIX *wide = pixDilateBrick(NULL, ink->hand, gap + 1, gap + 1);
    PIXA *pieces = NULL;
    BOXA *boxes = wide ? pixConnComp(wide, &pieces, 8) : NULL;
    double least = DUST_MM * ink->px_per_mm;

    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        BOX *at = boxaGetBox(boxes, i, L_CLONE);
        PIX *piece = pixaGetPix(pieces, i, L_CLONE);
        struct stroke s = stroke_in(ink, piece, at);

        pixDestroy(&piece);
        boxDestroy(&at);
        if ((s.width < least && s.height < least) ||
            ink->n_strokes == STROKES_MOST) {
            ink->crowded |= ink->n_strokes == STROKES_MOST;
            pixDestroy(&s.pix);
            continue;
        }
        ink->strokes[ink->n_strokes++] = s;
    }
    pixDestroy(&wide);
    boxaDestroy(&boxes);
    pixaDestroy(&pieces);
}

/* Neither ink nor print nor the blur around them. */
static PIX *pale_ink(const struct choice_ink *ink, const struct page *p)
{
    int w = pixGetWidth(ink->all), h = pixGetHeight(ink->all);
    int r = (int)ceil(HALO_MM * ink->px_per_mm);
    BOX *box = boxCreate(ink->left, ink->top, w, h);
    PIX *grey = box ? pixClipRectangle(p->grey, box, NULL) : NULL;
    PIX *pale = grey ? pixThresholdToBinary(grey, PALE) : NULL;
    PIX *known = pixOr(NULL, ink->print, ink->all);

    boxDestroy(&box);
    pixDestroy(&grey);
    if (known)
        pixDilateBrick(known, known, 2 * r + 1, 2 * r + 1);
    if (pale && known)
        pixSubtract(pale, pale, known);
    pixDestroy(&known);
    return pale;
}

static void bar(PIX *pix, double x0, double y0, double x1, double y1)
{
    int left = (int)floor(x0), top = (int)floor(y0);

    pixRasterop(pix, left, top, (int)ceil(x1) - left, (int)ceil(y1) - top,
                PIX_SET, NULL, 0, 0);
}

/* The outline of one tick box, as thick as it may come out. */
static void add_frame(struct choice_ink *ink, const struct page *p,
                      struct rect_tmm r)
{
    struct cut_box b = choice_ink_box(ink, p, r);
    double half =
        p->form->tick_line * ink->px_per_mm / 200 + blank_thickening(p);
    double right = b.left + b.width, bottom = b.top + b.height;

    bar(ink->print, b.left - half, b.top - half, right + half, b.top + half);
    bar(ink->print, b.left - half, bottom - half, right + half, bottom + half);
    bar(ink->print, b.left - half, b.top, b.left + half, bottom);
    bar(ink->print, right - half, b.top, right + half, bottom);
}

/* Thin frames are paler than print in the drawn form, and between two rows of
 * px may be in neither; but where they are is known. */
static void add_frames(struct choice_ink *ink, const struct page *p)
{
    for (size_t i = 0; i < p->form->n_fields; i++) {
        const struct form_field *f = &p->form->fields[i];
        bool ticks = f->kind == FIELD_TICK || f->kind == FIELD_CHOICE ||
                     f->kind == FIELD_SET;

        for (size_t k = 0; ticks && f->page == p->number && k < f->n_options;
             k++)
            add_frame(ink, p, f->options[k].box);
    }
}

bool choice_ink_cut(struct choice_ink *ink, const struct page *p,
                    struct rect_tmm around, double margin, double join)
{
    struct rect_px r = page_rect(&p->map, around);
    int wide, reach, w, h;
    PIX *print;

    *ink = (struct choice_ink){.px_per_mm = p->dpi / 25.4};
    wide = (int)ceil(margin * ink->px_per_mm);
    reach = (int)ceil(SHIFT_MM * ink->px_per_mm);
    ink->left = r.left - wide;
    ink->top = r.top - wide;
    w = r.width + 2 * wide;
    h = r.height + 2 * wide;
    if (w <= 0 || h <= 0)
        return false;
    ink->all = clip(p->ink, ink->left, ink->top, w, h);
    print = clip(p->blank, ink->left - reach, ink->top - reach, w + 2 * reach,
                 h + 2 * reach);
    if (ink->all && print) {
        PIX *thin = pixErodeBrick(NULL, print, 2 * blank_thickening(p) + 1,
                                  2 * blank_thickening(p) + 1);

        if (thin)
            print_shift(ink->all, thin, reach, &ink->dx, &ink->dy);
        pixDestroy(&thin);
        ink->print = clip(print, reach - ink->dx, reach - ink->dy, w, h);
    }
    pixDestroy(&print);
    if (ink->print) {
        add_frames(ink, p);
        ink->rest = pixSubtract(NULL, ink->all, ink->print);
        ink->hand = pixCopy(NULL, ink->rest);
    }
    if (!ink->hand) {
        choice_ink_release(ink);
        return false;
    }
    drop_scraps(ink);
    take_back_scraps(ink);
    close_strokes(ink);
    list_strokes(ink, join);
    if (p->grey && ink->left >= 0 && ink->top >= 0)
        ink->pale = pale_ink(ink, p);
    return true;
}

void choice_ink_release(struct choice_ink *ink)
{
    for (int i = 0; i < ink->n_strokes; i++)
        pixDestroy(&ink->strokes[i].pix);
    ink->n_strokes = 0;
    pixDestroy(&ink->all);
    pixDestroy(&ink->print);
    pixDestroy(&ink->rest);
    pixDestroy(&ink->hand);
    pixDestroy(&ink->pale);
}

struct cut_box choice_ink_box(const struct choice_ink *ink,
                              const struct page *p, struct rect_tmm r)
{
    double left, top, right, bottom, x, y;

    page_point(&p->map, r.left, r.top + r.height / 2.0, &left, &y);
    page_point(&p->map, r.left + r.width, r.top + r.height / 2.0, &right, &y);
    page_point(&p->map, r.left + r.width / 2.0, r.top, &x, &top);
    page_point(&p->map, r.left + r.width / 2.0, r.top + r.height, &x, &bottom);
    return (struct cut_box){left - ink->left + ink->dx,
                            top - ink->top + ink->dy, right - left,
                            bottom - top};
}

struct cut_box cut_box_inset(const struct choice_ink *ink, struct cut_box b,
                             double mm)
{
    double by = mm * ink->px_per_mm;

    return (struct cut_box){b.left + by, b.top + by, b.width - 2 * by,
                            b.height - 2 * by};
}

/* Pixels whose middle is in the box. */
static BOX *whole_pixels(struct cut_box b)
{
    int left = (int)ceil(b.left - 0.5), top = (int)ceil(b.top - 0.5);
    int right = (int)ceil(b.left + b.width - 0.5);
    int bottom = (int)ceil(b.top + b.height - 0.5);

    if (left < 0)
        left = 0;
    if (top < 0)
        top = 0;
    if (right <= left || bottom <= top)
        return NULL;
    return boxCreate(left, top, right - left, bottom - top);
}

int cut_box_area(struct cut_box b)
{
    double w = ceil(b.left + b.width - 0.5) - ceil(b.left - 0.5);
    double h = ceil(b.top + b.height - 0.5) - ceil(b.top - 0.5);

    return w > 0 && h > 0 ? (int)(w * h) : 0;
}

int choice_ink_count(struct Pix *pix, struct cut_box b)
{
    BOX *box = whole_pixels(b);
    l_int32 n = 0;

    if (box && pixCountPixelsInRect(pix, box, &n, NULL) != 0)
        n = 0;
    boxDestroy(&box);
    return n;
}

int stroke_count(const struct stroke *s, struct cut_box b)
{
    b.left -= s->left;
    b.top -= s->top;
    return choice_ink_count(s->pix, b);
}

bool choice_ink_at(struct Pix *pix, int x, int y)
{
    const l_uint32 *line;

    if (x < 0 || y < 0 || x >= pixGetWidth(pix) || y >= pixGetHeight(pix))
        return false;
    line = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
    return GET_DATA_BIT(line, x);
}

/* Where this field is written, if it is: not tick boxes, not words. */
static bool in_parts(const struct choice_ink *ink, const struct page *p,
                     const struct form_field *f, const struct stroke *s,
                     int share)
{
    bool marks = f->n_options > 0;
    int n = 0;

    for (size_t i = 0; i < f->n_parts; i++)
        n += stroke_count(s, choice_ink_box(ink, p, f->parts[i].box));
    if (f->n_parts == 0 && !marks)
        n = stroke_count(s, choice_ink_box(ink, p, f->box));
    return n * 100 >= s->ink * share;
}

bool stroke_is_writing(const struct choice_ink *ink, const struct page *p,
                       const struct stroke *s, int share)
{
    for (size_t i = 0; i < p->form->n_fields; i++)
        if (p->form->fields[i].page == p->number &&
            in_parts(ink, p, &p->form->fields[i], s, share))
            return true;
    return false;
}

double choice_ink_faint(const struct choice_ink *ink, struct cut_box b)
{
    PIX *part = ink->pale ? clip(ink->pale, (int)b.left, (int)b.top,
                                 (int)ceil(b.width), (int)ceil(b.height))
                          : NULL;
    BOXA *pieces = part ? pixConnComp(part, NULL, 8) : NULL;
    int longest = 0;

    for (int i = 0; pieces && i < boxaGetCount(pieces); i++) {
        l_int32 w, h;

        boxaGetBoxGeometry(pieces, i, NULL, NULL, &w, &h);
        longest = w > longest ? w : longest;
        longest = h > longest ? h : longest;
    }
    boxaDestroy(&pieces);
    pixDestroy(&part);
    return longest / ink->px_per_mm;
}

/* Columns without ink that a line of `n` may have. */
static int white_most(int n)
{
    return (int)(n * (1 - LINE_SHARE));
}

/* The line from (x0, y0) to (x1, y1), one px of slack up and down; its first
 * and last `end` px must be writing, too. */
static bool is_line(const struct choice_ink *ink, double x0, double y0,
                    double x1, double y1, int end)
{
    int n = (int)(x1 - x0) + 1, hand = 0, first = 0, last = 0;
    int white = white_most(n);

    for (int i = 0; i < n; i++) {
        int x = (int)floor(x0 + i);
        int y = (int)floor(y0 + (y1 - y0) * i / n);

        if (!choice_ink_at(ink->all, x, y) &&
            !choice_ink_at(ink->all, x, y - 1) &&
            !choice_ink_at(ink->all, x, y + 1)) {
            if (white-- == 0)
                return false;
            continue;
        }
        if (choice_ink_at(ink->print, x, y))
            continue;
        hand++;
        first += i < end;
        last += i >= n - end;
    }
    return hand >= n * LINE_HAND_SHARE && first >= end * END_HAND_SHARE &&
           last >= end * END_HAND_SHARE;
}

/* Are there so many columns without ink between rows `from` and `to` that no
 * line of `n` columns from `left` on can pass? */
static bool is_gappy(const struct choice_ink *ink, int left, int n, int from,
                     int to)
{
    struct bits all = bits_of(ink->all);
    int inked = 0;

    for (int x = 0; x < n; x += 32) {
        uint32_t any = 0;

        for (int y = from - 1; y <= to + 1; y++)
            any |= bits_some(&all, left + x, y, n - x);
        inked += bits_count(any);
    }
    return n - inked > white_most(n);
}

bool choice_ink_struck(const struct choice_ink *ink, struct cut_box b,
                       double beyond, double lean)
{
    double x0 = b.left - beyond * ink->px_per_mm;
    double x1 = b.left + b.width + beyond * ink->px_per_mm;
    double drop = tan(lean * 3.14159265358979323846 / 180) * (x1 - x0);
    int from = (int)(b.top + b.height * 0.2);
    int to = (int)(b.top + b.height * 0.8);
    int end = (int)(beyond * ink->px_per_mm);

    if (is_gappy(ink, (int)floor(x0), (int)(x1 - x0) + 1, from, to))
        return false;
    for (int y0 = from; y0 <= to; y0++)
        for (int y1 = from; y1 <= to; y1++)
            if (abs(y1 - y0) <= drop &&
                is_line(ink, x0, y0 + 0.5, x1, y1 + 0.5, end))
                return true;
    return false;
}
