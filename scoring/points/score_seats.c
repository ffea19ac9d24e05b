/*
 * Which special seats a child may have at a facility, and their own keys. Asked
 * only where the facility has such seats in the child's class, so that nothing
 * becomes unknown for those whom they do not concern.
 */
#include "scoring/points/score_run.h"

static bool has_seats(const struct child_run *r, const struct pref_score *p,
                      const struct special_seat *s)
{
    const struct special_seats *here = facility_special(p->found, s->seat);
    return here && here->seats[r->out->class_age].present;
}

static bool is_open(struct child_run *r, size_t k, const struct special_seat *s)
{
    enum tri is = eval_condition(&r->e, s->when);
    if (is == TRI_UNKNOWN)
        run_unknown_here(r, k, s->when->uses & USES_PREFERENCE,
                         (struct score_unknown){.special = s});
    return is == TRI_YES;
}

void run_seats(struct child_run *r, size_t k, int64_t *keys)
{
    const struct ruleset *rs = r->e.s->rules;
    struct pref_score *p = &r->out->prefs[k];
    int age = r->out->class_age;
    if (p->ineligible != ELIGIBLE || !p->found || !p->found->n_special ||
        age < 0 || age >= N_CLASSES)
        return;
    bool *special = ARENA_ARRAY(r->a, bool, rs->n_special);
    for (size_t i = 0; i < rs->n_special; i++) {
        const struct special_seat *s = &rs->special[i];
        if (!has_seats(r, p, s) || !is_open(r, k, s))
            continue;
        special[i] = true;
        for (size_t j = s->first_own; j < s->first_own + s->n_own; j++) {
            run_key(r, k, j, keys);
            p->order_unknown = p->order_unknown || keys[j] == ORDER_KEY_UNKNOWN;
        }
    }
    p->special = special;
}
