/* Guardian slots, what each guardian gets, and the base (paragraphs 1 to 3). */
#include "scoring/verify/recompute.h"

/* ---- which reasons count ---- */

static const struct gift *highest_but(const struct gift *gifts, size_t n,
                                      const struct gift *but)
{
    const struct gift *best = NULL;
    for (size_t i = 0; i < n; i++)
        if (&gifts[i] != but && gifts[i].held == WALK_YES &&
            (!best || gifts[i].points > best->points))
            best = &gifts[i];
    return best;
}

/* The second adds at most `second_most`, and nothing beyond its ceiling; the
 * first is never cut. */
static milli_points highest(const struct ruleset *rs, const struct gift *gifts,
                            size_t n)
{
    const struct gift *first = highest_but(gifts, n, NULL);
    if (!first)
        return 0;
    const struct gift *second = highest_but(gifts, n, first);
    if (!rs->has_second || !second)
        return first->points;
    milli_points adds = second->points, room;
    if (adds > rs->second_most)
        adds = rs->second_most;
    room = rs->second_ceiling - first->points;
    if (rs->has_second_ceiling && adds > room)
        adds = room > 0 ? room : 0;
    return points_add(first->points, adds);
}

static milli_points choose(const struct ruleset *rs, const struct gift *gifts)
{
    const struct rule_list *list = &rs->by_scope[RULE_REASON];
    milli_points sum = 0;
    for (size_t i = 0; i < list->n; i++)
        if (list->rules[i]->forced && gifts[i].held == WALK_YES)
            return gifts[i].points;
    if (rs->choose == CHOOSE_HIGHEST)
        return highest(rs, gifts, list->n);
    for (size_t i = 0; i < list->n; i++)
        if (gifts[i].held == WALK_YES)
            sum = points_add(sum, gifts[i].points);
    return sum;
}

/* ---- one guardian ---- */

static milli_points guardian_points(struct working *x, bool *open)
{
    const struct ruleset *rs = x->w.c->rules;
    const struct rule_list *list = &rs->by_scope[RULE_REASON];
    struct gift *gifts = ARENA_ARRAY(x->w.mem, struct gift, list->n);
    for (size_t i = 0; i < list->n; i++) {
        gifts[i] = rule_gift(x, list->rules[i]);
        *open = *open || gifts[i].open;
    }
    struct section adjust = section_of(x, &rs->by_scope[RULE_GUARDIAN]);
    *open = *open || adjust.open;
    milli_points points = points_add(choose(rs, gifts), adjust.sum);
    return rs->has_ceiling && points > rs->ceiling ? rs->ceiling : points;
}

/* Nothing is known of this one. A rule that would hold for everyone may not
 * hold for somebody who is not there, so it is open too. */
static void nobody_known(struct working *x)
{
    static const enum rule_scope scopes[] = {RULE_REASON, RULE_GUARDIAN};
    for (int s = 0; s < 2; s++) {
        const struct rule_list *list = &x->w.c->rules->by_scope[scopes[s]];
        for (size_t i = 0; i < list->n; i++) {
            enum walk_bool held = rule_gift(x, list->rules[i]).held;
            x->held[list->rules[i]->index][x->slot] =
                held == WALK_NO ? WALK_NO : WALK_MAYBE;
        }
    }
}

/* ---- base ---- */

/* A slot of the two: taken, not known, or absent. */
struct guardian_slot {
    bool absent;
    milli_points points;
};

static milli_points join(const struct ruleset *rs,
                         const struct guardian_slot slot[2])
{
    milli_points sum = points_add(slot[0].points, slot[1].points);
    milli_points low = INT64_MAX, high = INT64_MIN;
    int n = 0, present = 0;
    for (int i = 0; i < 2; i++) {
        present += !slot[i].absent;
        if (slot[i].absent && !rs->has_absent)
            continue;
        n++;
        low = slot[i].points < low ? slot[i].points : low;
        high = slot[i].points > high ? slot[i].points : high;
    }
    switch (rs->base) {
    case BASE_LOWER:
        return n ? low : 0;
    case BASE_HIGHER:
        return n ? high : 0;
    case BASE_AVERAGE:
        return n ? walk_divide(sum, n) : 0;
    case BASE_PER_GUARDIAN:
        return present ? walk_divide(points_add(sum, sum), present) : sum;
    default:
        return sum;
    }
}

bool base_of(struct working *x, struct recomputed_child *out)
{
    const struct ruleset *rs = x->w.c->rules;
    struct walk_member *m;
    size_t n = walk_members(&x->w, OVER_GUARDIANS, N_SCOPES, &m);
    struct guardian_slot slots[2] = {{0}};
    struct walk outer = x->w;
    bool open = false;
    for (size_t i = 0; i < 2; i++) {
        bool known = i < n && m[i].row != WALK_NO_ROW;
        slots[i].absent = i >= n;
        x->slot = (int)i;
        if (i < n)
            x->w = walk_bind(&outer, OVER_GUARDIANS, &m[i]);
        if (known)
            slots[i].points = guardian_points(x, &open);
        else if (slots[i].absent)
            slots[i].points = rs->has_absent ? rs->absent : 0;
        else
            nobody_known(x);
        open = open || (!known && !slots[i].absent);
        out->guardian[i] = slots[i].points;
    }
    x->w = outer;
    x->slot = -1;
    out->base = join(rs, slots);
    if (rs->has_base_ceiling && out->base > rs->base_ceiling)
        out->base = rs->base_ceiling;
    return open;
}
