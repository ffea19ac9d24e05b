#include "market_brute.h"

#include <string.h>

static bool is_private(const struct market *m, int32_t child, int32_t f)
{
    return m->children[child].current == f &&
           !m->facilities[f].release[m->children[child].class_age];
}

static bool is_today(const struct market *m, const struct market_family *h,
                     size_t e)
{
    for (size_t k = 0; k < h->n_children; k++) {
        int32_t f = h->entries[e * h->n_children + k];
        int32_t now = m->children[h->children[k]].current;
        if ((f == MARKET_NONE ? now : f) != now)
            return false;
    }
    return true;
}

static int32_t place_in(const struct market *m, size_t home, size_t e, size_t k)
{
    const struct market_family *h = &m->families[home];
    int32_t now = m->children[h->children[k]].current;
    if (e == h->n_entries || is_today(m, h, e))
        return now;
    int32_t f = h->entries[e * h->n_children + k];
    return f == MARKET_NONE ? now : f;
}

static void set_places(struct brute *b)
{
    for (size_t h = 0; h < b->m->n_families; h++)
        for (size_t k = 0; k < b->m->families[h].n_children; k++)
            b->place[b->m->families[h].children[k]] =
                place_in(b->m, h, b->at[h], k);
}

void brute_start(struct brute *b, const struct market *m)
{
    memset(b, 0, sizeof *b);
    b->m = m;
    for (size_t h = 0; h < m->n_families; h++)
        while (b->n_entries[h] < m->families[h].n_entries &&
               !is_today(m, &m->families[h], b->n_entries[h]))
            b->n_entries[h]++;
    set_places(b);
}

bool brute_next(struct brute *b)
{
    for (size_t h = 0; h < b->m->n_families; h++) {
        if (++b->at[h] <= b->n_entries[h]) {
            set_places(b);
            return true;
        }
        b->at[h] = 0;
    }
    return false;
}

bool brute_set(struct brute *b, const int32_t *place)
{
    for (size_t h = 0; h < b->m->n_families; h++) {
        bool same = false;
        for (b->at[h] = 0; !same && b->at[h] <= b->n_entries[h]; b->at[h]++) {
            same = true;
            for (size_t k = 0; k < b->m->families[h].n_children; k++)
                same = same && place_in(b->m, h, b->at[h], k) ==
                                   place[b->m->families[h].children[k]];
        }
        if (!same)
            return false;
        b->at[h]--;
    }
    set_places(b);
    return true;
}

/* 0 for an owner, then 1, 2, …; -1 for who is not in the order. */
static int rank_of(const struct market *m, int32_t child, int32_t f)
{
    if (m->children[child].current == f)
        return 0;
    for (size_t i = 0; i < m->facilities[f].n_priority; i++)
        if (m->facilities[f].priority[i] == child)
            return (int)i + 1;
    return -1;
}

static int own_seats(const struct market *m, int32_t f, unsigned classes)
{
    int n = 0;
    for (size_t c = 0; c < m->n_children; c++)
        n += m->children[c].current == f && !is_private(m, (int32_t)c, f) &&
             classes & (1U << m->children[c].class_age);
    return n;
}

/* May these children (a set of bits) hold the seats of f together? */
static bool set_fits(const struct market *m, int32_t f, unsigned set)
{
    const struct market_facility *fac = &m->facilities[f];
    for (size_t i = 0; i < MARKET_CLASSES + fac->n_caps; i++) {
        bool pool = i < MARKET_CLASSES;
        unsigned classes =
            pool ? fac->pool[i] : fac->caps[i - MARKET_CLASSES].classes;
        int room = own_seats(m, f, classes), held = 0;
        for (int k = 0; pool && k < MARKET_CLASSES; k++)
            room += classes & (1U << k) ? fac->seats[k] : 0;
        if (!pool)
            room += fac->caps[i - MARKET_CLASSES].max;
        for (size_t c = 0; c < m->n_children; c++)
            held +=
                set & (1U << c) && classes & (1U << m->children[c].class_age);
        if (held > room)
            return false;
    }
    return true;
}

/* Those who hold a seat of f that others could have. */
static unsigned holders(const struct brute *b, int32_t f)
{
    unsigned set = 0;
    for (size_t c = 0; c < b->m->n_children; c++)
        if (b->place[c] == f && !is_private(b->m, (int32_t)c, f))
            set |= 1U << c;
    return set;
}

bool brute_feasible(const struct brute *b)
{
    for (size_t c = 0; c < b->m->n_children; c++)
        if (b->place[c] != MARKET_NONE &&
            rank_of(b->m, (int32_t)c, b->place[c]) < 0)
            return false;
    for (size_t f = 0; f < b->m->n_facilities; f++)
        if (!set_fits(b->m, (int32_t)f, holders(b, (int32_t)f)))
            return false;
    return true;
}

/* Greedily, best first, from the candidates. */
static unsigned choose(const struct market *m, int32_t f, unsigned candidates)
{
    unsigned taken = 0;
    for (int rank = 0; rank <= TINY_CHILDREN; rank++)
        for (size_t c = 0; c < m->n_children; c++)
            if (candidates & (1U << c) && rank_of(m, (int32_t)c, f) == rank &&
                set_fits(m, f, taken | 1U << c))
                taken |= 1U << c;
    return taken;
}

/* Whom entry e of the household sends to f; those who sit on a seat that is
 * theirs alone do not count. */
static unsigned sent(const struct brute *b, size_t home, size_t e, int32_t f)
{
    const struct market_family *h = &b->m->families[home];
    unsigned set = 0;
    for (size_t k = 0; k < h->n_children; k++)
        if (place_in(b->m, home, e, k) == f &&
            !is_private(b->m, h->children[k], f))
            set |= 1U << h->children[k];
    return set;
}

static bool blocks(const struct brute *b, size_t home, size_t e, bool abh)
{
    const struct market_family *h = &b->m->families[home];
    unsigned own = 0;
    for (size_t k = 0; k < h->n_children; k++)
        own |= 1U << h->children[k];
    for (size_t f = 0; f < b->m->n_facilities; f++) {
        unsigned wanted = sent(b, home, e, (int32_t)f);
        unsigned others = holders(b, (int32_t)f) & (abh ? ~0U : ~own);
        if (wanted & ~choose(b->m, (int32_t)f, others | wanted))
            return false;
    }
    return true;
}

int brute_blocking(const struct brute *b, bool abh)
{
    int n = 0;
    for (size_t h = 0; h < b->m->n_families; h++)
        for (size_t e = 0; e < b->at[h]; e++)
            n += blocks(b, h, e, abh);
    return n;
}
