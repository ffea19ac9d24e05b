/*
 * A file's bytes without reading them all: batches of 200 pages are hundreds
 * of megabytes, and one page needs only its own part.
 */
#ifndef NYUSHO_OCR_FILE_MAP_H
#define NYUSHO_OCR_FILE_MAP_H

#include "core/diag.h"

#include <stdint.h>

struct file_map {
    const uint8_t *bytes; /* NULL for an empty file */
    size_t len;
};

/* False with "unreadable-file" or "not-a-file". */
bool file_map_open(struct file_map *m, const char *path, struct diag *d);
void file_map_close(struct file_map *m);

#endif
