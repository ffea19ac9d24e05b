/* Cross-checks of preferences against the facilities. */
#include "core/date.h"
#include "records/check_run.h"

#include <string.h>

static const struct facility *wished(const struct check_run *c, size_t r)
{
    const char *code = check_text(c, F_PREFERENCE, r);
    return c->basis->facilities && *code
               ? facility_find(c->basis->facilities, code)
               : NULL;
}

static size_t child_row(const struct check_run *c, size_t preference)
{
    return record_find(c->basis->set, SCOPE_CHILD,
                       check_key(c, SCOPE_PREFERENCE, preference));
}

/* Birth date of the child of a preference; the due date while unborn. */
static bool birth_of(const struct check_run *c, size_t preference,
                     int64_t *birth)
{
    size_t child = child_row(c, preference);
    return child != (size_t)-1 &&
           (check_known(c, F_CHILD_BIRTH, child, birth) ||
            check_known(c, F_CHILD_DUE_DATE, child, birth));
}

void check_preference_unknown(const struct check_run *c)
{
    FOR_ROWS(c, SCOPE_PREFERENCE, r)
    {
        const char *code = check_text(c, F_PREFERENCE, r);
        if (c->basis->facilities && *code && !wished(c, r))
            diag_warn(c->d, check_place(c, SCOPE_PREFERENCE, r), c->name,
                      "施設番号 %s は施設一覧にありません",
                      "there is no facility %s", code);
    }
}

void check_preference_twice(const struct check_run *c)
{
    FOR_ROWS(c, SCOPE_PREFERENCE, r)
    {
        const struct row_key *key = check_key(c, SCOPE_PREFERENCE, r);
        const char *code = check_text(c, F_PREFERENCE, r);
        for (size_t k = c->h->first[SCOPE_PREFERENCE]; *code && k < r; k++) {
            const struct row_key *before = check_key(c, SCOPE_PREFERENCE, k);
            if (strcmp(before->child, key->child) != 0 ||
                strcmp(check_text(c, F_PREFERENCE, k), code) != 0)
                continue;
            diag_warn(c->d, check_place(c, SCOPE_PREFERENCE, r), c->name,
                      "施設番号 %s は第%d希望と同じです",
                      "facility %s is preference %d already", code,
                      before->seq);
            break;
        }
    }
}

void check_preference_enrolled(const struct check_run *c)
{
    FOR_ROWS(c, SCOPE_PREFERENCE, r)
    {
        const char *code = check_text(c, F_PREFERENCE, r);
        size_t child = child_row(c, r);
        if (*code && child != (size_t)-1 &&
            strcmp(check_text(c, F_CHILD_ENROLLED, child), code) == 0)
            diag_warn(c->d, check_place(c, SCOPE_PREFERENCE, r), c->name,
                      "在園している施設 %s を希望しています",
                      "wishes for facility %s, where the child is enrolled",
                      code);
    }
}

void check_preference_no_class(const struct check_run *c)
{
    FOR_ROWS(c, SCOPE_PREFERENCE, r)
    {
        const struct facility *f = wished(c, r);
        int64_t birth;
        if (!f || !birth_of(c, r, &birth))
            continue;
        int age = class_age(c->basis->fiscal_year, (int32_t)birth);
        if (age < N_CLASSES && !f->seats[age].present &&
            !facility_is_outside(f))
            diag_warn(c->d, check_place(c, SCOPE_PREFERENCE, r), c->name,
                      "施設 %s に %d 歳クラスはありません",
                      "facility %s has no class of age %d", f->code, age);
    }
}

void check_minimum_age(const struct check_run *c)
{
    FOR_ROWS(c, SCOPE_PREFERENCE, r)
    {
        const struct facility *f = wished(c, r);
        int64_t birth;
        if (!f || !f->min_age_days || !birth_of(c, r, &birth) ||
            c->basis->entry_date - birth >= f->min_age_days)
            continue;
        diag_warn(c->d, check_place(c, SCOPE_PREFERENCE, r), c->name,
                  "入所日 %s に施設 %s の最低月齢 %d 日に達していません",
                  "on the entry date %s the child is younger than facility %s "
                  "takes (%d days)",
                  check_day(c, c->basis->entry_date), f->code, f->min_age_days);
    }
}
