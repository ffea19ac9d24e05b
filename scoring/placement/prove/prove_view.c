#include "scoring/placement/prove/prove_view.h"

#include <stdlib.h>
#include <string.h>

/* One line of a facility's order, filed under its child. */
struct listing {
    int32_t facility, rank;
};

struct building {
    struct prove_view *v;
    const struct market *m;
    size_t *listed; /* per child, n_children + 1 positions in listings */
    struct listing *listings;
    int32_t *seen, *bid_of; /* per facility: the child (plus one) that last
                               made a bid there, and that bid */
    size_t room;
};

static void file_listings(struct building *b, struct arena *scratch)
{
    const struct market *m = b->m;
    b->listed = ARENA_ARRAY(scratch, size_t, m->n_children + 1);
    for (size_t f = 0; f < m->n_facilities; f++)
        for (size_t i = 0; i < m->facilities[f].n_priority; i++)
            b->listed[m->facilities[f].priority[i] + 1]++;
    for (size_t c = 0; c < m->n_children; c++)
        b->listed[c + 1] += b->listed[c];
    b->listings =
        ARENA_ARRAY(scratch, struct listing, b->listed[m->n_children]);
    size_t *next = ARENA_ARRAY(scratch, size_t, m->n_children + 1);
    memcpy(next, b->listed, m->n_children * sizeof *next);
    for (size_t f = 0; f < m->n_facilities; f++)
        for (size_t i = 0; i < m->facilities[f].n_priority; i++)
            b->listings[next[m->facilities[f].priority[i]]++] =
                (struct listing){(int32_t)f, (int32_t)i};
}

/* -1 at its current place, INT32_MAX where it is not acceptable. */
static int32_t rank_of(const struct building *b, int32_t child, int32_t f)
{
    if (b->m->children[child].current == f)
        return -1;
    size_t low = b->listed[child], high = b->listed[child + 1];
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (b->listings[mid].facility == f)
            return b->listings[mid].rank;
        if (b->listings[mid].facility < f)
            low = mid + 1;
        else
            high = mid;
    }
    return INT32_MAX;
}

/* Where the k-th child is under the entry; none for an enrolled child means
 * that it stays. `entry` may be ω(f), one past the entries listed. */
static int32_t place_in(const struct market *m, const struct market_family *f,
                        size_t entry, size_t k)
{
    int32_t place = entry < f->n_entries ? f->entries[entry * f->n_children + k]
                                         : MARKET_NONE;
    return place != MARKET_NONE ? place : m->children[f->children[k]].current;
}

static bool is_current(const struct market *m, const struct market_family *f,
                       size_t entry)
{
    for (size_t k = 0; k < f->n_children; k++)
        if (place_in(m, f, entry, k) != m->children[f->children[k]].current)
            return false;
    return true;
}

static size_t entries_in_use(const struct market *m,
                             const struct market_family *f)
{
    size_t n = 0;
    while (n < f->n_entries && !is_current(m, f, n))
        n++;
    return n;
}

static void lay_out(struct building *b, struct arena *a)
{
    const struct market *m = b->m;
    struct prove_view *v = b->v;
    size_t places = 0;
    v->families = ARENA_ARRAY(a, struct prove_family, m->n_families);
    for (size_t i = 0; i < m->n_families; i++) {
        const struct market_family *f = &m->families[i];
        struct prove_family *to = &v->families[i];
        *to = (struct prove_family){.first = v->n_entries,
                                    .n = entries_in_use(m, f) + 1,
                                    .bids = places,
                                    .children = f->n_children};
        v->n_entries += to->n;
        places += to->n * f->n_children;
    }
    v->dead = ARENA_ARRAY(a, bool, v->n_entries);
    v->repeated = ARENA_ARRAY(a, bool, v->n_entries);
    v->entry_bids = ARENA_ARRAY(a, int32_t, places);
    for (size_t i = 0; i < places; i++)
        v->entry_bids[i] = NO_BID;
    b->room = places;
}

static bool acceptable(const struct building *b, size_t family, size_t entry)
{
    const struct market_family *f = &b->m->families[family];
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t place = place_in(b->m, f, entry, k);
        if (place != MARKET_NONE &&
            rank_of(b, f->children[k], place) == INT32_MAX)
            return false;
    }
    return true;
}

static size_t listed_entry(const struct building *b, size_t family, size_t e)
{
    const struct prove_family *f = &b->v->families[family];
    return e + 1 == f->n ? b->m->families[family].n_entries : e;
}

/* More of the household's children than the group has seats. */
static bool overfull(const struct building *b, size_t family, size_t entry)
{
    const struct market *m = b->m;
    const struct market_family *f = &m->families[family];
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t d = place_in(m, f, entry, k);
        if (d == MARKET_NONE)
            continue;
        for (size_t g = b->v->seats.first[d]; g < b->v->seats.first[d + 1];
             g++) {
            const struct seat_group *group = &b->v->seats.groups[g];
            int32_t sent = 0;
            for (size_t j = 0; j < f->n_children; j++)
                sent +=
                    place_in(m, f, entry, j) == d &&
                    !seat_is_private(m, f->children[j], d) &&
                    group->classes >> m->children[f->children[j]].class_age &
                        1U;
            if (sent > group->max)
                return true;
        }
    }
    return false;
}

static void make_bids(struct building *b, size_t family)
{
    const struct market *m = b->m;
    struct prove_view *v = b->v;
    const struct market_family *f = &m->families[family];
    const struct prove_family *to = &v->families[family];
    for (size_t e = 0; e < to->n; e++) {
        size_t listed = listed_entry(b, family, e);
        v->dead[to->first + e] =
            !acceptable(b, family, listed) || overfull(b, family, listed);
    }
    for (size_t k = 0; k < f->n_children; k++)
        for (size_t e = 0; e < to->n; e++) {
            int32_t d = place_in(m, f, listed_entry(b, family, e), k);
            if (v->dead[to->first + e] || d == MARKET_NONE)
                continue;
            int32_t child = f->children[k];
            if (b->seen[d] != child + 1) {
                b->seen[d] = child + 1;
                b->bid_of[d] = (int32_t)v->n_bids;
                v->bids[v->n_bids++] = (struct prove_bid){
                    .child = child,
                    .facility = d,
                    .rank = rank_of(b, child, d),
                    .family = (int32_t)family,
                    .column = (int32_t)k,
                    .next_own = b->bid_of[d], /* its number until sorted */
                    .private = seat_is_private(m, child, d)};
            }
            v->entry_bids[to->bids + e * f->n_children + k] = b->bid_of[d];
        }
}

static int by_site(const void *x, const void *y)
{
    const struct prove_bid *a = x, *b = y;
    if (a->facility != b->facility)
        return a->facility < b->facility ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return (a->child > b->child) - (a->child < b->child);
}

/* Sorted by facility and rank; what names them is turned along. */
static void sort_bids(struct building *b, struct arena *scratch)
{
    struct prove_view *v = b->v;
    int32_t *moved = ARENA_ARRAY(scratch, int32_t, v->n_bids);
    if (v->n_bids)
        qsort(v->bids, v->n_bids, sizeof *v->bids, by_site);
    for (size_t i = 0; i < v->n_bids; i++)
        moved[v->bids[i].next_own] = (int32_t)i;
    for (size_t i = 0; i < b->room; i++)
        if (v->entry_bids[i] != NO_BID)
            v->entry_bids[i] = moved[v->entry_bids[i]];
    for (size_t i = 0; i < v->n_bids; i++)
        v->site[v->bids[i].facility + 1]++;
    for (size_t f = 0; f < b->m->n_facilities; f++)
        v->site[f + 1] += v->site[f];
}

/* last[family]: its latest bid at the facility at hand. */
static void link_own(struct building *b, struct arena *scratch)
{
    struct prove_view *v = b->v;
    int32_t *last = ARENA_ARRAY(scratch, int32_t, b->m->n_families);
    for (size_t f = 0; f < b->m->n_families; f++)
        last[f] = NO_BID;
    for (size_t i = 0; i < v->n_bids; i++) {
        struct prove_bid *bid = &v->bids[i];
        int32_t before = last[bid->family];
        bid->next_own = (int32_t)i;
        if (before != NO_BID && v->bids[before].facility == bid->facility) {
            bid->next_own = v->bids[before].next_own;
            v->bids[before].next_own = (int32_t)i;
        }
        last[bid->family] = (int32_t)i;
    }
}

struct row {
    const int32_t *bids;
    size_t n, entry;
};

static int by_bids(const void *x, const void *y)
{
    const struct row *a = x, *b = y;
    for (size_t k = 0; k < a->n; k++)
        if (a->bids[k] != b->bids[k])
            return a->bids[k] < b->bids[k] ? -1 : 1;
    return (a->entry > b->entry) - (a->entry < b->entry);
}

static void mark_repeated(struct prove_view *v, int32_t family,
                          struct row *rows)
{
    const struct prove_family *f = &v->families[family];
    size_t n = 0;
    for (size_t e = 0; e < f->n; e++)
        if (!v->dead[f->first + e])
            rows[n++] = (struct row){view_entry_bids(v, family, e), f->children,
                                     f->first + e};
    qsort(rows, n, sizeof *rows, by_bids);
    for (size_t i = 1; i < n; i++)
        v->repeated[rows[i].entry] = memcmp(rows[i - 1].bids, rows[i].bids,
                                            f->children * sizeof(int32_t)) == 0;
}

void view_build(const struct market *m, struct prove_view *out, struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    struct building b = {.v = out, .m = m};
    size_t longest = 0;
    *out = (struct prove_view){.m = m};
    seats_build(m, &out->seats, a);
    file_listings(&b, &scratch);
    lay_out(&b, a);
    b.seen = ARENA_ARRAY(&scratch, int32_t, m->n_facilities);
    b.bid_of = ARENA_ARRAY(&scratch, int32_t, m->n_facilities);
    out->site = ARENA_ARRAY(a, size_t, m->n_facilities + 1);
    out->bids = ARENA_ARRAY(a, struct prove_bid, b.room);
    for (size_t i = 0; i < m->n_families; i++) {
        make_bids(&b, i);
        longest = out->families[i].n > longest ? out->families[i].n : longest;
    }
    sort_bids(&b, &scratch);
    link_own(&b, &scratch);
    struct row *rows = ARENA_ARRAY(&scratch, struct row, longest);
    for (size_t i = 0; i < m->n_families; i++)
        mark_repeated(out, (int32_t)i, rows);
    arena_release(&scratch);
}

const int32_t *view_entry_bids(const struct prove_view *v, int32_t family,
                               size_t entry)
{
    const struct prove_family *f = &v->families[family];
    return v->entry_bids + f->bids + entry * f->children;
}

bool view_in_group(const struct prove_view *v, const struct seat_group *g,
                   int32_t bid)
{
    const struct prove_bid *b = &v->bids[bid];
    return !b->private && g->classes >> v->m->children[b->child].class_age & 1U;
}
