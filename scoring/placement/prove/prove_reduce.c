#include "scoring/placement/prove/prove_reduce.h"

#include <assert.h>

#define NEVER INT32_MIN

/* Of the bids passed so far: how many ask, how many may come; apart, those
 * that do so unless (or only if) their household has a blocking entry. */
struct crowd {
    int32_t asking, soft_asking, coming, soft_coming;
};

struct reducing {
    const struct prove_view *v;
    struct prove_rest *r;
    int32_t *slack; /* per bid: how many of its household could come to its
                       facility for certain; at most INT32_MAX */
    size_t *end;    /* per household: one past its last entry in question */
    size_t *loose;  /* per soft household: one past the entry that is certain
                       unless it blocks */
    int32_t budget;
    bool *waiting;  /* per facility: in the queue */
    int32_t *queue; /* a ring of facilities */
    size_t from, length;
    struct crowd *crowds; /* per group of the facility at hand */
};

static void look_again(struct reducing *w, int32_t facility)
{
    if (w->waiting[facility])
        return;
    w->waiting[facility] = true;
    size_t room = w->v->m->n_facilities;
    w->queue[(w->from + w->length++) % room] = facility;
}

static void look_at_places(struct reducing *w, int32_t family, size_t entry)
{
    const int32_t *bids = view_entry_bids(w->v, family, entry);
    for (size_t k = 0; k < w->v->families[family].children; k++)
        if (bids[k] != NO_BID)
            look_again(w, w->v->bids[bids[k]].facility);
}

/* The best entry still open has changed: its facilities hear of it. */
static void move_head(struct reducing *w, int32_t family)
{
    const struct prove_family *f = &w->v->families[family];
    size_t *head = &w->r->head[family];
    while (*head < f->n && !w->r->alive[f->first + *head])
        ++*head;
    if (*head >= w->end[family]) {
        w->r->contradiction = true;
        return;
    }
    look_at_places(w, family, *head);
}

static void kill_entry(struct reducing *w, int32_t family, size_t entry)
{
    const struct prove_family *f = &w->v->families[family];
    if (!w->r->alive[f->first + entry])
        return;
    w->r->alive[f->first + entry] = false;
    const int32_t *bids = view_entry_bids(w->v, family, entry);
    for (size_t k = 0; k < f->children; k++)
        if (bids[k] != NO_BID && --w->r->support[bids[k]] == 0)
            look_again(w, w->v->bids[bids[k]].facility);
    if (w->r->head[family] == entry)
        move_head(w, family);
}

/* Another child of the household may hold one of the seats that this one
 * competes for. Without it, as rule SYY looks at the facility, there might be
 * room after all: such an entry is never held, but it may block. */
static bool has_rival_at_home(const struct reducing *w, int32_t bid)
{
    const struct market *m = w->v->m;
    const struct prove_bid *b = &w->v->bids[bid];
    unsigned pool =
        m->facilities[b->facility].pool[m->children[b->child].class_age];
    for (int32_t o = b->next_own; o != bid; o = w->v->bids[o].next_own)
        if (w->r->support[o] > 0 && !w->v->bids[o].private &&
            pool >> m->children[w->v->bids[o].child].class_age & 1U)
            return true;
    return false;
}

static void kill_bid(struct reducing *w, int32_t bid)
{
    const struct prove_bid *b = &w->v->bids[bid];
    const struct prove_family *f = &w->v->families[b->family];
    bool rival = has_rival_at_home(w, bid);
    for (size_t e = 0; e < w->end[b->family]; e++) {
        if (view_entry_bids(w->v, b->family, e)[b->column] != bid)
            continue;
        w->r->may_block[f->first + e] = w->r->may_block[f->first + e] && rival;
        kill_entry(w, b->family, e);
    }
}

/* How many of the household the entry sends where this bid is. */
static int32_t sent_there(const struct prove_view *v, const int32_t *bids,
                          size_t n, int32_t bid)
{
    int32_t sent = 0;
    for (size_t k = 0; k < n; k++)
        sent += bids[k] != NO_BID &&
                v->bids[bids[k]].facility == v->bids[bid].facility &&
                !v->bids[bids[k]].private;
    return sent;
}

static bool sure(const struct reducing *w, const int32_t *bids, size_t n,
                 int32_t bid)
{
    return w->v->bids[bid].private ||
           w->slack[bid] >= sent_there(w->v, bids, n, bid);
}

/* Cuts the list after an entry that the household gets for certain. */
static void cut_after(struct reducing *w, int32_t family, size_t entry)
{
    const struct prove_family *f = &w->v->families[family];
    size_t *cut = w->r->soft[family] ? &w->loose[family] : &w->end[family];
    size_t end = *cut;
    *cut = entry + 1;
    for (size_t late = entry + 1; late < end; late++) {
        if (w->r->soft[family]) {
            look_at_places(w, family, late);
            continue;
        }
        w->r->may_block[f->first + late] = false;
        kill_entry(w, family, late);
    }
}

static void cut_list(struct reducing *w, int32_t family)
{
    const struct prove_family *f = &w->v->families[family];
    size_t end = w->r->soft[family] ? w->loose[family] : w->end[family];
    for (size_t e = w->r->head[family]; e + 1 < end; e++) {
        const int32_t *bids = view_entry_bids(w->v, family, e);
        bool certain = w->r->alive[f->first + e];
        for (size_t k = 0; certain && k < f->children; k++)
            certain = bids[k] == NO_BID || sure(w, bids, f->children, bids[k]);
        if (certain) {
            cut_after(w, family, e);
            return;
        }
    }
}

/* Does the child stand at this facility's door? The best entry still open to
 * its household sends it, and it alone, here, and everything else in the entry
 * is certain: the household is there, or the facility is full without it, or
 * the household has a blocking entry. */
static bool asks(const struct reducing *w, int32_t bid)
{
    const struct prove_bid *b = &w->v->bids[bid];
    const struct prove_family *f = &w->v->families[b->family];
    if (w->r->head[b->family] >= f->n)
        return false;
    const int32_t *bids =
        view_entry_bids(w->v, b->family, w->r->head[b->family]);
    if (bids[b->column] != bid ||
        (f->children > 1 && sent_there(w->v, bids, f->children, bid) > 1))
        return false;
    for (size_t k = 0; k < f->children; k++)
        if (bids[k] != NO_BID && bids[k] != bid &&
            !sure(w, bids, f->children, bids[k]))
            return false;
    return true;
}

/* Children of the household who may come here and rank before it, in the
 * group. */
static int32_t own_before(const struct reducing *w, const struct seat_group *g,
                          int32_t bid)
{
    int32_t n = 0;
    for (int32_t o = w->v->bids[bid].next_own; o != bid;
         o = w->v->bids[o].next_own)
        n += o < bid && w->r->support[o] > 0 && view_in_group(w->v, g, o);
    return n;
}

/* Comes only if its household, that gets something better, blocks. The budget
 * counts households: one of them must not come twice. */
static bool comes_loosely(const struct reducing *w, int32_t bid)
{
    const struct prove_bid *b = &w->v->bids[bid];
    const struct prove_family *f = &w->v->families[b->family];
    if (!w->r->soft[b->family] || b->next_own != bid)
        return false;
    for (size_t e = w->r->head[b->family]; e < w->loose[b->family]; e++)
        if (w->r->alive[f->first + e] &&
            view_entry_bids(w->v, b->family, e)[b->column] == bid)
            return false;
    return w->loose[b->family] < f->n;
}

static int32_t within(const struct reducing *w, int32_t n)
{
    return n < w->budget ? n : w->budget;
}

static int32_t room_left(const struct reducing *w, const struct crowd *c,
                         int32_t seats)
{
    return seats - c->coming - within(w, c->soft_coming);
}

static bool full(const struct reducing *w, const struct crowd *c, int32_t seats)
{
    return c->asking + c->soft_asking - within(w, c->soft_asking) >= seats;
}

static void join(const struct reducing *w, struct crowd *c, int32_t bid)
{
    bool asking = asks(w, bid);
    if (w->r->soft[w->v->bids[bid].family])
        c->soft_asking += asking;
    else
        c->asking += asking;
    if (comes_loosely(w, bid))
        c->soft_coming++;
    else
        c->coming++;
}

/* Returns false when a group is full before the child's turn. */
static bool pass_bid(struct reducing *w, int32_t bid)
{
    const struct prove_view *v = w->v;
    size_t first = v->seats.first[v->bids[bid].facility];
    size_t n = v->seats.first[v->bids[bid].facility + 1] - first;
    int32_t slack = INT32_MAX;
    for (size_t i = 0; i < n; i++) {
        const struct seat_group *g = &v->seats.groups[first + i];
        if (!view_in_group(v, g, bid))
            continue;
        if (full(w, &w->crowds[i], g->max))
            return false;
        int32_t left =
            room_left(w, &w->crowds[i], g->max) + own_before(w, g, bid);
        slack = left < slack ? left : slack;
    }
    for (size_t i = 0; i < n; i++)
        if (view_in_group(v, &v->seats.groups[first + i], bid))
            join(w, &w->crowds[i], bid);
    w->slack[bid] = slack;
    return true;
}

/* A new certainty may let the household ask elsewhere. */
static void tell_household(struct reducing *w, int32_t family)
{
    cut_list(w, family);
    if (w->v->families[family].children > 1 && !w->r->contradiction)
        move_head(w, family);
}

static void pass_site(struct reducing *w, int32_t facility)
{
    const struct prove_view *v = w->v;
    size_t groups = v->seats.first[facility + 1] - v->seats.first[facility];
    for (size_t i = 0; i < groups; i++)
        w->crowds[i] = (struct crowd){0};
    for (size_t i = v->site[facility];
         i < v->site[facility + 1] && !w->r->contradiction; i++) {
        int32_t bid = (int32_t)i, before = w->slack[i];
        if (w->r->support[i] == 0 || v->bids[i].private)
            continue;
        if (!pass_bid(w, bid))
            kill_bid(w, bid);
        else if (w->slack[i] > before && w->slack[i] > 0)
            tell_household(w, v->bids[i].family);
    }
}

static void open_list(struct reducing *w, int32_t family,
                      const struct prove_rest *known)
{
    const struct prove_view *v = w->v;
    const struct prove_family *f = &v->families[family];
    w->end[family] = w->loose[family] = f->n;
    for (size_t e = 0; e < f->n; e++) {
        size_t entry = f->first + e;
        w->r->alive[entry] = known ? known->alive[entry]
                                   : !v->dead[entry] && !v->repeated[entry];
        w->r->may_block[entry] =
            known ? known->may_block[entry] : !v->dead[entry] && e + 1 < f->n;
        const int32_t *bids = view_entry_bids(v, family, e);
        for (size_t k = 0; w->r->alive[entry] && k < f->children; k++)
            if (bids[k] != NO_BID)
                w->r->support[bids[k]]++;
    }
}

static void start(struct reducing *w, const struct prove_rest *known,
                  struct arena *a, struct arena *scratch)
{
    const struct prove_view *v = w->v;
    struct prove_rest *r = w->r;
    size_t most = 0;
    for (size_t f = 0; f < v->m->n_facilities; f++) {
        size_t n = v->seats.first[f + 1] - v->seats.first[f];
        most = n > most ? n : most;
    }
    r->alive = ARENA_ARRAY(a, bool, v->n_entries);
    r->may_block = ARENA_ARRAY(a, bool, v->n_entries);
    r->head = ARENA_ARRAY(a, size_t, v->m->n_families);
    r->support = ARENA_ARRAY(a, int32_t, v->n_bids);
    w->slack = ARENA_ARRAY(scratch, int32_t, v->n_bids);
    w->end = ARENA_ARRAY(scratch, size_t, v->m->n_families);
    w->loose = ARENA_ARRAY(scratch, size_t, v->m->n_families);
    w->waiting = ARENA_ARRAY(scratch, bool, v->m->n_facilities);
    w->queue = ARENA_ARRAY(scratch, int32_t, v->m->n_facilities);
    w->crowds = ARENA_ARRAY(scratch, struct crowd, most);
    for (size_t b = 0; b < v->n_bids; b++)
        w->slack[b] = NEVER;
    for (size_t i = 0; i < v->m->n_families; i++)
        open_list(w, (int32_t)i, known);
}

void reduce_market(const struct prove_view *v, const bool *soft, int32_t budget,
                   const struct prove_rest *known, struct prove_rest *out,
                   struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    struct reducing w = {.v = v, .r = out, .budget = budget};
    *out = (struct prove_rest){.soft = soft};
    start(&w, known, a, &scratch);
    for (size_t i = 0; i < v->m->n_families; i++)
        move_head(&w, (int32_t)i);
    for (size_t f = 0; f < v->m->n_facilities; f++)
        look_again(&w, (int32_t)f);
    while (w.length && !out->contradiction) {
        assert(v->m->n_facilities > 0); /* one of them waits */
        int32_t facility = w.queue[w.from];
        w.from = (w.from + 1) % v->m->n_facilities;
        w.length--;
        w.waiting[facility] = false;
        pass_site(&w, facility);
    }
    arena_release(&scratch);
}

size_t rest_entries(const struct prove_view *v, const struct prove_rest *r)
{
    size_t n = 0;
    for (size_t e = 0; e < v->n_entries; e++)
        n += r->alive[e];
    return n;
}
