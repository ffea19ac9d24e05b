#include "scoring/placement/prove/prove_search.h"

#include "scoring/placement/prove/prove_flow.h"

#include <stdlib.h>
#include <string.h>

/* More households in a group make fewer questions, each of a larger formula:
 * the sum is least about here (bench_prove, 1,500 and 8,000 children). */
#define GROUP 96
/* Clauses of all questions of one round: minutes. Where the first question
 * says that they would be more, the round is not begun. */
#define ROUND_CLAUSES 60e6

struct searching {
    struct proving *p;
    size_t most;             /* blocking entries that are allowed */
    struct prove_rest known; /* certain with so many, whoever blocks */
    size_t *dealt; /* households that can block, neighbours together */
    size_t n_dealt, group, n_groups;
    size_t *chosen; /* groups of the question at hand, in order */
    size_t n_chosen;
    bool *best; /* per household: it may block in a best matching */
    size_t placed_high;
    bool open, found;
};

struct neighbour {
    int32_t facility;
    size_t family;
};

static int by_facility(const void *x, const void *y)
{
    const struct neighbour *a = x, *b = y;
    if (a->facility != b->facility)
        return a->facility < b->facility ? -1 : 1;
    return (a->family > b->family) - (a->family < b->family);
}

/* Where the household is: what it holds now, else its first wish. */
static int32_t facility_of(const struct proving *p, size_t family)
{
    for (int first = 0; first < 2; first++) {
        const int32_t *bids = view_entry_bids(&p->v, (int32_t)family,
                                              first ? 0 : p->held[family]);
        for (size_t k = 0; k < p->v.families[family].children; k++)
            if (bids[k] != NO_BID)
                return p->v.bids[bids[k]].facility;
    }
    return INT32_MAX;
}

/* No more children than that hold a place, whoever blocks. */
static size_t placeable(const struct searching *s)
{
    return flow_placeable(&s->p->v, &s->known, s->p->held);
}

static bool can_block(const struct searching *s, size_t family)
{
    const struct prove_family *f = &s->p->v.families[family];
    for (size_t e = 0; e < f->n; e++)
        if (s->known.may_block[f->first + e])
            return true;
    return false;
}

static void deal(struct searching *s)
{
    struct proving *p = s->p;
    size_t n = p->v.m->n_families;
    struct neighbour *all = ARENA_ARRAY(&p->scratch, struct neighbour, n);
    s->n_dealt = 0;
    for (size_t i = 0; i < n; i++)
        if (can_block(s, i))
            all[s->n_dealt++] = (struct neighbour){facility_of(p, i), i};
    qsort(all, s->n_dealt, sizeof *all, by_facility);
    s->dealt = ARENA_ARRAY(&p->scratch, size_t, s->n_dealt + 1);
    for (size_t i = 0; i < s->n_dealt; i++)
        s->dealt[i] = all[i].family;
    s->group = p->options.group ? p->options.group : GROUP;
    s->n_groups = (s->n_dealt + s->group - 1) / s->group;
    s->n_chosen = s->most < s->n_groups ? s->most : s->n_groups;
    s->chosen = ARENA_ARRAY(&p->scratch, size_t, s->n_chosen + 1);
    for (size_t i = 0; i < s->n_chosen; i++)
        s->chosen[i] = i;
}

/* The next `n_chosen` of the groups; false after the last. */
static bool next_choice(struct searching *s)
{
    size_t n = s->n_chosen, i = n;
    while (i > 0 && s->chosen[i - 1] == s->n_groups - n + i - 1)
        i--;
    if (i == 0)
        return false;
    s->chosen[i - 1]++;
    for (; i < n; i++)
        s->chosen[i] = s->chosen[i - 1] + 1;
    return true;
}

static double choices(const struct searching *s)
{
    double n = 1;
    for (size_t i = 0; i < s->n_chosen; i++)
        n = n * (double)(s->n_groups - i) / (double)(i + 1);
    return n;
}

static void soften(struct proving *p, const size_t *families, size_t n)
{
    memset(p->soft, 0, p->v.m->n_families * sizeof *p->soft);
    for (size_t i = 0; i < n; i++)
        p->soft[families[i]] = true;
}

/* The best of these: how many do they place? */
static void settle_placed(struct searching *s, struct asking *q)
{
    struct proving *p = s->p;
    size_t most, before = p->best.placed, n = p->v.m->n_families;
    s->found = true;
    if (p->options.goal < PROVE_MAXIMUM)
        return;
    if (asking_most_placed(p, q, false, &most) == SAT_OPEN)
        s->open = true;
    if (p->best.placed > before)
        memset(s->best, 0, n * sizeof *s->best);
    if (most > s->placed_high)
        s->placed_high = most;
    for (size_t i = 0; most >= p->best.placed && i < n; i++)
        s->best[i] = s->best[i] || p->soft[i];
}

/* One entry blocks, so one half of them has it. */
static enum sat_answer ask_group(struct searching *s, const size_t *families,
                                 size_t n, size_t *clauses)
{
    struct proving *p = s->p;
    struct asking q;
    enum sat_answer answer = SAT_NO;
    soften(p, families, n);
    if (asking_open(p, s->most, &s->known, &q)) {
        *clauses = q.clauses.formula.n_clauses;
        answer = asking_any(p, &q);
        if (answer == SAT_YES)
            settle_placed(s, &q);
    }
    asking_close(p, &q);
    if (answer == SAT_OPEN && s->most == 1 && n > 1) {
        size_t ignored;
        ask_group(s, families, n / 2, &ignored);
        ask_group(s, families + n / 2, n - n / 2, &ignored);
    } else if (answer == SAT_OPEN) {
        s->open = true;
        s->placed_high = placeable(s);
    }
    return answer;
}

static void ask_chosen(struct searching *s, size_t *clauses)
{
    struct arena scratch = ARENA_INIT;
    size_t *families = ARENA_ARRAY(&scratch, size_t, s->n_dealt + 1), n = 0;
    for (size_t i = 0; i < s->n_chosen; i++)
        for (size_t k = s->chosen[i] * s->group;
             k < (s->chosen[i] + 1) * s->group && k < s->n_dealt; k++)
            families[n++] = s->dealt[k];
    ask_group(s, families, n, clauses);
    arena_release(&scratch);
}

static bool done(const struct searching *s)
{
    return s->found && s->p->options.goal < PROVE_MAXIMUM;
}

/* All choices of groups. */
static void ask_all(struct searching *s)
{
    struct proving *p = s->p;
    bool more = true, sized = false;
    while (more && !done(s)) {
        size_t clauses = 0;
        ask_chosen(s, &clauses);
        if (!sized && (double)clauses * choices(s) > ROUND_CLAUSES) {
            p->out->limit = PROVE_LIMIT_ROUND;
            s->placed_high = placeable(s);
            s->open = true;
            return;
        }
        sized = sized || clauses > 0;
        more = next_choice(s);
    }
}

/* Is there a matching with no more blocking entries than that? */
static enum sat_answer round_with(struct proving *p, size_t most)
{
    size_t n = p->v.m->n_families;
    struct searching s = {.p = p, .most = most};
    s.best = ARENA_ARRAY(&p->scratch, bool, n);
    memset(p->soft, 1, n * sizeof *p->soft);
    int32_t budget = most < ANY_BUDGET ? (int32_t)most : ANY_BUDGET;
    reduce_market(&p->v, p->soft, budget, NULL, &s.known, &p->scratch);
    deal(&s);
    ask_all(&s);
    memcpy(p->soft, s.best, n * sizeof *p->soft);
    if (p->best.blocking == most && p->options.goal >= PROVE_MAXIMUM)
        p->out->placed_high =
            s.placed_high > p->best.placed ? s.placed_high : p->best.placed;
    if (s.open && !done(&s))
        return SAT_OPEN;
    p->out->limit = PROVE_NO_LIMIT; /* it bit on the way only */
    return s.found ? SAT_YES : SAT_NO;
}

/* The placer's blocking entries, and whoever is near them: often fewer do. */
static void look_near(struct proving *p)
{
    bool *near = ARENA_ARRAY(&p->scratch, bool, p->v.m->n_facilities);
    size_t n = p->v.m->n_families, n_soft = 0;
    size_t *soft = ARENA_ARRAY(&p->scratch, size_t, n + 1);
    for (size_t i = 0; i < p->best.blocking; i++) {
        const struct market_blocking *b = &p->best.list[i];
        const int32_t *bids =
            view_entry_bids(&p->v, b->family, (size_t)b->entry);
        for (size_t k = 0; k < p->v.families[b->family].children; k++)
            if (bids[k] != NO_BID)
                near[p->v.bids[bids[k]].facility] = true;
    }
    for (size_t i = 0; i < n; i++) {
        int32_t f = facility_of(p, i);
        if (f != INT32_MAX && near[f] && n_soft < 2 * GROUP)
            soft[n_soft++] = i;
    }
    for (size_t k = p->out->blocking_low; k < p->best.blocking; k++) {
        struct asking q;
        enum sat_answer answer = SAT_NO;
        soften(p, soft, n_soft);
        if (asking_open(p, k, NULL, &q)) {
            asking_prefer(p, &q);
            answer = asking_any(p, &q);
        }
        asking_close(p, &q);
        if (answer != SAT_NO)
            break;
    }
    p->out->limit = PROVE_NO_LIMIT; /* nothing hangs on it */
}

enum sat_answer search_best(struct proving *p)
{
    size_t *low = &p->out->blocking_low;
    if (*low < p->best.blocking)
        look_near(p);
    while (p->options.goal >= PROVE_MAXIMUM || *low < p->best.blocking) {
        enum sat_answer answer = round_with(p, *low);
        if (answer != SAT_NO)
            return answer;
        ++*low;
    }
    return SAT_YES;
}
