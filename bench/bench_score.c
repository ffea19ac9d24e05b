/*
 * How many applications one core scores in a second, with the lines and the
 * keys of the order, by 浦添市 R8, in memory (limit 300,000), and what the
 * second evaluator needs for the same, for the ratio. From the source folder:
 *
 *     bench_score [APPLICATIONS [SEED]]
 */
#include "bench/applications.h"
#include "scoring/verify/verify_points.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS 15
#define LIMIT 300000.0 /* applications a second */
#define SHOWN 1000     /* for the second evaluator */

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_value(const void *x, const void *y)
{
    const double *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

/* What was made, so that nothing is measured that gives nothing. */
struct made {
    size_t children, preferences, lines, provisional;
};

static void note(struct made *m, const struct household_score *hs)
{
    for (size_t i = 0; i < hs->n_children; i++) {
        m->children++;
        m->preferences += hs->children[i].n_prefs;
        m->lines += hs->children[i].n_lines;
        m->provisional += hs->children[i].provisional;
    }
}

/* As the records are scored in a stream: results of one household are used,
 * then its memory is taken again. */
static double score_all(const struct scorer *s, struct made *made)
{
    struct arena mem = ARENA_INIT;
    double start = seconds();
    *made = (struct made){0};
    for (size_t h = 0; h < s->set->n_households; h++) {
        struct household_score hs;
        score_household(s, h, &hs, &mem);
        note(made, &hs);
        arena_clear(&mem);
    }
    arena_release(&mem);
    return seconds() - start;
}

static double recompute_some(const struct application_city *c, uint64_t seed)
{
    struct arena mem = ARENA_INIT;
    struct record_set set;
    struct recomputed_child *children;
    record_set_init(&set, &c->dict);
    applications_make(&set, seed, 0, SHOWN);
    const struct recompute_context basis = {&c->rules,
                                            &set,
                                            &c->facilities,
                                            c->context.entry_date,
                                            c->context.deadline,
                                            c->context.fiscal_year,
                                            c->context.lottery_seed,
                                            c->context.drawn,
                                            c->context.receipts};
    double start = seconds();
    size_t n = recompute_points(&basis, &children, &mem);
    double each = (seconds() - start) / (double)n;
    record_set_release(&set);
    arena_release(&mem);
    return each;
}

static int report(double *times, const struct made *made, double second)
{
    qsort(times, ROUNDS, sizeof *times, by_value);
    double each = times[ROUNDS / 2] / (double)made->children;
    double fastest = (double)made->children / times[0];
    double slowest = (double)made->children / times[ROUNDS - 1];
    printf("%zu applications, %zu preferences, %zu lines, %zu provisional; %d "
           "rounds, CPU time of one core\n"
           "scored: median %.0f a second (limit %.0f); slowest round %.0f, "
           "fastest %.0f\n"
           "second evaluator: %.1f us for one, %.1f × the first\n",
           made->children, made->preferences, made->lines, made->provisional,
           ROUNDS, 1 / each, LIMIT, slowest, fastest, second * 1e6,
           second / each);
    return 1 / each >= LIMIT ? 0 : 1;
}

int main(int argc, char **argv)
{
    long n = argc > 1 ? atol(argv[1]) : 50000;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 20270401;
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct application_city city;
    struct record_set set = {0};
    struct scorer s;
    struct made made;
    double times[ROUNDS];
    int status = 2;
    if (n >= 1 && n <= 1000000 && application_city_open(&city, &mem, &d)) {
        record_set_init(&set, &city.dict);
        applications_make(&set, seed, 0, (size_t)n);
        if (scorer_open(&s, &city.rules, &city.context, &set, &mem, &d)) {
            for (int i = 0; i < ROUNDS; i++)
                times[i] = score_all(&s, &made);
            status = report(times, &made, recompute_some(&city, seed));
        }
        record_set_release(&set);
    }
    diag_print(&d, 0, LANG_EN, stderr);
    diag_release(&d);
    arena_release(&mem);
    return status;
}
