/* Rules of one section, alone and in groups: step 4 of ruleset.h. */
#include "scoring/points/score_run.h"

#include <string.h>

/* ---- unless ---- */

static bool of_guardian(const struct rule *rule)
{
    return rule->scope == RULE_REASON || rule->scope == RULE_GUARDIAN;
}

void run_set_held(struct child_run *r, const struct rule *rule, int slot,
                  enum tri is)
{
    r->held[rule->index * 2 + (slot > 0)] = (uint8_t)is;
}

static enum tri held(const struct child_run *r, const struct rule *rule,
                     const struct section *s)
{
    const uint8_t *is = &r->held[rule->index * 2];
    if (!of_guardian(rule))
        return (enum tri)is[0];
    if (s->guardian >= 0)
        return (enum tri)is[s->guardian];
    return tri_or((enum tri)is[0], (enum tri)is[1]);
}

static enum tri all_of(struct child_run *r, const struct expr *const *parts,
                       size_t n, enum tri so_far)
{
    for (size_t i = 0; i < n && so_far != TRI_NO; i++)
        so_far = tri_and(so_far, eval_condition(&r->e, parts[i]));
    return so_far;
}

/* What is the same at every preference is asked at the first. */
static enum tri when_here(struct child_run *r, const struct rule *rule,
                          int preference)
{
    const struct rule_parts *p = &r->e.s->plan->parts[rule->index];
    uint8_t *fixed = &r->fixed[rule->index];
    if (preference == 0)
        *fixed = (uint8_t)all_of(r, p->fixed, p->n_fixed, TRI_YES);
    return all_of(r, p->here, p->n_here, (enum tri) * fixed);
}

void run_judge(struct child_run *r, const struct rule *rule,
               const struct section *s, struct judgement *out)
{
    enum tri unless = TRI_NO, when = TRI_NO;
    for (size_t i = 0; i < rule->n_unless; i++)
        unless = tri_or(unless, held(r, rule->unless[i], s));
    if (rule->scope == RULE_CHOICE)
        when = when_here(r, rule, s->preference);
    else if (unless != TRI_YES)
        when = eval_condition(&r->e, rule->when);
    out->holds = TRI_NO; /* as most do not */
    if (when != TRI_NO && unless != TRI_YES)
        rule_judge_when(&r->e, rule, when, unless, out);
}

/* ---- what comes of one rule ---- */

/* A rule that holds: what it came to, and whether it counts. */
struct standing {
    const struct rule *rule;
    struct judgement j;
    bool counted;
};

static void note_unknown(struct child_run *r, const struct rule *rule,
                         const struct section *s)
{
    bool here =
        r->e.s->plan->uses[rule->index] & (USES_PREFERENCE | USES_POINTS);
    struct score_unknown u = {.rule = rule,
                              .order = s->order,
                              .guardian = s->guardian,
                              .preference =
                                  here ? s->preference : PREFERENCE_ALL,
                              .rows = eval_bound(&r->e)};
    if (!here)
        u.rows.preference = SCORE_NO_ROW;
    run_add_unknown(r, u);
}

static void judge(struct child_run *r, const struct rule *rule,
                  const struct section *s, struct section_sum *sum,
                  struct standing *out)
{
    out->rule = rule;
    out->counted = false;
    run_judge(r, rule, s, &out->j);
    run_set_held(r, rule, s->guardian, out->j.holds);
    if (out->j.holds == TRI_UNKNOWN) {
        sum->unknown = true;
        note_unknown(r, rule, s);
    }
}

static void add_set(struct child_run *r, struct section_sum *sum,
                    struct set_total set)
{
    sum->sets = arena_grow(r->scratch, sum->sets, sum->n_sets, sum->n_sets + 1,
                           sizeof *sum->sets);
    sum->sets[sum->n_sets++] = set;
}

static void settle(struct child_run *r, const struct section *s,
                   const struct standing *st, struct section_sum *sum)
{
    bool sets = st->j.kind == AWARD_SETS_TOTAL;
    if (st->counted && r->touched)
        r->touched[st->rule->index] = true;
    if (st->counted && !sets)
        sum->points = add_points(sum->points, st->j.points);
    if (st->counted && st->j.kind == AWARD_RANK_LAST)
        sum->rank_last = true;
    if (s->order)
        return;
    size_t line =
        run_add_line(r, (struct score_line){.rule = st->rule,
                                            .part = s->part,
                                            .counted = st->counted && !sets,
                                            .guardian = s->guardian,
                                            .person = s->person,
                                            .preference = s->preference,
                                            .points = sets ? 0 : st->j.points,
                                            .wording = st->j.wording,
                                            .rows = eval_bound(&r->e)});
    if (st->counted && sets)
        add_set(r, sum, (struct set_total){line, st->j.points});
}

/* ---- groups ---- */

static bool better(enum group_pick pick, milli_points x, milli_points y)
{
    return pick == PICK_HIGHEST ? x > y : x < y;
}

static void pick_one(enum group_pick pick, struct standing *all, size_t n)
{
    struct standing *best = NULL;
    for (size_t i = 0; i < n; i++) {
        bool holds = all[i].j.holds == TRI_YES;
        if (pick == PICK_FIRST && all[i].j.holds == TRI_UNKNOWN)
            break;
        if (!holds ||
            (best && (pick == PICK_FIRST ||
                      !better(pick, all[i].j.points, best->j.points))))
            continue;
        best = &all[i];
    }
    if (best)
        best->counted = true;
}

/* What a bound of a summed group cuts off or adds. */
static void cap_group(struct child_run *r, const struct section *s,
                      const struct rule_group *g, const struct standing *last,
                      milli_points of_group, struct section_sum *sum)
{
    milli_points to = of_group;
    if (g->has_most && to > g->most)
        to = g->most;
    if (g->has_least && to < g->least)
        to = g->least;
    if (to == of_group || !last)
        return;
    sum->points = add_points(sum->points, to - of_group);
    if (s->order)
        return;
    bool base = s->part == LINE_GUARDIAN; /* stays out of the adjustments */
    run_add_line(r, (struct score_line){
                        .rule = last->rule,
                        .part = base ? LINE_GUARDIAN : LINE_CAP,
                        .counted = true,
                        .guardian = s->guardian,
                        .person = s->person,
                        .preference = s->preference,
                        .points = to - of_group,
                        .wording = *g->wording ? g->wording : last->j.wording,
                        .rows = eval_bound(&r->e)});
}

static void run_group(struct child_run *r, const struct section *s,
                      const struct rule_group *g, struct section_sum *sum)
{
    struct standing *all = ARENA_ARRAY(r->scratch, struct standing, g->n);
    struct standing *last = NULL;
    milli_points before = sum->points;
    for (size_t i = 0; i < g->n; i++)
        judge(r, g->rules[i], s, sum, &all[i]);
    if (g->pick != PICK_SUM)
        pick_one(g->pick, all, g->n);
    for (size_t i = 0; i < g->n; i++) {
        if (g->pick == PICK_SUM)
            all[i].counted = all[i].j.holds == TRI_YES;
        if (all[i].counted && all[i].j.kind != AWARD_SETS_TOTAL)
            last = &all[i];
        if (all[i].j.holds == TRI_YES)
            settle(r, s, &all[i], sum);
    }
    if (g->pick == PICK_SUM)
        cap_group(r, s, g, last, sum->points - before, sum);
}

/* ---- a section ---- */

/* What no preference changes was no at the first: no need to ask again. */
static bool is_settled(const struct child_run *r, const struct rule *rule,
                       const struct section *s)
{
    return s->preference > 0 && rule->scope == RULE_CHOICE &&
           r->fixed[rule->index] == TRI_NO;
}

static bool group_is_settled(const struct child_run *r,
                             const struct rule_group *g,
                             const struct section *s)
{
    for (size_t i = 0; i < g->n; i++)
        if (!is_settled(r, g->rules[i], s))
            return false;
    return true;
}

/* One part of its condition is a sure no. */
static bool is_out(const struct child_run *r, const struct rule *rule)
{
    const struct rule_guard *g = &r->e.s->plan->guards[rule->index];
    if (!g->field)
        return false;
    struct slot slot = eval_bound_slot(&r->e, g->field);
    if (slot.state == VALUE_KNOWN)
        return (uint64_t)slot.num < 64 && !(g->values >> slot.num & 1);
    return slot.state == VALUE_NOT_APPLICABLE;
}

void run_section(struct child_run *r, const struct section *s,
                 struct section_sum *sum)
{
    *sum = (struct section_sum){0};
    for (size_t i = 0; i < s->list->n;) {
        const struct rule *rule = s->list->rules[i];
        if (rule->group) {
            if (!group_is_settled(r, rule->group, s))
                run_group(r, s, rule->group, sum);
            i += rule->group->n;
            continue;
        }
        i++;
        if (is_settled(r, rule, s))
            continue;
        if (rule->scope != RULE_CHOICE && is_out(r, rule)) {
            run_set_held(r, rule, s->guardian, TRI_NO);
            continue;
        }
        struct standing st;
        judge(r, rule, s, sum, &st);
        st.counted = true;
        if (st.j.holds == TRI_YES)
            settle(r, s, &st, sum);
    }
}
