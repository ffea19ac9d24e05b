/*
 * The checks of a later round. To add one: its function, its row in
 * round_checks, and its fault in tests/test_verify_round.c.
 */
#include "scoring/verify/verify_round_seats.h"

const char *checked_code(const struct checked_round *r, int32_t facility)
{
    return facility == MARKET_NONE ? "-"
                                   : r->markets[0]->facilities[facility].id;
}

/* Holds a decision of the earlier run that nobody gave back. */
static bool holds_decision(const struct checked_child *c)
{
    return c->before == BEFORE_DECIDED && !c->withdraws;
}

static const struct market *market_of(const struct checked_round *r,
                                      const struct checked_child *c)
{
    return r->markets[c->phase];
}

static const struct market_family *family_of(const struct checked_round *r,
                                             const struct checked_child *c)
{
    const struct market *m = market_of(r, c);
    return &m->families[m->children[c->in_market].family];
}

/* Where the child sat when the round began, and where it sits now. */
int32_t checked_sat(const struct checked_child *c)
{
    return c->before == BEFORE_DECIDED || c->before == BEFORE_ENROLLED
               ? c->had
               : c->enrolled;
}

static bool leaves_market(const struct checked_child *c)
{
    return c->withdraws || c->before == BEFORE_GONE;
}

/* ---- what was decided ---- */

static size_t decisions_kept(const struct checked_round *r, struct diag *d)
{
    size_t checked = 0;
    for (size_t i = 0; i < r->n; i++) {
        const struct checked_child *c = &r->children[i];
        if (!holds_decision(c))
            continue;
        checked++;
        if (!c->present || c->now == MARKET_NONE ||
            (r->policy != CHECKED_EVERYONE && c->now != c->had))
            diag_error(d, POS_FILE("placements.csv"), "decision-lost",
                       "児童 %s は %s に内定していましたが、今は %s です",
                       "child %s was placed at %s, and is at %s now", c->id,
                       checked_code(r, c->had), checked_code(r, c->now));
    }
    return checked;
}

/* Of children who apply alone; of siblings the household's list decides, which
 * the market has and `nobody-worse-off` checks. */
static size_t not_worse(const struct checked_round *r, struct diag *d)
{
    size_t checked = 0;
    for (size_t i = 0; i < r->n; i++) {
        const struct checked_child *c = &r->children[i];
        if (!holds_decision(c) || c->in_market == MARKET_NONE ||
            family_of(r, c)->n_children > 1)
            continue;
        checked++;
        if (c->now != c->had &&
            (!c->had_rank || !c->now_rank || c->now_rank >= c->had_rank))
            diag_error(
                d, POS_FILE("placements.csv"), "worse-than-decided",
                "児童 %s は %s (第%d希望) に内定していましたが、今は %s "
                "(第%d希望) です",
                "child %s was placed at %s (wish %d), and is at %s (wish "
                "%d) now",
                c->id, checked_code(r, c->had), c->had_rank,
                checked_code(r, c->now), c->now_rank);
    }
    return checked;
}

static size_t withdrawn_out(const struct checked_round *r, struct diag *d)
{
    size_t checked = 0;
    for (size_t i = 0; i < r->n; i++) {
        const struct checked_child *c = &r->children[i];
        if (!leaves_market(c))
            continue;
        checked++;
        if (c->now != MARKET_NONE || c->in_market != MARKET_NONE)
            diag_error(d, POS_FILE("placements.csv"), "withdrawn-placed",
                       "取り下げたか辞退した児童 %s が選考に残っています (%s)",
                       "child %s withdrew and still takes part (%s)", c->id,
                       checked_code(r, c->now));
    }
    return checked;
}

/* ---- who comes first, and who may move at all ---- */

/* By index in the market; NULL for one that nobody knows. */
static const struct checked_child **list_market(const struct checked_round *r,
                                                size_t phase, struct arena *a)
{
    const struct checked_child **list = ARENA_ARRAY(
        a, const struct checked_child *, r->markets[phase]->n_children);
    for (size_t i = 0; i < r->n; i++)
        if (r->children[i].in_market != MARKET_NONE &&
            r->children[i].phase == phase)
            list[r->children[i].in_market] = &r->children[i];
    return list;
}

static bool is_new(const struct checked_child *c)
{
    return !c || c->before == BEFORE_NEW || c->before == BEFORE_ENROLLED;
}

static void check_one_order(const struct market_facility *f,
                            const struct checked_child *const *by_child,
                            struct diag *d)
{
    const struct checked_child *new_one = NULL;
    for (size_t i = 0; i < f->n_priority; i++) {
        const struct checked_child *c = by_child[f->priority[i]];
        if (is_new(c))
            new_one = c ? c : new_one;
        else if (new_one)
            diag_error(
                d, POS_FILE("market.json"), "new-before-waiting",
                "施設 %s: 新規の児童 %s が、待っていた児童 %s より先です",
                "facility %s: the new child %s stands before %s, which "
                "was waiting",
                f->id, new_one->id, c->id);
    }
}

/* By turns a household that is all waiting comes before every other. */
static void check_turns(const struct market *m,
                        const struct checked_child *const *by_child,
                        struct diag *d)
{
    int32_t first_new = INT32_MAX;
    if (m->method == MARKET_STABLE)
        return;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < m->n_families; i++) {
            const struct market_family *f = &m->families[i];
            bool any_new = false;
            for (size_t k = 0; k < f->n_children; k++)
                any_new = any_new || is_new(by_child[f->children[k]]);
            if (any_new && f->turn < first_new)
                first_new = f->turn;
            if (pass && !any_new && f->turn >= first_new)
                diag_error(d, POS_FILE("market.json"), "new-before-waiting",
                           "待っていた世帯 %s の順番が、新規の世帯より後です",
                           "household %s was waiting, and its turn comes after "
                           "a new one",
                           f->id);
        }
}

/* In each phase by itself: the phase comes first. */
static size_t waiting_first(const struct checked_round *r, struct diag *d)
{
    size_t n = 0;
    for (size_t p = 0; p < r->n_markets; p++) {
        struct arena mem = ARENA_INIT;
        const struct market *m = r->markets[p];
        const struct checked_child **by_child = list_market(r, p, &mem);
        for (size_t f = 0; f < m->n_facilities; f++)
            check_one_order(&m->facilities[f], by_child, d);
        check_turns(m, by_child, d);
        n += m->n_facilities;
        arena_release(&mem);
    }
    return n;
}

/* The child's own place in the market is where it sat; no entry moves one that
 * is not considered, or takes a decision away. */
static void check_entries(const struct checked_round *r,
                          const struct checked_child *c, struct diag *d)
{
    const struct market_family *f = family_of(r, c);
    bool fixed = r->policy != CHECKED_EVERYONE && holds_decision(c);
    fixed = fixed || (r->policy == CHECKED_FREED && c->before == BEFORE_NEW);
    size_t k = 0;
    while (k + 1 < f->n_children && f->children[k] != c->in_market)
        k++;
    for (size_t e = 0; e < f->n_entries; e++) {
        int32_t to = f->entries[e * f->n_children + k];
        if (fixed && to != MARKET_NONE && to != checked_sat(c))
            diag_error(d, POS_FILE("market.json"), "moved-though-fixed",
                       "この回の対象ではない児童 %s が %s を希望しています",
                       "child %s is not considered in this round, and asks for "
                       "%s",
                       c->id, checked_code(r, to));
    }
}

static void check_unknown(const struct checked_round *r, size_t phase,
                          struct diag *d)
{
    struct arena mem = ARENA_INIT;
    const struct market *m = r->markets[phase];
    const struct checked_child **by_child = list_market(r, phase, &mem);
    for (size_t i = 0; i < m->n_children; i++)
        if (!by_child[i])
            diag_error(d, POS_FILE("market.json"), "child-from-nowhere",
                       "児童 %s の申込みがありません",
                       "child %s has no application", m->children[i].id);
    arena_release(&mem);
}

static size_t market_as_decided(const struct checked_round *r, struct diag *d)
{
    size_t checked = 0;
    for (size_t i = 0; i < r->n; i++) {
        const struct checked_child *c = &r->children[i];
        if (c->in_market == MARKET_NONE || leaves_market(c))
            continue;
        checked++;
        int32_t current = market_of(r, c)->children[c->in_market].current;
        if (current != checked_sat(c))
            diag_error(d, POS_FILE("market.json"), "place-differs",
                       "児童 %s の席が %s とありますが、%s のはずです",
                       "child %s is said to hold %s, should be %s", c->id,
                       checked_code(r, current),
                       checked_code(r, checked_sat(c)));
        check_entries(r, c, d);
    }
    for (size_t p = 0; p < r->n_markets; p++)
        check_unknown(r, p, d);
    return checked;
}

#define ONLY(policy) (1U << (policy))
#define ALWAYS 15U
const struct round_check round_checks[N_ROUND_CHECKS] = {
    {"decisions-kept",
     {"前回の内定が失われていない", "no decision of the earlier round is lost"},
     ALWAYS,
     decisions_kept},
    {"not-worse-than-decided",
     {"前回の内定より下の希望になった児童がいない",
      "nobody has a lower wish than what was decided"},
     ONLY(CHECKED_EVERYONE),
     not_worse},
    {"withdrawn-out",
     {"取り下げた児童・辞退した児童が選考に残っていない",
      "who withdrew takes no part"},
     ALWAYS,
     withdrawn_out},
    {"round-seats",
     {"この回の枠が、募集人数から内定・在園の席を除いたとおり",
      "the seats of this round are what is left"},
     ALWAYS,
     checked_round_seats},
    {"freed-seats-to-waiting",
     {"辞退で空いた枠だけが、待っていた児童に渡っている",
      "only freed seats were given, to those who waited"},
     ONLY(CHECKED_FREED),
     checked_freed_only},
    {"waiting-before-new",
     {"待っていた児童が、どの施設でも新規の児童より先である",
      "those who waited stand before the new ones everywhere"},
     ONLY(CHECKED_WAITING_FIRST),
     waiting_first},
    {"market-as-decided",
     {"内定・在園の席が前回のとおりで、対象でない児童が動かない",
      "everyone starts from the seat it had; who is not considered stays"},
     ALWAYS,
     market_as_decided},
};
