#include "records/assemble.h"

#include "records/assemble_work.h"

#include <string.h>

static void count_owners(struct assembly *w)
{
    const struct leaf *last = NULL;
    for (size_t i = 0; i < w->n_leaves; i++) {
        const struct leaf *l = w->by_owner[i];
        if (!leaf_counts(l) || l->role == ROLE_COVER)
            continue;
        bool new_household =
            !last || strcmp(last->household, l->household) != 0;
        w->sum.households += new_household;
        w->sum.children +=
            *l->child && (new_household || strcmp(last->child, l->child) != 0);
        last = l;
    }
    for (size_t i = 0; i < w->n_leaves; i++)
        w->sum.joined += w->leaves[i].seq > 0;
}

static bool run(struct assembly *w)
{
    if (!assemble_load(w))
        return false;
    assemble_covers(w);
    assemble_owners(w);
    assemble_sheets(w);
    if (!assemble_joins(w))
        return false;
    assemble_ranks(w);
    if (!assemble_values(w))
        return false;
    assemble_papers(w);
    count_owners(w);
    return assemble_store(w);
}

bool assemble(struct case_db *db, const struct dictionary *dict,
              const struct assemble_options *options,
              struct assemble_summary *out, struct diag *d)
{
    struct assembly w = {.db = db,
                         .dict = dict,
                         .deadline = options->deadline,
                         .policy = options->policy,
                         .registry = options->registry,
                         .postal = options->postal,
                         .facilities = options->facilities,
                         .mem = ARENA_INIT,
                         .d = d};
    if (!case_begin(db, d))
        return false;
    w.strings = strings_new(&w.mem);
    bool ok = case_end(db, run(&w), d);
    if (ok && out)
        *out = w.sum;
    arena_release(&w.mem);
    return ok;
}
