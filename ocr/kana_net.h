#ifndef NYUSHO_KANA_NET_H
#define NYUSHO_KANA_NET_H

#include <stdint.h>

/*
 * Reads one katakana from the inside of its box, by the engine of glyph_net.h.
 * A small ャ and a large ヤ are one shape here: what tells them apart is their
 * size beside their neighbours, and kana_word.h looks at that.
 *
 *     struct kana_guess g = kana_read(ink, width, height);
 *     if (g.best < KANA_EMPTY)
 *         …  kana_shape(g.best) …
 *
 * Trained on fonts alone, printed and handwriting-like, strongly bent; there
 * was no real handwriting. It proposes and does not decide:
 * ocr/train/REPORT.md.
 */
enum {
    /* 0 to 72 are shapes */
    KANA_EMPTY = 73, /* nothing written */
    KANA_OTHER = 74, /* struck out, scribbled, hiragana, another character */
    KANA_CLASSES = 75
};

struct kana_guess {
    int best;       /* a shape, KANA_EMPTY or KANA_OTHER */
    int second;     /* the next likely one, never equal to `best` */
    int confidence; /* 0..1000, permille, of `best` */
    int margin;     /* permille, confidence of best minus that of second */
};

/* `ink` is as for digit_read(). */
struct kana_guess kana_read(const uint8_t *ink, int width, int height);
/* The large katakana of a shape, ヴ and ー among them; "" for the others. */
const char *kana_shape(int shape);
/* Names the weights: 12 hex digits. */
const char *kana_net_version(void);

#endif
