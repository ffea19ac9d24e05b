/*
 * Whole files in and out. Written files appear complete or not at all:
 * temporary file beside the target, fsync, rename, fsync of the folder.
 * Files are 0600 and folders 0700: everything here is about families.
 */
#ifndef NYUSHO_CORE_FILE_H
#define NYUSHO_CORE_FILE_H

#include "core/arena.h"
#include "core/buf.h"
#include "core/diag.h"

/* The bytes, NUL-terminated, owned by the arena; NULL with "unreadable-file",
 * "not-a-file" (a folder, a device) or "file-too-large" (over `cap` bytes). */
char *file_read(const char *path, size_t cap, struct arena *a, size_t *len,
                struct diag *d);
/* False with "unwritable-file" (read-only, full disk); the old file stays. */
bool file_write_atomic(const char *path, const void *bytes, size_t len,
                       struct diag *d);
/* Makes the folder and its parents; existing ones are fine. */
bool folder_make(const char *path, struct diag *d);
bool file_exists(const char *path);
bool folder_exists(const char *path);
/* Names in a folder (not . and ..), sorted by bytes, in the arena. NULL with
 * "unreadable-folder". */
char **folder_list(const char *path, struct arena *a, size_t *n,
                   struct diag *d);
/* Says "unreadable-file", "unwritable-file" with what errno means. False. */
bool file_unreadable(const char *path, int number, struct diag *d);
bool file_unwritable(const char *path, int number, struct diag *d);
/* "dir/name". */
char *path_join(struct arena *a, const char *dir, const char *name);
const char *path_name(const char *path); /* after the last slash; borrowed */

#endif
