/*
 * Made-up households scored by both evaluators: what tests of the second one
 * begin with.
 */
#ifndef NYUSHO_TESTS_VERIFY_PAIR_H
#define NYUSHO_TESTS_VERIFY_PAIR_H

#include "scoring/verify/verify_points.h"
#include "tests/points_help.h"
#include "tests/verify_random.h"

static struct arena mem;
static struct dictionary dict;
static struct facilities facilities;
static struct score_context context;
static uint64_t seed = 20270401;

static inline int setup(void **state)
{
    (void)state;
    help_dictionary(&dict, &mem);
    context = help_context(&facilities, &mem);
    return 0;
}

static inline int teardown(void **state)
{
    (void)state;
    arena_release(&mem);
    return 0;
}

struct pair {
    struct arena a;
    struct ruleset rules;
    struct record_set set;
    struct household_score *scores; /* by household */
    struct recompute_context basis;
    struct recomputed_child *children;
    size_t n_children;
};

static inline void pair_open(struct pair *p, const char *path,
                             const char *lottery, size_t n_households)
{
    struct diag d = DIAG_INIT;
    struct scorer s;
    size_t len;
    *p = (struct pair){.a = ARENA_INIT};
    context.lottery_seed = lottery;
    const char *bytes = file_read(path, 1 << 20, &p->a, &len, &d);
    bool ok =
        bytes && ruleset_load(&p->rules, bytes, len, path, &dict, &p->a, &d);
    help_print(&d);
    assert_true(ok);
    record_set_init(&p->set, &dict);
    random_households(&p->set, &p->rules, seed, n_households);
    ok = scorer_open(&s, &p->rules, &context, &p->set, &p->a, &d);
    help_print(&d);
    assert_true(ok);
    p->scores = ARENA_ARRAY(&p->a, struct household_score, p->set.n_households);
    for (size_t h = 0; h < p->set.n_households; h++)
        score_household(&s, h, &p->scores[h], &p->a);
    p->basis = (struct recompute_context){.rules = &p->rules,
                                          .set = &p->set,
                                          .facilities = context.facilities,
                                          .entry_date = context.entry_date,
                                          .deadline = context.deadline,
                                          .fiscal_year = context.fiscal_year,
                                          .lottery_seed = context.lottery_seed};
    p->n_children = recompute_points(&p->basis, &p->children, &p->a);
    diag_release(&d);
}

static inline void pair_release(struct pair *p)
{
    record_set_release(&p->set);
    arena_release(&p->a);
}

#endif
