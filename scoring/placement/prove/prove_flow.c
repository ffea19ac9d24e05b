#include "scoring/placement/prove/prove_flow.h"

#define NOBODY (-1)
#define OWN_SEAT (-2) /* a seat that no other child may use */

struct flow {
    const struct prove_view *v;
    const struct prove_rest *r;
    struct arena mem;
    size_t *bids_of;  /* per child, n_children + 1 positions in `bids` */
    int32_t *bids;    /* by child */
    int32_t *pool;    /* per bid: its group, or OWN_SEAT */
    size_t *seats_of; /* per group: position in `seats` */
    int32_t *seats;   /* children; the first `taken` of each group */
    int32_t *taken;   /* per group */
    int32_t *at;      /* per child: its group, OWN_SEAT or NOBODY */
    size_t *seat;     /* per child: position in `seats` */
    bool *reached;    /* per group: by this search, or by one in vain */
    int32_t *by;      /* per group: the child who would come there */
    int32_t *queue;   /* groups reached by this search */
    size_t length;
};

/* The largest group that holds the class: groups go from small to large. */
static int32_t pool_of(const struct prove_view *v, int32_t bid)
{
    int32_t f = v->bids[bid].facility;
    for (size_t g = v->seats.first[f + 1]; g > v->seats.first[f]; g--)
        if (view_in_group(v, &v->seats.groups[g - 1], bid))
            return (int32_t)(g - 1);
    return OWN_SEAT;
}

static void file_bids(struct flow *w)
{
    const struct prove_view *v = w->v;
    size_t n = v->m->n_children;
    w->bids_of = ARENA_ARRAY(&w->mem, size_t, n + 2);
    w->bids = ARENA_ARRAY(&w->mem, int32_t, v->n_bids);
    w->pool = ARENA_ARRAY(&w->mem, int32_t, v->n_bids);
    for (size_t b = 0; b < v->n_bids; b++)
        w->bids_of[v->bids[b].child + 2]++;
    for (size_t c = 1; c <= n; c++)
        w->bids_of[c + 1] += w->bids_of[c];
    for (size_t b = 0; b < v->n_bids; b++) {
        w->bids[w->bids_of[v->bids[b].child + 1]++] = (int32_t)b;
        w->pool[b] = pool_of(v, (int32_t)b);
    }
}

static void make_seats(struct flow *w)
{
    const struct prove_view *v = w->v;
    size_t n = v->seats.first[v->m->n_facilities], sum = 0;
    int32_t *asked = ARENA_ARRAY(&w->mem, int32_t, n);
    w->seats_of = ARENA_ARRAY(&w->mem, size_t, n + 1);
    w->taken = ARENA_ARRAY(&w->mem, int32_t, n);
    w->reached = ARENA_ARRAY(&w->mem, bool, n);
    w->by = ARENA_ARRAY(&w->mem, int32_t, n);
    w->queue = ARENA_ARRAY(&w->mem, int32_t, n);
    for (size_t b = 0; b < v->n_bids; b++)
        if (w->pool[b] != OWN_SEAT)
            asked[w->pool[b]]++;
    for (size_t g = 0; g < n; g++) {
        int32_t max = v->seats.groups[g].max;
        w->seats_of[g] = sum;
        sum += (size_t)(asked[g] < max ? asked[g] : max);
    }
    w->seats_of[n] = sum;
    w->seats = ARENA_ARRAY(&w->mem, int32_t, sum + 1);
}

static bool has_room(const struct flow *w, int32_t group)
{
    return w->seats_of[group] + (size_t)w->taken[group] <
           w->seats_of[group + 1];
}

static void sit(struct flow *w, int32_t child, int32_t group, size_t seat)
{
    w->at[child] = group;
    w->seat[child] = seat;
    w->seats[seat] = child;
}

/* Whoever may use a seat of its own keeps no other from anybody. */
static bool has_own_seat(const struct flow *w, int32_t child)
{
    for (size_t i = w->bids_of[child]; i < w->bids_of[child + 1]; i++)
        if (w->pool[w->bids[i]] == OWN_SEAT && w->r->support[w->bids[i]] > 0)
            return true;
    return false;
}

static void sit_down(struct flow *w, const size_t *held)
{
    const struct prove_view *v = w->v;
    w->at = ARENA_ARRAY(&w->mem, int32_t, v->m->n_children);
    w->seat = ARENA_ARRAY(&w->mem, size_t, v->m->n_children);
    for (size_t c = 0; c < v->m->n_children; c++)
        w->at[c] = NOBODY;
    for (size_t i = 0; i < v->m->n_families; i++) {
        const int32_t *bids = view_entry_bids(v, (int32_t)i, held[i]);
        for (size_t k = 0; k < v->families[i].children; k++) {
            if (bids[k] == NO_BID)
                continue;
            int32_t child = v->bids[bids[k]].child;
            int32_t g = has_own_seat(w, child) ? OWN_SEAT : w->pool[bids[k]];
            w->at[child] = g;
            if (g != OWN_SEAT)
                sit(w, child, g, w->seats_of[g] + (size_t)w->taken[g]++);
        }
    }
}

/* Everyone moves up by one place, to the free seat in the last group. */
static void move_up(struct flow *w, int32_t group)
{
    size_t seat = w->seats_of[group] + (size_t)w->taken[group]++;
    for (int32_t from = group; from != NOBODY;) {
        int32_t child = w->by[from], left = w->at[child];
        size_t before = w->seat[child];
        sit(w, child, from, seat);
        from = left;
        seat = before;
    }
}

/* The groups where this child may go; the first with room, or NOBODY. */
static int32_t reach(struct flow *w, int32_t child)
{
    for (size_t i = w->bids_of[child]; i < w->bids_of[child + 1]; i++) {
        int32_t g = w->pool[w->bids[i]];
        if (g == OWN_SEAT || w->r->support[w->bids[i]] <= 0 || w->reached[g])
            continue;
        w->reached[g] = true;
        w->by[g] = child;
        w->queue[w->length++] = g;
        if (has_room(w, g))
            return g;
    }
    return NOBODY;
}

/* What a search in vain has reached stays out of reach for all others. */
static bool find_seat(struct flow *w, int32_t child)
{
    w->length = 0;
    int32_t free = reach(w, child);
    for (size_t i = 0; i < w->length && free == NOBODY; i++) {
        int32_t g = w->queue[i];
        for (int32_t k = 0; k < w->taken[g] && free == NOBODY; k++)
            free = reach(w, w->seats[w->seats_of[g] + (size_t)k]);
    }
    if (free == NOBODY)
        return false;
    move_up(w, free);
    for (size_t i = 0; i < w->length; i++)
        w->reached[w->queue[i]] = false;
    return true;
}

size_t flow_placeable(const struct prove_view *v, const struct prove_rest *r,
                      const size_t *held)
{
    struct flow w = {.v = v, .r = r, .mem = ARENA_INIT};
    size_t n = 0;
    file_bids(&w);
    make_seats(&w);
    sit_down(&w, held);
    for (size_t c = 0; c < v->m->n_children; c++)
        n += w.at[c] != NOBODY || find_seat(&w, (int32_t)c);
    arena_release(&w.mem);
    return n;
}
