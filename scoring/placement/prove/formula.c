#include "scoring/placement/prove/formula.h"

int formula_new(struct formula *f, struct variable says)
{
    if (f->keep_names)
        buf_add(&f->names, &says, sizeof says);
    return ++f->n_variables;
}

void formula_clause(struct formula *f, const int *literals, size_t n)
{
    static const int end = 0;
    for (size_t i = 0; i < n; i++)
        if (literals[i] == LIT_TRUE)
            return;
    for (size_t i = 0; i < n; i++)
        if (literals[i] != LIT_FALSE)
            buf_add(&f->literals, &literals[i], sizeof *literals);
    buf_add(&f->literals, &end, sizeof end);
    f->n_clauses++;
}

int formula_any(struct formula *f, const int *literals, size_t n,
                struct variable says)
{
    size_t open = 0;
    int only = LIT_FALSE;
    for (size_t i = 0; i < n; i++) {
        if (literals[i] == LIT_TRUE)
            return LIT_TRUE;
        if (literals[i] == LIT_FALSE)
            continue;
        only = literals[i];
        open++;
    }
    if (open < 2)
        return only;
    int any = formula_new(f, says);
    for (size_t i = 0; i < n; i++)
        formula_clause(f, (int[]){any, -literals[i]}, 2);
    static const int end = 0;
    int opposite = -any;
    buf_add(&f->literals, &opposite, sizeof opposite);
    for (size_t i = 0; i < n; i++)
        if (literals[i] != LIT_FALSE)
            buf_add(&f->literals, &literals[i], sizeof *literals);
    buf_add(&f->literals, &end, sizeof end);
    f->n_clauses++;
    return any;
}

int formula_both(struct formula *f, int x, int y, struct variable says)
{
    return -formula_any(f, (int[]){-x, -y}, 2, says);
}

static size_t least(size_t x, size_t y)
{
    return x < y ? x : y;
}

size_t formula_sum(struct formula *f, const int *literals, size_t n,
                   size_t limit, int **result, struct arena *a)
{
    if (n < 2) {
        *result = ARENA_ARRAY(a, int, 1);
        if (n)
            (*result)[0] = literals[0];
        return least(n, limit);
    }
    int *left, *right;
    size_t l = formula_sum(f, literals, n / 2, limit, &left, a);
    size_t r = formula_sum(f, literals + n / 2, n - n / 2, limit, &right, a);
    size_t length = least(l + r, limit);
    int *sum = *result = ARENA_ARRAY(a, int, length);
    for (size_t j = 0; j < length; j++)
        sum[j] = formula_new(
            f, (struct variable){.kind = VAR_SUM, .d = (int32_t)j + 1});
    for (size_t i = 0; i <= l; i++)
        for (size_t k = 0; k <= r; k++)
            if (i + k > 0 && i + k <= length)
                formula_clause(f,
                               (int[]){i ? -left[i - 1] : LIT_FALSE,
                                       k ? -right[k - 1] : LIT_FALSE,
                                       sum[i + k - 1]},
                               3);
    return length;
}

void formula_load(const struct formula *f, size_t *from, struct sat *s)
{
    if (*from == f->literals.len)
        return;
    const int *literals =
        (const int *)(const void *)(f->literals.bytes + *from);
    size_t n = (f->literals.len - *from) / sizeof *literals, start = 0;
    for (size_t i = 0; i < n; i++)
        if (literals[i] == 0) {
            sat_clause(s, literals + start, i - start);
            start = i + 1;
        }
    *from = f->literals.len;
}

void formula_release(struct formula *f)
{
    buf_release(&f->literals);
    buf_release(&f->names);
    *f = FORMULA_INIT;
}
