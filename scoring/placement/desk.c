#include "scoring/placement/desk.h"

#include "scoring/placement/rank_set.h"

#include <assert.h>

static size_t set_of(int32_t facility, int class_age)
{
    return (size_t)facility * MARKET_CLASSES + (size_t)class_age;
}

static void count_slots(struct desk *d)
{
    const struct market *m = d->m;
    size_t n = 0;
    for (size_t f = 0; f < m->n_facilities; f++) {
        const struct market_facility *at = &m->facilities[f];
        size_t of_class[MARKET_CLASSES] = {0};
        for (size_t i = 0; i < at->n_priority; i++) {
            of_class[m->children[at->priority[i]].class_age]++;
            d->listing_first[at->priority[i] + 1]++;
        }
        for (int k = 0; k < MARKET_CLASSES; k++) {
            d->slot_first[set_of((int32_t)f, k)] = n;
            n += of_class[k];
        }
    }
    d->slot_first[m->n_facilities * MARKET_CLASSES] = n;
    assert(n < INT32_MAX);
    for (size_t c = 0; c < m->n_children; c++)
        d->listing_first[c + 1] += d->listing_first[c];
}

/* Facilities are walked in order, so each child's listings end up sorted. */
static void fill_slots(struct desk *d, struct arena *scratch)
{
    const struct market *m = d->m;
    size_t *next = ARENA_ARRAY(scratch, size_t, m->n_children + 1);
    for (size_t c = 0; c < m->n_children; c++)
        next[c] = d->listing_first[c];
    for (size_t f = 0; f < m->n_facilities; f++) {
        const struct market_facility *at = &m->facilities[f];
        size_t n[MARKET_CLASSES];
        for (int k = 0; k < MARKET_CLASSES; k++)
            n[k] = d->slot_first[set_of((int32_t)f, k)];
        for (size_t i = 0; i < at->n_priority; i++) {
            int32_t child = at->priority[i];
            size_t slot = n[m->children[child].class_age]++;
            d->slots[slot] =
                (struct order_slot){child, (int32_t)i, NEVER_WANTED};
            d->listings[next[child]++] =
                (struct listing){(int32_t)f, (int32_t)slot};
        }
    }
}

static void open_sets(struct desk *d, struct arena *a)
{
    size_t n_sets = d->m->n_facilities * MARKET_CLASSES, n = 0;
    d->set_first = ARENA_ARRAY(a, size_t, n_sets + 1);
    for (size_t i = 0; i < n_sets; i++) {
        d->set_first[i] = n;
        n += rank_set_words(d->slot_first[i + 1] - d->slot_first[i]);
    }
    d->sets = ARENA_ARRAY(a, uint64_t, n);
}

void desk_open(struct desk *d, const struct market *m, struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    *d = (struct desk){.m = m};
    seats_build(m, &d->seats, a);
    d->slot_first =
        ARENA_ARRAY(a, size_t, m->n_facilities * MARKET_CLASSES + 1);
    d->listing_first = ARENA_ARRAY(a, size_t, m->n_children + 1);
    count_slots(d);
    size_t n = d->listing_first[m->n_children];
    d->slots = ARENA_ARRAY(a, struct order_slot, n);
    d->listings = ARENA_ARRAY(a, struct listing, n);
    fill_slots(d, &scratch);
    open_sets(d, a);
    d->held = ARENA_ARRAY(a, struct seat, m->n_children);
    for (size_t c = 0; c < m->n_children; c++)
        d->held[c] = (struct seat){MARKET_NONE, SLOT_NONE};
    size_t most = 0; /* each child of a household displaces one at most */
    for (size_t f = 0; f < m->n_families; f++)
        if (m->families[f].n_children > most)
            most = m->families[f].n_children;
    d->journal = ARENA_ARRAY(a, struct displaced, most);
    arena_release(&scratch);
}

/* The one ranked last among those who hold seats of these classes. */
static int32_t last_slot(const struct desk *d, int32_t facility,
                         unsigned classes)
{
    int32_t last = SLOT_NONE;
    for (int k = 0; k < MARKET_CLASSES; k++) {
        size_t set = set_of(facility, k), first = d->slot_first[set];
        if (!(classes & (1U << k)))
            continue;
        size_t i = rank_set_last(d->sets + d->set_first[set],
                                 d->slot_first[set + 1] - first);
        if (i == RANK_SET_EMPTY)
            continue;
        int32_t slot = (int32_t)(first + i);
        if (last == SLOT_NONE || d->slots[slot].rank > d->slots[last].rank)
            last = slot;
    }
    return last;
}

static int class_of(const struct desk *d, int32_t child)
{
    return d->m->children[child].class_age;
}

static const struct seat_group *full_group(const struct desk *d,
                                           int32_t facility, int class_age)
{
    struct seats s = d->seats;
    return seats_full_group(&s, facility, class_age);
}

bool desk_would_choose(const struct desk *d, int32_t facility, int32_t slot)
{
    const struct order_slot *s = &d->slots[slot];
    const struct seat_group *full =
        full_group(d, facility, class_of(d, s->child));
    if (!full)
        return true;
    int32_t last = last_slot(d, facility, full->classes);
    return last != SLOT_NONE && s->rank < d->slots[last].rank;
}

bool desk_has_room(const struct desk *d, int32_t child, int32_t facility)
{
    return !full_group(d, facility, class_of(d, child));
}

int32_t desk_last_holder(const struct desk *d, int32_t child, int32_t facility)
{
    const struct seat_group *full = full_group(d, facility, class_of(d, child));
    int32_t last = full ? last_slot(d, facility, full->classes) : SLOT_NONE;
    return last == SLOT_NONE ? MARKET_NONE : d->slots[last].child;
}

void desk_begin(struct desk *d)
{
    d->n_journal = 0;
}

void desk_return(struct desk *d, int32_t child, struct seat seat)
{
    int age = class_of(d, child);
    size_t set = set_of(seat.facility, age);
    d->held[child] = seat;
    if (seat.slot == SLOT_PRIVATE)
        return;
    seats_count(&d->seats, seat.facility, age, 1);
    if (seat.slot >= 0)
        rank_set_add(d->sets + d->set_first[set],
                     d->slot_first[set + 1] - d->slot_first[set],
                     (size_t)seat.slot - d->slot_first[set]);
}

void desk_drop(struct desk *d, int32_t child, struct seat seat)
{
    int age = class_of(d, child);
    size_t set = set_of(seat.facility, age);
    if (seat.slot == SLOT_PRIVATE)
        return;
    seats_count(&d->seats, seat.facility, age, -1);
    if (seat.slot >= 0)
        rank_set_remove(d->sets + d->set_first[set],
                        d->slot_first[set + 1] - d->slot_first[set],
                        (size_t)seat.slot - d->slot_first[set]);
}

bool desk_add(struct desk *d, int32_t child, int32_t facility, int32_t slot)
{
    if (d->m->children[child].current == facility)
        slot = seat_is_private(d->m, child, facility) ? SLOT_PRIVATE : SLOT_OWN;
    if (slot == SLOT_NONE)
        return false;
    const struct seat_group *full =
        slot == SLOT_PRIVATE ? NULL
                             : full_group(d, facility, class_of(d, child));
    if (full) {
        int32_t last = last_slot(d, facility, full->classes);
        /* Seats for all owners stand beside the others. */
        assert(last != SLOT_NONE || slot >= 0);
        if (slot >= 0 &&
            (last == SLOT_NONE || d->slots[slot].rank > d->slots[last].rank))
            return false;
        int32_t out = d->slots[last].child;
        d->journal[d->n_journal++] =
            (struct displaced){out, child, d->held[out]};
        desk_drop(d, out, d->held[out]);
        d->held[out] = (struct seat){MARKET_NONE, SLOT_NONE};
    }
    desk_return(d, child, (struct seat){facility, slot});
    return true;
}
