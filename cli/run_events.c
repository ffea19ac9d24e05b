/* What came to the case from outside and belongs to nobody in it. */
#include "cli/run_make.h"

#include <string.h>

static bool child_there(const struct record_set *set, const char *household,
                        const char *child)
{
    const struct row_key key = {household, child, 0, 0};
    if (!*child)
        return record_household(set, household) != NULL;
    return record_find(set, SCOPE_CHILD, &key) != (size_t)-1;
}

static const char *place_of(struct arena *a, const char *household,
                            const char *child)
{
    return *child ? arena_printf(a, "世帯 %s 児童 %s", household, child)
                  : arena_printf(a, "世帯 %s", household);
}

/* 取消 of the same household and child, not before it. */
static bool taken_back(const struct run *r, const struct case_event *e)
{
    for (size_t i = 0; i < r->n_events; i++) {
        const struct case_event *o = &r->events[i];
        if (strcmp(o->kind, "取消") == 0 &&
            strcmp(o->household, e->household) == 0 &&
            strcmp(o->child, e->child) == 0 && strcmp(o->on, e->on) >= 0)
            return true;
    }
    return false;
}

static void check_events(struct run *r, struct arena *a)
{
    for (size_t i = 0; i < r->n_events; i++) {
        const struct case_event *e = &r->events[i];
        if (!taken_back(r, e) && !child_there(&r->set, e->household, e->child))
            diag_warn(
                &r->findings, POS_FILE(place_of(a, e->household, e->child)),
                "event-for-nobody",
                "%s (%s) がありますが、その申込みがありません",
                "%s (%s), but there is no such application", e->kind, e->on);
    }
}

static void check_manual(struct run *r, struct arena *a)
{
    for (size_t i = 0; i < r->set.n_manual; i++) {
        const struct manual_points *m = &r->set.manual[i];
        const struct row_key key = {m->household, "", m->person, 0};
        bool there = child_there(&r->set, m->household, m->child) &&
                     (m->person == 0 ||
                      record_find(&r->set, SCOPE_GUARDIAN, &key) != (size_t)-1);
        if (!there && m->points != 0)
            diag_warn(&r->findings,
                      POS_FILE(place_of(a, m->household, m->child)),
                      "points-for-nobody",
                      "規則 %s の適宜の点数がありますが、その申込みか保護者が"
                      "ありません",
                      "points for rule %s, but there is no such applicant or "
                      "guardian",
                      m->rule);
    }
}

/* The row's owner: a preference's child, a job's or reason's person. */
static bool owner_there(const struct record_set *set, enum scope scope,
                        const struct row_key *key)
{
    const struct row_key child = {key->household, key->child, 0, 0};
    const struct row_key person = {key->household, "", key->person, 0};
    if (scope == SCOPE_PREFERENCE)
        return record_find(set, SCOPE_CHILD, &child) != (size_t)-1;
    return record_find(set, SCOPE_GUARDIAN, &person) != (size_t)-1 ||
           record_find(set, SCOPE_COHABITANT, &person) != (size_t)-1;
}

static void check_rows(struct run *r, struct arena *a)
{
    static const enum scope owned[] = {SCOPE_PREFERENCE, SCOPE_JOB,
                                       SCOPE_REASON};
    for (size_t s = 0; s < sizeof owned / sizeof owned[0]; s++) {
        const struct record_table *t = &r->set.tables[owned[s]];
        for (size_t i = 0; i < t->n_rows; i++) {
            const struct row_key *k = &t->keys[i];
            if (!owner_there(&r->set, owned[s], k))
                diag_warn(
                    &r->findings,
                    POS_FILE(k->person ? arena_printf(a, "世帯 %s 人 %d",
                                                      k->household, k->person)
                                       : place_of(a, k->household, k->child)),
                    "row-of-nobody", "%1$s%2$.0sの行の持ち主がありません",
                    "a row (%1$.0s%2$s) belongs to nobody",
                    scope_infos[owned[s]].label.ja, scope_infos[owned[s]].name);
        }
    }
}

void run_check_owners(struct run *r, struct arena *a)
{
    check_events(r, a);
    check_manual(r, a);
    check_rows(r, a);
}
