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

/* A key decides between the two. */
struct two {
    const struct recomputed_pref *p, *q;
};

static int by_keys(const struct two *t, size_t first, size_t end)
{
    for (size_t k = first; k < end; k++)
        if (t->p->keys[k] != t->q->keys[k])
            return t->p->keys[k] < t->q->keys[k] ? -1 : 1;
    return 0;
}

/* Phase and rank_last, the seat's own keys, the others; then household number,
 * then child number. */
static bool in_order(const struct ruleset *rules, const struct special_seat *s,
                     const struct recomputed_child *x,
                     const struct recomputed_child *y, struct two t)
{
    size_t head = 0;
    while (head < rules->n_order &&
           (rules->order[head].kind == ORDER_PHASE ||
            rules->order[head].kind == ORDER_RANK_LAST))
        head++;
    int c = by_keys(&t, 0, head);
    if (!c && s)
        c = by_keys(&t, s->first_own, s->first_own + s->n_own);
    if (!c)
        c = by_keys(&t, head, rules->n_order);
    if (!c)
        c = strcmp(x->household, y->household);
    return c ? c < 0 : strcmp(x->child, y->child) < 0;
}

/* `p`: the preference of the child for this facility; NULL: it has none. */
static bool may_stand(const struct ruleset *rules,
                      const struct claimed_order *o,
                      const struct recomputed_pref *p, const char *child,
                      struct diag *d)
{
    if (!p)
        return diag_error(
            d, POS_FILE("market.json"), "order-differs",
            "施設 %s の順位にいる児童 %s は、そこを希望していません",
            "child %2$s stands in the order at facility %1$s, which it "
            "does not name",
            o->facility, child);
    if (!p->may_enter)
        return diag_error(
            d, POS_FILE("market.json"), "order-differs",
            "施設 %s の順位にいる児童 %s は、検算ではそこに入所できません "
            "(クラス・月齢・閉園日・申込の要件)",
            "child %2$s stands in the order at facility %1$s, which it "
            "may not enter (class, age, closing date, requirements)",
            o->facility, child);
    if (o->seat && !(p->special && p->special[o->seat - rules->special]))
        return diag_error(
            d, POS_FILE("market.json"), "order-differs",
            "施設 %s の枠「%s」の順位にいる児童 %s は、検算ではその枠を使えま"
            "せん",
            "child %3$s stands in the order at facility %1$s for the seats "
            "%2$s, which are not for it",
            o->facility, o->seat->seat, child);
    return true;
}

bool verify_order(const struct recomputed_child *children, size_t n_children,
                  const struct ruleset *rules, const struct claimed_order *o,
                  struct diag *d)
{
    const struct recomputed_child *above = NULL;
    const struct recomputed_pref *above_pref = NULL;
    struct arena mem = ARENA_INIT;
    const struct recomputed_child **list =
        sort_children(children, n_children, &mem);
    bool ok = true;
    for (size_t i = 0; i < o->n; i++) {
        const struct recomputed_child *c =
            child_find(list, n_children, o->children[i]);
        const struct recomputed_pref *p = pref_find(c, o->facility);
        if (!may_stand(rules, o, p, o->children[i], d)) {
            ok = false;
            continue;
        }
        if (above &&
            !in_order(rules, o->seat, above, c, (struct two){above_pref, p}))
            ok = diag_error(d, POS_FILE("market.json"), "order-differs",
                            "施設 %s: 児童 %s は児童 %s より先のはずです",
                            "facility %s: child %s should stand before child "
                            "%s",
                            o->facility, o->children[i], above->child);
        above = c;
        above_pref = p;
    }
    arena_release(&mem);
    return ok;
}
