#include "scoring/verify/verify_work.h"

/* The children of one household whom an entry sends to one facility and who
 * compete for a seat there, best ranked first. */
struct sent {
    int32_t facility;
    struct standing *children; /* room for the whole household */
    size_t n;
    unsigned classes; /* those that share a pool with one of them */
};

static int32_t place_in(const struct market *m, const struct market_family *f,
                        size_t entry, size_t k)
{
    int32_t place = f->entries[entry * f->n_children + k];
    return place != MARKET_NONE ? place : m->children[f->children[k]].current;
}

static void send(const struct verify_work *w, struct sent *s, int32_t child)
{
    if (keeps_private_seat(w->m, child, s->facility))
        return; /* sits on a seat that is nobody else's */
    struct standing new = {child, rank_at(w, child, s->facility)};
    size_t at = s->n++;
    for (; at > 0 && s->children[at - 1].rank > new.rank; at--)
        s->children[at] = s->children[at - 1];
    s->children[at] = new;
    s->classes |=
        w->m->facilities[s->facility].pool[w->m->children[child].class_age];
}

static bool admit(const struct verify_work *w, const struct site *s,
                  int32_t counts[MARKET_CLASSES], int32_t child)
{
    int age = w->m->children[child].class_age;
    counts[age]++;
    if (within_limits(s, counts, age))
        return true;
    counts[age]--;
    return false;
}

static bool competes(const struct verify_work *w, const struct sent *s,
                     int32_t family, int32_t holder)
{
    const struct market_child *c = &w->m->children[holder];
    return c->family != family && s->classes >> c->class_age & 1U;
}

/* The facility chooses greedily from its holders, without this household's,
 * and those sent; true when it takes every one of the sent. */
static bool all_chosen(const struct verify_work *w, const struct sent *sent,
                       int32_t family)
{
    const struct site *s = &w->sites[sent->facility];
    int32_t counts[MARKET_CLASSES] = {0};
    size_t h = 0;
    for (size_t i = 0; i < sent->n; i++) {
        if (sent->children[i].rank == NOT_RANKED)
            return false;
        for (; h < s->n_holders && s->holders[h].rank < sent->children[i].rank;
             h++)
            if (competes(w, sent, family, s->holders[h].child))
                admit(w, s, counts, s->holders[h].child);
        if (!admit(w, s, counts, sent->children[i].child))
            return false;
    }
    return true;
}

static bool entry_blocks(const struct verify_work *w, int32_t family,
                         size_t entry, struct sent *sent)
{
    const struct market *m = w->m;
    const struct market_family *f = &m->families[family];
    for (size_t k = 0; k < f->n_children; k++) {
        sent->facility = place_in(m, f, entry, k);
        bool first = sent->facility != MARKET_NONE;
        for (size_t j = 0; first && j < k; j++)
            first = place_in(m, f, entry, j) != sent->facility;
        if (!first)
            continue; /* nobody, or looked at already */
        sent->n = 0;
        sent->classes = 0;
        for (size_t j = k; j < f->n_children; j++)
            if (place_in(m, f, entry, j) == sent->facility)
                send(w, sent, f->children[j]);
        if (!all_chosen(w, sent, family))
            return false;
    }
    return true;
}

static bool holds_entry(const struct verify_work *w,
                        const struct market_family *f, size_t entry)
{
    for (size_t k = 0; k < f->n_children; k++)
        if (place_in(w->m, f, entry, k) != w->place[f->children[k]])
            return false;
    return true;
}

static bool is_as_today(const struct verify_work *w,
                        const struct market_family *f)
{
    for (size_t k = 0; k < f->n_children; k++)
        if (w->place[f->children[k]] != w->m->children[f->children[k]].current)
            return false;
    return true;
}

/* How many of its entries the household would rather have. */
static size_t better_entries(const struct verify_work *w,
                             const struct market_family *f, bool *listed)
{
    size_t in_use = entries_in_use(w->m, f), e = 0;
    while (e < in_use && !holds_entry(w, f, e))
        e++;
    *listed = e < in_use || is_as_today(w, f);
    return e;
}

void find_blocking(struct verify_work *w, struct market_verdict *v)
{
    v->blocking =
        ARENA_ARRAY(w->a, struct market_blocking, VERIFY_EXAMPLES_MAX);
    for (size_t i = 0; i < w->m->n_families; i++) {
        const struct market_family *f = &w->m->families[i];
        struct arena scratch = ARENA_INIT;
        struct sent sent = {
            .children = ARENA_ARRAY(&scratch, struct standing, f->n_children)};
        bool siblings = f->n_children > 1, listed;
        size_t found = 0, better = better_entries(w, f, &listed);
        v->siblings_apart += siblings ? f->n_children : 0;
        if (siblings && !listed) {
            v->families_unlisted++;
            better = 0;
        }
        for (size_t e = 0; e < better; e++) {
            if (!entry_blocks(w, (int32_t)i, e, &sent))
                continue;
            found++;
            if (v->n_blocking_listed < VERIFY_EXAMPLES_MAX)
                v->blocking[v->n_blocking_listed++] =
                    (struct market_blocking){(int32_t)i, (int32_t)e};
        }
        v->n_blocking += found;
        v->n_blocking_siblings += siblings ? found : 0;
        v->blocked_families += found > 0;
        arena_release(&scratch);
    }
}
