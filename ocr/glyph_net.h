#ifndef NYUSHO_GLYPH_NET_H
#define NYUSHO_GLYPH_NET_H

#include <stdbool.h>
#include <stdint.h>

#include "ocr/glyph_view.h"
#include "ocr/glyph_vote.h"

/*
 * The engine under every reader of single characters: one or two small
 * convolutional nets with 8-bit weights and whole-number sums, and beside them
 * a vote that is unlike them (glyph_vote.h). What each says is added up as
 * odds; where nets and vote do not name the same class, the answer never
 * passes. The same picture gives
 * the same answer, to the last permille, on every machine and compiler.
 *
 * A kind of net is one file that ocr/train/ writes (glyph_file.h), and one
 * reader that gives its classes a meaning: digit_net.h, kana_net.h.
 *
 *     const struct glyph_net *net = glyph_file_net("kana.net");
 *     struct glyph_guess g = glyph_read(net, ink, w, h, NULL);
 *
 * The last two classes of every kind are the same: nothing is written, and
 * something is that is none of the others.
 */
enum {
    GLYPH_CONV1 = 16,
    GLYPH_CONV2 = 32,
    GLYPH_MAX_CONV3 = 64,
    GLYPH_MAX_HIDDEN = 128,
    GLYPH_MAX_EXAMPLES = 4096,
    GLYPH_FLAT_PLACES = 25, /* of each plane of the third convolution */
    GLYPH_LAYERS = 5,
    GLYPH_MAX_OUT = 128, /* of any layer */
    GLYPH_MAX_MEMBERS = 2,
};

enum {
    /* Where net and vote differ, no confidence is above this. */
    GLYPH_DISPUTED = 600,
    /* As sure as this at first sight, and the same when turned each way, a
     * picture is plain. */
    GLYPH_PLAIN = 999,
    GLYPH_GLANCES = 3,
};

/*
 * One layer: out = relu(bias + sum of weight * in) * scale / 2^31, as 0..255.
 * weights are [out][in][row][column]; bias and scale have one entry per output.
 */
struct glyph_layer {
    int in, out;
    const int8_t *weights;
    int32_t bias[GLYPH_MAX_OUT];
    int32_t scale[GLYPH_MAX_OUT]; /* all 0 in the last layer */
};

/* One of the nets, trained from a seed of its own. */
struct glyph_member {
    struct glyph_layer layers[GLYPH_LAYERS];
    /* Multiplies a difference of two final sums into 1/256 of a halving,
     * / 2^24. */
    int32_t softness;
};

struct glyph_net {
    int n_members; /* their odds are added; all have the same shape */
    int n_views;   /* of a picture that is not plain, the mean is taken */
    struct glyph_member members[GLYPH_MAX_MEMBERS];
    int32_t vote_softness; /* the same of two distances of the vote */
    struct glyph_votes votes;
    char version[13]; /* 12 hex digits, of everything above */
};

struct glyph_odds {
    int classes;
    /* 1/256 of a halving: 256 less is half as likely. Only differences mean
     * anything. */
    int64_t likely[GLYPH_MAX_CLASSES];
    int64_t net[GLYPH_MAX_CLASSES], vote[GLYPH_MAX_CLASSES]; /* each alone */
    bool wavers; /* the nets do not name the same class in every view */
};

struct glyph_guess {
    int best, second; /* classes, never equal */
    int confidence;   /* 0..1000, permille, of `best` */
    int margin;       /* permille, confidence of best minus that of second */
    bool disputed; /* net and vote, or two views, do not name the same class */
};

static inline int glyph_empty(const struct glyph_net *net)
{
    return net->members[0].layers[GLYPH_LAYERS - 1].out - 2;
}

static inline int glyph_other(const struct glyph_net *net)
{
    return net->members[0].layers[GLYPH_LAYERS - 1].out - 1;
}

/*
 * The character in a box; `ink` as for glyph_normalise(). `allowed` as for
 * glyph_pick(). Nothing can fail: no picture at all is an empty box, and a
 * stroke that only lies along the edge is empty at a confidence of 500.
 */
struct glyph_guess glyph_read(const struct glyph_net *net, const uint8_t *ink,
                              int width, int height, const bool *allowed);

/* The two steps of it. `picture` is what glyph_norm.h makes. */
void glyph_measure(const struct glyph_net *net,
                   const uint8_t picture[GLYPH_PIXELS], struct glyph_odds *out);
/* The most likely class of those with allowed[class], NULL: of all. At least
 * two must be allowed. Of equals the first. */
struct glyph_guess glyph_pick(const struct glyph_odds *odds,
                              const bool *allowed);

#endif
