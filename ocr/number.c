#include "ocr/number.h"

#include "ocr/box.h"
#include "ocr/digit_row.h"
#include "ocr/number_split.h"
#include "ocr/print.h"
#include "ocr/same_digits.h"

#include <leptonica/allheaders.h>
#include <string.h>

/* Of handwriting, from here on the net and Tesseract together are sure. */
#define NET_SURE 980
/* The net alone, where Tesseract says otherwise. At 995 it took a 5 for a 6 in
 * three of 682 pages with real ink, and a printed 1 for a 7 in one. */
#define NET_ALONE 999
/* Of two that differ, the net is the likelier from here on. */
#define NET_LIKELY 500
/* Digits that touched are never surer than this: where to cut was a guess. */
#define CUT_SURETY 960
/* A 1 lower than so much of the highest digit may be what is left of a line. */
#define LOW_ONE_PERCENT 75
/* Ink beside the box that is as high as so much of a digit is one. */
#define OUTSIDE_PERCENT 60

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

/* One piece of ink: a digit, or several that touch. */
static struct digit_guess read_piece(PIX *piece, struct arena *a)
{
    PIX *framed = in_frame(piece);
    struct ink_bytes b = ink_bytes(framed, a);
    struct digit_guess g = digit_read(b.bytes, b.width, b.height);

    pixDestroy(&framed);
    return g;
}

/* A piece that may be two digits, cut in two where both halves are digits and
 * the less sure of them is the surest. Halves are cut no further: false where
 * none of the places gives two digits. */
static bool read_cut(PIX *piece, struct digit_guess out[2], struct arena *a)
{
    int columns[NUMBER_CUTS], n = number_cuts(piece, columns);
    int best = 0;

    for (int i = 0; i < n; i++) {
        struct digit_guess both[2];
        PIX *halves[2];
        int surety = 0;
        if (number_cut(piece, columns[i], halves)) {
            both[0] = read_piece(halves[0], a);
            both[1] = read_piece(halves[1], a);
            surety = both[0].confidence < both[1].confidence
                         ? both[0].confidence
                         : both[1].confidence;
            if (both[0].best >= 10 || both[1].best >= 10)
                surety = 0;
        }
        pixDestroy(&halves[0]);
        pixDestroy(&halves[1]);
        if (surety > best) {
            best = surety;
            memcpy(out, both, sizeof both);
        }
    }
    return best > 0;
}

/* What the net says of the pieces. */
struct digits {
    struct digit_row row;
    struct same_digits same; /* without what had to be cut apart */
};

/* `high`: of the highest piece of this number, px. */
static void take_piece(const struct field_reader *r, PIX *piece, int high,
                       struct digits *d, struct arena *a)
{
    struct digit_guess g = read_piece(piece, a), both[2];

    if (g.best == 1 && pixGetHeight(piece) * 100 < high * LOW_ONE_PERCENT &&
        g.confidence > CUT_SURETY)
        g.confidence = CUT_SURETY;
    if (g.best == DIGIT_STRUCK && read_cut(piece, both, a)) {
        for (int i = 0; i < 2; i++) {
            if (both[i].confidence > CUT_SURETY)
                both[i].confidence = CUT_SURETY;
            digit_row_add(&d->row, both[i]);
        }
        return;
    }
    digit_row_add(&d->row, g);
    same_digits_take(&d->same, r, g.best, g.confidence, piece);
}

static void read_pieces(const struct field_reader *r, const struct box *b,
                        struct digits *d, struct arena *a)
{
    PIX *pieces[NUMBER_PIECES];
    int n = number_split(b->ink, pieces), high = 0;

    d->row.struck = n > DIGIT_ROW_MOST;
    for (int i = 0; i < n; i++)
        if (pixGetHeight(pieces[i]) > high)
            high = pixGetHeight(pieces[i]);
    for (int i = 0; i < n; i++) {
        if (n <= DIGIT_ROW_MOST)
            take_piece(r, pieces[i], high, d, a);
        pixDestroy(&pieces[i]);
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
                           const struct digits *d)
{
    const struct digit_row *net = &d->row;
    const char *text = arena_copy(r->mem, net->text, net->n);
    struct votes v = {net->struck ? "" : text, print_digits(r, b, ENGINE_LINE),
                      ""};
    bool found = strcmp(v.net, v.found) == 0, whole;
    struct guess g;

    typed_vote(r->typed, d->same.n, v.found);
    if (*v.net && found && net->confidence >= NET_SURE)
        return guess_sure(ACCEPT_DIGITS, v.net, v.found, 995);
    v.whole = print_digits(r, b, ENGINE_RAW_LINE);
    typed_vote(r->typed, d->same.n, v.whole);
    if (d->same.n == net->n && same_digits_known(&d->same, r))
        return same_digits_judge(&d->same, v.net, v.found, v.whole, r->mem);
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

/* ── numbers that do not fit into their box ─────────────────────────────── */

/* The box made wider on both sides by a digit: what was written, with what is
 * left of it outside. Its place on the page stays. */
static PIX *wider(const struct field_reader *r, const struct box *b)
{
    BOX *at =
        boxCreate(b->left - b->height, b->top,
                  pixGetWidth(b->ink) + 2 * b->height, pixGetHeight(b->ink));
    PIX *out = at ? pixClipRectangle(r->rest, at, NULL) : NULL;

    boxDestroy(&at);
    return out;
}

/* Is there a piece as high as the digits between these columns? */
static bool has_digit(PIX *ink, const struct box *b, int from, int to)
{
    BOX *at = boxCreate(from, b->y, to - from, b->height), *around = NULL;
    PIX *strip = at ? pixClipRectangle(ink, at, NULL) : NULL;
    l_int32 high = 0;

    if (strip && pixClipToForeground(strip, NULL, &around) == 0 && around)
        boxGetGeometry(around, NULL, NULL, NULL, &high);
    boxDestroy(&around);
    pixDestroy(&strip);
    boxDestroy(&at);
    return high * 100 >= b->height * OUTSIDE_PERCENT;
}

/* Digits next to the box, where those inside come near its side: the number is
 * longer than what was cut, and every reader would agree on the rest of it.
 * Then `b` becomes all of it. */
static bool takes_outside(const struct field_reader *r, struct box *b)
{
    int width = pixGetWidth(b->ink), near = b->height * 2 / 3;
    PIX *all = wider(r, b);
    bool left = false, right = false;
    BOX *around = NULL;

    if (all && b->left >= b->height &&
        pixGetWidth(all) == width + 2 * b->height) {
        left = b->x < near && has_digit(all, b, b->height - near, b->height);
        right = b->x + b->width > width - near &&
                has_digit(all, b, b->height + width, b->height + width + near);
    }
    if ((left || right) && pixClipToForeground(all, NULL, &around) == 0) {
        pixDestroy(&b->ink);
        b->ink = all;
        b->left -= b->height;
        boxGetGeometry(around, &b->x, &b->y, &b->width, &b->height);
    } else {
        pixDestroy(&all);
    }
    boxDestroy(&around);
    return left || right;
}

struct guess number_read(const struct field_reader *r,
                         const struct form_part *part)
{
    struct arena scratch = ARENA_INIT;
    struct digits net = {DIGIT_ROW_INIT, SAME_DIGITS_INIT};
    struct guess g = guess_blank(ACCEPT_DIGITS);
    struct box b;

    if (box_cut(r, part->box, 0, &b) && b.state == BOX_SPECKS) {
        g = guess_doubt(ACCEPT_DIGITS, "", "", "box-not-clean", 400);
    } else if (b.state == BOX_WRITTEN) {
        bool outside = takes_outside(r, &b);
        read_pieces(r, &b, &net, &scratch);
        g = settle(r, &b, &net);
        if (outside ||
            (g.state == READING_ACCEPTED && box_goes_on(r, part->box, &b))) {
            const char *second = g.runner_up;
            g = guess_doubt(ACCEPT_DIGITS, g.value, g.raw, "runs-over", 500);
            g.runner_up = second;
        }
    }
    box_release(&b);
    arena_release(&scratch);
    return g;
}
