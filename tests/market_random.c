#include "market_random.h"

#include "scoring/placement/market_build.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* splitmix64: any seed is a good one. */
unsigned random_below(uint64_t *state, unsigned below)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return below ? (unsigned)((z ^ (z >> 31)) % below) : 0;
}

void random_shuffle(uint64_t *state, int *items, int n)
{
    for (int i = n - 1; i > 0; i--) {
        int j = (int)random_below(state, (unsigned)i + 1);
        int t = items[i];
        items[i] = items[j];
        items[j] = t;
    }
}

static void make_facility(uint64_t *s, struct tiny *t, int f)
{
    for (int k = 0; k < TINY_CLASSES; k++) {
        t->seats[f][k] = (int)random_below(s, 3);
        t->release[f][k] = random_below(s, 4) != 0;
    }
    static const unsigned pools[] = {0, 0, 3, 5, 6, 7};
    t->pool[f] = pools[random_below(s, 6)];
    t->n_caps[f] = 0;
    for (int i = 0; t->pool[f] && i < 2; i++) {
        unsigned whole = i ? t->cap[f][0] : t->pool[f];
        unsigned cap = whole & (1 + random_below(s, 7));
        if (!cap || random_below(s, 2))
            break;
        t->cap[f][i] = cap;
        t->cap_max[f][i] = (int)random_below(s, 3);
        t->n_caps[f]++;
    }
    int all[TINY_CHILDREN];
    for (int c = 0; c < t->n_children; c++)
        all[c] = c;
    random_shuffle(s, all, t->n_children);
    t->n_order[f] = 0;
    for (int c = 0; c < t->n_children; c++)
        if (random_below(s, 6))
            t->order[f][t->n_order[f]++] = all[c];
}

/* Every second household writes full lists only: twins and triples of one
 * class at one facility, which random rows rarely give. */
static void make_home(uint64_t *s, struct tiny *t, int first, int size)
{
    int h = t->n_homes++;
    bool alike = random_below(s, 2) != 0;
    t->size[h] = size;
    t->n_entries[h] = (int)random_below(s, TINY_ENTRIES + 1);
    for (int k = 0; k < size; k++)
        t->child[h][k] = first + k;
    for (int e = 0; e < t->n_entries[h]; e++) {
        int all = (int)random_below(s, (unsigned)t->n_facilities);
        for (int k = 0; k < size; k++) {
            t->entries[h][e][k] =
                random_below(s, 8)
                    ? (int)random_below(s, (unsigned)t->n_facilities)
                    : MARKET_NONE;
            if (alike && random_below(s, 4))
                t->entries[h][e][k] = all;
        }
    }
}

static void make_children(uint64_t *s, struct tiny *t, unsigned siblings)
{
    int n_homes = 1 + (int)random_below(s, TINY_HOMES);
    while (t->n_homes < n_homes && t->n_children < TINY_CHILDREN) {
        int size = 1, first = t->n_children, left = TINY_CHILDREN - first;
        if (random_below(s, 10) < siblings)
            size = 2 + (random_below(s, 3) == 0);
        size = size < left ? size : left;
        bool twins = random_below(s, 3) == 0;
        for (int c = first; c < first + size; c++) {
            t->age[c] = twins && c > first ? t->age[first]
                                           : (int)random_below(s, TINY_CLASSES);
            t->current[c] =
                random_below(s, 3)
                    ? MARKET_NONE
                    : (int)random_below(s, (unsigned)t->n_facilities);
        }
        t->n_children += size;
        make_home(s, t, first, size);
    }
}

void tiny_make(uint64_t seed, unsigned siblings, struct tiny *t)
{
    uint64_t s = seed;
    memset(t, 0, sizeof *t);
    t->n_facilities = 1 + (int)random_below(&s, TINY_FACILITIES);
    make_children(&s, t, siblings);
    for (int f = 0; f < t->n_facilities; f++)
        make_facility(&s, t, f);
}

struct build {
    const struct tiny *t;
    struct market_builder *b;
    int32_t child[TINY_CHILDREN], facility[TINY_FACILITIES];
};

static void add_facility(struct build *b, int f)
{
    const struct tiny *t = b->t;
    struct market_facility_spec spec = MARKET_FACILITY_SPEC;
    struct market_cap caps[2];
    spec.facility = b->facility[f];
    for (int k = 0; k < TINY_CLASSES; k++) {
        spec.seats[k] = t->seats[f][k];
        spec.release[k] = t->release[f][k];
    }
    if (t->pool[f])
        spec.groups[spec.n_groups++] = t->pool[f];
    spec.caps = caps;
    for (int i = 0; i < t->n_caps[f]; i++)
        caps[spec.n_caps++] =
            (struct market_cap){t->cap[f][i], t->cap_max[f][i]};
    int32_t order[TINY_CHILDREN];
    for (int i = 0; i < t->n_order[f]; i++)
        order[i] = b->child[t->order[f][i]];
    assert_true(market_add_facility(b->b, &spec));
    assert_true(market_set_priority(b->b, spec.facility, order, NULL,
                                    (size_t)t->n_order[f], POS_FILE("tiny")));
}

static void add_home(struct build *b, int h, bool swap)
{
    const struct tiny *t = b->t;
    int32_t children[TINY_SIBLINGS], entries[TINY_ENTRIES * TINY_SIBLINGS];
    int size = t->size[h], n = 0;
    char id[16];
    for (int k = 0; k < size; k++) {
        int at = swap ? size - 1 - k : k;
        children[k] = b->child[t->child[h][at]];
    }
    for (int e = 0; e < t->n_entries[h]; e++)
        for (int k = 0; k < size; k++) {
            int f = t->entries[h][e][swap ? size - 1 - k : k];
            entries[n++] = f == MARKET_NONE ? MARKET_NONE : b->facility[f];
        }
    int len = snprintf(id, sizeof id, "h%d", h);
    assert_true(market_add_family(b->b, id, (size_t)len, children, (size_t)size,
                                  entries, (size_t)t->n_entries[h],
                                  POS_FILE("tiny")));
}

void tiny_build(const struct tiny *t, const int *child_names,
                const int *facility_names, uint64_t order_seed,
                struct market *out, struct arena *a)
{
    struct build b = {.t = t, .b = market_builder_open("tiny", NULL)};
    int tasks[TINY_CHILDREN * 2 + TINY_FACILITIES], n = 0;
    char id[16];
    for (int c = 0; c < t->n_children; c++) {
        int len = snprintf(id, sizeof id, "c%d", child_names[c]);
        b.child[c] = market_child_ref(b.b, id, (size_t)len);
        tasks[n++] = c;
    }
    for (int f = 0; f < t->n_facilities; f++) {
        int len = snprintf(id, sizeof id, "F%d", facility_names[f]);
        b.facility[f] = market_facility_ref(b.b, id, (size_t)len);
        tasks[n++] = 100 + f;
    }
    for (int h = 0; h < t->n_homes; h++)
        tasks[n++] = 200 + h;
    if (order_seed)
        random_shuffle(&order_seed, tasks, n);
    for (int i = 0; i < n; i++) {
        int what = tasks[i] % 100;
        if (tasks[i] >= 200)
            add_home(&b, what, random_below(&order_seed, 2) != 0);
        else if (tasks[i] >= 100)
            add_facility(&b, what);
        else
            assert_true(market_add_child(b.b, b.child[what], t->age[what],
                                         t->current[what] == MARKET_NONE
                                             ? MARKET_NONE
                                             : b.facility[t->current[what]],
                                         POS_FILE("tiny")));
    }
    assert_true(market_finish(b.b, out, a));
    market_builder_close(b.b);
}
