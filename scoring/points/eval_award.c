/* Whether a rule holds, and what it gives. To add a kind of award: see
 * load_award.c; here a function and its row in the table. */
#include "scoring/points/eval.h"

#include <assert.h>
#include <string.h>

struct given {
    enum tri gives;
    milli_points points;
};
#define GIVES_NONE ((struct given){TRI_NO, 0})
#define GIVES_UNKNOWN ((struct given){TRI_UNKNOWN, 0})

static struct given gives(milli_points points)
{
    return (struct given){TRI_YES, points};
}

/* ---- step tables ---- */

static bool row_fits(const struct step_table *t, const struct step_row *row,
                     int64_t value)
{
    switch (t->kind) {
    case TABLE_AT_LEAST:
        return value >= row->at;
    case TABLE_AT_MOST:
        return value <= row->at;
    default:
        return value >= 0 && value < 64 && ((uint64_t)row->bits >> value & 1);
    }
}

const struct step_row *table_row(const struct step_table *t, int64_t value)
{
    for (size_t i = 0; i < t->n; i++)
        if (row_fits(t, &t->rows[i], value))
            return &t->rows[i];
    return NULL;
}

static struct given give_table(struct eval *e, const struct award *w,
                               const struct rule *r)
{
    (void)r;
    const struct step_table *t = w->table;
    while (t) {
        struct value v = eval_begin(e, t->by);
        if (v.is == VALUE_IS_UNKNOWN)
            return GIVES_UNKNOWN;
        if (v.is == VALUE_IS_NOTHING)
            return GIVES_NONE;
        const struct step_row *row = table_row(t, v.num);
        if (!row)
            return t->has_otherwise ? gives(t->otherwise) : GIVES_NONE;
        if (!row->inner)
            return gives(row->points);
        t = row->inner;
    }
    return GIVES_NONE;
}

/* ---- the other kinds ---- */

static struct given give_points(struct eval *e, const struct award *w,
                                const struct rule *r)
{
    (void)e;
    (void)r;
    return gives(w->points);
}

static struct given give_per(struct eval *e, const struct award *w,
                             const struct rule *r)
{
    (void)r;
    struct value v = eval_begin(e, w->per);
    int64_t points;
    if (v.is == VALUE_IS_UNKNOWN)
        return GIVES_UNKNOWN;
    if (v.is == VALUE_IS_NOTHING || v.num == 0)
        return GIVES_NONE;
    if (__builtin_mul_overflow(w->points, v.num, &points))
        return GIVES_UNKNOWN;
    if (w->has_most && points > w->most)
        points = w->most;
    if (w->has_least && points < w->least)
        points = w->least;
    return gives(points);
}

static struct given give_manual(struct eval *e, const struct award *w,
                                const struct rule *r)
{
    (void)w;
    const struct manual_points *m = manual_find(e, r->id, r->scope);
    return m ? gives(m->points) : GIVES_UNKNOWN;
}

static struct given give_rank_last(struct eval *e, const struct award *w,
                                   const struct rule *r)
{
    (void)e;
    (void)w;
    (void)r;
    return gives(0);
}

static struct given give_none(struct eval *e, const struct award *w,
                              const struct rule *r)
{
    (void)e;
    (void)w;
    (void)r;
    return GIVES_NONE;
}

static struct given (*const givers[])(struct eval *, const struct award *,
                                      const struct rule *) = {
    [AWARD_POINTS] = give_points,     [AWARD_TABLE] = give_table,
    [AWARD_PER] = give_per,           [AWARD_MANUAL] = give_manual,
    [AWARD_SETS_TOTAL] = give_points, [AWARD_RANK_LAST] = give_rank_last,
    [AWARD_NONE] = give_none,
};
static_assert(sizeof givers / sizeof givers[0] == AWARD_NONE + 1,
              "every kind of award gives something");

/* ---- manual points ---- */

/* Points for the whole household stand for each child of it. */
const struct manual_points *manual_find(const struct eval *e, const char *id,
                                        enum rule_scope scope)
{
    bool of_person = scope == RULE_REASON || scope == RULE_GUARDIAN;
    const struct record_set *set = e->s->set;
    size_t g = e->rows.of[SCOPE_GUARDIAN], c = e->rows.of[SCOPE_CHILD];
    int person = 0;
    const char *child = "";
    if (of_person && g == SCORE_NO_ROW)
        return NULL;
    if (of_person)
        person = set->tables[SCOPE_GUARDIAN].keys[g].person;
    if (!of_person && scope != RULE_HOUSEHOLD && c != SCORE_NO_ROW)
        child = set->tables[SCOPE_CHILD].keys[c].child;
    const struct manual_points *of_all = NULL;
    for (size_t i = 0; i < e->family->n_manual; i++) {
        const struct manual_points *m = &e->family->manual[i];
        if (m->person != person || strcmp(m->rule, id) != 0)
            continue;
        if (strcmp(m->child, child) == 0)
            return m;
        if (!*m->child)
            of_all = m;
    }
    return of_all;
}

/* ---- a rule ---- */

/* The award that applies; NULL: an unknown `but` stands before. */
static const struct award *award_of(struct eval *e, const struct rule *r,
                                    struct judgement *j)
{
    for (size_t i = 0; i < r->n_but; i++) {
        enum tri is = eval_condition(e, r->but[i].when);
        if (is == TRI_UNKNOWN)
            return NULL;
        if (is == TRI_NO)
            continue;
        if (r->but[i].wording)
            j->wording = r->but[i].wording;
        return &r->but[i].award;
    }
    return &r->award;
}

struct judgement rule_judge(struct eval *e, const struct rule *r,
                            enum tri unless)
{
    struct judgement j = {TRI_NO, 0, r->award.kind, r->wording};
    if (unless == TRI_YES)
        return j;
    enum tri when = eval_condition(e, r->when);
    if (when == TRI_NO)
        return j;
    const struct award *w = award_of(e, r, &j);
    struct given g = GIVES_UNKNOWN;
    if (w) {
        j.kind = w->kind;
        g = givers[w->kind](e, w, r);
    }
    j.holds = tri_and(tri_and(when, tri_not(unless)), g.gives);
    if (j.holds == TRI_YES)
        j.points = g.points;
    return j;
}
