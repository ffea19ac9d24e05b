#ifndef NYUSHO_GLYPH_VOTE_H
#define NYUSHO_GLYPH_VOTE_H

#include <stdint.h>

#include "ocr/glyph_norm.h"

/*
 * The second vote on a character: which of some hundred examples is nearest,
 * by the directions its strokes run in. It shares no weight with the net and
 * errs on other pictures; that the two agree is worth more than how sure either
 * is. The features are the classic gradient-direction histogram: 5 x 5 places,
 * 8 directions each.
 */
enum {
    VOTE_PLACES = 5,
    VOTE_DIRECTIONS = 8,
    VOTE_FEATURES = VOTE_PLACES * VOTE_PLACES * VOTE_DIRECTIONS,
    VOTE_TOP = 99, /* the largest value of a feature */
    GLYPH_MAX_CLASSES = 96,
};

struct glyph_votes {
    int n;
    const uint8_t *class_of; /* of each example */
    const uint8_t *examples; /* n * VOTE_FEATURES */
};

/* Each 0..VOTE_TOP. */
void vote_features(const uint8_t picture[GLYPH_PIXELS],
                   uint8_t out[VOTE_FEATURES]);
/* The squared distance to the nearest example of each class; INT32_MAX for a
 * class without one. */
void vote_distances(const struct glyph_votes *v, int classes,
                    const uint8_t features[VOTE_FEATURES],
                    int32_t out[GLYPH_MAX_CLASSES]);

#endif
