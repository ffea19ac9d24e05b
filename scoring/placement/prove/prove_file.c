#include "scoring/placement/prove/prove_file.h"

#include "core/file.h"
#include "scoring/placement/prove/prove_ask.h"
#include "scoring/placement/prove/prove_map.h"

#include <stdio.h>
#include <string.h>

/* Counting n children to k takes n * k clauses and more; beyond this a file
 * grows past a gigabyte. */
#define COUNT_MAX 20000000

/* Entries that may block are counted so many at a time, then the counts. With
 * one blocking entry in all, that it is among these is refuted first, one set
 * after another: the rest of the market is held to what is stable then, and
 * each step is short (1,500 children: not done in eight minutes otherwise). */
#define COUNTED_TOGETHER 2000

struct writing {
    const struct market *m;
    const struct prove_result *r;
    const char *prefix;
    int conflicts;
    struct diag *d;
    struct arena mem;
    struct prove_view v;
    struct prove_rest rest;
    struct prove_clauses c;
    struct buf guides; /* int: cases to refute before the whole question */
};

/* At most so many of the literals; true where that is always so. */
static void at_most(struct writing *w, const struct buf *literals, size_t most)
{
    int *sum;
    size_t n =
        formula_sum(&w->c.formula, (const int *)(const void *)literals->bytes,
                    literals->len / sizeof(int), most + 1, &sum, &w->mem);
    if (n > most)
        formula_clause(&w->c.formula, (int[]){-sum[most]}, 1);
}

static void allow_blocking(struct writing *w, size_t most)
{
    struct buf all = BUF_INIT, counts = BUF_INIT;
    for (size_t e = 0; e < w->v.n_entries; e++)
        if (w->c.blocks[e])
            buf_add(&all, &w->c.blocks[e], sizeof(int));
    const int *blocks = (const int *)(const void *)all.bytes;
    size_t n = all.len / sizeof(int);
    buf_clear(&w->guides);
    for (size_t i = 0; i < n; i += COUNTED_TOGETHER) {
        size_t some = n - i < COUNTED_TOGETHER ? n - i : COUNTED_TOGETHER;
        int *sum;
        size_t length = formula_sum(&w->c.formula, blocks + i, some, most + 1,
                                    &sum, &w->mem);
        buf_add(&counts, sum, length * sizeof *sum);
        if (most == 1)
            buf_add(&w->guides, sum, sizeof *sum);
    }
    at_most(w, &counts, most);
    buf_release(&counts);
    buf_release(&all);
}

static size_t find_unplaced(struct writing *w, struct buf *unplaced)
{
    size_t never = 0;
    for (size_t c = 0; c < w->m->n_children; c++) {
        int literal = -w->c.placed[c];
        never += literal == LIT_TRUE;
        if (literal != LIT_TRUE && literal != LIT_FALSE)
            buf_add(unplaced, &literal, sizeof literal);
    }
    return never;
}

static bool write_cnf(struct writing *w, const char *path)
{
    const struct formula *f = &w->c.formula;
    const int *literals = (const int *)(const void *)f->literals.bytes;
    size_t n = f->literals.len / sizeof *literals;
    struct buf text = BUF_INIT;
    buf_printf(&text, "p cnf %d %zu\n", f->n_variables, f->n_clauses);
    for (size_t i = 0; i < n; i++)
        buf_printf(&text, literals[i] ? "%d " : "%d\n", literals[i]);
    bool ok = file_write_atomic(path, text.bytes, text.len, w->d);
    buf_release(&text);
    return ok;
}

static bool cannot_write(struct writing *w, const char *path)
{
    return diag_error(w->d, POS_FILE(path), "unwritable-file", "書き込めません",
                      "cannot be written");
}

/* The solver anew, and its steps into the file. */
static bool refute(struct writing *w, const char *drat,
                   enum prove_file_state *state)
{
    const char *growing = arena_printf(&w->mem, "%s.part", drat);
    struct sat *s = sat_open();
    size_t from = 0;
    if (!sat_trace(s, growing)) {
        sat_close(s);
        return cannot_write(w, drat);
    }
    formula_load(&w->c.formula, &from, s);
    int limit = prove_own_limit(w->c.formula.n_clauses);
    if (w->conflicts > 0 && w->conflicts < limit)
        limit = w->conflicts;
    const int *guides = (const int *)(const void *)w->guides.bytes;
    for (size_t i = 0; i < w->guides.len / sizeof *guides; i++) {
        sat_assume(s, guides[i]);
        sat_solve(s, limit);
    }
    enum sat_answer answer = sat_solve(s, limit);
    sat_close(s);
    *state = answer == SAT_NO ? PROOF_WRITTEN : PROOF_LIMITED;
    if (answer == SAT_NO)
        return rename(growing, drat) == 0 || cannot_write(w, drat);
    remove(growing);
    return true;
}

static bool write_pair(struct writing *w, const char *name,
                       enum prove_file_state *state)
{
    const char *cnf = arena_printf(&w->mem, "%s.%s.cnf", w->prefix, name);
    const char *drat = arena_printf(&w->mem, "%s.%s.drat", w->prefix, name);
    bool ok = refute(w, drat, state);
    if (ok && *state == PROOF_WRITTEN)
        ok = write_cnf(w, cnf);
    return ok;
}

/* The market alone: every entry may block. The same numbers each time, as the
 * map gives them; sums come after them. */
static void build(struct writing *w)
{
    formula_release(&w->c.formula);
    clauses_build(&w->v, &w->rest, true, &w->c, &w->mem);
    clauses_placed(&w->v, &w->rest, &w->c, &w->mem);
}

static bool write_blocking(struct writing *w, enum prove_file_state *state)
{
    *state = PROOF_VOID;
    if (w->r->blocking_low == 0)
        return true;
    build(w);
    allow_blocking(w, w->r->blocking_low - 1);
    return write_pair(w, "blocking", state);
}

static bool write_placed(struct writing *w, enum prove_file_state *state)
{
    struct buf unplaced = BUF_INIT;
    bool ok = true;
    build(w);
    allow_blocking(w, w->r->blocking_low);
    size_t never = find_unplaced(w, &unplaced);
    size_t least = w->m->n_children - w->r->placed_high;
    *state = least == never ? PROOF_VOID : PROOF_TOO_LARGE;
    if (least > never &&
        unplaced.len / sizeof(int) * (least - never) <= COUNT_MAX) {
        at_most(w, &unplaced, least - never - 1);
        ok = write_pair(w, "placed", state);
    }
    buf_release(&unplaced);
    return ok;
}

static bool write_map(struct writing *w)
{
    struct buf text = BUF_INIT;
    build(w);
    map_write(w->m, &w->c, &text);
    const char *path = arena_printf(&w->mem, "%s.map.json", w->prefix);
    bool ok = file_write_atomic(path, text.bytes, text.len, w->d);
    buf_release(&text);
    return ok;
}

bool prove_write(const struct market *m, const struct prove_result *r,
                 const char *prefix, int conflicts, struct prove_files *out,
                 struct diag *d)
{
    struct writing w = {.m = m,
                        .r = r,
                        .prefix = prefix,
                        .conflicts = conflicts,
                        .d = d,
                        .mem = ARENA_INIT,
                        .guides = BUF_INIT};
    w.c.formula = FORMULA_INIT;
    view_build(m, &w.v, &w.mem);
    bool *soft = ARENA_ARRAY(&w.mem, bool, m->n_families);
    memset(soft, true, m->n_families * sizeof *soft);
    reduce_market(&w.v, soft, ANY_BUDGET, NULL, &w.rest, &w.mem);
    bool ok = write_blocking(&w, &out->blocking) &&
              write_placed(&w, &out->placed) && write_map(&w);
    buf_release(&w.guides);
    formula_release(&w.c.formula);
    arena_release(&w.mem);
    return ok;
}
