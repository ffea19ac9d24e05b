#include "ocr/same_digits.h"

#include <string.h>

/* What equal shapes say, and one reader here with them. */
#define SURE 993

void same_digits_take(struct same_digits *s, const struct field_reader *r,
                      int best, int confidence, struct Pix *tight)
{
    int same = TYPED_NONE;

    if (s->n == SAME_DIGITS_MOST)
        return;
    if (r->shapes)
        same = typed_same(r->shapes, tight);
    else
        typed_add(r->typed, best < TYPED_NONE ? best : TYPED_NONE, confidence,
                  tight);
    s->text[s->n++] = same < TYPED_NONE ? (char)('0' + same) : '?';
    s->unknown += same == TYPED_NONE;
}

bool same_digits_known(const struct same_digits *s,
                       const struct field_reader *r)
{
    return r->shapes && s->n > 0 && s->unknown == 0;
}

struct guess same_digits_judge(const struct same_digits *s, const char *net,
                               const char *found, const char *whole,
                               struct arena *a)
{
    const char *same = arena_copy(a, s->text, s->n);
    struct guess g;

    if (strcmp(same, net) == 0 || strcmp(same, found) == 0 ||
        strcmp(same, whole) == 0)
        return guess_sure(ACCEPT_DIGITS, same, found, SURE);
    g = guess_doubt(ACCEPT_DIGITS, same, found, "views-differ", 750);
    g.runner_up = *found ? found : net;
    return g;
}
