/* Names asked of a brother or sister: a child who applies too, or one who
 * lives with the family. */
#include "scoring/verify/walk.h"

#include <string.h>

/* The field of this name, in the row that the brother or sister has. */
static struct walk_value own(const struct walk *w, const char *of_child,
                             const char *of_cohabitant)
{
    return walk_path(w, w->sibling_is_child ? of_child : of_cohabitant,
                     w->sibling);
}

static struct walk_value leaving(const struct walk *w)
{
    size_t row = w->sibling;
    if (!w->sibling_is_child)
        return walk_of_bool(
            walk_as_bool(walk_path(w, "cohabitant.leaving", row)));
    struct walk_value reason = walk_path(w, "child.leaving_reason", row);
    if (reason.state == WALK_KNOWN)
        reason = walk_known(!walk_is(w, "child.leaving_reason", row, "なし"));
    enum walk_bool graduates =
        walk_as_bool(walk_path(w, "child.graduating", row));
    return walk_of_bool(walk_or(graduates, walk_as_bool(reason)));
}

static struct walk_value transferring(const struct walk *w)
{
    if (!w->sibling_is_child)
        return walk_known(0);
    struct walk_value at = walk_path(w, "child.enrolled_facility", w->sibling);
    return at.state == WALK_UNKNOWN ? at : walk_known(at.state == WALK_KNOWN);
}

static enum walk_bool same_code(struct walk_value a, struct walk_value b)
{
    struct walk_value other;
    if (!walk_both_known(a, b, &other))
        return walk_as_bool(other);
    return strcmp(a.text, b.text) == 0 ? WALK_YES : WALK_NO;
}

/* One of its preferences is the facility of this one. */
static struct walk_value applies_here(const struct walk *w)
{
    if (!w->sibling_is_child)
        return walk_known(0);
    struct walk_value here =
        walk_path(w, "preference.facility", w->row[SCOPE_PREFERENCE]);
    struct walk there = *w;
    struct walk_member *m;
    there.row[SCOPE_CHILD] = w->sibling;
    size_t n = walk_members(&there, OVER_PREFERENCES, SCOPE_CHILD, &m);
    enum walk_bool found = WALK_NO;
    for (size_t i = 0; i < n; i++)
        found = walk_or(
            found,
            same_code(here, walk_path(w, "preference.facility", m[i].row)));
    return walk_of_bool(found);
}

struct walk_value walk_sibling(const struct walk *w, enum builtin b)
{
    switch (b) {
    case BUILTIN_SIBLING_ENROLLED:
        return own(w, "child.enrolled_facility",
                   "cohabitant.enrolled_facility");
    case BUILTIN_SIBLING_LEAVING:
        return leaving(w);
    case BUILTIN_SIBLING_APPLYING:
        return walk_known(w->sibling_is_child);
    case BUILTIN_SIBLING_TRANSFERRING:
        return transferring(w);
    case BUILTIN_SIBLING_APPLIES_HERE:
        return applies_here(w);
    default:
        return own(w, "child.birth", "cohabitant.birth");
    }
}
