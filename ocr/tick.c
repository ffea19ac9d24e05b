#include "ocr/tick.h"

#include "ocr/choice_ink.h"
#include "ocr/tick_inside.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <string.h>

/* Permille of the inside: less is dust, more is a mark. Both are raised by what
 * empty boxes of the page hold, and by a few px where boxes are small. */
#define DUST_COVER 15
#define MARK_COVER 45
#define DUST_PX 2
#define MARK_PX 5
/* A mark much weaker than the page's others is not sure, in 1/100 of them. */
#define WEAK_SHARE 22
/* A mark reaches this far across its box, share of the side. */
#define MARK_REACH 0.4
/* A pale stroke this long, share of the side, may be a mark; or, around the
 * box, its tail. */
#define FAINT_REACH 0.13
#define FAINT_TAIL 0.4
#define FAINT_TAIL_MM 0.5
/* Around the box, share of its side: what ends here was meant for the box. */
#define COLLAR 0.5
/* Share of a stroke, in 1/100, that must lie at its box. */
#define OWN_SHARE 35
/* Of a stroke's ink inside boxes, in 1/100, that one must hold to own it. */
#define OWNER_SHARE 75
/* Share of a stroke, in 1/100, in a place for writing that makes it writing. */
#define WRITING_SHARE 60
/* Strokes as long as this many sides of the box, drawn by a pen that is thin
 * for it, are a scribble. */
#define SCRIBBLE_LENGTH 6.5
#define SCRIBBLE_PEN 0.17
/* Two pieces of one stroke are this near, mm. */
#define BITE_MM 0.8
/* No tick covers so much of a large box, permille. */
#define DENSE 620
/* Black from side to side and over the frame: a scribble, where the pen is too
 * thick for its strokes to be told apart. */
#define BLACK 900
/* A box that is filled on purpose has this little ink around it, in 1/100 of
 * the ink inside. */
#define FILL_OUTSIDE 4
#define FRAME_MM 0.25
/* A line that goes so far out of a box on both sides strikes it, share of the
 * side; across the inside alone it does where the pen is thin for the box. */
#define STRUCK_BEYOND 0.3
#define STRUCK_SIDE_MM 3.0
/* A line through a word goes out of it this far, mm. */
#define WORD_BEYOND_MM 0.5
/* A line through the box that leans less (degrees) is not a tick. */
#define STRUCK_LEAN 18
/* A stroke beside the box this long, mm, is a mark; and ink on its word, mm².
 */
#define BESIDE_MM 1.2
#define ON_WORD_MM2 0.3
/* How far around a field its strokes are looked at, mm. */
#define FIELD_MARGIN 9.0
/* One stroke may skip so far, mm. */
#define SKIP_MM 0.3
/* The printed word begins at most this far from its box, tmm. */
#define WORD_GAP 30

enum { NEAR_MOST = 160 };

/* Every tick box of the page that lies in the cut; those of the field first. */
struct near_box {
    struct cut_box box, inside, collar;
    double side;
};

struct work {
    const struct page *p;
    const struct tick_page *reference;
    const struct form_field *f;
    struct choice_ink ink;
    struct near_box boxes[NEAR_MOST];
    int n_boxes;
    int owner[STROKES_MOST]; /* index of the box, NOBODY, SHARED or WRITING */
    bool looks_empty;        /* no option of the field has a mark */
};

enum { NOBODY = -1, SHARED = -2, WRITING = -3 };

static void add_near(struct work *w, struct rect_tmm r)
{
    struct near_box *n = &w->boxes[w->n_boxes];

    n->box = choice_ink_box(&w->ink, w->p, r);
    if (w->n_boxes == NEAR_MOST || n->box.left < 0 || n->box.top < 0 ||
        n->box.left > pixGetWidth(w->ink.all) ||
        n->box.top > pixGetHeight(w->ink.all))
        return;
    n->side = n->box.width;
    n->inside = cut_box_inset(&w->ink, n->box, tick_inset(r.width));
    n->collar =
        cut_box_inset(&w->ink, n->box, -COLLAR * n->side / w->ink.px_per_mm);
    w->n_boxes++;
}

/* False when one of the field's own boxes lies off the scan. */
static bool list_boxes(struct work *w)
{
    const struct form_template *t = w->p->form;

    for (size_t i = 0; i < w->f->n_options; i++)
        add_near(w, w->f->options[i].box);
    if ((size_t)w->n_boxes < w->f->n_options)
        return false;
    for (size_t i = 0; i < t->n_fields; i++) {
        const struct form_field *f = &t->fields[i];

        if (f == w->f || f->page != w->p->number || !tick_is_kind(f->kind))
            continue;
        for (size_t k = 0; k < f->n_options && w->n_boxes < NEAR_MOST; k++)
            add_near(w, f->options[k].box);
    }
    return true;
}

static bool is_writing(const struct work *w, const struct stroke *s)
{
    return stroke_is_writing(&w->ink, w->p, s, WRITING_SHARE);
}

/* Where the cut ends, nobody knows whose stroke it is. */
static bool goes_on(const struct work *w, const struct stroke *s)
{
    return s->left <= 0 || s->top <= 0 ||
           s->left + s->width >= pixGetWidth(w->ink.all) ||
           s->top + s->height >= pixGetHeight(w->ink.all);
}

static int owner_of(const struct work *w, const struct stroke *s)
{
    int all = 0, most = 0, owner = NOBODY;

    for (int i = 0; i < w->n_boxes; i++) {
        int n = stroke_count(s, w->boxes[i].inside);

        all += n;
        if (n > most) {
            most = n;
            owner = i;
        }
    }
    if (owner == NOBODY)
        return is_writing(w, s) ? WRITING : NOBODY;
    if (most * 100 < all * OWNER_SHARE || goes_on(w, s))
        return SHARED;
    if (stroke_count(s, w->boxes[owner].collar) * 100 < s->ink * OWN_SHARE)
        return is_writing(w, s) ? WRITING : NOBODY;
    return owner;
}

static bool are_near(const struct stroke *a, const struct stroke *b, double gap)
{
    return a->left < b->left + b->width + gap &&
           b->left < a->left + a->width + gap &&
           a->top < b->top + b->height + gap &&
           b->top < a->top + a->height + gap;
}

/* Print takes bites out of a tail that crosses it: what is left of it beside a
 * stroke of some box is that box's too. */
static void adopt_rests(struct work *w)
{
    double gap = BITE_MM * w->ink.px_per_mm;
    bool more = true;

    while (more) {
        more = false;
        for (int i = 0; i < w->ink.n_strokes; i++)
            for (int k = 0; k < w->ink.n_strokes && w->owner[i] == NOBODY; k++)
                if (w->owner[k] >= 0 &&
                    w->ink.strokes[i].ink < w->ink.strokes[k].ink &&
                    are_near(&w->ink.strokes[i], &w->ink.strokes[k], gap)) {
                    w->owner[i] = w->owner[k];
                    more = true;
                }
    }
}

/* Ink of strokes with this owner in a place. */
static int owned_ink(const struct work *w, int owner, struct cut_box b)
{
    int n = 0;

    for (int i = 0; i < w->ink.n_strokes; i++)
        if (w->owner[i] == owner)
            n += stroke_count(&w->ink.strokes[i], b);
    return n;
}

/* How far the box's strokes go across box and collar, share of the side. */
static double reach_of(const struct work *w, int box)
{
    const struct near_box *n = &w->boxes[box];
    double most = 0;

    for (int i = 0; i < w->ink.n_strokes; i++) {
        const struct stroke *s = &w->ink.strokes[i];
        double left = fmax(s->left, n->collar.left);
        double right =
            fmin(s->left + s->width, n->collar.left + n->collar.width);
        double top = fmax(s->top, n->collar.top);
        double bottom =
            fmin(s->top + s->height, n->collar.top + n->collar.height);

        if (w->owner[i] == box)
            most = fmax(most, fmax(right - left, bottom - top));
    }
    return most / n->side;
}

/* Half of a stroke's border is its length; what lies far out is a tail. */
static bool is_scribble(const struct work *w, int box)
{
    const struct near_box *n = &w->boxes[box];
    double length = 0, pen = 0;

    for (int i = 0; i < w->ink.n_strokes; i++) {
        const struct stroke *s = &w->ink.strokes[i];
        PIX *eaten;
        l_int32 core = 0;

        if (w->owner[i] != box)
            continue;
        eaten = pixErodeBrick(NULL, s->pix, 3, 3);
        if (eaten)
            pixCountPixels(eaten, &core, NULL);
        pixDestroy(&eaten);
        length += (s->ink - core) / 2.0 * stroke_count(s, n->collar) / s->ink;
        pen = fmax(pen, s->ink / ((s->ink - core) / 2.0 + 1));
    }
    return pen < n->side * SCRIBBLE_PEN && length > n->side * SCRIBBLE_LENGTH;
}

/* The word printed beside the box. */
static bool word_box(const struct work *w, const struct form_option *o,
                     struct cut_box *out)
{
    const struct form_template *t = w->p->form;
    int32_t right = o->box.left + o->box.width;
    int32_t middle = o->box.top + o->box.height / 2;

    for (size_t i = 0; i < t->n_texts; i++) {
        const struct form_text *text = &t->texts[i];

        if (text->page != w->p->number || text->box.left < right - 5 ||
            text->box.left > right + WORD_GAP || text->box.top > middle ||
            text->box.top + text->box.height < middle ||
            strcmp(text->text, o->print) != 0)
            continue;
        *out = choice_ink_box(&w->ink, w->p, text->box);
        return true;
    }
    return false;
}

/* Strokes of nobody that lie on the box, around it or on its word: a mark that
 * missed, or something else a person should see. So is a stroke of a box that
 * is `clear`: it only touches its box. On the word print leaves only
 * pieces of it, and where the field looks empty a tail from another one may
 * hide it. */
static bool has_beside(const struct work *w, int box, bool clear, bool has_word,
                       struct cut_box word)
{
    const struct near_box *n = &w->boxes[box];
    double mm = w->ink.px_per_mm;
    double length = fmin(BESIDE_MM * mm, n->side * 0.6), on_word = 0;

    for (int i = 0; i < w->ink.n_strokes; i++) {
        const struct stroke *s = &w->ink.strokes[i];

        if ((w->owner[i] == NOBODY || (clear && w->owner[i] == box)) &&
            fmax(s->width, s->height) >= length &&
            stroke_count(s, n->collar) >= length)
            return true;
    }
    if (!has_word)
        return false;
    for (int i = 0; i < w->ink.n_strokes; i++)
        if (w->owner[i] == NOBODY)
            on_word += stroke_count(&w->ink.strokes[i], word);
        else if (w->looks_empty && w->owner[i] >= (int)w->f->n_options)
            on_word += stroke_count(&w->ink.strokes[i], word) * 0.4;
    return on_word > ON_WORD_MM2 * mm * mm;
}

static struct tick unsure(const char *why, int cover)
{
    return (struct tick){TICK_UNSURE, why, cover, 600};
}

/* From `low` (barely) to `high` (plainly), as a surety. */
static int surety(double value, double low, double high)
{
    double part = high > low ? (value - low) / (high - low) : 1;

    part = part < 0 ? 0 : part > 1 ? 1 : part;
    return (int)lround(972 + 27 * part);
}

/* Pale strokes that never became ink. */
static bool is_faint(const struct work *w, int box)
{
    const struct near_box *n = &w->boxes[box];
    double mm = w->ink.px_per_mm;

    return choice_ink_faint(&w->ink, n->inside) * mm >= FAINT_REACH * n->side ||
           choice_ink_faint(&w->ink, n->collar) >=
               fmax(FAINT_TAIL * n->side / mm, FAINT_TAIL_MM);
}

struct limits {
    double dust, mark; /* permille of the inside */
};

static struct limits limits_of(const struct work *w, double area)
{
    double base = w->reference->empty, px = area > 0 ? 1000 / area : 1000;
    struct limits l = {base + fmax(DUST_COVER, DUST_PX * px),
                       base + fmax(MARK_COVER, MARK_PX * px)};

    l.mark = fmax(l.mark, w->reference->marked * WEAK_SHARE / 100.0);
    return l;
}

static struct tick judge_clear(const struct work *w, int box, int raw,
                               struct limits l)
{
    struct cut_box word = {0};
    bool has_word = word_box(w, &w->f->options[box], &word);

    if (raw >= l.dust)
        return unsure("tick-faint", raw);
    if (has_beside(w, box, true, has_word, word))
        return unsure("tick-beside", raw);
    if (has_word &&
        choice_ink_struck(&w->ink, word, WORD_BEYOND_MM, STRUCK_LEAN))
        return unsure("tick-struck", raw);
    if (is_faint(w, box))
        return unsure("tick-faint", raw);
    return (struct tick){TICK_CLEAR, "", raw,
                         surety(l.dust - raw, 0, l.dust / 2)};
}

static bool is_struck(const struct work *w, const struct near_box *n)
{
    double mm = w->ink.px_per_mm;

    if (choice_ink_struck(&w->ink, n->box, STRUCK_BEYOND * n->side / mm,
                          STRUCK_LEAN))
        return true;
    return n->side > STRUCK_SIDE_MM * mm &&
           choice_ink_count(w->ink.all, n->inside) * 1000 <
               TICK_FILL * cut_box_area(n->inside) &&
           choice_ink_struck(&w->ink, n->inside, 0, STRUCK_LEAN);
}

/* The black stays in its box; that of the box below is its own. */
static bool is_neat(const struct work *w, int box)
{
    const struct near_box *n = &w->boxes[box];
    struct cut_box frame = cut_box_inset(&w->ink, n->box, -FRAME_MM);
    int all = owned_ink(w, box, n->collar);
    int in = owned_ink(w, box, frame);

    return (all - in) * 100 <= in * FILL_OUTSIDE;
}

static struct tick judge_marked(const struct work *w, int box, int own,
                                struct limits l)
{
    const struct near_box *n = &w->boxes[box];
    struct cut_box word = {0};
    bool has_word = word_box(w, &w->f->options[box], &word);

    if (is_struck(w, n) ||
        (has_word &&
         choice_ink_struck(&w->ink, word, WORD_BEYOND_MM, STRUCK_LEAN)))
        return unsure("tick-struck", own);
    if (own >= TICK_FILL && is_neat(w, box))
        return (struct tick){TICK_FILLED, "", own, 990};
    if ((own >= DENSE && n->side > STRUCK_SIDE_MM * w->ink.px_per_mm) ||
        own >= BLACK || is_scribble(w, box))
        return unsure("tick-struck", own);
    if (has_beside(w, box, false, has_word, word))
        return unsure("tick-beside", own);
    return (struct tick){TICK_MARKED, "", own, surety(own, l.mark, 2 * l.mark)};
}

static struct tick judge(const struct work *w, int box)
{
    const struct near_box *n = &w->boxes[box];
    int area = cut_box_area(n->inside);
    double part = area > 0 ? 1000.0 / area : 0;
    int raw = (int)(choice_ink_count(w->ink.rest, n->inside) * part);
    int own = (int)(owned_ink(w, box, n->inside) * part);
    int shared = (int)(owned_ink(w, SHARED, n->inside) * part);
    struct limits l = limits_of(w, area);

    if (area < 4)
        return unsure("tick-faint", 0);
    if (shared >= l.dust)
        return unsure("tick-shared", raw);
    if (own < l.mark)
        return judge_clear(w, box, raw, l);
    if (reach_of(w, box) < MARK_REACH)
        return unsure("tick-faint", own);
    return judge_marked(w, box, own, l);
}

static void judge_all(struct work *w, struct tick *out)
{
    bool clear = true;

    for (size_t i = 0; i < w->f->n_options; i++) {
        out[i] = judge(w, (int)i);
        clear &= out[i].state == TICK_CLEAR;
    }
    w->looks_empty = true;
    for (size_t i = 0; clear && i < w->f->n_options; i++)
        out[i] = judge(w, (int)i);
}

bool tick_measure(const struct page *p, const struct tick_page *reference,
                  const struct form_field *f, struct tick *out)
{
    struct work w = {.p = p, .reference = reference, .f = f};

    if (!choice_ink_cut(&w.ink, p, f->box, FIELD_MARGIN, SKIP_MM))
        return false;
    if (!list_boxes(&w) || w.ink.crowded) {
        for (size_t i = 0; i < f->n_options; i++)
            out[i] = unsure("tick-faint", 0);
        choice_ink_release(&w.ink);
        return true;
    }
    for (int i = 0; i < w.ink.n_strokes; i++)
        w.owner[i] = owner_of(&w, &w.ink.strokes[i]);
    adopt_rests(&w);
    judge_all(&w, out);
    choice_ink_release(&w.ink);
    return true;
}
