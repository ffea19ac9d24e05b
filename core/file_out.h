/*
 * A file written piece by piece that appears whole or not at all, like
 * file_write_atomic():
 *
 *     struct file_out f;
 *     ok = file_out_open(&f, path, d) &&
 *          file_out_write(&f, bytes, len, d) && … && file_out_commit(&f, d);
 *     file_out_abandon(&f);
 */
#ifndef NYUSHO_CORE_FILE_OUT_H
#define NYUSHO_CORE_FILE_OUT_H

#include "core/arena.h"
#include "core/diag.h"

struct file_out {
    int fd; /* -1: not open */
    const char *path, *temp;
    struct arena mem;
};
#define FILE_OUT_INIT ((struct file_out){.fd = -1, .mem = ARENA_INIT})

/* Each false with "unwritable-file", the file then abandoned. */
bool file_out_open(struct file_out *f, const char *path, struct diag *d);
bool file_out_write(struct file_out *f, const void *bytes, size_t len,
                    struct diag *d);
/* Syncs and gives it its name. */
bool file_out_commit(struct file_out *f, struct diag *d);
/* What was written is gone; harmless when there is nothing. */
void file_out_abandon(struct file_out *f);

#endif
