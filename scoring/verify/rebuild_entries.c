/*
 * What a household asks for. One child: its wishes. Brothers and sisters: every
 * combination that their condition allows, in the order of its sentences, or
 * the rows that the parents wrote. To add a pattern: its row below.
 */
#include "scoring/verify/rebuild.h"

#include <stdlib.h>
#include <string.h>

enum who_comes { ALL_TOGETHER, ELDEST, YOUNGEST, WHOEVER };

static const struct pattern {
    const char *name;
    enum who_comes who;
    bool one_facility, facility_before_wishes;
} patterns[] = {
    {"同保同時", ALL_TOGETHER, true, true},
    {"同保順次(上)", ELDEST, true, true},
    {"同保順次(下)", YOUNGEST, true, true},
    {"別保同時(同)", ALL_TOGETHER, false, true},
    {"別保順次(同)", WHOEVER, false, true},
    {"別保同時(希)", ALL_TOGETHER, false, false},
    {"別保順次(希)", WHOEVER, false, false},
};
#define N_PATTERNS (sizeof patterns / sizeof patterns[0])
#define BY_LIST "組合せ指定"
#define NOTHING_SAID "別保順次(希)"

#define NO_WISH (-1)

/* One way: what each child gets, an index of its wishes or NO_WISH. */
struct way {
    const struct ways *of;
    int pick[REBUILD_SIBLINGS_MAX];
};

/* Every way that one household could be placed. */
struct ways {
    const struct pattern *pattern;
    const struct rebuilt_child *child[REBUILD_SIBLINGS_MAX]; /* by birth */
    size_t n;
    int longest; /* preference numbers */
    int used;    /* of them, in each list */
    struct way *list;
    size_t n_list, looked_at;
    bool full;
};

/* ---- one way ---- */

static struct rebuilt_seat seat(const struct way *w, size_t k)
{
    const struct rebuilt_child *c = w->of->child[k];
    return w->pick[k] == NO_WISH ? c->current : c->wishes[w->pick[k]];
}

static bool has_place(const struct way *w, size_t k)
{
    return seat(w, k).facility != NULL;
}

/* Staying has the number that the list gives it, or comes after all. */
static int number(const struct way *w, size_t k)
{
    const struct rebuilt_child *c = w->of->child[k];
    if (w->pick[k] != NO_WISH)
        return c->numbers[w->pick[k]];
    return c->current_number ? c->current_number : w->of->longest + 1;
}

static bool same_age(const struct ways *x, size_t j, size_t k)
{
    return x->child[j]->born == x->child[k]->born;
}

/* Of the children as old as the k-th. */
static int places_of_age(const struct way *w, size_t k)
{
    int n = 0;
    for (size_t j = 0; j < w->of->n; j++)
        n += same_age(w->of, j, k) && has_place(w, j);
    return n;
}

static int places(const struct way *w)
{
    int n = 0;
    for (size_t k = 0; k < w->of->n; k++)
        n += has_place(w, k);
    return n;
}

static bool is_allowed(const struct way *w)
{
    const struct ways *x = w->of;
    bool news = false;
    for (size_t k = 0; k < x->n; k++)
        news = news || w->pick[k] != NO_WISH;
    switch (x->pattern->who) {
    case ALL_TOGETHER:
        return news && places(w) == (int)x->n;
    case ELDEST:
        return news && places_of_age(w, 0) > 0;
    case YOUNGEST:
        return news && places_of_age(w, x->n - 1) > 0;
    default:
        return news;
    }
}

/* ---- which of two is better: negative for the first ---- */

static int by_age(const struct way *a, const struct way *b)
{
    const struct ways *x = a->of;
    bool eldest = x->pattern->who == ELDEST;
    if (!eldest && x->pattern->who != YOUNGEST)
        return 0;
    for (size_t i = 0; i < x->n; i++) {
        size_t k = eldest ? i : x->n - 1 - i;
        int differ = places_of_age(b, k) - places_of_age(a, k);
        if (differ)
            return differ;
    }
    return 0;
}

static int most_at_one(const struct way *w)
{
    int most = 0;
    for (size_t k = 0; k < w->of->n; k++) {
        int here = 0;
        for (size_t j = 0; has_place(w, k) && j < w->of->n; j++)
            here += seat(w, j).facility == seat(w, k).facility;
        most = here > most ? here : most;
    }
    return most;
}

/* Products beyond 64 bits count as equal. */
static uint64_t product(const struct way *w)
{
    uint64_t p = 1;
    for (size_t k = 0; k < w->of->n; k++) {
        uint64_t by = (uint64_t)number(w, k);
        p = p > UINT64_MAX / by ? UINT64_MAX : p * by;
    }
    return p;
}

static int by_numbers(const struct way *a, const struct way *b)
{
    for (size_t k = 0; k < a->of->n; k++)
        if (number(a, k) != number(b, k))
            return number(a, k) - number(b, k);
    for (size_t k = 0; k < a->of->n; k++)
        if (a->pick[k] != b->pick[k])
            return a->pick[k] - b->pick[k];
    return 0;
}

static int better_first(const void *x, const void *y)
{
    const struct way *a = x, *b = y;
    int c = by_age(a, b);
    if (!c)
        c = places(b) - places(a);
    if (!c && a->of->pattern->facility_before_wishes)
        c = most_at_one(b) - most_at_one(a);
    if (c)
        return c;
    uint64_t p = product(a), q = product(b);
    return p != q ? (p < q ? -1 : 1) : by_numbers(a, b);
}

/* ---- all of them ---- */

/* Somebody would leave its place for a lower wish, and the household prefers
 * what it has to all of it. */
static bool is_a_loss(const struct way *w)
{
    struct way today = {.of = w->of};
    bool lower = false;
    for (size_t k = 0; k < w->of->n; k++) {
        int own = w->of->child[k]->current_number;
        today.pick[k] = NO_WISH;
        lower = lower || (own && number(w, k) > own);
    }
    return lower && better_first(&today, w) < 0;
}

static void look_at(struct ways *x, const struct way *w)
{
    bool belongs = is_allowed(w) && !is_a_loss(w);
    if (++x->looked_at > REBUILD_LOOK_MAX)
        x->full = true;
    else if (belongs && x->n_list == REBUILD_ENTRIES_MAX)
        x->full = true;
    else if (belongs)
        x->list[x->n_list++] = *w;
}

/* A wish beside those before it, where all must be at one facility. */
static bool goes_with(const struct way *w, size_t k, int pick)
{
    const struct ways *x = w->of;
    for (size_t j = 0; x->pattern->one_facility && j < k; j++)
        if (w->pick[j] != NO_WISH &&
            seat(w, j).facility != x->child[k]->wishes[pick].facility)
            return false;
    return true;
}

static void try_child(struct ways *x, struct way *w, size_t k)
{
    if (k == x->n) {
        look_at(x, w);
        return;
    }
    const struct rebuilt_child *c = x->child[k];
    for (int i = 0; i < (int)c->n_wishes && !x->full; i++) {
        w->pick[k] = i;
        if (c->numbers[i] <= x->used && goes_with(w, k, i))
            try_child(x, w, k + 1);
    }
    w->pick[k] = NO_WISH;
    if (!x->full && (x->pattern->who != ALL_TOGETHER || c->current.facility))
        try_child(x, w, k + 1);
}

static void find_ways(struct ways *x)
{
    struct way start = {.of = x};
    for (x->used = x->longest;; x->used--) {
        x->n_list = x->looked_at = 0;
        x->full = false;
        try_child(x, &start, 0);
        if (!x->full || x->used <= 1)
            break;
    }
    if (x->n_list)
        qsort(x->list, x->n_list, sizeof *x->list, better_first);
}

/* The eldest first; those born on one day as they stand. */
static void take_children(struct ways *x, const struct rebuilt_household *h)
{
    for (size_t k = 0; k < h->n; k++) {
        size_t at = x->n++;
        for (; at > 0 && x->child[at - 1]->born > h->children[k]->born; at--)
            x->child[at] = x->child[at - 1];
        x->child[at] = h->children[k];
        size_t n = h->children[k]->n_wishes;
        int last = n ? h->children[k]->numbers[n - 1] : 0;
        int own = h->children[k]->current_number;
        last = own > last ? own : last;
        x->longest = last > x->longest ? last : x->longest;
    }
}

/* ---- into the columns of the market ---- */

/* A row with a place for a child that is in no market is none. */
static void put_row(const struct market *m, const struct rebuilt_household *h,
                    const struct rebuilt_seat *seats,
                    struct rebuilt_entries *out)
{
    int32_t *row = out->entries + out->n * out->n_children;
    size_t column = 0;
    for (size_t k = 0; k < h->n; k++) {
        if (!h->children[k]->takes_part && seats[k].facility)
            return;
        if (h->children[k]->takes_part)
            row[column++] = rebuild_place(m, seats[k]);
    }
    out->n++;
}

static void put_way(const struct market *m, const struct rebuilt_household *h,
                    const struct way *w, struct rebuilt_entries *out)
{
    struct rebuilt_seat seats[REBUILD_SIBLINGS_MAX] = {{NULL, NULL}};
    for (size_t k = 0; k < h->n; k++)
        for (size_t j = 0; j < h->n; j++)
            if (w->of->child[j] == h->children[k] && w->pick[j] != NO_WISH)
                seats[k] = seat(w, j);
    put_row(m, h, seats, out);
}

static void by_pattern(const struct market *m,
                       const struct rebuilt_household *h, const char *name,
                       struct rebuilt_entries *out, struct arena *a)
{
    struct ways x = {.pattern = NULL};
    for (size_t i = 0; i < N_PATTERNS; i++)
        if (strcmp(patterns[i].name, name) == 0)
            x.pattern = &patterns[i];
    if (!x.pattern)
        return;
    x.list = ARENA_ARRAY(a, struct way, REBUILD_ENTRIES_MAX);
    take_children(&x, h);
    find_ways(&x);
    out->entries = ARENA_ARRAY(a, int32_t, x.n_list * h->n);
    for (size_t i = 0; i < x.n_list; i++)
        put_way(m, h, &x.list[i], out);
}

/* ---- the parents' own list ---- */

static const struct combination *rows_of(const struct rebuild *r,
                                         const char *household, size_t *n)
{
    const struct combinations *all = r->basis.combinations;
    size_t low = 0, high = all ? all->n : 0, end = high;
    while (low < high) { /* the first that does not come before it */
        size_t mid = low + (high - low) / 2;
        if (strcmp(all->items[mid].household, household) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    *n = 0;
    while (low + *n < end &&
           strcmp(all->items[low + *n].household, household) == 0)
        ++*n;
    return *n ? &all->items[low] : NULL;
}

static const char *code_in(const struct combination *c,
                           const struct rebuilt_child *child)
{
    for (size_t i = 0; i < c->n_places; i++)
        if (strcmp(c->places[i].child, child->points->child) == 0)
            return c->places[i].facility;
    return "";
}

/* Every kind of seat at the facility of the row, one row for each. */
static void put_kinds(const struct rebuild *r, const struct market *m,
                      const struct rebuilt_household *h,
                      const struct combination *c, size_t k,
                      struct rebuilt_seat *seats, struct rebuilt_entries *out)
{
    if (k == h->n) {
        if (out->n < REBUILD_ENTRIES_MAX)
            put_row(m, h, seats, out);
        return;
    }
    const struct rebuilt_child *child = h->children[k];
    const char *code = code_in(c, child);
    const struct facility *f =
        *code ? facility_find(r->basis.points->facilities, code) : NULL;
    bool any = false;
    for (size_t i = 0; f && i < child->n_wishes; i++) {
        if (child->wishes[i].facility != f)
            continue;
        any = true;
        seats[k] = child->wishes[i];
        put_kinds(r, m, h, c, k + 1, seats, out);
    }
    if (any)
        return;
    seats[k] = f && f == child->current.facility
                   ? child->current
                   : (struct rebuilt_seat){f, NULL};
    put_kinds(r, m, h, c, k + 1, seats, out);
}

void rebuild_entries(const struct rebuild *r, const struct market *m,
                     const struct rebuilt_household *h,
                     struct rebuilt_entries *out, struct arena *a)
{
    struct rebuilt_seat seats[REBUILD_SIBLINGS_MAX];
    size_t n;
    *out = (struct rebuilt_entries){.n = 0};
    for (size_t k = 0; k < h->n; k++)
        out->n_children += h->children[k]->takes_part;
    if (h->n == 1) {
        const struct rebuilt_child *c = h->children[0];
        out->entries = ARENA_ARRAY(a, int32_t, c->n_wishes);
        for (; out->n < c->n_wishes; out->n++)
            out->entries[out->n] = rebuild_place(m, c->wishes[out->n]);
        return;
    }
    const struct combination *list = rows_of(r, h->no, &n);
    bool listed = h->pattern ? strcmp(h->pattern, BY_LIST) == 0 : n > 0;
    if (!listed) {
        by_pattern(m, h, h->pattern ? h->pattern : NOTHING_SAID, out, a);
        return;
    }
    out->entries = ARENA_ARRAY(a, int32_t, REBUILD_ENTRIES_MAX * h->n);
    for (size_t i = 0; i < n; i++)
        put_kinds(r, m, h, &list[i], 0, seats, out);
}
