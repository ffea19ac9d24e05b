/*
 * Typed or written by hand? A machine writes the same digit the same way each
 * time, a person never does: the digits of a page are laid over each other.
 * And where a page is typed, what has the same shape is the same digit: all of
 * its places, seen by unlike readers, say together what one of them is.
 *
 *     struct typed t = TYPED_INIT;
 *     typed_add(&t, 4, 930, ink);   // every digit that was read, as it was cut
 *     typed_vote(&t, 2, "14");      // another reader, on the last two
 *     if (typed_is_print(&t))
 *         digit = typed_same(&t, ink);
 *     typed_release(&t);
 */
#ifndef NYUSHO_OCR_TYPED_H
#define NYUSHO_OCR_TYPED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct Pix;

#define TYPED_SIDE 32
#define TYPED_NONE 10 /* read as no digit */

struct typed_glyph {
    int digit, height;     /* px on the scan */
    int votes[TYPED_NONE]; /* of all readers, by what they read */
    uint32_t rows[TYPED_SIDE];
};

struct typed {
    struct typed_glyph *items;
    size_t n;
    bool full; /* more digits came than are kept */
};
#define TYPED_INIT ((struct typed){NULL, 0, false})

/* `tight` is 1 bpp, cut to its ink; `digit`, or TYPED_NONE, is what the digit
 * reader says with this confidence (permille). `t` NULL: it says nothing of the
 * page. */
void typed_add(struct typed *t, int digit, int confidence, struct Pix *tight);
/* What another reader says of the last `n` digits that were added; one that
 * sees more of them or less has no say. */
void typed_vote(struct typed *t, size_t n, const char *digits);
/* False where there are too few digits to tell, too: print is what is shown to
 * be print. */
bool typed_is_print(const struct typed *t);
/* The digit that everything of this shape on a typed page is, TYPED_NONE unless
 * the readers are plainly of one mind about it. */
int typed_same(const struct typed *t, struct Pix *tight);
void typed_release(struct typed *t);

#endif
