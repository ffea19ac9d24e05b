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

static void list_options(struct brute *b, int32_t child)
{
    const struct market *m = b->m;
    const struct market_family *h = &m->families[m->children[child].family];
    int32_t now = m->children[child].current;
    int32_t *list = b->options[child];
    int n = 0;
    bool done = false;
    for (size_t e = 0; e < h->n_entries && !done && !is_today(m, h, e); e++)
        for (size_t k = 0; k < h->n_children; k++) {
            int32_t f = h->entries[e * h->n_children + k];
            bool known = h->children[k] != child || f == MARKET_NONE;
            for (int i = 0; i < n; i++)
                known = known || list[i] == f;
            if (known || f == now) {
                done = done || (h->children[k] == child && f != MARKET_NONE &&
                                f == now);
                continue;
            }
            list[n++] = f;
        }
    list[n++] = now;
    b->n_options[child] = n;
}

static void set_places(struct brute *b)
{
    for (size_t c = 0; c < b->m->n_children; c++)
        b->place[c] = b->options[c][b->at[c]];
}

void brute_start(struct brute *b, const struct market *m)
{
    memset(b, 0, sizeof *b);
    b->m = m;
    for (size_t c = 0; c < m->n_children; c++)
        list_options(b, (int32_t)c);
    set_places(b);
}

bool brute_next(struct brute *b)
{
    for (size_t c = 0; c < b->m->n_children; c++) {
        if (++b->at[c] < b->n_options[c]) {
            set_places(b);
            return true;
        }
        b->at[c] = 0;
    }
    return false;
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

/* Greedily, best first, from those who hold seats and the child. */
static bool chosen(const struct brute *b, int32_t child, int32_t f)
{
    unsigned candidates = holders(b, f) | 1U << child, taken = 0;
    for (int rank = 0; rank <= TINY_CHILDREN; rank++)
        for (size_t c = 0; c < b->m->n_children; c++)
            if (candidates & (1U << c) &&
                rank_of(b->m, (int32_t)c, f) == rank &&
                set_fits(b->m, f, taken | 1U << c))
                taken |= 1U << c;
    return taken & (1U << child);
}

bool brute_stable(const struct brute *b)
{
    if (!brute_feasible(b))
        return false;
    for (size_t c = 0; c < b->m->n_children; c++)
        for (int i = 0; i < b->at[c]; i++)
            if (b->options[c][i] != MARKET_NONE &&
                chosen(b, (int32_t)c, b->options[c][i]))
                return false;
    return true;
}
