#include "scoring/verify/verify_work.h"

#include <stdlib.h>

bool keeps_private_seat(const struct market *m, int32_t child, int32_t facility)
{
    const struct market_child *c = &m->children[child];
    return c->current == facility &&
           !m->facilities[facility].release[c->class_age];
}

bool within_limits(const struct site *s, const int32_t counts[MARKET_CLASSES],
                   int class_age)
{
    for (size_t i = 0; i < s->n_limits; i++) {
        if (!(s->limits[i].classes >> class_age & 1U))
            continue;
        int32_t sum = 0;
        for (int k = 0; k < MARKET_CLASSES; k++)
            if (s->limits[i].classes >> k & 1U)
                sum += counts[k];
        if (sum > s->limits[i].max)
            return false;
    }
    return true;
}

bool entry_is_today(const struct market *m, const struct market_family *f,
                    size_t entry)
{
    const int32_t *places = f->entries + entry * f->n_children;
    size_t same = 0;
    for (size_t k = 0; k < f->n_children; k++)
        same += places[k] == MARKET_NONE ||
                places[k] == m->children[f->children[k]].current;
    return same == f->n_children;
}

size_t entries_in_use(const struct market *m, const struct market_family *f)
{
    for (size_t e = 0; e < f->n_entries; e++)
        if (entry_is_today(m, f, e))
            return e;
    return f->n_entries;
}

static int by_child(const void *x, const void *y)
{
    const struct standing *a = x, *b = y;
    return (a->child > b->child) - (a->child < b->child);
}

static int by_rank(const void *x, const void *y)
{
    const struct standing *a = x, *b = y;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return by_child(x, y);
}

int32_t rank_at(const struct verify_work *w, int32_t child, int32_t facility)
{
    if (w->m->children[child].current == facility)
        return OWNER_RANK;
    const struct standing key = {child, 0};
    size_t n = w->m->facilities[facility].n_priority;
    const struct standing *found =
        n ? bsearch(&key, w->sites[facility].order, n, sizeof key, by_child)
          : NULL;
    return found ? found->rank : NOT_RANKED;
}

static void set_limits(struct site *s, const struct market_facility *f,
                       struct arena *a)
{
    s->limits = ARENA_ARRAY(a, struct limit, MARKET_CLASSES + f->n_caps);
    for (int k = 0; k < MARKET_CLASSES; k++) {
        if (f->pool[k] & ((1U << k) - 1))
            continue; /* told at a younger class of the pool */
        struct limit pool = {f->pool[k], 0};
        for (int j = 0; j < MARKET_CLASSES; j++)
            if (pool.classes >> j & 1U)
                pool.max += f->seats[j];
        s->limits[s->n_limits++] = pool;
    }
    for (size_t i = 0; i < f->n_caps; i++)
        s->limits[s->n_limits++] =
            (struct limit){f->caps[i].classes, f->caps[i].max};
}

static void set_order(struct site *s, const struct market_facility *f,
                      struct arena *a)
{
    s->order = ARENA_ARRAY(a, struct standing, f->n_priority);
    for (size_t i = 0; i < f->n_priority; i++)
        s->order[i] = (struct standing){f->priority[i], (int32_t)i};
    if (f->n_priority)
        qsort(s->order, f->n_priority, sizeof *s->order, by_child);
}

/* Own seats that others may use stand beside those on offer. */
static void add_own_seats(struct verify_work *w)
{
    for (size_t c = 0; c < w->m->n_children; c++) {
        const struct market_child *child = &w->m->children[c];
        if (child->current == MARKET_NONE ||
            keeps_private_seat(w->m, (int32_t)c, child->current))
            continue;
        struct site *s = &w->sites[child->current];
        for (size_t i = 0; i < s->n_limits; i++)
            s->limits[i].max +=
                (int)(s->limits[i].classes >> child->class_age & 1U);
    }
}

static bool takes_a_seat(const struct verify_work *w, size_t child)
{
    int32_t f = w->place[child];
    return f != MARKET_NONE && !keeps_private_seat(w->m, (int32_t)child, f);
}

static void seat_holders(struct verify_work *w)
{
    const struct market *m = w->m;
    size_t *room = ARENA_ARRAY(w->a, size_t, m->n_facilities);
    for (size_t c = 0; c < m->n_children; c++)
        if (takes_a_seat(w, c))
            room[w->place[c]]++;
    for (size_t f = 0; f < m->n_facilities; f++)
        w->sites[f].holders = ARENA_ARRAY(w->a, struct standing, room[f]);
    for (size_t c = 0; c < m->n_children; c++) {
        if (!takes_a_seat(w, c))
            continue;
        struct site *s = &w->sites[w->place[c]];
        s->holders[s->n_holders++] =
            (struct standing){(int32_t)c, rank_at(w, (int32_t)c, w->place[c])};
        s->counts[m->children[c].class_age]++;
    }
    for (size_t f = 0; f < m->n_facilities; f++) {
        struct site *s = &w->sites[f];
        if (s->n_holders)
            qsort(s->holders, s->n_holders, sizeof *s->holders, by_rank);
        for (int k = 0; k < MARKET_CLASSES; k++)
            s->worst[k].child = MARKET_NONE;
        for (size_t i = 0; i < s->n_holders; i++)
            s->worst[m->children[s->holders[i].child].class_age] =
                s->holders[i];
    }
}

/* `named` marks, per facility, the last child (plus one) to name it. */
static void read_list(struct verify_work *w, int32_t child, size_t column,
                      size_t n_entries, int32_t *named)
{
    const struct market_child *c = &w->m->children[child];
    const struct market_family *f = &w->m->families[c->family];
    struct wish_list *l = &w->lists[child];
    l->facilities = ARENA_ARRAY(w->a, int32_t, n_entries + 1);
    bool home = false; /* the current place ends the list */
    for (size_t e = 0; e < n_entries && !home; e++) {
        int32_t place = f->entries[e * f->n_children + column];
        if (place == MARKET_NONE || named[place] == child + 1)
            continue;
        named[place] = child + 1;
        l->facilities[l->n++] = place;
        home = place == c->current;
    }
    if (c->current != MARKET_NONE && !home)
        l->facilities[l->n++] = c->current;
    while (l->better < l->n && l->facilities[l->better] != w->place[child])
        l->better++;
    l->listed = l->better < l->n || w->place[child] == MARKET_NONE;
}

static void read_lists(struct verify_work *w)
{
    const struct market *m = w->m;
    w->lists = ARENA_ARRAY(w->a, struct wish_list, m->n_children);
    int32_t *named = ARENA_ARRAY(w->a, int32_t, m->n_facilities);
    for (size_t f = 0; f < m->n_families; f++) {
        size_t n_entries = entries_in_use(m, &m->families[f]);
        for (size_t k = 0; k < m->families[f].n_children; k++)
            read_list(w, m->families[f].children[k], k, n_entries, named);
    }
}

void work_start(struct verify_work *w, const struct market *m,
                const struct matching *held, struct arena *a)
{
    *w = (struct verify_work){.m = m, .a = a};
    w->place = ARENA_ARRAY(a, int32_t, m->n_children);
    w->bad_place = ARENA_ARRAY(a, bool, m->n_children);
    for (size_t c = 0; c < m->n_children; c++) {
        int32_t f = held->place[c];
        w->bad_place[c] =
            f != MARKET_NONE && (f < 0 || (size_t)f >= m->n_facilities);
        w->place[c] = w->bad_place[c] ? MARKET_NONE : f;
    }
    w->sites = ARENA_ARRAY(a, struct site, m->n_facilities);
    for (size_t f = 0; f < m->n_facilities; f++) {
        set_limits(&w->sites[f], &m->facilities[f], a);
        set_order(&w->sites[f], &m->facilities[f], a);
    }
    add_own_seats(w);
    seat_holders(w);
    read_lists(w);
}
