/*
 * The order 同点のとき: one number for each key, smaller is better. To add a
 * kind of key: see load_order.c; here a function and its row in the table.
 */
#include "scoring/points/score_run.h"

#include "core/hash.h"

#include <assert.h>
#include <string.h>

/* A key of a preference; nothing and unknown have keys of their own. */
static int64_t as_key(struct value v)
{
    if (v.is == VALUE_IS_UNKNOWN)
        return ORDER_KEY_UNKNOWN;
    if (v.is == VALUE_IS_NOTHING)
        return ORDER_KEY_NOTHING;
    return v.num < ORDER_KEY_NOTHING ? v.num : ORDER_KEY_NOTHING - 1;
}

static struct value negative(struct value v)
{
    if (v.is == VALUE_IS_KNOWN)
        v.num = v.num == INT64_MIN ? INT64_MAX : -v.num;
    return v;
}

struct key_run {
    struct child_run *r;
    const struct order_key *key;
    const struct pref_score *pref;
    size_t k;
};

/* ---- points ---- */

static struct value key_phase(const struct key_run *x)
{
    return x->r->phase_unknown ? VALUE_NOT_KNOWN : value_known(x->pref->phase);
}

static struct value key_rank_last(const struct key_run *x)
{
    return value_known(x->pref->rank_last);
}

static struct value key_rank(const struct key_run *x)
{
    return value_known(-x->r->out->base);
}

static struct value key_points(const struct key_run *x)
{
    return value_known(-x->pref->total);
}

/* ---- expressions ---- */

static struct value key_first(const struct key_run *x)
{
    return value_tri(tri_not(eval_condition(&x->r->e, x->key->expr)));
}

static struct value key_last(const struct key_run *x)
{
    return value_tri(eval_condition(&x->r->e, x->key->expr));
}

static struct value key_high(const struct key_run *x)
{
    return negative(eval_begin(&x->r->e, x->key->expr));
}

static struct value key_low(const struct key_run *x)
{
    return eval_begin(&x->r->e, x->key->expr);
}

/* ---- ranked ---- */

/* The first of a city's own categories. */
static struct value case_of(struct eval *e, const struct order_key *key)
{
    for (size_t i = 0; i < key->n_best; i++) {
        enum tri is = eval_condition(e, key->cases[i]);
        if (is != TRI_NO)
            return is == TRI_YES ? value_known((int64_t)i) : VALUE_NOT_KNOWN;
    }
    return value_known((int64_t)key->n_best);
}

static struct value place_of(struct eval *e, const struct order_key *key)
{
    if (key->cases)
        return case_of(e, key);
    struct value v = eval_begin(e, key->expr);
    size_t place = key->n_best;
    if (v.is == VALUE_IS_UNKNOWN)
        return v;
    if (v.is == VALUE_IS_NOTHING)
        return value_known((int64_t)place);
    if (key->place)
        return value_known(key->place[v.num]);
    if (!expr_is_text(key->expr->type.value))
        return value_known((int64_t)place);
    for (size_t i = 0; i < key->n_best; i++)
        if (place == key->n_best && strcmp(key->best[i], v.text) == 0)
            place = i;
    return value_known((int64_t)place);
}

/* Joins places; unknown wins. */
static struct value join(struct value all, struct value one, bool first,
                         enum order_take take)
{
    if (first || all.is == VALUE_IS_UNKNOWN)
        return first ? one : all;
    if (one.is == VALUE_IS_UNKNOWN)
        return one;
    if (take == TAKE_SUM)
        return value_known(all.num + one.num);
    bool better = (take == TAKE_BEST) == (one.num < all.num);
    return better ? one : all;
}

/* The best of the reasons or jobs of the guardian that is bound. */
static struct value guardian_place(struct eval *e, const struct order_key *key)
{
    if (!(key->places & (USES_REASON | USES_JOB)))
        return place_of(e, key);
    struct value best = value_known((int64_t)key->n_best);
    struct members m;
    enum tri is;
    members_open(&m, e, key->places & USES_JOB ? OVER_JOBS : OVER_REASONS,
                 SCOPE_GUARDIAN);
    for (bool first = true; members_next(&m, e, &is); first = false)
        best = join(best, place_of(e, key), first, TAKE_BEST);
    return best;
}

struct value order_place(struct eval *e, const struct order_key *key)
{
    if (!key->places)
        return place_of(e, key);
    struct value all = value_known((int64_t)key->n_best);
    struct members m;
    enum tri is;
    members_open(&m, e, OVER_GUARDIANS, N_SCOPES);
    for (bool first = true; members_next(&m, e, &is); first = false)
        all = join(all, guardian_place(e, key), first, key->take);
    return all;
}

static struct value key_ranked(const struct key_run *x)
{
    return order_place(&x->r->e, x->key);
}

/* ---- tables, hands, lots ---- */

static struct value key_table(const struct key_run *x)
{
    struct section s = {.list = &x->key->rules,
                        .part = LINE_ADJUST,
                        .guardian = -1,
                        .preference = (int)x->k,
                        .order = x->key};
    struct section_sum sum;
    run_section(x->r, &s, &sum);
    return sum.unknown ? VALUE_NOT_KNOWN : value_known(-sum.points);
}

static struct value key_by_hand(const struct key_run *x)
{
    const struct manual_points *m =
        manual_find(&x->r->e, x->key->id, RULE_ORDER);
    return m ? value_known(-m->points) : VALUE_NOT_KNOWN;
}

/* The bytes of the seed, then those of the household number: anyone can
 * recompute it with sha256sum. */
uint64_t draw_lot(const char *seed, const char *household)
{
    struct hash h;
    uint8_t out[HASH_BYTES];
    uint64_t number = 0;
    hash_start(&h);
    hash_add(&h, seed, strlen(seed));
    hash_add(&h, household, strlen(household));
    hash_end(&h, out);
    for (int i = 0; i < 8; i++)
        number = number << 8 | out[i];
    return number >> 1;
}

static struct value numbered(const struct key_run *x,
                             const struct household_numbers *list)
{
    int64_t number;
    const char *no = x->r->e.family->h->no;
    if (!list || !household_number(list, no, &number))
        return VALUE_NOT_KNOWN;
    return value_known(number);
}

static struct value key_receipt(const struct key_run *x)
{
    return numbered(x, x->r->e.s->context->receipts);
}

static struct value key_lottery(const struct key_run *x)
{
    if (x->r->e.s->context->drawn)
        return numbered(x, x->r->e.s->context->drawn);
    if (!x->r->e.s->plan->lottery)
        return VALUE_NOT_KNOWN;
    return value_known((int64_t)x->r->e.family->lot);
}

static struct value key_child_number(const struct key_run *x)
{
    (void)x;
    return value_known(0);
}

/* ---- the table ---- */

static struct value (*const keys[])(const struct key_run *) = {
    [ORDER_PHASE] = key_phase,     [ORDER_RANK_LAST] = key_rank_last,
    [ORDER_RANK] = key_rank,       [ORDER_POINTS] = key_points,
    [ORDER_FIRST] = key_first,     [ORDER_LAST] = key_last,
    [ORDER_HIGH] = key_high,       [ORDER_LOW] = key_low,
    [ORDER_RANKED] = key_ranked,   [ORDER_TABLE] = key_table,
    [ORDER_BY_HAND] = key_by_hand, [ORDER_LOTTERY] = key_lottery,
    [ORDER_RECEIPT] = key_receipt, [ORDER_CHILD_NUMBER] = key_child_number,
};
static_assert(sizeof keys / sizeof keys[0] == N_ORDER_KINDS,
              "every kind of key has its number");

/* Said of the key as a whole; rules of a table have said it already, phases
 * too. */
static void note_unknown(struct child_run *r, size_t k, size_t i)
{
    const struct order_key *key = &r->e.s->rules->order[i];
    if (key->kind == ORDER_PHASE || key->kind == ORDER_TABLE)
        return;
    bool here = r->e.s->plan->key_uses[i] & (USES_PREFERENCE | USES_POINTS);
    struct score_unknown u = {.order = key,
                              .guardian = -1,
                              .preference = here ? (int)k : PREFERENCE_ALL,
                              .rows = eval_bound(&r->e)};
    if (!here)
        u.rows.preference = SCORE_NO_ROW;
    if (key->kind == ORDER_LOTTERY)
        u.what = r->e.s->context->drawn ? "lottery.numbers" : "lottery.seed";
    if (key->kind == ORDER_RECEIPT)
        u.what = "receipts";
    run_add_unknown(r, u);
}

void run_key(struct child_run *r, size_t k, size_t i, int64_t *number)
{
    const struct order_key *key = &r->e.s->rules->order[i];
    struct key_run x = {r, key, &r->out->prefs[k], k};
    number[i] = as_key(keys[key->kind](&x));
    if (number[i] == ORDER_KEY_UNKNOWN)
        note_unknown(r, k, i);
}

/* Every key for the first preference, then only those that may differ. */
void run_order(struct child_run *r, size_t k)
{
    const struct scorer_plan *plan = r->e.s->plan;
    struct pref_score *p = &r->out->prefs[k];
    size_t n = r->e.s->rules->n_order;
    int64_t *key = ARENA_ARRAY(r->a, int64_t, r->e.s->rules->n_keys);
    r->e.base = r->out->base;
    r->e.total = p->total;
    r->e.adjust = add_points(r->out->adjust, p->adjust);
    for (size_t i = 0; k == 0 && i < n; i++)
        run_key(r, k, i, key);
    if (k > 0) {
        memcpy(key, r->out->prefs[0].keys, n * sizeof *key);
        for (size_t i = 0; i < plan->n_keys_here; i++)
            run_key(r, k, plan->keys_here[i], key);
    }
    bool unknown = false;
    for (size_t i = 0; i < n; i++)
        unknown |= key[i] == ORDER_KEY_UNKNOWN;
    p->order_unknown |= unknown;
    if (r->e.s->rules->n_special)
        run_seats(r, k, key);
    p->keys = key;
}

/* The i-th key to be compared: phase and rank_last, the seat's own, the rest,
 * the numbers. */
static size_t key_at(const struct ruleset *rs, const struct special_seat *seat,
                     size_t i)
{
    size_t own = seat ? seat->n_own : 0;
    if (i < rs->n_head)
        return i;
    return i < rs->n_head + own ? seat->first_own + i - rs->n_head : i - own;
}

int pref_score_compare_at(const struct ruleset *rs,
                          const struct special_seat *seat,
                          const struct pref_score *x,
                          const struct pref_score *y, size_t *key)
{
    for (size_t i = 0;; i++) {
        *key = key_at(rs, seat, i);
        if (*key == rs->n_order)
            return 0;
        if (x->keys[*key] != y->keys[*key])
            return x->keys[*key] < y->keys[*key] ? -1 : 1;
    }
}

int pref_score_compare(const struct ruleset *rs, const struct pref_score *x,
                       const struct pref_score *y, size_t *key)
{
    return pref_score_compare_at(rs, NULL, x, y, key);
}
