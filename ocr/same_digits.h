/*
 * A number held against the other digits of its page (typed.h): while the page
 * is read first, its digits are noted; while a typed page is looked at again,
 * what has the same shape elsewhere says what each digit is.
 *
 *     struct same_digits s = SAME_DIGITS_INIT;
 *     same_digits_take(&s, r, guess.best, guess.confidence, tight); // each one
 *     typed_vote(r->typed, s.n, found);                  // what Tesseract says
 *     if (same_digits_known(&s, r))
 *         return same_digits_judge(&s, net, found, whole, a);
 */
#ifndef NYUSHO_OCR_SAME_DIGITS_H
#define NYUSHO_OCR_SAME_DIGITS_H

#include "ocr/field_read.h"

#define SAME_DIGITS_MOST 24

struct same_digits {
    char text[SAME_DIGITS_MOST + 1]; /* '?' where shapes do not tell */
    size_t n, unknown;
};
#define SAME_DIGITS_INIT ((struct same_digits){.n = 0})

/* The next digit from the left, cut to its ink; 10 and more: none. */
void same_digits_take(struct same_digits *s, const struct field_reader *r,
                      int best, int confidence, struct Pix *tight);
/* Is every digit one that the page's equal shapes tell? */
bool same_digits_known(const struct same_digits *s,
                       const struct field_reader *r);
/* The number by its shapes; sure where one reader here agrees. Texts are what
 * the net and two views of Tesseract say, "" for nothing. */
struct guess same_digits_judge(const struct same_digits *s, const char *net,
                               const char *found, const char *whole,
                               struct arena *a);

#endif
