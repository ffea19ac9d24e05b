#include "city_lp.h"

#include "scoring/placement/prove/prove_view.h"

#include <stdio.h>

/* x: household holds entry; a: that or a better one; y: the bid holds a seat;
 * t: so many better ranked ones hold seats that k more of the household find no
 * room; b: it blocks. */
struct writing {
    FILE *out;
    struct prove_view v;
    struct arena mem;
    bool *full; /* per bid and k up to 3: a t of that name is written */
};

static void goal(struct writing *w)
{
    size_t n = w->v.m->n_children;
    fprintf(w->out, "Minimize\n obj:");
    for (size_t i = 0; i < w->v.m->n_families; i++) {
        const struct prove_family *f = &w->v.families[i];
        for (size_t e = 0; e + 1 < f->n; e++)
            if (!w->v.dead[f->first + e])
                fprintf(w->out, " + %zu b%zu\n", n + 1, f->first + e);
    }
    for (size_t b = 0; b < w->v.n_bids; b++)
        fprintf(w->out, " - y%zu\n", b);
    fprintf(w->out, "Subject To\n");
}

static void one_entry_each(struct writing *w)
{
    for (size_t i = 0; i < w->v.m->n_families; i++) {
        const struct prove_family *f = &w->v.families[i];
        for (size_t e = 0; e < f->n; e++)
            if (!w->v.dead[f->first + e])
                fprintf(w->out, " + x%zu\n", f->first + e);
        fprintf(w->out, " = 1\n");
    }
}

/* a: the household holds the entry or a better one. */
static void better_entries(struct writing *w)
{
    for (size_t i = 0; i < w->v.m->n_families; i++) {
        const struct prove_family *f = &w->v.families[i];
        size_t before = f->n;
        for (size_t e = 0; e + 1 < f->n; e++) {
            if (w->v.dead[f->first + e])
                continue;
            fprintf(w->out, " a%zu - x%zu", f->first + e, f->first + e);
            if (before < e)
                fprintf(w->out, " - a%zu", f->first + before);
            fprintf(w->out, " = 0\n");
            before = e;
        }
    }
}

static void bids_held(struct writing *w)
{
    for (size_t b = 0; b < w->v.n_bids; b++) {
        const struct prove_bid *bid = &w->v.bids[b];
        const struct prove_family *f = &w->v.families[bid->family];
        fprintf(w->out, " y%zu", b);
        for (size_t e = 0; e < f->n; e++)
            if (!w->v.dead[f->first + e] &&
                view_entry_bids(&w->v, bid->family, e)[bid->column] ==
                    (int32_t)b)
                fprintf(w->out, " - x%zu\n", f->first + e);
        fprintf(w->out, " = 0\n");
    }
}

static void seats_kept(struct writing *w)
{
    for (size_t d = 0; d < w->v.m->n_facilities; d++)
        for (size_t g = w->v.seats.first[d]; g < w->v.seats.first[d + 1]; g++) {
            const struct seat_group *group = &w->v.seats.groups[g];
            size_t n = 0;
            for (size_t b = w->v.site[d]; b < w->v.site[d + 1]; b++)
                if (view_in_group(&w->v, group, (int32_t)b)) {
                    fprintf(w->out, " + y%zu\n", b);
                    n++;
                }
            if (n)
                fprintf(w->out, " <= %d\n", (int)group->max);
        }
}

static const struct seat_group *group_of(const struct writing *w, int32_t bid)
{
    const struct seat_group *g =
        w->v.seats.groups + w->v.seats.first[w->v.bids[bid].facility];
    while (!view_in_group(&w->v, g, bid))
        g++;
    return g;
}

/* Better ranked ones of other households hold all but k - 1 of the seats. */
static void write_full(struct writing *w, int32_t bid, int k)
{
    const struct seat_group *g = group_of(w, bid);
    size_t first = w->v.site[w->v.bids[bid].facility];
    for (size_t b = first; b < (size_t)bid; b++)
        if (view_in_group(&w->v, g, (int32_t)b) &&
            w->v.bids[b].family != w->v.bids[bid].family)
            fprintf(w->out, " + y%zu\n", b);
    fprintf(w->out, " - %d t%d_%d >= 0\n", (int)g->max - k + 1, (int)bid, k);
    w->full[(size_t)bid * 3 + (size_t)k - 1] = true;
}

/* How many of the household this bid is the lowest ranked of, in its class at
 * its facility; 0 where another one is. */
static int worst_of(const struct writing *w, const int32_t *bids, size_t n,
                    size_t k)
{
    int sent = 0;
    for (size_t j = 0; j < n; j++) {
        if (bids[j] == NO_BID || group_of(w, bids[j]) != group_of(w, bids[k]))
            continue;
        if (bids[j] > bids[k])
            return 0;
        sent++;
    }
    return sent;
}

static void no_blocking(struct writing *w)
{
    for (size_t i = 0; i < w->v.m->n_families; i++) {
        const struct prove_family *f = &w->v.families[i];
        for (size_t e = 0; e + 1 < f->n; e++) {
            const int32_t *bids = view_entry_bids(&w->v, (int32_t)i, e);
            if (w->v.dead[f->first + e])
                continue;
            for (size_t j = 0; j < f->children; j++) {
                int k =
                    bids[j] == NO_BID ? 0 : worst_of(w, bids, f->children, j);
                if (k && !w->full[(size_t)bids[j] * 3 + (size_t)k - 1])
                    write_full(w, bids[j], k);
            }
            fprintf(w->out, " a%zu\n", f->first + e);
            for (size_t j = 0; j < f->children; j++) {
                int k =
                    bids[j] == NO_BID ? 0 : worst_of(w, bids, f->children, j);
                if (k)
                    fprintf(w->out, " + t%d_%d", (int)bids[j], k);
            }
            fprintf(w->out, " + b%zu >= 1\n", f->first + e);
        }
    }
}

static void binaries(struct writing *w)
{
    fprintf(w->out, "Binary\n");
    for (size_t i = 0; i < w->v.m->n_families; i++) {
        const struct prove_family *f = &w->v.families[i];
        for (size_t e = 0; e < f->n; e++)
            if (!w->v.dead[f->first + e])
                fprintf(w->out, e + 1 < f->n ? " x%1$zu b%1$zu\n" : " x%zu\n",
                        f->first + e);
    }
    for (size_t b = 0; b < w->v.n_bids; b++)
        fprintf(w->out, " y%zu\n", b);
    for (size_t b = 0; b < w->v.n_bids * 3; b++)
        if (w->full[b])
            fprintf(w->out, " t%zu_%zu\n", b / 3, b % 3 + 1);
    fprintf(w->out, "End\n");
}

bool city_lp(const struct market *m, const char *path)
{
    struct writing w = {.out = fopen(path, "w"), .mem = ARENA_INIT};
    if (!w.out)
        return false;
    view_build(m, &w.v, &w.mem);
    w.full = ARENA_ARRAY(&w.mem, bool, w.v.n_bids * 3);
    goal(&w);
    one_entry_each(&w);
    better_entries(&w);
    bids_held(&w);
    seats_kept(&w);
    no_blocking(&w);
    binaries(&w);
    arena_release(&w.mem);
    return fclose(w.out) == 0;
}
