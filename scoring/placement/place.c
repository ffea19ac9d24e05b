#include "scoring/placement/place.h"

#include "scoring/placement/seats.h"
#include "scoring/placement/wishes.h"

#include <assert.h>

struct holder {
    int32_t rank, child;
};

/* Who holds seats of one class at one facility; the worst is items[0]. */
struct class_heap {
    struct holder *items;
    size_t n, room;
};

struct desk {
    const struct market *m;
    struct wishes wishes;
    struct seats seats;
    struct class_heap *heaps; /* facility * MARKET_CLASSES + class */
    size_t *next;             /* per child, position in wishes.items */
    struct placement *out;
    bool log;
};

/* Several children may share RANK_OWN; they are never turned away, so which
 * of them stands first does not matter. */
static bool worse(struct holder a, struct holder b)
{
    return a.rank != b.rank ? a.rank > b.rank : a.child > b.child;
}

static void heap_push(struct class_heap *h, struct holder new)
{
    assert(h->n < h->room);
    size_t i = h->n++;
    while (i > 0 && worse(new, h->items[(i - 1) / 2])) {
        h->items[i] = h->items[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    h->items[i] = new;
}

static struct holder heap_pop(struct class_heap *h)
{
    struct holder top = h->items[0], last = h->items[--h->n];
    size_t i = 0, child;
    while ((child = 2 * i + 1) < h->n) {
        if (child + 1 < h->n && worse(h->items[child + 1], h->items[child]))
            child++;
        if (!worse(h->items[child], last))
            break;
        h->items[i] = h->items[child];
        i = child;
    }
    h->items[i] = last;
    return top;
}

static struct class_heap *heap_of(struct desk *d, int32_t facility, int age)
{
    return &d->heaps[(size_t)facility * MARKET_CLASSES + (size_t)age];
}

/* A heap never holds more children than ask there, plus the one at the door. */
static void desk_open(struct desk *d, struct arena *scratch)
{
    const struct market *m = d->m;
    wishes_build(m, &d->wishes, scratch);
    seats_build(m, &d->seats, scratch);
    d->heaps = ARENA_ARRAY(scratch, struct class_heap,
                           m->n_facilities * MARKET_CLASSES);
    d->next = ARENA_ARRAY(scratch, size_t, m->n_children);
    const struct wishes *w = &d->wishes;
    for (size_t c = 0; c < m->n_children; c++) {
        d->next[c] = w->first[c];
        for (size_t k = w->first[c]; k < w->first[c + 1]; k++)
            heap_of(d, w->items[k].facility, m->children[c].class_age)->room++;
    }
    for (size_t h = 0; h < m->n_facilities * MARKET_CLASSES; h++)
        d->heaps[h].items =
            ARENA_ARRAY(scratch, struct holder, d->heaps[h].room);
}

static void note(struct desk *d, enum place_step_kind kind, int32_t child,
                 int32_t facility, int32_t other)
{
    if (d->log)
        d->out->steps[d->out->n_steps++] =
            (struct place_step){kind, child, facility, other};
}

/* The class of the group whose worst holder is worst of all; -1 when nobody
 * holds a seat of the group. */
static int worst_class(struct desk *d, int32_t facility, unsigned classes)
{
    int found = -1;
    for (int k = 0; k < MARKET_CLASSES; k++) {
        const struct class_heap *h = heap_of(d, facility, k);
        if (!(classes & (1U << k)) || h->n == 0)
            continue;
        if (found < 0 ||
            worse(h->items[0], heap_of(d, facility, found)->items[0]))
            found = k;
    }
    return found;
}

static int32_t last_holder(struct desk *d, int32_t facility, unsigned classes)
{
    int k = worst_class(d, facility, classes);
    return k < 0 ? MARKET_NONE : heap_of(d, facility, k)->items[0].child;
}

static void hold(struct desk *d, int32_t child, struct wish w)
{
    int age = d->m->children[child].class_age;
    heap_push(heap_of(d, w.facility, age), (struct holder){w.rank, child});
    seats_count(&d->seats, w.facility, age, 1);
    d->out->matching.place[child] = w.facility;
    note(d, w.rank == RANK_OWN ? STEP_STAY : STEP_HOLD, child, w.facility,
         MARKET_NONE);
}

/* The facility keeps the best within every cap. Returns who must look
 * elsewhere: the child itself, the one it displaces, or MARKET_NONE. */
static int32_t ask(struct desk *d, int32_t child, struct wish w)
{
    struct holder new = {w.rank, child};
    struct seat_group *full = seats_full_group(&d->seats, w.facility,
                                               d->m->children[child].class_age);
    if (!full) {
        hold(d, child, w);
        return MARKET_NONE;
    }
    int k = worst_class(d, w.facility, full->classes);
    if (k < 0 || worse(new, heap_of(d, w.facility, k)->items[0])) {
        note(d, STEP_REJECT, child, w.facility,
             last_holder(d, w.facility, full->classes));
        return child;
    }
    struct holder out = heap_pop(heap_of(d, w.facility, k));
    assert(out.rank != RANK_OWN);
    seats_count(&d->seats, w.facility, k, -1);
    d->out->matching.place[out.child] = MARKET_NONE;
    hold(d, child, w);
    note(d, STEP_REJECT, out.child, w.facility,
         last_holder(d, w.facility, full->classes));
    return out.child;
}

static int32_t propose(struct desk *d, int32_t child)
{
    if (d->next[child] == d->wishes.first[child + 1]) {
        note(d, STEP_EXHAUST, child, MARKET_NONE, MARKET_NONE);
        return MARKET_NONE;
    }
    struct wish w = d->wishes.items[d->next[child]++];
    d->out->proposals++;
    note(d, STEP_PROPOSE, child, w.facility, MARKET_NONE);
    if (seat_is_private(d->m, child, w.facility)) {
        d->out->matching.place[child] = w.facility;
        note(d, STEP_STAY, child, w.facility, MARKET_NONE);
        return MARKET_NONE;
    }
    if (w.rank == RANK_NOBODY) {
        note(d, STEP_REJECT, child, w.facility, MARKET_NONE);
        return child;
    }
    return ask(d, child, w);
}

static void note_leavers(struct desk *d)
{
    for (size_t c = 0; c < d->m->n_children; c++) {
        int32_t from = d->m->children[c].current;
        if (from != MARKET_NONE && d->out->matching.place[c] != from)
            note(d, STEP_LEAVE, (int32_t)c, from, MARKET_NONE);
    }
}

static size_t count_siblings(const struct market *m)
{
    size_t n = 0;
    for (size_t f = 0; f < m->n_families; f++)
        if (m->families[f].n_children > 1)
            n += m->families[f].n_children;
    return n;
}

void place_market(const struct market *m, struct place_options options,
                  struct placement *out, struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    struct desk d = {.m = m, .out = out, .log = options.log};
    desk_open(&d, &scratch);
    *out = (struct placement){.siblings_apart = count_siblings(m)};
    out->matching.n = m->n_children;
    out->matching.place = ARENA_ARRAY(a, int32_t, m->n_children);
    for (size_t c = 0; c < m->n_children; c++)
        out->matching.place[c] = MARKET_NONE;
    /* A proposal is asked, held and refused at most once; a child runs out of
     * wishes, or leaves its place, at most once. */
    if (d.log)
        out->steps =
            ARENA_ARRAY(a, struct place_step,
                        d.wishes.first[m->n_children] * 3 + m->n_children * 2);
    for (size_t c = 0; c < m->n_children; c++) {
        int32_t child = (int32_t)c;
        while (child != MARKET_NONE)
            child = propose(&d, child);
    }
    note_leavers(&d);
    arena_release(&scratch);
}
