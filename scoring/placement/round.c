#include "scoring/placement/round.h"

#include "scoring/placement/wishes.h"

#include <string.h>

struct work {
    const struct market *plain;
    const struct round *r;
    struct later_market *out;
    struct arena *a;
};

bool round_fixed(const struct round *r, int32_t child)
{
    switch (r->children[child].part) {
    case ROUND_DECIDED:
        return r->policy != ROUND_EVERYONE;
    case ROUND_NEW:
        return r->policy == ROUND_FREED;
    case ROUND_WAITING:
        break;
    }
    return false;
}

static bool decided(const struct round *r, int32_t child)
{
    return r->children[child].part == ROUND_DECIDED;
}

static void set_children(struct work *w)
{
    const struct market *m = w->plain;
    struct market *out = &w->out->market;
    out->children = ARENA_ARRAY(w->a, struct market_child, m->n_children);
    for (size_t c = 0; c < m->n_children; c++) {
        out->children[c] = m->children[c];
        if (decided(w->r, (int32_t)c))
            out->children[c].current = w->r->children[c].held;
    }
}

/* ---- entries ---- */

/* Where an entry puts the child, and whether it may: what was decided is not
 * taken away, and a place that a transfer gave up is gone. */
static bool may_send(const struct work *w, int32_t child, int32_t *to)
{
    const struct round_child *x = &w->r->children[child];
    int32_t before = w->plain->children[child].current;
    int32_t now = w->out->market.children[child].current;
    if (*to == MARKET_NONE)
        *to = before;
    if (round_fixed(w->r, child))
        return *to == now;
    return x->part != ROUND_DECIDED ||
           (*to != MARKET_NONE && (*to != before || before == now));
}

/* One entry into `row`; false where it is left out. *today: it is what the
 * household has now. */
static bool take_entry(const struct work *w, const struct market_family *f,
                       size_t entry, int32_t *row, bool *today)
{
    bool same = true, ok = true;
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t child = f->children[k];
        row[k] = f->entries[entry * f->n_children + k];
        ok = may_send(w, child, &row[k]) && ok;
        same = same && row[k] == w->out->market.children[child].current;
    }
    *today = ok && same;
    return ok;
}

static void set_entries(struct work *w, size_t family)
{
    const struct market_family *from = &w->plain->families[family];
    struct market_family *to = &w->out->market.families[family];
    bool all_fixed = true, any_decided = false, today = false;
    *to = *from;
    to->n_entries = 0;
    for (size_t k = 0; k < from->n_children; k++) {
        all_fixed = all_fixed && round_fixed(w->r, from->children[k]);
        any_decided = any_decided || decided(w->r, from->children[k]);
    }
    if (all_fixed)
        return;
    to->entries =
        ARENA_ARRAY(w->a, int32_t, from->n_entries * from->n_children);
    for (size_t e = 0; !today && e < from->n_entries; e++) {
        int32_t *row = to->entries + to->n_entries * from->n_children;
        if (take_entry(w, from, e, row, &today) && !today)
            to->n_entries++;
    }
    if (w->r->policy == ROUND_EVERYONE && any_decided && !today) {
        w->out->unlisted[family] = true;
        to->n_entries = 0;
    }
}

/* ---- who comes first ---- */

static bool waits(const struct work *w, int32_t child)
{
    return w->r->children[child].part != ROUND_NEW;
}

/* Who asks for the facility in this round; `waiting`: those of them who were
 * there before, or those who are new, or with -1 all. */
static void copy_order(const struct work *w, const struct market_facility *from,
                       struct market_facility *to, const bool *asks,
                       int waiting)
{
    for (size_t i = 0; i < from->n_priority; i++) {
        int32_t child = from->priority[i];
        if (!asks[child] || (waiting >= 0 && waits(w, child) != waiting))
            continue;
        to->priority[to->n_priority] = child;
        if (from->score)
            to->score[to->n_priority] = from->score[i];
        to->n_priority++;
    }
}

static void set_order(const struct work *w, size_t facility, const bool *asks)
{
    const struct market_facility *from = &w->plain->facilities[facility];
    struct market_facility *to = &w->out->market.facilities[facility];
    to->n_priority = 0;
    to->priority = ARENA_ARRAY(w->a, int32_t, from->n_priority);
    if (from->score)
        to->score = ARENA_ARRAY(w->a, int64_t, from->n_priority);
    if (w->r->policy != ROUND_WAITING_FIRST) {
        copy_order(w, from, to, asks, -1);
        return;
    }
    copy_order(w, from, to, asks, 1);
    copy_order(w, from, to, asks, 0);
}

/* Wishes by facility instead of by child. */
static void set_orders(struct work *w)
{
    struct market *m = &w->out->market;
    struct arena scratch = ARENA_INIT;
    struct wishes wishes;
    wishes_build(m, &wishes, &scratch);
    size_t *first = ARENA_ARRAY(&scratch, size_t, m->n_facilities + 1);
    int32_t *who = ARENA_ARRAY(&scratch, int32_t, wishes.first[m->n_children]);
    bool *asks = ARENA_ARRAY(&scratch, bool, m->n_children);
    for (size_t i = 0; i < wishes.first[m->n_children]; i++)
        first[wishes.items[i].facility + 1]++;
    for (size_t f = 0; f < m->n_facilities; f++)
        first[f + 1] += first[f];
    size_t *next = ARENA_ARRAY(&scratch, size_t, m->n_facilities);
    if (m->n_facilities)
        memcpy(next, first, m->n_facilities * sizeof *next);
    for (size_t c = 0; c < m->n_children; c++)
        for (size_t k = wishes.first[c]; k < wishes.first[c + 1]; k++)
            who[next[wishes.items[k].facility]++] = (int32_t)c;
    for (size_t f = 0; f < m->n_facilities; f++) {
        for (size_t i = first[f]; i < first[f + 1]; i++)
            asks[who[i]] = m->children[who[i]].current != (int32_t)f;
        set_order(w, f, asks);
        for (size_t i = first[f]; i < first[f + 1]; i++)
            asks[who[i]] = false;
    }
    arena_release(&scratch);
}

/* Turns of households that are all waiting, then of the others, each in the
 * order they had. */
static void set_turns(struct work *w)
{
    struct market *m = &w->out->market;
    int32_t last = 0;
    if (w->r->policy != ROUND_WAITING_FIRST)
        return;
    for (size_t i = 0; i < m->n_families; i++)
        last = m->families[i].turn > last ? m->families[i].turn : last;
    for (size_t i = 0; i < m->n_families; i++) {
        bool all = true;
        for (size_t k = 0; k < m->families[i].n_children; k++)
            all = all && waits(w, m->families[i].children[k]);
        if (!all)
            m->families[i].turn += last + 1;
    }
}

/* ---- seats ---- */

/* Of one facility, by class: how many there are, how many are taken, and how
 * many were given back in the round. */
struct ledger {
    int32_t all[MARKET_CLASSES], taken[MARKET_CLASSES], freed[MARKET_CLASSES];
};

static struct ledger *count_seats(const struct work *w, size_t n_done,
                                  struct arena *scratch)
{
    const struct market *m = w->plain;
    struct ledger *l = ARENA_ARRAY(scratch, struct ledger, m->n_facilities);
    for (size_t f = 0; f < m->n_facilities; f++)
        for (int k = 0; k < MARKET_CLASSES; k++)
            l[f].all[k] = m->facilities[f].seats[k];
    for (size_t c = 0; c < m->n_children; c++) {
        int k = m->children[c].class_age;
        if (m->children[c].current != MARKET_NONE)
            l[m->children[c].current].all[k]++;
        if (w->out->market.children[c].current != MARKET_NONE)
            l[w->out->market.children[c].current].taken[k]++;
    }
    for (size_t i = 0; i < w->r->n_gone; i++) {
        const struct round_gone *g = &w->r->gone[i];
        int32_t sits = i < n_done ? g->back : g->held;
        if (sits != MARKET_NONE)
            l[sits].taken[g->class_age]++;
        if (i >= n_done || g->held == g->back)
            continue;
        if (g->held != MARKET_NONE)
            l[g->held].freed[g->class_age]++;
        if (g->back != MARKET_NONE)
            l[g->back].freed[g->class_age]--;
    }
    return l;
}

static int32_t sum(const int32_t by_class[MARKET_CLASSES], unsigned classes)
{
    int32_t n = 0;
    for (int k = 0; k < MARKET_CLASSES; k++)
        n += classes >> k & 1U ? by_class[k] : 0;
    return n;
}

/* What a pool offers, class by class: only the sum matters to who is placed,
 * and no class is below nothing. */
static void set_pool(const struct work *w, const struct ledger *l,
                     unsigned pool, int32_t seats[MARKET_CLASSES])
{
    bool freed = w->r->policy == ROUND_FREED;
    int32_t offer = sum(l->all, pool) - sum(l->taken, pool), over;
    if (freed && offer > sum(l->freed, pool))
        offer = sum(l->freed, pool);
    for (int k = 0; k < MARKET_CLASSES; k++)
        if (pool >> k & 1U) {
            seats[k] = freed ? l->freed[k] : l->all[k] - l->taken[k];
            seats[k] = seats[k] < 0 ? 0 : seats[k];
        }
    over = sum(seats, pool) - (offer < 0 ? 0 : offer);
    for (int k = MARKET_CLASSES - 1; k >= 0; k--) {
        int32_t less = seats[k] < over ? seats[k] : over;
        if (!(pool >> k & 1U) || less <= 0)
            continue;
        seats[k] -= less;
        over -= less;
    }
}

static void set_caps(const struct work *w, const struct ledger *l,
                     struct market_facility *f)
{
    const struct market_cap *from = f->caps;
    f->caps = ARENA_ARRAY(w->a, struct market_cap, f->n_caps);
    for (size_t i = 0; i < f->n_caps; i++) {
        unsigned classes = from[i].classes;
        /* own places at the entry date stand beside a cap, as beside seats */
        int32_t max = from[i].max + sum(l->all, classes) -
                      sum(f->seats, classes) - sum(l->taken, classes);
        f->caps[i] = (struct market_cap){classes, max < 0 ? 0 : max};
    }
}

static void tell_short(struct work *w, size_t facility, int class_age,
                       int32_t by)
{
    struct later_market *out = w->out;
    if (by <= 0 || out->short_of)
        return;
    out->short_facility = (int32_t)facility;
    out->short_class = class_age;
    out->short_of = by;
}

static void set_seats(struct work *w, size_t n_done)
{
    struct arena scratch = ARENA_INIT;
    const struct market *m = w->plain;
    const struct ledger *ledgers = count_seats(w, n_done, &scratch);
    for (size_t i = 0; i < m->n_facilities; i++) {
        struct market_facility *f = &w->out->market.facilities[i];
        const struct ledger *l = &ledgers[i];
        int32_t seats[MARKET_CLASSES] = {0};
        set_caps(w, l, f);
        for (int k = 0; k < MARKET_CLASSES; k++) {
            unsigned pool = f->pool[k];
            if (pool & ((1U << k) - 1)) /* done at its lowest class */
                continue;
            set_pool(w, l, pool, seats);
            tell_short(w, i, k, sum(l->taken, pool) - sum(l->all, pool));
        }
        memcpy(f->seats, seats, sizeof seats);
    }
    arena_release(&scratch);
}

void round_market(const struct market *plain, const struct round *r,
                  size_t n_done, struct later_market *out, struct arena *a)
{
    struct work w = {plain, r, out, a};
    *out = (struct later_market){.market = *plain};
    struct market *m = &out->market;
    m->facilities = ARENA_ARRAY(a, struct market_facility, m->n_facilities);
    if (m->n_facilities)
        memcpy(m->facilities, plain->facilities,
               m->n_facilities * sizeof *m->facilities);
    m->families = ARENA_ARRAY(a, struct market_family, m->n_families);
    out->unlisted = ARENA_ARRAY(a, bool, m->n_families);
    set_children(&w);
    for (size_t i = 0; i < m->n_families; i++)
        set_entries(&w, i);
    set_turns(&w);
    set_seats(&w, n_done);
    set_orders(&w);
}
