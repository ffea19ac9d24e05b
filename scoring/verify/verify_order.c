/* One facility's order against the keys recomputed. */
#include "scoring/verify/verify_points.h"

#include <stdlib.h>
#include <string.h>

/* Children by their own numbers, which are unique in a case. */
static int by_number(const void *x, const void *y)
{
    const struct recomputed_child *const *a = x, *const *b = y;
    return strcmp((*a)->child, (*b)->child);
}

static const struct recomputed_child **
sort_children(const struct recomputed_child *children, size_t n,
              struct arena *a)
{
    const struct recomputed_child **list =
        ARENA_ARRAY(a, const struct recomputed_child *, n);
    for (size_t i = 0; i < n; i++)
        list[i] = &children[i];
    qsort(list, n, sizeof *list, by_number);
    return list;
}

static const struct recomputed_child *
child_find(const struct recomputed_child *const *list, size_t n, const char *no)
{
    const struct recomputed_child wanted = {.child = no}, *key = &wanted;
    const struct recomputed_child *const *found =
        bsearch(&key, list, n, sizeof *list, by_number);
    return found ? *found : NULL;
}

static const struct recomputed_pref *pref_find(const struct recomputed_child *c,
                                               const char *facility)
{
    for (size_t k = 0; c && k < c->n_prefs; k++)
        if (strcmp(c->prefs[k].facility, facility) == 0)
            return &c->prefs[k];
    return NULL;
}

/* Keys, then household number, then child number. */
static bool in_order(const struct ruleset *rules,
                     const struct recomputed_child *x,
                     const struct recomputed_pref *p,
                     const struct recomputed_child *y,
                     const struct recomputed_pref *q)
{
    for (size_t k = 0; k < rules->n_order; k++)
        if (p->keys[k] != q->keys[k])
            return p->keys[k] < q->keys[k];
    int c = strcmp(x->household, y->household);
    return c ? c < 0 : strcmp(x->child, y->child) < 0;
}

/* `p`: the preference of the child for this facility; NULL: it has none. */
static bool may_stand(const struct recomputed_pref *p, const char *facility,
                      const char *child, struct diag *d)
{
    if (p && p->may_enter)
        return true;
    if (!p)
        return diag_error(
            d, POS_FILE("market.json"), "order-differs",
            "施設 %s の順位にいる児童 %s は、そこを希望していません",
            "child %2$s stands in the order at facility %1$s, which it "
            "does not name",
            facility, child);
    return diag_error(
        d, POS_FILE("market.json"), "order-differs",
        "施設 %s の順位にいる児童 %s は、検算ではそこに入所できません "
        "(クラス・月齢・閉園日・申込の要件)",
        "child %2$s stands in the order at facility %1$s, which it "
        "may not enter (class, age, closing date, requirements)",
        facility, child);
}

bool verify_order(const struct recomputed_child *children, size_t n_children,
                  const struct ruleset *rules, const char *facility,
                  const char *const *order, size_t n_order, struct diag *d)
{
    const struct recomputed_child *above = NULL;
    const struct recomputed_pref *above_pref = NULL;
    struct arena mem = ARENA_INIT;
    const struct recomputed_child **list =
        sort_children(children, n_children, &mem);
    bool ok = true;
    for (size_t i = 0; i < n_order; i++) {
        const struct recomputed_child *c =
            child_find(list, n_children, order[i]);
        const struct recomputed_pref *p = pref_find(c, facility);
        if (!may_stand(p, facility, order[i], d)) {
            ok = false;
            continue;
        }
        if (above && !in_order(rules, above, above_pref, c, p))
            ok = diag_error(d, POS_FILE("market.json"), "order-differs",
                            "施設 %s: 児童 %s は児童 %s より先のはずです",
                            "facility %s: child %s should stand before child "
                            "%s",
                            facility, order[i], above->child);
        above = c;
        above_pref = p;
    }
    arena_release(&mem);
    return ok;
}
