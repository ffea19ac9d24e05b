#include "scoring/placement/prove/prove_door.h"

void door_make(struct prove_door *d, const struct prove_view *v,
               const bool *held, struct arena *a)
{
    size_t most = 0;
    for (size_t f = 0; f < v->m->n_facilities; f++) {
        size_t n = v->seats.first[f + 1] - v->seats.first[f];
        most = n > most ? n : most;
    }
    *d = (struct prove_door){
        .v = v, .held = held, .taken = ARENA_ARRAY(a, int32_t, most)};
}

void door_open(struct prove_door *d, int32_t facility)
{
    d->first = d->v->seats.first[facility];
    d->n = d->v->seats.first[facility + 1] - d->first;
    for (size_t g = 0; g < d->n; g++)
        d->taken[g] = 0;
}

bool door_has_room(const struct prove_door *d, int32_t bid)
{
    const struct seat_group *groups = d->v->seats.groups + d->first;
    for (size_t g = 0; g < d->n; g++)
        if (view_in_group(d->v, &groups[g], bid) &&
            d->taken[g] >= groups[g].max)
            return false;
    return true;
}

bool door_take(struct prove_door *d, int32_t bid)
{
    const struct seat_group *groups = d->v->seats.groups + d->first;
    if (!door_has_room(d, bid))
        return false;
    for (size_t g = 0; g < d->n; g++)
        d->taken[g] += view_in_group(d->v, &groups[g], bid);
    return true;
}

static bool sent_by(const int32_t *bids, size_t n, int32_t bid)
{
    for (size_t k = 0; k < n; k++)
        if (bids[k] == bid)
            return true;
    return false;
}

bool door_chooses(struct prove_door *d, const int32_t *bids, size_t n,
                  int32_t bid)
{
    const struct prove_view *v = d->v;
    int32_t family = v->bids[bid].family, f = v->bids[bid].facility;
    door_open(d, f);
    for (size_t b = v->site[f]; b < v->site[f + 1]; b++) {
        if (v->bids[b].family != family) {
            if (d->held[b])
                door_take(d, (int32_t)b);
        } else if (sent_by(bids, n, (int32_t)b) && !door_take(d, (int32_t)b)) {
            return false;
        }
    }
    return true;
}
