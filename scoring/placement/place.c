#include "scoring/placement/place_turns.h"

#include <string.h>

/* Moves up of a one-child household. It settles after a few; the limit makes
 * the end certain whatever the market. */
#define SINGLE_TURNS_MAX 10000

void ring_add(struct ring *r, int32_t item)
{
    r->items[(r->first + r->n++) % r->room] = item;
}

static int32_t ring_take(struct ring *r)
{
    int32_t item = r->items[r->first];
    r->first = (r->first + 1) % r->room;
    r->n--;
    return item;
}

static struct ring ring_make(size_t room, struct arena *a)
{
    return (struct ring){.items = ARENA_ARRAY(a, int32_t, room + 1),
                         .room = room + 1};
}

void place_note(struct placer *p, struct place_step step)
{
    if (p->log)
        buf_add(&p->steps, &step, sizeof step);
}

void place_note_taken(struct placer *p, int32_t family)
{
    const struct home *h = &p->homes[family];
    int32_t entry = h->held < h->in_use
                        ? h->held
                        : (int32_t)p->m->families[family].n_entries;
    place_note(p, (struct place_step){STEP_TAKE, family, entry, MARKET_NONE,
                                      MARKET_NONE, MARKET_NONE});
}

static int lowest_class(unsigned classes)
{
    return __builtin_ctz(classes);
}

void place_seat_free(struct placer *p, int32_t child, struct seat seat)
{
    int age = p->m->children[child].class_age;
    if (seat.slot == SLOT_PRIVATE)
        return;
    int32_t pool = seat.facility * MARKET_CLASSES +
                   lowest_class(p->m->facilities[seat.facility].pool[age]);
    place_note(p, (struct place_step){STEP_FREE, MARKET_NONE, MARKET_NONE,
                                      child, seat.facility, MARKET_NONE});
    if (!p->free_told[pool])
        ring_add(&p->free_seats, pool);
    p->free_told[pool] = true;
}

/* A household that waits for its first turn looks at everything then. */
static bool would_rather(const struct placer *p, const struct order_slot *s)
{
    const struct home *h = &p->homes[p->m->children[s->child].family];
    return h->entered && !h->frozen && s->wanted < h->held;
}

static void wake(struct placer *p, int32_t facility, const struct order_slot *s)
{
    int32_t family = p->m->children[s->child].family;
    struct home *h = &p->homes[family];
    if (p->m->families[family].n_children == 1 && h->turns >= SINGLE_TURNS_MAX)
        return;
    if (s->wanted < h->from)
        h->from = s->wanted;
    place_note(p, (struct place_step){STEP_WAKE, family, s->wanted, s->child,
                                      facility, MARKET_NONE});
    take_turn(p, family);
}

/* Where the order of each class of a pool is read. */
struct cursor {
    size_t next[MARKET_CLASSES], end[MARKET_CLASSES];
    unsigned classes;
};

static struct cursor cursor_open(const struct desk *d, int32_t facility,
                                 unsigned classes)
{
    struct cursor c = {.classes = classes};
    const size_t *first = d->slot_first + (size_t)facility * MARKET_CLASSES;
    for (int k = 0; k < MARKET_CLASSES; k++) {
        c.next[k] = first[k];
        c.end[k] = classes & (1U << k) ? first[k + 1] : first[k];
    }
    return c;
}

/* The class of the best that is left, -1 at the end. */
static int cursor_best(const struct cursor *c, const struct desk *d)
{
    int best = -1;
    for (int k = 0; k < MARKET_CLASSES; k++)
        if (c->next[k] < c->end[k] &&
            (best < 0 ||
             d->slots[c->next[k]].rank < d->slots[c->next[best]].rank))
            best = k;
    return best;
}

/* Its household's own seats do not count against a child. */
static bool has_own_seat(const struct placer *p, int32_t child,
                         int32_t facility)
{
    const struct market_family *f =
        &p->m->families[p->m->children[child].family];
    for (size_t k = 0; k < f->n_children; k++)
        if (p->desk.held[f->children[k]].facility == facility)
            return true;
    return false;
}

/* Everyone in the order who would rather be here and would now be accepted.
 * Once a child of a class is refused, so are those behind it, but for those
 * whose household has seats here. */
static void offer_seat(struct placer *p, int32_t pool)
{
    int32_t facility = pool / MARKET_CLASSES;
    unsigned classes = p->m->facilities[facility].pool[pool % MARKET_CLASSES];
    struct cursor c = cursor_open(&p->desk, facility, classes);
    unsigned closed = 0;
    p->free_told[pool] = false;
    for (int k; (k = cursor_best(&c, &p->desk)) >= 0;) {
        size_t slot = c.next[k]++;
        const struct order_slot *s = &p->desk.slots[slot];
        if (!would_rather(p, s))
            continue;
        if (!(closed >> k & 1U) &&
            !desk_would_choose(&p->desk, facility, (int32_t)slot))
            closed |= 1U << k;
        if (!(closed >> k & 1U) || has_own_seat(p, s->child, facility))
            wake(p, facility, s);
    }
}

static void run_queue(struct placer *p)
{
    while (p->waiting.n || p->free_seats.n) {
        if (p->free_seats.n) {
            offer_seat(p, ring_take(&p->free_seats));
            continue;
        }
        int32_t family = ring_take(&p->waiting);
        struct home *h = &p->homes[family];
        bool first = !h->entered;
        h->queued = false;
        h->entered = true;
        if (first || h->held == HOLDS_NOTHING)
            take_turn(p, family);
    }
}

/* slot_of: per facility, slot + 1 of the child; zero again on return. */
static void read_child(struct placer *p, size_t family, size_t k,
                       int32_t *slot_of)
{
    const struct market_family *f = &p->m->families[family];
    const struct desk *d = &p->desk;
    const size_t *first = d->listing_first + f->children[k];
    for (size_t i = first[0]; i < first[1]; i++)
        slot_of[d->listings[i].facility] = d->listings[i].slot + 1;
    for (int32_t e = 0; e < p->homes[family].in_use; e++) {
        int32_t at = f->entries[(size_t)e * f->n_children + k];
        int32_t slot = at == MARKET_NONE ? SLOT_NONE : slot_of[at] - 1;
        if (slot >= 0 && d->slots[slot].wanted == NEVER_WANTED)
            d->slots[slot].wanted = e;
        if (f->n_children == 1)
            p->cells[p->cell_first[family] + (size_t)e] = slot;
    }
    for (size_t i = first[0]; i < first[1]; i++)
        slot_of[d->listings[i].facility] = 0;
}

static void read_families(struct placer *p, struct arena *a)
{
    const struct market *m = p->m;
    struct arena scratch = ARENA_INIT;
    int32_t *slot_of = ARENA_ARRAY(&scratch, int32_t, m->n_facilities);
    size_t n_cells = 0, most = 0;
    for (size_t i = 0; i < m->n_families; i++) {
        const struct market_family *f = &m->families[i];
        struct home *h = &p->homes[i];
        while ((size_t)h->in_use < f->n_entries &&
               !entry_is_today(m, f, h->in_use))
            h->in_use++;
        h->held = HOLDS_NOTHING;
        p->cell_first[i] = n_cells;
        n_cells += f->n_children == 1 ? (size_t)h->in_use : 0;
        most = f->n_children > most ? f->n_children : most;
    }
    p->cells = ARENA_ARRAY(a, int32_t, n_cells);
    p->before = ARENA_ARRAY(a, struct seat, most);
    for (size_t i = 0; i < m->n_families; i++)
        for (size_t k = 0; k < m->families[i].n_children; k++)
            read_child(p, i, k, slot_of);
    arena_release(&scratch);
}

static void placer_open(struct placer *p, const struct market *m, bool log,
                        struct arena *a)
{
    size_t n_pools = m->n_facilities * MARKET_CLASSES;
    *p = (struct placer){.m = m, .log = log};
    desk_open(&p->desk, m, a);
    p->homes = ARENA_ARRAY(a, struct home, m->n_families);
    p->cell_first = ARENA_ARRAY(a, size_t, m->n_families);
    p->may = ARENA_ARRAY(a, unsigned, m->n_facilities);
    p->waiting = ring_make(m->n_families, a);
    p->free_seats = ring_make(n_pools, a);
    p->free_told = ARENA_ARRAY(a, bool, n_pools);
    read_families(p, a);
}

/* Households in market order: with one child, then with siblings. */
static void place_kind(struct placer *p, bool siblings)
{
    for (size_t i = 0; i < p->m->n_families; i++) {
        if ((p->m->families[i].n_children > 1) != siblings)
            continue;
        p->homes[i].queued = true;
        ring_add(&p->waiting, (int32_t)i);
    }
    run_queue(p);
}

static void place_stable(struct placer *p)
{
    place_kind(p, false);
    place_kind(p, true);
}

static void (*const methods[N_MARKET_METHODS])(struct placer *p) = {
    [MARKET_STABLE] = place_stable,
    [MARKET_POINTS_ORDER] = place_points_order,
    [MARKET_PREFERENCE_ROUNDS] = place_preference_rounds,
};

static void give_result(struct placer *p, struct placement *out,
                        struct arena *a)
{
    const struct market *m = p->m;
    *out = (struct placement){.proposals = p->proposals};
    out->matching.n = m->n_children;
    out->matching.place = ARENA_ARRAY(a, int32_t, m->n_children);
    for (size_t c = 0; c < m->n_children; c++)
        out->matching.place[c] = p->desk.held[c].facility;
    out->entries = ARENA_ARRAY(a, int32_t, m->n_families);
    out->frozen = ARENA_ARRAY(a, int32_t, m->n_families);
    for (size_t i = 0; i < m->n_families; i++) {
        const struct home *h = &p->homes[i];
        out->entries[i] =
            h->held < h->in_use ? h->held : (int32_t)m->families[i].n_entries;
        if (h->frozen)
            out->frozen[out->n_frozen++] = (int32_t)i;
    }
    if (!p->log)
        return;
    out->n_steps = p->steps.len / sizeof *out->steps;
    out->steps = ARENA_ARRAY(a, struct place_step, out->n_steps);
    if (out->n_steps)
        memcpy(out->steps, p->steps.bytes, p->steps.len);
}

void place_market(const struct market *m, struct place_options options,
                  struct placement *out, struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    struct placer p;
    placer_open(&p, m, options.log, &scratch);
    methods[m->method](&p);
    give_result(&p, out, a);
    buf_release(&p.steps);
    arena_release(&scratch);
}
