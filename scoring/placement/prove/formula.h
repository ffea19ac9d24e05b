/*
 * Clauses in the making. Literals are DIMACS numbers; two more stand for what
 * is known, and never reach the solver: a clause with LIT_TRUE is dropped, a
 * LIT_FALSE leaves its clause.
 *
 *     struct formula f = FORMULA_INIT;
 *     int a = formula_new(&f, (struct variable){VAR_HOLDS, 3, 0});
 *     formula_clause(&f, (int[]){a, -b, LIT_FALSE}, 3);
 *     formula_release(&f);
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PROVE_FORMULA_H
#define NYUSHO_SCORING_PLACEMENT_PROVE_FORMULA_H

#include "core/arena.h"
#include "core/buf.h"
#include "scoring/placement/prove/sat.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#define LIT_TRUE INT_MAX
#define LIT_FALSE (-INT_MAX)

/* What a variable says, for the map beside a proof. To add one: a row in
 * variable_kinds (prove_map.c). */
enum variable_kind {
    VAR_BETTER,  /* household a holds entry b or a better one */
    VAR_HOLDS,   /* household a holds entry b, or one of a run ending there */
    VAR_SEATED,  /* child a holds a place at facility b */
    VAR_PLACED,  /* child a holds a place */
    VAR_BLOCKS,  /* entry b of household a may block */
    VAR_RANKED,  /* facility a, classes b (bits): of those down to child c, at
                    least d hold seats */
    VAR_TURNED,  /* facility b turns a child of household a away */
    VAR_BLOCKED, /* household a may have blocking entries */
    VAR_SUM,     /* at least d of a sum */
    N_VARIABLE_KINDS,
};

struct variable {
    enum variable_kind kind;
    int32_t a, b, c, d;
};

struct formula {
    struct buf literals; /* int, 0 after each clause */
    size_t n_clauses;
    int n_variables;
    bool keep_names;  /* fill `names` */
    struct buf names; /* struct variable, by number from 1 */
};
#define FORMULA_INIT ((struct formula){.literals = BUF_INIT, .names = BUF_INIT})

int formula_new(struct formula *f, struct variable says);
void formula_clause(struct formula *f, const int *literals, size_t n);
/* literals[0] when n is 1; else a new variable that says "one of these". */
int formula_any(struct formula *f, const int *literals, size_t n,
                struct variable says);
int formula_both(struct formula *f, int x, int y, struct variable says);
/* Unary sum: result[j] is true when more than j of the literals are, for
 * j < limit; false says nothing. Returns the length, at most n and limit.
 * Owned by the arena. */
size_t formula_sum(struct formula *f, const int *literals, size_t n,
                   size_t limit, int **result, struct arena *a);
/* Hands the clauses over that begin at byte *from, and moves *from. */
void formula_load(const struct formula *f, size_t *from, struct sat *s);
void formula_release(struct formula *f);

#endif
