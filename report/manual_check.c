/* What is to be said against the places that were given by hand. */
#include "report/chains.h"
#include "report/manual_result.h"
#include "scoring/placement/entry_outcome.h"

#include <assert.h>

struct label manual_verdict_label(enum manual_verdict v)
{
    static const struct label labels[] = {
        [MANUAL_FITS] = {"", ""},
        [MANUAL_NOT_WISHED] = {"希望にない施設", "not among the preferences"},
        [MANUAL_NOT_ELIGIBLE] = {"そこに入る対象でない", "not eligible there"},
        [MANUAL_OVER] = {"募集人数を超える", "more children than seats"},
        [MANUAL_SIBLINGS] = {"きょうだいの条件に合わない組合せ",
                             "not a combination of the sibling condition"},
        [MANUAL_PASSES_OVER] = {"順位が上の児童を飛ばす",
                                "passes over a child ranked higher"},
        [MANUAL_BELOW] = {"順位が下の児童が入っている",
                          "a child ranked lower is there"},
        [MANUAL_SEAT_LEFT] = {"希望する枠が空いている",
                              "a seat it wishes for is empty"},
        [MANUAL_BLOCKED] = {"きょうだいの上の組合せに入れる",
                            "a better combination of siblings would fit"},
        [MANUAL_ENTRY] = {"きょうだいの組合せか順番の違い",
                          "another combination of siblings, or turn"},
        [MANUAL_FOLLOWS] = {"ほかの違いにつられた違い",
                            "follows from other differences"},
    };
    static_assert(sizeof labels / sizeof labels[0] == N_MANUAL_VERDICTS,
                  "name every verdict");
    return labels[v];
}

struct check {
    struct manual_result *m;
    int32_t *left; /* by contest: seats of its pool and kind that nobody has
                      by hand */
    const struct applicant ***children; /* by phase and market child */
    bool feasible; /* every child where it may be, no class over its seats */
    struct entry_judge judge; /* of the places by hand, where feasible */
};

/* ---- seats, as they are by hand ---- */

/* In whichever phase. */
static bool share_seats(const struct run_result *r, const struct contest *x,
                        const struct contest *y)
{
    const struct class_seats *seats = r->places[x->place].seats;
    return x->place == y->place &&
           (x->class_age == y->class_age ||
            seats[x->class_age].pool >> y->class_age & 1U);
}

/* Seats are offered once, by the first phase. */
static void count_seats(struct check *c)
{
    const struct run_result *r = c->m->run;
    struct arena scratch = ARENA_INIT;
    int32_t *own = ARENA_ARRAY(&scratch, int32_t, r->n_contests);
    for (size_t i = 0; i < r->n_contests; i++)
        own[i] = r->contests[i].own +
                 (r->contests[i].offered < 0 || r->contests[i].phase
                      ? 0
                      : r->contests[i].offered);
    for (size_t i = 0; i < r->n_applicants; i++) {
        const struct applicant *a = &r->applicants[i];
        const struct seat_place *at = manual_seat(c->m, a);
        /* outside the market the own seat is not among the seats */
        bool counts = at && (at->facility != a->current ||
                             a->market_child != MARKET_NONE);
        for (size_t k = 0; counts && k < r->n_contests; k++)
            own[k] -= &r->places[r->contests[k].place] == at &&
                      r->contests[k].phase == 0 &&
                      r->contests[k].class_age == a->score->class_age;
    }
    for (size_t i = 0; i < r->n_contests; i++)
        for (size_t k = 0; k < r->n_contests; k++)
            if (share_seats(r, &r->contests[i], &r->contests[k]))
                c->left[i] += own[k];
    arena_release(&scratch);
}

/* Classes of one pool are told once. */
static void list_over(struct check *c, struct arena *a)
{
    const struct run_result *r = c->m->run;
    c->m->over = ARENA_ARRAY(a, struct manual_over, r->n_contests);
    for (size_t i = 0; i < r->n_contests; i++) {
        bool told = c->left[i] >= 0;
        for (size_t k = 0; !told && k < i; k++)
            told = share_seats(r, &r->contests[i], &r->contests[k]);
        if (!told)
            c->m->over[c->m->n_over++] =
                (struct manual_over){&r->contests[i], -c->left[i]};
    }
}

/* How it asks for the seats that it has by hand; NULL: it does not, or may not
 * have them. */
static const struct seat_option *option_held(const struct check *c,
                                             const struct applicant *a)
{
    const struct run_result *r = c->m->run;
    const struct seat_place *at = manual_seat(c->m, a);
    for (size_t i = 0; i < a->n_options; i++)
        if (&r->places[a->options[i].place] == at &&
            a->options[i].contest != NOT_RANKED)
            return &a->options[i];
    return NULL;
}

static bool may_be_at(const struct check *c, const struct applicant *a)
{
    const struct facility *at = manual_at(c->m, a);
    if (at == a->current)
        return true;
    if (a->market_child == MARKET_NONE)
        return !at;
    return !at || option_held(c, a);
}

static void open_judge(struct check *c, struct arena *a)
{
    const struct run_result *r = c->m->run;
    struct matching held = {.n = r->market.n_children};
    c->feasible = c->m->n_over == 0 && r->n_phases == 1;
    for (size_t i = 0; c->feasible && i < r->n_applicants; i++)
        c->feasible = may_be_at(c, &r->applicants[i]);
    if (!c->feasible)
        return;
    held.place = ARENA_ARRAY(a, int32_t, held.n);
    for (size_t i = 0; i < held.n; i++) {
        const struct seat_place *at = manual_seat(c->m, c->children[0][i]);
        held.place[i] = at ? (int32_t)(at - r->places) : MARKET_NONE;
    }
    entry_judge_open(&c->judge, &r->market, &held, a);
}

/* ---- one child ---- */

/* Smaller is better: a wish, then its own place, then none. */
static int standing(const struct applicant *a, const struct facility *at)
{
    for (size_t k = 0; at && at != a->current && k < a->score->n_prefs; k++)
        if (a->score->prefs[k].found == at)
            return a->score->prefs[k].number;
    return at ? INT32_MAX - 1 : INT32_MAX;
}

static bool would_rather(const struct check *c, const struct applicant *a,
                         const struct facility *f)
{
    return standing(a, f) < standing(a, manual_at(c->m, a));
}

/* Brothers and sisters are judged together. */
static const struct applicant *
passed_over(const struct check *c, const struct contest *at, size_t rank)
{
    for (size_t i = 0; i < rank; i++) {
        const struct applicant *y =
            &c->m->run->applicants[at->entrants[i].applicant];
        if (!y->siblings && would_rather(c, y, at->facility))
            return y;
    }
    return NULL;
}

static const struct applicant *let_in(const struct check *c,
                                      const struct contest *at, size_t rank)
{
    for (size_t i = at->n_entrants; i-- > rank + 1;) {
        const struct applicant *y =
            &c->m->run->applicants[at->entrants[i].applicant];
        if (manual_seat(c->m, y) == &c->m->run->places[at->place])
            return y;
    }
    return NULL;
}

static size_t pref_of(const struct applicant *a, const struct facility *f)
{
    for (size_t k = 0; k < a->score->n_prefs; k++)
        if (a->score->prefs[k].found == f)
            return k;
    return NOT_RANKED;
}

/* The place that it has by hand. */
static enum manual_verdict judge_place(const struct check *c,
                                       struct manual_place *p)
{
    const struct applicant *a = p->applicant;
    const struct run_result *r = c->m->run;
    const struct facility *at = manual_at(c->m, a);
    if (!at || at == a->current)
        return MANUAL_FITS;
    size_t k = pref_of(a, at);
    p->there = at;
    if (k == NOT_RANKED)
        return MANUAL_NOT_WISHED;
    const struct seat_option *o = option_held(c, a);
    if (a->market_child == MARKET_NONE || !o)
        return MANUAL_NOT_ELIGIBLE;
    const struct contest *contest = &r->contests[o->contest];
    if (c->left[o->contest] < 0)
        return MANUAL_OVER;
    if (a->siblings || r->market.method != MARKET_STABLE)
        return MANUAL_FITS;
    p->other = passed_over(c, contest, o->rank);
    return p->other ? MANUAL_PASSES_OVER : MANUAL_FITS;
}

/* Whether every facility of an entry before the one they hold would accept
 * them. */
static enum manual_verdict judge_entries(struct check *c, int32_t family)
{
    struct entry_outcome better[SIBLING_ENTRIES_TOLD];
    if (!c->feasible || c->m->run->market.method != MARKET_STABLE)
        return MANUAL_ENTRY;
    size_t n =
        entry_judge_family(&c->judge, family, better, SIBLING_ENTRIES_TOLD);
    for (size_t i = 0; i < n && i < SIBLING_ENTRIES_TOLD; i++)
        if (better[i].accepted)
            return MANUAL_BLOCKED;
    return MANUAL_ENTRY;
}

/* The places that it would rather have. */
static enum manual_verdict judge_wishes(const struct check *c,
                                        struct manual_place *p)
{
    const struct applicant *a = p->applicant;
    const struct run_result *r = c->m->run;
    if (a->siblings || r->market.method != MARKET_STABLE)
        return MANUAL_ENTRY;
    if (a->market_child == MARKET_NONE)
        return MANUAL_FOLLOWS;
    for (size_t i = 0; i < a->n_options; i++) {
        const struct seat_option *o = &a->options[i];
        if (o->contest == NOT_RANKED ||
            !would_rather(c, a, a->score->prefs[o->pref].found))
            continue;
        const struct contest *contest = &r->contests[o->contest];
        p->there = contest->facility;
        p->other = let_in(c, contest, o->rank);
        if (p->other)
            return MANUAL_BELOW;
        if (c->left[o->contest] > 0)
            return MANUAL_SEAT_LEFT;
    }
    p->there = NULL;
    return MANUAL_FOLLOWS;
}

static bool is_todays(const struct check *c, size_t phase,
                      const struct market_family *f)
{
    for (size_t k = 0; k < f->n_children; k++) {
        const struct applicant *a = c->children[phase][f->children[k]];
        if (manual_at(c->m, a) != a->current)
            return false;
    }
    return true;
}

/* All of the household's children, at one of its entries. */
static bool keeps_condition(const struct check *c,
                            const struct sibling_result *s)
{
    const struct run_result *r = c->m->run;
    const struct market *m = &r->phases[s->phase].market;
    const struct market_family *f = &m->families[s->family];
    for (size_t e = 0; e < f->n_entries; e++) {
        bool same = true;
        for (size_t k = 0; same && k < f->n_children; k++) {
            int32_t at = entry_place(m, f, (int32_t)e, k);
            same = manual_at(c->m, c->children[s->phase][f->children[k]]) ==
                   (at == MARKET_NONE ? NULL : r->places[at].facility);
        }
        if (same)
            return true;
    }
    return is_todays(c, s->phase, f);
}

static enum manual_verdict judge(struct check *c, struct manual_place *p)
{
    const struct applicant *a = p->applicant;
    if (!p->told || p->agrees)
        return MANUAL_FITS;
    enum manual_verdict v = judge_place(c, p);
    if (v != MANUAL_FITS)
        return v;
    p->there = NULL;
    if (!a->siblings || a->siblings->family == MARKET_NONE)
        return judge_wishes(c, p);
    if (!keeps_condition(c, a->siblings))
        return MANUAL_SIBLINGS;
    return judge_entries(c, a->siblings->family);
}

/* ---- all ---- */

/* Differences that hang together: the moves from the one result to the
 * other. */
static void find_chains(struct manual_result *m, struct arena *a)
{
    size_t n = 0;
    struct moved *moved = ARENA_ARRAY(a, struct moved, m->run->n_applicants);
    struct manual_place **of =
        ARENA_ARRAY(a, struct manual_place *, m->run->n_applicants);
    struct chain_list list;
    for (size_t i = 0; i < m->run->n_applicants; i++) {
        struct manual_place *p = &m->places[i];
        p->chain = NOT_RANKED;
        if (!p->told || p->agrees)
            continue;
        of[n] = p;
        moved[n++] = (struct moved){{p->applicant, p->applicant},
                                    {applicant_seat(m->run, p->applicant),
                                     manual_seat(m, p->applicant)}};
    }
    chains_between(m->run, m->run, moved, n, &list, a);
    m->n_chains = list.chains.n;
    for (size_t i = 0; i < list.chains.n; i++)
        for (size_t k = 0; k < list.chains.items[i].n; k++)
            of[list.chains.order[list.chains.items[i].first + k]]->chain = i;
}

void manual_result_check(struct manual_result *m, struct arena *a)
{
    struct check c = {.m = m};
    c.left = ARENA_ARRAY(a, int32_t, m->run->n_contests);
    c.children = ARENA_ARRAY(a, const struct applicant **, m->run->n_phases);
    for (size_t p = 0; p < m->run->n_phases; p++)
        c.children[p] = applicants_by_child(m->run, p, a);
    count_seats(&c);
    list_over(&c, a);
    open_judge(&c, a);
    for (size_t i = 0; i < m->run->n_applicants; i++) {
        struct manual_place *p = &m->places[i];
        p->verdict = judge(&c, p);
        m->by_verdict[p->verdict]++;
    }
    find_chains(m, a);
}
