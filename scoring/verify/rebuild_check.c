/*
 * The market of a run against the one made again. To add a check: its function
 * here, its line in cli/verify_run.c, its planted fault in
 * tests/test_verify_rebuild.c.
 */
#include "scoring/verify/rebuild.h"

#include <stdlib.h>
#include <string.h>

#define MARKET_FILE "market.json"

bool rebuilt_in_market(const struct rebuild *r, size_t household, size_t phase)
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
    if (x->class_age == c->class_age && x->current == rebuild_place(m, c->now))
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
        for (size_t k = 0;
             rebuilt_in_market(r, h, phase) && k < r->households[h].n; k++)
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

const struct market_family *rebuilt_family(const struct market *m,
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

static void entries_of(const struct rebuild *r, const struct market *m,
                       const struct rebuilt_household *h,
                       struct rebuilt_entries *out, struct arena *a)
{
    rebuild_entries(r, m, h, out, a);
    if (r->basis.before)
        rebuild_round_entries(r, m, h, out);
}

static void check_entries(const struct rebuild *r, const struct market *m,
                          const struct rebuilt_household *h, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    struct rebuilt_entries want;
    const struct market_family *f = rebuilt_family(m, h);
    entries_of(r, m, h, &want, &mem);
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
        for (size_t k = 0; rebuilt_in_market(r, i, phase) && k < h->n; k++)
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

/* One child that asks for one facility. */
struct ask {
    int32_t facility;
    const char *child;
};

struct asks {
    struct ask *items;
    size_t n, room;
    struct arena *a;
};

static int compare_asks(const void *x, const void *y)
{
    const struct ask *a = x, *b = y;
    if (a->facility != b->facility)
        return a->facility < b->facility ? -1 : 1;
    return strcmp(a->child, b->child);
}

static void add_ask(struct asks *x, int32_t facility, const char *child)
{
    if (x->n == x->room) {
        size_t room = x->room ? 2 * x->room : 1024;
        x->items = arena_grow(x->a, x->items, x->n, room, sizeof *x->items);
        x->room = room;
    }
    x->items[x->n++] = (struct ask){facility, child};
}

/* In order, none twice. */
static void sort_asks(struct asks *x)
{
    size_t n = 0;
    if (x->n)
        qsort(x->items, x->n, sizeof *x->items, compare_asks);
    for (size_t i = 0; i < x->n; i++)
        if (!n || compare_asks(&x->items[n - 1], &x->items[i]) != 0)
            x->items[n++] = x->items[i];
    x->n = n;
}

static void ask_by_wishes(const struct market *m,
                          const struct rebuilt_household *h, struct asks *out)
{
    for (size_t k = 0; k < h->n; k++) {
        const struct rebuilt_child *c = h->children[k];
        for (size_t i = 0; c->takes_part && i < c->n_wishes; i++)
            add_ask(out, rebuild_place(m, c->wishes[i]), c->points->child);
    }
}

/* A row of the parents' own list may name what the child cannot have. */
static bool is_wish(const struct market *m, const struct rebuilt_child *c,
                    int32_t place)
{
    for (size_t i = 0; i < c->n_wishes; i++)
        if (rebuild_place(m, c->wishes[i]) == place)
            return true;
    return false;
}

/* In a later round: where an entry that is left sends the child. */
static void ask_by_entries(const struct rebuild *r, const struct market *m,
                           const struct rebuilt_household *h, struct asks *out)
{
    struct arena mem = ARENA_INIT;
    struct rebuilt_entries entries;
    size_t column = 0;
    entries_of(r, m, h, &entries, &mem);
    for (size_t k = 0; k < h->n; k++) {
        const struct rebuilt_child *c = h->children[k];
        int32_t now = rebuild_place(m, c->now);
        if (!c->takes_part)
            continue;
        for (size_t e = 0; e < entries.n; e++) {
            int32_t to = entries.entries[e * entries.n_children + column];
            if (to != now && is_wish(m, c, to))
                add_ask(out, to, c->points->child);
        }
        column++;
    }
    arena_release(&mem);
}

static void tell_ask(const struct market *m, const struct ask *x, bool missing,
                     struct diag *d)
{
    const char *id = x->facility >= 0 ? m->facilities[x->facility].id : "(?)";
    if (missing)
        diag_error(d, POS_FILE(MARKET_FILE), "order-incomplete",
                   "施設 %s の順位に、希望する児童 %s がいません",
                   "child %2$s asks for facility %1$s and is not in its order",
                   id, x->child);
    else
        diag_error(d, POS_FILE(MARKET_FILE), "order-incomplete",
                   "施設 %s の順位に、希望していない児童 %s がいます",
                   "child %2$s is in the order of facility %1$s and does not "
                   "ask for it",
                   id, x->child);
}

static void compare_orders(const struct market *m, const struct asks *want,
                           const struct asks *have, struct diag *d)
{
    size_t i = 0, k = 0;
    while (i < want->n || k < have->n) {
        int c = i == want->n   ? 1
                : k == have->n ? -1
                               : compare_asks(&want->items[i], &have->items[k]);
        if (c < 0)
            tell_ask(m, &want->items[i], true, d);
        if (c > 0)
            tell_ask(m, &have->items[k], false, d);
        i += c <= 0;
        k += c >= 0;
    }
}

size_t rebuild_check_orders(const struct rebuild *r, const struct market *m,
                            size_t phase, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    struct asks want = {.a = &mem}, have = {.a = &mem};
    for (size_t h = 0; h < r->n_households; h++) {
        if (!rebuilt_in_market(r, h, phase))
            continue;
        if (r->basis.before)
            ask_by_entries(r, m, &r->households[h], &want);
        else
            ask_by_wishes(m, &r->households[h], &want);
    }
    for (size_t f = 0; f < m->n_facilities; f++)
        for (size_t i = 0; i < m->facilities[f].n_priority; i++)
            add_ask(&have, (int32_t)f,
                    m->children[m->facilities[f].priority[i]].id);
    sort_asks(&want);
    sort_asks(&have);
    compare_orders(m, &want, &have, d);
    arena_release(&mem);
    return m->n_facilities;
}
