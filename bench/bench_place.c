/*
 * How long placement takes: 8,000 children × 311 facilities × 5 preferences,
 * a city the size of Yokohama's wards together, one child in twelve a transfer.
 * Placement alone; then its check by the definitions, for the ratio.
 *
 *     bench_place [CHILDREN FACILITIES PREFERENCES]
 */
#include "scoring/placement/place.h"
#include "scoring/verify/verify_market.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS 15

/* SplitMix64 (Steele, Lea, Flood 2014): the same market on every machine. */
static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static int32_t below(uint64_t *state, int32_t n)
{
    return (int32_t)(next(state) % (uint64_t)n);
}

/* The smaller of two draws: some facilities are asked for more than others. */
static int32_t popular(uint64_t *state, int32_t n)
{
    int32_t x = below(state, n), y = below(state, n);
    return x < y ? x : y;
}

struct size {
    int32_t children, facilities, preferences;
};

struct bid {
    int64_t points;
    int32_t child;
};

static int by_points(const void *x, const void *y)
{
    const struct bid *a = x, *b = y;
    if (a->points != b->points)
        return a->points < b->points ? 1 : -1;
    return (a->child > b->child) - (a->child < b->child);
}

static bool wished(const int32_t *list, size_t n, int32_t f)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == f)
            return true;
    return false;
}

static void add_children(struct market *m, struct size size, uint64_t *seed,
                         struct arena *a)
{
    m->n_children = m->n_families = (size_t)size.children;
    m->children = ARENA_ARRAY(a, struct market_child, m->n_children);
    m->families = ARENA_ARRAY(a, struct market_family, m->n_children);
    for (int32_t i = 0; i < size.children; i++) {
        struct market_family *f = &m->families[i];
        const char *id = arena_printf(a, "%07d", i);
        int32_t at = i % 12 == 0 ? below(seed, size.facilities) : MARKET_NONE;
        m->children[i] = (struct market_child){id, below(seed, 6), at, i};
        f->id = id;
        f->children = ARENA_ARRAY(a, int32_t, 1);
        f->children[0] = i;
        f->n_children = 1;
        f->entries = ARENA_ARRAY(a, int32_t, (size_t)size.preferences);
        while (f->n_entries < (size_t)size.preferences) {
            int32_t want = popular(seed, size.facilities);
            if (want != at && !wished(f->entries, f->n_entries, want))
                f->entries[f->n_entries++] = want;
        }
    }
}

static void set_order(struct market_facility *f, struct bid *bids, size_t n,
                      struct arena *a)
{
    qsort(bids, n, sizeof *bids, by_points);
    f->priority = ARENA_ARRAY(a, int32_t, n);
    f->n_priority = n;
    for (size_t i = 0; i < n; i++)
        f->priority[i] = bids[i].child;
}

/* Seats for nine children in ten, spread evenly. */
static void add_facilities(struct market *m, struct size size, uint64_t *seed,
                           struct arena *a)
{
    int64_t *points = ARENA_ARRAY(a, int64_t, m->n_children);
    struct bid *bids = ARENA_ARRAY(a, struct bid, m->n_children);
    int32_t seats = size.children * 9 / 10 / size.facilities / 6 + 1;
    for (size_t i = 0; i < m->n_children; i++)
        points[i] = below(seed, 60) + 20;
    m->n_facilities = (size_t)size.facilities;
    m->facilities = ARENA_ARRAY(a, struct market_facility, m->n_facilities);
    for (int32_t f = 0; f < size.facilities; f++) {
        struct market_facility *to = &m->facilities[f];
        size_t n = 0;
        to->id = arena_printf(a, "%05d", f);
        for (int k = 0; k < MARKET_CLASSES; k++) {
            to->seats[k] = below(seed, 2 * seats + 1);
            to->pool[k] = 1u << k;
            to->release[k] = true;
        }
        for (size_t i = 0; i < m->n_children; i++)
            if (wished(m->families[i].entries, m->families[i].n_entries, f))
                bids[n++] = (struct bid){points[i], (int32_t)i};
        set_order(to, bids, n, a);
    }
}

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

int main(int argc, char **argv)
{
    struct size size = {8000, 311, 5};
    struct arena a = ARENA_INIT;
    struct market m = {.n_children = 0};
    struct placement p;
    struct market_verdict v;
    double place[ROUNDS], check[ROUNDS];
    uint64_t seed = 20270401;
    if (argc == 4)
        size = (struct size){atoi(argv[1]), atoi(argv[2]), atoi(argv[3])};
    if (size.children < 1 || size.preferences < 1 ||
        size.facilities < size.preferences + 2)
        return 2;
    add_children(&m, size, &seed, &a);
    add_facilities(&m, size, &seed, &a);
    for (int i = 0; i < ROUNDS; i++) {
        struct arena run = ARENA_INIT;
        double start = milliseconds();
        place_market(&m, (struct place_options){.log = false}, &p, &run);
        double end = milliseconds();
        verify_market(&m, &p.matching, &v, &run);
        place[i] = end - start;
        check[i] = milliseconds() - end;
        if (!v.ok)
            return 1;
        arena_release(&run);
    }
    qsort(place, ROUNDS, sizeof *place, by_value);
    qsort(check, ROUNDS, sizeof *check, by_value);
    printf("%d children, %d facilities, %d preferences, %d rounds, CPU time\n"
           "placement: median %.2f ms (limit 50 ms), slowest %.2f ms\n"
           "check by the definitions: median %.2f ms, %.1f × placement\n",
           size.children, size.facilities, size.preferences, ROUNDS,
           place[ROUNDS / 2], place[ROUNDS - 1], check[ROUNDS / 2],
           check[ROUNDS / 2] / place[ROUNDS / 2]);
    arena_release(&a);
    return place[ROUNDS / 2] < 50.0 ? 0 : 1;
}
