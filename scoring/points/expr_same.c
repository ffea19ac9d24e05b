/* Expressions compared by their words, and what a word can be worth. */
#include "scoring/points/expr_never.h"

#include "records/value.h"

#include <string.h>

static const struct expr *meaning(const struct expr *e)
{
    while (e && e->op == EXPR_NAMED)
        e = e->a;
    return e;
}

static bool same_text(const struct expr *x, const struct expr *y)
{
    bool text = x->type.value == EXPR_TEXT || x->type.value == EXPR_CODE;
    if (x->op != EXPR_CONSTANT || !text)
        return true;
    return x->text && y->text && strcmp(x->text, y->text) == 0;
}

bool expr_same(const struct expr *x, const struct expr *y, long *budget)
{
    x = meaning(x);
    y = meaning(y);
    if (!x || !y)
        return x == y;
    if (--*budget < 0)
        return false;
    if (x->op != y->op || x->type.value != y->type.value || x->num != y->num ||
        x->field != y->field || x->builtin != y->builtin ||
        x->function != y->function || x->over != y->over ||
        x->person != y->person || !same_text(x, y))
        return false;
    return expr_same(x->a, y->a, budget) && expr_same(x->b, y->b, budget) &&
           expr_same(x->c, y->c, budget);
}

bool expr_fixed(const struct expr *e, int64_t *out)
{
    e = meaning(e);
    if (!e)
        return false;
    if (e->op == EXPR_NEG && expr_fixed(e->a, out) && *out != INT64_MIN) {
        *out = -*out;
        return true;
    }
    *out = e->num;
    return e->op == EXPR_CONSTANT && e->type.value != EXPR_TEXT &&
           e->type.value != EXPR_CODE;
}

/* Bounds that a builtin keeps whatever the records hold. */
static const struct {
    enum builtin builtin;
    int64_t low, high;
} bounds[] = {
    {BUILTIN_ENTRY_MONTH, 1, 12},
    {BUILTIN_CLASS_AGE, 0, INT64_MAX},
    {BUILTIN_PREFERENCE_NUMBER, 0, INT64_MAX},
    {BUILTIN_DAYS_MONTH, 0, 366},
    {BUILTIN_DAYS_WEEK, 0, 366},
};

void expr_range(const struct expr *e, int64_t *low, int64_t *high)
{
    e = meaning(e);
    *low = INT64_MIN;
    *high = INT64_MAX;
    if (e->op == EXPR_FIELD)
        value_range(e->field, low, high);
    if (e->op == EXPR_COUNT)
        *low = 0;
    if (e->type.value == EXPR_BOOL) {
        *low = 0;
        *high = 1;
    }
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++)
        if (e->op == EXPR_BUILTIN && e->builtin == bounds[i].builtin) {
            *low = bounds[i].low;
            *high = bounds[i].high;
        }
}
