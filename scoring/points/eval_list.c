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

/* Members of whom everything is unknown; m has its rows. */
static size_t rowless_members(struct eval *e, const struct members *m,
                              enum scope person)
{
    if (m->over == OVER_GUARDIANS)
        return e->family->n_rowless;
    if (!of_person(m->over) || person != SCOPE_GUARDIAN || m->next < m->end)
        return 0;
    if (m->over == OVER_REASONS)
        return 1;
    struct trace *trace = e->trace;
    e->trace = NULL;
    bool works = may_work(e);
    e->trace = trace;
    return works;
}

static const struct guardian_rows *guardian_rows(const struct eval *e)
{
    size_t row = e->rows.of[SCOPE_GUARDIAN];
    if (row == SCORE_NO_ROW)
        return NULL;
    return &e->family->guardians[row - e->family->h->first[SCOPE_GUARDIAN]];
}

int64_t eval_kinds(const struct eval *e)
{
    const struct guardian_rows *g = guardian_rows(e);
    return g ? g->kinds : -1;
}

/* Rows are sorted by person: those of one stand together. */
static void keep_person(struct members *m, const struct eval *e,
                        enum scope person)
{
    const struct guardian_rows *g =
        person == SCOPE_GUARDIAN ? guardian_rows(e) : NULL;
    if (g) {
        m->next = m->over == OVER_JOBS ? g->first_job : g->first_reason;
        m->end = m->over == OVER_JOBS ? g->end_job : g->end_reason;
        return;
    }
    const struct row_key *keys = e->s->set->tables[m->scope].keys;
    int number = person_number(e, person);
    while (m->next < m->end && (!number || keys[m->next].person < number))
        m->next++;
    size_t end = m->next;
    while (end < m->end && keys[end].person == number)
        end++;
    m->end = end;
}

void members_open(struct members *m, struct eval *e, enum collection over,
                  enum scope person)
{
    const struct household *h = e->family->h;
    enum scope scope =
        over == OVER_SIBLINGS ? SCOPE_CHILD : collection_scope(over);
    m->over = over;
    m->scope = scope;
    m->next = h->first[scope];
    m->end = h->end[scope];
    if (of_person(over)) { /* binds one row and nothing else */
        m->outer.of[scope] = e->rows.of[scope];
        keep_person(m, e, person);
    } else {
        m->outer = e->rows;
    }
    m->extra = rowless_members(e, m, person);
}

static enum tri is_member(struct eval *e, const struct members *m, size_t row)
{
    const struct row_key *key = key_of(e, m->scope, row);
    switch (m->over) {
    case OVER_GUARDIANS: {
        const struct field *f = e->s->plan->fields[PLAN_PRESENT];
        struct slot s =
            f ? table_slot(&e->s->set->tables[f->scope], row, f->column)
              : (struct slot){0};
        return s.state == VALUE_KNOWN && !s.num ? TRI_NO : TRI_YES;
    }
    case OVER_PREFERENCES: {
        size_t child = m->outer.of[SCOPE_CHILD];
        bool mine = child != SCORE_NO_ROW && /* interned */
                    key->child == key_of(e, SCOPE_CHILD, child)->child;
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

void members_close(const struct members *m, struct eval *e)
{
    if (of_person(m->over)) {
        e->rows.of[m->scope] = m->outer.of[m->scope];
    } else if (m->over == OVER_SIBLINGS) {
        e->rows.sibling = m->outer.sibling;
        e->rows.sibling_applies = m->outer.sibling_applies;
    } else {
        e->rows = m->outer;
    }
}

static bool next_of_all(struct members *m, struct eval *e, enum tri *is)
{
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
    if (m->extra == 0) {
        members_close(m, e);
        return false;
    }
    m->extra--;
    *is = TRI_YES;
    bind(e, m, SCORE_NO_ROW);
    return true;
}

bool members_next(struct members *m, struct eval *e, enum tri *is)
{
    if (m->next < m->end && of_person(m->over)) { /* most lists are such */
        e->steps++;
        e->rows.of[m->scope] = m->next++;
        *is = TRI_YES;
        return true;
    }
    return next_of_all(m, e, is);
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

/* Of `any reason with kind is …`, what it asks for; -1: it is no such list. */
static int64_t asked_kinds(const struct eval *e, const struct expr *x)
{
    if (x->op != EXPR_ANY || x->over != OVER_REASONS ||
        x->person != SCOPE_GUARDIAN)
        return -1;
    return reason_kinds(x->a, e->s->plan->fields[PLAN_REASON_KIND]);
}

/* `any reason with kind is …` of a guardian, or of any guardian, whose kinds
 * are all known. */
static bool is_of_kinds(const struct eval *e, const struct expr *x,
                        struct value *out)
{
    if (e->trace || x->op != EXPR_ANY)
        return false;
    bool of_all = x->over == OVER_GUARDIANS;
    int64_t asked = asked_kinds(e, of_all ? x->a : x);
    int64_t has = of_all ? e->family->kinds : eval_kinds(e);
    *out = value_known((asked & has) != 0);
    return asked != -1 && has != -1;
}

/* any looks for a yes, all for a no. */
static struct value any_or_all(struct eval *e, const struct expr *x)
{
    bool any = x->op == EXPR_ANY;
    struct value known;
    if (is_of_kinds(e, x, &known))
        return known;
    if (x->over == OVER_SIBLINGS && !e->family->siblings)
        return value_known(!any);
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
    members_close(&m, e);
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
