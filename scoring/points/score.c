/* A household: every child, every preference, and how the totals come about
 * (steps 5 and 6 of ruleset.h). */
#include "scoring/points/score.h"

#include "scoring/points/score_run.h"

#include <string.h>

#define AHEAD 2
#define CACHE_LINE 64 /* bytes; on other machines some are asked for twice */

bool scorer_open(struct scorer *s, const struct ruleset *rules,
                 const struct score_context *context,
                 const struct record_set *set, struct arena *a, struct diag *d)
{
    *s = (struct scorer){.rules = rules, .context = context, .set = set};
    s->plan = plan_make(s, a);
    return manual_check(s, d);
}

milli_points add_points(milli_points x, milli_points y)
{
    milli_points sum;
    if (!__builtin_add_overflow(x, y, &sum))
        return sum;
    return x < 0 ? INT64_MIN / 4 : INT64_MAX / 4;
}

/* ---- lines and what is unknown ---- */

size_t run_add_line(struct child_run *r, struct score_line line)
{
    struct child_score *out = r->out;
    if (line.counted && line.rule && r->touched)
        r->touched[line.rule->index] = true;
    if (out->n_lines == r->lines_capacity) {
        size_t capacity = out->n_lines ? out->n_lines * 2 : 8;
        out->lines = arena_grow(r->scratch, out->lines, out->n_lines, capacity,
                                sizeof *out->lines);
        r->lines_capacity = capacity;
    }
    out->lines[out->n_lines] = line;
    return out->n_lines++;
}

static bool same_unknown(const struct score_unknown *x,
                         const struct score_unknown *y)
{
    bool same_what = x->what == y->what ||
                     (x->what && y->what && strcmp(x->what, y->what) == 0);
    return x->rule == y->rule && x->order == y->order && x->phase == y->phase &&
           x->requirement == y->requirement && x->special == y->special &&
           x->guardian == y->guardian && x->preference == y->preference &&
           same_what && x->rows.child == y->rows.child &&
           x->rows.guardian == y->rows.guardian &&
           x->rows.reason == y->rows.reason;
}

void run_add_unknown(struct child_run *r, struct score_unknown u)
{
    struct child_score *out = r->out;
    bool points = !u.order && (u.rule || u.guardian >= 0);
    out->provisional = out->provisional || points;
    for (size_t i = 0; i < out->n_unknowns; i++)
        if (same_unknown(&out->unknowns[i], &u))
            return;
    if (out->n_unknowns == r->unknowns_capacity) {
        size_t capacity = out->n_unknowns ? out->n_unknowns * 2 : 8;
        out->unknowns = arena_grow(r->scratch, out->unknowns, out->n_unknowns,
                                   capacity, sizeof *out->unknowns);
        r->unknowns_capacity = capacity;
    }
    out->unknowns[out->n_unknowns++] = u;
}

/* ---- a child, before its brothers and sisters are looked at ---- */

static void add_sets(struct child_run *r, const struct section_sum *sum)
{
    r->sets = arena_grow(r->scratch, r->sets, r->n_sets,
                         r->n_sets + sum->n_sets, sizeof *r->sets);
    for (size_t i = 0; i < sum->n_sets; i++)
        r->sets[r->n_sets++] = sum->sets[i];
}

static void begin_child(struct child_run *r, size_t row)
{
    static const enum rule_scope scopes[] = {RULE_HOUSEHOLD, RULE_CHILD};
    const struct ruleset *rs = r->e.s->rules;
    r->e.rows.of[SCOPE_CHILD] = row;
    r->out->child_row = row;
    r->out->child = r->e.s->set->tables[SCOPE_CHILD].keys[row].child;
    r->birth = eval_birth(&r->e, row);
    r->out->class_age = eval_class_age(&r->e);
    run_guardians(r);
    for (size_t i = 0; i < 2; i++) {
        struct section s = {.list = &rs->by_scope[scopes[i]],
                            .part = LINE_ADJUST,
                            .guardian = -1,
                            .preference = PREFERENCE_ALL};
        struct section_sum sum;
        run_section(r, &s, &sum);
        r->out->adjust = add_points(r->out->adjust, sum.points);
        r->out->rank_last = r->out->rank_last || sum.rank_last;
        add_sets(r, &sum);
    }
    r->plain = r->out->adjust;
    if (rs->n_ranks == 0)
        r->plain = add_points(r->plain, r->out->base);
}

/* ---- share_highest ---- */

/* A child whose points take part in another's, and are unknown. */
static void share_unknowns(struct child_run *to, const struct child_run *from)
{
    if (to == from)
        return;
    for (size_t i = 0; i < from->out->n_unknowns; i++)
        run_add_unknown(to, from->out->unknowns[i]);
}

static void share_highest(struct child_run *runs, size_t n)
{
    static const char shared[] = "きょうだいの最も高い点数に合わせる";
    milli_points best = 0;
    bool *open = ARENA_ARRAY(runs[0].scratch, bool, n);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || runs[i].plain > best)
            best = runs[i].plain;
        open[i] = runs[i].out->provisional;
    }
    for (size_t i = 0; i < n; i++) {
        struct child_run *r = &runs[i];
        for (size_t k = 0; k < n; k++)
            if (open[k])
                share_unknowns(r, &runs[k]);
        r->share = best - r->plain;
        if (r->share == 0)
            continue;
        r->out->adjust = add_points(r->out->adjust, r->share);
        run_add_line(r, (struct score_line){.part = LINE_SHARE,
                                            .counted = true,
                                            .guardian = -1,
                                            .preference = PREFERENCE_ALL,
                                            .points = r->share,
                                            .wording = shared,
                                            .rows = eval_bound(&r->e)});
    }
}

/* ---- totals that a rule sets ---- */

/* The lowest wins; the lines of the others stay, uncounted. Gives the index
 * of the winner among `sets`. */
static size_t lowest(const struct set_total *sets, size_t n)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (sets[i].to < sets[best].to)
            best = i;
    return best;
}

static void price_sets(struct child_run *r, const struct set_total *sets,
                       size_t n, milli_points from)
{
    for (size_t i = 0; i < n; i++)
        r->out->lines[sets[i].line].points = sets[i].to - from;
}

static void count_set(struct child_run *r, size_t line)
{
    r->out->lines[line].counted = true;
    if (r->touched)
        r->touched[r->out->lines[line].rule->index] = true;
}

static void set_child_total(struct child_run *r)
{
    milli_points total = add_points(r->plain, r->share);
    r->set_line = -1;
    if (r->n_sets > 0) {
        size_t best = lowest(r->sets, r->n_sets);
        price_sets(r, r->sets, r->n_sets, total);
        r->set_line = (long)r->sets[best].line;
        r->set_to = r->sets[best].to;
        count_set(r, r->sets[best].line);
        r->out->adjust = add_points(r->out->adjust, r->set_to - total);
        total = r->set_to;
    }
    r->out->total = total;
}

/* At one facility a total set for the child holds against what its own rules
 * add, unless they set a lower one. */
static void set_pref_total(struct child_run *r, size_t k,
                           const struct section_sum *sum)
{
    struct pref_score *p = &r->out->prefs[k];
    milli_points total = add_points(r->out->total, sum->points);
    p->adjust = sum->points;
    p->total = total;
    if (sum->n_sets == 0 && r->set_line < 0)
        return;
    size_t best = sum->n_sets ? lowest(sum->sets, sum->n_sets) : 0;
    price_sets(r, sum->sets, sum->n_sets, total);
    if (sum->n_sets && (r->set_line < 0 || sum->sets[best].to < r->set_to)) {
        count_set(r, sum->sets[best].line);
        p->total = sum->sets[best].to;
    } else {
        p->total = r->set_to;
        struct score_line again = r->out->lines[r->set_line];
        again.preference = (int)k;
        again.points = p->total - total;
        if (again.points != 0)
            run_add_line(r, again);
    }
    p->adjust = add_points(p->adjust, p->total - total);
}

/* ---- preferences ---- */

/* Numbers of one set are interned: equal ones are one pointer. */
static size_t count_prefs(const struct child_run *r)
{
    const struct household *h = r->e.family->h;
    const struct row_key *keys = r->e.s->set->tables[SCOPE_PREFERENCE].keys;
    size_t n = 0;
    for (size_t i = h->first[SCOPE_PREFERENCE]; i < h->end[SCOPE_PREFERENCE];
         i++)
        n += keys[i].child == r->out->child;
    return n;
}

static void score_pref(struct child_run *r, size_t k)
{
    const struct ruleset *rs = r->e.s->rules;
    struct pref_score *p = &r->out->prefs[k];
    r->e.rows.of[SCOPE_PREFERENCE] = p->row;
    struct value code = eval_field(&r->e, PLAN_FACILITY, p->row);
    r->facility_unknown = code.is == VALUE_IS_UNKNOWN;
    p->facility = code.is == VALUE_IS_KNOWN ? code.text : "";
    p->found = r->e.s->plan->facilities[p->row];
    p->number = r->e.s->set->tables[SCOPE_PREFERENCE].keys[p->row].seq;
    struct section s = {.list = &rs->by_scope[RULE_CHOICE],
                        .part = LINE_ADJUST,
                        .guardian = -1,
                        .preference = (int)k};
    struct section_sum sum;
    run_section(r, &s, &sum);
    p->rank_last = r->out->rank_last || sum.rank_last;
    set_pref_total(r, k, &sum);
    run_enter(r, k);
    run_order(r, k);
    r->e.rows.of[SCOPE_PREFERENCE] = SCORE_NO_ROW;
}

/* Into the arena of the results, without the room left for growing. */
static void keep(struct child_run *r)
{
    struct child_score *out = r->out;
    out->lines = arena_grow(r->a, out->lines, out->n_lines, out->n_lines,
                            sizeof *out->lines);
    out->unknowns = arena_grow(r->a, out->unknowns, out->n_unknowns,
                               out->n_unknowns, sizeof *out->unknowns);
}

static void finish_child(struct child_run *r)
{
    const struct household *h = r->e.family->h;
    const struct row_key *keys = r->e.s->set->tables[SCOPE_PREFERENCE].keys;
    size_t n = count_prefs(r);
    set_child_total(r);
    r->out->prefs = ARENA_ARRAY(r->a, struct pref_score, n);
    for (size_t i = h->first[SCOPE_PREFERENCE]; r->out->n_prefs < n; i++)
        if (keys[i].child == r->out->child)
            r->out->prefs[r->out->n_prefs++].row = i;
    if (r->out->class_age < 0)
        run_add_unknown(r, (struct score_unknown){.guardian = -1,
                                                  .preference = PREFERENCE_ALL,
                                                  .what = "child.birth",
                                                  .rows = eval_bound(&r->e)});
    for (size_t k = 0; k < n; k++)
        score_pref(r, k);
    keep(r);
}

/* Brings the rows of a household near, while the one before is scored: in a
 * large set, waiting for memory takes longer than scoring. */
static void fetch_rows(const struct scorer *s, size_t household)
{
    if (household >= s->set->n_households)
        return;
    const struct household *h = &s->set->households[household];
    for (int i = 0; i < N_SCOPES; i++) {
        const struct record_table *t = &s->set->tables[i];
        if (h->first[i] == h->end[i])
            continue;
        const char *at = (const char *)(t->slots + h->first[i] * t->n_fields);
        const char *end = (const char *)(t->slots + h->end[i] * t->n_fields);
        for (; at < end; at += CACHE_LINE)
            __builtin_prefetch(at);
        at = (const char *)(t->keys + h->first[i]);
        end = (const char *)(t->keys + h->end[i]);
        for (; at < end; at += CACHE_LINE)
            __builtin_prefetch(at);
    }
}

void score_household_noting(const struct scorer *s, size_t household,
                            struct household_score *out, struct arena *a,
                            bool *touched)
{
    const struct household *h = &s->set->households[household];
    struct arena_room room;
    struct arena scratch = arena_in(&room);
    struct family family;
    fetch_rows(s, household + AHEAD);
    family_open(&family, s, household, &scratch);
    if (s->plan->lottery)
        family.lot = draw_lot(s->context->lottery_seed, h->no);
    size_t first = h->first[SCOPE_CHILD], n = h->end[SCOPE_CHILD] - first;
    *out = (struct household_score){.household = household, .n_children = n};
    out->children = ARENA_ARRAY(a, struct child_score, n);
    struct child_run *runs = ARENA_ARRAY(&scratch, struct child_run, n);
    for (size_t i = 0; i < n; i++) {
        struct child_run *r = &runs[i];
        eval_open(&r->e, s, &family);
        r->out = &out->children[i];
        r->a = a;
        r->scratch = &scratch;
        r->touched = touched;
        r->held = ARENA_ARRAY(&scratch, uint8_t, s->rules->n_rules * 2);
        r->fixed = ARENA_ARRAY(&scratch, uint8_t, s->rules->n_rules);
        begin_child(r, first + i);
    }
    if (s->rules->share_highest && n > 0)
        share_highest(runs, n);
    for (size_t i = 0; i < n; i++)
        finish_child(&runs[i]);
    arena_release(&scratch);
}

void score_household(const struct scorer *s, size_t household,
                     struct household_score *out, struct arena *a)
{
    score_household_noting(s, household, out, a, NULL);
}
