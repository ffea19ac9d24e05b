#include "scoring/placement/prove/prove_clauses.h"

#include "scoring/placement/prove/prove_count.h"

#include <stdlib.h>

struct making {
    const struct prove_view *v;
    const struct prove_rest *r;
    struct prove_clauses *c;
    struct formula *f;
    struct prove_counts counts;
};

static void make_ladder(struct making *w, int32_t family)
{
    const struct prove_family *f = &w->v->families[family];
    size_t last = 0;
    int before = LIT_FALSE;
    for (size_t e = 0; e < f->n; e++)
        last = w->r->alive[f->first + e] ? e : last;
    for (size_t e = 0; e < f->n; e++) {
        int now = before;
        if (e == last)
            now = LIT_TRUE;
        else if (w->r->alive[f->first + e])
            now = formula_new(
                w->f, (struct variable){VAR_BETTER, family, (int32_t)e, 0, 0});
        if (now != before)
            formula_clause(w->f, (int[]){-before, now}, 2);
        w->c->better[f->first + e] = before = now;
    }
}

/* Entries that stand together and put a child at one place. */
struct run {
    int32_t bid;
    int literal;
};

static int by_bid(const void *x, const void *y)
{
    const struct run *a = x, *b = y;
    if (a->bid != b->bid)
        return a->bid < b->bid ? -1 : 1;
    return (a->literal > b->literal) - (a->literal < b->literal);
}

/* The runs of one child; with `any_place` every place is the same one. */
static size_t find_runs(struct making *w, int32_t family, size_t column,
                        bool any_place, struct run *runs)
{
    const struct prove_family *f = &w->v->families[family];
    size_t n = 0;
    int32_t now = NO_BID;
    int before = LIT_FALSE, end = LIT_FALSE; /* of the run at hand */
    size_t last = 0;
    for (size_t e = 0; e <= f->n; e++) {
        if (e < f->n && !w->r->alive[f->first + e])
            continue;
        int32_t bid =
            e < f->n ? view_entry_bids(w->v, family, e)[column] : NO_BID;
        if (any_place && bid != NO_BID)
            bid = 0;
        if (bid != now && now != NO_BID)
            runs[n++] = (struct run){
                now, formula_both(w->f, end, -before,
                                  (struct variable){VAR_HOLDS, family,
                                                    (int32_t)last, 0, 0})};
        if (bid != now)
            before = end;
        now = bid;
        last = e;
        end = e < f->n ? w->c->better[f->first + e] : LIT_TRUE;
    }
    return n;
}

static void seat_children(struct making *w, int32_t family, struct run *runs,
                          int *literals)
{
    const struct market_family *f = &w->v->m->families[family];
    for (size_t k = 0; k < f->n_children; k++) {
        size_t n = find_runs(w, family, k, false, runs);
        if (n)
            qsort(runs, n, sizeof *runs, by_bid);
        for (size_t i = 0, end; i < n; i = end) {
            for (end = i; end < n && runs[end].bid == runs[i].bid; end++)
                literals[end - i] = runs[end].literal;
            struct variable says = {VAR_SEATED, f->children[k],
                                    w->v->bids[runs[i].bid].facility, 0, 0};
            w->c->seated[runs[i].bid] =
                formula_any(w->f, literals, end - i, says);
        }
    }
}

static size_t longest_list(const struct prove_view *v)
{
    size_t most = 0;
    for (size_t i = 0; i < v->m->n_families; i++)
        most = v->families[i].n > most ? v->families[i].n : most;
    return most;
}

static void keep_seats(struct making *w, int32_t facility)
{
    const struct prove_view *v = w->v;
    for (size_t g = v->seats.first[facility]; g < v->seats.first[facility + 1];
         g++) {
        const struct seat_group *group = &v->seats.groups[g];
        if (count_bids(&w->counts, facility, group->classes) <=
            (size_t)group->max)
            continue;
        for (size_t b = v->site[facility]; b < v->site[facility + 1]; b++) {
            if (w->r->support[b] == 0 || !view_in_group(v, group, (int32_t)b))
                continue;
            int full = count_before(&w->counts, group->classes, group->max,
                                    (int32_t)b, group->max);
            formula_clause(w->f, (int[]){-w->c->seated[b], -full}, 2);
        }
    }
}

/* Which entries may block is said once more for the whole household. */
static int let_block(struct making *w, int32_t family, size_t entry)
{
    int *household = &w->c->blocked[family];
    if (!w->r->soft[family])
        return LIT_FALSE;
    if (!*household)
        *household =
            formula_new(w->f, (struct variable){VAR_BLOCKED, family, 0, 0, 0});
    int literal = formula_new(
        w->f, (struct variable){VAR_BLOCKS, family, (int32_t)entry, 0, 0});
    formula_clause(w->f, (int[]){-literal, *household}, 2);
    return literal;
}

static void keep_stable(struct making *w, int32_t family, struct buf *clause)
{
    const struct prove_family *f = &w->v->families[family];
    counts_next_family(&w->counts, family);
    for (size_t e = 0; e + 1 < f->n; e++) {
        size_t entry = f->first + e;
        int better = w->c->better[entry];
        if (!w->r->may_block[entry] || better == LIT_TRUE)
            continue;
        buf_clear(clause);
        buf_add(clause, &better, sizeof better);
        if (!count_turned_away(&w->counts, e, clause))
            continue;
        int blocks = let_block(w, family, e);
        if (blocks != LIT_FALSE)
            w->c->blocks[entry] = blocks;
        buf_add(clause, &blocks, sizeof blocks);
        formula_clause(w->f, (const int *)(const void *)clause->bytes,
                       clause->len / sizeof(int));
    }
}

void clauses_build(const struct prove_view *v, const struct prove_rest *r,
                   bool keep_names, struct prove_clauses *out, struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    struct buf clause = BUF_INIT;
    *out = (struct prove_clauses){.formula = FORMULA_INIT};
    out->formula.keep_names = keep_names;
    struct making w = {.v = v, .r = r, .c = out, .f = &out->formula};
    out->better = ARENA_ARRAY(a, int, v->n_entries);
    out->blocks = ARENA_ARRAY(a, int, v->n_entries);
    out->blocked = ARENA_ARRAY(a, int, v->m->n_families);
    out->seated = ARENA_ARRAY(a, int, v->n_bids);
    struct run *runs = ARENA_ARRAY(&scratch, struct run, longest_list(v));
    int *literals = ARENA_ARRAY(&scratch, int, longest_list(v));
    for (size_t b = 0; b < v->n_bids; b++)
        out->seated[b] = LIT_FALSE;
    for (size_t i = 0; i < v->m->n_families; i++)
        make_ladder(&w, (int32_t)i);
    for (size_t i = 0; i < v->m->n_families; i++)
        seat_children(&w, (int32_t)i, runs, literals);
    counts_open(&w.counts, v, r, out->seated, w.f, &scratch);
    for (size_t f = 0; f < v->m->n_facilities; f++)
        keep_seats(&w, (int32_t)f);
    for (size_t i = 0; i < v->m->n_families; i++)
        keep_stable(&w, (int32_t)i, &clause);
    counts_close(&w.counts);
    buf_release(&clause);
    arena_release(&scratch);
}

void clauses_placed(const struct prove_view *v, const struct prove_rest *r,
                    struct prove_clauses *c, struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    struct making w = {.v = v, .r = r, .c = c, .f = &c->formula};
    struct run *runs = ARENA_ARRAY(&scratch, struct run, longest_list(v));
    int *literals = ARENA_ARRAY(&scratch, int, longest_list(v));
    c->placed = ARENA_ARRAY(a, int, v->m->n_children);
    for (size_t i = 0; i < v->m->n_families; i++) {
        const struct market_family *f = &v->m->families[i];
        for (size_t k = 0; k < f->n_children; k++) {
            int32_t child = f->children[k];
            size_t n = find_runs(&w, (int32_t)i, k, true, runs);
            for (size_t j = 0; j < n; j++)
                literals[j] = runs[j].literal;
            c->placed[child] =
                v->m->children[child].current != MARKET_NONE
                    ? LIT_TRUE
                    : formula_any(
                          w.f, literals, n,
                          (struct variable){VAR_PLACED, child, 0, 0, 0});
        }
    }
    arena_release(&scratch);
}

void clauses_read(const struct prove_view *v, const struct prove_rest *r,
                  const struct prove_clauses *c, struct sat *s, size_t *held)
{
    for (size_t i = 0; i < v->m->n_families; i++) {
        const struct prove_family *f = &v->families[i];
        size_t e = r->head[i];
        for (; e + 1 < f->n; e++) {
            int better = c->better[f->first + e];
            if (r->alive[f->first + e] &&
                (better == LIT_TRUE || sat_value(s, better)))
                break;
        }
        held[i] = e;
    }
}
