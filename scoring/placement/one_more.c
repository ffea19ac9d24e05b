#include "scoring/placement/one_more.h"

#include "scoring/placement/place.h"

#include <string.h>

static int32_t pool_of(const struct market *m, int32_t facility, int class_age)
{
    if (facility == MARKET_NONE)
        return MARKET_NONE;
    unsigned pool = m->facilities[facility].pool[class_age];
    return facility * MARKET_CLASSES + __builtin_ctz(pool);
}

/* From 1; 0 at its own place, where it stands first. */
static int32_t rank_at(const struct market *m, int32_t child, int32_t facility)
{
    if (facility == MARKET_NONE)
        return 0;
    const struct market_facility *f = &m->facilities[facility];
    for (size_t i = 0; i < f->n_priority; i++)
        if (f->priority[i] == child)
            return (int32_t)i + 1;
    return 0;
}

static void list_moves(const struct market *m, const struct matching *before,
                       const struct matching *after, struct one_more *out,
                       struct arena *a)
{
    for (size_t c = 0; c < m->n_children; c++)
        out->n += before->place[c] != after->place[c];
    out->children = ARENA_ARRAY(a, int32_t, out->n);
    out->to = ARENA_ARRAY(a, int32_t, out->n);
    out->moves = ARENA_ARRAY(a, struct move, out->n);
    size_t n = 0;
    for (size_t c = 0; c < m->n_children; c++) {
        int32_t from = before->place[c], to = after->place[c];
        int age = m->children[c].class_age;
        if (from == to)
            continue;
        out->children[n] = (int32_t)c;
        out->to[n] = to;
        out->moves[n++] = (struct move){.from = pool_of(m, from, age),
                                        .to = pool_of(m, to, age),
                                        .from_class = age,
                                        .to_class = age,
                                        .rank = rank_at(m, (int32_t)c, to)};
    }
}

void one_more_seat(const struct market *m, const struct matching *held,
                   int32_t facility, int class_age, struct one_more *out,
                   struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    struct market with = *m;
    struct placement p;
    with.facilities =
        ARENA_ARRAY(&scratch, struct market_facility, m->n_facilities);
    memcpy(with.facilities, m->facilities,
           m->n_facilities * sizeof *m->facilities);
    with.facilities[facility].seats[class_age]++;
    place_market(&with, (struct place_options){.log = false}, &p, &scratch);
    struct seat_change added = {pool_of(m, facility, class_age), 1};
    *out = (struct one_more){.n = 0};
    list_moves(m, held, &p.matching, out, a);
    move_chains(out->moves, out->n, &added, 1, &out->chains, a);
    arena_release(&scratch);
}
