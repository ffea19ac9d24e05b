/*
 * Whether conditions can come true together at all, told from their words
 * alone: for rules that can never hold, or never before another one.
 *
 *     struct wish both[] = {{.e = rule->when, .is = WISH_YES},
 *                           {.e = before->when, .is = WISH_NOT_YES}};
 *     if (expr_never(both, 2))
 *         … whenever the one holds, so does the other
 *
 * "Never" is proved; whatever is not seen through counts as possible. Seen
 * through: and, or, not, words given by `define`; a field or any other amount
 * against a fixed value (= != < <= > >= in … to, is … or …, value in field)
 * within what its type and unit can hold; yes-or-no fields; known, unknown,
 * empty; `any` and `all` whose own condition contradicts itself. Two things
 * compared with each other, sums and lists are each one thing that may come out
 * either way, but the same words are the same thing. All conditions must stand
 * in the same place of a rule file (a rule of a child may be set beside one of
 * its household), so that a name means the same row in each.
 */
#ifndef NYUSHO_SCORING_POINTS_EXPR_NEVER_H
#define NYUSHO_SCORING_POINTS_EXPR_NEVER_H

#include "scoring/points/expr.h"

#include <stddef.h>

enum wish_is {
    WISH_YES,
    WISH_NO,
    WISH_NOT_YES, /* no or unknown */
    WISH_NOT_NO,  /* yes or unknown */
    WISH_WITHIN,  /* e, an amount, is known and from low to high */
    WISH_AMONG,   /* e, one of a list, is known and one of `bits` */
};
struct wish {
    const struct expr *e; /* NULL: a condition that is always yes */
    enum wish_is is;
    int64_t low, high;
    int64_t bits;
};

/* More wishes than this are not looked at: fewer are easier fulfilled. */
#define EXPR_NEVER_WISHES 16

/* True: no household whatever fulfils all of them. False: perhaps one does. */
bool expr_never(const struct wish *wishes, size_t n);

/* True when both are the same words about the same rows. `budget` is lessened
 * by what is looked at; used up, the answer is false. */
bool expr_same(const struct expr *x, const struct expr *y, long *budget);
/* What a fixed value comes to; false when `e` is not one. */
bool expr_fixed(const struct expr *e, int64_t *out);
/* What the dictionary and the meaning of a word allow `e` to be. */
void expr_range(const struct expr *e, int64_t *low, int64_t *high);

#endif
