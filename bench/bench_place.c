/*
 * How long placement takes: L1 and L2 (place_market) and L3 (verify_market) on
 * generated cities (market_city.h), the market in memory; CPU time, medians.
 * Then how the cost grows with the city.
 *
 *     bench_place            the four sizes and the growth
 *     bench_place CHILDREN FACILITIES FEWEST MOST    one city
 */
#include "bench/market_city.h"

#include "scoring/placement/place.h"
#include "scoring/verify/verify_market.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#define ROUNDS_MAX 15

struct goal {
    struct city_size size;
    int rounds;
    double limit; /* ms for placement and check together; 0: none */
};

static const struct goal goals[] = {
    {{1500, 70, 5, 20}, 15, 5},
    {{8000, 300, 5, 20}, 15, 50},
    {{17000, 1100, 20, 20}, 15, 200},
    {{1000000, 40000, 10, 10}, 3, 10000},
};

static const struct goal growth[] = {
    {{1000, 40, 5, 20}, 15, 0},     {{2000, 80, 5, 20}, 15, 0},
    {{4000, 160, 5, 20}, 15, 0},    {{8000, 320, 5, 20}, 15, 0},
    {{16000, 640, 5, 20}, 9, 0},    {{32000, 1280, 5, 20}, 9, 0},
    {{64000, 2560, 5, 20}, 5, 0},   {{128000, 5120, 5, 20}, 3, 0},
    {{256000, 10240, 5, 20}, 3, 0},
};

struct timing {
    double place, check, both, slowest; /* ms, medians */
    size_t placed, proposals, frozen;
    struct market_verdict verdict;
};

static double milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_value(const void *x, const void *y)
{
    const double *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

static double median(double *values, int n)
{
    qsort(values, (size_t)n, sizeof *values, by_value);
    return values[n / 2];
}

static void run_once(const struct market *m, double *place, double *check,
                     struct timing *t)
{
    struct arena run = ARENA_INIT;
    struct placement p;
    double start = milliseconds();
    place_market(m, (struct place_options){.log = false}, &p, &run);
    double between = milliseconds();
    verify_market(m, &p.matching, &t->verdict, &run);
    *place = between - start;
    *check = milliseconds() - between;
    t->proposals = p.proposals;
    t->frozen = p.n_frozen;
    t->placed = 0;
    for (size_t c = 0; c < m->n_children; c++)
        t->placed += p.matching.place[c] != MARKET_NONE;
    arena_release(&run);
}

static struct timing measure(const struct market *m, int rounds)
{
    struct timing t = {.place = 0};
    double place[ROUNDS_MAX], check[ROUNDS_MAX], both[ROUNDS_MAX];
    for (int i = 0; i < rounds; i++) {
        run_once(m, &place[i], &check[i], &t);
        both[i] = place[i] + check[i];
    }
    t.place = median(place, rounds);
    t.check = median(check, rounds);
    t.both = median(both, rounds);
    t.slowest = both[rounds - 1];
    return t;
}

/* False when it took longer than the limit, or does not hold. */
static bool show(const struct goal *g)
{
    struct arena a = ARENA_INIT;
    struct market m;
    city_market(g->size, 20270401, &m, &a);
    size_t siblings = 0;
    for (size_t f = 0; f < m.n_families; f++)
        siblings += m.families[f].n_children > 1;
    struct timing t = measure(&m, g->rounds);
    printf("| %d × %d, %d–%d | %zu (%zu) | %.1f | %.1f | %.1f | %.1f | ",
           g->size.children, g->size.facilities, g->size.fewest, g->size.most,
           m.n_families, siblings, t.place, t.check, t.both, t.slowest);
    if (g->limit > 0)
        printf("%.0f", g->limit);
    printf(" | %.2f | %zu | %zu | %zu | %zu |\n",
           t.proposals * 1.0 / m.n_children, t.placed, t.verdict.syy.entries,
           t.verdict.syy.families, t.frozen);
    fflush(stdout);
    arena_release(&a);
    return t.verdict.ok && (g->limit <= 0 || t.both < g->limit);
}

static void head(const char *title)
{
    printf("\n%s\n\n"
           "| children × facilities, preferences | households (siblings) | "
           "place ms | check ms | both ms | slowest | limit | "
           "entries looked at per child | hold a place | blocking | families | "
           "frozen |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n",
           title);
}

int main(int argc, char **argv)
{
    bool ok = true;
    struct rusage usage;
    if (argc == 5) {
        struct goal one = {
            {atoi(argv[1]), atoi(argv[2]), atoi(argv[3]), atoi(argv[4])}, 5, 0};
        if (one.size.children < 1 || one.size.fewest < 1 ||
            one.size.most < one.size.fewest ||
            one.size.facilities < 2 * one.size.most)
            return 2;
        head("one city");
        return show(&one) ? 0 : 1;
    }
    head("the four sizes");
    for (size_t i = 0; i < sizeof goals / sizeof goals[0]; i++)
        ok = show(&goals[i]) && ok;
    getrusage(RUSAGE_SELF, &usage);
    printf("\nmost memory, with the market itself: %.2f GiB (limit 4)\n",
           (double)usage.ru_maxrss / 1024 / 1024);
    head("growth");
    for (size_t i = 0; i < sizeof growth / sizeof growth[0]; i++)
        ok = show(&growth[i]) && ok;
    return ok ? 0 : 1;
}
