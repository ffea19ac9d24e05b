#include "round_random.h"

#include "scoring/placement/place.h"

#include <string.h>

#define NONE MARKET_NONE

/* ---- making one ---- */

/* The market without some children; names[i] is the number of its child i. */
static int tiny_without(const struct tiny *t, const bool *drop,
                        struct tiny *out, int *names)
{
    int map[TINY_CHILDREN], n = 0;
    *out = *t;
    out->n_homes = 0;
    for (int c = 0; c < t->n_children; c++) {
        map[c] = drop[c] ? NONE : n;
        if (drop[c])
            continue;
        out->age[n] = t->age[c];
        out->current[n] = t->current[c];
        names[n++] = c;
    }
    out->n_children = n;
    for (int f = 0; f < t->n_facilities; f++) {
        out->n_order[f] = 0;
        for (int i = 0; i < t->n_order[f]; i++)
            if (map[t->order[f][i]] != NONE)
                out->order[f][out->n_order[f]++] = map[t->order[f][i]];
    }
    for (int h = 0; h < t->n_homes; h++) {
        int to = out->n_homes, size = 0;
        for (int k = 0; k < t->size[h]; k++) {
            if (map[t->child[h][k]] == NONE)
                continue;
            out->child[to][size] = map[t->child[h][k]];
            for (int e = 0; e < t->n_entries[h]; e++)
                out->entries[to][e][size] = t->entries[h][e][k];
            size++;
        }
        out->size[to] = size;
        out->n_entries[to] = t->n_entries[h];
        out->n_homes += size > 0;
    }
    return n;
}

static void choose_new(uint64_t *s, struct later *l)
{
    for (int h = 0; h < l->t.n_homes; h++) {
        bool is_new = random_below(s, 4) == 0;
        for (int k = 0; is_new && k < l->t.size[h]; k++) {
            l->is_new[l->t.child[h][k]] = true;
            l->t.current[l->t.child[h][k]] = NONE;
        }
    }
}

static void first_round(struct later *l, struct arena *a)
{
    struct tiny t;
    struct market m;
    struct placement p;
    int names[TINY_CHILDREN];
    int n = tiny_without(&l->t, l->is_new, &t, names);
    static const int places[] = {0, 1, 2};
    tiny_build(&t, names, places, 0, &m, a);
    place_market(&m, (struct place_options){.log = false}, &p, a);
    for (int c = 0; c < l->t.n_children; c++)
        l->now[c] = NONE;
    for (int i = 0; i < n; i++) {
        int c = names[i];
        l->now[c] = p.matching.place[i];
        l->decided[c] = l->now[c] != NONE && l->now[c] != l->t.current[c];
    }
}

static void choose_gone(uint64_t *s, struct later *l)
{
    for (int c = 0; c < l->t.n_children; c++) {
        if (l->is_new[c] || random_below(s, 4))
            continue;
        l->gone[c] = true;
        l->back[c] = random_below(s, 2) ? l->t.current[c] : NONE;
        l->gone_order[l->n_gone++] = c;
    }
    random_shuffle(s, l->gone_order, l->n_gone);
}

/* Wishes are changed now and then between the rounds, seats too. */
static void change(uint64_t *s, struct later *l)
{
    for (int f = 0; f < l->t.n_facilities; f++) {
        int k = (int)random_below(s, TINY_CLASSES);
        unsigned by = random_below(s, 6);
        if (by == 0)
            l->t.seats[f][k]++;
        else if (by == 1 && l->t.seats[f][k])
            l->t.seats[f][k]--;
    }
    int h = (int)random_below(s, (unsigned)l->t.n_homes);
    if (random_below(s, 3) == 0 && l->t.n_entries[h] > 1)
        l->t.n_entries[h]--;
}

static void make_plain(struct later *l, struct arena *a)
{
    struct tiny t;
    static const int places[] = {0, 1, 2};
    l->n_kept = tiny_without(&l->t, l->gone, &t, l->kept);
    for (int c = 0; c < l->t.n_children; c++)
        if (l->gone[c] && l->t.current[c] != NONE)
            t.seats[l->t.current[c]][l->t.age[c]]++;
    tiny_build(&t, l->kept, places, 0, &l->plain, a);
    /* a cap counts own places beside it, and those gone are not there */
    for (int f = 0; f < t.n_facilities; f++)
        for (size_t i = 0; i < l->plain.facilities[f].n_caps; i++)
            for (int c = 0; c < l->t.n_children; c++)
                l->plain.facilities[f].caps[i].max +=
                    l->gone[c] && l->t.current[c] == f &&
                    l->plain.facilities[f].caps[i].classes >> l->t.age[c] & 1U;
}

bool later_make(uint64_t seed, unsigned siblings, enum round_policy policy,
                struct later *l, struct arena *a)
{
    uint64_t s = seed * 31 + 7;
    memset(l, 0, sizeof *l);
    l->policy = policy;
    tiny_make(seed, siblings, &l->t);
    memset(l->t.release, true, sizeof l->t.release);
    choose_new(&s, l);
    first_round(l, a);
    choose_gone(&s, l);
    change(&s, l);
    make_plain(l, a);
    bool any_new = false;
    for (int c = 0; c < l->t.n_children; c++)
        any_new = any_new || l->is_new[c];
    for (int i = 0; i < l->n_kept; i++) {
        int c = l->kept[i];
        l->children[i] = (struct round_child){l->is_new[c]    ? ROUND_NEW
                                              : l->decided[c] ? ROUND_DECIDED
                                                              : ROUND_WAITING,
                                              l->now[c]};
    }
    for (int i = 0; i < l->n_gone; i++) {
        int c = l->gone_order[i];
        l->gone_list[i] =
            (struct round_gone){l->t.age[c], l->now[c], l->back[c]};
    }
    l->round =
        (struct round){policy, l->children, l->gone_list, (size_t)l->n_gone};
    return l->n_kept > 0 && (l->n_gone > 0 || any_new);
}

/* ---- by definition ---- */

static bool counts(const struct later *l, int child, int f, unsigned classes,
                   const int *place)
{
    return place[child] == f && classes >> l->t.age[child] & 1U;
}

/* How many sit there by `place`; those gone where they are now. */
static int occupied(const struct later *l, int f, unsigned classes,
                    const int *place)
{
    int n = 0;
    for (int c = 0; c < l->t.n_children; c++)
        n += counts(l, c, f, classes, l->gone[c] ? l->back : place);
    return n;
}

/* All that is there: on offer, and the places that children had at the entry
 * date. */
static int room(const struct later *l, int f, unsigned classes, int offered)
{
    int n = offered;
    for (int c = 0; c < l->t.n_children; c++)
        n += counts(l, c, f, classes, l->t.current);
    return n;
}

static unsigned pool_of(const struct later *l, int f, int k)
{
    return l->t.pool[f] >> k & 1U ? l->t.pool[f] : 1U << k;
}

static int pool_room(const struct later *l, int f, unsigned pool)
{
    int offered = 0;
    for (int k = 0; k < TINY_CLASSES; k++)
        offered += pool >> k & 1U ? l->t.seats[f][k] : 0;
    return room(l, f, pool, offered);
}

/* How many may sit there: what there is; where only freed seats are given, no
 * more than before the withdrawals; but who sits there keeps the seat. */
static int most(const struct later *l, int f, unsigned classes, int there,
                bool whole_pool)
{
    int kept = occupied(l, f, classes, l->now), before = 0;
    for (int c = 0; c < l->t.n_children; c++)
        before += counts(l, c, f, classes, l->now);
    if (whole_pool && l->policy == ROUND_FREED && before < there)
        there = before;
    return there > kept ? there : kept;
}

static bool limits_hold(const struct later *l, int f, const int *place)
{
    for (int k = 0; k < TINY_CLASSES; k++) {
        unsigned pool = pool_of(l, f, k);
        if (occupied(l, f, pool, place) >
            most(l, f, pool, pool_room(l, f, pool), true))
            return false;
    }
    for (int i = 0; i < l->t.n_caps[f]; i++)
        if (occupied(l, f, l->t.cap[f][i], place) >
            most(l, f, l->t.cap[f][i],
                 room(l, f, l->t.cap[f][i], l->t.cap_max[f][i]), false))
            return false;
    return true;
}

bool later_short(const struct later *l)
{
    for (int f = 0; f < l->t.n_facilities; f++)
        for (int k = 0; k < TINY_CLASSES; k++)
            if (occupied(l, f, pool_of(l, f, k), l->now) >
                pool_room(l, f, pool_of(l, f, k)))
                return true;
    return false;
}

/* Where it stands at f: its own seat first, then, if the city says so, those
 * who waited before the new, then the facility's order. -1: not at all. */
static int standing(const struct later *l, int child, int f)
{
    if (l->now[child] == f)
        return 0;
    for (int i = 0; i < l->t.n_order[f]; i++)
        if (l->t.order[f][i] == child)
            return 1 + i +
                   (l->policy == ROUND_WAITING_FIRST && l->is_new[child]
                        ? TINY_CHILDREN
                        : 0);
    return -1;
}

static bool may_be(const struct later *l, int child, int *to)
{
    int at_entry_date = l->t.current[child], now = l->now[child];
    if (*to == NONE)
        *to = at_entry_date;
    if (l->decided[child]) {
        if (l->policy != ROUND_EVERYONE)
            return *to == now;
        return *to != NONE && (*to != at_entry_date || now == at_entry_date);
    }
    if (l->is_new[child] && l->policy == ROUND_FREED)
        return *to == now;
    return true;
}

static int members(const struct later *l, int home, int *out)
{
    int n = 0;
    for (int k = 0; k < l->t.size[home]; k++)
        if (!l->gone[l->t.child[home][k]])
            out[n++] = k;
    return n;
}

/* Stops where an entry is what the household has; *reached tells. */
static int read_list(const struct later *l, int home,
                     int out[LATER_OPTIONS][TINY_SIBLINGS], bool *reached)
{
    int k[TINY_SIBLINGS], n_kids = members(l, home, k), n = 0;
    *reached = false;
    for (int e = 0; !*reached && e < l->t.n_entries[home]; e++) {
        bool ok = true, same = true;
        for (int i = 0; i < n_kids; i++) {
            int child = l->t.child[home][k[i]];
            out[n][i] = l->t.entries[home][e][k[i]];
            ok = may_be(l, child, &out[n][i]) && ok;
            same = same && out[n][i] == l->now[child];
        }
        *reached = ok && same;
        n += ok && !same;
    }
    return n;
}

static bool any_decided(const struct later *l, int home)
{
    int k[TINY_SIBLINGS], n = members(l, home, k);
    for (int i = 0; i < n; i++)
        if (l->decided[l->t.child[home][k[i]]])
            return true;
    return false;
}

bool later_unlisted(const struct later *l, int home)
{
    int rows[LATER_OPTIONS][TINY_SIBLINGS];
    bool reached;
    read_list(l, home, rows, &reached);
    return l->policy == ROUND_EVERYONE && any_decided(l, home) && !reached;
}

int later_options(const struct later *l, int home,
                  int out[LATER_OPTIONS][TINY_SIBLINGS])
{
    int k[TINY_SIBLINGS], n_kids = members(l, home, k);
    bool reached;
    int n = read_list(l, home, out, &reached);
    if (later_unlisted(l, home))
        n = 0;
    for (int i = 0; i < n_kids; i++)
        out[n][i] = l->now[l->t.child[home][k[i]]];
    return n + 1;
}

bool later_feasible(const struct later *l, const int *place)
{
    for (int c = 0; c < l->t.n_children; c++)
        if (!l->gone[c] && place[c] != NONE && standing(l, c, place[c]) < 0)
            return false;
    for (int f = 0; f < l->t.n_facilities; f++)
        if (!limits_hold(l, f, place))
            return false;
    return true;
}

/* Greedily, best first, from those of `at` who stand at f. */
static bool all_chosen(const struct later *l, int f, const int *at,
                       const bool *wanted)
{
    int taken[TINY_CHILDREN];
    for (int c = 0; c < l->t.n_children; c++)
        taken[c] = NONE;
    for (int rank = 0; rank <= 2 * TINY_CHILDREN; rank++)
        for (int c = 0; c < l->t.n_children; c++) {
            if (l->gone[c] || at[c] != f || standing(l, c, f) != rank)
                continue;
            taken[c] = f;
            if (!limits_hold(l, f, taken))
                taken[c] = NONE;
        }
    for (int c = 0; c < l->t.n_children; c++)
        if (wanted[c] && taken[c] != f)
            return false;
    return true;
}

static bool blocks(const struct later *l, int home, const int *option,
                   const int *place)
{
    int k[TINY_SIBLINGS], n = members(l, home, k);
    for (int f = 0; f < l->t.n_facilities; f++) {
        int at[TINY_CHILDREN];
        bool wanted[TINY_CHILDREN] = {false};
        memcpy(at, place, sizeof at);
        for (int i = 0; i < n; i++) {
            int child = l->t.child[home][k[i]];
            at[child] = option[i];
            wanted[child] = option[i] == f;
        }
        if (!all_chosen(l, f, at, wanted))
            return false;
    }
    return true;
}

int later_blocking(const struct later *l, const int *place)
{
    int found = 0;
    for (int h = 0; h < l->t.n_homes; h++) {
        int options[LATER_OPTIONS][TINY_SIBLINGS] = {{0}};
        int k[TINY_SIBLINGS] = {0};
        int n = later_options(l, h, options), n_kids = members(l, h, k);
        for (int o = 0; n_kids && o < n; o++) {
            bool has = true;
            for (int i = 0; i < n_kids; i++)
                has = has && options[o][i] == place[l->t.child[h][k[i]]];
            if (has)
                break;
            found += blocks(l, h, options[o], place);
        }
    }
    return found;
}
