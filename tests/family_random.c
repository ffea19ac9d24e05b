#include "family_random.h"

#include "market_random.h"
#include "scoring/placement/market_build.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

struct drawing {
    uint64_t state;
    struct market_builder *b;
    int n_sites, n_classes, n_children;
    bool contested; /* many siblings, few seats: often nothing is stable */
    bool pooled;    /* and pools with caps in them, siblings at one place */
    int32_t sites[SITES_MAX], children[HOMES_MAX * HOME_CHILDREN];
};

static int draw(struct drawing *d, int below)
{
    return (int)random_below(&d->state, (unsigned)below);
}

static int32_t draw_site(struct drawing *d)
{
    return d->sites[draw(d, d->n_sites)];
}

static void add_home(struct drawing *d, int h)
{
    int32_t children[HOME_CHILDREN], entries[HOME_ENTRIES * HOME_CHILDREN];
    static const int sizes[] = {1, 1, 1, 2, 2, 3};
    int size = d->contested ? 2 + (draw(d, 4) == 0) : sizes[draw(d, 6)];
    int n = 1 + draw(d, HOME_ENTRIES), used = 0;
    bool twins = draw(d, 3) == 0;
    int age = draw(d, d->n_classes);
    char id[16];
    for (int k = 0; k < size; k++) {
        int len = snprintf(id, sizeof id, "c%d", d->n_children);
        children[k] = d->children[d->n_children++] =
            market_child_ref(d->b, id, (size_t)len);
        /* One draw a statement: in what order C works out the arguments of a
         * call, each compiler decides. */
        int32_t current =
            draw(d, d->contested ? 12 : 5) ? MARKET_NONE : draw_site(d);
        int class_age = twins ? age : draw(d, d->n_classes);
        assert_true(market_add_child(d->b, children[k], class_age, current,
                                     POS_FILE("random")));
    }
    for (int e = 0; e < n; e++) {
        bool together =
            d->pooled ? draw(d, 3) != 0 : draw(d, d->contested ? 6 : 3) == 0;
        int32_t at = draw_site(d);
        for (int k = 0; k < size; k++)
            entries[used++] = together     ? at
                              : draw(d, 6) ? draw_site(d)
                                           : MARKET_NONE;
    }
    int len = snprintf(id, sizeof id, "h%d", h);
    assert_true(market_add_family(d->b, id, (size_t)len, children, (size_t)size,
                                  entries, (size_t)n, POS_FILE("random")));
}

/* A cap inside the pool, then one inside that cap. */
static size_t draw_caps(struct drawing *d, unsigned pool,
                        struct market_cap *caps)
{
    size_t n = 0;
    while (pool && n < 2 && (draw(d, 2) || (d->pooled && n == 0))) {
        unsigned inside = pool & (unsigned)(1 + draw(d, 7));
        if (!inside)
            break;
        caps[n++] = (struct market_cap){inside, d->pooled ? 1 : draw(d, 3)};
        pool = inside;
    }
    return n;
}

static void add_site(struct drawing *d, int s)
{
    struct market_facility_spec spec = MARKET_FACILITY_SPEC;
    struct market_cap caps[2];
    static const unsigned pools[] = {0, 0, 3, 7};
    int order[HOMES_MAX * HOME_CHILDREN];
    int32_t listed[HOMES_MAX * HOME_CHILDREN];
    size_t n = 0;
    spec.facility = d->sites[s];
    for (int k = 0; k < d->n_classes; k++) {
        spec.seats[k] = d->pooled      ? 1 + draw(d, 2)
                        : d->contested ? draw(d, 6) != 0
                                       : draw(d, 3);
        spec.release[k] = draw(d, 4) != 0;
    }
    unsigned pool = pools[d->pooled ? 2 + draw(d, 2) : draw(d, 4)];
    if (pool)
        spec.groups[spec.n_groups++] = pool;
    spec.caps = caps;
    spec.n_caps = draw_caps(d, pool, caps);
    assert_true(market_add_facility(d->b, &spec));
    for (int c = 0; c < d->n_children; c++)
        order[c] = c;
    random_shuffle(&d->state, order, d->n_children);
    for (int c = 0; c < d->n_children; c++)
        if (d->contested || draw(d, 8))
            listed[n++] = d->children[order[c]];
    assert_true(market_set_priority(d->b, spec.facility, listed, NULL, n,
                                    POS_FILE("random")));
}

void family_market(uint64_t seed, struct market *out, struct arena *a)
{
    struct drawing d = {.state = seed * UINT64_C(0x9e3779b97f4a7c15),
                        .b = market_builder_open("random", NULL)};
    char id[16];
    d.contested = draw(&d, 3) != 0;
    d.pooled = d.contested && draw(&d, 3) == 0;
    d.n_sites = d.contested ? 3 + draw(&d, 2) : 1 + draw(&d, SITES_MAX);
    d.n_classes =
        d.pooled ? 2 + draw(&d, 2) : 1 + draw(&d, d.contested ? 2 : 3);
    d.n_sites = d.pooled ? 2 : d.n_sites;
    for (int s = 0; s < d.n_sites; s++) {
        int len = snprintf(id, sizeof id, "F%d", s);
        d.sites[s] = market_facility_ref(d.b, id, (size_t)len);
    }
    int homes = d.contested ? HOMES_MAX - draw(&d, 3) : 1 + draw(&d, HOMES_MAX);
    for (int h = 0; h < homes; h++)
        add_home(&d, h);
    for (int s = 0; s < d.n_sites; s++)
        add_site(&d, s);
    assert_true(market_finish(d.b, out, a));
    market_builder_close(d.b);
}
