/*
 * The peer of every reading: the `tesseract` program, started once for a page
 * or for a crop of one.
 */
#ifndef NYUSHO_BENCH_PEER_H
#define NYUSHO_BENCH_PEER_H

#include "core/arena.h"

struct Pix;
struct Box;

struct cost {
    double wall, cpu; /* seconds */
};

void cost_add(struct cost *sum, struct cost more);

struct peer {
    const char *folder; /* for the image on its way; borrowed */
    const char *language, *psm;
};

/* What it costs to read the image, nothing when it could not be started.
 * *text (may be NULL) is what it said, the arena's. */
struct cost peer_read(const struct peer *p, struct Pix *image,
                      const char **text, struct arena *a);

#endif
