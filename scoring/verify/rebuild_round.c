/*
 * What a later round leaves of a household's list, by the words of its policy:
 * what was decided is not taken away, a child that is not considered stays, and
 * what comes after what the household has is no wish.
 */
#include "scoring/verify/rebuild.h"

#include <string.h>

bool rebuilt_fixed(const struct rebuild *r, const struct rebuilt_child *c)
{
    bool decided = c->before == BEFORE_DECIDED;
    bool new_one = c->before == BEFORE_NEW || c->before == BEFORE_ENROLLED;
    return (decided && r->basis.policy != CHECKED_EVERYONE) ||
           (new_one && r->basis.policy == CHECKED_FREED);
}

bool rebuilt_all_waiting(const struct rebuilt_household *h)
{
    for (size_t k = 0; k < h->n; k++) {
        const struct rebuilt_child *c = h->children[k];
        if (c->takes_part && c->before != BEFORE_WAITING &&
            c->before != BEFORE_DECIDED)
            return false;
    }
    return true;
}

struct column {
    int32_t entry_date, now; /* its place then, and when the round begins */
    bool fixed, decided;
};

static size_t make_columns(const struct rebuild *r, const struct market *m,
                           const struct rebuilt_household *h,
                           struct column *out)
{
    size_t n = 0;
    for (size_t k = 0; k < h->n; k++) {
        const struct rebuilt_child *c = h->children[k];
        if (c->takes_part)
            out[n++] = (struct column){
                rebuild_place(m, c->current), rebuild_place(m, c->now),
                rebuilt_fixed(r, c), c->before == BEFORE_DECIDED};
    }
    return n;
}

/* Whether it may be sent there. The place that a transfer gave up for its
 * decision is gone. */
static bool may_go(const struct column *c, int32_t to)
{
    if (c->fixed)
        return to == c->now;
    if (!c->decided)
        return true;
    return to == c->now || (to != REBUILD_NOWHERE && to != c->entry_date);
}

enum kind { LEFT_OUT, A_WISH, WHAT_IT_HAS };

/* "None" means the place at the entry date. */
static enum kind read_row(const struct column *c, size_t n, int32_t *row)
{
    bool may = true, has = true;
    for (size_t k = 0; k < n; k++) {
        if (row[k] == REBUILD_NOWHERE)
            row[k] = c[k].entry_date;
        may = may && may_go(&c[k], row[k]);
        has = has && row[k] == c[k].now;
    }
    return !may ? LEFT_OUT : has ? WHAT_IT_HAS : A_WISH;
}

void rebuild_round_entries(const struct rebuild *r, const struct market *m,
                           const struct rebuilt_household *h,
                           struct rebuilt_entries *entries)
{
    struct column c[REBUILD_SIBLINGS_MAX];
    size_t n = make_columns(r, m, h, c), left = 0;
    bool all_fixed = true, any_decided = false, found = false;
    for (size_t k = 0; k < n; k++) {
        all_fixed = all_fixed && c[k].fixed;
        any_decided = any_decided || c[k].decided;
    }
    for (size_t e = 0; !all_fixed && !found && e < entries->n; e++) {
        int32_t *row = entries->entries + e * n;
        enum kind kind = read_row(c, n, row);
        found = kind == WHAT_IT_HAS;
        if (kind == A_WISH)
            memmove(entries->entries + left++ * n, row, n * sizeof *row);
    }
    /* Everyone again, and what it was given is not on its list any more:
     * nobody can say what would be better. */
    bool unlisted = r->basis.policy == CHECKED_EVERYONE && any_decided;
    entries->n = unlisted && !found ? 0 : left;
}
