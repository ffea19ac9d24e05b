/*
 * From the placement back to people: what became of each child, and what a
 * selection meeting sees at each facility and class.
 */
#include "cli/run_make.h"

#include "report/round.h"

#include "scoring/placement/cutoff.h"

#include <string.h>

static size_t pref_of(const struct applicant *a, const struct facility *f)
{
    for (size_t k = 0; k < a->score->n_prefs; k++)
        if (a->score->prefs[k].found == f &&
            a->score->prefs[k].ineligible == ELIGIBLE)
            return k;
    return NOT_RANKED;
}

/* What it held before it was placed: its place at the entry date, or what an
 * earlier round gave it. NULL: nothing. */
static const struct facility *held_before(const struct run_result *r,
                                          const struct applicant *a)
{
    int32_t at = r->market.children[a->market_child].current;
    return at == MARKET_NONE ? NULL : r->places[at].facility;
}

static const struct round_row *round_row(const struct run_result *r,
                                         const struct applicant *a)
{
    return r->round ? &r->round->rows[a - r->applicants] : NULL;
}

bool run_gone(const struct run_result *r, const struct applicant *a)
{
    const struct round_row *row = round_row(r, a);
    return a->outcome == OUTCOME_WITHDRAWN || a->outcome == OUTCOME_DECLINED ||
           a->outcome == OUTCOME_LEFT ||
           (row && (row->standing == STANDING_GONE ||
                    row->standing == STANDING_WAS_GONE));
}

static void set_won(const struct run_result *r, struct applicant *a)
{
    int32_t at = r->placement.matching.place[a->market_child];
    if (at == MARKET_NONE)
        return;
    a->won = r->places[at].facility;
    a->won_seat = r->places[at].special;
    a->won_pref = a->won == a->current ? NOT_RANKED : pref_of(a, a->won);
    const struct round_row *row = round_row(r, a);
    if (a->won != held_before(r, a))
        a->outcome = a->current ? OUTCOME_TRANSFERRED : OUTCOME_PLACED;
    else
        a->outcome = row && row->standing == STANDING_DECIDED ? OUTCOME_HELD
                                                              : OUTCOME_STAYS;
}

/* What the placement says of the general seats of the preference; NULL where
 * no entry of the household has them. */
static const struct choice *choice_of(const struct run_result *r,
                                      const struct market_outcome *o,
                                      const struct applicant *a, size_t k)
{
    if (a->market_child == MARKET_NONE)
        return NULL;
    int32_t f = run_facility(r, a->score->prefs[k].found);
    for (size_t i = o->first[a->market_child];
         i < o->first[a->market_child + 1]; i++)
        if (o->choices[i].facility == f)
            return &o->choices[i];
    return NULL;
}

/* None of the seats that the child could have there is offered. */
static bool no_seats(const struct run_result *r, const struct applicant *a,
                     size_t pref)
{
    bool any = false;
    for (size_t i = 0; i < a->n_options; i++) {
        if (a->options[i].pref != pref || a->options[i].contest == NOT_RANKED)
            continue;
        const struct contest *c = &r->contests[a->options[i].contest];
        if (c->placed || c->offered > 0)
            return false;
        any = true;
    }
    return any;
}

/* It stays, and this preference is the place that it has, or stands below that
 * and could not better it. */
static bool has_better(const struct applicant *a, size_t pref)
{
    size_t own = applicant_own_pref(a);
    return own != NOT_RANKED && a->won == a->current &&
           (pref == own || (pref > own && !a->siblings));
}

/* Why this preference was not won. */
static enum reason_code pref_reason(const struct run_result *r,
                                    const struct market_outcome *o,
                                    const struct applicant *a, size_t k)
{
    const struct pref_score *p = &a->score->prefs[k];
    if (run_gone(r, a))
        return REASON_WITHDRAWN;
    if (k == a->won_pref)
        return REASON_PLACED;
    if (a->won_pref != NOT_RANKED &&
        p->number > a->score->prefs[a->won_pref].number)
        return REASON_BETTER;
    if (has_better(a, k))
        return REASON_BETTER;
    if (a->score->class_age < 0)
        return REASON_BIRTH;
    switch (p->ineligible) {
    case ELIGIBLE:
        break;
    case INELIGIBLE_FACILITY:
    case INELIGIBLE_CLASS:
        if (p->found && facility_is_outside(p->found))
            return REASON_ELSEWHERE;
        return REASON_UNKNOWN_FACILITY;
    default:
        return REASON_DATE;
    }
    if (round_row(r, a) && round_row(r, a)->fixed)
        return REASON_ROUND;
    enum choice_result choice = CHOICE_FULL;
    if (a->market_child != MARKET_NONE) {
        const struct choice *said = choice_of(r, o, a, k);
        choice = said ? said->result : CHOICE_SIBLINGS;
    }
    if (choice == CHOICE_SIBLINGS && a->siblings)
        return REASON_SIBLINGS;
    if (p->rank_last)
        return REASON_LEAVE;
    if (no_seats(r, a, k))
        return REASON_NO_SEATS;
    return choice == CHOICE_TURN ? REASON_TURN : REASON_FILLED;
}

/* The reason for the child: the sibling condition, where a seat was there but
 * for it; else that of its first preference that can be used. */
static enum reason_code child_reason(const struct run_result *r,
                                     const struct applicant *a)
{
    if (run_gone(r, a))
        return REASON_WITHDRAWN;
    if (a->won_pref != NOT_RANKED)
        return REASON_PLACED;
    if (a->outcome == OUTCOME_PLACED_ELSEWHERE)
        return REASON_ELSEWHERE;
    if (a->score->class_age < 0)
        return REASON_BIRTH;
    enum reason_code first = REASON_NO_PREFERENCE, filled = REASON_PLACED;
    for (size_t k = 0; k < a->score->n_prefs; k++) {
        enum reason_code why = a->pref_reason[k];
        if (first == REASON_NO_PREFERENCE)
            first = why;
        if (why == REASON_SIBLINGS)
            return why;
        if ((why == REASON_FILLED || why == REASON_LEAVE ||
             why == REASON_TURN) &&
            !filled)
            filled = why;
    }
    return filled ? filled : first;
}

/* How the child asks for these seats. */
static struct seat_option *option_at(const struct applicant *x, int32_t place)
{
    for (size_t i = 0; i < x->n_options; i++)
        if (x->options[i].place == place)
            return &x->options[i];
    return NULL;
}

/* Ranks are told of the general seats, unless it won the special ones. */
static void note_rank(const struct applicant *x, const struct contest *c,
                      const struct seat_option *o, bool placed)
{
    if (c->special && !placed)
        return;
    if (x->won_pref == o->pref && !placed)
        return;
    x->pref_contest[o->pref] = o->contest;
    x->pref_rank[o->pref] = o->rank;
}

/* Has these seats, and had others before, or none. */
static bool moved_to(const struct run_result *r, const struct applicant *x,
                     int32_t place)
{
    return r->placement.matching.place[x->market_child] == place &&
           r->market.children[x->market_child].current != place;
}

/* Entrants of one facility and class, in the market's order. */
static void fill_contest(struct run_result *r, struct contest *c,
                         const struct applicant **children, struct arena *a)
{
    const struct market_facility *f = &r->market.facilities[c->place];
    c->entrants = ARENA_ARRAY(a, struct entrant, f->n_priority);
    c->cutoff = NOT_RANKED;
    for (size_t i = 0; i < f->n_priority; i++) {
        const struct applicant *x = children[f->priority[i]];
        struct seat_option *o = option_at(x, c->place);
        if (x->score->class_age != c->class_age)
            continue;
        struct entrant *e = &c->entrants[c->n_entrants];
        e->applicant = (size_t)(x - r->applicants);
        e->pref = o->pref;
        e->placed = moved_to(r, x, c->place);
        e->decided_by = NOT_RANKED;
        if (c->n_entrants) {
            const struct entrant *up = e - 1;
            pref_score_compare_at(
                r->rules, c->special,
                &r->applicants[up->applicant].score->prefs[up->pref],
                &x->score->prefs[e->pref], &e->decided_by);
        }
        o->contest = (size_t)(c - r->contests);
        o->rank = c->n_entrants;
        note_rank(x, c, o, e->placed);
        if (e->placed) {
            c->placed++;
            c->cutoff = c->n_entrants;
        }
        c->n_entrants++;
    }
}

/* Own seats, and who keeps them. */
static void count_seats(const struct run_result *r, struct contest *c)
{
    const struct market_facility *f = &r->market.facilities[c->place];
    for (size_t i = 0; i < r->market.n_children; i++) {
        const struct market_child *x = &r->market.children[i];
        if (x->current != c->place || x->class_age != c->class_age)
            continue;
        c->own++;
        c->staying += r->placement.matching.place[i] == c->place;
    }
    c->offered = r->places[c->place].seats[c->class_age].offered < 0
                     ? -1
                     : f->seats[c->class_age];
}

static void make_contest(struct run_result *r, const struct facility *f,
                         const struct special_seat *s, int class_age,
                         const struct applicant **children, struct arena *a)
{
    int32_t place = run_place(r, f, s);
    if (place == MARKET_NONE || !r->places[place].seats[class_age].present)
        return;
    struct contest *c = &r->contests[r->n_contests++];
    c->phase = r->phase_now;
    c->facility = f;
    c->special = s;
    c->place = place;
    c->class_age = class_age;
    fill_contest(r, c, children, a);
    count_seats(r, c);
}

static void make_contests(struct run_result *r,
                          const struct applicant **children, struct arena *a)
{
    size_t from = r->n_contests;
    for (size_t f = 0; f < r->facilities->n; f++)
        for (int k = 0; k < N_CLASSES; k++) {
            const struct facility *at = &r->facilities->items[f];
            make_contest(r, at, NULL, k, children, a);
            for (size_t s = 0; s < r->rules->n_special; s++)
                make_contest(r, at, &r->rules->special[s], k, children, a);
        }
    run_count_left(r, from);
}

void run_outcome_open(struct run_result *r, struct arena *a)
{
    r->contests =
        ARENA_ARRAY(a, struct contest, r->n_phases * r->n_places * N_CLASSES);
    for (size_t i = 0; i < r->n_applicants; i++) {
        struct applicant *x = &r->applicants[i];
        size_t n = x->score->n_prefs;
        x->won_pref = NOT_RANKED;
        x->pref_reason = ARENA_ARRAY(a, enum reason_code, n);
        x->pref_contest = ARENA_ARRAY(a, size_t, n);
        x->pref_rank = ARENA_ARRAY(a, size_t, n);
        x->pref_last = ARENA_ARRAY(a, size_t, n);
        for (size_t k = 0; k < n; k++)
            x->pref_contest[k] = x->pref_rank[k] = x->pref_last[k] = NOT_RANKED;
    }
}

/* Who holds the last seat of each wish that was refused for want of one. */
static void set_last(const struct run_result *r, const struct market_outcome *o,
                     const struct applicant *const *children,
                     struct applicant *x)
{
    for (size_t k = 0; k < x->score->n_prefs; k++) {
        const struct choice *c = choice_of(r, o, x, k);
        if (c && c->last != MARKET_NONE && x->pref_reason[k] == REASON_FILLED)
            x->pref_last[k] = (size_t)(children[c->last] - r->applicants);
    }
}

static void set_reasons(const struct run_result *r,
                        const struct market_outcome *o, struct applicant *x)
{
    for (size_t k = 0; k < x->score->n_prefs; k++)
        x->pref_reason[k] = pref_reason(r, o, x, k);
    x->reason = child_reason(r, x);
}

static struct applicant *applicant_of(struct run_result *r,
                                      const struct applicant *a)
{
    return &r->applicants[a - r->applicants];
}

void run_outcome(struct run_result *r, struct arena *a)
{
    struct market_outcome o;
    outcome_build(&r->market, &r->placement.matching, &o, a);
    const struct applicant **children = applicants_by_child(r, r->phase_now, a);
    for (size_t i = 0; i < r->market.n_children; i++)
        set_won(r, applicant_of(r, children[i]));
    make_contests(r, children, a);
    for (size_t i = 0; i < r->market.n_children; i++) {
        struct applicant *x = applicant_of(r, children[i]);
        set_reasons(r, &o, x);
        set_last(r, &o, children, x);
    }
    r->phases[r->phase_now].fates =
        seat_fates(&r->market, &r->placement.matching, a);
    run_siblings_outcome(r, a);
}

void run_outcome_close(struct run_result *r)
{
    for (size_t i = 0; i < r->n_applicants; i++)
        if (r->applicants[i].market_child == MARKET_NONE)
            set_reasons(r, NULL, &r->applicants[i]);
}
