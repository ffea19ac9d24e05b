/*
 * Typed or written by hand? A machine writes the same digit the same way each
 * time, a person never does: the digits of a page are laid over each other.
 *
 *     struct typed t = TYPED_INIT;
 *     typed_add(&t, 4, ink);      // every digit that was read, as it was cut
 *     if (typed_is_print(&t)) …
 *     typed_release(&t);
 */
#ifndef NYUSHO_OCR_TYPED_H
#define NYUSHO_OCR_TYPED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct Pix;

#define TYPED_SIDE 32

struct typed_glyph {
    int digit, height; /* px on the scan */
    uint32_t rows[TYPED_SIDE];
};

struct typed {
    struct typed_glyph *items;
    size_t n, capacity;
};
#define TYPED_INIT ((struct typed){NULL, 0, 0})

/* `tight` is 1 bpp, cut to its ink; `t` NULL: it says nothing of the page. */
void typed_add(struct typed *t, int digit, struct Pix *tight);
/* False where there are too few digits to tell, too: print is what is shown to
 * be print. */
bool typed_is_print(const struct typed *t);
void typed_release(struct typed *t);

#endif
