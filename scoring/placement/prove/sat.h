/*
 * A door to the SAT solver (CaDiCaL): clauses in, yes or no out. Literals are
 * numbers as in DIMACS: 3 is variable 3, -3 its opposite.
 *
 *     struct sat *s = sat_open();
 *     sat_clause(s, (int[]){1, -2}, 2);
 *     sat_assume(s, 2);
 *     if (sat_solve(s, 0) == SAT_YES && sat_value(s, 1)) …
 *     sat_close(s);
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PROVE_SAT_H
#define NYUSHO_SCORING_PLACEMENT_PROVE_SAT_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sat;
enum sat_answer { SAT_OPEN, SAT_YES, SAT_NO };

struct sat *sat_open(void);
void sat_close(struct sat *s); /* NULL is harmless */
/* Writes every step to the file (DRAT as text) from here on; before the first
 * clause. False when the file cannot be written. */
bool sat_trace(struct sat *s, const char *path);
void sat_clause(struct sat *s, const int *literals, size_t n);
/* For the next question only. */
void sat_assume(struct sat *s, int literal);
/* Try this value first when a decision is free. */
void sat_prefer(struct sat *s, int literal);
/* SAT_OPEN after `conflicts` of them; 0: no limit. */
enum sat_answer sat_solve(struct sat *s, int conflicts);
/* After SAT_YES: what the literal is. */
bool sat_value(struct sat *s, int literal);
/* After SAT_NO: was this assumption needed? */
bool sat_failed(struct sat *s, int literal);

#ifdef __cplusplus
}
#endif

#endif
