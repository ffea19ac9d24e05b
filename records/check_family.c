/* Cross-checks of guardians, children and siblings. */
#include "core/date.h"
#include "records/check_run.h"

#include <string.h>

#define SCHOOL_AGE 6
#define MOST_AGE 18 /* beyond it the date is a slip, not a schoolchild */

static size_t count_rows(const struct check_run *c, enum scope scope)
{
    return c->h->end[scope] - c->h->first[scope];
}

/* A certificate without an application, or the registry's row of a family that
 * did not apply. */
void check_no_child(const struct check_run *c)
{
    if (count_rows(c, SCOPE_CHILD) == 0)
        diag_warn(c->d, check_household_place(c), c->name,
                  "申込みのある児童がいません（証明書などだけがあります）",
                  "no child of this household applies (only other papers)");
}

/* Present when said so, or when nothing is said but something is known. */
static bool guardian_is_there(const struct check_run *c, size_t r)
{
    const struct record_table *t = &c->basis->set->tables[SCOPE_GUARDIAN];
    int64_t present;
    if (check_known(c, F_PRESENT, r, &present))
        return present != 0;
    for (size_t k = 0; k < t->n_fields; k++)
        if (table_slot(t, r, k).state == VALUE_KNOWN)
            return true;
    return false;
}

static bool single_parent_said(const struct check_run *c)
{
    int64_t kind;
    FOR_ROWS(c, SCOPE_HOUSEHOLD, r)
    if (check_known(c, F_SINGLE_PARENT, r, &kind) &&
        !check_is(c, F_SINGLE_PARENT, r, "無"))
        return true;
    return false;
}

/* A second guardian who is not there is a doubt, not a single parent. */
void check_second_guardian(const struct check_run *c)
{
    int there = 0;
    FOR_ROWS(c, SCOPE_GUARDIAN, r)
    there += guardian_is_there(c, r);
    if (count_rows(c, SCOPE_CHILD) > 0 && there < 2 && !single_parent_said(c))
        diag_warn(c->d, check_household_place(c), c->name,
                  "保護者が %d 人ですが、ひとり親区分がありません",
                  "there are %d guardians, but it does not say single parent",
                  there);
}

static bool has_known_reason(const struct check_run *c, int person)
{
    int64_t kind;
    FOR_ROWS(c, SCOPE_REASON, r)
    if (check_key(c, SCOPE_REASON, r)->person == person &&
        check_known(c, F_REASON_KIND, r, &kind))
        return true;
    return false;
}

/* Without a reason nothing can be asked of a guardian, and no point be given:
 * it must not look as if everything were in. */
void check_reason_missing(const struct check_run *c)
{
    FOR_ROWS(c, SCOPE_GUARDIAN, r)
    if (count_rows(c, SCOPE_CHILD) > 0 && guardian_is_there(c, r) &&
        !has_known_reason(c, check_key(c, SCOPE_GUARDIAN, r)->person))
        diag_warn(c->d, check_place(c, SCOPE_GUARDIAN, r), c->name,
                  "保育を必要とする事由が分かりません",
                  "it is not known why care is needed");
}

static bool has_birth_reason(const struct check_run *c, int person)
{
    FOR_ROWS(c, SCOPE_REASON, r)
    if (check_key(c, SCOPE_REASON, r)->person == person &&
        check_is(c, F_REASON_KIND, r, "出産"))
        return true;
    return false;
}

void check_due_date_reason(const struct check_run *c)
{
    FOR_ROWS(c, SCOPE_REASON, r)
    {
        int64_t due;
        if (check_known(c, F_REASON_DUE_DATE, r, &due) &&
            !has_birth_reason(c, check_key(c, SCOPE_REASON, r)->person))
            diag_warn(c->d, check_place(c, SCOPE_REASON, r), c->name,
                      "出産予定日 %s があるのに、事由に出産がありません",
                      "a due date %s, but birth is not among the reasons",
                      check_day(c, due));
    }
}

/* Born after the class it would enter, or long out of school. */
void check_birth_implausible(const struct check_run *c)
{
    FOR_ROWS(c, SCOPE_CHILD, r)
    {
        int64_t birth;
        if (check_known(c, F_CHILD_BIRTH, r, &birth) &&
            (birth > c->basis->entry_date ||
             class_age(c->basis->fiscal_year, (int32_t)birth) > MOST_AGE))
            diag_warn(c->d, check_place(c, SCOPE_CHILD, r), c->name,
                      "生年月日 %s はこの募集の児童としてありえません",
                      "born on %s: no child of this round can be",
                      check_day(c, birth));
    }
}

void check_school_age(const struct check_run *c)
{
    FOR_ROWS(c, SCOPE_CHILD, r)
    {
        int64_t birth;
        if (check_known(c, F_CHILD_BIRTH, r, &birth) &&
            class_age(c->basis->fiscal_year, (int32_t)birth) >= SCHOOL_AGE &&
            class_age(c->basis->fiscal_year, (int32_t)birth) <= MOST_AGE)
            diag_warn(c->d, check_place(c, SCOPE_CHILD, r), c->name,
                      "%s 生まれは %d 年度には就学年齢です",
                      "born on %s: of school age in %d", check_day(c, birth),
                      c->basis->fiscal_year);
    }
}

/* The pattern, NULL when the household has not said one. */
static const char *sibling_pattern(const struct check_run *c)
{
    int64_t index;
    FOR_ROWS(c, SCOPE_HOUSEHOLD, r)
    if (check_known(c, F_SIBLING_PATTERN, r, &index))
        return c->fields[F_SIBLING_PATTERN]->values[index];
    return NULL;
}

void check_sibling_missing(const struct check_run *c)
{
    if (count_rows(c, SCOPE_CHILD) > 1 && !sibling_pattern(c))
        diag_warn(c->d, check_household_place(c), c->name,
                  "児童が %zu 人申し込んでいますが、きょうだいの条件が"
                  "ありません",
                  "%zu children apply, but there is no sibling pattern",
                  count_rows(c, SCOPE_CHILD));
}

void check_sibling_alone(const struct check_run *c)
{
    const char *pattern = sibling_pattern(c);
    if (pattern && count_rows(c, SCOPE_CHILD) == 1)
        diag_warn(c->d, check_household_place(c), c->name,
                  "きょうだいの条件「%s」がありますが、申込みは1人です",
                  "a sibling pattern (%s), but only one child applies",
                  pattern);
}

static bool wishes(const struct check_run *c, const char *child,
                   const char *facility)
{
    FOR_ROWS(c, SCOPE_PREFERENCE, r)
    if (strcmp(check_key(c, SCOPE_PREFERENCE, r)->child, child) == 0 &&
        strcmp(check_text(c, F_PREFERENCE, r), facility) == 0)
        return true;
    return false;
}

static bool all_wish(const struct check_run *c, const char *facility)
{
    FOR_ROWS(c, SCOPE_CHILD, r)
    if (!wishes(c, check_key(c, SCOPE_CHILD, r)->child, facility))
        return false;
    return true;
}

/* "The same facility" can only come true at one that all of them wish for. */
void check_sibling_common(const struct check_run *c)
{
    const char *pattern = sibling_pattern(c);
    if (!pattern || strncmp(pattern, "同保", strlen("同保")) != 0 ||
        count_rows(c, SCOPE_CHILD) < 2)
        return;
    FOR_ROWS(c, SCOPE_PREFERENCE, r)
    {
        const char *facility = check_text(c, F_PREFERENCE, r);
        if (*facility && all_wish(c, facility))
            return;
    }
    diag_warn(c->d, check_household_place(c), c->name,
              "条件は「%s」ですが、全員が希望する施設がありません",
              "the pattern is %s, but no facility is wished by all", pattern);
}
