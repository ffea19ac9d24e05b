#include "city.h"

#include <stdlib.h>

#define SIDE 10000   /* of the map */
#define CHOICES 3    /* wishes are drawn among so many times the nearest */
#define TRIPLES 12   /* one sibling household in so many has three */
#define TWINS 14     /* one pair in so many */
#define ENTRIES 1500 /* of one household, the best ones */

struct place {
    int32_t x, y;
};

struct making {
    struct city_size size;
    uint64_t seed;
    struct market *m;
    struct arena *a;
    struct place *sites;
    int32_t *points;  /* per household */
    int32_t **wishes; /* per child */
    int32_t *n_wishes;
};

/* SplitMix64 (Steele, Lea, Flood 2014): the same market on every machine. */
static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static int32_t below(struct making *w, int32_t n)
{
    return (int32_t)(next(&w->seed) % (uint64_t)n);
}

/* Every class age has its share of the applicants, in per cent. */
static int draw_age(struct making *w)
{
    static const int share[MARKET_CLASSES] = {22, 36, 16, 17, 5, 4};
    int at = below(w, 100), age = 0;
    while (at >= share[age])
        at -= share[age++];
    return age;
}

struct near {
    int64_t distance;
    int32_t site;
};

static int nearest_first(const void *x, const void *y)
{
    const struct near *a = x, *b = y;
    if (a->distance != b->distance)
        return a->distance < b->distance ? -1 : 1;
    return (a->site > b->site) - (a->site < b->site);
}

/* What the household has in view: the nearest, with a whim to each. */
static void look_around(struct making *w, struct near *sites)
{
    struct place home = {below(w, SIDE), below(w, SIDE)};
    for (int32_t f = 0; f < w->size.facilities; f++) {
        int64_t x = w->sites[f].x - home.x, y = w->sites[f].y - home.y;
        sites[f] = (struct near){(x * x + y * y) / 1000 + below(w, SIDE), f};
    }
    qsort(sites, (size_t)w->size.facilities, sizeof *sites, nearest_first);
}

static void draw_wishes(struct making *w, const struct near *sites,
                        int32_t child)
{
    int32_t n = w->size.least_wishes +
                below(w, w->size.most_wishes - w->size.least_wishes + 1);
    int32_t view =
        n * CHOICES < w->size.facilities ? n * CHOICES : w->size.facilities;
    int32_t *list = w->wishes[child] = ARENA_ARRAY(w->a, int32_t, (size_t)n);
    for (int32_t i = 0; i < view && w->n_wishes[child] < n; i++)
        if (below(w, CHOICES) == 0 || view - i <= n - w->n_wishes[child])
            if (sites[i].site != w->m->children[child].current)
                list[w->n_wishes[child]++] = sites[i].site;
}

struct entry {
    int32_t places[3];
    int32_t placed, apart, product, order;
};

/* More children placed, the same facility, the better wishes. */
static int better_entry(const void *x, const void *y)
{
    const struct entry *a = x, *b = y;
    if (a->placed != b->placed)
        return a->placed > b->placed ? -1 : 1;
    if (a->apart != b->apart)
        return a->apart < b->apart ? -1 : 1;
    if (a->product != b->product)
        return a->product < b->product ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

static struct entry entry_of(struct making *w, const int32_t *children,
                             int32_t n, int32_t order)
{
    struct entry e = {.product = 1, .order = order};
    int32_t rest = order, first = MARKET_NONE;
    for (int32_t k = 0; k < n; k++) {
        int32_t wishes = w->n_wishes[children[k]] + 1, at = rest % wishes;
        bool none = at + 1 == wishes;
        rest /= wishes;
        e.places[k] = none ? MARKET_NONE : w->wishes[children[k]][at];
        e.placed += !none;
        e.product *= at + 1;
        if (!none && first != MARKET_NONE && e.places[k] != first)
            e.apart = 1;
        first = none ? first : e.places[k];
    }
    return e;
}

static void list_entries(struct making *w, struct market_family *f)
{
    int32_t all = 1, n = (int32_t)f->n_children;
    for (int32_t k = 0; k < n; k++)
        all *= w->n_wishes[f->children[k]] + 1;
    struct arena scratch = ARENA_INIT;
    struct entry *list = ARENA_ARRAY(&scratch, struct entry, (size_t)all);
    for (int32_t i = 0; i < all; i++)
        list[i] = entry_of(w, f->children, n, i);
    qsort(list, (size_t)all, sizeof *list, better_entry);
    f->n_entries = (size_t)(all > ENTRIES ? ENTRIES : all - 1);
    f->entries = ARENA_ARRAY(w->a, int32_t, f->n_entries * f->n_children);
    for (size_t e = 0; e < f->n_entries; e++)
        for (int32_t k = 0; k < n; k++)
            f->entries[e * f->n_children + (size_t)k] = list[e].places[k];
    arena_release(&scratch);
}

/* Sixteen households in a hundred have siblings. */
static int32_t draw_children(struct making *w, int32_t left)
{
    int32_t n = below(w, 100) >= 16 ? 1 : below(w, TRIPLES) ? 2 : 3;
    return n > left ? left : n;
}

static void add_household(struct making *w, int32_t first, int32_t n,
                          struct near *sites)
{
    struct market *m = w->m;
    int32_t nth = (int32_t)m->n_families++;
    struct market_family *f = &m->families[nth];
    f->id = arena_printf(w->a, "%07d", nth);
    f->children = ARENA_ARRAY(w->a, int32_t, (size_t)n);
    f->n_children = (size_t)n;
    w->points[nth] = 20 + below(w, 45);
    look_around(w, sites);
    bool twins = n == 2 && below(w, TWINS) == 0;
    for (int32_t k = 0; k < n; k++) {
        int32_t child = f->children[k] = first + k;
        struct market_child *c = &m->children[child];
        *c = (struct market_child){arena_printf(w->a, "%07d", child),
                                   draw_age(w), MARKET_NONE, nth};
        if (twins && k)
            c->class_age = m->children[first].class_age;
        if (below(w, 10) == 0)
            c->current = sites[below(w, 30) % w->size.facilities].site;
        draw_wishes(w, sites, child);
    }
    list_entries(w, f);
}

struct bid {
    int64_t points;
    uint64_t lottery; /* of the household */
    int32_t child;
};

static int by_points(const void *x, const void *y)
{
    const struct bid *a = x, *b = y;
    if (a->points != b->points)
        return a->points < b->points ? 1 : -1;
    if (a->lottery != b->lottery)
        return a->lottery < b->lottery ? -1 : 1;
    return (a->child > b->child) - (a->child < b->child);
}

/* Points of the household; here and there a facility adds one, for a brother
 * or sister who is there. */
static void order_children(struct making *w, const uint64_t *lottery)
{
    struct market *m = w->m;
    struct arena scratch = ARENA_INIT;
    size_t *n = ARENA_ARRAY(&scratch, size_t, m->n_facilities);
    struct bid **bids = ARENA_ARRAY(&scratch, struct bid *, m->n_facilities);
    for (size_t c = 0; c < m->n_children; c++)
        for (int32_t i = 0; i < w->n_wishes[c]; i++)
            n[w->wishes[c][i]]++;
    for (size_t f = 0; f < m->n_facilities; f++) {
        bids[f] = ARENA_ARRAY(&scratch, struct bid, n[f]);
        n[f] = 0;
    }
    for (int32_t c = 0; c < (int32_t)m->n_children; c++)
        for (int32_t i = 0; i < w->n_wishes[c]; i++) {
            int32_t f = w->wishes[c][i], family = m->children[c].family;
            bids[f][n[f]++] =
                (struct bid){w->points[family] + (below(w, 20) == 0 ? 5 : 0),
                             lottery[family], c};
        }
    for (size_t f = 0; f < m->n_facilities; f++) {
        struct market_facility *to = &m->facilities[f];
        qsort(bids[f], n[f], sizeof **bids, by_points);
        to->priority = ARENA_ARRAY(w->a, int32_t, n[f]);
        to->n_priority = n[f];
        for (size_t i = 0; i < n[f]; i++)
            to->priority[i] = bids[f][i].child;
    }
    arena_release(&scratch);
}

/* Per class: how often it offers nothing (in per cent), and how its seats
 * weigh against the other classes. */
static const struct {
    int none, weight;
} offers[MARKET_CLASSES] = {{22, 60}, {12, 75}, {35, 33},
                            {35, 60}, {38, 22}, {42, 20}};

static int32_t draw_seats(struct making *w, int age, int32_t mean)
{
    if (below(w, 100) < offers[age].none)
        return 0;
    int32_t whole = mean * offers[age].weight * 2;
    return 1 + below(w, whole / 1000 + 1);
}

/* `mean`: a facility's seats altogether, in tenths or so; three children in
 * four find one. */
static void add_facilities(struct making *w)
{
    struct market *m = w->m;
    int32_t mean = w->size.children * 33 / w->size.facilities;
    for (size_t i = 0; i < m->n_facilities; i++) {
        struct market_facility *f = &m->facilities[i];
        f->id = arena_printf(w->a, "%05zu", i);
        for (int k = 0; k < MARKET_CLASSES; k++) {
            f->seats[k] = draw_seats(w, k, mean / 10);
            f->pool[k] = 1U << k;
            f->release[k] = true;
        }
    }
}

void city_make(struct city_size size, uint64_t seed, struct market *out,
               struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    size_t children = (size_t)size.children;
    struct making w = {.size = size, .seed = seed, .m = out, .a = a};
    *out = (struct market){.n_children = children,
                           .n_facilities = (size_t)size.facilities};
    out->children = ARENA_ARRAY(a, struct market_child, children);
    out->families = ARENA_ARRAY(a, struct market_family, children);
    out->facilities = ARENA_ARRAY(a, struct market_facility, out->n_facilities);
    w.sites = ARENA_ARRAY(&scratch, struct place, out->n_facilities);
    w.points = ARENA_ARRAY(&scratch, int32_t, children);
    w.wishes = ARENA_ARRAY(&scratch, int32_t *, children);
    w.n_wishes = ARENA_ARRAY(&scratch, int32_t, children);
    uint64_t *lottery = ARENA_ARRAY(&scratch, uint64_t, children);
    struct near *sites = ARENA_ARRAY(&scratch, struct near, out->n_facilities);
    for (size_t f = 0; f < out->n_facilities; f++)
        w.sites[f] = (struct place){below(&w, SIDE), below(&w, SIDE)};
    for (size_t i = 0; i < children; i++)
        lottery[i] = next(&w.seed);
    for (int32_t c = 0; c < size.children;) {
        int32_t n = draw_children(&w, size.children - c);
        add_household(&w, c, n, sites);
        c += n;
    }
    add_facilities(&w);
    order_children(&w, lottery);
    arena_release(&scratch);
}
