/* Guardian points and the base: steps 1 to 3 of ruleset.h. */
#include "scoring/points/score_run.h"

#include <assert.h>
#include <string.h>

/* A rule of guardian.reasons that holds. */
struct candidate {
    const struct rule *rule;
    struct judgement j;
    struct score_rows rows;
    milli_points adds; /* of those that count */
    bool counted;
};

struct candidates {
    struct candidate *items;
    size_t n;
};

static void reason_unknown(struct child_run *r, const struct rule *rule,
                           const struct section *s)
{
    run_add_unknown(r, (struct score_unknown){.rule = rule,
                                              .guardian = s->guardian,
                                              .preference = PREFERENCE_ALL,
                                              .rows = eval_bound(&r->e)});
}

/* One rule on each reason of this guardian: held by the row that gives most. */
static enum tri try_reasons(struct child_run *r, const struct rule *rule,
                            const struct section *s, struct candidate *best)
{
    struct members m;
    enum tri is, held = TRI_NO;
    members_open(&m, &r->e, OVER_REASONS, SCOPE_GUARDIAN);
    while (members_next(&m, &r->e, &is)) {
        struct judgement j;
        run_judge(r, rule, s, &j);
        held = tri_or(held, j.holds);
        if (j.holds == TRI_UNKNOWN)
            reason_unknown(r, rule, s);
        if (j.holds != TRI_YES || (best->rule && j.points <= best->j.points))
            continue;
        *best =
            (struct candidate){.rule = rule, .j = j, .rows = eval_bound(&r->e)};
    }
    return held;
}

static void try_rule(struct child_run *r, const struct rule *rule,
                     const struct section *s, struct candidates *found)
{
    struct candidate *c = &found->items[found->n];
    enum tri held;
    *c = (struct candidate){0};
    if (r->e.s->plan->uses[rule->index] & USES_REASON) {
        held = try_reasons(r, rule, s, c);
    } else {
        struct judgement j;
        run_judge(r, rule, s, &j);
        held = j.holds;
        if (held == TRI_UNKNOWN)
            reason_unknown(r, rule, s);
        if (held == TRI_YES)
            *c = (struct candidate){
                .rule = rule, .j = j, .rows = eval_bound(&r->e)};
    }
    run_set_held(r, rule, s->guardian, held);
    found->n += c->rule != NULL;
}

/* A rule for other reasons than this guardian has. */
static bool is_other(const struct child_run *r, const struct rule *rule,
                     int64_t has)
{
    int64_t asked = r->e.s->plan->kinds[rule->index];
    return asked != -1 && !(asked & has);
}

/* What of guardian.reasons holds. */
static void try_rules(struct child_run *r, const struct section *s,
                      struct candidates *found)
{
    const struct rule_list *list = &r->e.s->rules->by_scope[RULE_REASON];
    int64_t has = eval_kinds(&r->e);
    *found = (struct candidates){
        ARENA_ARRAY(r->scratch, struct candidate, list->n + 1), 0};
    for (size_t i = 0; i < list->n; i++)
        if (is_other(r, list->rules[i], has))
            run_set_held(r, list->rules[i], s->guardian, TRI_NO);
        else
            try_rule(r, list->rules[i], s, found);
}

/* ---- which of them count ---- */

static struct candidate *highest(struct candidates *found)
{
    struct candidate *best = NULL;
    for (size_t i = 0; i < found->n; i++) {
        struct candidate *c = &found->items[i];
        if (!c->counted && (!best || c->j.points > best->j.points))
            best = c;
    }
    return best;
}

static struct candidate *forced(struct candidates *found)
{
    for (size_t i = 0; i < found->n; i++)
        if (found->items[i].rule->forced)
            return &found->items[i];
    return NULL;
}

static milli_points count(struct candidate *c, milli_points adds)
{
    c->counted = true;
    c->adds = adds;
    return adds;
}

/* The second adds up to `second_most`, and not beyond `second_ceiling`. */
static milli_points add_second(const struct ruleset *rs,
                               struct candidates *found, milli_points first)
{
    struct candidate *c = highest(found);
    if (!rs->has_second || !c)
        return 0;
    milli_points adds = c->j.points;
    if (adds > rs->second_most)
        adds = rs->second_most;
    if (rs->has_second_ceiling && first + adds > rs->second_ceiling)
        adds = first < rs->second_ceiling ? rs->second_ceiling - first : 0;
    return count(c, adds);
}

static milli_points choose(const struct ruleset *rs, struct candidates *found)
{
    struct candidate *alone = forced(found);
    if (alone)
        return count(alone, alone->j.points);
    milli_points sum = 0;
    if (rs->choose == CHOOSE_SUM) {
        for (size_t i = 0; i < found->n; i++)
            sum = add_points(sum,
                             count(&found->items[i], found->items[i].j.points));
        return sum;
    }
    struct candidate *best = highest(found);
    if (!best)
        return 0;
    sum = count(best, best->j.points);
    return sum + add_second(rs, found, sum);
}

/* ---- one guardian ---- */

static void candidate_line(struct child_run *r, const struct candidate *c,
                           const struct section *s)
{
    run_add_line(
        r, (struct score_line){.rule = c->rule,
                               .part = LINE_GUARDIAN,
                               .counted = c->counted,
                               .guardian = s->guardian,
                               .person = s->person,
                               .preference = PREFERENCE_ALL,
                               .points = c->counted ? c->adds : c->j.points,
                               .wording = c->j.wording,
                               .rows = c->rows});
}

static milli_points score_guardian(struct child_run *r, int slot)
{
    const struct ruleset *rs = r->e.s->rules;
    size_t row = r->e.family->slot_row[slot];
    struct section s = {
        .list = &rs->by_scope[RULE_GUARDIAN],
        .part = LINE_GUARDIAN,
        .guardian = slot,
        .person = r->e.s->set->tables[SCOPE_GUARDIAN].keys[row].person,
        .preference = PREFERENCE_ALL};
    struct candidates found;
    try_rules(r, &s, &found);
    milli_points points = choose(rs, &found);
    struct section_sum sum;
    for (size_t i = 0; i < found.n; i++)
        candidate_line(r, &found.items[i], &s);
    run_section(r, &s, &sum);
    points = add_points(points, sum.points);
    if (rs->has_ceiling && points > rs->ceiling)
        points = rs->ceiling;
    r->out->guardian_person[slot] = s.person;
    return points;
}

/* Nothing is known: no rule holds, and only what is no for everyone is no. */
static void unknown_guardian(struct child_run *r, int slot)
{
    static const enum rule_scope scopes[] = {RULE_REASON, RULE_GUARDIAN};
    const struct ruleset *rs = r->e.s->rules;
    struct section s = {.guardian = slot, .preference = PREFERENCE_ALL};
    for (size_t k = 0; k < 2; k++) {
        const struct rule_list *list = &rs->by_scope[scopes[k]];
        for (size_t i = 0; i < list->n; i++) {
            struct judgement j;
            run_judge(r, list->rules[i], &s, &j);
            run_set_held(r, list->rules[i], slot,
                         j.holds == TRI_NO ? TRI_NO : TRI_UNKNOWN);
        }
    }
    run_add_unknown(r, (struct score_unknown){.guardian = slot,
                                              .preference = PREFERENCE_ALL,
                                              .what = "guardian.present",
                                              .rows = eval_bound(&r->e)});
}

/* ---- base ---- */

static milli_points join(const struct ruleset *rs, const struct family *f,
                         const milli_points g[2])
{
    milli_points sum = add_points(g[0], g[1]);
    milli_points low = 0, high = 0;
    int n = 0, present = 0;
    for (int i = 0; i < 2; i++) {
        present += f->slot[i] != SLOT_ABSENT;
        if (f->slot[i] == SLOT_ABSENT && !rs->has_absent)
            continue;
        low = n == 0 || g[i] < low ? g[i] : low;
        high = n == 0 || g[i] > high ? g[i] : high;
        n++;
    }
    switch (rs->base) {
    case BASE_LOWER:
        return low;
    case BASE_HIGHER:
        return high;
    case BASE_AVERAGE:
        return n ? divide_round(sum, n) : 0;
    case BASE_PER_GUARDIAN:
        return present ? divide_round(add_points(sum, sum), present) : sum;
    default:
        return sum;
    }
}

void run_guardians(struct child_run *r)
{
    const struct ruleset *rs = r->e.s->rules;
    const struct family *f = r->e.family;
    milli_points g[2] = {0, 0};
    for (int slot = 0; slot < 2; slot++) {
        r->e.rows.of[SCOPE_GUARDIAN] = f->slot_row[slot];
        r->e.rows.of[SCOPE_REASON] = SCORE_NO_ROW;
        if (f->slot[slot] == SLOT_PRESENT)
            g[slot] = score_guardian(r, slot);
        else if (f->slot[slot] == SLOT_NOT_KNOWN)
            unknown_guardian(r, slot);
        else if (rs->has_absent)
            g[slot] = rs->absent;
        r->out->guardian[slot] = g[slot];
    }
    r->e.rows.of[SCOPE_GUARDIAN] = SCORE_NO_ROW;
    r->out->base = join(rs, f, g);
    if (rs->has_base_ceiling && r->out->base > rs->base_ceiling)
        r->out->base = rs->base_ceiling;
}
