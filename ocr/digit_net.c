#include "ocr/digit_net.h"

#include <stddef.h>

#include "ocr/glyph_file.h"

struct digit_guess digit_read(const uint8_t *ink, int width, int height)
{
    struct glyph_guess g =
        glyph_read(glyph_file_net("digit.net"), ink, width, height, NULL);

    /* A stroke along the edge, if it is any digit, is a 1. */
    if (g.best == DIGIT_EMPTY && g.second == DIGIT_STRUCK &&
        g.confidence == 500)
        g.second = 1;
    return (struct digit_guess){g.best, g.second, g.confidence, g.margin};
}

const char *digit_net_version(void)
{
    return glyph_file_net("digit.net")->version;
}
