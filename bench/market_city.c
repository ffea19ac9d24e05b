#include "bench/market_city.h"

#include "scoring/placement/siblings.h"

#include <stdlib.h>

/* Wishes lie within this many facilities of home, or most of the city. */
#define NEIGHBOURHOOD 60
/* With the own seats of transfers, seven children in ten then hold one. */
#define SEATS_PER_1000 640

static const int32_t applied[MARKET_CLASSES] = {828, 1164, 367, 221, 22, 11};
static const int32_t offered[MARKET_CLASSES] = {222, 282, 97, 51, 11, 2};

struct making {
    struct city_size size;
    uint64_t seed;
    struct market *m;
    struct arena *a;
    int64_t *points; /* per household, with its lottery below them */
};

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static int32_t below(uint64_t *state, int32_t n)
{
    return (int32_t)(next(state) % (uint64_t)n);
}

static int draw_class(uint64_t *state, const int32_t *weights)
{
    int32_t sum = 0;
    int k = 0;
    for (int i = 0; i < MARKET_CLASSES; i++)
        sum += weights[i];
    for (sum = below(state, sum); sum >= weights[k]; k++)
        sum -= weights[k];
    return k;
}

static bool holds(const int32_t *list, size_t n, int32_t f)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == f)
            return true;
    return false;
}

/* Near home; of two draws the smaller number within its block is taken, so
 * some facilities are asked for more than others. */
static int32_t draw_near(struct making *c, int32_t home)
{
    int32_t n = c->size.facilities;
    int32_t wide = n < NEIGHBOURHOOD ? n : NEIGHBOURHOOD;
    int32_t x = (home + below(&c->seed, wide)) % n;
    int32_t y = (home + below(&c->seed, wide)) % n;
    return x % 16 < y % 16 ? x : y;
}

static size_t draw_wishes(struct making *c, int32_t home, int32_t current,
                          int32_t *out)
{
    int32_t spread = c->size.most - c->size.fewest + 1;
    size_t n = (size_t)c->size.fewest + (size_t)below(&c->seed, spread),
           got = 0;
    while (got < n) {
        int32_t f = draw_near(c, home);
        if (f != current && !holds(out, got, f))
            out[got++] = f;
    }
    return got;
}

static int32_t family_size(struct making *c)
{
    if (below(&c->seed, 100) >= 16)
        return 1;
    return below(&c->seed, 10) ? 2 : 3;
}

/* Brothers and sisters share most of one list, as forms of one household do. */
static void draw_children(struct making *c, struct sibling_child *children,
                          int *ages, int32_t n)
{
    int32_t home = below(&c->seed, c->size.facilities);
    for (int32_t k = 0; k < n; k++) {
        int32_t *wishes = ARENA_ARRAY(c->a, int32_t, (size_t)c->size.most);
        int32_t current =
            below(&c->seed, 10) ? MARKET_NONE : draw_near(c, home);
        int age = draw_class(&c->seed, applied);
        children[k] = (struct sibling_child){
            .current = current,
            .wishes = wishes,
            .n_wishes = draw_wishes(c, home, current, wishes)};
        if (k > 0 && below(&c->seed, 4)) { /* the elder's list */
            children[k].n_wishes = 0;
            for (size_t i = 0; i < children[0].n_wishes; i++)
                if (children[0].wishes[i] != current)
                    wishes[children[k].n_wishes++] = children[0].wishes[i];
        }
        int32_t at = k; /* eldest first */
        struct sibling_child new = children[k];
        for (; at > 0 && ages[at - 1] < age; at--) {
            ages[at] = ages[at - 1];
            children[at] = children[at - 1];
        }
        ages[at] = age;
        children[at] = new;
    }
    for (int32_t k = 0; k < n; k++)
        children[k].born = -ages[k];
}

static void add_family(struct making *c, int32_t n)
{
    struct market *m = c->m;
    struct market_family *f = &m->families[m->n_families];
    struct sibling_child children[3] = {{0}};
    struct sibling_entries e;
    int ages[3];
    draw_children(c, children, ages, n);
    f->id = arena_printf(c->a, "%07zu", m->n_families);
    f->children = ARENA_ARRAY(c->a, int32_t, (size_t)n);
    f->n_children = (size_t)n;
    for (int32_t k = 0; k < n; k++) {
        size_t i = m->n_children++;
        f->children[k] = (int32_t)i;
        m->children[i] =
            (struct market_child){arena_printf(c->a, "%07zu", i), ages[k],
                                  children[k].current, (int32_t)m->n_families};
    }
    const struct sibling_preset *p =
        &sibling_presets[below(&c->seed, (int32_t)n_sibling_presets)];
    if (n > 1) {
        sibling_entries_make(&p->rule, children, (size_t)n, &e, c->a);
        f->entries = e.entries;
        f->n_entries = e.n;
    } else {
        f->entries = (int32_t *)children[0].wishes;
        f->n_entries = children[0].n_wishes;
    }
    c->points[m->n_families++] = ((int64_t)(20 + below(&c->seed, 60)) << 32) +
                                 (int64_t)(next(&c->seed) >> 33);
}

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

/* Each child at each facility that an entry names for it, once. `seen`: per
 * facility, the last child (plus one). Counts into n, or fills bids. */
static void collect_bids(const struct making *c, int32_t *seen, size_t *n,
                         struct bid **bids)
{
    for (size_t i = 0; i < c->m->n_families; i++) {
        const struct market_family *f = &c->m->families[i];
        for (size_t k = 0; k < f->n_children; k++) {
            int32_t child = f->children[k], mark = child + 1;
            for (size_t e = 0; e < f->n_entries; e++) {
                int32_t at = f->entries[e * f->n_children + k];
                if (at == MARKET_NONE || seen[at] == mark)
                    continue;
                seen[at] = mark;
                if (bids)
                    bids[at][n[at]] = (struct bid){c->points[i], child};
                n[at]++;
            }
        }
    }
}

static void set_orders(struct making *c)
{
    struct market *m = c->m;
    struct arena scratch = ARENA_INIT;
    size_t *n = ARENA_ARRAY(&scratch, size_t, m->n_facilities);
    struct bid **bids = ARENA_ARRAY(&scratch, struct bid *, m->n_facilities);
    collect_bids(c, ARENA_ARRAY(&scratch, int32_t, m->n_facilities), n, NULL);
    for (size_t f = 0; f < m->n_facilities; f++) {
        bids[f] = ARENA_ARRAY(&scratch, struct bid, n[f]);
        n[f] = 0;
    }
    collect_bids(c, ARENA_ARRAY(&scratch, int32_t, m->n_facilities), n, bids);
    for (size_t f = 0; f < m->n_facilities; f++) {
        qsort(bids[f], n[f], sizeof **bids, by_points);
        m->facilities[f].priority = ARENA_ARRAY(c->a, int32_t, n[f]);
        m->facilities[f].n_priority = n[f];
        for (size_t i = 0; i < n[f]; i++)
            m->facilities[f].priority[i] = bids[f][i].child;
    }
    arena_release(&scratch);
}

/* Seats one by one: the facility is the smaller of two draws in half of the
 * cases, which leaves some with one and some with dozens. */
static void add_facilities(struct making *c)
{
    struct market *m = c->m;
    m->n_facilities = (size_t)c->size.facilities;
    m->facilities = ARENA_ARRAY(c->a, struct market_facility, m->n_facilities);
    for (size_t f = 0; f < m->n_facilities; f++) {
        m->facilities[f].id = arena_printf(c->a, "%05zu", f);
        for (int k = 0; k < MARKET_CLASSES; k++) {
            m->facilities[f].pool[k] = 1U << k;
            m->facilities[f].release[k] = true;
        }
    }
    int64_t seats = (int64_t)c->size.children * SEATS_PER_1000 / 1000;
    for (int64_t i = 0; i < seats; i++) {
        int32_t f = below(&c->seed, c->size.facilities);
        int32_t g = below(&c->seed, c->size.facilities);
        f = i % 2 && g % 7 < f % 7 ? g : f;
        m->facilities[f].seats[draw_class(&c->seed, offered)]++;
    }
}

void city_market(struct city_size size, uint64_t seed, struct market *m,
                 struct arena *a)
{
    size_t n = (size_t)size.children;
    struct making c = {.size = size, .seed = seed, .m = m, .a = a};
    *m = (struct market){.n_children = 0};
    m->children = ARENA_ARRAY(a, struct market_child, n);
    m->families = ARENA_ARRAY(a, struct market_family, n);
    c.points = ARENA_ARRAY(a, int64_t, n);
    while (m->n_children < n) {
        int32_t left = (int32_t)(n - m->n_children);
        int32_t members = family_size(&c);
        add_family(&c, members < left ? members : left);
    }
    add_facilities(&c);
    set_orders(&c);
}
