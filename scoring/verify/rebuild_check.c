/*
 * The market of a run against the one made again. To add a check: its function
 * here, its line in cli/verify_run.c, its planted fault in
 * tests/test_verify_rebuild.c.
 */
#include "scoring/verify/rebuild.h"

#include <stdlib.h>
#include <string.h>

#define MARKET_FILE "market.json"

static bool in_market(const struct rebuild *r, size_t household, size_t phase)
{
    return phase == SIZE_MAX || r->households[household].phase == phase;
}

/* ---- children ---- */

static int by_id(const void *key, const void *item)
{
    const struct market_child *c = item;
    return strcmp(key, c->id);
}

static const struct market_child *child_in(const struct market *m,
                                           const char *id)
{
    return m->n_children ? bsearch(id, m->children, m->n_children,
                                   sizeof *m->children, by_id)
                         : NULL;
}

static bool check_child(const struct market *m, const struct rebuilt_child *c,
                        struct diag *d)
{
    const char *id = c->points->child;
    const struct market_child *x = child_in(m, id);
    if (!x)
        return diag_error(d, POS_FILE(MARKET_FILE), "child-missing",
                          "児童 %s が選考に入っていません",
                          "child %s is not in the market", id);
    if (x->class_age == c->class_age &&
        x->current == rebuild_place(m, c->current))
        return true;
    return diag_error(d, POS_FILE(MARKET_FILE), "child-differs",
                      "児童 %s のクラスか在園施設が記録と違います",
                      "child %s: its class or the place it has is another by "
                      "the records",
                      id);
}

size_t rebuild_check_children(const struct rebuild *r, const struct market *m,
                              size_t phase, struct diag *d)
{
    size_t n = 0;
    for (size_t h = 0; h < r->n_households; h++)
        for (size_t k = 0; in_market(r, h, phase) && k < r->households[h].n;
             k++)
            if (r->households[h].children[k]->takes_part) {
                check_child(m, r->households[h].children[k], d);
                n++;
            }
    if (n < m->n_children)
        diag_error(d, POS_FILE(MARKET_FILE), "child-extra",
                   "選考に入るのは %zu 人のはずですが、%zu 人います",
                   "%zu children should be in the market, there are %zu", n,
                   m->n_children);
    return n;
}

/* ---- entries ---- */

static const struct market_family *family_of(const struct market *m,
                                             const struct rebuilt_household *h)
{
    for (size_t k = 0; k < h->n; k++) {
        const struct market_child *c =
            child_in(m, h->children[k]->points->child);
        if (c && h->children[k]->takes_part)
            return &m->families[c->family];
    }
    return NULL;
}

static bool same_children(const struct market *m, const struct market_family *f,
                          const struct rebuilt_household *h)
{
    size_t column = 0;
    for (size_t k = 0; k < h->n; k++) {
        if (!h->children[k]->takes_part)
            continue;
        if (column == f->n_children ||
            strcmp(m->children[f->children[column]].id,
                   h->children[k]->points->child) != 0)
            return false;
        column++;
    }
    return column == f->n_children;
}

static void check_entries(const struct rebuild *r, const struct market *m,
                          const struct rebuilt_household *h, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    struct rebuilt_entries want;
    const struct market_family *f = family_of(m, h);
    rebuild_entries(r, m, h, &want, &mem);
    size_t n = f && f->n_entries < want.n ? f->n_entries : want.n, e = 0;
    bool children = f && strcmp(f->id, h->no) == 0 && same_children(m, f, h);
    while (children && e < n &&
           memcmp(f->entries + e * f->n_children,
                  want.entries + e * f->n_children,
                  f->n_children * sizeof *want.entries) == 0)
        e++;
    if (!children)
        diag_error(d, POS_FILE(MARKET_FILE), "entries-differ",
                   "世帯 %s の児童が記録と違います",
                   "household %s has other children by the records", h->no);
    else if (e < n || f->n_entries != want.n)
        diag_error(
            d, POS_FILE(MARKET_FILE), "entries-differ",
            "世帯 %s の希望が、記録ときょうだいの条件から作ったものと %zu "
            "番目で違います (%zu 件、検算では %zu 件)",
            "household %s: what it asks for differs at number %zu from "
            "what its records and condition say (%zu entries, "
            "recomputed %zu)",
            h->no, e + 1, f->n_entries, want.n);
    arena_release(&mem);
}

size_t rebuild_check_entries(const struct rebuild *r, const struct market *m,
                             size_t phase, struct diag *d)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_households; i++) {
        const struct rebuilt_household *h = &r->households[i];
        bool any = false;
        for (size_t k = 0; in_market(r, i, phase) && k < h->n; k++)
            any = any || h->children[k]->takes_part;
        if (!any)
            continue;
        check_entries(r, m, h, d);
        n++;
    }
    if (n != m->n_families)
        diag_error(d, POS_FILE(MARKET_FILE), "entries-differ",
                   "%zu 世帯のはずですが、%zu 世帯あります",
                   "there should be %zu households, there are %zu", n,
                   m->n_families);
    return n;
}

/* ---- orders ---- */

size_t rebuild_check_orders(const struct rebuild *r, const struct market *m,
                            size_t phase, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    size_t *asked = ARENA_ARRAY(&mem, size_t, m->n_facilities);
    for (size_t h = 0; h < r->n_households; h++)
        for (size_t k = 0; in_market(r, h, phase) && k < r->households[h].n;
             k++) {
            const struct rebuilt_child *c = r->households[h].children[k];
            for (size_t i = 0; c->takes_part && i < c->n_wishes; i++) {
                int32_t at = rebuild_place(m, c->wishes[i]);
                if (at >= 0)
                    asked[at]++;
            }
        }
    for (size_t f = 0; f < m->n_facilities; f++)
        if (asked[f] != m->facilities[f].n_priority)
            diag_error(d, POS_FILE(MARKET_FILE), "order-incomplete",
                       "施設 %s の順位には %zu 人が並ぶはずですが、%zu 人です",
                       "%2$zu children should stand in the order at facility "
                       "%1$s, there are %3$zu",
                       m->facilities[f].id, asked[f],
                       m->facilities[f].n_priority);
    arena_release(&mem);
    return m->n_facilities;
}

/* ---- turns ---- */

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

static int by_best(const void *x, const void *y)
{
    const struct best *a = x, *b = y;
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
        if (in_market(r, h, phase) && family_of(m, &r->households[h]))
            list[n++] = best_of(r, &r->households[h]);
    if (n)
        qsort(list, n, sizeof *list, by_best);
    for (size_t i = 0; i < n; i++) {
        const struct market_family *f = family_of(m, list[i].h);
        if (f->turn == (int32_t)i + 1)
            continue;
        diag_error(d, POS_FILE(MARKET_FILE), "turns-differ",
                   "世帯 %s の順番は %zu 番のはずですが、%d 番です",
                   "household %s should have turn %zu and has %d", f->id, i + 1,
                   (int)f->turn);
    }
    arena_release(&mem);
    return n;
}
