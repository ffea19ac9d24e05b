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

int32_t sends_to(const struct market *m, const struct market_family *f,
                 size_t entry, size_t k)
{
    int32_t place = f->entries[entry * f->n_children + k];
    return place != MARKET_NONE ? place : m->children[f->children[k]].current;
}

static int lowest(unsigned classes)
{
    int k = 0;
    while (!(classes >> k & 1U))
        k++;
    return k;
}

struct site *site_at(const struct verify_work *w, int32_t facility,
                     int class_age)
{
    int k = lowest(w->m->facilities[facility].pool[class_age]);
    return &w->sites[(size_t)facility * MARKET_CLASSES + (size_t)k];
}

int32_t rank_at(const struct verify_work *w, int32_t child, int32_t facility)
{
    if (w->m->children[child].current == facility)
        return OWNER_RANK;
    size_t low = w->line_first[child], high = w->line_first[child + 1];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (w->lines[middle].facility < facility)
            low = middle + 1;
        else
            high = middle;
    }
    return low < w->line_first[child + 1] && w->lines[low].facility == facility
               ? w->lines[low].rank
               : NOT_RANKED;
}

static void file_lines(struct verify_work *w, struct arena *a)
{
    const struct market *m = w->m;
    struct arena scratch = ARENA_INIT;
    size_t *next = ARENA_ARRAY(&scratch, size_t, m->n_children + 1);
    w->line_first = ARENA_ARRAY(a, size_t, m->n_children + 1);
    for (size_t f = 0; f < m->n_facilities; f++)
        for (size_t i = 0; i < m->facilities[f].n_priority; i++)
            w->line_first[m->facilities[f].priority[i] + 1]++;
    for (size_t c = 0; c < m->n_children; c++) {
        next[c] = w->line_first[c];
        w->line_first[c + 1] += w->line_first[c];
    }
    w->lines = ARENA_ARRAY(a, struct line, w->line_first[m->n_children]);
    for (size_t f = 0; f < m->n_facilities; f++)
        for (size_t i = 0; i < m->facilities[f].n_priority; i++)
            w->lines[next[m->facilities[f].priority[i]]++] =
                (struct line){(int32_t)f, (int32_t)i};
    arena_release(&scratch);
}

static void set_limits(struct verify_work *w, size_t facility, struct arena *a)
{
    const struct market_facility *f = &w->m->facilities[facility];
    for (int k = 0; k < MARKET_CLASSES; k++) {
        struct site *s = site_at(w, (int32_t)facility, k);
        if (!s->limits) {
            s->limits = ARENA_ARRAY(a, struct limit, 1 + f->n_caps);
            s->limits[s->n_limits++].classes = f->pool[k];
        }
        s->limits[0].max += f->seats[k];
    }
    for (size_t i = 0; i < f->n_caps; i++) {
        struct site *s =
            site_at(w, (int32_t)facility, lowest(f->caps[i].classes));
        s->limits[s->n_limits++] =
            (struct limit){f->caps[i].classes, f->caps[i].max};
    }
}

/* Own seats that others may use stand beside those on offer. */
static void add_own_seats(struct verify_work *w)
{
    for (size_t c = 0; c < w->m->n_children; c++) {
        const struct market_child *child = &w->m->children[c];
        if (child->current == MARKET_NONE ||
            keeps_private_seat(w->m, (int32_t)c, child->current))
            continue;
        struct site *s = site_at(w, child->current, child->class_age);
        for (size_t i = 0; i < s->n_limits; i++)
            s->limits[i].max +=
                (int)(s->limits[i].classes >> child->class_age & 1U);
    }
}

static int by_rank(const void *x, const void *y)
{
    const struct standing *a = x, *b = y;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return (a->child > b->child) - (a->child < b->child);
}

/* Where the child takes up a seat that others could have; NULL: nowhere. */
static struct site *seat_of(const struct verify_work *w, size_t child)
{
    int32_t f = w->place[child];
    if (f == MARKET_NONE || keeps_private_seat(w->m, (int32_t)child, f))
        return NULL;
    return site_at(w, f, w->m->children[child].class_age);
}

static void sort_holders(const struct verify_work *w, struct site *s)
{
    if (s->n_holders)
        qsort(s->holders, s->n_holders, sizeof *s->holders, by_rank);
    for (int k = 0; k < MARKET_CLASSES; k++)
        s->worst[k].child = MARKET_NONE;
    for (size_t i = 0; i < s->n_holders; i++)
        s->worst[w->m->children[s->holders[i].child].class_age] = s->holders[i];
}

static void seat_holders(struct verify_work *w, struct arena *a)
{
    const struct market *m = w->m;
    size_t n_sites = m->n_facilities * MARKET_CLASSES;
    for (size_t c = 0; c < m->n_children; c++) {
        struct site *s = seat_of(w, c);
        if (s)
            s->counts[m->children[c].class_age]++;
    }
    for (size_t i = 0; i < n_sites; i++) {
        size_t n = 0;
        for (int k = 0; k < MARKET_CLASSES; k++)
            n += (size_t)w->sites[i].counts[k];
        w->sites[i].holders = ARENA_ARRAY(a, struct standing, n);
    }
    for (size_t c = 0; c < m->n_children; c++) {
        struct site *s = seat_of(w, c);
        if (s)
            s->holders[s->n_holders++] = (struct standing){
                (int32_t)c, rank_at(w, (int32_t)c, w->place[c])};
    }
    for (size_t i = 0; i < n_sites; i++)
        sort_holders(w, &w->sites[i]);
}

static bool is_today(const struct market *m, const struct market_family *f,
                     size_t entry)
{
    for (size_t k = 0; k < f->n_children; k++)
        if (sends_to(m, f, entry, k) != m->children[f->children[k]].current)
            return false;
    return true;
}

static bool holds(const struct verify_work *w, const struct market_family *f,
                  size_t entry)
{
    for (size_t k = 0; k < f->n_children; k++)
        if (sends_to(w->m, f, entry, k) != w->place[f->children[k]])
            return false;
    return true;
}

static void read_household(struct verify_work *w, size_t family)
{
    const struct market_family *f = &w->m->families[family];
    struct household *h = &w->households[family];
    bool as_today = true, bad = false;
    while (h->in_use < f->n_entries && !is_today(w->m, f, h->in_use))
        h->in_use++;
    while (h->better < h->in_use && !holds(w, f, h->better))
        h->better++;
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t child = f->children[k];
        as_today = as_today && w->place[child] == w->m->children[child].current;
        bad = bad || w->bad_place[child];
    }
    h->listed = !bad && (h->better < h->in_use || as_today);
}

void work_start(struct verify_work *w, const struct market *m,
                const struct matching *held, struct arena *a)
{
    *w = (struct verify_work){.m = m};
    w->place = ARENA_ARRAY(a, int32_t, m->n_children);
    w->bad_place = ARENA_ARRAY(a, bool, m->n_children);
    for (size_t c = 0; c < m->n_children; c++) {
        int32_t f = held->place[c];
        w->bad_place[c] =
            f != MARKET_NONE && (f < 0 || (size_t)f >= m->n_facilities);
        w->place[c] = w->bad_place[c] ? MARKET_NONE : f;
    }
    w->sites = ARENA_ARRAY(a, struct site, m->n_facilities * MARKET_CLASSES);
    for (size_t f = 0; f < m->n_facilities; f++)
        set_limits(w, f, a);
    file_lines(w, a);
    add_own_seats(w);
    seat_holders(w, a);
    w->households = ARENA_ARRAY(a, struct household, m->n_families);
    for (size_t f = 0; f < m->n_families; f++)
        read_household(w, f);
}
