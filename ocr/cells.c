#include "ocr/cells.h"

#include "ocr/box.h"
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
/* How sure an upright stroke that the net takes for a frame's rest is a 1. */
#define STROKE_SURETY 400

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

static void read_cell(const struct field_reader *r, struct rect_tmm cell,
                      struct digits *d, bool *ended, struct arena *a)
{
    struct box b;

    if (box_cut(r, cell, CELL_INSET, &b)) {
        struct digit_guess g = {.best = DIGIT_EMPTY};
        if (b.state != BOX_EMPTY) /* an empty one costs nothing */
            g = read_pix(b.ink, a);
        if (b.state != BOX_EMPTY && !is_empty(&b, &g))
            take_digit(d, g, ended);
        else if (d->n > 0)
            *ended = true;
    }
    box_release(&b);
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
    struct guess g;

    for (size_t i = 0; i < part->n_cells; i++)
        read_cell(r, part->cells[i], &d, &ended, &scratch);
    arena_release(&scratch);
    if (d.n == 0)
        return guess_blank(ACCEPT_DIGITS);
    const char *text = arena_copy(r->mem, d.text, d.n);
    if (d.struck)
        g = guess_doubt(ACCEPT_DIGITS, "", text, "struck-out", 0);
    else if (d.gap)
        g = guess_doubt(ACCEPT_DIGITS, text, text, "gap-in-digits", 500);
    else
        g = guess_sure(ACCEPT_DIGITS, text, text, d.confidence);
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

static void read_pieces(const struct box *b, struct digits *d, struct arena *a)
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
            framed = in_frame(tight);
            take_digit(d, read_pix(framed, a), &ended);
            pixDestroy(&framed);
        }
        pixDestroy(&tight);
        pixDestroy(&piece);
    }
}

static void keep_digits(char *text)
{
    char *to = text;

    for (const char *p = text; *p; p++)
        if (*p >= '0' && *p <= '9')
            *to++ = *p;
    *to = '\0';
}

/* The two readers against each other. */
static struct guess settle(const struct field_reader *r,
                           const struct digits *net, const char *printed)
{
    const char *text = arena_copy(r->mem, net->text, net->n);
    struct guess g;

    if (!net->struck && strcmp(text, printed) == 0) {
        int surety = net->confidence >= 900 ? 995 : 960;
        return guess_sure(ACCEPT_DIGITS, text, printed, surety);
    }
    if (!net->struck && net->confidence >= 980)
        g = guess_doubt(ACCEPT_DIGITS, text, printed, "views-differ", 700);
    else if (*printed)
        g = guess_doubt(ACCEPT_DIGITS, printed, printed, "views-differ", 600);
    else
        g = guess_doubt(ACCEPT_DIGITS, net->struck ? "" : text, text,
                        "views-differ", 300);
    g.runner_up =
        strcmp(g.value, printed) == 0 ? (net->struck ? "" : text) : printed;
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
        read_pieces(&b, &net, &scratch);
        char *printed = print_digits(r, &b);
        keep_digits(printed);
        g = settle(r, &net, printed);
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
