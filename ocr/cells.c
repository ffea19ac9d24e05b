#include "ocr/cells.h"

#include "ocr/box.h"
#include "ocr/cell_cut.h"
#include "ocr/digit_net.h"
#include "ocr/print.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>
#include <string.h>

#define MOST_DIGITS 24
#define CELL_INSET 0.25 /* mm; the frame is taken away, this is its shadow */
#define EMPTY_SURE 900
/* What is left of a frame lies within this share of the cell at its edge. */
#define FRAME_SHARE 0.15
/* Between digits lined up, one part of so many of their height. */
#define CELL_GAP 5
/* How sure an upright stroke that the net takes for a frame's rest is a 1. */
#define STROKE_SURETY 400
/* Of handwriting, from here on the net and Tesseract together are sure. */
#define NET_SURE 900
/* The net alone, as in cells. Of 168 numbers from 980 on, of two kits, where
 * Tesseract said otherwise, every one was right. */
#define NET_ALONE 995
/* Of two that differ, the net is the likelier from here on. */
#define NET_LIKELY 500

static struct digit_guess read_pix(PIX *ink, struct arena *a)
{
    struct ink_bytes b = ink_bytes(ink, a);

    return digit_read(b.bytes, b.width, b.height);
}

/* What the cells say together. */
struct digits {
    char text[MOST_DIGITS + 1], second[MOST_DIGITS + 1];
    size_t n;
    int confidence, weakest; /* of the least sure, and which */
    bool gap, struck, specks;
};

static void take_digit(struct digits *d, struct digit_guess g, bool *ended)
{
    if (d->n == MOST_DIGITS)
        return;
    d->gap = d->gap || *ended;
    if (g.best >= 10) {
        d->struck = true;
        d->text[d->n] = '?';
    } else {
        d->text[d->n] = (char)('0' + g.best);
    }
    d->second[d->n] = g.second < 10 ? (char)('0' + g.second) : '\0';
    if (d->n == 0 || g.confidence < d->confidence) {
        d->confidence = g.confidence;
        d->weakest = (int)d->n;
    }
    d->n++;
}

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
                    struct digit_guess g, PIX **line)
{
    BOX *at = boxCreate(b->x, b->y, b->width, b->height);
    PIX *tight = b->width ? pixClipRectangle(b->ink, at, NULL) : NULL;
    int high = pixGetHeight(b->ink), from = *line ? pixGetWidth(*line) : 0;

    boxDestroy(&at);
    if (!tight)
        return;
    if (g.best < 10)
        typed_add(r->typed, g.best, tight);
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
                      struct digits *d, bool *ended, PIX **line,
                      struct arena *a)
{
    struct box b;

    if (box_cut(r, cell, CELL_INSET, &b)) {
        struct digit_guess g = {.best = DIGIT_EMPTY};
        if (b.state != BOX_EMPTY) /* an empty one costs nothing */
            g = read_inside(r, &b, a);
        d->specks = d->specks || (b.state == BOX_SPECKS && in_middle(&b));
        if (b.state != BOX_EMPTY && !is_empty(&b, &g)) {
            take_digit(d, g, ended);
            line_up(r, &b, g, line);
        } else if (d->n > 0) {
            *ended = true;
        }
    }
    box_release(&b);
}

/* Tesseract on the digits of cells, lined up: what it confirms is sure where
 * the page is typed. */
static bool confirmed(const struct field_reader *r, PIX *line, const char *text)
{
    struct box b = {.ink = line, .state = BOX_WRITTEN};
    BOX *around = NULL;
    bool same = false;

    if (line && pixClipToForeground(line, NULL, &around) == 0 && around) {
        boxGetGeometry(around, &b.x, &b.y, &b.width, &b.height);
        same = strcmp(print_digits(r, &b, ENGINE_LINE), text) == 0;
    }
    boxDestroy(&around);
    return same;
}

/* The reading with the least sure digit replaced by the next likely one. */
static const char *second_text(const struct digits *d, struct arena *a)
{
    char *text;

    if (d->n == 0 || !d->second[d->weakest] || d->confidence >= DIGIT_ACCEPT)
        return "";
    text = arena_copy(a, d->text, d->n);
    text[d->weakest] = d->second[d->weakest];
    return text;
}

struct guess cells_read(const struct field_reader *r,
                        const struct form_part *part)
{
    struct arena scratch = ARENA_INIT;
    struct digits d = {.confidence = 1000};
    bool ended = false;
    PIX *line = NULL;
    struct guess g;

    for (size_t i = 0; i < part->n_cells; i++)
        read_cell(r, part->cells[i], &d, &ended, &line, &scratch);
    arena_release(&scratch);
    if (d.n == 0) /* specks may be all that is left of a pale pen */
        return d.specks
                   ? guess_doubt(ACCEPT_DIGITS, "", "", "box-not-clean", 400)
                   : guess_blank(ACCEPT_DIGITS);
    const char *text = arena_copy(r->mem, d.text, d.n);
    if (d.struck)
        g = guess_doubt(ACCEPT_DIGITS, "", text, "struck-out", 0);
    else if (d.gap)
        g = guess_doubt(ACCEPT_DIGITS, text, text, "gap-in-digits", 500);
    else
        g = guess_sure(ACCEPT_DIGITS, text, text, d.confidence);
    if (g.state == READING_ACCEPTED && d.confidence < DIGIT_ACCEPT &&
        confirmed(r, line, text))
        g.if_print = 990 + d.confidence / 100;
    pixDestroy(&line);
    g.runner_up = second_text(&d, r->mem);
    return g;
}

/* ── digits without cells ───────────────────────────────────────────────── */

/* A piece of ink in a frame of its own, as the net was taught: the digit takes
 * about two thirds of the height. */
static PIX *in_frame(PIX *piece)
{
    int width = pixGetWidth(piece), height = pixGetHeight(piece);
    int tall = height * 3 / 2 + 4;
    int wide = width > tall * 5 / 7 ? width + 4 : tall * 5 / 7;
    PIX *out = pixCreate(wide, tall, 1);

    pixRasterop(out, (wide - width) / 2, (tall - height) / 2, width, height,
                PIX_SRC, piece, 0, 0);
    return out;
}

/* Pieces side by side: columns without ink between them. Returns the number,
 * or MOST_DIGITS + 1 when there are more. */
static int split_columns(const struct box *b, int from[], int to[])
{
    int n = 0, height = pixGetHeight(b->ink);
    bool inside = false;

    for (int x = b->x; x <= b->x + b->width; x++) {
        l_int32 any = 0;
        BOX *column = boxCreate(x, 0, 1, height);
        if (x < b->x + b->width)
            pixCountPixelsInRect(b->ink, column, &any, NULL);
        boxDestroy(&column);
        if (any && !inside) {
            if (n == MOST_DIGITS)
                return MOST_DIGITS + 1;
            from[n] = x;
        } else if (!any && inside) {
            to[n++] = x;
        }
        inside = any != 0;
    }
    return n;
}

static void read_pieces(const struct field_reader *r, const struct box *b,
                        struct digits *d, struct arena *a)
{
    int from[MOST_DIGITS + 1], to[MOST_DIGITS + 1];
    int n = split_columns(b, from, to);
    bool ended = false;

    if (n > MOST_DIGITS) {
        d->struck = true;
        return;
    }
    for (int i = 0; i < n; i++) {
        BOX *at = boxCreate(from[i], b->y, to[i] - from[i], b->height);
        PIX *piece = pixClipRectangle(b->ink, at, NULL), *tight = NULL;
        PIX *framed;
        boxDestroy(&at);
        if (piece && pixClipToForeground(piece, &tight, NULL) == 0 && tight) {
            struct digit_guess g;
            framed = in_frame(tight);
            g = read_pix(framed, a);
            take_digit(d, g, &ended);
            if (g.best < 10)
                typed_add(r->typed, g.best, tight);
            pixDestroy(&framed);
        }
        pixDestroy(&tight);
        pixDestroy(&piece);
    }
}

/* What the readers say of one number: the net, and Tesseract's two views. */
struct votes {
    const char *net; /* "" where it is not one number to the net */
    const char *found, *whole;
};

/* They differ: which is the likeliest, and which comes next. */
static struct guess likeliest(const struct votes *v, int surety)
{
    struct guess g;

    if (*v->net && surety >= NET_LIKELY)
        g = guess_doubt(ACCEPT_DIGITS, v->net, v->found, "views-differ", 700);
    else if (*v->found)
        g = guess_doubt(ACCEPT_DIGITS, v->found, v->found, "views-differ", 600);
    else
        g = guess_doubt(ACCEPT_DIGITS, *v->net ? v->net : v->whole, v->found,
                        "views-differ", 300);
    if (strcmp(g.value, v->found) != 0)
        g.runner_up = v->found;
    else
        g.runner_up = *v->net ? v->net : v->whole;
    return g;
}

/* The readers against each other. Both views and the net alike: on print that
 * is as good as reading gets. Of handwriting Tesseract knows little, and the
 * net must be sure by itself. */
static struct guess settle(const struct field_reader *r, const struct box *b,
                           const struct digits *net)
{
    const char *text = arena_copy(r->mem, net->text, net->n);
    struct votes v = {net->struck ? "" : text, print_digits(r, b, ENGINE_LINE),
                      ""};
    bool found = strcmp(v.net, v.found) == 0, whole;
    struct guess g;

    if (*v.net && found && net->confidence >= NET_SURE)
        return guess_sure(ACCEPT_DIGITS, v.net, v.found, 995);
    v.whole = print_digits(r, b, ENGINE_RAW_LINE);
    whole = strcmp(v.net, v.whole) == 0;
    if (!*v.net || (!found && !whole && net->confidence < NET_ALONE))
        return likeliest(&v, net->confidence);
    g = guess_sure(ACCEPT_DIGITS, v.net, v.found,
                   net->confidence >= NET_ALONE ? 991
                   : found                      ? 960
                                                : 940);
    if (found && whole)
        g.if_print = 990 + net->confidence / 100;
    else
        g.runner_up = found ? v.whole : v.found;
    return g;
}

struct guess digits_read(const struct field_reader *r,
                         const struct form_part *part)
{
    struct arena scratch = ARENA_INIT;
    struct digits net = {.confidence = 1000};
    struct guess g = guess_blank(ACCEPT_DIGITS);
    struct box b;

    if (box_cut(r, part->box, 0, &b) && b.state == BOX_SPECKS) {
        g = guess_doubt(ACCEPT_DIGITS, "", "", "box-not-clean", 400);
    } else if (b.state == BOX_WRITTEN) {
        read_pieces(r, &b, &net, &scratch);
        g = settle(r, &b, &net);
    }
    box_release(&b);
    arena_release(&scratch);
    return g;
}

struct guess part_digits(const struct field_reader *r,
                         const struct form_part *part)
{
    return part->n_cells ? cells_read(r, part) : digits_read(r, part);
}
