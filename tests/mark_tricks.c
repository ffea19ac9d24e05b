#include "mark_tricks.h"

#include <stdio.h>
#include <string.h>

const char *const trick_names[N_TRICKS] = {
    "plain",  "two",  "struck", "beside", "scribble", "both",   "an arc",
    "ticked", "line", "faint",  "whited", "stray",    "missed", "touches"};

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
static bool stray(struct pen *pen, const struct sheet *s, const struct meant *m,
                  struct rect_tmm box)
{
    double y = box.top + box.height * (1.1 + 0.5 * pen_random(pen));
    double x = box.left + box.width * pen_random(pen);

    if (in_a_box(m->t, s->page, x, y))
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
        if (stray(pen, s, m, box))
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
        if (stray(pen, s, m, box))
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

size_t mark_sheet(PIX *page, const struct form_template *t,
                  const struct sheet *s, struct meant *meant)
{
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
        meant[n] = (struct meant){.t = t, .f = f};
        answer(&pen, s, &meant[n++]);
    }
    return n;
}
