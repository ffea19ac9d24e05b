#include "ocr/image_header.h"

#include <string.h>

static const struct magic {
    enum image_kind kind;
    const char *bytes;
    size_t len;
} magics[] = {
    {IMAGE_PNG, "\x89PNG\r\n\x1a\n", 8},
    {IMAGE_JPEG, "\xff\xd8\xff", 3},
    {IMAGE_TIFF, "II*\0", 4},
    {IMAGE_TIFF, "MM\0*", 4},
    {IMAGE_PDF, "%PDF-", 5},
};

enum image_kind image_kind(const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++)
        if (len >= magics[i].len &&
            memcmp(bytes, magics[i].bytes, magics[i].len) == 0)
            return magics[i].kind;
    return IMAGE_NONE;
}

static uint32_t big16(const uint8_t *p)
{
    return (uint32_t)p[0] << 8 | p[1];
}

static uint32_t big32(const uint8_t *p)
{
    return big16(p) << 16 | big16(p + 2);
}

static uint32_t png_bits(const uint8_t *ihdr)
{
    static const uint8_t channels[] = {1, 0, 3, 1, 2, 0, 4};

    return ihdr[9] < sizeof channels ? ihdr[8] * channels[ihdr[9]] : 0;
}

/* Walks the chunks to the last one, IEND. */
static enum image_fault png_header(const uint8_t *bytes, size_t len,
                                   struct image_header *out)
{
    size_t at = 8;

    if (len < 33)
        return IMAGE_TRUNCATED;
    if (memcmp(bytes + 12, "IHDR", 4) != 0)
        return IMAGE_BROKEN;
    out->width = big32(bytes + 16);
    out->height = big32(bytes + 20);
    out->bits = png_bits(bytes + 16);
    while (at + 12 <= len) {
        size_t size = big32(bytes + at);

        if (memcmp(bytes + at + 4, "IEND", 4) == 0)
            return out->bits ? IMAGE_FINE : IMAGE_BROKEN;
        at += 12 + size;
    }
    return IMAGE_TRUNCATED;
}

static int is_frame_marker(int marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 &&
           marker != 0xc8 && marker != 0xcc;
}

static int ends_with_eoi(const uint8_t *bytes, size_t len)
{
    /* Cameras and scanners pad with zeros and add a few bytes of their own. */
    size_t from = len > 4096 ? len - 4096 : 2;

    for (size_t i = len; i-- > from + 1;)
        if (bytes[i - 1] == 0xff && bytes[i] == 0xd9)
            return 1;
    return 0;
}

static enum image_fault jpeg_header(const uint8_t *bytes, size_t len,
                                    struct image_header *out)
{
    size_t at = 2;

    while (at + 4 <= len) {
        int marker = bytes[at + 1];
        size_t size = big16(bytes + at + 2);

        if (bytes[at] != 0xff || size < 2)
            return IMAGE_BROKEN;
        if (marker == 0xff) {
            at++;
            continue;
        }
        if (!is_frame_marker(marker)) {
            at += 2 + size;
            continue;
        }
        if (at + 10 > len)
            return IMAGE_TRUNCATED;
        out->height = big16(bytes + at + 5);
        out->width = big16(bytes + at + 7);
        out->bits = (uint32_t)bytes[at + 4] * bytes[at + 9];
        return ends_with_eoi(bytes, len) ? IMAGE_FINE : IMAGE_TRUNCATED;
    }
    return IMAGE_TRUNCATED;
}

int image_count(enum image_kind kind, const uint8_t *bytes, size_t len, int cap)
{
    return kind == IMAGE_TIFF ? tiff_count(bytes, len, cap) : 1;
}

enum image_fault image_header_read(enum image_kind kind, const uint8_t *bytes,
                                   size_t len, int number,
                                   struct image_header *out)
{
    *out = (struct image_header){0, 0, 0};
    if (kind == IMAGE_PNG)
        return png_header(bytes, len, out);
    if (kind == IMAGE_JPEG)
        return jpeg_header(bytes, len, out);
    if (kind == IMAGE_TIFF)
        return tiff_header_read(bytes, len, number, out);
    return IMAGE_BROKEN;
}
