#include "scoring/placement/entry_outcome.h"

static struct seat seat_at(const struct desk *d, int32_t child,
                           int32_t facility)
{
    int32_t slot = desk_slot(d, child, facility);
    if (d->m->children[child].current == facility)
        slot = seat_is_private(d->m, child, facility) ? SLOT_PRIVATE : SLOT_OWN;
    return (struct seat){facility, slot};
}

void entry_judge_open(struct entry_judge *j, const struct market *m,
                      const struct matching *held, struct arena *a)
{
    size_t most = 0;
    desk_open(&j->desk, m, a);
    for (size_t f = 0; f < m->n_families; f++)
        if (m->families[f].n_children > most)
            most = m->families[f].n_children;
    j->before = ARENA_ARRAY(a, struct seat, most);
    for (size_t c = 0; c < m->n_children; c++)
        if (held->place[c] != MARKET_NONE)
            desk_return(&j->desk, (int32_t)c,
                        seat_at(&j->desk, (int32_t)c, held->place[c]));
}

static bool holds(const struct desk *d, const struct market_family *f,
                  int32_t entry)
{
    for (size_t k = 0; k < f->n_children; k++)
        if (entry_place(d->m, f, entry, k) != d->held[f->children[k]].facility)
            return false;
    return true;
}

size_t entry_judge_family(struct entry_judge *j, int32_t family,
                          struct entry_outcome *out, size_t room)
{
    struct desk *d = &j->desk;
    const struct market_family *f = &d->m->families[family];
    int32_t better = 0;
    while ((size_t)better < f->n_entries && !holds(d, f, better) &&
           !entry_is_today(d->m, f, better))
        better++;
    desk_give_back(d, f, j->before);
    for (int32_t e = 0; e < better && (size_t)e < room; e++) {
        out[e] = (struct entry_outcome){.accepted = false};
        out[e].accepted = desk_take_entry(d, f, e, &out[e].why);
        if (out[e].accepted)
            desk_undo_entry(d, f);
    }
    desk_take_again(d, f, j->before);
    return (size_t)better;
}
