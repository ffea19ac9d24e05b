/*
 * Scans in: files and folders become a list of pages; one page becomes pixels.
 * Headers are checked against our own limits before a library sees a byte.
 *
 *     struct intake in;
 *     if (!intake_list(&in, paths, n, &mem, d))
 *         return false;
 *     PIX *scan = intake_decode(in.pages[0].file, in.pages[0].number, d);
 */
#ifndef NYUSHO_OCR_INTAKE_H
#define NYUSHO_OCR_INTAKE_H

#include "core/diag.h"
#include "core/hash.h"

#include <stdint.h>

struct Pix;

/* A4 at 1,000 dpi, or A3 at 700, is more than any form needs. */
#define INTAKE_MAX_SIDE 12000
#define INTAKE_MAX_PIXELS 60000000
#define INTAKE_MAX_PAGES 200

struct intake_page {
    const char *file; /* as the user named it, or found under a folder named */
    int number;       /* of the page in that file, from 1 */
};

struct intake {
    struct intake_page *pages; /* files in byte order under each path named */
    size_t n;
    size_t files, refused; /* seen; of them without a page in the list */
};

/*
 * Pages of files and folders (walked to the bottom; links to folders are not
 * followed). What is no scan is reported and the rest goes on: "not-an-image"
 * (a file that was named, or is called .tif .png .jpg .pdf, but is none),
 * "skipped-file" (a note: other files in a folder, how many hidden ones),
 * "empty-folder", "too-many-pages", "encrypted-pdf", "no-poppler",
 * "unreadable-page", "truncated-image" (not one page is whole enough to count),
 * "unreadable-file", "not-a-file". False when there is no page at all.
 */
bool intake_list(struct intake *out, const char *const *paths, size_t n,
                 struct arena *a, struct diag *d);

/*
 * One page at 1, 8 or 32 bpp without colour map, its resolution as its header
 * says (0 = unknown); the caller destroys it. NULL with "not-an-image",
 * "truncated-image", "image-too-large", "unreadable-page" or one of PDF. The
 * place of a finding is the file, its line the page number.
 */
struct Pix *intake_decode(const char *file, int number, struct diag *d);

/* SHA-256 of the pixels, the sides and the resolution: equal pages are one. */
void intake_hash(struct Pix *page, char out[HASH_HEX]);
/* Names a page that has no pixels: SHA-256 of the file's bytes and the page
 * number. False when the file cannot be read. */
bool intake_hash_file(const char *file, int number, char out[HASH_HEX]);

/* False with "image-too-large". */
bool intake_check_size(uint64_t width, uint64_t height, struct pos at,
                       struct diag *d);

#endif
