#include "scoring/placement/place_work.h"

static const struct seat no_seat = {MARKET_NONE, SLOT_NONE};

static void note_refusal(struct placer *p, int32_t family, int32_t entry,
                         int32_t child, int32_t facility)
{
    if (p->log)
        place_note(p, (struct place_step){
                          STEP_REFUSE, family, entry, child, facility,
                          desk_last_holder(&p->desk, child, facility)});
}

/* The whole entry is lost with one seat. */
static void lose_entry(struct placer *p, const struct displaced *out)
{
    int32_t family = p->m->children[out->child].family;
    struct home *h = &p->homes[family];
    const struct market_family *f = &p->m->families[family];
    if (h->held == HOLDS_NOTHING)
        return; /* for another of its children */
    place_note(p, (struct place_step){STEP_LOSE, family, h->held, out->child,
                                      out->seat.facility, out->by});
    h->from = h->held + 1;
    h->held = HOLDS_NOTHING;
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t child = f->children[k];
        struct seat seat = p->desk.held[child];
        if (seat.facility == MARKET_NONE)
            continue;
        desk_drop(&p->desk, child, seat);
        p->desk.held[child] = no_seat;
        place_seat_free(p, child, seat);
    }
    if (!h->queued)
        ring_add(&p->waiting, family);
    h->queued = true;
}

static void settle(struct placer *p, int32_t family, int32_t entry)
{
    struct home *h = &p->homes[family];
    h->held = entry;
    h->turns++;
    place_note_taken(p, family);
    for (size_t i = 0; i < p->desk.n_journal; i++)
        lose_entry(p, &p->desk.journal[i]);
}

/* One child: asks on its own seat's account only. What it holds is given back
 * after; where a list names a facility twice it may hold that very seat. */
static bool try_single(struct placer *p, int32_t family, int32_t entry)
{
    const struct market_family *f = &p->m->families[family];
    int32_t child = f->children[0];
    bool home = entry == p->homes[family].in_use;
    int32_t facility = home ? p->m->children[child].current : f->entries[entry];
    struct seat before = p->desk.held[child];
    p->proposals++;
    desk_begin(&p->desk);
    if (facility != MARKET_NONE && facility == before.facility) {
        settle(p, family, entry);
        return true;
    }
    if (facility != MARKET_NONE &&
        !desk_add(&p->desk, child, facility,
                  home ? SLOT_OWN : p->cells[p->cell_first[family] + entry])) {
        note_refusal(p, family, entry, child, facility);
        return false;
    }
    if (before.facility != MARKET_NONE) {
        desk_drop(&p->desk, child, before);
        place_seat_free(p, child, before);
    }
    settle(p, family, entry);
    return true;
}

static void turn_of_single(struct placer *p, int32_t family)
{
    struct home *h = &p->homes[family];
    int32_t end = h->held == HOLDS_NOTHING ? h->in_use + 1 : h->held;
    int32_t e = h->from;
    while (e < end && !try_single(p, family, e))
        e++;
    h->from = h->held;
}

/* Marks, per facility, which of the children would be chosen alone. One that
 * would not alone would not together with others. */
static void mark_chosen(struct placer *p, const struct market_family *f,
                        bool on)
{
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t child = f->children[k];
        const size_t *first = p->desk.listing_first + child;
        for (size_t i = first[0]; i < first[1]; i++) {
            struct listing l = p->desk.listings[i];
            if (!on)
                p->may[l.facility] = 0;
            else if (desk_would_choose(&p->desk, l.facility, l.slot))
                p->may[l.facility] |= 1U << k;
        }
    }
}

/* The first child that is not chosen even alone; n_children: none. */
static size_t first_refused(const struct placer *p,
                            const struct market_family *f, int32_t entry)
{
    if (entry == p->homes[f - p->m->families].in_use)
        return f->n_children; /* ω(f) */
    const int32_t *row = f->entries + (size_t)entry * f->n_children;
    size_t k = 0;
    for (; k < f->n_children; k++)
        if (row[k] != MARKET_NONE && !(p->may[row[k]] >> k & 1U) &&
            row[k] != p->m->children[f->children[k]].current)
            break;
    return k;
}

/* The best entry from `e` on and before `end` that accepts the household,
 * taken; `end` when none does. */
static int32_t best_entry(struct placer *p, const struct market_family *f,
                          int32_t e, int32_t end)
{
    int32_t family = (int32_t)(f - p->m->families);
    struct seat_refusal why;
    mark_chosen(p, f, true);
    for (; e < end; e++) {
        size_t k = first_refused(p, f, e);
        p->proposals++;
        if (k < f->n_children)
            note_refusal(p, family, e, f->children[k],
                         entry_place(p->m, f, e, k));
        else if (desk_take_entry(&p->desk, f, e, &why))
            break;
        else
            place_note(p, (struct place_step){STEP_REFUSE, family, e, why.child,
                                              why.facility, why.last});
    }
    mark_chosen(p, f, false);
    return e;
}

static void tell_left_seats(struct placer *p, const struct market_family *f)
{
    for (size_t k = 0; k < f->n_children; k++) {
        struct seat seat = p->before[k];
        if (seat.facility != MARKET_NONE &&
            seat.facility != p->desk.held[f->children[k]].facility)
            place_seat_free(p, f->children[k], seat);
    }
}

static void freeze(struct placer *p, int32_t family)
{
    p->homes[family].frozen = true;
    place_note(p, (struct place_step){STEP_FREEZE, family, MARKET_NONE,
                                      MARKET_NONE, MARKET_NONE, MARKET_NONE});
}

static void turn_of_siblings(struct placer *p, int32_t family)
{
    const struct market_family *f = &p->m->families[family];
    struct home *h = &p->homes[family];
    bool nothing = h->held == HOLDS_NOTHING;
    int32_t end = nothing ? h->in_use + 1 : h->held, e = h->in_use;
    struct seat_refusal why;
    desk_give_back(&p->desk, f, p->before);
    if (!h->frozen)
        e = best_entry(p, f, h->from, end);
    if (!h->frozen && e < end && h->turns >= PLACE_TURNS_MAX) {
        desk_undo_entry(&p->desk, f);
        freeze(p, family);
    }
    if (h->frozen) {
        e = nothing ? h->in_use : end;
        if (nothing)
            desk_take_entry(&p->desk, f, e, &why);
    }
    if (e == end)
        desk_take_again(&p->desk, f, p->before);
    else
        tell_left_seats(p, f);
    if (e < end)
        settle(p, family, e);
    h->from = h->held;
}

void take_turn(struct placer *p, int32_t family)
{
    if (p->m->families[family].n_children == 1)
        turn_of_single(p, family);
    else
        turn_of_siblings(p, family);
}
