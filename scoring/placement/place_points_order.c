#include "scoring/placement/place_turns.h"

#include <stdlib.h>

static const struct seat no_seat = {MARKET_NONE, SLOT_NONE};

struct turn {
    int32_t turn, family;
};

static int by_turn(const void *x, const void *y)
{
    const struct turn *a = x, *b = y;
    if (a->turn != b->turn)
        return a->turn < b->turn ? -1 : 1;
    return (a->family > b->family) - (a->family < b->family);
}

int32_t *families_by_turn(const struct market *m, struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    struct turn *turns = ARENA_ARRAY(&scratch, struct turn, m->n_families);
    int32_t *out = ARENA_ARRAY(a, int32_t, m->n_families);
    for (size_t i = 0; i < m->n_families; i++)
        turns[i] = (struct turn){m->families[i].turn, (int32_t)i};
    if (m->n_families)
        qsort(turns, m->n_families, sizeof *turns, by_turn);
    for (size_t i = 0; i < m->n_families; i++)
        out[i] = turns[i].family;
    arena_release(&scratch);
    return out;
}

/* A free seat; its own is not free any more where a sister just took it. */
static bool take_free(struct desk *d, int32_t child, int32_t facility)
{
    bool own = d->m->children[child].current == facility;
    int32_t slot = desk_slot(d, child, facility);
    if (!own && slot == SLOT_NONE)
        return false;
    if (!seat_is_private(d->m, child, facility) &&
        !desk_has_room(d, child, facility))
        return false;
    return desk_add(d, child, facility, slot);
}

static bool try_entry(struct placer *p, const struct market_family *f,
                      int32_t entry)
{
    int32_t family = (int32_t)(f - p->m->families);
    desk_begin(&p->desk);
    p->proposals++;
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t child = f->children[k];
        int32_t facility = entry_place(p->m, f, entry, k);
        if (facility == MARKET_NONE || take_free(&p->desk, child, facility))
            continue;
        place_note(p, (struct place_step){
                          STEP_REFUSE, family, entry, child, facility,
                          desk_last_holder(&p->desk, child, facility)});
        desk_undo_entry(&p->desk, f);
        return false;
    }
    return true;
}

/* Everybody enrolled sits on its own seat until its turn. */
static void seat_owners(struct placer *p)
{
    for (size_t c = 0; c < p->m->n_children; c++) {
        int32_t child = (int32_t)c, at = p->m->children[c].current;
        p->desk.held[c] = no_seat;
        if (at != MARKET_NONE)
            desk_add(&p->desk, child, at, SLOT_OWN);
    }
}

void place_points_order(struct placer *p)
{
    struct arena scratch = ARENA_INIT;
    const int32_t *order = families_by_turn(p->m, &scratch);
    seat_owners(p);
    for (size_t i = 0; i < p->m->n_families; i++) {
        const struct market_family *f = &p->m->families[order[i]];
        struct home *h = &p->homes[order[i]];
        desk_give_back(&p->desk, f, p->before);
        h->held = 0;
        while (!try_entry(p, f, h->held))
            h->held++;
        place_note_taken(p, order[i]);
    }
    arena_release(&scratch);
}
