#ifndef NYUSHO_DIGIT_WEIGHTS_H
#define NYUSHO_DIGIT_WEIGHTS_H

#include <stdint.h>

/*
 * The shape of the digit net, shared by digit_net.c, the weights that
 * ocr/train/train.py writes into digit_weights.c, and nothing else. Changing a
 * number here means changing the same one in ocr/train/model.py and training.
 */
enum {
    DIGIT_CONV1 = 16,
    DIGIT_CONV2 = 32,
    DIGIT_CONV3 = 48,
    DIGIT_HIDDEN = 64,
    DIGIT_FLAT = 5 * 5 * DIGIT_CONV3
};

/*
 * One layer: out = relu(bias + sum of weight * in) * scale / 2^31, as 0..255.
 * weights are [out][in][row][column]; bias and scale have one entry per output.
 */
struct digit_layer {
    int in, out;
    const int8_t *weights;
    const int32_t *bias;
    const int32_t *scale;
};

enum { DIGIT_LAYERS = 5 };
extern const struct digit_layer digit_layers[DIGIT_LAYERS];

/* Multiplies a difference of two final sums into 1/256 of a halving, / 2^24. */
extern const int32_t digit_softness;

extern const char digit_weights_version[];

#endif
