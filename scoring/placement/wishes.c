#include "scoring/placement/wishes.h"

#include <stdlib.h>

/* One line of a facility's order, filed under its child. */
struct listing {
    int32_t facility, rank;
};

struct listings {
    size_t *first; /* per child, n_children + 1 */
    struct listing *items;
};

/* Facilities are walked in order, so each child's lines end up sorted. */
static void file_listings(const struct market *m, struct listings *l,
                          struct arena *a)
{
    l->first = ARENA_ARRAY(a, size_t, m->n_children + 1);
    for (size_t f = 0; f < m->n_facilities; f++)
        for (size_t i = 0; i < m->facilities[f].n_priority; i++)
            l->first[m->facilities[f].priority[i] + 1]++;
    for (size_t c = 0; c < m->n_children; c++)
        l->first[c + 1] += l->first[c];
    l->items = ARENA_ARRAY(a, struct listing, l->first[m->n_children]);
    size_t *next = ARENA_ARRAY(a, size_t, m->n_children + 1);
    for (size_t c = 0; c < m->n_children; c++)
        next[c] = l->first[c];
    for (size_t f = 0; f < m->n_facilities; f++)
        for (size_t i = 0; i < m->facilities[f].n_priority; i++)
            l->items[next[m->facilities[f].priority[i]]++] =
                (struct listing){(int32_t)f, (int32_t)i};
}

static int32_t listing_rank(const struct listings *l, int32_t child,
                            int32_t facility)
{
    size_t low = l->first[child], high = l->first[child + 1];
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (l->items[mid].facility == facility)
            return l->items[mid].rank;
        if (l->items[mid].facility < facility)
            low = mid + 1;
        else
            high = mid;
    }
    return RANK_NOBODY;
}

/* None for an enrolled child means that it stays. */
static bool entry_is_current(const struct market *m,
                             const struct market_family *f, size_t entry)
{
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t place = f->entries[entry * f->n_children + k];
        if (place != MARKET_NONE &&
            place != m->children[f->children[k]].current)
            return false;
    }
    return true;
}

static size_t entries_that_count(const struct market *m,
                                 const struct market_family *f)
{
    size_t n = 0;
    while (n < f->n_entries && !entry_is_current(m, f, n))
        n++;
    return n;
}

struct column {
    const struct market_family *family;
    size_t k, n_entries; /* the child's place in the family; rows to read */
};

/* Appends the child's distinct facilities. `seen` holds, per facility, the
 * last child (plus one) that named it. */
static size_t read_column(struct column col, int32_t child, int32_t current,
                          int32_t *seen, int32_t *out)
{
    size_t n = 0;
    for (size_t e = 0; e < col.n_entries; e++) {
        int32_t f = col.family->entries[e * col.family->n_children + col.k];
        if (f == MARKET_NONE || seen[f] == child + 1)
            continue;
        seen[f] = child + 1;
        out[n++] = f;
    }
    if (current != MARKET_NONE && seen[current] != child + 1)
        out[n++] = current;
    return n;
}

static size_t longest_list(const struct market *m)
{
    size_t most = 0;
    for (size_t f = 0; f < m->n_families; f++)
        if (m->families[f].n_entries > most)
            most = m->families[f].n_entries;
    return most + 1;
}

static size_t room_needed(const struct market *m)
{
    size_t room = m->n_children;
    for (size_t f = 0; f < m->n_families; f++)
        room += m->families[f].n_entries * m->families[f].n_children;
    return room;
}

static struct column column_of(const struct market *m, int32_t child)
{
    const struct market_family *f = &m->families[m->children[child].family];
    size_t k = 0;
    while (f->children[k] != child)
        k++;
    return (struct column){f, k, entries_that_count(m, f)};
}

void wishes_build(const struct market *m, struct wishes *out, struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    struct listings l;
    file_listings(m, &l, &scratch);
    int32_t *seen = ARENA_ARRAY(&scratch, int32_t, m->n_facilities);
    int32_t *list = ARENA_ARRAY(&scratch, int32_t, longest_list(m));
    out->first = ARENA_ARRAY(a, size_t, m->n_children + 1);
    out->items = ARENA_ARRAY(a, struct wish, room_needed(m));
    size_t used = 0;
    for (size_t c = 0; c < m->n_children; c++) {
        int32_t child = (int32_t)c, current = m->children[c].current;
        size_t n = read_column(column_of(m, child), child, current, seen, list);
        for (size_t k = 0; k < n; k++) {
            int32_t rank = list[k] == current
                               ? RANK_OWN
                               : listing_rank(&l, child, list[k]);
            out->items[used++] = (struct wish){list[k], rank};
        }
        out->first[c + 1] = used;
    }
    arena_release(&scratch);
}
