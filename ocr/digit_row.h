/* Digits side by side, as they are read one after the other. */
#ifndef NYUSHO_OCR_DIGIT_ROW_H
#define NYUSHO_OCR_DIGIT_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "ocr/digit_net.h"

#define DIGIT_ROW_MOST 24

struct digit_row {
    char text[DIGIT_ROW_MOST + 1];   /* '?' for what is no digit: what it
                                      * may be, where that is not sure */
    char second[DIGIT_ROW_MOST + 1]; /* the next likely; 0 where it is none */
    size_t n;
    int confidence; /* permille, of the least sure */
    int weakest;    /* and which that is */
    int runner_up;  /* permille of its second */
    int others;     /* permille, of the least sure of the others */
    bool struck;    /* one of them is no digit, or there are too many */
};
#define DIGIT_ROW_INIT ((struct digit_row){.confidence = 1000, .others = 1000})

void digit_row_add(struct digit_row *row, struct digit_guess g);
/* The reading with the least sure digit replaced by the next likely one; ""
 * where it is sure. */
const char *digit_row_second(const struct digit_row *row, struct arena *a);
/* Permille of the whole where that second reading cannot be (a month 68): its
 * share goes to what is left. */
int digit_row_without_second(const struct digit_row *row);

#endif
