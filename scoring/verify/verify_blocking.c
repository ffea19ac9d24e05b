#include "scoring/verify/verify_work.h"

#include <stdlib.h>

/* The children of one household whom an entry sends to classes of one facility
 * that share seats, best ranked first. */
struct sent {
    struct standing *children; /* room for the whole household */
    size_t n;
};

struct search {
    const struct verify_work *w;
    struct market_verdict *v;
    unsigned *alone; /* per facility: bit k, it would choose child k alone */
    struct sent sent;
};

static void send(const struct verify_work *w, struct sent *s, int32_t child,
                 int32_t facility)
{
    if (keeps_private_seat(w->m, child, facility))
        return; /* sits on a seat that is nobody else's */
    struct standing new = {child, rank_at(w, child, facility)};
    size_t at = s->n++;
    for (; at > 0 && s->children[at - 1].rank > new.rank; at--)
        s->children[at] = s->children[at - 1];
    s->children[at] = new;
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

static bool is_sent(const struct sent *s, int32_t child)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->children[i].child == child)
            return true;
    return false;
}

/* The facility chooses greedily from its holders and those sent; true when it
 * takes every one of the sent. */
static bool all_chosen(const struct verify_work *w, const struct site *s,
                       const struct sent *sent, int32_t family, bool abh)
{
    int32_t counts[MARKET_CLASSES] = {0};
    size_t h = 0;
    for (size_t i = 0; i < sent->n; i++) {
        if (sent->children[i].rank == NOT_RANKED)
            return false;
        for (; h < s->n_holders && s->holders[h].rank < sent->children[i].rank;
             h++) {
            int32_t child = s->holders[h].child;
            bool own = w->m->children[child].family == family;
            if (own && (!abh || is_sent(sent, child)))
                continue;
            admit(w, s, counts, child);
        }
        if (!admit(w, s, counts, sent->children[i].child))
            return false;
    }
    return true;
}

static struct site *sent_to(const struct verify_work *w,
                            const struct market_family *f, size_t entry,
                            size_t k)
{
    int32_t facility = sends_to(w->m, f, entry, k);
    return facility == MARKET_NONE
               ? NULL
               : site_at(w, facility, w->m->children[f->children[k]].class_age);
}

static bool entry_blocks(struct search *s, const struct market_family *f,
                         size_t entry, bool abh)
{
    const struct verify_work *w = s->w;
    for (size_t k = 0; k < f->n_children; k++) {
        const struct site *at = sent_to(w, f, entry, k);
        bool first = at != NULL;
        for (size_t j = 0; first && j < k; j++)
            first = sent_to(w, f, entry, j) != at;
        if (!first)
            continue; /* nobody, or looked at already */
        s->sent.n = 0;
        for (size_t j = k; j < f->n_children; j++)
            if (sent_to(w, f, entry, j) == at)
                send(w, &s->sent, f->children[j], sends_to(w->m, f, entry, j));
        if (!all_chosen(w, at, &s->sent, (int32_t)(f - w->m->families), abh))
            return false;
    }
    return true;
}

/* Most entries fail for a child that would not be chosen even without its
 * brothers and sisters. */
static void mark_alone(struct search *s, const struct market_family *f, bool on)
{
    const struct verify_work *w = s->w;
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t child = f->children[k];
        for (size_t i = w->line_first[child]; i < w->line_first[child + 1];
             i++) {
            int32_t facility = w->lines[i].facility;
            if (!on) {
                s->alone[facility] = 0;
                continue;
            }
            s->sent.n = 0;
            send(w, &s->sent, child, facility);
            if (all_chosen(
                    w, site_at(w, facility, w->m->children[child].class_age),
                    &s->sent, (int32_t)(f - w->m->families), false))
                s->alone[facility] |= 1U << k;
        }
    }
}

static bool may_block(const struct search *s, const struct market_family *f,
                      size_t entry)
{
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t place = sends_to(s->w->m, f, entry, k);
        if (place != s->w->m->children[f->children[k]].current &&
            !(s->alone[place] >> k & 1U))
            return false;
    }
    return true;
}

static void count(struct blocking_count *c, size_t found, bool siblings)
{
    c->entries += found;
    c->of_siblings += siblings ? found : 0;
    c->families += found > 0;
}

static void search_family(struct search *s, size_t family)
{
    const struct market_family *f = &s->w->m->families[family];
    bool siblings = f->n_children > 1;
    size_t better = s->w->households[family].better, syy = 0, abh = 0;
    if (siblings && !s->w->households[family].listed)
        better = 0;
    if (siblings && better)
        mark_alone(s, f, true);
    for (size_t e = 0; e < better; e++) {
        if ((siblings && !may_block(s, f, e)) || !entry_blocks(s, f, e, false))
            continue;
        syy++;
        abh += entry_blocks(s, f, e, true);
        if (s->v->n_blocking_listed < VERIFY_EXAMPLES_MAX)
            s->v->blocking[s->v->n_blocking_listed++] =
                (struct market_blocking){(int32_t)family, (int32_t)e};
    }
    if (siblings && better)
        mark_alone(s, f, false);
    count(&s->v->syy, syy, siblings);
    count(&s->v->abh, abh, siblings);
}

static size_t largest_family(const struct market *m)
{
    size_t most = 0;
    for (size_t f = 0; f < m->n_families; f++)
        if (m->families[f].n_children > most)
            most = m->families[f].n_children;
    return most;
}

void find_blocking(const struct verify_work *w, struct market_verdict *v,
                   struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    struct search s = {.w = w,
                       .v = v,
                       .alone =
                           ARENA_ARRAY(&scratch, unsigned, w->m->n_facilities)};
    s.sent.children =
        ARENA_ARRAY(&scratch, struct standing, largest_family(w->m));
    v->blocking = ARENA_ARRAY(a, struct market_blocking, VERIFY_EXAMPLES_MAX);
    for (size_t i = 0; i < w->m->n_families; i++) {
        bool siblings = w->m->families[i].n_children > 1;
        v->sibling_families += siblings;
        v->families_unlisted += siblings && !w->households[i].listed;
        search_family(&s, i);
    }
    arena_release(&scratch);
}
