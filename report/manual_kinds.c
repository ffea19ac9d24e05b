/*
 * Kinds of seats in a placement made by hand, where its file names facilities
 * only: those who are there by hand have its general and special seats as the
 * rules would give them to just these children. That is a placement of its
 * own, each child asking for the kinds at its facility in the city's order.
 */
#include "report/chains.h"
#include "report/manual_result.h"

#include <string.h>

/* The seats at the facility that the child may have, in its order. */
static void list_kinds(const struct manual_result *m, const struct applicant *a,
                       struct market_family *f, struct arena *mem)
{
    f->entries = ARENA_ARRAY(mem, int32_t, a->n_options);
    for (size_t i = 0; i < a->n_options; i++) {
        int32_t at = a->options[i].place;
        if (m->run->places[at].facility == manual_at(m, a) &&
            manual_at(m, a) != a->current)
            f->entries[f->n_entries++] = at;
    }
}

/* One household for each child. */
static void split(const struct manual_result *m,
                  const struct applicant *const *children, struct market *out,
                  struct arena *mem)
{
    size_t n = out->n_children;
    struct market_child *all = ARENA_ARRAY(mem, struct market_child, n);
    out->families = ARENA_ARRAY(mem, struct market_family, n);
    out->n_families = n;
    out->method = MARKET_STABLE;
    for (size_t i = 0; i < n; i++) {
        struct market_family *f = &out->families[i];
        all[i] = out->children[i];
        all[i].family = (int32_t)i;
        f->id = all[i].id;
        f->children = ARENA_ARRAY(mem, int32_t, 1);
        f->children[0] = (int32_t)i;
        f->n_children = 1;
        list_kinds(m, children[i], f, mem);
    }
    out->children = all;
}

/* In each phase by itself, over the seats that it had. */
static void take_phase(struct manual_result *m, size_t phase, struct arena *mem)
{
    const struct run_result *r = m->run;
    struct market market = r->phases[phase].market;
    struct placement p;
    const struct applicant **children = applicants_by_child(r, phase, mem);
    split(m, children, &market, mem);
    place_market(&market, (struct place_options){.log = false}, &p, mem);
    for (size_t i = 0; i < market.n_children; i++) {
        struct manual_place *x = &m->places[children[i] - r->applicants];
        int32_t at = p.matching.place[i];
        if (at != MARKET_NONE &&
            r->places[at].facility == manual_at(m, x->applicant))
            x->kind = r->places[at].special;
    }
}

void manual_result_kinds(struct manual_result *m)
{
    struct arena mem = ARENA_INIT;
    for (size_t p = 0; m->run->rules->n_special && p < m->run->n_phases; p++)
        take_phase(m, p, &mem);
    arena_release(&mem);
}
