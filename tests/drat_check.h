/*
 * Checks a proof without any of the program's code and without a solver: a CNF
 * in DIMACS, a DRAT proof as text. Forward: every clause of the proof must
 * follow from those before it by unit propagation (RUP), or be redundant on
 * its first literal (RAT); deletions are honoured but those of unit clauses;
 * in the end stands the empty clause.
 */
#ifndef NYUSHO_TESTS_DRAT_CHECK_H
#define NYUSHO_TESTS_DRAT_CHECK_H

#include <stdbool.h>

/* Both texts end with NUL. *line: of the proof, where it fails; 0 when it ends
 * without the empty clause or the CNF cannot be read. */
bool drat_check(const char *cnf, const char *proof, int *line);

#endif
