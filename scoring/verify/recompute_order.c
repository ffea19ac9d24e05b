/* The order 同点のとき: one number for each key, smaller is better. To add a
 * kind of key: its case in value_of_key(). */
#include "scoring/verify/recompute.h"

#include "core/hash.h"

#include <string.h>

static struct walk_value negative(struct walk_value v)
{
    if (v.state == WALK_KNOWN)
        v.num = v.num == INT64_MIN ? INT64_MAX : -v.num;
    return v;
}

/* ---- places in a list of best ---- */

/* Of a city's own categories, the first that is so. */
static struct walk_value category_of(const struct walk *w,
                                     const struct order_key *k)
{
    size_t i = 0;
    for (; i < k->n_best; i++) {
        enum walk_bool is = walk_condition(w, k->cases[i]);
        if (is == WALK_MAYBE)
            return walk_unknown();
        if (is == WALK_YES)
            break;
    }
    return walk_known((int64_t)i);
}

static struct walk_value place_of(const struct walk *w,
                                  const struct order_key *k)
{
    if (k->cases)
        return category_of(w, k);
    struct walk_value v = walk_value_of(w, k->expr);
    if (v.state == WALK_UNKNOWN)
        return v;
    if (v.state == WALK_NOTHING)
        return walk_known((int64_t)k->n_best);
    if (k->place)
        return walk_known(k->place[v.num]);
    size_t i = 0;
    while (i < k->n_best && v.text && strcmp(k->best[i], v.text) != 0)
        i++;
    return walk_known((int64_t)i);
}

/* Places of several rows, one by one; unknown wins. */
struct places {
    bool lost;
    int64_t n, best, worst, sum;
};

static void add_place(struct places *p, struct walk_value v)
{
    p->lost = p->lost || v.state != WALK_KNOWN;
    p->best = p->n == 0 || v.num < p->best ? v.num : p->best;
    p->worst = p->n == 0 || v.num > p->worst ? v.num : p->worst;
    p->sum += v.num;
    p->n++;
}

static struct walk_value taken(const struct places *p, enum order_take take,
                               const struct order_key *k)
{
    if (p->lost)
        return walk_unknown();
    if (p->n == 0)
        return walk_known((int64_t)k->n_best);
    return walk_known(take == TAKE_BEST    ? p->best
                      : take == TAKE_WORST ? p->worst
                                           : p->sum);
}

/* The best of the reasons or jobs of one guardian. */
static struct walk_value guardian_place(const struct walk *w,
                                        const struct order_key *k)
{
    bool of_job = k->places & USES_JOB;
    if (!of_job && !(k->places & USES_REASON))
        return place_of(w, k);
    enum collection over = of_job ? OVER_JOBS : OVER_REASONS;
    struct walk_member *m;
    size_t n = walk_members(w, over, SCOPE_GUARDIAN, &m);
    struct places p = {0};
    for (size_t i = 0; i < n; i++) {
        struct walk row = walk_bind(w, over, &m[i]);
        add_place(&p, place_of(&row, k));
    }
    return taken(&p, TAKE_BEST, k);
}

static struct walk_value ranked(const struct walk *w, const struct order_key *k)
{
    if (k->places == 0)
        return place_of(w, k);
    struct walk_member *m;
    size_t n = walk_members(w, OVER_GUARDIANS, N_SCOPES, &m);
    struct places p = {0};
    for (size_t i = 0; i < n; i++) {
        struct walk guardian = walk_bind(w, OVER_GUARDIANS, &m[i]);
        add_place(&p, guardian_place(&guardian, k));
    }
    return taken(&p, k->take, k);
}

/* ---- phases, lots, tables, hands ---- */

/* The first phase that takes the child; after them all when none does. */
struct walk_value phase_of(const struct walk *w)
{
    const struct ruleset *rs = w->c->rules;
    size_t i = 0;
    for (; i < rs->n_phases; i++) {
        enum walk_bool is = walk_condition(w, rs->phases[i].when);
        if (is == WALK_MAYBE)
            return walk_unknown();
        if (is == WALK_YES)
            break;
    }
    return walk_known((int64_t)i);
}

int phase_taken(const struct walk *w)
{
    const struct ruleset *rs = w->c->rules;
    size_t i = 0;
    while (i < rs->n_phases &&
           walk_condition(w, rs->phases[i].when) != WALK_YES)
        i++;
    return (int)i;
}

static struct walk_value number_of(const struct walk *w,
                                   const struct household_numbers *list)
{
    int64_t number;
    if (!list || !household_number(list, w->household->no, &number))
        return walk_unknown();
    return walk_known(number);
}

/* The number drawn; without a file of them the first 63 bits of
 * SHA-256(seed ‖ household number). */
static struct walk_value lottery(const struct walk *w)
{
    const char *seed = w->c->lottery_seed, *no = w->household->no;
    struct hash h;
    uint8_t out[HASH_BYTES];
    uint64_t bits = 0;
    if (w->c->drawn)
        return number_of(w, w->c->drawn);
    if (!seed || !*seed)
        return walk_unknown();
    hash_start(&h);
    hash_add(&h, seed, strlen(seed));
    hash_add(&h, no, strlen(no));
    hash_end(&h, out);
    for (int i = 0; i < 8; i++)
        bits = bits << 8 | out[i];
    return walk_known((int64_t)(bits >> 1));
}

static struct walk_value table(struct working *x, const struct order_key *k)
{
    struct section s = section_of(x, &k->rules);
    return s.open ? walk_unknown() : walk_known(-s.sum);
}

static struct walk_value by_hand(const struct walk *w,
                                 const struct order_key *k)
{
    struct gift g = manual_gift(w, k->id, RULE_ORDER);
    return g.held == WALK_YES ? walk_known(-g.points) : walk_unknown();
}

/* ---- any ---- */

static struct walk_value value_of_key(struct working *x,
                                      const struct order_key *k, bool rank_last)
{
    switch (k->kind) {
    case ORDER_PHASE:
        return phase_of(&x->w);
    case ORDER_RANK_LAST:
        return walk_known(rank_last);
    case ORDER_RANK:
        return walk_known(-x->w.base);
    case ORDER_POINTS:
        return walk_known(-x->w.total);
    case ORDER_FIRST:
        return walk_of_bool(walk_not(walk_condition(&x->w, k->expr)));
    case ORDER_LAST:
        return walk_of_bool(walk_condition(&x->w, k->expr));
    case ORDER_HIGH:
        return negative(walk_value_of(&x->w, k->expr));
    case ORDER_LOW:
        return walk_value_of(&x->w, k->expr);
    case ORDER_RANKED:
        return ranked(&x->w, k);
    case ORDER_TABLE:
        return table(x, k);
    case ORDER_BY_HAND:
        return by_hand(&x->w, k);
    case ORDER_LOTTERY:
        return lottery(&x->w);
    case ORDER_RECEIPT:
        return number_of(&x->w, x->w.c->receipts);
    default:
        return walk_known(0);
    }
}

int64_t order_value(struct working *x, const struct order_key *k,
                    bool rank_last)
{
    struct walk_value v = value_of_key(x, k, rank_last);
    if (v.state == WALK_UNKNOWN)
        return ORDER_KEY_UNKNOWN;
    if (v.state == WALK_NOTHING)
        return ORDER_KEY_NOTHING;
    return v.num < ORDER_KEY_NOTHING ? v.num : ORDER_KEY_NOTHING - 1;
}
