/*
 * Whether a child may enter a facility at all, and in which phase. To add a
 * reason: its row in ineligible (score.h), its name and its check here.
 */
#include "scoring/points/score_run.h"

#include <assert.h>

static const char *const names[] = {
    [ELIGIBLE] = "",
    [INELIGIBLE_FACILITY] = "facility",
    [INELIGIBLE_CLASS] = "class",
    [INELIGIBLE_AGE] = "age",
    [INELIGIBLE_CLOSED] = "closed",
    [INELIGIBLE_SCHOOL_AGE] = "school-age",
    [INELIGIBLE_REQUIREMENT] = "requirement",
};
static_assert(sizeof names / sizeof names[0] == N_INELIGIBLE,
              "every reason has a name");

const char *ineligible_name(enum ineligible i)
{
    return names[i];
}

/* Once for a child where it does not differ by facility. */
void run_unknown_here(struct child_run *r, size_t k, bool differs,
                      struct score_unknown u)
{
    u.guardian = -1;
    u.preference = differs ? (int)k : PREFERENCE_ALL;
    u.rows = eval_bound(&r->e);
    if (!differs)
        u.rows.preference = SCORE_NO_ROW;
    run_add_unknown(r, u);
    r->out->prefs[k].order_unknown = true;
}

static enum ineligible by_facility(struct child_run *r, size_t k)
{
    const struct pref_score *p = &r->out->prefs[k];
    const struct score_context *context = r->e.s->context;
    int age = r->out->class_age;
    if (age >= N_CLASSES)
        return INELIGIBLE_SCHOOL_AGE;
    if (r->facility_unknown) {
        run_unknown_here(r, k, true,
                         (struct score_unknown){.what = "preference.facility"});
        return ELIGIBLE;
    }
    if (!p->found)
        return INELIGIBLE_FACILITY;
    if (age < 0) { /* said for the child already */
        r->out->prefs[k].order_unknown = true;
        return p->found->closes_on <= context->entry_date ? INELIGIBLE_CLOSED
                                                          : ELIGIBLE;
    }
    if (!p->found->seats[age].present)
        return INELIGIBLE_CLASS;
    if (r->birth.is == VALUE_IS_KNOWN &&
        context->entry_date - r->birth.num < p->found->min_age_days)
        return INELIGIBLE_AGE;
    return p->found->closes_on <= context->entry_date ? INELIGIBLE_CLOSED
                                                      : ELIGIBLE;
}

static void by_requirements(struct child_run *r, size_t k)
{
    const struct ruleset *rs = r->e.s->rules;
    struct pref_score *p = &r->out->prefs[k];
    for (size_t i = 0; i < rs->n_requirements && p->ineligible == ELIGIBLE;
         i++) {
        const struct requirement *q = &rs->requirements[i];
        enum tri is = eval_condition(&r->e, q->when);
        if (is == TRI_UNKNOWN)
            run_unknown_here(r, k, q->when->uses & USES_PREFERENCE,
                             (struct score_unknown){.requirement = q});
        if (is != TRI_NO)
            continue;
        p->ineligible = INELIGIBLE_REQUIREMENT;
        p->requirement = q;
    }
}

/* The first phase that takes the child; where none does, after them all. */
static int find_phase(struct child_run *r, size_t k)
{
    const struct ruleset *rs = r->e.s->rules;
    size_t i = 0;
    r->phase_unknown = false;
    for (; i < rs->n_phases; i++) {
        const struct phase *f = &rs->phases[i];
        enum tri is = eval_condition(&r->e, f->when);
        if (is == TRI_YES)
            break;
        if (is == TRI_NO)
            continue;
        r->phase_unknown = true;
        run_unknown_here(r, k, f->when->uses & USES_PREFERENCE,
                         (struct score_unknown){.phase = f});
    }
    return (int)i;
}

void run_enter(struct child_run *r, size_t k)
{
    struct pref_score *p = &r->out->prefs[k];
    p->ineligible = by_facility(r, k);
    by_requirements(r, k);
    p->phase = find_phase(r, k);
}
