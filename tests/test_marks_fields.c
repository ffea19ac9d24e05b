/*
 * Marks by the hundred on drawn forms, read back: the table this prints is what
 * reading marks is worth. Nothing wrong may be accepted. MARKS_SEED=<n> draws
 * other marks, MARKS_SHOW=1 names every doubt.
 */
#include "ocr/clean.h"
#include "ocr/field_marks.h"
#include "ocr/locate.h"

#include "ocr_pages.h"
#include "ocr_strokes.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FIELDS_MOST = 256 };

static struct test_forms forms;

/* What a person meant, and what is on the paper. */
enum trick {
    TRICK_NONE,
    TRICK_TWO,      /* two marks where one is asked for */
    TRICK_STRUCK,   /* marked, then crossed out by two lines */
    TRICK_BESIDE,   /* the mark is on the word */
    TRICK_SCRIBBLE, /* scribbled over */
    TRICK_BOTH,     /* a ring around two words */
    TRICK_ARC,      /* half a ring */
    TRICK_TICKED,   /* a tick on the word to be ringed */
    TRICK_LINE,     /* a line through the word to be ringed */
    TRICK_FAINT,    /* written so weakly that it can only be guessed */
    TRICK_WHITED,   /* marked, painted over with white; another one marked */
    TRICK_STRAY,    /* a stroke of the pen that slipped, near the options */
    TRICK_MISSED,   /* a tick that begins where its box ends */
    TRICK_TOUCHES,  /* a large ring that cuts the next word */
    N_TRICKS
};
static const char *const trick_names[N_TRICKS] = {
    "plain",  "two",  "struck", "beside", "scribble", "both",   "an arc",
    "ticked", "line", "faint",  "whited", "stray",    "missed", "touches"};

struct meant {
    const struct form_field *f;
    enum trick trick;
    bool marked;
    char value[512]; /* canonical, "" = left empty */
};

struct sheet {
    int form, page;
    struct spoil how;
    double pen; /* tmm */
    int black;
    unsigned seed;
    int tricks; /* in 100 marks */
};

static bool is_ticks(const struct form_field *f)
{
    return f->kind == FIELD_TICK || f->kind == FIELD_CHOICE ||
           f->kind == FIELD_SET;
}

static bool is_rings(const struct form_field *f)
{
    return f->kind == FIELD_RING || (f->kind == FIELD_DATE && f->n_options > 1);
}

static int pick(struct pen *pen, int n)
{
    int i = (int)(pen_random(pen) * n);

    return i < n ? i : n - 1;
}

/* People have a way of ticking, and keep to it but for one in six. */
static void tick(struct pen *pen, unsigned seed, struct rect_tmm box)
{
    enum hand_mark own = (enum hand_mark)(seed % N_HAND_TICKS);

    if (pen_random(pen) < 0.17)
        own = (enum hand_mark)pick(pen, N_HAND_TICKS);
    pen_tick(pen, own, box);
}

static struct rect_tmm beside(struct rect_tmm box)
{
    box.left += box.width * 4 / 3;
    return box;
}

/* Both words and what is between them. */
static struct rect_tmm both(struct rect_tmm one, struct rect_tmm other)
{
    one.width = other.left + other.width - one.left;
    return one;
}

static void mean(struct meant *m, size_t option)
{
    bool more = *m->value && m->f->kind == FIELD_SET;
    size_t at = more ? strlen(m->value) : 0;

    m->marked = true;
    snprintf(m->value + at, sizeof m->value - at, "%s%s", more ? "|" : "",
             m->f->options[option].value);
}

/* The next box begins where a mark beside this one ends. */
static bool has_close_box(const struct form_field *f, size_t i)
{
    struct rect_tmm b = f->options[i].box;

    return i + 1 < f->n_options && f->options[i + 1].box.top == b.top &&
           f->options[i + 1].box.left < b.left + 3 * b.width;
}

/* 修正液: the frame under it goes, too. */
static void whiten(struct pen *pen, struct rect_tmm box)
{
    double by = 4 + 6 * pen_random(pen), x = (box.left - by) * pen->px;
    double y = (box.top - by) * pen->px;

    pixRasterop(pen->page, (int)x, (int)y,
                (int)((box.width + 2 * by) * pen->px),
                (int)((box.height + 2 * by) * pen->px), PIX_SET, NULL, 0, 0);
}

/* Says what was meant: the option after `i`. */
static void whited(struct pen *pen, const struct sheet *s, struct meant *m,
                   size_t i, size_t next)
{
    struct rect_tmm box = m->f->options[i].box;

    m->trick = TRICK_WHITED;
    if (is_ticks(m->f)) {
        tick(pen, s->seed, box);
        whiten(pen, box);
        tick(pen, s->seed, m->f->options[next].box);
    } else {
        pen_ring(pen, box, 0.1, 0);
        whiten(pen, box);
        pen_ring(pen, m->f->options[next].box, 0.1, 0);
    }
}

static bool in_a_box(const struct form_template *t, int page, double x,
                     double y)
{
    for (size_t i = 0; i < t->n_fields; i++)
        for (size_t k = 0; k < t->fields[i].n_options; k++) {
            struct rect_tmm b = t->fields[i].options[k].box;

            if (t->fields[i].page == page && x > b.left - 30 &&
                x < b.left + b.width && y > b.top - 6 &&
                y < b.top + b.height + 6)
                return true;
        }
    return false;
}

/* Below the option, as long as a tick; false where another option begins. */
static bool stray(struct pen *pen, const struct sheet *s, struct rect_tmm box)
{
    double y = box.top + box.height * (1.1 + 0.5 * pen_random(pen));
    double x = box.left + box.width * pen_random(pen);

    if (in_a_box(forms.list[s->form], s->page, x, y))
        return false;
    pen_line(pen, x, y, x + 12 + 15 * pen_random(pen), y + 4 * pen_wobble(pen));
    return true;
}

static void trick_ticks(struct pen *pen, const struct sheet *s, struct meant *m,
                        size_t i)
{
    const struct form_field *f = m->f;
    struct rect_tmm box = f->options[i].box;

    switch (pick(pen, 8)) {
    case 5:
        if (f->kind != FIELD_CHOICE || f->n_options < 2)
            return;
        whited(pen, s, m, i, (i + 1) % f->n_options);
        return;
    case 6:
        if (stray(pen, s, box))
            m->trick = TRICK_STRAY;
        return;
    case 7:
        if (box.width < 20 || has_close_box(f, i))
            return;
        m->trick = TRICK_MISSED;
        box.left += box.width;
        pen_tick(pen, HAND_CHECK, box);
        return;
    case 0:
        if (f->kind != FIELD_CHOICE || f->n_options < 2)
            return;
        m->trick = TRICK_TWO;
        tick(pen, s->seed, box);
        tick(pen, s->seed, f->options[(i + 1) % f->n_options].box);
        return;
    case 1:
        m->trick = TRICK_STRUCK;
        tick(pen, s->seed, box);
        pen_strike(pen, box, box.width);
        return;
    case 2:
        if (box.width < 20 || has_close_box(f, i))
            return;
        m->trick = TRICK_BESIDE;
        pen_tick(pen, HAND_CHECK, beside(box));
        return;
    case 3:
        if (f->options[i].box.width < 20)
            return;
        m->trick = TRICK_SCRIBBLE;
        pen_scribble(pen, box);
        return;
    default:
        if (s->how.bilevel) /* leaves nothing at all */
            return;
        m->trick = TRICK_FAINT;
        pen->black = 190;
        tick(pen, s->seed, box);
    }
}

static void trick_rings(struct pen *pen, const struct sheet *s, struct meant *m,
                        size_t i)
{
    const struct form_field *f = m->f;
    struct rect_tmm box = f->options[i].box;
    size_t next = (i + 1) % f->n_options;

    switch (pick(pen, 10)) {
    case 7:
        whited(pen, s, m, i, next);
        return;
    case 8:
        if (stray(pen, s, box))
            m->trick = TRICK_STRAY;
        return;
    case 9:
        if (next < i || f->options[next].box.top != box.top)
            return;
        m->trick = TRICK_TOUCHES;
        box.width = f->options[next].box.left + f->options[next].box.width / 3 -
                    14 - box.left;
        pen_ring(pen, box, 0.02, 0);
        return;
    case 0:
        m->trick = TRICK_TWO;
        pen_ring(pen, box, 0.1, 0);
        pen_ring(pen, f->options[next].box, 0.1, 0);
        return;
    case 1:
        m->trick = TRICK_STRUCK;
        pen_ring(pen, box, 0.1, 0);
        pen_strike(pen, box, 15);
        return;
    case 2:
        if (next < i || f->options[next].box.top != box.top)
            return;
        m->trick = TRICK_BOTH;
        pen_ring(pen, both(box, f->options[next].box), 0.05, 0);
        return;
    case 3:
        m->trick = TRICK_ARC;
        pen_ring(pen, box, 0.05, 0.45);
        return;
    case 4:
        m->trick = TRICK_TICKED;
        pen_tick(pen, HAND_CHECK, box);
        return;
    case 5:
        m->trick = TRICK_LINE;
        pen_strike(pen, box, 5);
        return;
    default:
        if (s->how.bilevel)
            return;
        m->trick = TRICK_FAINT;
        pen->black = 190;
        pen_ring(pen, box, 0.1, 0);
    }
}

static void mark(struct pen *pen, const struct sheet *s, struct meant *m,
                 size_t i)
{
    if (is_ticks(m->f))
        tick(pen, s->seed, m->f->options[i].box);
    else
        pen_ring(pen, m->f->options[i].box, 0.15, 0.05 * pen_random(pen));
    mean(m, i);
}

static void answer(struct pen *pen, const struct sheet *s, struct meant *m)
{
    const struct form_field *f = m->f;
    size_t i = (size_t)pick(pen, (int)f->n_options);
    int black = pen->black;

    if (pen_random(pen) < 0.3)
        return;
    if (pen_random(pen) * 100 < s->tricks) {
        if (is_ticks(f))
            trick_ticks(pen, s, m, i);
        else
            trick_rings(pen, s, m, i);
        pen->black = black;
        if (m->trick == TRICK_WHITED)
            mean(m, (i + 1) % f->n_options);
        else if (m->trick != TRICK_NONE && m->trick != TRICK_STRAY)
            mean(m, i);
        return;
    }
    if (f->kind == FIELD_SET) {
        for (size_t k = 0; k < f->n_options; k++)
            if (pen_random(pen) < 0.3)
                mark(pen, s, m, k);
        return;
    }
    mark(pen, s, m, i);
}

/* Something like writing, so that marks have neighbours. */
static void write_near(struct pen *pen, const struct form_field *f)
{
    struct rect_tmm b = f->box;
    double x, y;

    if (f->n_options > 0 && f->n_parts > 0)
        b = f->parts[0].box;
    else if (f->n_options > 0 || f->kind == FIELD_MASK)
        return;
    x = b.left + 10;
    y = b.top + b.height / 2.0;
    for (int i = 0; i < 24 && x < b.left + b.width - 25; i++) {
        double to_x = x + 20 * pen_random(pen);
        double to_y = b.top + b.height * (0.15 + 0.7 * pen_random(pen));

        pen_line(pen, x, y, to_x, to_y);
        x = to_x - 4 * pen_random(pen);
        y = to_y;
    }
}

static size_t fill_page(PIX *page, const struct sheet *s, struct meant *meant)
{
    const struct form_template *t = forms.list[s->form];
    struct pen pen = {page, s->how.dpi / 254.0, s->pen, s->black, s->seed};
    size_t n = 0;

    for (size_t i = 0; i < t->n_fields; i++) {
        const struct form_field *f = &t->fields[i];

        if (f->page != s->page)
            continue;
        if (pen_random(&pen) < 0.6)
            write_near(&pen, f);
        if (!is_ticks(f) && !is_rings(f))
            continue;
        meant[n] = (struct meant){.f = f};
        answer(&pen, s, &meant[n++]);
    }
    return n;
}

struct score {
    int n, right, doubt, wrong;
};
static struct score by_kind[N_FORM_FIELD_KINDS], by_trick[N_TRICKS];

static void count(struct score *s, enum reading_state state, bool right)
{
    s->n++;
    if (state == READING_DOUBT)
        s->doubt++;
    else if (right)
        s->right++;
    else
        s->wrong++;
}

/* A struck or doubled mark must not be accepted as anything. A faint one, one
 * that missed its box, what stands beside white paint may be read as what was
 * meant; never as left empty. */
static bool is_right(const struct meant *m, const struct mark_answer *a)
{
    switch (m->trick) {
    case TRICK_NONE:
    case TRICK_FAINT:
    case TRICK_WHITED:
    case TRICK_STRAY:
    case TRICK_MISSED:
    case TRICK_TOUCHES:
        return strcmp(m->value, a->value) == 0;
    default:
        return false;
    }
}

static void judge(const struct sheet *s, const struct page *p,
                  const struct meant *m, const struct tick_page *boxes,
                  struct arena *mem)
{
    struct mark_answer a;
    bool right;

    if (m->f->kind == FIELD_DATE)
        assert_true(field_marks_era(p, m->f, &a));
    else
        assert_true(field_marks_read(p, boxes, m->f, &a, mem));
    right = is_right(m, &a);
    count(&by_kind[m->f->kind], a.state, right);
    count(&by_trick[m->trick], a.state, right);
    assert_true(a.state != READING_DOUBT || (*a.reason && a.confidence < 900));
    assert_true(a.state == READING_DOUBT || a.confidence >= 970);
    assert_true((a.state == READING_BLANK) <= (*a.value == 0));
    if (getenv("MARKS_SHOW") && (a.state == READING_DOUBT || !right) &&
        (m->trick == TRICK_NONE || a.state != READING_DOUBT))
        printf("%s p%d %d dpi seed %u %s: %s, meant \"%s\", state %d \"%s\" "
               "%s %d\n",
               p->form->id, p->number, s->how.dpi, s->seed, m->f->id,
               trick_names[m->trick], m->value, a.state, a.value, a.reason,
               a.confidence);
}

static void read_sheet(const struct sheet *s)
{
    static struct meant meant[FIELDS_MOST];
    const struct form_template *t = forms.list[s->form];
    struct form_qr qr = {.form = t->id,
                         .version = t->version,
                         .page = s->page,
                         .household = "",
                         .child = "",
                         .received = ""};
    struct locator *l = locator_open(forms.list, 3);
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct page p = PAGE_INIT;
    struct tick_page boxes;
    PIX *page = test_page_draw(t, s->page, s->how.dpi, &qr);
    size_t n = fill_page(page, s, meant);

    page = test_page_spoil(page, t, &s->how);
    assert_true(page_clean(&p, page, POS_FILE("page"), &d));
    assert_int_equal(page_locate(l, &p, POS_FILE("page"), &mem, &d), PAGE_READ);
    boxes = tick_page_measure(&p);
    for (size_t i = 0; i < n; i++)
        judge(s, &p, &meant[i], &boxes, &mem);
    pixDestroy(&page);
    page_release(&p);
    diag_release(&d);
    arena_release(&mem);
    locator_close(l);
}

static const struct sheet sheets[] = {
    {0, 1, {.dpi = 300}, 4, 20, 1, 0},
    {0, 2, {.dpi = 300, .skew = 1.5}, 5, 40, 2, 0},
    {0, 1, {.dpi = 200, .bilevel = true}, 5, 30, 3, 0},
    {0, 2, {.dpi = 200, .bilevel = true, .skew = -2}, 4, 30, 4, 0},
    {0, 1, {.dpi = 150, .noise = 20}, 5, 30, 5, 0},
    {0, 2, {.dpi = 200, .specks = 30, .bilevel = true}, 5, 0, 6, 0},
    {0, 1, {.dpi = 200, .gradient = true, .skew = 3}, 7, 20, 7, 0},
    {0, 1, {.dpi = 200, .turned = 180, .stamp = true}, 6, 60, 8, 0},
    {2, 1, {.dpi = 300}, 4, 20, 9, 0},
    {2, 1, {.dpi = 200, .bilevel = true, .skew = 1}, 4, 20, 10, 0},
    {2, 1, {.dpi = 150}, 4, 20, 11, 0},
    {2, 1, {.dpi = 200, .specks = 30, .bilevel = true}, 5, 0, 12, 0},
    {0, 1, {.dpi = 300, .skew = -1}, 4, 20, 21, 60},
    {0, 2, {.dpi = 200}, 5, 20, 22, 60},
    {0, 1, {.dpi = 200, .bilevel = true}, 5, 20, 23, 60},
    {0, 1, {.dpi = 150, .noise = 15}, 6, 20, 24, 60},
    {0, 2, {.dpi = 150, .skew = 2}, 4, 20, 25, 60},
    {0, 2, {.dpi = 200, .noise = 10}, 5, 20, 28, 90},
    {0, 1, {.dpi = 300, .bilevel = true}, 4, 20, 29, 90},
    {0, 2, {.dpi = 200, .bilevel = true, .skew = -3}, 5, 20, 30, 90},
    {0, 1, {.dpi = 200, .skew = 1}, 5, 30, 31, 90},
    {0, 1, {.dpi = 150}, 5, 20, 32, 90},
    {0, 1, {.dpi = 300, .noise = 10}, 6, 20, 33, 90},
    {0, 1, {.dpi = 200}, 5, 20, 36, 90},
    {2, 1, {.dpi = 200}, 4, 20, 26, 40},
    {2, 1, {.dpi = 300, .bilevel = true}, 4, 20, 27, 40},
};

static void print_row(const char *name, const struct score *s)
{
    if (s->n)
        printf("%-10s %5d %6d %6d %6d\n", name, s->n, s->right, s->doubt,
               s->wrong);
}

static void marks_are_right_or_in_doubt(void **state)
{
    struct score all = {0};
    const char *other = getenv("MARKS_SEED");
    unsigned seed = other ? (unsigned)strtoul(other, NULL, 10) : 0;

    (void)state;
    for (size_t i = 0; i < sizeof sheets / sizeof sheets[0]; i++) {
        struct sheet s = sheets[i];

        s.seed += seed;
        read_sheet(&s);
    }
    printf("%-10s %5s %6s %6s %6s\n", "", "n", "right", "doubt", "wrong");
    for (int i = 0; i < N_FORM_FIELD_KINDS; i++)
        print_row(form_field_kind_name((enum form_field_kind)i), &by_kind[i]);
    for (int i = 0; i < N_TRICKS; i++) {
        print_row(trick_names[i], &by_trick[i]);
        all.n += by_trick[i].n;
        all.wrong += by_trick[i].wrong;
        assert_true(by_trick[i].n > 0);
    }
    assert_true(all.n >= 500);
    assert_int_equal(all.wrong, 0);
    assert_true(by_trick[TRICK_NONE].doubt * 100 <= by_trick[TRICK_NONE].n * 5);
}

/* ── one field ──────────────────────────────────────────────────────────── */

struct single {
    int form, page;
    const char *id;
    struct spoil how;
};

/* Draws the page, has it marked, reads the field. */
static struct mark_answer
read_single(const struct single *one,
            void (*mark_it)(struct pen *, const struct form_field *),
            struct arena *mem)
{
    const struct form_template *t = forms.list[one->form];
    const struct form_field *f = form_field_find(t, one->id);
    struct form_qr qr = {.form = t->id,
                         .version = t->version,
                         .page = one->page,
                         .household = "",
                         .child = "",
                         .received = ""};
    struct locator *l = locator_open(forms.list, 3);
    struct diag d = DIAG_INIT;
    struct page p = PAGE_INIT;
    struct mark_answer a;
    PIX *page = test_page_draw(t, one->page, one->how.dpi, &qr);
    struct pen pen = {page, one->how.dpi / 254.0, 5, 20, 7};

    assert_non_null(f);
    mark_it(&pen, f);
    page = test_page_spoil(page, t, &one->how);
    assert_true(page_clean(&p, page, POS_FILE("page"), &d));
    assert_int_equal(page_locate(l, &p, POS_FILE("page"), mem, &d), PAGE_READ);
    struct tick_page boxes = tick_page_measure(&p);
    assert_true(field_marks_read(&p, &boxes, f, &a, mem));
    pixDestroy(&page);
    page_release(&p);
    diag_release(&d);
    locator_close(l);
    return a;
}

/* The two consents, one close below the other, between a frame and a text. */
static void blacken_both(struct pen *pen, const struct form_field *f)
{
    const struct form_field *other =
        form_field_find(forms.list[0], "household.consent_share");

    pen_tick(pen, HAND_FILL, f->options[0].box);
    pen_tick(pen, HAND_FILL, other->options[0].box);
}

static void black_boxes_side_by_side_are_filled(void **state)
{
    static const struct single one = {
        0, 2, "household.consent_tax", {.dpi = 300}};
    struct arena mem = ARENA_INIT;
    struct mark_answer a = read_single(&one, blacken_both, &mem);

    (void)state;
    assert_string_equal(a.reason, "");
    assert_int_equal(a.state, READING_ACCEPTED);
    assert_string_equal(a.value, "はい");
    arena_release(&mem);
}

/* An ellipse around the first word, open by 2.2 mm in its upper middle. */
static void ring_loosely(struct pen *pen, const struct form_field *f)
{
    struct rect_tmm b = f->options[0].box;
    double cx = b.left + b.width / 2.0, cy = b.top + b.height / 2.0;
    double rx = b.width / 2.0 + 12, ry = b.height / 2.0 + 10, open = 11 / rx;

    for (int i = 0; i < 60; i++) {
        double from = -1.5708 + open + (6.2832 - 2 * open) * i / 60;
        double to = -1.5708 + open + (6.2832 - 2 * open) * (i + 1) / 60;

        pen_line(pen, cx + rx * cos(from), cy + ry * sin(from),
                 cx + rx * cos(to), cy + ry * sin(to));
    }
}

/* The same, broken where a thin pen left no ink: 0.8 mm in two places. */
static void ring_with_skips(struct pen *pen, const struct form_field *f)
{
    struct rect_tmm b = f->options[0].box;
    double cx = b.left + b.width / 2.0, cy = b.top + b.height / 2.0;
    double rx = b.width / 2.0 + 12, ry = b.height / 2.0 + 10;

    pen->width = 3;
    for (int i = 0; i < 120; i++) {
        double from = 6.2832 * i / 120, to = 6.2832 * (i + 1) / 120;

        if ((i >= 96 && i < 99) || (i >= 109 && i < 114))
            continue;
        pen_line(pen, cx + rx * cos(from), cy + ry * sin(from),
                 cx + rx * cos(to), cy + ry * sin(to));
    }
}

static void a_ring_may_be_open_as_people_leave_it(void **state)
{
    static const struct {
        struct single one;
        void (*mark_it)(struct pen *, const struct form_field *);
        const char *value;
    } cases[] = {
        {{0, 2, "child.hours_kind", {.dpi = 300}}, ring_loosely, "標準時間"},
        {{0, 2, "child.hours_kind", {.dpi = 200, .bilevel = true}},
         ring_loosely,
         "標準時間"},
        {{0, 1, "child.sex", {.dpi = 300}}, ring_with_skips, "男"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena mem = ARENA_INIT;
        struct mark_answer a =
            read_single(&cases[i].one, cases[i].mark_it, &mem);

        if (a.state != READING_ACCEPTED || strcmp(a.value, cases[i].value) != 0)
            fail_msg("case %zu: \"%s\" %s", i, a.value, a.reason);
        arena_release(&mem);
    }
}

/* A tick that begins at the right side of its box and lies on its word. */
static void tick_outside(struct pen *pen, const struct form_field *f)
{
    struct rect_tmm b = f->options[0].box;

    pen_line(pen, b.left + b.width - 2, b.top + b.height / 2.0,
             b.left + b.width + 14, b.top + b.height - 2);
    pen_line(pen, b.left + b.width + 14, b.top + b.height - 2,
             b.left + b.width + 44, b.top - 6);
}

static void a_tick_outside_of_its_box_is_not_left_empty(void **state)
{
    static const struct single one = {
        0, 1, "child.medical_care", {.dpi = 300, .bilevel = true}};
    struct arena mem = ARENA_INIT;
    struct mark_answer a = read_single(&one, tick_outside, &mem);

    (void)state;
    assert_int_equal(a.state, READING_DOUBT);
    assert_string_equal(a.reason, "tick-beside");
    arena_release(&mem);
}

/* 就労証明書 prints 令和 where no other era can be. */
static void a_single_era_is_printed(void **state)
{
    static struct form_option words[] = {{"令和", "令", {0, 0, 40, 40}}};
    struct form_field f = {
        .kind = FIELD_DATE, .options = words, .n_options = 1};
    struct page p = PAGE_INIT;
    struct mark_answer a;

    (void)state;
    assert_true(field_marks_era(&p, &f, &a));
    assert_int_equal(a.state, READING_ACCEPTED);
    assert_string_equal(a.value, "令和");
    f.n_options = 0;
    assert_true(field_marks_era(&p, &f, &a));
    assert_int_equal(a.state, READING_BLANK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_single_era_is_printed),
        cmocka_unit_test(black_boxes_side_by_side_are_filled),
        cmocka_unit_test(a_ring_may_be_open_as_people_leave_it),
        cmocka_unit_test(a_tick_outside_of_its_box_is_not_left_empty),
        cmocka_unit_test(marks_are_right_or_in_doubt),
    };
    int status;

    setMsgSeverity(L_SEVERITY_NONE);
    test_forms_load(&forms);
    status = cmocka_run_group_tests(tests, NULL, NULL);
    test_forms_release(&forms);
    return status;
}
