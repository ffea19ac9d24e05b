/* Whether a child may enter a facility at all: the facility, the class, the
 * age, and the requirements of the rules. */
#include "scoring/verify/recompute.h"

#include "core/date.h"

#include <string.h>

/* The facility has the class, takes the age and is open on the entry date. The
 * birth that decides is known, and not of school age. */
static bool takes(const struct walk *w, const struct facility *f, int32_t birth)
{
    return f->seats[class_age(w->c->fiscal_year, birth)].present &&
           w->c->entry_date - birth >= f->min_age_days;
}

static enum walk_bool by_facility(const struct walk *w)
{
    size_t row = w->row[SCOPE_CHILD];
    struct walk_value code =
        walk_path(w, "preference.facility", w->row[SCOPE_PREFERENCE]);
    struct walk_value birth = walk_path(w, "child.birth", row);
    if (birth.state != WALK_KNOWN)
        birth = walk_path(w, "child.due_date", row);
    bool born = birth.state == WALK_KNOWN;
    if (born && class_age(w->c->fiscal_year, (int32_t)birth.num) >= N_CLASSES)
        return WALK_NO;
    if (code.state == WALK_UNKNOWN)
        return WALK_MAYBE;
    const struct facility *f = code.state == WALK_KNOWN && w->c->facilities
                                   ? facility_find(w->c->facilities, code.text)
                                   : NULL;
    if (!f || f->closes_on <= w->c->entry_date)
        return WALK_NO;
    if (!born)
        return WALK_MAYBE;
    return takes(w, f, (int32_t)birth.num) ? WALK_YES : WALK_NO;
}

/* There are such seats in the child's class, and it is one of those whom they
 * are for. */
enum walk_bool may_have_seat(const struct walk *w, const struct special_seat *s)
{
    struct walk_value code =
        walk_path(w, "preference.facility", w->row[SCOPE_PREFERENCE]);
    struct walk_value birth = walk_path(w, "child.birth", w->row[SCOPE_CHILD]);
    if (birth.state != WALK_KNOWN)
        birth = walk_path(w, "child.due_date", w->row[SCOPE_CHILD]);
    if (code.state != WALK_KNOWN || birth.state != WALK_KNOWN)
        return WALK_NO;
    const struct facility *f =
        w->c->facilities ? facility_find(w->c->facilities, code.text) : NULL;
    int age = class_age(w->c->fiscal_year, (int32_t)birth.num);
    for (size_t i = 0; f && i < f->n_special; i++)
        if (strcmp(f->special[i].kind, s->seat) == 0 &&
            f->special[i].seats[age].present)
            return walk_condition(w, s->when);
    return WALK_NO;
}

enum walk_bool may_enter(const struct walk *w)
{
    const struct ruleset *rs = w->c->rules;
    enum walk_bool may = by_facility(w);
    for (size_t i = 0; i < rs->n_requirements; i++)
        may = walk_and(may, walk_condition(w, rs->requirements[i].when));
    return may;
}
