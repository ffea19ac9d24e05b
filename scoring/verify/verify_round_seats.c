/* The seats of a later round, pool by pool and phase by phase. */
#include "scoring/verify/verify_round_seats.h"

/* The classes that share seats with class k, as one word. */
static unsigned pool_at(const struct checked_round *r, size_t f, int k)
{
    return r->markets[0]->facilities[f].pool[k];
}

/* Classes of one facility that share seats, when a phase begins. */
struct pool {
    size_t facility, phase;
    int lowest; /* class */
    unsigned classes;
};

struct pool_count {
    int32_t all;     /* seats there are */
    int32_t before;  /* children who sat there before anybody withdrew */
    int32_t kept;    /* those who sit there when the phase begins: still, back
                        again, or since an earlier phase */
    int32_t now;     /* children who sit there now */
    int32_t offered; /* by market.json */
};

static bool sits_in(const struct checked_child *c, int32_t at,
                    const struct pool *p)
{
    return at == (int32_t)p->facility && c->class_age >= 0 &&
           p->classes >> c->class_age & 1U;
}

static bool counts_place(const struct checked_round *r,
                         const struct checked_child *c)
{
    if (r->enrolled)
        return c->in_market != MARKET_NONE;
    return c->in_market != MARKET_NONE || c->released || c->keeps;
}

static void count_child(const struct checked_round *r,
                        const struct checked_child *c, const struct pool *p,
                        struct pool_count *n)
{
    int32_t entry = r->enrolled ? checked_sat(c) : c->enrolled;
    bool in = c->in_market != MARKET_NONE;
    if (counts_place(r, c) && sits_in(c, entry, p) &&
        !r->own_included[p->facility * MARKET_CLASSES + (size_t)c->class_age])
        n->all++;
    /* one that withdrew its wish for a transfer stays beside all this */
    bool counted = in || (c->withdraws && (c->released || c->keeps ||
                                           c->before == BEFORE_DECIDED));
    n->before += counted && sits_in(c, checked_sat(c), p);
    n->kept +=
        in && sits_in(c, c->phase < p->phase ? c->now : checked_sat(c), p);
    n->kept += c->keeps && sits_in(c, c->enrolled, p);
    n->now += in && sits_in(c, c->now, p);
    n->now += c->keeps && sits_in(c, c->enrolled, p);
}

static struct pool_count count_pool(const struct checked_round *r,
                                    const struct pool *p)
{
    struct pool_count n = {0};
    const struct market *m = r->markets[p->phase];
    for (int k = 0; k < MARKET_CLASSES; k++)
        if (p->classes >> k & 1U) {
            n.all += r->offered[p->facility * MARKET_CLASSES + (size_t)k];
            n.offered += m->facilities[p->facility].seats[k];
        }
    for (size_t i = 0; i < r->n; i++)
        count_child(r, &r->children[i], p, &n);
    return n;
}

static bool is_lowest(unsigned pool, int k)
{
    return (pool & ((1U << k) - 1)) == 0;
}

/* Runs `check` on every pool when the phase begins; returns how many there
 * are. */
static size_t
each_pool(const struct checked_round *r, size_t phase, struct diag *d,
          void (*check)(const struct checked_round *r, const struct pool *p,
                        const struct pool_count *n, struct diag *d))
{
    size_t checked = 0;
    for (size_t f = 0; f < r->markets[0]->n_facilities; f++)
        for (int k = 0; k < MARKET_CLASSES; k++) {
            struct pool p = {f, phase, k, pool_at(r, f, k)};
            if (!is_lowest(p.classes, k))
                continue;
            struct pool_count n = count_pool(r, &p);
            check(r, &p, &n, d);
            checked++;
        }
    return checked;
}

/* The market offers what is left, no seat more and none less; and nobody sits
 * on a seat that is not there. */
static void check_seats(const struct checked_round *r, const struct pool *p,
                        const struct pool_count *n, struct diag *d)
{
    int32_t left = n->all - n->kept;
    const char *id = checked_code(r, (int32_t)p->facility);
    if (r->policy == CHECKED_FREED && n->before - n->kept < left)
        left = n->before - n->kept;
    if (left < 0)
        left = 0;
    if (n->offered != left)
        diag_error(d, POS_FILE("market.json"), "round-seats-differ",
                   "施設 %s クラス %d: この回の枠が %d 人ですが、%d 人のはず"
                   "です",
                   "facility %s class %d: %d seats in this round, should be %d",
                   id, p->lowest, (int)n->offered, (int)left);
    if (n->now > n->all && p->phase == 0)
        diag_error(d, POS_FILE("placements.csv"), "round-seats-over",
                   "施設 %s クラス %d: 席 %d に児童 %d 人です",
                   "facility %s class %d: %d seats, %d children", id, p->lowest,
                   (int)n->all, (int)n->now);
}

size_t checked_round_seats(const struct checked_round *r, struct diag *d)
{
    size_t n = 0;
    for (size_t p = 0; p < r->n_markets; p++)
        n += each_pool(r, p, d, check_seats);
    return n;
}

/* No more children than sat there before, but for who came back. */
static void check_freed(const struct checked_round *r, const struct pool *p,
                        const struct pool_count *n, struct diag *d)
{
    int32_t most = n->before > n->kept ? n->before : n->kept;
    if (n->now > most)
        diag_error(d, POS_FILE("placements.csv"), "not-a-freed-seat",
                   "施設 %s クラス %d: 辞退の前は %d 人、今は %d 人です",
                   "facility %s class %d: %d children before the withdrawals, "
                   "%d now",
                   checked_code(r, (int32_t)p->facility), p->lowest,
                   (int)n->before, (int)n->now);
}

size_t checked_freed_only(const struct checked_round *r, struct diag *d)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct checked_child *c = &r->children[i];
        if ((c->before == BEFORE_NEW || c->before == BEFORE_ENROLLED) &&
            c->now != MARKET_NONE && c->now != checked_sat(c))
            diag_error(d, POS_FILE("placements.csv"), "not-waiting",
                       "前回から待っていない児童 %s が %s に内定しています",
                       "child %s was not waiting, and is placed at %s", c->id,
                       checked_code(r, c->now));
    }
    return each_pool(r, 0, d, check_freed) + r->n;
}
