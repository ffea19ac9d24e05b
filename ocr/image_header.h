/*
 * What an image file says about itself, read by us before any library decodes
 * it: a megabyte of PNG can ask for three gigabytes of memory. The kind is told
 * by the first bytes, never by the name.
 */
#ifndef NYUSHO_OCR_IMAGE_HEADER_H
#define NYUSHO_OCR_IMAGE_HEADER_H

#include <stddef.h>
#include <stdint.h>

enum image_kind {
    IMAGE_NONE,
    IMAGE_PNG,
    IMAGE_JPEG,
    IMAGE_TIFF,
    IMAGE_PDF,
};

enum image_fault {
    IMAGE_FINE,
    IMAGE_TRUNCATED, /* the file ends before the image does */
    IMAGE_BROKEN,    /* says things that cannot be, or that we do not read */
};

struct image_header {
    uint32_t width, height;
    uint32_t bits; /* per pixel */
};

enum image_kind image_kind(const uint8_t *bytes, size_t len);

/* Images in a TIFF file, at most `cap` + 1; a directory that leads back to an
 * earlier one ends the count. 1 for PNG and JPEG. 0: not even one. */
int image_count(enum image_kind kind, const uint8_t *bytes, size_t len,
                int cap);

/* The header of image `number` (from 1) of a PNG, JPEG or TIFF file. */
enum image_fault image_header_read(enum image_kind kind, const uint8_t *bytes,
                                   size_t len, int number,
                                   struct image_header *out);

/* The same for one format; used by image_header.c. */
enum image_fault tiff_header_read(const uint8_t *bytes, size_t len, int number,
                                  struct image_header *out);
int tiff_count(const uint8_t *bytes, size_t len, int cap);

#endif
