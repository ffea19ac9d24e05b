/*
 * How long the proof takes on generated cities: whether a stable placement
 * exists; the least number of blocking entries and the most children placed at
 * that. Each city by its seed, from FIRST to LAST; CPU time, beginning with the
 * placer's answer. One line of CSV for each city, its columns in `header`.
 *
 *     bench_prove CHILDREN FACILITIES FIRST LAST LEAST_WISHES [LP FILE]
 *
 * With an LP FILE the first city's integer model (Sun, Yamada, Takenami,
 * Moriwaki, Yokoo, AAAI-24) goes there, for CBC or GLPK, and the time it took
 * to write it is no part of either. bench/prove.sh runs it all.
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

static const char header[] =
    "children,facilities,city,entries,placer_s,decision_s,verdict,best_s,"
    "blocking_low,blocking_high,placed_low,placed_high,limit,variables,"
    "clauses";

static void measure(struct city_size size, const struct market *m,
                    uint64_t seed, struct arena *a)
{
    struct placement p;
    struct prove_result r;
    double before = seconds();
    place_market(m, (struct place_options){.log = false}, &p, a);
    double placing = seconds() - before;
    double deciding = ask(m, &p.matching, PROVE_DECISION, &r, a);
    printf("%d,%d,%d,%zu,%.3f,%.3f,%s,", size.children, size.facilities,
           (int)seed, r.entries, placing, deciding,
           prove_verdicts[r.verdict].word);
    fflush(stdout);
    double best = ask(m, &p.matching, PROVE_MAXIMUM, &r, a);
    printf("%.3f,%zu,%zu,%zu,%zu,%s,%zu,%zu\n", best, r.blocking_low,
           r.blocking_high, r.placed_low, r.placed_high,
           prove_limits[r.limit].word, r.variables, r.clauses);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    if (argc < 6)
        return 2;
    struct city_size size = {atoi(argv[1]), atoi(argv[2]), atoi(argv[5]), 20};
    if (size.children < 1 || size.facilities < 60 || size.least_wishes < 1 ||
        size.least_wishes > 20)
        return 2;
    puts(header);
    for (int seed = atoi(argv[3]); seed <= atoi(argv[4]); seed++) {
        struct arena a = ARENA_INIT;
        struct market m;
        city_make(size, (uint64_t)seed, &m, &a);
        if (seed == atoi(argv[3]) && argc > 6 && !city_lp(&m, argv[6]))
            return 3;
        measure(size, &m, (uint64_t)seed, &a);
        arena_release(&a);
    }
    return 0;
}
