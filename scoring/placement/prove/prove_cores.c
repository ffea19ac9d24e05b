#include "scoring/placement/prove/prove_cores.h"

#include <assert.h>

/* Outputs of a new sum; more when a core asks for them. */
#define FIRST_OUTPUTS 4
/* A core is asked again by itself, and shrinks; after so often it hardly
 * does. */
#define TRIMS 3
#define SMALL_CORE 8 /* not worth a question */

struct cost {
    int literal;
    const int *inputs;
    size_t n;
    size_t sum, level; /* output `level` (from 1) of a sum; level 0: given */
    size_t core;       /* the one that it was in, from 1; 0: none */
};

struct cost_sum {
    const int *inputs;
    int *outputs;
    size_t n, length;
};

static struct cost *costs_of(const struct prove_cores *c)
{
    return (struct cost *)(void *)c->costs.bytes;
}

static size_t n_costs(const struct prove_cores *c)
{
    return c->costs.len / sizeof(struct cost);
}

void cores_open(struct prove_cores *c, struct formula *f, struct sat *s,
                int conflicts, struct arena *a)
{
    *c = (struct prove_cores){.f = f,
                              .s = s,
                              .conflicts = conflicts,
                              .a = a,
                              .costs = BUF_INIT,
                              .sums = BUF_INIT};
}

void cores_release(struct prove_cores *c)
{
    buf_release(&c->costs);
    buf_release(&c->sums);
}

void cores_add(struct prove_cores *c, int literal, const int *inputs, size_t n)
{
    int *copy = ARENA_ARRAY(c->a, int, n);
    for (size_t i = 0; i < n; i++)
        copy[i] = inputs[i];
    struct cost new = {.literal = literal, .inputs = copy, .n = n};
    buf_add(&c->costs, &new, sizeof new);
}

static enum sat_answer ask(struct prove_cores *c)
{
    c->questions++;
    return sat_solve(c->s, c->conflicts);
}

enum sat_answer cores_any(struct prove_cores *c)
{
    formula_load(c->f, &c->loaded, c->s);
    return ask(c);
}

static enum sat_answer ask_free_of_costs(struct prove_cores *c)
{
    formula_load(c->f, &c->loaded, c->s);
    for (size_t i = 0; i < n_costs(c); i++)
        if (!costs_of(c)[i].core)
            sat_assume(c->s, -costs_of(c)[i].literal);
    return ask(c);
}

static size_t read_core(struct prove_cores *c, size_t *core)
{
    size_t n = 0;
    for (size_t i = 0; i < n_costs(c); i++)
        if (!costs_of(c)[i].core && sat_failed(c->s, -costs_of(c)[i].literal))
            core[n++] = i;
    return n;
}

static size_t trim(struct prove_cores *c, size_t *core, size_t n)
{
    for (int i = 0; i < TRIMS && n > SMALL_CORE; i++) {
        for (size_t k = 0; k < n; k++)
            sat_assume(c->s, -costs_of(c)[core[k]].literal);
        if (ask(c) != SAT_NO)
            return n; /* the limit: it stays as it is */
        size_t kept = 0;
        for (size_t k = 0; k < n; k++)
            if (sat_failed(c->s, -costs_of(c)[core[k]].literal))
                core[kept++] = core[k];
        if (kept == n)
            return n;
        n = kept;
    }
    return n;
}

/* "More than level - 1 of the sum", with what it costs from there on. */
static void add_level(struct prove_cores *c, size_t sum, size_t level)
{
    struct cost_sum *s = (struct cost_sum *)(void *)c->sums.bytes + sum;
    if (level > s->n)
        return;
    if (level > s->length) {
        size_t length = s->length * 2 > level ? s->length * 2 : level;
        s->length =
            formula_sum(c->f, s->inputs, s->n, length, &s->outputs, c->a);
    }
    struct cost new = {
        .literal = s->outputs[level - 1], .sum = sum, .level = level};
    buf_add(&c->costs, &new, sizeof new);
}

static void pay(struct prove_cores *c, const size_t *core, size_t n)
{
    struct buf inputs = BUF_INIT;
    c->low++;
    for (size_t i = 0; i < n; i++) {
        struct cost cost = costs_of(c)[core[i]];
        costs_of(c)[core[i]].core = c->low;
        if (cost.level) {
            buf_add(&inputs, &cost.literal, sizeof cost.literal);
            add_level(c, cost.sum, cost.level + 1);
        } else {
            buf_add(&inputs, cost.inputs, cost.n * sizeof *cost.inputs);
        }
    }
    size_t n_inputs = inputs.len / sizeof(int);
    if (n_inputs > 1) {
        struct cost_sum sum = {.n = n_inputs};
        int *copy = ARENA_ARRAY(c->a, int, n_inputs);
        for (size_t i = 0; i < n_inputs; i++)
            copy[i] = ((const int *)(const void *)inputs.bytes)[i];
        sum.inputs = copy;
        sum.length = formula_sum(c->f, copy, n_inputs, FIRST_OUTPUTS,
                                 &sum.outputs, c->a);
        buf_add(&c->sums, &sum, sizeof sum);
        add_level(c, c->sums.len / sizeof sum - 1, 2);
    }
    buf_release(&inputs);
}

enum sat_answer cores_least(struct prove_cores *c, size_t known)
{
    enum sat_answer answer;
    while ((answer = ask_free_of_costs(c)) == SAT_NO) {
        struct arena scratch = ARENA_INIT;
        size_t *core = ARENA_ARRAY(&scratch, size_t, n_costs(c));
        size_t n = trim(c, core, read_core(c, core));
        if (n)
            pay(c, core, n);
        arena_release(&scratch);
        if (n == 0)
            return SAT_NO;
        if (c->low >= known)
            return SAT_YES;
    }
    return answer;
}

void cores_fix(struct prove_cores *c)
{
    for (size_t i = 0; i < n_costs(c); i++)
        if (!costs_of(c)[i].core)
            formula_clause(c->f, (int[]){-costs_of(c)[i].literal}, 1);
    formula_load(c->f, &c->loaded, c->s);
}
