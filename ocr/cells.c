#include "ocr/cells.h"

#include "ocr/box.h"
#include "ocr/cell_cut.h"
#include "ocr/digit_row.h"
#include "ocr/number.h"
#include "ocr/print.h"
#include "ocr/same_digits.h"

#include <leptonica/allheaders.h>
#include <string.h>

#define CELL_INSET 0.25 /* mm; the frame is taken away, this is its shadow */
#define EMPTY_SURE 980
/* What is left of a frame lies within this share of the cell at its edge. */
#define FRAME_SHARE 0.15
/* Between digits lined up, one part of so many of their height. */
#define CELL_GAP 5
/* How sure an upright stroke that the net takes for a frame's rest is a 1. */
#define STROKE_SURETY 400

static struct digit_guess read_pix(PIX *ink, struct arena *a)
{
    struct ink_bytes b = ink_bytes(ink, a);

    return digit_read(b.bytes, b.width, b.height);
}

/* What the cells say together. */
struct cells {
    struct digit_row row;
    struct same_digits same;
    bool ended, gap; /* an empty cell behind a digit; and a digit behind it */
    bool specks;
};

/* Does the ink lie along one edge of the cell, as the rest of a frame does? */
static bool at_edge(const struct box *b)
{
    int width = pixGetWidth(b->ink), height = pixGetHeight(b->ink);
    double wide = FRAME_SHARE * width, high = FRAME_SHARE * height;

    return b->x + b->width <= wide || b->x >= width - wide ||
           b->y + b->height <= high || b->y >= height - high;
}

/* Is there ink away from the edges, where no frame can be? */
static bool in_middle(const struct box *b)
{
    int width = pixGetWidth(b->ink), height = pixGetHeight(b->ink);
    int wide = (int)(FRAME_SHARE * width), high = (int)(FRAME_SHARE * height);
    BOX *middle = boxCreate(wide, high, width - 2 * wide, height - 2 * high);
    l_int32 n = 0;

    pixCountPixelsInRect(b->ink, middle, &n, NULL);
    boxDestroy(&middle);
    return n > 0;
}

/* The net was taught that a bar without ends is what is left of a frame: a
 * plain 1 in the middle of the cell is not, and nobody may lose it. */
static bool is_empty(const struct box *b, struct digit_guess *g)
{
    if (g->best != DIGIT_EMPTY)
        return false;
    if (b->state == BOX_SPECKS || (g->confidence >= EMPTY_SURE && at_edge(b)))
        return true;
    if (g->second < 10) {
        g->best = g->second;
        g->confidence = STROKE_SURETY;
    }
    return false;
}

/* The digit's ink goes to the end of the line, as if it stood there. */
static void line_up(const struct field_reader *r, const struct box *b,
                    struct cells *d, struct digit_guess g, PIX **line)
{
    BOX *at = boxCreate(b->x, b->y, b->width, b->height);
    PIX *tight = b->width ? pixClipRectangle(b->ink, at, NULL) : NULL;
    int high = pixGetHeight(b->ink), from = *line ? pixGetWidth(*line) : 0;

    boxDestroy(&at);
    if (!tight)
        return;
    same_digits_take(&d->same, r, g.best, g.confidence, tight);
    PIX *longer = pixCreate(from + b->width + b->height / CELL_GAP, high, 1);
    if (longer && *line)
        pixRasterop(longer, 0, 0, from, pixGetHeight(*line), PIX_SRC, *line, 0,
                    0);
    if (longer)
        pixRasterop(longer, from, b->y, b->width, b->height, PIX_SRC, tight, 0,
                    0);
    pixDestroy(line);
    *line = longer;
    pixDestroy(&tight);
}

/* The digit in a cell, with what runs over the frame. */
static struct digit_guess read_inside(const struct field_reader *r,
                                      const struct box *b, struct arena *a)
{
    PIX *whole = b->state == BOX_WRITTEN ? cell_whole(r, b) : NULL;
    struct digit_guess g = read_pix(whole ? whole : b->ink, a);

    pixDestroy(&whole);
    return g;
}

static void read_cell(const struct field_reader *r, struct rect_tmm cell,
                      struct cells *d, PIX **line, struct arena *a)
{
    struct box b;

    if (box_cut(r, cell, CELL_INSET, &b)) {
        struct digit_guess g = {.best = DIGIT_EMPTY};
        if (b.state != BOX_EMPTY) /* an empty one costs nothing */
            g = read_inside(r, &b, a);
        d->specks = d->specks || (b.state == BOX_SPECKS && in_middle(&b));
        if (b.state != BOX_EMPTY && !is_empty(&b, &g)) {
            d->gap = d->gap || d->ended;
            digit_row_add(&d->row, g);
            line_up(r, &b, d, g, line);
        } else if (d->row.n > 0) {
            d->ended = true;
        }
    }
    box_release(&b);
}

/* Tesseract on the digits of cells, lined up; "". */
static const char *line_text(const struct field_reader *r, PIX *line)
{
    struct box b = {.ink = line, .state = BOX_WRITTEN};
    BOX *around = NULL;
    const char *text = "";

    if (line && pixClipToForeground(line, NULL, &around) == 0 && around) {
        boxGetGeometry(around, &b.x, &b.y, &b.width, &b.height);
        text = print_digits(r, &b, ENGINE_LINE);
    }
    boxDestroy(&around);
    return text;
}

/* What Tesseract confirms is sure where the page is typed. */
static bool confirmed(const struct field_reader *r, PIX *line,
                      const struct cells *d, const char *text)
{
    const char *seen = line_text(r, line);

    typed_vote(r->typed, d->same.n, seen);
    return strcmp(seen, text) == 0;
}

static struct guess judge(const struct field_reader *r, PIX *line,
                          const struct cells *d, const char *text)
{
    struct guess g;

    if (d->row.struck)
        return guess_doubt(ACCEPT_DIGITS, strchr(text, '?') ? "" : text, text,
                           "struck-out", 0);
    if (d->gap)
        return guess_doubt(ACCEPT_DIGITS, text, text, "gap-in-digits", 500);
    g = guess_sure(ACCEPT_DIGITS, text, text, d->row.confidence);
    if (d->row.confidence < DIGIT_ACCEPT && confirmed(r, line, d, text))
        g.if_print = 990 + d->row.confidence / 100;
    return g;
}

struct guess cells_read(const struct field_reader *r,
                        const struct form_part *part)
{
    struct arena scratch = ARENA_INIT;
    struct cells d = {.row = DIGIT_ROW_INIT, .same = SAME_DIGITS_INIT};
    PIX *line = NULL;
    struct guess g;

    for (size_t i = 0; i < part->n_cells; i++)
        read_cell(r, part->cells[i], &d, &line, &scratch);
    arena_release(&scratch);
    if (d.row.n == 0) /* specks may be all that is left of a pale pen */
        return d.specks
                   ? guess_doubt(ACCEPT_DIGITS, "", "", "box-not-clean", 400)
                   : guess_blank(ACCEPT_DIGITS);
    const char *text = arena_copy(r->mem, d.row.text, d.row.n);
    if (same_digits_known(&d.same, r) && !d.gap)
        g = same_digits_judge(&d.same, text, line_text(r, line), "", r->mem);
    else
        g = judge(r, line, &d, text);
    pixDestroy(&line);
    if (!*g.runner_up)
        g.runner_up = digit_row_second(&d.row, r->mem);
    if (g.state == READING_ACCEPTED && *g.runner_up)
        g.if_only = digit_row_without_second(&d.row);
    return g;
}

struct guess part_digits(const struct field_reader *r,
                         const struct form_part *part)
{
    return part->n_cells ? cells_read(r, part) : number_read(r, part);
}
