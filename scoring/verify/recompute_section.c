/* Rules of one section, alone and in groups (paragraph 4). */
#include "scoring/verify/recompute.h"

milli_points points_add(milli_points x, milli_points y)
{
    milli_points sum;
    if (!__builtin_add_overflow(x, y, &sum))
        return sum;
    return x < 0 ? INT64_MIN / 4 : INT64_MAX / 4;
}

void section_add(struct section *to, const struct section *from)
{
    to->sum = points_add(to->sum, from->sum);
    to->open = to->open || from->open;
    to->rank_last = to->rank_last || from->rank_last;
    if (from->sets_total && (!to->sets_total || from->total < to->total))
        to->total = from->total;
    to->sets_total = to->sets_total || from->sets_total;
}

/* A rule that holds and counts. */
static void take(struct section *s, const struct gift *g)
{
    struct section one = {0};
    if (g->kind == AWARD_SETS_TOTAL) {
        one.sets_total = true;
        one.total = g->points;
    } else {
        one.sum = g->points;
        one.rank_last = g->kind == AWARD_RANK_LAST;
    }
    section_add(s, &one);
}

/* ---- groups ---- */

static bool beats(enum group_pick pick, const struct gift *x,
                  const struct gift *best)
{
    if (!best)
        return true;
    return pick == PICK_HIGHEST ? x->points > best->points
                                : x->points < best->points;
}

/* The only member that counts; NULL when none does. */
static const struct gift *pick(enum group_pick by, const struct gift *gifts,
                               size_t n)
{
    const struct gift *best = NULL;
    for (size_t i = 0; i < n; i++) {
        bool first = by == PICK_FIRST;
        if (first && gifts[i].held != WALK_NO)
            return gifts[i].held == WALK_YES ? &gifts[i] : NULL;
        if (gifts[i].held == WALK_YES && beats(by, &gifts[i], best))
            best = &gifts[i];
    }
    return best;
}

/* All members that hold, within the bounds of the group. */
static struct section sum_of(const struct rule_group *g,
                             const struct gift *gifts)
{
    struct section s = {0};
    bool added = false;
    for (size_t i = 0; i < g->n; i++) {
        if (gifts[i].held != WALK_YES)
            continue;
        take(&s, &gifts[i]);
        added = added || gifts[i].kind != AWARD_SETS_TOTAL;
    }
    if (added && g->has_most && s.sum > g->most)
        s.sum = g->most;
    if (added && g->has_least && s.sum < g->least)
        s.sum = g->least;
    return s;
}

static struct section group_of(struct working *x, const struct rule_group *g)
{
    struct section s = {0};
    struct gift *gifts = ARENA_ARRAY(x->w.mem, struct gift, g->n);
    bool open = false;
    for (size_t i = 0; i < g->n; i++) {
        gifts[i] = rule_gift(x, g->rules[i]);
        open = open || gifts[i].open;
    }
    if (g->pick == PICK_SUM) {
        s = sum_of(g, gifts);
    } else {
        const struct gift *one = pick(g->pick, gifts, g->n);
        if (one)
            take(&s, one);
    }
    s.open = open;
    return s;
}

/* ---- a section ---- */

static struct section alone(struct working *x, const struct rule *r)
{
    struct section s = {0};
    struct gift g = rule_gift(x, r);
    if (g.held == WALK_YES)
        take(&s, &g);
    s.open = g.open;
    return s;
}

struct section section_of(struct working *x, const struct rule_list *list)
{
    struct section all = {0};
    for (size_t i = 0; i < list->n;) {
        const struct rule_group *g = list->rules[i]->group;
        struct section s = g ? group_of(x, g) : alone(x, list->rules[i]);
        section_add(&all, &s);
        i += g ? g->n : 1;
    }
    return all;
}
