#include "scoring/placement/place_turns.h"

#include <stdlib.h>

static const struct seat no_seat = {MARKET_NONE, SLOT_NONE};

/* A child that asks a facility in this round. */
struct asker {
    int32_t facility, rank, child, slot;
};

struct rounds {
    struct placer *p;
    int32_t *active; /* households that ask on, by turn */
    size_t n_active;
    struct seat *own;     /* per child: what it holds beside what it asks for */
    struct asker *askers; /* by facility, then rank */
    size_t n_askers;
    bool *struck; /* per household, in this round */
    int32_t round;
};

static int by_facility(const void *x, const void *y)
{
    const struct asker *a = x, *b = y;
    if (a->facility != b->facility)
        return a->facility < b->facility ? -1 : 1;
    return (a->rank > b->rank) - (a->rank < b->rank);
}

static bool moves(const struct rounds *r, const struct market_family *f,
                  size_t k)
{
    int32_t child = f->children[k];
    int32_t at = entry_place(r->p->m, f, r->round, k);
    return at != MARKET_NONE && at != r->p->m->children[child].current;
}

/* A child that is not acceptable there strikes its household out at once. */
static void collect(struct rounds *r)
{
    const struct market *m = r->p->m;
    r->n_askers = 0;
    for (size_t i = 0; i < r->n_active; i++) {
        const struct market_family *f = &m->families[r->active[i]];
        r->struck[r->active[i]] = false;
        for (size_t k = 0; k < f->n_children; k++) {
            if (!moves(r, f, k))
                continue;
            int32_t at = entry_place(m, f, r->round, k);
            int32_t slot = desk_slot(&r->p->desk, f->children[k], at);
            if (slot == SLOT_NONE)
                r->struck[r->active[i]] = true;
            else
                r->askers[r->n_askers++] = (struct asker){
                    at, r->p->desk.slots[slot].rank, f->children[k], slot};
        }
        r->p->proposals++;
    }
    if (r->n_askers)
        qsort(r->askers, r->n_askers, sizeof *r->askers, by_facility);
}

static size_t first_asker(const struct rounds *r, int32_t facility)
{
    size_t low = 0, high = r->n_askers;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (r->askers[mid].facility < facility)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* The facility chooses from all who ask it and are not struck out. */
static void choose(struct rounds *r, int32_t facility)
{
    struct desk *d = &r->p->desk;
    size_t first = first_asker(r, facility), end = first;
    for (; end < r->n_askers && r->askers[end].facility == facility; end++) {
        int32_t child = r->askers[end].child;
        if (d->held[child].facility == facility)
            desk_drop(d, child, d->held[child]);
        d->held[child] = no_seat;
    }
    for (size_t i = first; i < end; i++) {
        const struct asker *a = &r->askers[i];
        desk_begin(d);
        if (!r->struck[r->p->m->children[a->child].family] &&
            desk_has_room(d, a->child, facility))
            desk_add(d, a->child, facility, a->slot);
    }
}

static bool is_given(const struct rounds *r, const struct market_family *f)
{
    for (size_t k = 0; k < f->n_children; k++)
        if (moves(r, f, k) &&
            r->p->desk.held[f->children[k]].facility == MARKET_NONE)
            return false;
    return true;
}

static void strike(struct rounds *r, const struct market_family *f)
{
    r->struck[f - r->p->m->families] = true;
    for (size_t k = 0; k < f->n_children; k++)
        if (moves(r, f, k))
            choose(r, entry_place(r->p->m, f, r->round, k));
}

/* Seats given in a round are not for later ones; those left are. */
static void keep(struct rounds *r, int32_t family)
{
    const struct market_family *f = &r->p->m->families[family];
    struct desk *d = &r->p->desk;
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t child = f->children[k];
        if (!moves(r, f, k)) {
            d->held[child] = r->own[child];
            continue;
        }
        struct seat won = d->held[child];
        desk_drop(d, child, won);
        desk_return(d, child, (struct seat){won.facility, SLOT_OWN});
        if (r->own[child].facility != MARKET_NONE)
            desk_drop(d, child, r->own[child]);
    }
    r->p->homes[family].held = r->round;
    place_note_taken(r->p, family);
}

static void note_refused(struct rounds *r, int32_t family)
{
    const struct market_family *f = &r->p->m->families[family];
    for (size_t k = 0; k < f->n_children; k++)
        if (moves(r, f, k) &&
            r->p->desk.held[f->children[k]].facility == MARKET_NONE) {
            place_note(r->p,
                       (struct place_step){
                           STEP_REFUSE, family, r->round, f->children[k],
                           entry_place(r->p->m, f, r->round, k), MARKET_NONE});
            return;
        }
}

static void play(struct rounds *r)
{
    const struct market *m = r->p->m;
    collect(r);
    for (size_t i = 0; i < r->n_askers; i++)
        if (i == 0 || r->askers[i - 1].facility != r->askers[i].facility)
            choose(r, r->askers[i].facility);
    for (size_t i = r->n_active; i-- > 0;) {
        const struct market_family *f = &m->families[r->active[i]];
        if (f->n_children > 1 && !is_given(r, f))
            strike(r, f);
    }
    size_t n = 0;
    for (size_t i = 0; i < r->n_active; i++) {
        int32_t family = r->active[i];
        if (!r->struck[family] && is_given(r, &m->families[family])) {
            keep(r, family);
            continue;
        }
        note_refused(r, family);
        r->active[n++] = family;
    }
    r->n_active = n;
}

/* Who has no entry left has what it has today. */
static void retire(struct rounds *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_active; i++) {
        int32_t family = r->active[i];
        const struct market_family *f = &r->p->m->families[family];
        if (r->round < r->p->homes[family].in_use) {
            r->active[n++] = family;
            continue;
        }
        for (size_t k = 0; k < f->n_children; k++)
            r->p->desk.held[f->children[k]] = r->own[f->children[k]];
        r->p->homes[family].held = r->round;
        place_note_taken(r->p, family);
    }
    r->n_active = n;
}

void place_preference_rounds(struct placer *p)
{
    struct arena scratch = ARENA_INIT;
    const struct market *m = p->m;
    struct rounds r = {.p = p, .n_active = m->n_families};
    r.active = families_by_turn(m, &scratch);
    r.own = ARENA_ARRAY(&scratch, struct seat, m->n_children);
    r.askers = ARENA_ARRAY(&scratch, struct asker, m->n_children);
    r.struck = ARENA_ARRAY(&scratch, bool, m->n_families);
    for (size_t c = 0; c < m->n_children; c++) {
        if (m->children[c].current != MARKET_NONE)
            desk_add(&p->desk, (int32_t)c, m->children[c].current, SLOT_OWN);
        r.own[c] = p->desk.held[c];
        p->desk.held[c] = no_seat;
    }
    for (retire(&r); r.n_active > 0; r.round++, retire(&r))
        play(&r);
    arena_release(&scratch);
}
