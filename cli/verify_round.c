/* A later round: what its policy promises, as lines of the table of checks, and
 * what the rebuilding of its market begins with. */
#include "cli/verify_round.h"

#include "cli/verify_run.h"

#include <string.h>

size_t verify_round_lines(struct cli *c, const struct verify_round *v,
                          struct verify_line *out)
{
    size_t n = 0;
    if (!v->later)
        return 0;
    const char **wrong = ARENA_ARRAY(&c->mem, const char *, 1);
    wrong[0] = v->wrong;
    out[n++] = (struct verify_line){
        "earlier-as-written",
        {"前回の結果が、その実行が書いたとおりで、全員がいる",
         "what the earlier run decided is as it wrote it, and nobody is "
         "missing"},
        1,
        v->wrong != NULL,
        wrong,
        v->wrong != NULL};
    for (size_t i = 0; i < N_ROUND_CHECKS; i++) {
        struct diag said = DIAG_INIT;
        if (!(round_checks[i].policies >> v->round.policy & 1U))
            continue;
        size_t checked = round_checks[i].run(&v->round, &said);
        out[n++] = verify_line_make(c, round_checks[i].name,
                                    round_checks[i].title, checked, &said);
        diag_release(&said);
    }
    return n;
}

static bool is_new(const struct checked_child *c)
{
    return c && (c->before == BEFORE_NEW || c->before == BEFORE_ENROLLED);
}

size_t verify_round_part(const struct verify_round *v, const struct market *m,
                         const struct market_facility *f, bool of_new,
                         const char **out)
{
    size_t n = 0;
    bool apart = v->later && v->round.policy == CHECKED_WAITING_FIRST;
    for (size_t i = 0; i < f->n_priority; i++) {
        const char *id = m->children[f->priority[i]].id;
        if ((apart && is_new(verify_round_child(v, id))) == of_new)
            out[n++] = id;
    }
    return n;
}

/* "11", "11#加配": the market's name for the seats. */
static struct rebuilt_seat seat_named(struct cli *c, const char *id,
                                      const struct recompute_context *basis)
{
    size_t len = strcspn(id, "#");
    struct rebuilt_seat seat = {
        facility_find(basis->facilities, arena_copy(&c->mem, id, len)), NULL};
    for (size_t i = 0; id[len] && i < basis->rules->n_special; i++)
        if (strcmp(basis->rules->special[i].seat, id + len + 1) == 0)
            seat.kind = &basis->rules->special[i];
    return seat;
}

struct rebuilt_before *verify_round_before(struct cli *c,
                                           const struct verify_round *v,
                                           const struct recompute_context *b)
{
    const struct record_table *t = &b->set->tables[SCOPE_CHILD];
    if (!v->later)
        return NULL;
    struct rebuilt_before *out =
        ARENA_ARRAY(&c->mem, struct rebuilt_before, t->n_rows);
    for (size_t r = 0; r < t->n_rows; r++) {
        const struct checked_child *x = verify_round_child(v, t->keys[r].child);
        out[r].standing = x->withdraws ? BEFORE_GONE : x->before;
        if (x->had != MARKET_NONE)
            out[r].had =
                seat_named(c, v->round.markets[0]->facilities[x->had].id, b);
    }
    return out;
}
