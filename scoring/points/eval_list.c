/*
 * Lists: who is a member, and any, all, count, sum, highest, lowest. To add a
 * list: its row in collection (expr.h) with who is a member, its case in
 * members_open() and is_member().
 */
#include "scoring/points/eval.h"

#include <string.h>

/* ---- members ---- */

static bool of_person(enum collection over)
{
    return over == OVER_JOBS || over == OVER_REASONS;
}

static const struct row_key *key_of(const struct eval *e, enum scope scope,
                                    size_t row)
{
    return &e->s->set->tables[scope].keys[row];
}

/* 0: the person has no row, and so no number. */
static int person_number(const struct eval *e, enum scope person)
{
    size_t row = person < N_SCOPES ? e->rows.of[person] : SCORE_NO_ROW;
    return row == SCORE_NO_ROW ? 0 : key_of(e, person, row)->person;
}

/* One of the reasons of this guardian is 就労, or may be. */
static bool may_work(struct eval *e)
{
    struct members m;
    enum tri is;
    bool found = false;
    members_open(&m, e, OVER_REASONS, SCOPE_GUARDIAN);
    while (members_next(&m, e, &is)) {
        struct value v =
            eval_field(e, PLAN_REASON_KIND, e->rows.of[SCOPE_REASON]);
        bool work = v.is == VALUE_IS_KNOWN &&
                    (e->s->plan->values[VALUES_WORK] >> v.num & 1);
        found = found || work || v.is == VALUE_IS_UNKNOWN;
    }
    return found;
}

static bool has_row(const struct eval *e, enum scope scope, int person)
{
    const struct household *h = e->family->h;
    for (size_t r = h->first[scope]; person && r < h->end[scope]; r++)
        if (key_of(e, scope, r)->person == person)
            return true;
    return false;
}

/* Members of whom everything is unknown. */
static size_t rowless_members(struct eval *e, enum collection over,
                              enum scope person)
{
    if (over == OVER_GUARDIANS)
        return e->family->n_rowless;
    if (!of_person(over) || person != SCOPE_GUARDIAN)
        return 0;
    enum scope scope = collection_scope(over);
    if (has_row(e, scope, person_number(e, person)))
        return 0;
    if (over == OVER_REASONS)
        return 1;
    struct trace *trace = e->trace;
    e->trace = NULL;
    bool works = may_work(e);
    e->trace = trace;
    return works;
}

void members_open(struct members *m, struct eval *e, enum collection over,
                  enum scope person)
{
    const struct household *h = e->family->h;
    bool siblings = over == OVER_SIBLINGS;
    enum scope scope = siblings ? SCOPE_CHILD : collection_scope(over);
    *m = (struct members){.over = over,
                          .scope = scope,
                          .number = person_number(e, person),
                          .next = h->first[scope],
                          .end = h->end[scope],
                          .extra = rowless_members(e, over, person),
                          .outer = e->rows};
}

static enum tri is_member(struct eval *e, const struct members *m, size_t row)
{
    const struct row_key *key = key_of(e, m->scope, row);
    switch (m->over) {
    case OVER_GUARDIANS: {
        const struct field *f = e->s->plan->fields[PLAN_PRESENT];
        struct slot s = f ? record_get(e->s->set, f, row) : (struct slot){0};
        return s.state == VALUE_KNOWN && !s.num ? TRI_NO : TRI_YES;
    }
    case OVER_JOBS:
    case OVER_REASONS:
        return key->person && key->person == m->number ? TRI_YES : TRI_NO;
    case OVER_PREFERENCES: {
        size_t child = m->outer.of[SCOPE_CHILD];
        bool mine =
            child != SCORE_NO_ROW &&
            strcmp(key->child, key_of(e, SCOPE_CHILD, child)->child) == 0;
        return mine ? TRI_YES : TRI_NO;
    }
    case OVER_SIBLINGS:
        if (m->scope == SCOPE_CHILD)
            return row != m->outer.of[SCOPE_CHILD] ? TRI_YES : TRI_NO;
        return (enum tri)
            e->family->sibling[row - e->family->h->first[SCOPE_COHABITANT]];
    default:
        return TRI_YES;
    }
}

/* What belonged to a row of this kind is bound no more. */
static void bind(struct eval *e, const struct members *m, size_t row)
{
    e->rows = m->outer;
    if (m->over == OVER_SIBLINGS) {
        e->rows.sibling = row;
        e->rows.sibling_applies = m->scope == SCOPE_CHILD;
        return;
    }
    e->rows.of[m->scope] = row;
    if (m->scope == SCOPE_GUARDIAN || m->scope == SCOPE_COHABITANT)
        e->rows.of[SCOPE_REASON] = e->rows.of[SCOPE_JOB] = SCORE_NO_ROW;
    if (m->scope == SCOPE_CHILD) {
        e->rows.of[SCOPE_PREFERENCE] = SCORE_NO_ROW;
        e->rows.sibling = SCORE_NO_ROW;
    }
}

bool members_next(struct members *m, struct eval *e, enum tri *is)
{
    e->rows = m->outer;
    for (;;) {
        while (m->next < m->end) {
            size_t row = m->next++;
            e->steps++;
            *is = is_member(e, m, row);
            if (*is == TRI_NO)
                continue;
            bind(e, m, row);
            if (*is == TRI_UNKNOWN && e->trace) /* what leaves it open */
                eval_field(e, PLAN_RELATION, row);
            return true;
        }
        if (m->over != OVER_SIBLINGS || m->scope == SCOPE_COHABITANT)
            break;
        m->scope = SCOPE_COHABITANT;
        m->next = e->family->h->first[SCOPE_COHABITANT];
        m->end = e->family->h->end[SCOPE_COHABITANT];
    }
    if (m->extra == 0)
        return false;
    m->extra--;
    *is = TRI_YES;
    bind(e, m, SCORE_NO_ROW);
    return true;
}

/* ---- any and all ---- */

/* Only what the deciding member showed is worth telling. */
static void keep_last(struct trace *t, size_t from, size_t last)
{
    size_t n = t->seen.n - last;
    memmove(&t->seen.items[from], &t->seen.items[last],
            n * sizeof t->seen.items[0]);
    t->seen.n = from + n;
}

/* any looks for a yes, all for a no. */
static struct value any_or_all(struct eval *e, const struct expr *x)
{
    bool any = x->op == EXPR_ANY;
    enum tri result = any ? TRI_NO : TRI_YES, is;
    size_t from = e->trace ? e->trace->seen.n : 0;
    struct members m;
    members_open(&m, e, x->over, x->person);
    while (members_next(&m, e, &is)) {
        size_t last = e->trace ? e->trace->seen.n : 0;
        enum tri with = tri_of(eval_expr(e, x->a));
        if (any)
            result = tri_or(result, tri_and(is, with));
        else
            result = tri_and(result, tri_or(tri_not(is), with));
        if (result != (any ? TRI_YES : TRI_NO))
            continue;
        if (e->trace && e->trace->seen.n > last)
            keep_last(e->trace, from, last);
        break;
    }
    e->rows = m.outer;
    return value_tri(result);
}

/* ---- the others ---- */

struct tally {
    int64_t num;
    size_t n;
    bool unknown;
};

static void take(struct tally *t, enum expr_op op, struct value v)
{
    if (v.is == VALUE_IS_UNKNOWN)
        t->unknown = true;
    if (v.is != VALUE_IS_KNOWN)
        return;
    bool first = t->n++ == 0;
    if (op == EXPR_COUNT || op == EXPR_SUM) {
        if (__builtin_add_overflow(t->num, v.num, &t->num))
            t->unknown = true;
    } else if (first || (op == EXPR_HIGHEST) == (v.num > t->num)) {
        t->num = v.num;
    }
}

static struct value tally(struct eval *e, const struct expr *x)
{
    struct tally t = {0};
    struct members m;
    enum tri is;
    members_open(&m, e, x->over, x->person);
    while (members_next(&m, e, &is)) {
        enum tri with = x->a ? tri_of(eval_expr(e, x->a)) : TRI_YES;
        with = tri_and(is, with);
        if (with == TRI_NO)
            continue;
        if (with == TRI_UNKNOWN)
            t.unknown = true;
        else
            take(&t, x->op, x->b ? eval_expr(e, x->b) : value_known(1));
    }
    e->rows = m.outer;
    if (t.unknown)
        return VALUE_NOT_KNOWN;
    bool none = t.n == 0 && (x->op == EXPR_HIGHEST || x->op == EXPR_LOWEST);
    return none ? VALUE_NONE : value_known(t.num);
}

struct value eval_list(struct eval *e, const struct expr *x)
{
    bool decides = x->op == EXPR_ANY || x->op == EXPR_ALL;
    return decides ? any_or_all(e, x) : tally(e, x);
}
