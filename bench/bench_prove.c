/*
 * How long the proof takes on generated cities: whether a stable placement
 * exists; the least number of blocking entries and the most children placed at
 * that. Each city by its seed, from FIRST to LAST; CPU time, beginning with the
 * placer's answer.
 *
 *     bench_prove CHILDREN FACILITIES FIRST LAST [LP FILE]
 *
 * With an LP FILE the first city's integer model (Sun, Yamada, Takenami,
 * Moriwaki, Yokoo, AAAI-24) goes there, for CBC or GLPK, and the time it took
 * to write it is no part of either.
 */
#include "city.h"
#include "city_lp.h"

#include "scoring/placement/place.h"
#include "scoring/placement/prove/prove.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double ask(const struct market *m, const struct matching *start,
                  enum prove_goal goal, struct prove_result *r, struct arena *a)
{
    struct prove_options o = {.goal = goal, .start = start};
    double before = seconds();
    prove_market(m, o, r, a);
    return seconds() - before;
}

static void measure(const struct market *m, uint64_t seed, struct arena *a)
{
    struct placement p;
    struct prove_result r;
    double before = seconds();
    place_market(m, (struct place_options){.log = false}, &p, a);
    double placing = seconds() - before;
    double deciding = ask(m, &p.matching, PROVE_DECISION, &r, a);
    printf("%4d  placer %.3f s  decision %.3f s  %-11s", (int)seed, placing,
           deciding, prove_verdicts[r.verdict].word);
    fflush(stdout);
    double best = ask(m, &p.matching, PROVE_MAXIMUM, &r, a);
    printf("  minimum and maximum %.3f s  blocking %zu..%zu  placed "
           "%zu..%zu  entries %zu, open %zu  variables %zu  clauses %zu\n",
           best, r.blocking_low, r.blocking_high, r.placed_low, r.placed_high,
           r.entries, r.entries_left, r.variables, r.clauses);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    if (argc < 5)
        return 2;
    struct city_size size = {atoi(argv[1]), atoi(argv[2]), 5, 20};
    if (size.children < 1 || size.facilities < 60)
        return 2;
    for (int seed = atoi(argv[3]); seed <= atoi(argv[4]); seed++) {
        struct arena a = ARENA_INIT;
        struct market m;
        city_make(size, (uint64_t)seed, &m, &a);
        if (seed == atoi(argv[3]) && argc > 5 && !city_lp(&m, argv[5]))
            return 3;
        measure(&m, (uint64_t)seed, &a);
        arena_release(&a);
    }
    return 0;
}
