/*
 * Whatever lies in a box, the readers of single characters answer with a class
 * of theirs and a second one, and the same twice. The first two bytes are the
 * box's size, the rest its ink, told again from the start where it is short.
 */
#include "ocr/digit_net.h"
#include "ocr/glyph_norm.h"
#include "ocr/kana_net.h"

#include <stdlib.h>
#include <string.h>

/* Larger boxes only take time. */
#define SIDE_MOST 160

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check(int best, int second, int classes, int confidence, int margin)
{
    if (best < 0 || best >= classes || second < 0 || second >= classes ||
        best == second || confidence < 0 || confidence > 1000 || margin < 0 ||
        margin > confidence)
        abort();
}

static void read_all(const uint8_t *ink, int width, int height)
{
    struct digit_guess d = digit_read(ink, width, height);
    struct digit_guess again = digit_read(ink, width, height);
    struct kana_guess k = kana_read(ink, width, height);
    uint8_t picture[GLYPH_PIXELS];
    enum glyph_norm_state state = glyph_normalise(ink, width, height, picture);

    check(d.best, d.second, DIGIT_CLASSES, d.confidence, d.margin);
    check(k.best, k.second, KANA_CLASSES, k.confidence, k.margin);
    if (memcmp(&d, &again, sizeof d) != 0)
        abort();
    if (state != GLYPH_NORM_INK)
        for (int i = 0; i < GLYPH_PIXELS; i++)
            if (picture[i])
                abort();
    if (state == GLYPH_NORM_EMPTY && d.best != DIGIT_EMPTY)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    int width, height;
    uint8_t *ink;
    size_t n;

    if (len < 3)
        return 0;
    width = bytes[0] % (SIDE_MOST + 1);
    height = bytes[1] % (SIDE_MOST + 1);
    n = (size_t)width * (size_t)height;
    ink = malloc(n ? n : 1); /* exactly so much: what is read past it shows */
    if (!ink)
        abort();
    for (size_t i = 0; i < n; i++)
        ink[i] = bytes[2 + i % (len - 2)];
    read_all(ink, width, height);
    free(ink);
    return 0;
}
