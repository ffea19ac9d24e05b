/* What an award gives. To add a kind: its case in award_gift(). */
#include "scoring/verify/recompute.h"

#include <string.h>

static struct gift gives(milli_points points, enum award_kind kind)
{
    return (struct gift){.held = WALK_YES, .points = points, .kind = kind};
}

static struct gift gives_nothing(enum award_kind kind)
{
    return (struct gift){.held = WALK_NO, .kind = kind};
}

static struct gift not_known(enum award_kind kind)
{
    return (struct gift){.held = WALK_MAYBE, .kind = kind};
}

/* ---- step tables ---- */

static bool fits(const struct step_table *t, const struct step_row *row,
                 int64_t num)
{
    if (t->kind == TABLE_AT_LEAST)
        return num >= row->at;
    if (t->kind == TABLE_AT_MOST)
        return num <= row->at;
    return num >= 0 && num < 64 && (uint64_t)row->bits >> num & 1;
}

static struct gift table_gift(const struct walk *w, const struct step_table *t)
{
    struct walk_value by = walk_value_of(w, t->by);
    if (by.state == WALK_UNKNOWN)
        return not_known(AWARD_TABLE);
    if (by.state == WALK_NOTHING)
        return gives_nothing(AWARD_TABLE);
    for (size_t i = 0; i < t->n; i++) {
        if (!fits(t, &t->rows[i], by.num))
            continue;
        if (t->rows[i].inner)
            return table_gift(w, t->rows[i].inner);
        return gives(t->rows[i].points, AWARD_TABLE);
    }
    return t->has_otherwise ? gives(t->otherwise, AWARD_TABLE)
                            : gives_nothing(AWARD_TABLE);
}

/* ---- points for each ---- */

static struct gift per_gift(const struct walk *w, const struct award *a)
{
    struct walk_value n = walk_value_of(w, a->per);
    milli_points points;
    if (n.state == WALK_UNKNOWN)
        return not_known(AWARD_PER);
    if (n.state == WALK_NOTHING || n.num == 0)
        return gives_nothing(AWARD_PER);
    if (__builtin_mul_overflow(a->points, n.num, &points))
        return not_known(AWARD_PER);
    if (a->has_most && points > a->most)
        points = a->most;
    if (a->has_least && points < a->least)
        points = a->least;
    return gives(points, AWARD_PER);
}

/* ---- points entered by a person ---- */

/* Whose points are looked for. */
struct owner {
    const char *household, *child;
    int person;
};

static bool owner_of(const struct walk *w, enum rule_scope scope,
                     struct owner *out)
{
    const struct record_set *set = w->c->set;
    size_t guardian = w->row[SCOPE_GUARDIAN], child = w->row[SCOPE_CHILD];
    *out = (struct owner){w->household->no, "", 0};
    if (scope == RULE_REASON || scope == RULE_GUARDIAN) {
        if (guardian == WALK_NO_ROW)
            return false;
        out->person = set->tables[SCOPE_GUARDIAN].keys[guardian].person;
    } else if (scope != RULE_HOUSEHOLD) {
        out->child = set->tables[SCOPE_CHILD].keys[child].child;
    }
    return true;
}

/* Points of the child itself go before those of the whole household. */
struct gift manual_gift(const struct walk *w, const char *id,
                        enum rule_scope scope)
{
    const struct record_set *set = w->c->set;
    struct gift found = not_known(AWARD_MANUAL);
    struct owner whose;
    if (!owner_of(w, scope, &whose))
        return found;
    for (size_t i = 0; i < set->n_manual; i++) {
        const struct manual_points *m = &set->manual[i];
        bool own = strcmp(m->child, whose.child) == 0;
        if (strcmp(m->household, whose.household) != 0 ||
            strcmp(m->rule, id) != 0 || m->person != whose.person ||
            (!own && *m->child))
            continue;
        if (own)
            return gives(m->points, AWARD_MANUAL);
        found = gives(m->points, AWARD_MANUAL);
    }
    return found;
}

/* ---- any ---- */

struct gift award_gift(const struct walk *w, const struct rule *r,
                       const struct award *a)
{
    switch (a->kind) {
    case AWARD_TABLE:
        return table_gift(w, a->table);
    case AWARD_PER:
        return per_gift(w, a);
    case AWARD_MANUAL:
        return manual_gift(w, r->id, r->scope);
    case AWARD_RANK_LAST:
        return gives(0, AWARD_RANK_LAST);
    case AWARD_NONE:
        return gives_nothing(AWARD_NONE);
    default:
        return gives(a->points, a->kind);
    }
}
