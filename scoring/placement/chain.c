#include "scoring/placement/chain.h"

#include "scoring/placement/seats.h"
#include "scoring/placement/wishes.h"

#include <stdlib.h>

const struct label seat_fate_names[N_SEAT_FATES] = {
    [SEAT_NONE] = {"在園なし", "not enrolled"},
    [SEAT_KEPT] = {"在園継続", "kept"},
    [SEAT_TAKEN] = {"ほかの児童が内定", "taken"},
    [SEAT_EMPTY] = {"空き", "left empty"},
    [SEAT_LAPSED] = {"募集しない", "lapsed"},
};

/* A child that came to a facility from elsewhere. */
struct comer {
    int32_t facility, rank, child;
    bool marginal; /* could not have come without the freed seats */
};

static int by_facility_and_rank(const void *x, const void *y)
{
    const struct comer *a = x, *b = y;
    if (a->facility != b->facility)
        return a->facility < b->facility ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return (a->child > b->child) - (a->child < b->child);
}

static int32_t rank_at(const struct wishes *w, int32_t child, int32_t facility)
{
    for (size_t k = w->first[child]; k < w->first[child + 1]; k++)
        if (w->items[k].facility == facility)
            return w->items[k].rank;
    return RANK_NOBODY;
}

static size_t list_comers(const struct market *m, const struct matching *held,
                          struct comer *out)
{
    struct arena scratch = ARENA_INIT;
    struct wishes w;
    wishes_build(m, &w, &scratch);
    size_t n = 0;
    for (size_t c = 0; c < m->n_children; c++) {
        int32_t f = held->place[c];
        if (f != MARKET_NONE && f != m->children[c].current)
            out[n++] = (struct comer){f, rank_at(&w, (int32_t)c, f), (int32_t)c,
                                      false};
    }
    if (n)
        qsort(out, n, sizeof *out, by_facility_and_rank);
    arena_release(&scratch);
    return n;
}

static void shrink(struct seats *s, int32_t facility, int class_age)
{
    for (size_t g = s->first[facility]; g < s->first[facility + 1]; g++)
        if (s->groups[g].classes & (1U << class_age))
            s->groups[g].max--;
}

/* The best comers fit beside the stayers without any freed seat; the others
 * are there because of one. */
static void mark_marginal(const struct market *m, const struct matching *held,
                          struct comer *comers, size_t n)
{
    struct arena scratch = ARENA_INIT;
    struct seats s;
    seats_build(m, &s, &scratch);
    for (size_t c = 0; c < m->n_children; c++) {
        int32_t f = m->children[c].current;
        if (f == MARKET_NONE || seat_is_private(m, (int32_t)c, f))
            continue;
        if (held->place[c] == f)
            seats_count(&s, f, m->children[c].class_age, 1);
        else
            shrink(&s, f, m->children[c].class_age);
    }
    for (size_t i = 0; i < n; i++) {
        int age = m->children[comers[i].child].class_age;
        comers[i].marginal =
            seats_full_group(&s, comers[i].facility, age) != NULL;
        if (!comers[i].marginal)
            seats_count(&s, comers[i].facility, age, 1);
    }
    arena_release(&scratch);
}

static size_t first_comer(const struct comer *comers, size_t n,
                          int32_t facility)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (comers[mid].facility < facility)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void take_seat(const struct market *m, struct comer *comers, size_t n,
                      int32_t owner, unsigned classes, struct seat_fate *fate)
{
    int32_t f = m->children[owner].current;
    for (size_t i = first_comer(comers, n, f); i < n && comers[i].facility == f;
         i++) {
        unsigned bit = 1U << m->children[comers[i].child].class_age;
        if (!comers[i].marginal || !(classes & bit))
            continue;
        comers[i].marginal = false;
        *fate = (struct seat_fate){SEAT_TAKEN, comers[i].child};
        return;
    }
}

static struct seat_fate first_fate(const struct market *m,
                                   const struct matching *held, int32_t child)
{
    int32_t f = m->children[child].current;
    enum seat_fate_kind kind = SEAT_EMPTY;
    if (f == MARKET_NONE)
        kind = SEAT_NONE;
    else if (held->place[child] == f)
        kind = SEAT_KEPT;
    else if (seat_is_private(m, child, f))
        kind = SEAT_LAPSED;
    return (struct seat_fate){kind, MARKET_NONE};
}

struct seat_fate *seat_fates(const struct market *m,
                             const struct matching *held, struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    struct comer *comers = ARENA_ARRAY(&scratch, struct comer, m->n_children);
    size_t n = list_comers(m, held, comers);
    mark_marginal(m, held, comers, n);
    struct seat_fate *fates = ARENA_ARRAY(a, struct seat_fate, m->n_children);
    for (size_t c = 0; c < m->n_children; c++)
        fates[c] = first_fate(m, held, (int32_t)c);
    for (int whole_pool = 0; whole_pool <= 1; whole_pool++)
        for (size_t c = 0; c < m->n_children; c++) {
            const struct market_child *owner = &m->children[c];
            if (fates[c].kind != SEAT_EMPTY)
                continue;
            unsigned classes = 1U << owner->class_age;
            if (whole_pool)
                classes = m->facilities[owner->current].pool[owner->class_age];
            take_seat(m, comers, n, (int32_t)c, classes, &fates[c]);
        }
    arena_release(&scratch);
    return fates;
}

int32_t *seat_chain(const struct seat_fate *fates, int32_t child, size_t *n,
                    bool *cycle, struct arena *a)
{
    *n = 1;
    int32_t c = child;
    while (fates[c].kind == SEAT_TAKEN && fates[c].taker != child) {
        c = fates[c].taker;
        ++*n;
    }
    *cycle = fates[c].kind == SEAT_TAKEN;
    int32_t *chain = ARENA_ARRAY(a, int32_t, *n);
    chain[0] = child;
    for (size_t i = 1; i < *n; i++)
        chain[i] = fates[chain[i - 1]].taker;
    return chain;
}
