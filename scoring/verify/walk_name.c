/* Names that are no fields: of the round, the child, the preference, the
 * points so far. To add one: its case in the function it belongs to. */
#include "scoring/verify/walk.h"

#include "core/date.h"

static struct walk_value fiscal_start(const struct walk *w)
{
    if (!date_is_real(w->c->fiscal_year, 4, 1))
        return walk_unknown();
    return walk_known(date_day(w->c->fiscal_year, 4, 1));
}

static struct walk_value entry_month(const struct walk *w)
{
    int year, month, day;
    date_parts(w->c->entry_date, &year, &month, &day);
    return walk_known(month);
}

/* Class age by birth, or by the due date of a child not yet born. */
static struct walk_value class_age_of(const struct walk *w)
{
    size_t row = w->row[SCOPE_CHILD];
    struct walk_value birth = walk_path(w, "child.birth", row);
    if (birth.state != WALK_KNOWN)
        birth = walk_path(w, "child.due_date", row);
    if (birth.state != WALK_KNOWN)
        return walk_unknown();
    return walk_known(class_age(w->c->fiscal_year, (int32_t)birth.num));
}

/* A known code is a yes, nothing is a no. */
static struct walk_value is_enrolled(const struct walk *w)
{
    struct walk_value at =
        walk_path(w, "child.enrolled_facility", w->row[SCOPE_CHILD]);
    return at.state == WALK_UNKNOWN ? at : walk_known(at.state == WALK_KNOWN);
}

static struct walk_value preference_number(const struct walk *w)
{
    size_t row = w->row[SCOPE_PREFERENCE];
    if (row == WALK_NO_ROW)
        return walk_unknown();
    return walk_known(w->c->set->tables[SCOPE_PREFERENCE].keys[row].seq);
}

static const struct facility *find(const struct walk *w, struct walk_value code)
{
    return code.state == WALK_KNOWN && w->c->facilities
               ? facility_find(w->c->facilities, code.text)
               : NULL;
}

static struct walk_value linked(const struct walk *w, struct walk_value code)
{
    struct walk_value at =
        walk_path(w, "child.enrolled_facility", w->row[SCOPE_CHILD]);
    if (at.state == WALK_NOTHING)
        return walk_known(0);
    if (code.state != WALK_KNOWN)
        return code;
    const struct facility *from = find(w, at), *to = find(w, code);
    if (!from || !to)
        return walk_unknown();
    return walk_known(facility_links_to(from, to->code));
}

static struct walk_value of_facility(const struct walk *w, enum builtin b)
{
    struct walk_value code =
        walk_path(w, "preference.facility", w->row[SCOPE_PREFERENCE]);
    if (b == BUILTIN_FACILITY_LINKED)
        return linked(w, code);
    if (code.state != WALK_KNOWN || b == BUILTIN_FACILITY)
        return code;
    const struct facility *f = find(w, code);
    if (!f)
        return walk_unknown();
    if (b == BUILTIN_FACILITY_KIND)
        return walk_text(f->kind);
    return walk_text(b == BUILTIN_FACILITY_AREA ? f->area : f->school_district);
}

struct walk_value walk_name(const struct walk *w, const struct expr *e)
{
    switch (e->builtin) {
    case BUILTIN_ENTRY_DATE:
        return walk_known(w->c->entry_date);
    case BUILTIN_DEADLINE:
        return walk_known(w->c->deadline);
    case BUILTIN_FISCAL_YEAR:
        return walk_known(w->c->fiscal_year);
    case BUILTIN_FISCAL_START:
        return fiscal_start(w);
    case BUILTIN_ENTRY_MONTH:
        return entry_month(w);
    case BUILTIN_CLASS_AGE:
        return class_age_of(w);
    case BUILTIN_ENROLLED:
        return is_enrolled(w);
    case BUILTIN_PREFERENCE_NUMBER:
        return preference_number(w);
    case BUILTIN_FACILITY:
    case BUILTIN_FACILITY_KIND:
    case BUILTIN_FACILITY_AREA:
    case BUILTIN_FACILITY_SCHOOL_DISTRICT:
    case BUILTIN_FACILITY_LINKED:
        return of_facility(w, e->builtin);
    case BUILTIN_HOURS_MONTH:
    case BUILTIN_HOURS_WEEK:
    case BUILTIN_HOURS_DAY:
    case BUILTIN_DAYS_MONTH:
    case BUILTIN_DAYS_WEEK:
        return walk_hours(w, e->builtin, e->person);
    case BUILTIN_JOB_HOURS:
        return walk_job_hours(w);
    case BUILTIN_BASE_POINTS:
        return walk_known(w->base);
    case BUILTIN_TOTAL_POINTS:
        return walk_known(w->total);
    case BUILTIN_ADJUST_POINTS:
        return walk_known(w->adjust);
    default:
        return walk_sibling(w, e->builtin);
    }
}
