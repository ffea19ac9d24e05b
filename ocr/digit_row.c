#include "ocr/digit_row.h"

void digit_row_add(struct digit_row *row, struct digit_guess g)
{
    if (row->n == DIGIT_ROW_MOST) {
        row->struck = true;
        return;
    }
    row->struck = row->struck || g.best >= 10;
    row->text[row->n] = g.best < 10 ? (char)('0' + g.best) : '?';
    row->second[row->n] = g.second < 10 ? (char)('0' + g.second) : '\0';
    if (row->n == 0 || g.confidence < row->confidence) {
        row->confidence = g.confidence;
        row->weakest = (int)row->n;
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
