/*
 * Runs another program with limits and takes what it writes: poppler's tools,
 * which are GPL and read hostile PDFs, stay in a process of their own. No
 * shell, no environment but PATH and LC_ALL=C, no open files.
 */
#ifndef NYUSHO_OCR_CHILD_H
#define NYUSHO_OCR_CHILD_H

#include "core/buf.h"

#include <stddef.h>

struct child_limits {
    int seconds; /* of CPU; the wall clock gets three times that */
    size_t memory_mib;
    size_t output_cap; /* bytes on stdout; stderr is cut at 64 KiB */
};

enum child_end {
    CHILD_DONE,    /* exit status 0 */
    CHILD_FAILED,  /* any other status */
    CHILD_MISSING, /* there is no such program */
    CHILD_STOPPED, /* a limit was passed, or it crashed */
};

/* argv ends with NULL; argv[0] is looked up in PATH. */
enum child_end child_run(char *const argv[], const struct child_limits *limits,
                         struct buf *out, struct buf *err);

#endif
