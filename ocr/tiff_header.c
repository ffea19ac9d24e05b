/*
 * TIFF directories, just far enough: how many pages, how large, and whether
 * the file holds all the bytes it promises. libtiff fills a missing end of a
 * fax page with white and says nothing.
 */
#include "ocr/image_header.h"

#include <stdbool.h>

enum {
    TAG_WIDTH = 256,
    TAG_HEIGHT = 257,
    TAG_BITS = 258,
    TAG_STRIP_OFFSETS = 273,
    TAG_SAMPLES = 277,
    TAG_STRIP_BYTES = 279,
    TAG_TILE_OFFSETS = 324,
    TAG_TILE_BYTES = 325,
};
enum { TYPE_SHORT = 3, TYPE_LONG = 4 };
enum { DIRECTORIES_MOST = 1024, ENTRY_BYTES = 12 };

struct tiff {
    const uint8_t *bytes;
    size_t len;
    bool little;
};

struct entry {
    uint32_t type, count;
    size_t at; /* of its first value; 0 = not there */
};

static uint32_t get16(const struct tiff *t, size_t at)
{
    const uint8_t *p = t->bytes + at;

    return t->little ? (uint32_t)p[1] << 8 | p[0] : (uint32_t)p[0] << 8 | p[1];
}

static uint32_t get32(const struct tiff *t, size_t at)
{
    return t->little ? get16(t, at + 2) << 16 | get16(t, at)
                     : get16(t, at) << 16 | get16(t, at + 2);
}

/* Entries of the directory at `at`; false when it is not all there. */
static bool directory_size(const struct tiff *t, size_t at, uint32_t *entries)
{
    if (at < 8 || at + 2 > t->len)
        return false;
    *entries = get16(t, at);
    return at + 2 + (size_t)*entries * ENTRY_BYTES + 4 <= t->len;
}

static bool open_tiff(struct tiff *t, const uint8_t *bytes, size_t len)
{
    *t = (struct tiff){bytes, len, len > 0 && bytes[0] == 'I'};
    return len >= 8;
}

/* Follows the chain to directory `number` (from 1) or to its end. The number
 * reached; *at is that directory's place, 0 when it is beyond the file. */
static int follow(const struct tiff *t, int number, size_t *at)
{
    size_t seen[DIRECTORIES_MOST];
    int n = 0;
    size_t next = get32(t, 4);

    while (next && n < number && n < DIRECTORIES_MOST) {
        uint32_t entries;

        for (int i = 0; i < n; i++)
            if (seen[i] == next)
                return n;
        seen[n++] = next;
        *at = next;
        if (!directory_size(t, next, &entries)) {
            *at = 0;
            return n;
        }
        next = get32(t, next + 2 + (size_t)entries * ENTRY_BYTES);
    }
    return n;
}

int tiff_count(const uint8_t *bytes, size_t len, int cap)
{
    struct tiff t;
    size_t at = 0;

    return open_tiff(&t, bytes, len) ? follow(&t, cap + 1, &at) : 0;
}

static struct entry find_entry(const struct tiff *t, size_t directory,
                               uint32_t tag)
{
    uint32_t n = get16(t, directory);
    struct entry e = {0, 0, 0};

    for (uint32_t i = 0; i < n; i++) {
        size_t at = directory + 2 + (size_t)i * ENTRY_BYTES;
        size_t size;

        if (get16(t, at) != tag)
            continue;
        e.type = get16(t, at + 2);
        e.count = get32(t, at + 4);
        size = (e.type == TYPE_SHORT ? 2 : 4) * (size_t)e.count;
        e.at = size <= 4 ? at + 8 : get32(t, at + 8);
        if ((e.type != TYPE_SHORT && e.type != TYPE_LONG) ||
            e.at + size > t->len)
            e.at = 0;
        break;
    }
    return e;
}

static uint32_t value(const struct tiff *t, const struct entry *e, uint32_t i)
{
    return e->type == TYPE_SHORT ? get16(t, e->at + 2 * (size_t)i)
                                 : get32(t, e->at + 4 * (size_t)i);
}

static uint32_t number_of(const struct tiff *t, size_t directory, uint32_t tag,
                          uint32_t otherwise)
{
    struct entry e = find_entry(t, directory, tag);

    return e.at && e.count ? value(t, &e, 0) : otherwise;
}

static enum image_fault check_data(const struct tiff *t, size_t directory)
{
    struct entry offsets = find_entry(t, directory, TAG_STRIP_OFFSETS);
    struct entry sizes = find_entry(t, directory, TAG_STRIP_BYTES);

    if (!offsets.count) {
        offsets = find_entry(t, directory, TAG_TILE_OFFSETS);
        sizes = find_entry(t, directory, TAG_TILE_BYTES);
    }
    if (!offsets.count)
        return IMAGE_BROKEN;
    if (!offsets.at || (sizes.count && !sizes.at))
        return IMAGE_TRUNCATED;
    for (uint32_t i = 0; i < offsets.count; i++) {
        size_t size = i < sizes.count ? value(t, &sizes, i) : 1;

        if (value(t, &offsets, i) + size > t->len)
            return IMAGE_TRUNCATED;
    }
    return IMAGE_FINE;
}

enum image_fault tiff_header_read(const uint8_t *bytes, size_t len, int number,
                                  struct image_header *out)
{
    struct tiff t;
    size_t at = 0;

    if (!open_tiff(&t, bytes, len))
        return IMAGE_TRUNCATED;
    if (follow(&t, number, &at) != number)
        return IMAGE_BROKEN;
    if (!at)
        return IMAGE_TRUNCATED;
    out->width = number_of(&t, at, TAG_WIDTH, 0);
    out->height = number_of(&t, at, TAG_HEIGHT, 0);
    out->bits = number_of(&t, at, TAG_BITS, 1);
    if (out->bits > 64)
        return IMAGE_BROKEN;
    out->bits *= number_of(&t, at, TAG_SAMPLES, 1);
    return check_data(&t, at);
}
