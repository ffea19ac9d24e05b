#ifndef NYUSHO_DIGIT_NET_H
#define NYUSHO_DIGIT_NET_H

#include <stdint.h>

/*
 * Reads one handwritten or printed digit from the inside of its box, by the
 * engine of glyph_net.h: two unlike readers, whose odds are added and who must
 * agree. The same crop gives the same answer, to the last permille, on every
 * machine and compiler. How it was trained: ocr/train/README.md; what it gets
 * wrong: ocr/train/REPORT.md.
 *
 *     struct digit_guess g = digit_read(ink, width, height);
 *     if (g.best < 10 && g.confidence >= DIGIT_ACCEPT)
 *         number = number * 10 + g.best;
 */
enum {
    /* 0 to 9 are themselves */
    DIGIT_EMPTY = 10,  /* nothing written: paper, specks, bits of frame */
    DIGIT_STRUCK = 11, /* not one digit: struck out, a scribble, a dash, two
                        * digits in a box, another character */
    DIGIT_CLASSES = 12
};

/*
 * The confidence, in permille, from which a digit may pass unseen. Of 4,500
 * boxes with real ink, spoiled on purpose, and of clean ones: REPORT.md; of
 * pages: docs/reading.md. Another training means choosing it again.
 */
enum { DIGIT_ACCEPT = 990 };

struct digit_guess {
    int best;       /* 0..9, DIGIT_EMPTY or DIGIT_STRUCK */
    int second;     /* the next likely one, never equal to `best` */
    int confidence; /* 0..1000, permille, of `best` */
    int margin;     /* permille, confidence of best minus that of second */
};

/*
 * `ink` is width * height bytes, row by row, 0 = paper, 255 = ink: the whole
 * inside of one box at any resolution, its frame mostly removed. It is borrowed
 * and not changed. Nothing can fail: no picture at all is an empty box, and a
 * stroke that only lies along the edge is DIGIT_EMPTY at a confidence of 500.
 */
struct digit_guess digit_read(const uint8_t *ink, int width, int height);

/* Names the weights, for the record of how a value was read: 12 hex digits. */
const char *digit_net_version(void);

#endif
