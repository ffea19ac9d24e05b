/* Whose turn it is, by methods other than `stable`, made again. */
#include "scoring/verify/rebuild.h"

#include <stdlib.h>
#include <string.h>

#define MARKET_FILE "market.json"

/* The best place that any child of the household has in any order: the keys of
 * the city's order, then the numbers. */
struct best {
    const struct rebuild *r;
    const struct rebuilt_household *h;
    const struct recomputed_child *child; /* NULL: none asks for anything */
    const struct recomputed_pref *pref;
};

static int compare_best(const struct best *a, const struct best *b)
{
    const struct ruleset *rs = a->r->basis.points->rules;
    for (size_t k = 0; k < rs->n_order; k++)
        if (a->pref->keys[k] != b->pref->keys[k])
            return a->pref->keys[k] < b->pref->keys[k] ? -1 : 1;
    int c = strcmp(a->child->household, b->child->household);
    return c ? c : strcmp(a->child->child, b->child->child);
}

/* Where those waiting come first, households that are all waiting do. */
static int group(const struct best *x)
{
    bool first =
        x->r->basis.before && x->r->basis.policy == CHECKED_WAITING_FIRST;
    return first && !rebuilt_all_waiting(x->h);
}

static int by_best(const void *x, const void *y)
{
    const struct best *a = x, *b = y;
    if (group(a) != group(b))
        return group(a) - group(b);
    if (a->child && b->child)
        return compare_best(a, b);
    if (a->child || b->child)
        return a->child ? -1 : 1;
    return strcmp(a->h->no, b->h->no);
}

/* The preference that a wish comes from. */
static const struct recomputed_pref *pref_of(const struct rebuilt_child *c,
                                             size_t wish)
{
    size_t k = 0;
    while (strcmp(c->points->prefs[k].facility,
                  c->wishes[wish].facility->code) != 0)
        k++;
    return &c->points->prefs[k];
}

static struct best best_of(const struct rebuild *r,
                           const struct rebuilt_household *h)
{
    struct best best = {r, h, NULL, NULL};
    for (size_t k = 0; k < h->n; k++) {
        const struct rebuilt_child *c = h->children[k];
        for (size_t i = 0; c->takes_part && i < c->n_wishes; i++) {
            struct best one = {r, h, c->points, pref_of(c, i)};
            if (!best.child || compare_best(&one, &best) < 0)
                best = one;
        }
    }
    return best;
}

size_t rebuild_check_turns(const struct rebuild *r, const struct market *m,
                           size_t phase, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    size_t n = 0;
    if (m->method == MARKET_STABLE)
        return 0;
    struct best *list = ARENA_ARRAY(&mem, struct best, r->n_households);
    for (size_t h = 0; h < r->n_households; h++)
        if (rebuilt_in_market(r, h, phase) &&
            rebuilt_family(m, &r->households[h]))
            list[n++] = best_of(r, &r->households[h]);
    if (n)
        qsort(list, n, sizeof *list, by_best);
    for (size_t i = 1; i < n; i++) {
        const struct market_family *f = rebuilt_family(m, list[i].h);
        const struct market_family *up = rebuilt_family(m, list[i - 1].h);
        if (up->turn < f->turn)
            continue;
        diag_error(d, POS_FILE(MARKET_FILE), "turns-differ",
                   "世帯 %s は %s の次の番のはずですが、%d 番と %d 番です",
                   "household %s should come next after %s, and they have "
                   "turns %d and %d",
                   f->id, up->id, (int)f->turn, (int)up->turn);
    }
    arena_release(&mem);
    return n;
}
