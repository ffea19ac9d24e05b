#include "scoring/placement/desk_entry.h"

static const struct seat no_seat = {MARKET_NONE, SLOT_NONE};

int32_t entry_place(const struct market *m, const struct market_family *f,
                    int32_t entry, size_t k)
{
    int32_t current = m->children[f->children[k]].current;
    if ((size_t)entry >= f->n_entries)
        return current;
    int32_t place = f->entries[(size_t)entry * f->n_children + k];
    return place == MARKET_NONE ? current : place;
}

bool entry_is_today(const struct market *m, const struct market_family *f,
                    int32_t entry)
{
    for (size_t k = 0; k < f->n_children; k++)
        if (entry_place(m, f, entry, k) != m->children[f->children[k]].current)
            return false;
    return true;
}

int32_t desk_slot(const struct desk *d, int32_t child, int32_t facility)
{
    size_t low = d->listing_first[child], high = d->listing_first[child + 1];
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (d->listings[mid].facility == facility)
            return d->listings[mid].slot;
        if (d->listings[mid].facility < facility)
            low = mid + 1;
        else
            high = mid;
    }
    return SLOT_NONE;
}

void desk_give_back(struct desk *d, const struct market_family *f,
                    struct seat *before)
{
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t child = f->children[k];
        before[k] = d->held[child];
        if (before[k].facility != MARKET_NONE)
            desk_drop(d, child, before[k]);
        d->held[child] = no_seat;
    }
}

void desk_take_again(struct desk *d, const struct market_family *f,
                     const struct seat *before)
{
    for (size_t k = 0; k < f->n_children; k++)
        if (before[k].facility != MARKET_NONE)
            desk_return(d, f->children[k], before[k]);
}

void desk_undo_entry(struct desk *d, const struct market_family *f)
{
    int32_t family = (int32_t)(f - d->m->families);
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t child = f->children[k];
        if (d->held[child].facility != MARKET_NONE)
            desk_drop(d, child, d->held[child]);
        d->held[child] = no_seat;
    }
    for (size_t i = 0; i < d->n_journal; i++) {
        const struct displaced *out = &d->journal[i];
        if (d->m->children[out->child].family != family)
            desk_return(d, out->child, out->seat);
    }
}

bool desk_take_entry(struct desk *d, const struct market_family *f,
                     int32_t entry, struct seat_refusal *why)
{
    int32_t family = (int32_t)(f - d->m->families);
    desk_begin(d);
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t child = f->children[k];
        int32_t facility = entry_place(d->m, f, entry, k);
        size_t before = d->n_journal;
        if (facility == MARKET_NONE)
            continue;
        bool ok = desk_add(d, child, facility, desk_slot(d, child, facility));
        if (ok && d->n_journal > before)
            ok = d->m->children[d->journal[before].child].family != family;
        if (!ok) {
            *why = (struct seat_refusal){child, facility,
                                         desk_last_holder(d, child, facility)};
            desk_undo_entry(d, f);
            return false;
        }
    }
    return true;
}
