/*
 * The methods points_order and preference_rounds checked as what they are, by
 * their definitions: what the households before had taken is known from the
 * finished placement, so each step is judged by itself.
 */
#include "scoring/verify/verify_work.h"

#include <stdlib.h>
#include <string.h>

/* Seats taken, by site and class; own seats until their owners leave. */
struct taken {
    int32_t classes[MARKET_CLASSES];
};

struct asking {
    size_t site;
    int32_t rank, child;
};

struct turns {
    struct verify_work *w;
    struct market_check_result *r;
    struct taken *taken;
    const struct market_family **order; /* by turn, then by id; in rounds
                                           those who ask on */
    size_t n_order;
    struct asking *askings; /* of one round, by site and rank */
    size_t n_askings;
    bool *chosen; /* per child, in one round */
    bool *struck; /* per household, in one round */
    bool *done;   /* per household: holds what it asked for */
    size_t round;
};

static int by_turn(const void *x, const void *y)
{
    const struct market_family *a = *(const struct market_family *const *)x;
    const struct market_family *b = *(const struct market_family *const *)y;
    if (a->turn != b->turn)
        return a->turn < b->turn ? -1 : 1;
    return (a > b) - (a < b); /* the market is sorted by id */
}

static void count(struct turns *t, int32_t child, int32_t facility, int by)
{
    const struct market *m = t->w->m;
    if (facility == MARKET_NONE || keeps_private_seat(m, child, facility))
        return;
    int age = m->children[child].class_age;
    t->taken[site_at(t->w, facility, age) - t->w->sites].classes[age] += by;
}

static void turns_open(struct turns *t, struct verify_work *w,
                       struct market_check_result *r, struct arena *a)
{
    const struct market *m = w->m;
    *t = (struct turns){.w = w, .r = r};
    t->taken = ARENA_ARRAY(a, struct taken, m->n_facilities * MARKET_CLASSES);
    t->order = ARENA_ARRAY(a, const struct market_family *, m->n_families);
    t->askings = ARENA_ARRAY(a, struct asking, m->n_children);
    t->chosen = ARENA_ARRAY(a, bool, m->n_children);
    t->struck = ARENA_ARRAY(a, bool, m->n_families);
    t->done = ARENA_ARRAY(a, bool, m->n_families);
    for (; t->n_order < m->n_families; t->n_order++)
        t->order[t->n_order] = &m->families[t->n_order];
    if (m->n_families)
        qsort(t->order, m->n_families, sizeof(t->order[0]), by_turn);
    for (size_t c = 0; c < m->n_children; c++)
        count(t, (int32_t)c, m->children[c].current, 1);
}

static const struct household *household_of(const struct turns *t,
                                            const struct market_family *f)
{
    return &t->w->households[f - t->w->m->families];
}

static void tell(struct turns *t, const struct market_family *f, size_t entry)
{
    int32_t child = f->children[0];
    verify_fail(t->r, (struct market_example){
                          child, sends_to(t->w->m, f, entry, 0), MARKET_NONE,
                          t->w->m->children[child].class_age});
}

static bool fits(struct turns *t, const struct market_family *f, size_t entry)
{
    const struct market *m = t->w->m;
    bool ok = true;
    for (size_t k = 0; k < f->n_children; k++)
        count(t, f->children[k], sends_to(m, f, entry, k), 1);
    for (size_t k = 0; ok && k < f->n_children; k++) {
        int32_t child = f->children[k], at = sends_to(m, f, entry, k);
        if (at == MARKET_NONE || keeps_private_seat(m, child, at))
            continue;
        int age = m->children[child].class_age;
        const struct site *s = site_at(t->w, at, age);
        ok = rank_at(t->w, child, at) != NOT_RANKED &&
             within_limits(s, t->taken[s - t->w->sites].classes, age);
    }
    for (size_t k = 0; k < f->n_children; k++)
        count(t, f->children[k], sends_to(m, f, entry, k), -1);
    return ok;
}

/* In its turn no better entry was free, and the one it holds was. */
void check_points_order(struct verify_work *w, struct market_check_result *r)
{
    struct arena scratch = ARENA_INIT;
    struct turns t;
    turns_open(&t, w, r, &scratch);
    for (size_t i = 0; i < w->m->n_families; i++) {
        const struct market_family *f = t.order[i];
        const struct household *h = household_of(&t, f);
        for (size_t k = 0; k < f->n_children; k++)
            count(&t, f->children[k], w->m->children[f->children[k]].current,
                  -1);
        size_t e = 0;
        while (e < h->better && !fits(&t, f, e))
            e++;
        r->checked++;
        if (h->listed && (e < h->better || (e < h->in_use && !fits(&t, f, e))))
            tell(&t, f, e);
        for (size_t k = 0; k < f->n_children; k++)
            count(&t, f->children[k], w->place[f->children[k]], 1);
    }
    arena_release(&scratch);
}

static bool leaves_home(const struct turns *t, const struct market_family *f,
                        size_t k)
{
    return sends_to(t->w->m, f, t->round, k) !=
           t->w->m->children[f->children[k]].current;
}

/* Holds nothing from the rounds before, and has an entry for this one. */
static bool asks(const struct turns *t, const struct market_family *f)
{
    return t->round < household_of(t, f)->in_use &&
           !t->done[f - t->w->m->families];
}

static int by_site(const void *x, const void *y)
{
    const struct asking *a = x, *b = y;
    if (a->site != b->site)
        return a->site < b->site ? -1 : 1;
    return (a->rank > b->rank) - (a->rank < b->rank);
}

static struct site *asked_site(const struct turns *t,
                               const struct market_family *f, size_t k)
{
    return site_at(t->w, sends_to(t->w->m, f, t->round, k),
                   t->w->m->children[f->children[k]].class_age);
}

static void list_askings(struct turns *t)
{
    t->n_askings = 0;
    for (size_t i = 0; i < t->n_order; i++) {
        const struct market_family *f = t->order[i];
        bool *struck = &t->struck[f - t->w->m->families];
        *struck = false;
        for (size_t k = 0; k < f->n_children; k++) {
            int32_t child = f->children[k];
            if (!leaves_home(t, f, k))
                continue;
            int32_t rank =
                rank_at(t->w, child, sends_to(t->w->m, f, t->round, k));
            *struck = *struck || rank == NOT_RANKED;
            t->askings[t->n_askings++] = (struct asking){
                (size_t)(asked_site(t, f, k) - t->w->sites), rank, child};
        }
    }
    if (t->n_askings)
        qsort(t->askings, t->n_askings, sizeof *t->askings, by_site);
}

/* Best first, within what the rounds before have left; `i` is the first who
 * asks this site. Returns the next site's first. */
static size_t choose(struct turns *t, size_t i)
{
    size_t site = t->askings[i].site;
    struct taken now = t->taken[site];
    for (; i < t->n_askings && t->askings[i].site == site; i++) {
        const struct market_child *c = &t->w->m->children[t->askings[i].child];
        bool *chosen = &t->chosen[t->askings[i].child];
        *chosen = !t->struck[c->family];
        now.classes[c->class_age] += *chosen;
        if (!*chosen ||
            within_limits(&t->w->sites[site], now.classes, c->class_age))
            continue;
        now.classes[c->class_age]--;
        *chosen = false;
    }
    return i;
}

static void choose_again(struct turns *t, const struct site *s)
{
    size_t site = (size_t)(s - t->w->sites), low = 0, high = t->n_askings;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (t->askings[middle].site < site)
            low = middle + 1;
        else
            high = middle;
    }
    choose(t, low);
}

static bool gets_all(const struct turns *t, const struct market_family *f)
{
    if (t->struck[f - t->w->m->families])
        return false;
    for (size_t k = 0; k < f->n_children; k++)
        if (leaves_home(t, f, k) && !t->chosen[f->children[k]])
            return false;
    return true;
}

static void strike_siblings(struct turns *t)
{
    for (size_t i = t->n_order; i-- > 0;) {
        const struct market_family *f = t->order[i];
        if (f->n_children == 1 || gets_all(t, f))
            continue;
        t->struck[f - t->w->m->families] = true;
        for (size_t k = 0; k < f->n_children; k++)
            if (leaves_home(t, f, k))
                choose_again(t, asked_site(t, f, k));
    }
}

/* The seats of the round are then taken as they are in the placement. */
static void take_seats(struct turns *t, const struct market_family *f)
{
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t child = f->children[k];
        count(t, child, t->w->m->children[child].current, -1);
        count(t, child, t->w->place[child], 1);
    }
}

static bool holds_entry(const struct turns *t, const struct market_family *f,
                        size_t entry)
{
    for (size_t k = 0; k < f->n_children; k++)
        if (sends_to(t->w->m, f, entry, k) != t->w->place[f->children[k]])
            return false;
    return true;
}

/* The same entry written again may be given in its later round. */
static bool holds_later(const struct turns *t, const struct market_family *f)
{
    size_t in_use = household_of(t, f)->in_use;
    for (size_t e = t->round + 1; e < in_use; e++)
        if (holds_entry(t, f, e))
            return true;
    return false;
}

/* Who holds what it asked for in this round is who had to be given it. */
static void judge_round(struct turns *t)
{
    list_askings(t);
    for (size_t i = 0; i < t->n_askings;)
        i = choose(t, i);
    strike_siblings(t);
    for (size_t i = 0; i < t->n_order; i++) {
        const struct market_family *f = t->order[i];
        bool due = gets_all(t, f), held = holds_entry(t, f, t->round);
        bool *done = &t->done[f - t->w->m->families];
        if (held && !due)
            held = !holds_later(t, f);
        t->r->checked++;
        if (household_of(t, f)->listed && due != held)
            tell(t, f, t->round);
        *done = due || held;
        if (*done)
            take_seats(t, f);
    }
}

static void keep_those_who_ask(struct turns *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_order; i++)
        if (asks(t, t->order[i]))
            t->order[n++] = t->order[i];
    t->n_order = n;
}

void check_preference_rounds(struct verify_work *w,
                             struct market_check_result *r)
{
    struct arena scratch = ARENA_INIT;
    struct turns t;
    turns_open(&t, w, r, &scratch);
    for (keep_those_who_ask(&t); t.n_order > 0; keep_those_who_ask(&t)) {
        judge_round(&t);
        t.round++;
    }
    arena_release(&scratch);
}
