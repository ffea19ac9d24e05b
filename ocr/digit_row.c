#include "ocr/digit_row.h"

/* What is less likely than this is no better for having one rival less. */
#define LIKELY 700
/* A stroke that only may be a slash is proposed as the digit it may be. */
#define STRUCK_SURE 990

void digit_row_add(struct digit_row *row, struct digit_guess g)
{
    if (row->n == DIGIT_ROW_MOST) {
        row->struck = true;
        return;
    }
    row->struck = row->struck || g.best >= 10;
    row->second[row->n] = g.second < 10 ? (char)('0' + g.second) : '\0';
    row->text[row->n] = g.best < 10 ? (char)('0' + g.best) : '?';
    if (g.best >= 10 && g.second < 10 && g.confidence < STRUCK_SURE)
        row->text[row->n] = row->second[row->n];
    if (row->n == 0 || g.confidence < row->confidence) {
        if (row->n)
            row->others = row->confidence;
        row->confidence = g.confidence;
        row->weakest = (int)row->n;
        row->runner_up = g.confidence - g.margin;
    } else if (g.confidence < row->others) {
        row->others = g.confidence;
    }
    row->n++;
}

const char *digit_row_second(const struct digit_row *row, struct arena *a)
{
    char *text;

    if (row->n == 0 || !row->second[row->weakest] ||
        row->confidence >= DIGIT_ACCEPT)
        return "";
    text = arena_copy(a, row->text, row->n);
    text[row->weakest] = row->second[row->weakest];
    return text;
}

int digit_row_without_second(const struct digit_row *row)
{
    int alone = row->confidence * 1000 / (1000 - row->runner_up);

    if (row->confidence < LIKELY)
        return row->confidence;
    return alone < row->others ? alone : row->others;
}
