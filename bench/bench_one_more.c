/*
 * How long `nyusho report CASE seats` places: one more seat in every facility
 * and class of a generated city (market_city.h) that somebody applies to, each
 * time the whole market again; CPU time, one pass.
 *
 *     bench_one_more         1,500 × 70 and 8,000 × 300
 *     bench_one_more CHILDREN FACILITIES FEWEST MOST    one city
 */
#include "bench/market_city.h"

#include "scoring/placement/one_more.h"
#include "scoring/placement/place.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool is_wished(const struct market *m, int32_t facility, int class_age)
{
    const struct market_facility *f = &m->facilities[facility];
    for (size_t i = 0; i < f->n_priority; i++)
        if (m->children[f->priority[i]].class_age == class_age)
            return true;
    return false;
}

struct sums {
    size_t tried, changed, placed, moves, longest;
};

static void add(const struct one_more *o, const struct matching *held,
                struct sums *s)
{
    int placed = 0;
    for (size_t i = 0; i < o->n; i++)
        placed += (held->place[o->children[i]] == MARKET_NONE) -
                  (o->to[i] == MARKET_NONE);
    s->tried++;
    s->changed += o->n > 0;
    s->placed += placed > 0;
    s->moves += o->n;
    if (o->n > s->longest)
        s->longest = o->n;
}

static void show(struct city_size size)
{
    struct arena a = ARENA_INIT, scratch = ARENA_INIT;
    struct market m;
    struct placement p;
    struct one_more o;
    struct sums s = {.tried = 0};
    city_market(size, 20270401, &m, &a);
    place_market(&m, (struct place_options){.log = false}, &p, &a);
    double start = seconds();
    for (size_t f = 0; f < m.n_facilities; f++)
        for (int k = 0; k < MARKET_CLASSES; k++) {
            if (!is_wished(&m, (int32_t)f, k))
                continue;
            one_more_seat(&m, &p.matching, (int32_t)f, k, &o, &scratch);
            add(&o, &p.matching, &s);
            arena_clear(&scratch);
        }
    double took = seconds() - start;
    printf("| %d × %d, %d–%d | %zu | %.1f | %.1f | %zu | %zu | %.2f | %zu |\n",
           size.children, size.facilities, size.fewest, size.most, s.tried,
           took, took * 1e3 / (double)s.tried, s.changed, s.placed,
           (double)s.moves / (double)(s.changed ? s.changed : 1), s.longest);
    fflush(stdout);
    arena_release(&scratch);
    arena_release(&a);
}

int main(int argc, char **argv)
{
    printf("| children × facilities, preferences | classes tried | s | ms each "
           "| something changes | a child more is placed | moves each | most "
           "moves |\n|---|---|---|---|---|---|---|---|\n");
    if (argc == 5) {
        struct city_size one = {atoi(argv[1]), atoi(argv[2]), atoi(argv[3]),
                                atoi(argv[4])};
        if (one.children < 1 || one.fewest < 1 || one.most < one.fewest ||
            one.facilities < 2 * one.most)
            return 2;
        show(one);
        return 0;
    }
    show((struct city_size){1500, 70, 5, 20});
    show((struct city_size){8000, 300, 5, 20});
    return 0;
}
