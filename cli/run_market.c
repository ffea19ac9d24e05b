/*
 * From points to a market: who applies where, in which order. Points and rules
 * end here; the placer sees only orders.
 */
#include "cli/run_make.h"

#include <stdlib.h>
#include <string.h>

/* One way of having a preference, on its way into the order there. */
struct bid {
    const struct ruleset *rules;
    const struct special_seat *seat; /* NULL: general */
    const struct applicant *applicant;
    const struct pref_score *pref;
};

static int by_order(const void *x, const void *y)
{
    const struct bid *a = x, *b = y;
    size_t key;
    int c = pref_score_compare_at(a->rules, a->seat, a->pref, b->pref, &key);
    if (!c)
        c = strcmp(a->applicant->household, b->applicant->household);
    return c ? c : strcmp(a->applicant->child, b->applicant->child);
}

bool run_takes_part(const struct run_result *r, const struct applicant *a)
{
    return a->market_child != MARKET_NONE && a->phase == r->phase_now;
}

static int child_by_number(const void *x, const void *y)
{
    const struct applicant *const *a = x, *const *b = y;
    return strcmp((*a)->child, (*b)->child);
}

/* Children of the market in order of their numbers. */
static void add_children(struct run_result *r, struct arena *a)
{
    struct applicant **list =
        ARENA_ARRAY(a, struct applicant *, r->n_applicants);
    size_t n = 0;
    for (size_t i = 0; i < r->n_applicants; i++)
        if (run_takes_part(r, &r->applicants[i]))
            list[n++] = &r->applicants[i];
    qsort(list, n, sizeof *list, child_by_number);
    r->market.children = ARENA_ARRAY(a, struct market_child, n);
    r->market.n_children = n;
    for (size_t i = 0; i < n; i++) {
        list[i]->market_child = (int32_t)i;
        r->market.children[i] = (struct market_child){
            .id = list[i]->child,
            .class_age = list[i]->score->class_age,
            .current = run_place(r, list[i]->current, list[i]->current_seat)};
    }
}

/* The child's plain list of preferences. */
static void fill_single(const struct applicant *x, struct market_family *f,
                        struct arena *a)
{
    f->id = x->household;
    f->children = ARENA_ARRAY(a, int32_t, 1);
    f->children[0] = x->market_child;
    f->n_children = 1;
    f->entries = ARENA_ARRAY(a, int32_t, x->n_options);
    for (size_t k = 0; k < x->n_options; k++)
        f->entries[f->n_entries++] = x->options[k].place;
}

static void take_family(struct market *m)
{
    struct market_family *f = &m->families[m->n_families];
    for (size_t k = 0; k < f->n_children; k++)
        m->children[f->children[k]].family = (int32_t)m->n_families;
    m->n_families += f->n_children > 0;
}

/* Applicants come by household, then by number. */
static bool add_families(struct run_result *r, struct arena *a, struct diag *d)
{
    struct market *m = &r->market;
    bool ok = true;
    m->families = ARENA_ARRAY(a, struct market_family, r->n_applicants);
    for (size_t i = 0, end; i < r->n_applicants; i = end) {
        const struct applicant *x = &r->applicants[i];
        struct market_family *f = &m->families[m->n_families];
        *f = (struct market_family){.id = x->household}; /* a household before
                                             may have left its own there */
        for (end = i; end < r->n_applicants &&
                      r->applicants[end].household_index == x->household_index;
             end++)
            ;
        /* Where a household's list is wrong, nobody is placed; the rest is
         * looked at for what else is. */
        bool here = run_home_phase(r, i, end) == r->phase_now;
        bool sound = true;
        if (here && !run_siblings(r, i, end, f, &sound, a, d) && sound)
            for (; i < end; i++)
                if (run_takes_part(r, &r->applicants[i]))
                    fill_single(&r->applicants[i], f, a);
        take_family(m);
        ok = ok && sound;
    }
    return ok;
}

static void add_facilities(struct run_result *r, struct arena *a)
{
    struct market *m = &r->market;
    m->n_facilities = r->n_places;
    m->facilities = ARENA_ARRAY(a, struct market_facility, m->n_facilities);
    for (size_t i = 0; i < m->n_facilities; i++) {
        struct market_facility *f = &m->facilities[i];
        f->id = r->places[i].id;
        for (int k = 0; k < N_CLASSES; k++) {
            f->seats[k] = r->seats_now[i * N_CLASSES + (size_t)k];
            f->pool[k] = r->places[i].seats[k].pool | 1u << k;
            f->release[k] = true;
        }
    }
}

/* The order at one facility from its bids. */
static void set_priority(struct market_facility *f, struct bid *bids, size_t n,
                         struct arena *a)
{
    qsort(bids, n, sizeof *bids, by_order);
    f->priority = ARENA_ARRAY(a, int32_t, n);
    f->score = ARENA_ARRAY(a, int64_t, n);
    f->n_priority = n;
    for (size_t i = 0; i < n; i++) {
        f->priority[i] = bids[i].applicant->market_child;
        f->score[i] = bids[i].pref->total;
    }
}

static struct bid bid_of(const struct run_result *r, const struct applicant *x,
                         size_t option)
{
    const struct seat_option *o = &x->options[option];
    return (struct bid){r->rules, r->places[o->place].special, x,
                        &x->score->prefs[o->pref]};
}

static void add_orders(struct run_result *r, struct arena *a)
{
    struct market *m = &r->market;
    size_t *n = ARENA_ARRAY(a, size_t, m->n_facilities);
    struct bid **bids = ARENA_ARRAY(a, struct bid *, m->n_facilities);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t f = 0; pass && f < m->n_facilities; f++) {
            bids[f] = ARENA_ARRAY(a, struct bid, n[f]);
            n[f] = 0;
        }
        for (size_t i = 0; i < r->n_applicants; i++) {
            const struct applicant *x = &r->applicants[i];
            for (size_t k = 0; run_takes_part(r, x) && k < x->n_options; k++) {
                int32_t f = x->options[k].place;
                if (pass)
                    bids[f][n[f]] = bid_of(r, x, k);
                n[f]++;
            }
        }
    }
    for (size_t f = 0; f < m->n_facilities; f++)
        set_priority(&m->facilities[f], bids[f], n[f], a);
}

/* A household comes where its best preference of all its children stands. */
struct turn {
    struct bid best; /* pref NULL: it has none that counts */
    int32_t family;
};

static int by_best(const void *x, const void *y)
{
    const struct turn *a = x, *b = y;
    if (!a->best.pref || !b->best.pref)
        return a->best.pref ? -1
               : b->best.pref
                   ? 1
                   : (a->family > b->family) - (a->family < b->family);
    return by_order(&a->best, &b->best);
}

static void set_turns(struct run_result *r)
{
    struct market *m = &r->market;
    struct arena scratch = ARENA_INIT;
    struct turn *turns = ARENA_ARRAY(&scratch, struct turn, m->n_families);
    for (size_t f = 0; f < m->n_families; f++)
        turns[f].family = (int32_t)f;
    for (size_t i = 0; i < r->n_applicants; i++) {
        const struct applicant *x = &r->applicants[i];
        for (size_t k = 0; run_takes_part(r, x) && k < x->n_options; k++) {
            struct bid bid = {r->rules, NULL, x,
                              &x->score->prefs[x->options[k].pref]};
            struct bid *best = &turns[m->children[x->market_child].family].best;
            if (!best->pref || by_order(&bid, best) < 0)
                *best = bid;
        }
    }
    if (m->n_families)
        qsort(turns, m->n_families, sizeof *turns, by_best);
    for (size_t i = 0; i < m->n_families; i++)
        m->families[turns[i].family].turn = (int32_t)i + 1;
    arena_release(&scratch);
}

static enum market_method method_of(const struct ruleset *rules)
{
    switch (rules->method) {
    case METHOD_POINTS_ORDER:
        return MARKET_POINTS_ORDER;
    case METHOD_PREFERENCE_ROUNDS:
        return MARKET_PREFERENCE_ROUNDS;
    case METHOD_STABLE:
        break;
    }
    return MARKET_STABLE;
}

bool run_market(struct run_result *r, struct arena *a, struct diag *d)
{
    r->market = (struct market){.method = method_of(r->rules)};
    add_children(r, a);
    if (!add_families(r, a, d))
        return false;
    add_facilities(r, a);
    add_orders(r, a);
    if (r->market.method != MARKET_STABLE)
        set_turns(r);
    return true;
}
