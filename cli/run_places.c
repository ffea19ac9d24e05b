/*
 * The facilities of the market: general seats of each facility, and special
 * seats as facilities of their own ("11#加配"). And each applicant's list of
 * them: one preference is asked for at every kind of seat that is open to the
 * child there, in the city's order.
 */
#include "cli/run_make.h"

#include <stdlib.h>
#include <string.h>

int32_t run_place(const struct run_result *r, const struct facility *f,
                  const struct special_seat *s)
{
    return f ? r->place_of[seat_place_slot(r, f, s)] : MARKET_NONE;
}

int32_t run_facility(const struct run_result *r, const struct facility *f)
{
    return run_place(r, f, NULL);
}

const struct special_seat *run_seat_find(const struct ruleset *rules,
                                         const char *kind)
{
    for (size_t i = 0; i < rules->n_special; i++)
        if (strcmp(rules->special[i].seat, kind) == 0)
            return &rules->special[i];
    return NULL;
}

static bool check_kinds(const struct run_result *r, struct diag *d)
{
    bool ok = true;
    for (size_t i = 0; i < r->facilities->n; i++) {
        const struct facility *f = &r->facilities->items[i];
        for (size_t k = 0; k < f->n_special; k++)
            if (!run_seat_find(r->rules, f->special[k].kind))
                ok = diag_error(d, f->special[k].at, "unknown-seat-kind",
                                "枠「%s」は規則の special_seats にありません",
                                "the rules have no special_seats called \"%s\"",
                                f->special[k].kind);
    }
    return ok;
}

static int by_id(const void *x, const void *y)
{
    const struct seat_place *a = x, *b = y;
    return strcmp(a->id, b->id);
}

/* General seats, and the special ones that the facility has. */
static size_t add_places(const struct run_result *r, const struct facility *f,
                         struct seat_place *out, struct arena *a)
{
    size_t n = 0;
    out[n++] = (struct seat_place){f->code, f, NULL, f->seats};
    for (size_t k = 0; k < r->rules->n_special; k++) {
        const struct special_seat *s = &r->rules->special[k];
        const struct special_seats *here = facility_special(f, s->seat);
        if (here)
            out[n++] = (struct seat_place){
                arena_printf(a, "%s#%s", f->code, s->seat), f, s, here->seats};
    }
    return n;
}

bool run_places(struct run_result *r, struct arena *a, struct diag *d)
{
    size_t kinds = r->rules->n_special + 1, n = 0;
    if (!check_kinds(r, d))
        return false;
    struct seat_place *list =
        ARENA_ARRAY(a, struct seat_place, r->facilities->n * kinds);
    int32_t *of = ARENA_ARRAY(a, int32_t, r->facilities->n * kinds);
    for (size_t i = 0; i < r->facilities->n; i++)
        n += add_places(r, &r->facilities->items[i], list + n, a);
    if (n)
        qsort(list, n, sizeof *list, by_id);
    for (size_t i = 0; i < r->facilities->n * kinds; i++)
        of[i] = MARKET_NONE;
    for (size_t i = 0; i < n; i++)
        of[seat_place_slot(r, list[i].facility, list[i].special)] = (int32_t)i;
    r->places = list;
    r->n_places = n;
    r->place_of = of;
    return true;
}

/* ---- what a child asks for ---- */

static void add_option(const struct run_result *r, struct applicant *x,
                       size_t pref, const struct special_seat *s)
{
    x->options[x->n_options++] = (struct seat_option){
        .pref = pref,
        .place = run_place(r, x->score->prefs[pref].found, s),
        .contest = NOT_RANKED,
        .rank = NOT_RANKED};
}

static void add_special(const struct run_result *r, struct applicant *x,
                        size_t pref, bool general_first)
{
    const bool *open = x->score->prefs[pref].special;
    for (size_t i = 0; open && i < r->rules->n_special; i++)
        if (open[i] && r->rules->special[i].general_first == general_first)
            add_option(r, x, pref, &r->rules->special[i]);
}

/* A preference that can be won: eligible there, not the place it has, and not
 * written a second time. */
static bool counts(const struct applicant *a, const struct pref_score *p)
{
    if (p->ineligible != ELIGIBLE || !p->found || p->found == a->current)
        return false;
    for (const struct pref_score *q = a->score->prefs; q < p; q++)
        if (q->found == p->found)
            return false;
    return true;
}

void run_seat_options(const struct run_result *r, struct applicant *x,
                      bool alone, struct arena *a)
{
    size_t n = x->score->n_prefs;
    if (alone && applicant_own_pref(x) < n)
        n = applicant_own_pref(x);
    x->options =
        ARENA_ARRAY(a, struct seat_option, n * (r->rules->n_special + 1));
    for (size_t k = 0; k < n; k++) {
        if (!counts(x, &x->score->prefs[k]))
            continue;
        add_special(r, x, k, false);
        add_option(r, x, k, NULL);
        add_special(r, x, k, true);
    }
}
