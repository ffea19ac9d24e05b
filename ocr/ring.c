#include "ocr/ring.h"

#include "ocr/choice_ink.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <string.h>

/* A ring goes this far out from its word at most, mm. */
#define MARGIN_MM 5.0
/* A pen that skips leaves gaps like this, mm; a thin one on a rough scan, like
 * the second. */
static const double skips_mm[] = {0.4, 1.0};
/* People close a ring to within this, mm; a large one, to within a share of
 * its height or width. Whether it goes round is asked afterwards. */
#define GAP_MM 1.2
#define GAP_SHARE 0.4
#define GAP_MOST_MM 2.6
/* Share of a word, permille, that its ring encloses; and that a ring may take
 * of any other. */
#define ENCLOSED 520
#define OTHER_ENCLOSED 60
/* Share of the directions from a word's middle, permille, in which its ring is
 * met; a ring around something else is met in half of them. */
#define ROUND 880
#define ARC 600
/* Ink that may lie on a word, mm². Less is where a ring runs along it. */
#define TOUCH_MM2 0.25
/* Ink in the middle of a ringed word, mm². A ring that cuts its word by less
 * than a third leaves none. */
#define CORE_MM2 0.35
#define CORE_INSET 0.3
/* Ink this near to a word, mm, is a mark on it when there is this much, mm²;
 * less than the second is dust. */
#define BESIDE_MM 1.0
#define BESIDE_MM2 0.5
#define DUST_MM2 0.12
/* Pale writing near a word that is as long as this, mm, may be a ring. */
#define FAINT_MM 2.0
#define FAINT_REACH_MM 3.0
#define STRUCK_LEAN 20
/* Share of a stroke, in 1/100, in a place for writing that makes it writing. */
#define WRITING_SHARE 60

enum { WORDS_MOST = 64, SECTORS = 36 };

struct word {
    struct cut_box box;
    int enclosed, round; /* permille, by the stroke that encloses most */
    int stroke;          /* that stroke; -1 */
    double touch;        /* ink on the word by strokes of no other word, mm² */
    double beside;       /* the same, on it and near it */
};

struct work {
    const struct page *p;
    const struct form_field *f;
    struct choice_ink ink;
    struct word words[WORDS_MOST]; /* the field's own first */
    int n_words, n_own;
    int owner[STROKES_MOST]; /* the word it encloses; NOBODY; WRITING */
};

enum { NOBODY = -1, WRITING = -2 };

static void add_words(struct work *w, const struct form_field *f)
{
    for (size_t i = 0; i < f->n_options && w->n_words < WORDS_MOST; i++) {
        struct word *o = &w->words[w->n_words];

        *o = (struct word){.box =
                               choice_ink_box(&w->ink, w->p, f->options[i].box),
                           .stroke = -1};
        if (f == w->f ||
            (o->box.left + o->box.width > 0 && o->box.top + o->box.height > 0 &&
             o->box.left < pixGetWidth(w->ink.all) &&
             o->box.top < pixGetHeight(w->ink.all)))
            w->n_words++;
    }
}

static bool has_words(const struct form_field *f)
{
    return f->kind == FIELD_RING || (f->kind == FIELD_DATE && f->n_options > 1);
}

/* The field's words, and those of others that a ring in sight may be for. */
static void list_words(struct work *w)
{
    const struct form_template *t = w->p->form;

    add_words(w, w->f);
    w->n_own = w->n_words;
    for (size_t i = 0; i < t->n_fields; i++)
        if (&t->fields[i] != w->f && t->fields[i].page == w->p->number &&
            has_words(&t->fields[i]))
            add_words(w, &t->fields[i]);
}

static double gap_of(const struct work *w, const struct stroke *s)
{
    double mm = w->ink.px_per_mm;

    return fmin(fmax(GAP_MM, GAP_SHARE * fmin(s->width, s->height) / mm),
                GAP_MOST_MM);
}

/* The stroke with its inside black: gaps as people leave them count as closed.
 * The picture is larger than the stroke by *border on each side. */
static PIX *filled(const struct work *w, const struct stroke *s, int *border)
{
    int r = (int)lround(gap_of(w, s) / 2 * w->ink.px_per_mm);
    PIX *wide, *fat, *holes, *out;

    *border = r + 2;
    wide = pixAddBorder(s->pix, *border, 0);
    fat = wide ? pixDilateBrick(NULL, wide, 2 * r + 1, 2 * r + 1) : NULL;
    holes = fat ? pixHolesByFilling(fat, 4) : NULL;
    if (holes)
        pixOr(fat, fat, holes);
    out = fat ? pixErodeBrick(NULL, fat, 2 * r + 1, 2 * r + 1) : NULL;
    pixDestroy(&wide);
    pixDestroy(&fat);
    pixDestroy(&holes);
    return out;
}

static int enclosed_by(PIX *full, const struct stroke *s, int border,
                       struct cut_box b)
{
    int area = cut_box_area(b);

    b.left -= s->left - border;
    b.top -= s->top - border;
    return area > 0 ? choice_ink_count(full, b) * 1000 / area : 0;
}

/* In how many directions from the middle of the box the stroke is met. A wide
 * ring is looked at as if it were round: a millimetre that stays open counts
 * the same above a long word as beside it. */
static int round_of(const struct stroke *s, struct cut_box b)
{
    bool met[SECTORS] = {false};
    double flat = s->width > s->height ? (double)s->height / s->width : 1;
    double cx = b.left + b.width / 2 - s->left;
    double cy = b.top + b.height / 2 - s->top;
    int n = 0;

    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            double angle;

            if (!choice_ink_at(s->pix, x, y))
                continue;
            angle = atan2(y + 0.5 - cy, (x + 0.5 - cx) * flat) +
                    3.14159265358979323846;
            met[(int)(angle * SECTORS / 6.2831853072) % SECTORS] = true;
        }
    for (int i = 0; i < SECTORS; i++)
        n += met[i];
    return n * 1000 / SECTORS;
}

/* Which word the stroke encloses most, and how much; others it takes too. */
static void measure_stroke(struct work *w, int index)
{
    const struct stroke *s = &w->ink.strokes[index];
    int border = 0, most = 0;
    PIX *full;

    w->owner[index] = NOBODY;
    full = filled(w, s, &border);
    for (int i = 0; full && i < w->n_words; i++) {
        struct word *o = &w->words[i];
        int enclosed = enclosed_by(full, s, border, o->box);

        if (enclosed > most && enclosed >= ENCLOSED) {
            most = enclosed;
            w->owner[index] = i;
        }
        if (enclosed > o->enclosed) {
            o->enclosed = enclosed;
            o->stroke = index;
        }
    }
    if (w->owner[index] == NOBODY &&
        stroke_is_writing(&w->ink, w->p, s, WRITING_SHARE))
        w->owner[index] = WRITING;
    pixDestroy(&full);
}

static void measure_words(struct work *w)
{
    double mm2 = w->ink.px_per_mm * w->ink.px_per_mm;

    for (int i = 0; i < w->n_words; i++) {
        struct word *o = &w->words[i];
        struct cut_box near = cut_box_inset(&w->ink, o->box, -BESIDE_MM);

        for (int k = 0; k < w->ink.n_strokes; k++) {
            const struct stroke *s = &w->ink.strokes[k];
            int on = stroke_count(s, o->box);

            if (w->owner[k] == i || w->owner[k] == WRITING)
                continue;
            o->touch += on / mm2;
            if (w->owner[k] == NOBODY)
                o->beside += stroke_count(s, near) / mm2;
        }
        if (o->stroke >= 0)
            o->round = round_of(&w->ink.strokes[o->stroke], o->box);
    }
}

/* More of a mark comes first: enclosed, then inked. */
static double weight(const struct word *o)
{
    return o->enclosed + 100 * fmin(o->beside + o->touch, 5);
}

static void rank(const struct work *w, int *first, int *second)
{
    *first = *second = -1;
    for (int i = 0; i < w->n_own; i++) {
        if (weight(&w->words[i]) <= 0)
            continue;
        if (*first < 0 || weight(&w->words[i]) > weight(&w->words[*first])) {
            *second = *first;
            *first = i;
        } else if (*second < 0 ||
                   weight(&w->words[i]) > weight(&w->words[*second])) {
            *second = i;
        }
    }
}

/* Ink in the middle of the word, where its ring does not come. */
static bool is_struck(const struct work *w, const struct word *o)
{
    double mm = w->ink.px_per_mm;
    struct cut_box core =
        cut_box_inset(&w->ink, o->box, CORE_INSET * o->box.height / mm);

    if (choice_ink_count(w->ink.hand, core) > CORE_MM2 * mm * mm)
        return true;
    return choice_ink_struck(&w->ink, o->box, 0.2, STRUCK_LEAN);
}

/* Another word that the ring, or any other mark, has something of. */
static bool has_rival(const struct work *w, int best)
{
    for (int i = 0; i < w->n_words; i++) {
        const struct word *o = &w->words[i];
        bool own = i < w->n_own;

        if (i == best)
            continue;
        if (own && (o->enclosed >= OTHER_ENCLOSED || o->touch >= TOUCH_MM2 ||
                    o->beside >= BESIDE_MM2))
            return true;
        /* A ring around a word of another field is that field's. */
        if (!own && o->enclosed >= ENCLOSED &&
            o->stroke == w->words[best].stroke)
            return true;
    }
    return false;
}

static struct ring unsure(int first, int second, const char *why)
{
    return (struct ring){first, second, false, why, first < 0 ? 0 : 600};
}

/* No word has more than dust on it. */
static struct ring judge_none(const struct work *w)
{
    for (int i = 0; i < w->n_own; i++) {
        struct cut_box near =
            cut_box_inset(&w->ink, w->words[i].box, -FAINT_REACH_MM);

        if (choice_ink_faint(&w->ink, near) >= FAINT_MM)
            return unsure(i, -1, "ring-faint");
    }
    return (struct ring){-1, -1, true, "", 992};
}

static struct ring judge_best(const struct work *w, int best, int second)
{
    const struct word *o = &w->words[best];
    int more;

    if (o->beside < DUST_MM2 && o->touch < DUST_MM2 &&
        o->enclosed < OTHER_ENCLOSED)
        return judge_none(w);
    if (o->enclosed < ENCLOSED || w->owner[o->stroke] != best)
        return unsure(best, second,
                      o->round >= ARC ? "ring-open" : "ring-other-mark");
    if (has_rival(w, best))
        return unsure(best, second, "ring-two");
    if (o->round < ROUND)
        return unsure(best, second, "ring-open");
    if (is_struck(w, o))
        return unsure(best, second, "ring-struck");
    if (o->touch >= TOUCH_MM2 || o->beside >= BESIDE_MM2)
        return unsure(best, second, "ring-other-mark");
    more = (o->enclosed - ENCLOSED) * 15 / (1000 - ENCLOSED);
    return (struct ring){best, -1, true, "", 984 + (more > 15 ? 15 : more)};
}

static struct rect_tmm words_of(const struct form_field *f)
{
    struct rect_tmm around = f->n_options ? f->options[0].box : f->box;

    for (size_t i = 1; i < f->n_options; i++) {
        struct rect_tmm b = f->options[i].box;
        int32_t right = around.left + around.width;
        int32_t bottom = around.top + around.height;

        right = b.left + b.width > right ? b.left + b.width : right;
        bottom = b.top + b.height > bottom ? b.top + b.height : bottom;
        around.left = b.left < around.left ? b.left : around.left;
        around.top = b.top < around.top ? b.top : around.top;
        around.width = right - around.left;
        around.height = bottom - around.top;
    }
    return around;
}

static bool measure(const struct page *p, const struct form_field *f,
                    double skip, struct ring *out)
{
    struct work w = {.p = p, .f = f};
    int first, second;

    if (!choice_ink_cut(&w.ink, p, words_of(f), MARGIN_MM, skip))
        return false;
    list_words(&w);
    for (int i = 0; i < w.ink.n_strokes; i++)
        measure_stroke(&w, i);
    measure_words(&w);
    rank(&w, &first, &second);
    if (w.ink.crowded)
        *out = unsure(first, second, "ring-other-mark");
    else if (first < 0)
        *out = judge_none(&w);
    else
        *out = judge_best(&w, first, second);
    choice_ink_release(&w.ink);
    return true;
}

bool ring_measure(const struct page *p, const struct form_field *f,
                  struct ring *out)
{
    size_t n = sizeof skips_mm / sizeof skips_mm[0];

    for (size_t i = 0; i < n; i++) {
        if (!measure(p, f, skips_mm[i], out))
            return false;
        if (strcmp(out->why, "ring-open") != 0)
            break;
    }
    return true;
}
