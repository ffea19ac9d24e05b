#include "scoring/placement/round_phases.h"

#include <string.h>

int32_t round_sits(const struct round_phase *p, int32_t child)
{
    return p->children[child].part == ROUND_DECIDED
               ? p->children[child].held
               : p->plain.children[child].current;
}

/* A seat of its own, within every cap too. */
static void add_seat(struct market_facility *f, int class_age)
{
    f->seats[class_age]++;
    for (size_t i = 0; i < f->n_caps; i++)
        f->caps[i].max += f->caps[i].classes >> class_age & 1U;
}

/*
 * Children of other phases are, to this one, what children who withdrew are:
 * their places at the entry date are seats, and each sits somewhere when the
 * round begins and somewhere, not always elsewhere, now.
 */
static size_t add_phase(const struct round_phase *p,
                        const struct matching *placed,
                        struct market_facility *facilities,
                        struct round_gone *out)
{
    for (size_t i = 0; i < p->plain.n_children; i++) {
        const struct market_child *x = &p->plain.children[i];
        int32_t sat = round_sits(p, (int32_t)i);
        if (x->current != MARKET_NONE)
            add_seat(&facilities[x->current], x->class_age);
        out[i] = (struct round_gone){x->class_age, sat,
                                     placed ? placed->place[i] : sat};
    }
    return p->plain.n_children;
}

static size_t count_children(const struct round_phases *r)
{
    size_t n = 0;
    for (size_t p = 0; p < r->n; p++)
        n += r->of[p].plain.n_children;
    return n;
}

/* Whose seats may be counted anew. */
static struct market_facility *copy_facilities(const struct market *m,
                                               struct arena *a)
{
    struct market_facility *out =
        ARENA_ARRAY(a, struct market_facility, m->n_facilities);
    for (size_t f = 0; f < m->n_facilities; f++) {
        size_t n = m->facilities[f].n_caps;
        out[f] = m->facilities[f];
        out[f].caps = ARENA_ARRAY(a, struct market_cap, n);
        if (n)
            memcpy(out[f].caps, m->facilities[f].caps, n * sizeof *out->caps);
    }
    return out;
}

void round_phase_market(const struct round_phases *r, size_t phase,
                        size_t n_done, const struct matching *placed,
                        struct later_market *out, struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    struct market plain = r->of[phase].plain;
    struct round_gone *gone =
        ARENA_ARRAY(&scratch, struct round_gone, count_children(r) + r->n_gone);
    size_t n = 0;
    plain.facilities = copy_facilities(&plain, &scratch);
    for (size_t q = 0; q < r->n; q++)
        if (q != phase)
            n += add_phase(&r->of[q], q < phase ? &placed[q] : NULL,
                           plain.facilities, gone + n);
    if (r->n_gone)
        memcpy(gone + n, r->gone, r->n_gone * sizeof *gone);
    const struct round one = {r->policy, r->of[phase].children, gone,
                              n + r->n_gone};
    round_market(&plain, &one, n + n_done, out, a);
    arena_release(&scratch);
}
