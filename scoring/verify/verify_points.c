/* What a run said of its points against what is recomputed. */
#include "scoring/verify/verify_points.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- claims against what was recomputed ---- */

/* One total that must be claimed exactly once. */
struct expected {
    const struct recomputed_child *child;
    const struct recomputed_pref *pref; /* NULL: a child without preferences */
    bool claimed;
};

static const char *facility_of(const struct expected *e)
{
    return e->pref ? e->pref->facility : "";
}

static int compare(const char *household, const char *child,
                   const char *facility, const struct expected *e)
{
    int c = strcmp(household, e->child->household);
    if (!c)
        c = strcmp(child, e->child->child);
    return c ? c : strcmp(facility, facility_of(e));
}

static int by_key(const void *x, const void *y)
{
    const struct expected *a = x, *b = y;
    int c = compare(a->child->household, a->child->child, facility_of(a), b);
    if (c || !a->pref)
        return c;
    return (a->pref->number > b->pref->number) -
           (a->pref->number < b->pref->number);
}

static struct expected *expect_all(const struct recomputed_child *children,
                                   size_t n, size_t *out, struct arena *a)
{
    size_t total = 0;
    for (size_t i = 0; i < n; i++)
        total += children[i].n_prefs ? children[i].n_prefs : 1;
    struct expected *list = ARENA_ARRAY(a, struct expected, total);
    *out = 0;
    for (size_t i = 0; i < n; i++) {
        if (!children[i].n_prefs)
            list[(*out)++] = (struct expected){&children[i], NULL, false};
        for (size_t k = 0; k < children[i].n_prefs; k++)
            list[(*out)++] =
                (struct expected){&children[i], &children[i].prefs[k], false};
    }
    qsort(list, *out, sizeof *list, by_key);
    return list;
}

/* The next total of this child and facility that nobody has claimed; a
 * facility written twice has two. */
static struct expected *find(struct expected *list, size_t n,
                             const struct claimed_points *p)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (compare(p->household, p->child, p->facility, &list[mid]) > 0)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < n &&
           compare(p->household, p->child, p->facility, &list[low]) == 0;
         low++)
        if (!list[low].claimed)
            return &list[low];
    return NULL;
}

/* Thousandths as people read them. */
static const char *points_text(milli_points p, char text[32])
{
    long long whole = p / 1000, part = p % 1000;
    snprintf(text, 32, "%s%lld.%03lld", p < 0 ? "-" : "",
             whole < 0 ? -whole : whole, part < 0 ? -part : part);
    return text;
}

static bool hold(const struct claimed_points *p, const struct expected *e,
                 struct diag *d)
{
    milli_points total = e->pref ? e->pref->total : e->child->total;
    char said[2][32], is[2][32];
    if (p->provisional != e->child->provisional)
        return diag_error(d, p->at, "points-differ",
                          "児童 %s: 未確定かどうかが検算と違います",
                          "child %s: provisional in one computation and not in "
                          "the other",
                          p->child);
    if (p->provisional || (p->total == total && p->base == e->child->base))
        return true;
    return diag_error(
        d, p->at, "points-differ",
        "児童 %s 施設 %s: 基準 %s 合計 %s ですが、検算では %s と %s です",
        "child %s at facility %s: base %s and total %s, recomputed %s and %s",
        p->child, p->facility, points_text(p->base, said[0]),
        points_text(p->total, said[1]), points_text(e->child->base, is[0]),
        points_text(total, is[1]));
}

size_t verify_points(const struct recompute_context *c,
                     const struct claimed_points *claims, size_t n,
                     struct diag *d)
{
    struct arena mem = ARENA_INIT;
    struct recomputed_child *children;
    size_t n_children = recompute_points(c, &children, &mem), n_list;
    struct expected *list = expect_all(children, n_children, &n_list, &mem);
    size_t compared = 0;
    for (size_t i = 0; i < n; i++) {
        struct expected *e = find(list, n_list, &claims[i]);
        if (!e) {
            diag_error(d, claims[i].at, "points-extra",
                       "児童 %s 施設 %s は記録にありません",
                       "child %s at facility %s is not in the records",
                       claims[i].child, claims[i].facility);
            continue;
        }
        e->claimed = true;
        hold(&claims[i], e, d);
        compared++;
    }
    for (size_t i = 0; i < n_list; i++)
        if (!list[i].claimed)
            diag_error(d, POS_FILE("scores.csv"), "points-missing",
                       "児童 %s 施設 %s の行がありません",
                       "there is no row for child %s at facility %s",
                       list[i].child->child, facility_of(&list[i]));
    arena_release(&mem);
    return compared;
}
