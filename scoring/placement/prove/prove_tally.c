/* What a matching is worth: does it fit, which entries block, who has a place.
 */
#include "scoring/placement/prove/prove_door.h"

static bool holds(const struct prove_view *v, const struct matching *matching,
                  int32_t family, size_t entry)
{
    const struct market_family *f = &v->m->families[family];
    const int32_t *bids = view_entry_bids(v, family, entry);
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t place =
            bids[k] == NO_BID ? MARKET_NONE : v->bids[bids[k]].facility;
        if (matching->place[f->children[k]] != place)
            return false;
    }
    return true;
}

static bool *mark_held(const struct prove_view *v, const size_t *held,
                       struct arena *a)
{
    bool *marked = ARENA_ARRAY(a, bool, v->n_bids);
    for (size_t i = 0; i < v->m->n_families; i++) {
        const int32_t *bids = view_entry_bids(v, (int32_t)i, held[i]);
        for (size_t k = 0; k < v->families[i].children; k++)
            if (bids[k] != NO_BID)
                marked[bids[k]] = true;
    }
    return marked;
}

static bool fits(const struct prove_view *v, const bool *marked,
                 struct arena *a)
{
    struct prove_door d;
    door_make(&d, v, marked, a);
    for (size_t f = 0; f < v->m->n_facilities; f++) {
        door_open(&d, (int32_t)f);
        for (size_t b = v->site[f]; b < v->site[f + 1]; b++)
            if (marked[b] && !door_take(&d, (int32_t)b))
                return false;
    }
    return true;
}

bool view_held(const struct prove_view *v, const struct matching *matching,
               size_t *held)
{
    for (size_t i = 0; i < v->m->n_families; i++) {
        const struct prove_family *f = &v->families[i];
        size_t e = 0;
        while (e < f->n &&
               (v->dead[f->first + e] || !holds(v, matching, (int32_t)i, e)))
            e++;
        if (e == f->n)
            return false;
        held[i] = e;
    }
    struct arena scratch = ARENA_INIT;
    bool ok = fits(v, mark_held(v, held, &scratch), &scratch);
    arena_release(&scratch);
    return ok;
}

void view_matching(const struct prove_view *v, const size_t *held,
                   struct matching *out, struct arena *a)
{
    out->n = v->m->n_children;
    out->place = ARENA_ARRAY(a, int32_t, out->n);
    for (size_t i = 0; i < v->m->n_families; i++) {
        const struct market_family *f = &v->m->families[i];
        const int32_t *bids = view_entry_bids(v, (int32_t)i, held[i]);
        for (size_t k = 0; k < f->n_children; k++)
            out->place[f->children[k]] =
                bids[k] == NO_BID ? MARKET_NONE : v->bids[bids[k]].facility;
    }
}

struct tally {
    const struct prove_view *v;
    const bool *marked;
    bool *welcome; /* per bid: chosen from all who hold seats and it alone */
    struct prove_door door;
};

static void find_welcome(struct tally *t, struct arena *a)
{
    const struct prove_view *v = t->v;
    t->welcome = ARENA_ARRAY(a, bool, v->n_bids);
    for (size_t f = 0; f < v->m->n_facilities; f++) {
        door_open(&t->door, (int32_t)f);
        for (size_t b = v->site[f]; b < v->site[f + 1]; b++) {
            t->welcome[b] = door_has_room(&t->door, (int32_t)b);
            if (t->marked[b])
                door_take(&t->door, (int32_t)b);
        }
    }
}

static bool blocks(struct tally *t, int32_t family, size_t entry)
{
    const struct prove_view *v = t->v;
    const int32_t *bids = view_entry_bids(v, family, entry);
    size_t n = v->families[family].children;
    for (size_t k = 0; k < n; k++) {
        if (bids[k] == NO_BID)
            continue;
        bool alone = v->bids[bids[k]].next_own == bids[k];
        if (alone ? !t->welcome[bids[k]]
                  : !door_chooses(&t->door, bids, n, bids[k]))
            return false;
    }
    return true;
}

static void add_blocking(struct prove_tally *out, struct market_blocking new,
                         size_t *room, struct arena *a)
{
    if (out->blocking == *room) {
        size_t more = *room ? *room * 2 : 16;
        out->list = arena_grow(a, out->list, *room, more, sizeof new);
        *room = more;
    }
    out->list[out->blocking++] = new;
}

void view_tally(const struct prove_view *v, const size_t *held,
                struct prove_tally *out, struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    struct tally t = {.v = v, .marked = mark_held(v, held, &scratch)};
    size_t room = 0;
    *out = (struct prove_tally){.list = NULL};
    door_make(&t.door, v, t.marked, &scratch);
    find_welcome(&t, &scratch);
    for (size_t i = 0; i < v->m->n_families; i++) {
        const struct prove_family *f = &v->families[i];
        size_t before = out->blocking;
        for (size_t e = 0; e < held[i]; e++)
            if (!v->dead[f->first + e] && blocks(&t, (int32_t)i, e))
                add_blocking(out,
                             (struct market_blocking){(int32_t)i, (int32_t)e},
                             &room, a);
        out->families += out->blocking > before;
        const int32_t *bids = view_entry_bids(v, (int32_t)i, held[i]);
        for (size_t k = 0; k < f->children; k++)
            out->placed += bids[k] != NO_BID;
    }
    arena_release(&scratch);
}
