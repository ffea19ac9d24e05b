/*
 * Phases 選考の段階 one after another: each has a market of its own over the
 * seats that the ones before left. Where the rule set has none, or the phase is
 * a key of the order, there is one market. In a later round (run_round.h) each
 * of them begins from what the earlier run decided.
 */
#include "cli/run_round.h"
#include "scoring/placement/place.h"

#include <stdlib.h>
#include <string.h>

/* The phase of the child: by the rules the same at every preference. */
static size_t own_phase(const struct run_result *r, const struct applicant *x)
{
    if (!run_in_phases(r) || x->score->n_prefs == 0)
        return 0;
    return (size_t)x->score->prefs[0].phase;
}

size_t run_home_phase(const struct run_result *r, size_t first, size_t end)
{
    size_t phase = 0;
    bool any = false;
    for (size_t i = first; i < end; i++) {
        const struct applicant *x = &r->applicants[i];
        if (x->market_child == MARKET_NONE)
            continue;
        size_t own = own_phase(r, x);
        bool take = r->rules->siblings_earlier ? own < phase : own > phase;
        phase = !any || take ? own : phase;
        any = true;
    }
    return phase;
}

/* Where the next household begins. */
static size_t home_end(const struct run_result *r, size_t first)
{
    size_t home = r->applicants[first].household_index, end = first;
    while (end < r->n_applicants && r->applicants[end].household_index == home)
        end++;
    return end;
}

static void set_options(struct run_result *r, struct arena *a)
{
    for (size_t i = 0, end; i < r->n_applicants; i = end) {
        end = home_end(r, i);
        bool alone = run_home_size(r, i, end) < 2;
        for (size_t k = i; k < end; k++)
            run_seat_options(r, &r->applicants[k], alone, a);
    }
}

static void set_phases(struct run_result *r, struct arena *a)
{
    size_t n = 1;
    for (size_t i = 0, end; i < r->n_applicants; i = end) {
        end = home_end(r, i);
        size_t phase = run_home_phase(r, i, end);
        for (size_t k = i; k < end; k++)
            r->applicants[k].phase = phase;
        n = phase + 1 > n ? phase + 1 : n;
    }
    if (run_in_phases(r) && n < r->rules->n_phases)
        n = r->rules->n_phases;
    r->phases = ARENA_ARRAY(a, struct run_phase, n);
    r->n_phases = n;
    for (size_t p = 0; run_in_phases(r) && p < r->rules->n_phases; p++)
        r->phases[p].phase = &r->rules->phases[p];
}

/* What seats.csv offers, without the seats of those who apply to leave. */
static void open_seats(struct run_result *r, struct arena *a)
{
    r->seats_now = ARENA_ARRAY(a, int32_t, r->n_places * N_CLASSES);
    for (size_t i = 0; i < r->n_places; i++)
        for (int k = 0; k < N_CLASSES; k++) {
            const struct class_seats *s = &r->places[i].seats[k];
            r->seats_now[i * N_CLASSES + (size_t)k] =
                s->offered > 0 ? s->offered : 0;
        }
    for (size_t i = 0; i < r->n_applicants; i++) {
        const struct applicant *x = &r->applicants[i];
        int32_t at = run_place(r, x->current, x->current_seat);
        if (x->market_child == MARKET_NONE || at == MARKET_NONE ||
            !r->places[at].seats[x->score->class_age].own_included)
            continue;
        int32_t *seats = &r->seats_now[at * N_CLASSES + x->score->class_age];
        *seats -= *seats > 0;
    }
}

/* A class that took more than its own lent by its pool: the others have less.
 */
static void settle_pool(const struct seat_place *p, int32_t *seats)
{
    for (int k = 0; k < N_CLASSES; k++)
        for (int j = 0; j < N_CLASSES && seats[k] < 0; j++) {
            if (j == k || !(p->seats[k].pool >> j & 1) || seats[j] <= 0)
                continue;
            int32_t lent = seats[j] < -seats[k] ? seats[j] : -seats[k];
            seats[j] -= lent;
            seats[k] += lent;
        }
}

static void take_seats(struct run_result *r)
{
    for (size_t c = 0; c < r->market.n_children; c++) {
        const struct market_child *x = &r->market.children[c];
        int32_t at = r->placement.matching.place[c];
        if (at == x->current)
            continue;
        if (x->current != MARKET_NONE)
            r->seats_now[x->current * N_CLASSES + x->class_age]++;
        if (at != MARKET_NONE)
            r->seats_now[at * N_CLASSES + x->class_age]--;
    }
    for (size_t i = 0; i < r->n_places; i++)
        settle_pool(&r->places[i], r->seats_now + i * N_CLASSES);
}

static int by_child(const void *x, const void *y)
{
    const struct applicant *const *a = x, *const *b = y;
    int c = strcmp((*a)->child, (*b)->child);
    return c ? c : strcmp((*a)->household, (*b)->household);
}

/* No child number twice, in whichever phases. */
static bool check_children(const struct run_result *r, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    const struct applicant **list =
        ARENA_ARRAY(&mem, const struct applicant *, r->n_applicants);
    size_t n = 0;
    bool ok = true;
    for (size_t i = 0; i < r->n_applicants; i++)
        if (r->applicants[i].market_child != MARKET_NONE)
            list[n++] = &r->applicants[i];
    if (n)
        qsort(list, n, sizeof *list, by_child);
    for (size_t i = 1; i < n; i++)
        if (strcmp(list[i - 1]->child, list[i]->child) == 0)
            ok = diag_error(
                d, POS_FILE(arena_printf(&mem, "世帯 %s", list[i]->household)),
                "duplicate-child",
                "児童番号 %s が世帯 %s にもあります。どちらかを直してください",
                "child %s is also in household %s; correct one of them",
                list[i]->child, list[i - 1]->household);
    arena_release(&mem);
    return ok;
}

/* The plain market of each phase, its children as they apply. */
static bool make_markets(struct cli *c, struct run_result *r)
{
    bool ok = true;
    for (r->phase_now = 0; r->phase_now < r->n_phases; r->phase_now++) {
        ok = run_market(r, &c->mem, &c->diag) && ok;
        r->phases[r->phase_now].market = r->market;
    }
    return ok;
}

/* What is on offer when the phase begins. */
static void offer_seats(const struct run_result *r, struct market *m)
{
    for (size_t i = 0; i < m->n_facilities; i++)
        for (size_t k = 0; k < N_CLASSES; k++)
            m->facilities[i].seats[k] = r->seats_now[i * N_CLASSES + k];
}

/* The market of phase_now, placed, and what came of it. In a later round the
 * seats are counted by round_phases.h. */
static bool run_phase(struct cli *c, struct run *r)
{
    struct run_result *out = &r->result;
    struct run_phase *phase = &out->phases[out->phase_now];
    out->market = phase->market;
    if (!r->round)
        offer_seats(out, &out->market);
    else if (!run_round_market(c, r))
        return false;
    place_market(&out->market, (struct place_options){.log = true},
                 &out->placement, &c->mem);
    if (!run_prove(c, r))
        return false;
    phase->market = out->market;
    phase->placement = out->placement;
    if (r->round)
        run_round_placed(c, r);
    else
        take_seats(out);
    run_outcome(out, &c->mem);
    return true;
}

static void open_market(struct run *r, struct arena *a)
{
    struct run_result *out = &r->result;
    set_phases(out, a);
    set_options(out, a);
    open_seats(out, a);
    if (r->round)
        run_round_seats(r);
    out->siblings = ARENA_ARRAY(a, struct sibling_result, out->n_applicants);
    run_outcome_open(out, a);
}

bool run_phases(struct cli *c, struct run *r)
{
    struct run_result *out = &r->result;
    if (!check_children(out, &c->diag))
        return false;
    open_market(r, &c->mem);
    if (!run_combinations_check(out, &c->diag) || !make_markets(c, out))
        return false;
    if (r->round)
        run_round_children(c, r);
    bool ok = true;
    for (size_t p = 0; ok && p < out->n_phases; p++) {
        out->phase_now = p;
        ok = run_phase(c, r);
    }
    run_outcome_close(out);
    return ok;
}
