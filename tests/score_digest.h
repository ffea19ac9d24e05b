/*
 * Everything that is decided about a household, as text: for tests that hold
 * two ways to the same scores against each other.
 */
#ifndef NYUSHO_TESTS_SCORE_DIGEST_H
#define NYUSHO_TESTS_SCORE_DIGEST_H

#include "core/buf.h"
#include "scoring/points/score.h"

#include <stdlib.h>
#include <string.h>

static inline void digest_pref(struct buf *out, const struct ruleset *rs,
                               const struct pref_score *p)
{
    buf_printf(out, "  %d %s adjust %lld total %lld phase %d last %d %s %d:",
               p->number, p->facility, (long long)p->adjust,
               (long long)p->total, p->phase, p->rank_last,
               ineligible_name(p->ineligible), p->order_unknown);
    for (size_t k = 0; k < rs->n_order; k++)
        buf_printf(out, " %lld", (long long)p->keys[k]);
    buf_char(out, '\n');
}

static inline int digest_compare(const void *x, const void *y)
{
    return strcmp(*(char *const *)x, *(char *const *)y);
}

/* Lines and unknowns sorted: their order follows that of the rules. */
static inline void digest_notes(struct buf *out, const struct child_score *c)
{
    struct arena a = ARENA_INIT;
    size_t n = 0;
    char **notes = ARENA_ARRAY(&a, char *, c->n_lines + c->n_unknowns);
    for (size_t i = 0; i < c->n_lines; i++)
        notes[n++] =
            arena_printf(&a, "  %s @%d /%d %lld %d\n",
                         c->lines[i].rule ? c->lines[i].rule->id : "share",
                         c->lines[i].person, c->lines[i].preference,
                         (long long)c->lines[i].points, c->lines[i].counted);
    for (size_t i = 0; i < c->n_unknowns; i++)
        notes[n++] =
            arena_printf(&a, "  ?%s %s @%d /%d\n",
                         c->unknowns[i].rule ? c->unknowns[i].rule->id : "",
                         c->unknowns[i].order ? c->unknowns[i].order->id : "",
                         c->unknowns[i].guardian, c->unknowns[i].preference);
    qsort(notes, n, sizeof *notes, digest_compare);
    for (size_t i = 0; i < n; i++)
        buf_text(out, notes[i]);
    arena_release(&a);
}

/* `notes`: also which rules gave the points, and what was unknown. */
static inline void digest_household(struct buf *out, const struct ruleset *rs,
                                    const char *number,
                                    const struct household_score *hs,
                                    bool notes)
{
    for (size_t i = 0; i < hs->n_children; i++) {
        const struct child_score *c = &hs->children[i];
        buf_printf(out,
                   "%s %s class %d guardians %lld %lld base %lld adjust %lld "
                   "total %lld last %d provisional %d\n",
                   number, c->child, c->class_age, (long long)c->guardian[0],
                   (long long)c->guardian[1], (long long)c->base,
                   (long long)c->adjust, (long long)c->total, c->rank_last,
                   c->provisional);
        for (size_t k = 0; k < c->n_prefs; k++)
            digest_pref(out, rs, &c->prefs[k]);
        if (notes)
            digest_notes(out, c);
    }
}

#endif
