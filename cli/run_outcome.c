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
    return at == MARKET_NONE ? NULL : &r->facilities->items[at];
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
    a->won = NULL;
    a->won_pref = NOT_RANKED;
    if (a->market_child == MARKET_NONE)
        return;
    int32_t at = r->placement.matching.place[a->market_child];
    if (at == MARKET_NONE)
        return;
    a->won = &r->facilities->items[at];
    a->won_pref = a->won == a->current ? NOT_RANKED : pref_of(a, a->won);
    const struct round_row *row = round_row(r, a);
    if (a->won != held_before(r, a))
        a->outcome = a->current ? OUTCOME_TRANSFERRED : OUTCOME_PLACED;
    else
        a->outcome = row && row->standing == STANDING_DECIDED ? OUTCOME_HELD
                                                              : OUTCOME_STAYS;
}

/* What the placement says of the preference; NULL where no entry of the
 * household has it. */
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

/* Why this preference was not won. */
static enum reason_code pref_reason(const struct run_result *r,
                                    const struct market_outcome *o,
                                    const struct applicant *a, size_t k,
                                    const struct contest *c)
{
    const struct pref_score *p = &a->score->prefs[k];
    if (run_gone(r, a))
        return REASON_WITHDRAWN;
    if (k == a->won_pref)
        return REASON_PLACED;
    if (a->won_pref != NOT_RANKED &&
        p->number > a->score->prefs[a->won_pref].number)
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
    if (c && c->placed == 0 && c->offered <= 0)
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

/* Entrants of one facility and class, in the market's order. */
static void fill_contest(struct run_result *r, struct contest *c,
                         const struct applicant **children,
                         const struct market_facility *f, size_t index,
                         struct arena *a)
{
    c->entrants = ARENA_ARRAY(a, struct entrant, f->n_priority);
    c->cutoff = NOT_RANKED;
    for (size_t i = 0; i < f->n_priority; i++) {
        const struct applicant *x = children[f->priority[i]];
        if (x->score->class_age != c->class_age)
            continue;
        struct entrant *e = &c->entrants[c->n_entrants];
        e->applicant = (size_t)(x - r->applicants);
        e->pref = pref_of(x, c->facility);
        e->placed = x->won == c->facility && x->won != held_before(r, x);
        e->decided_by = NOT_RANKED;
        if (c->n_entrants) {
            const struct entrant *up = e - 1;
            pref_score_compare(
                r->rules, &r->applicants[up->applicant].score->prefs[up->pref],
                &x->score->prefs[e->pref], &e->decided_by);
        }
        x->pref_contest[e->pref] = index;
        x->pref_rank[e->pref] = c->n_entrants;
        if (e->placed) {
            c->placed++;
            c->cutoff = c->n_entrants;
        }
        c->n_entrants++;
    }
}

/* Own seats, and who keeps them. */
static void count_seats(const struct run_result *r, struct contest *c,
                        const struct market_facility *f)
{
    for (size_t i = 0; i < r->n_applicants; i++) {
        const struct applicant *x = &r->applicants[i];
        if (x->market_child == MARKET_NONE ||
            held_before(r, x) != c->facility ||
            x->score->class_age != c->class_age)
            continue;
        c->own++;
        c->staying += x->won == c->facility;
    }
    c->offered = c->facility->seats[c->class_age].offered < 0
                     ? -1
                     : f->seats[c->class_age];
    c->left = f->seats[c->class_age] + c->own - c->staying - c->placed;
    if (c->left < 0) /* a pool lent it seats of another class */
        c->left = 0;
}

static void make_contests(struct run_result *r,
                          const struct applicant **children, struct arena *a)
{
    r->contests = ARENA_ARRAY(a, struct contest, r->facilities->n * N_CLASSES);
    for (size_t f = 0; f < r->facilities->n; f++) {
        for (int k = 0; k < N_CLASSES; k++) {
            const struct facility *from = &r->facilities->items[f];
            if (!from->seats[k].present)
                continue;
            struct contest *c = &r->contests[r->n_contests];
            c->facility = from;
            c->class_age = k;
            fill_contest(r, c, children, &r->market.facilities[f],
                         r->n_contests, a);
            count_seats(r, c, &r->market.facilities[f]);
            r->n_contests++;
        }
    }
}

/* Who holds the last seat of each wish that was refused for want of one. */
static void set_last(const struct run_result *r, const struct market_outcome *o,
                     const struct applicant *const *children,
                     struct applicant *x)
{
    for (size_t k = 0; k < x->score->n_prefs; k++) {
        const struct choice *c = choice_of(r, o, x, k);
        x->pref_last[k] = NOT_RANKED;
        if (c && c->last != MARKET_NONE && x->pref_reason[k] == REASON_FILLED)
            x->pref_last[k] = (size_t)(children[c->last] - r->applicants);
    }
}

void run_outcome(struct run_result *r, struct arena *a)
{
    struct market_outcome o;
    outcome_build(&r->market, &r->placement.matching, &o, a);
    for (size_t i = 0; i < r->n_applicants; i++) {
        struct applicant *x = &r->applicants[i];
        size_t n = x->score->n_prefs;
        x->pref_reason = ARENA_ARRAY(a, enum reason_code, n);
        x->pref_contest = ARENA_ARRAY(a, size_t, n);
        x->pref_rank = ARENA_ARRAY(a, size_t, n);
        x->pref_last = ARENA_ARRAY(a, size_t, n);
        for (size_t k = 0; k < n; k++)
            x->pref_contest[k] = x->pref_rank[k] = NOT_RANKED;
        set_won(r, x);
    }
    const struct applicant **children = applicants_by_child(r, a);
    make_contests(r, children, a);
    for (size_t i = 0; i < r->n_applicants; i++) {
        struct applicant *x = &r->applicants[i];
        for (size_t k = 0; k < x->score->n_prefs; k++)
            x->pref_reason[k] =
                pref_reason(r, &o, x, k,
                            x->pref_contest[k] == NOT_RANKED
                                ? NULL
                                : &r->contests[x->pref_contest[k]]);
        set_last(r, &o, children, x);
        x->reason = child_reason(r, x);
    }
    r->fates = seat_fates(&r->market, &r->placement.matching, a);
    run_siblings_outcome(r, a);
}
