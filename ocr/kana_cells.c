#include "ocr/kana_cells.h"

#include "ocr/box.h"
#include "ocr/kana_word.h"

#define CELL_INSET 0.25 /* mm, as for digits */
#define UNSURE_SIZE 600 /* confidence of a kana that is small or large */

struct kana_row {
    struct kana_seen *seen;
    size_t n, weakest; /* the least sure kana, of those seen */
    int confidence;    /* its own */
    bool any, struck;
};

static void see_kana(const struct field_reader *r, struct rect_tmm cell,
                     struct kana_row *row, struct arena *a)
{
    struct kana_seen *s = &row->seen[row->n];
    struct box b;

    *s = (struct kana_seen){.guess = {.best = KANA_EMPTY}};
    if (box_cut(r, cell, CELL_INSET, &b) && b.state == BOX_WRITTEN) {
        struct ink_bytes ink = ink_bytes(b.ink, a);
        s->guess = kana_read(ink.bytes, ink.width, ink.height);
        s->size = b.width > b.height ? b.width : b.height;
    }
    box_release(&b);
    if (s->size > 0 && s->guess.best != KANA_EMPTY) {
        row->any = true;
        row->struck = row->struck || s->guess.best == KANA_OTHER;
        if (s->guess.confidence < row->confidence) {
            row->confidence = s->guess.confidence;
            row->weakest = row->n;
        }
    }
    row->n++;
}

/* The word with the least sure kana replaced by the next likely one. */
static const char *second_word(const struct kana_row *row, struct arena *a)
{
    struct kana_seen *weak = &row->seen[row->weakest];
    int best = weak->guess.best;
    const char *text;

    if (weak->guess.second >= KANA_EMPTY)
        return "";
    weak->guess.best = weak->guess.second;
    text = kana_word_join(row->seen, row->n, a).text;
    weak->guess.best = best;
    return text;
}

static struct guess judge_kana(const struct kana_row *row, bool hand,
                               struct arena *a)
{
    enum accept_kind kind = hand ? ACCEPT_HANDWRITING : ACCEPT_PRINTED;
    struct kana_word w = kana_word_join(row->seen, row->n, a);
    struct guess g;

    if (row->struck)
        g = guess_doubt(kind, "", w.text, "struck-out", 0);
    else if (hand)
        g = guess_doubt(kind, w.text, w.text, "handwriting", row->confidence);
    else if (w.uncertain)
        g = guess_doubt(kind, w.text, w.text, "views-differ", UNSURE_SIZE);
    else
        g = guess_doubt(kind, w.text, w.text, "low-confidence",
                        row->confidence);
    g.runner_up = second_word(row, a);
    return g;
}

struct guess kana_cells_read(const struct field_reader *r,
                             const struct form_part *part, bool hand)
{
    struct arena scratch = ARENA_INIT;
    struct kana_row row = {.confidence = 1000};

    row.seen = ARENA_ARRAY(r->mem, struct kana_seen, part->n_cells);
    for (size_t i = 0; i < part->n_cells; i++)
        see_kana(r, part->cells[i], &row, &scratch);
    arena_release(&scratch);
    return row.any ? judge_kana(&row, hand, r->mem)
                   : guess_blank(hand ? ACCEPT_HANDWRITING : ACCEPT_PRINTED);
}
