/*
 * The lists that expressions walk, as enum collection says. To add one: its
 * function and its row in the table below.
 */
#include "scoring/verify/walk.h"

#include "core/text.h"

#include <assert.h>
#include <string.h>

/* A list being made; there is room for every row and two more. */
struct members {
    const struct walk *w;
    enum scope person; /* whose, where the list is a person's */
    struct walk_member *items;
    size_t n;
};

static void add(struct members *m, size_t row)
{
    m->items[m->n++] = (struct walk_member){.row = row};
}

static const struct row_key *keys_of(const struct members *m, enum scope scope)
{
    return m->w->c->set->tables[scope].keys;
}

static void whole_scope(struct members *m, enum scope scope)
{
    const struct household *h = m->w->household;
    for (size_t r = h->first[scope]; r < h->end[scope]; r++)
        add(m, r);
}

/* ---- guardians ---- */

static bool says_absent(const struct walk *w, size_t row)
{
    struct walk_value v = walk_path(w, "guardian.present", row);
    return v.state == WALK_KNOWN && !v.num;
}

/* Guardian slots that nobody takes and that are not known to be absent. */
static size_t missing_guardians(const struct members *m, bool someone_absent)
{
    const struct walk *w = m->w;
    size_t row = w->row[SCOPE_HOUSEHOLD];
    if (m->n >= 2 || walk_is(w, "household.single_parent", row, "父母不在"))
        return 0;
    bool alone = someone_absent ||
                 walk_is(w, "household.single_parent", row, "ひとり親") ||
                 walk_is(w, "household.single_parent", row, "準ずる");
    if (m->n == 1)
        return alone ? 0 : 1;
    return alone ? 1 : 2;
}

static void guardians(struct members *m)
{
    const struct household *h = m->w->household;
    bool absent = false;
    for (size_t r = h->first[SCOPE_GUARDIAN]; r < h->end[SCOPE_GUARDIAN]; r++)
        if (says_absent(m->w, r))
            absent = true;
        else
            add(m, r);
    for (size_t n = missing_guardians(m, absent); n > 0; n--)
        add(m, WALK_NO_ROW);
}

/* ---- what a person has ---- */

static void of_person(struct members *m, enum scope scope)
{
    const struct household *h = m->w->household;
    size_t who = m->w->row[m->person];
    if (who == WALK_NO_ROW)
        return;
    int number = keys_of(m, m->person)[who].person;
    for (size_t r = h->first[scope]; r < h->end[scope]; r++)
        if (keys_of(m, scope)[r].person == number)
            add(m, r);
}

static void reasons(struct members *m)
{
    of_person(m, SCOPE_REASON);
    if (m->n == 0 && m->person == SCOPE_GUARDIAN)
        add(m, WALK_NO_ROW);
}

static void jobs(struct members *m)
{
    of_person(m, SCOPE_JOB);
    if (m->n || m->person != SCOPE_GUARDIAN)
        return;
    struct walk_member *list;
    size_t n = walk_members(m->w, OVER_REASONS, SCOPE_GUARDIAN, &list);
    bool may_work = false;
    for (size_t i = 0; i < n; i++)
        may_work =
            may_work || walk_is(m->w, "reason.kind", list[i].row, "就労") ||
            walk_path(m->w, "reason.kind", list[i].row).state == WALK_UNKNOWN;
    if (may_work)
        add(m, WALK_NO_ROW);
}

/* ---- brothers and sisters ---- */

/* Whether both are known; *same by what people would call the same. */
static bool alike(const struct walk *w, struct walk_value a,
                  struct walk_value b, bool *same)
{
    if (a.state != WALK_KNOWN || b.state != WALK_KNOWN)
        return false;
    *same = strcmp(text_match_key(a.text, w->mem),
                   text_match_key(b.text, w->mem)) == 0;
    return true;
}

static bool same_person(const struct walk *w, size_t cohabitant, size_t child)
{
    struct walk_value a = walk_path(w, "cohabitant.birth", cohabitant);
    struct walk_value b = walk_path(w, "child.birth", child);
    bool same = true;
    if (a.state != WALK_KNOWN || b.state != WALK_KNOWN || a.num != b.num)
        return false;
    if (!alike(w, walk_path(w, "cohabitant.kana", cohabitant),
               walk_path(w, "child.kana", child), &same))
        alike(w, walk_path(w, "cohabitant.name", cohabitant),
              walk_path(w, "child.name", child), &same);
    return same;
}

static bool applies(const struct walk *w, size_t cohabitant)
{
    const struct household *h = w->household;
    for (size_t c = h->first[SCOPE_CHILD]; c < h->end[SCOPE_CHILD]; c++)
        if (same_person(w, cohabitant, c))
            return true;
    return false;
}

static enum walk_bool is_sibling(const struct walk *w, size_t row)
{
    static const char *const kinds[] = {"兄", "姉", "弟", "妹"};
    if (applies(w, row))
        return WALK_NO;
    if (walk_path(w, "cohabitant.relation", row).state == WALK_UNKNOWN)
        return WALK_MAYBE;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (walk_is(w, "cohabitant.relation", row, kinds[i]))
            return WALK_YES;
    return WALK_NO;
}

static void siblings(struct members *m)
{
    const struct household *h = m->w->household;
    for (size_t r = h->first[SCOPE_CHILD]; r < h->end[SCOPE_CHILD]; r++)
        if (r != m->w->row[SCOPE_CHILD])
            m->items[m->n++] = (struct walk_member){r, true, false};
    for (size_t r = h->first[SCOPE_COHABITANT]; r < h->end[SCOPE_COHABITANT];
         r++) {
        enum walk_bool is = is_sibling(m->w, r);
        if (is != WALK_NO)
            m->items[m->n++] = (struct walk_member){r, false, is == WALK_MAYBE};
    }
}

/* ---- the others ---- */

static void cohabitants(struct members *m)
{
    whole_scope(m, SCOPE_COHABITANT);
}

static void children(struct members *m)
{
    whole_scope(m, SCOPE_CHILD);
}

static void documents(struct members *m)
{
    whole_scope(m, SCOPE_DOCUMENT);
}

static void preferences(struct members *m)
{
    const struct household *h = m->w->household;
    size_t who = m->w->row[SCOPE_CHILD];
    if (who == WALK_NO_ROW)
        return;
    const char *child = keys_of(m, SCOPE_CHILD)[who].child;
    for (size_t r = h->first[SCOPE_PREFERENCE]; r < h->end[SCOPE_PREFERENCE];
         r++)
        if (strcmp(keys_of(m, SCOPE_PREFERENCE)[r].child, child) == 0)
            add(m, r);
}

/* ---- the table ---- */

/* The list, and the rows that may be in it. */
static const struct {
    void (*list)(struct members *m);
    enum scope scope;
} lists[] = {
    [OVER_GUARDIANS] = {guardians, SCOPE_GUARDIAN},
    [OVER_JOBS] = {jobs, SCOPE_JOB},
    [OVER_REASONS] = {reasons, SCOPE_REASON},
    [OVER_COHABITANTS] = {cohabitants, SCOPE_COHABITANT},
    [OVER_CHILDREN] = {children, SCOPE_CHILD},
    [OVER_SIBLINGS] = {siblings, N_SCOPES},
    [OVER_DOCUMENTS] = {documents, SCOPE_DOCUMENT},
    [OVER_PREFERENCES] = {preferences, SCOPE_PREFERENCE},
};
static_assert(sizeof lists / sizeof lists[0] == N_COLLECTIONS,
              "every list is walked");

static size_t n_rows(const struct household *h, enum scope scope)
{
    return h->end[scope] - h->first[scope];
}

size_t walk_members(const struct walk *w, enum collection over,
                    enum scope person, struct walk_member **out)
{
    const struct household *h = w->household;
    size_t most = 2;
    if (over == OVER_SIBLINGS)
        most += n_rows(h, SCOPE_CHILD) + n_rows(h, SCOPE_COHABITANT);
    else
        most += n_rows(h, lists[over].scope);
    struct members m = {w, person,
                        ARENA_ARRAY(w->mem, struct walk_member, most), 0};
    lists[over].list(&m);
    *w->steps += (long)m.n;
    *out = m.items;
    return m.n;
}

struct walk walk_bind(const struct walk *w, enum collection over,
                      const struct walk_member *m)
{
    struct walk inner = *w;
    if (over == OVER_SIBLINGS) {
        inner.sibling = m->row;
        inner.sibling_is_child = m->is_child;
    } else {
        inner.row[lists[over].scope] = m->row;
    }
    return inner;
}
