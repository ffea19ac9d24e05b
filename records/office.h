/*
 * office.csv 庁内情報: what no form says (arrears, fee class, welfare,
 * refusals, waiting since, current enrolment …). One wide table:
 *
 *     世帯番号,児童番号,人番号,滞納額,保育料階層,地域型卒園,時点,出典
 *     000123,,,0,4,,2026-11-30,収納課
 *     000123,0001,,,,はい,2026-12-01,保育課
 *
 * 児童番号 and 人番号 say whose the row's child, guardian, cohabitant, job and
 * reason values are; 連番, where there is such a column, of which job or reason
 * (else the first). Every other column is
 * headed by a label or a path of the dictionary; where a label stands in
 * several scopes only the path tells which. 時点 and 出典 belong to every value
 * of the row. An empty cell is unknown and is not given out.
 */
#ifndef NYUSHO_RECORDS_OFFICE_H
#define NYUSHO_RECORDS_OFFICE_H

#include "records/record.h"

/* One value. Texts are borrowed until the call returns. The text is already
 * known to parse by value_parse(). False stops the reading. */
typedef bool (*office_value_fn)(void *context, const struct field *f,
                                const struct row_key *key, const char *text,
                                const char *as_of, const char *source,
                                struct pos at);

/* Calls `take` for every cell that is not empty, row by row, left to right.
 * Nothing is given out unless the whole file is good. Errors: CSV ones,
 * "missing-column" (世帯番号, 時点, 出典), "unknown-column" (with the nearest;
 * a column of another scope, too), "ambiguous-column" (a label of two scopes),
 * "key-missing" (a child's value without 児童番号 …), "bad-key", "bad-date" and
 * "source-missing" (時点 or 出典 of a row that has values), "office-twice" (two
 * rows give one value differently), value_parse()'s. */
bool office_load(const struct dictionary *dict, const char *bytes, size_t len,
                 const char *name, office_value_fn take, void *context,
                 struct diag *d);

#endif
