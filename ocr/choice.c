#include "ocr/field_marks.h"

#include "core/buf.h"
#include "ocr/ring.h"

#include <string.h>

#define SURE 970
#define FILLED_SURE 985
/* A pen that is thick for a small box blackens it by a mere tick: a box is
 * black on purpose where it holds this much more, permille, than ticked ones.
 */
#define BLACKER 200

static struct mark_answer blank(int confidence)
{
    return (struct mark_answer){.state = READING_BLANK,
                                .value = "",
                                .raw = "",
                                .runner_up = "",
                                .reason = "",
                                .confidence = confidence,
                                .option = -1};
}

static bool is_set(enum tick_state s)
{
    return s == TICK_MARKED || s == TICK_FILLED;
}

/* What the ticks of one field come to. */
struct tally {
    int marked, unsure, filled;
    int blackest, palest; /* cover of the marked ones, permille */
    int first, second;    /* the two with the most ink; -1 */
    const char *why;      /* of the first that is unsure */
    int surety;           /* the least */
};

static bool comes_before(const struct tick *ticks, int one, int other)
{
    bool a = is_set(ticks[one].state), b = is_set(ticks[other].state);

    if (a != b)
        return a;
    return ticks[one].cover > ticks[other].cover;
}

static void rank(struct tally *t, const struct tick *ticks, int i)
{
    if (ticks[i].state == TICK_CLEAR)
        return;
    if (t->first < 0 || comes_before(ticks, i, t->first)) {
        t->second = t->first;
        t->first = i;
    } else if (t->second < 0 || comes_before(ticks, i, t->second)) {
        t->second = i;
    }
}

static struct tally count(const struct tick *ticks, size_t n)
{
    struct tally t = {
        .first = -1, .second = -1, .why = "", .surety = 1000, .palest = 1000};

    for (size_t i = 0; i < n; i++) {
        t.marked += is_set(ticks[i].state);
        t.filled += ticks[i].state == TICK_FILLED;
        t.unsure += ticks[i].state == TICK_UNSURE;
        if (ticks[i].state == TICK_UNSURE && !*t.why)
            t.why = ticks[i].why;
        if (ticks[i].surety < t.surety)
            t.surety = ticks[i].surety;
        if (is_set(ticks[i].state)) {
            t.blackest =
                ticks[i].cover > t.blackest ? ticks[i].cover : t.blackest;
            t.palest = ticks[i].cover < t.palest ? ticks[i].cover : t.palest;
        }
        rank(&t, ticks, (int)i);
    }
    return t;
}

/* Black where the field, or most of the page, is ticked otherwise. */
static bool is_blacked_out(const struct form_field *f, const struct tally *t,
                           const struct tick_page *boxes)
{
    if (t->filled == 0)
        return false;
    if (t->filled < t->marked)
        return t->blackest > t->palest + BLACKER;
    return f->kind != FIELD_CHOICE && boxes->ticked > boxes->filled &&
           t->blackest > boxes->marked + BLACKER;
}

static const char *doubt(const struct form_field *f, const struct tally *t,
                         const struct tick_page *boxes)
{
    bool one = f->kind != FIELD_SET;

    if (t->unsure > 0)
        return t->why;
    if (one && t->marked > 1)
        return "two-marks";
    if (is_blacked_out(f, t, boxes))
        return "filled-box";
    return t->surety < SURE ? "tick-faint" : "";
}

static const char *join_options(const struct form_field *f,
                                const struct tick *ticks, bool printed,
                                struct arena *a)
{
    struct buf out = BUF_INIT;
    const char *text;

    for (size_t i = 0; i < f->n_options; i++) {
        const struct form_option *o = &f->options[i];

        if (!is_set(ticks[i].state))
            continue;
        if (out.len > 0)
            buf_char(&out, '|');
        buf_text(&out, printed && *o->print ? o->print : o->value);
    }
    text = out.len ? arena_copy(a, out.bytes, out.len) : "";
    buf_release(&out);
    return text;
}

static void name_options(const struct form_field *f, const struct tally *t,
                         const struct tick *ticks, struct mark_answer *out,
                         struct arena *a)
{
    out->raw = join_options(f, ticks, true, a);
    if (f->kind == FIELD_SET) {
        out->value = join_options(f, ticks, false, a);
        if (t->second >= 0 && !is_set(ticks[t->second].state))
            out->runner_up = f->options[t->second].value;
        return;
    }
    if (t->first >= 0) {
        out->value = f->options[t->first].value;
        out->option = t->first;
    }
    if (t->second >= 0)
        out->runner_up = f->options[t->second].value;
}

static bool read_ticks(const struct page *p, const struct tick_page *boxes,
                       const struct form_field *f, struct mark_answer *out,
                       struct arena *a)
{
    struct tick *ticks = ARENA_ARRAY(a, struct tick, f->n_options);
    struct tally t;

    if (!tick_measure(p, boxes, f, ticks))
        return false;
    t = count(ticks, f->n_options);
    *out = blank(t.surety);
    name_options(f, &t, ticks, out, a);
    out->reason = doubt(f, &t, boxes);
    if (*out->reason) {
        out->state = READING_DOUBT;
        out->confidence = t.marked == 1 ? 700 : 500;
    } else if (t.marked > 0) {
        out->state = READING_ACCEPTED;
        if (t.filled && out->confidence > FILLED_SURE)
            out->confidence = FILLED_SURE;
    }
    return true;
}

static bool read_ring(const struct page *p, const struct form_field *f,
                      struct mark_answer *out)
{
    struct ring r;

    if (!ring_measure(p, f, &r))
        return false;
    *out = blank(r.surety);
    out->option = r.option;
    out->reason = r.why;
    if (r.option >= 0) {
        out->value = f->options[r.option].value;
        out->raw = f->options[r.option].print;
    }
    if (r.second >= 0)
        out->runner_up = f->options[r.second].value;
    if (!r.sure)
        out->state = READING_DOUBT;
    else if (r.option >= 0)
        out->state = READING_ACCEPTED;
    return true;
}

bool field_marks_read(const struct page *p, const struct tick_page *boxes,
                      const struct form_field *f, struct mark_answer *out,
                      struct arena *a)
{
    *out = blank(0);
    if (f->n_options == 0)
        return true;
    return f->kind == FIELD_RING ? read_ring(p, f, out)
                                 : read_ticks(p, boxes, f, out, a);
}

bool field_marks_era(const struct page *p, const struct form_field *f,
                     struct mark_answer *out)
{
    *out = blank(1000);
    if (f->n_options == 0)
        return true;
    if (f->n_options > 1)
        return read_ring(p, f, out);
    out->state = READING_ACCEPTED;
    out->value = f->options[0].value;
    out->raw = f->options[0].print;
    out->option = 0;
    return true;
}
