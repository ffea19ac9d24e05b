/* Names that are no fields, by their meanings in expr.h. To add one: see
 * expr_names.c; here a function and its row in the table at the end. */
#include "scoring/points/eval.h"

#include "core/date.h"
#include "scoring/points/expr_names.h"

#include <assert.h>
#include <string.h>

/* ---- the round ---- */

static struct value entry_date(struct eval *e)
{
    return value_known(e->s->context->entry_date);
}

static struct value deadline(struct eval *e)
{
    return value_known(e->s->context->deadline);
}

static struct value fiscal_year(struct eval *e)
{
    return value_known(e->s->context->fiscal_year);
}

static struct value fiscal_start(struct eval *e)
{
    int year = e->s->context->fiscal_year;
    if (!date_is_real(year, 4, 1))
        return VALUE_NOT_KNOWN;
    return value_known(date_day(year, 4, 1));
}

static struct value entry_month(struct eval *e)
{
    int year, month, day;
    date_parts(e->s->context->entry_date, &year, &month, &day);
    return value_known(month);
}

/* ---- this child ---- */

struct value eval_birth(struct eval *e, size_t child)
{
    size_t mark = e->trace ? e->trace->unknown.n : 0;
    struct value birth = eval_field(e, PLAN_CHILD_BIRTH, child);
    if (birth.is == VALUE_IS_KNOWN)
        return birth;
    struct value due = eval_field(e, PLAN_CHILD_DUE_DATE, child);
    if (due.is == VALUE_IS_KNOWN && e->trace)
        e->trace->unknown.n = mark;
    return due.is == VALUE_IS_KNOWN ? due : VALUE_NOT_KNOWN;
}

int eval_class_age(struct eval *e)
{
    struct value birth = eval_birth(e, e->rows.of[SCOPE_CHILD]);
    if (birth.is != VALUE_IS_KNOWN)
        return -1;
    return class_age(e->s->context->fiscal_year, (int32_t)birth.num);
}

static struct value class_age_value(struct eval *e)
{
    int age = eval_class_age(e);
    return age < 0 ? VALUE_NOT_KNOWN : value_known(age);
}

static struct value is_code(struct value v)
{
    if (v.is == VALUE_IS_UNKNOWN)
        return v;
    return value_known(v.is == VALUE_IS_KNOWN);
}

static struct value enrolled(struct eval *e)
{
    return is_code(eval_field(e, PLAN_CHILD_ENROLLED, e->rows.of[SCOPE_CHILD]));
}

/* ---- this preference ---- */

static struct value preference_number(struct eval *e)
{
    size_t row = e->rows.of[SCOPE_PREFERENCE];
    if (row == SCORE_NO_ROW)
        return VALUE_NOT_KNOWN;
    return value_known(e->s->set->tables[SCOPE_PREFERENCE].keys[row].seq);
}

static struct value facility(struct eval *e)
{
    return eval_field(e, PLAN_FACILITY, e->rows.of[SCOPE_PREFERENCE]);
}

/* What nurseries.csv says of this facility; NULL with *v set. */
static const struct facility *facility_row(struct eval *e, struct value *v)
{
    struct value code = facility(e);
    *v = code.is == VALUE_IS_NOTHING ? code : VALUE_NOT_KNOWN;
    if (code.is != VALUE_IS_KNOWN)
        return NULL;
    return e->s->plan->facilities[e->rows.of[SCOPE_PREFERENCE]];
}

static struct value facility_kind(struct eval *e)
{
    struct value v;
    const struct facility *f = facility_row(e, &v);
    return f ? value_text(f->kind) : v;
}

static struct value facility_area(struct eval *e)
{
    struct value v;
    const struct facility *f = facility_row(e, &v);
    return f ? value_text(f->area) : v;
}

static struct value facility_school_district(struct eval *e)
{
    struct value v;
    const struct facility *f = facility_row(e, &v);
    return f ? value_text(f->school_district) : v;
}

static struct value facility_linked(struct eval *e)
{
    struct value from =
        eval_field(e, PLAN_CHILD_ENROLLED, e->rows.of[SCOPE_CHILD]);
    if (from.is == VALUE_IS_NOTHING)
        return value_known(0);
    struct value v;
    const struct facility *to = facility_row(e, &v);
    if (!to)
        return v;
    const struct facilities *all = e->s->context->facilities;
    const struct facility *enrolled_at =
        from.is == VALUE_IS_KNOWN && all ? facility_find(all, from.text) : NULL;
    if (!enrolled_at)
        return VALUE_NOT_KNOWN;
    return value_known(facility_links_to(enrolled_at, to->code));
}

/* ---- this job, this person ---- */

static struct value hours(struct eval *e, const struct expr *x)
{
    return eval_hours(e, x->builtin, x->person);
}

/* ---- this brother or sister ---- */

static struct value sibling_enrolled(struct eval *e)
{
    enum plan_field f = e->rows.sibling_applies ? PLAN_CHILD_ENROLLED
                                                : PLAN_COHABITANT_ENROLLED;
    return eval_field(e, f, e->rows.sibling);
}

static struct value sibling_leaving(struct eval *e)
{
    size_t row = e->rows.sibling;
    if (!e->rows.sibling_applies)
        return value_tri(tri_of(eval_field(e, PLAN_COHABITANT_LEAVING, row)));
    enum tri graduating = tri_of(eval_field(e, PLAN_GRADUATING, row));
    if (graduating == TRI_YES)
        return value_known(1);
    struct value reason = eval_field(e, PLAN_LEAVING_REASON, row);
    enum tri leaves = TRI_UNKNOWN;
    if (reason.is == VALUE_IS_NOTHING)
        leaves = TRI_NO;
    else if (reason.is == VALUE_IS_KNOWN)
        leaves = e->s->plan->values[VALUES_NOT_LEAVING] >> reason.num & 1
                     ? TRI_NO
                     : TRI_YES;
    return value_tri(tri_or(graduating, leaves));
}

static struct value sibling_applying(struct eval *e)
{
    return value_known(e->rows.sibling_applies);
}

static struct value sibling_transferring(struct eval *e)
{
    if (!e->rows.sibling_applies)
        return value_known(0);
    return is_code(eval_field(e, PLAN_CHILD_ENROLLED, e->rows.sibling));
}

static struct value sibling_applies_here(struct eval *e)
{
    if (!e->rows.sibling_applies)
        return value_known(0);
    struct value here = facility(e);
    struct eval_rows outer = e->rows;
    e->rows.of[SCOPE_CHILD] = outer.sibling;
    struct members m;
    enum tri is, found = TRI_NO;
    members_open(&m, e, OVER_PREFERENCES, N_SCOPES);
    while (members_next(&m, e, &is)) {
        struct value there = facility(e);
        enum tri same = TRI_NO;
        if (here.is == VALUE_IS_UNKNOWN || there.is == VALUE_IS_UNKNOWN)
            same = TRI_UNKNOWN;
        else if (here.is == VALUE_IS_KNOWN && there.is == VALUE_IS_KNOWN)
            same = strcmp(here.text, there.text) == 0 ? TRI_YES : TRI_NO;
        found = tri_or(found, same);
    }
    e->rows = outer;
    return value_tri(found);
}

static struct value sibling_birth(struct eval *e)
{
    enum plan_field f =
        e->rows.sibling_applies ? PLAN_CHILD_BIRTH : PLAN_COHABITANT_BIRTH;
    return eval_field(e, f, e->rows.sibling);
}

/* ---- points so far ---- */

static struct value base_points(struct eval *e)
{
    return value_known(e->base);
}

static struct value total_points(struct eval *e)
{
    return value_known(e->total);
}

static struct value adjust_points(struct eval *e)
{
    return value_known(e->adjust);
}

/* ---- the table ---- */

/* `told`: a trace shows it beside the fields it was made from. */
static const struct {
    struct value (*eval)(struct eval *);
    bool told;
} names[] = {
    [BUILTIN_ENTRY_DATE] = {entry_date, true},
    [BUILTIN_DEADLINE] = {deadline, true},
    [BUILTIN_FISCAL_YEAR] = {fiscal_year, true},
    [BUILTIN_FISCAL_START] = {fiscal_start, true},
    [BUILTIN_ENTRY_MONTH] = {entry_month, true},
    [BUILTIN_CLASS_AGE] = {class_age_value, true},
    [BUILTIN_ENROLLED] = {enrolled, false},
    [BUILTIN_PREFERENCE_NUMBER] = {preference_number, true},
    [BUILTIN_FACILITY] = {facility, false},
    [BUILTIN_FACILITY_KIND] = {facility_kind, true},
    [BUILTIN_FACILITY_AREA] = {facility_area, true},
    [BUILTIN_FACILITY_SCHOOL_DISTRICT] = {facility_school_district, true},
    [BUILTIN_FACILITY_LINKED] = {facility_linked, true},
    [BUILTIN_HOURS_MONTH] = {NULL, true},
    [BUILTIN_HOURS_WEEK] = {NULL, true},
    [BUILTIN_HOURS_DAY] = {NULL, true},
    [BUILTIN_DAYS_MONTH] = {NULL, true},
    [BUILTIN_DAYS_WEEK] = {NULL, true},
    [BUILTIN_JOB_HOURS] = {eval_job_hours, true},
    [BUILTIN_SIBLING_ENROLLED] = {sibling_enrolled, false},
    [BUILTIN_SIBLING_LEAVING] = {sibling_leaving, false},
    [BUILTIN_SIBLING_APPLYING] = {sibling_applying, true},
    [BUILTIN_SIBLING_TRANSFERRING] = {sibling_transferring, false},
    [BUILTIN_SIBLING_APPLIES_HERE] = {sibling_applies_here, true},
    [BUILTIN_SIBLING_BIRTH] = {sibling_birth, false},
    [BUILTIN_BASE_POINTS] = {base_points, true},
    [BUILTIN_TOTAL_POINTS] = {total_points, true},
    [BUILTIN_ADJUST_POINTS] = {adjust_points, true},
};
static_assert(sizeof names / sizeof names[0] == N_BUILTINS,
              "every builtin is evaluated");

/* The row that tells one value of a builtin from another. */
static size_t owner_row(const struct eval *e, const struct expr *x)
{
    switch (builtins[x->builtin].owner) {
    case BIND_CHILD:
        return e->rows.of[SCOPE_CHILD];
    case BIND_PREFERENCE:
        return e->rows.of[SCOPE_PREFERENCE];
    case BIND_GUARDIAN:
        return e->rows.of[x->person];
    case BIND_JOB:
        return e->rows.of[SCOPE_JOB];
    case BIND_SIBLING:
        return e->rows.sibling;
    default:
        return SCORE_NO_ROW;
    }
}

/* A builtin as a slot: texts by their number among the strings. */
static struct slot builtin_slot(const struct eval *e, enum builtin b,
                                struct value v)
{
    struct slot slot = {0};
    slot.state = v.is == VALUE_IS_KNOWN     ? VALUE_KNOWN
                 : v.is == VALUE_IS_NOTHING ? VALUE_NOT_APPLICABLE
                                            : VALUE_UNKNOWN;
    if (v.is != VALUE_IS_KNOWN)
        return slot;
    slot.num = v.num;
    if (expr_is_text(builtins[b].value)) {
        int64_t id = strings_find(e->s->set->strings, v.text);
        slot.num = id < 0 ? 0 : id;
    }
    return slot;
}

/* `mark`: what was unknown before. */
static void trace_builtin(struct eval *e, const struct expr *x, struct value v,
                          size_t mark)
{
    struct slot slot = builtin_slot(e, x->builtin, v);
    struct trace_item item = {NULL, x->builtin, owner_row(e, x), v, slot};
    bool to_blame = e->trace->unknown.n > mark; /* a field */
    if (v.is != VALUE_IS_UNKNOWN && names[x->builtin].told)
        trace_see(e, item);
    else if (v.is == VALUE_IS_UNKNOWN && !to_blame)
        trace_miss(e, item);
}

struct value eval_builtin(struct eval *e, const struct expr *x)
{
    size_t mark = e->trace ? e->trace->unknown.n : 0;
    struct value v =
        names[x->builtin].eval ? names[x->builtin].eval(e) : hours(e, x);
    if (e->trace)
        trace_builtin(e, x, v, mark);
    return v;
}
