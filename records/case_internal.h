/*
 * Inside case.db: the connection, statements, the schema, and what the
 * case_*.c files and assemble_store.c share. Nobody else includes this.
 *
 *     struct query q = query_open(db, "SELECT text FROM answer WHERE doubt=?",
 *                                 d);
 *     query_bind(&q, "t", id);
 *     while (query_row(&q))
 *         use(query_text(&q, 0, a));
 *     return query_close(&q);
 */
#ifndef NYUSHO_RECORDS_CASE_INTERNAL_H
#define NYUSHO_RECORDS_CASE_INTERNAL_H

#include "records/case_db.h"

#include <sqlite3.h>

struct case_db {
    sqlite3 *sql;
    const char *path; /* of case.db, for messages */
    const char *by, *at;
    enum case_mode mode;
    int depth;   /* of case_begin() */
    bool failed; /* something inside was not ok */
    struct arena mem;
};

/* The message for the connection's last error. Returns false. */
bool db_fail(struct case_db *db, struct diag *d);
bool db_fail_at(const char *path, int code, int number, struct diag *d);
bool db_exec(struct case_db *db, const char *sql, struct diag *d);

struct query {
    struct case_db *db;
    sqlite3_stmt *s;
    struct diag *d;
    bool ok;
};
struct query query_open(struct case_db *db, const char *sql, struct diag *d);
/* One letter a parameter: t text (NULL is ""), i int, l int64_t. Texts must
 * stay until the statement is run. */
void query_bind(struct query *q, const char *types, ...);
/* True while there is a row. */
bool query_row(struct query *q);
bool query_close(struct query *q); /* whether all went well */
/* Bind, run to the end, close. */
bool query_run(struct query *q, const char *types, ...);
/* Runs a statement again: after query_bind(), before query_close(). */
bool query_again(struct query *q);
const char *query_text(const struct query *q, int column, struct arena *a);
int query_int(const struct query *q, int column);
int64_t query_long(const struct query *q, int column);
/* A number below `n`, for an enum; anything else ends the query with
 * "case-damaged" and gives 0. */
int query_choice(struct query *q, int column, int n);
/* One number; 0 and *ok = false on failure. */
int64_t query_number(struct case_db *db, const char *sql, bool *ok,
                     struct diag *d);

/* Schema (case_schema.c). Steps run in one transaction after a copy of the
 * file. */
struct case_migration {
    int to; /* user_version after it */
    const char *sql;
};
#define CASE_VERSION 1
#define CASE_APPLICATION_ID 0x4e595553 /* NYUS */
/* Those this program knows. */
void case_steps(struct case_migration steps[CASE_VERSION]);
/* Makes db->path, whole or not at all; it may be there by then. */
bool case_make(struct case_db *db, const struct case_migration *steps, size_t n,
               struct diag *d);
/* Is the open file a case, and not of a newer program? Writes nothing. */
bool case_identify(struct case_db *db, const struct case_migration *steps,
                   size_t n, struct diag *d);
/* Brings the open file to the last of `steps`. */
bool case_migrate(struct case_db *db, const struct case_migration *steps,
                  size_t n, struct diag *d);
/* Are the tables exactly what these steps make? "case-damaged": what a dropped
 * trigger or a foreign table leaves. */
bool case_schema_check(struct case_db *db, const struct case_migration *steps,
                       size_t n, struct diag *d);

/* Audit (case_audit.c). One link for rows first..last of an appended table;
 * one for something that has no rows of its own (`content` is its hash). */
bool audit_rows(struct case_db *db, const char *action, const char *table,
                int64_t first, int64_t last, struct diag *d);
bool audit_note(struct case_db *db, const char *action, const char *subject,
                const char *content, struct diag *d);
/* After one row was appended to `table`: its link. */
bool audit_last(struct case_db *db, const char *action, const char *table,
                struct diag *d);
int64_t table_last(struct case_db *db, const char *table, bool *ok,
                   struct diag *d);

/* Values (case_values.c). `list` gets sorted by key, path and source. Appends
 * a row where the current row of that source differs, and, when `retract`, a
 * row that takes back what `sources` (bits) have and the list has not. */
struct value_list {
    struct case_value *items;
    size_t n, capacity;
};
void value_list_add(struct value_list *l, const struct case_value *v,
                    struct arena *a);
bool values_write(struct case_db *db, struct value_list *list, unsigned sources,
                  bool retract, const char *action, size_t *changed,
                  struct diag *d);
/* The newest row of every (key, path, source) of those sources that is not
 * taken back, sorted. */
bool values_current(struct case_db *db, unsigned sources,
                    struct value_list *out, struct arena *a, struct diag *d);
int value_compare(const struct case_value *x, const struct case_value *y);
/* The same without the source. */
int value_compare_place(const struct case_value *x, const struct case_value *y);

/* Room for one more in an arena array that doubles. */
void *list_room(void *items, size_t n, size_t *capacity, size_t size,
                struct arena *a);

/* What assemble puts into the derived tables (case_derived.c). */
struct case_finding {
    enum severity severity;
    const char *place, *check;
    struct label what;
};
bool derived_clear(struct case_db *db, struct diag *d);
bool derived_put_doubt(struct case_db *db, const struct case_doubt *doubt,
                       const char *form, int form_page, int order,
                       struct diag *d);
bool derived_put_document(struct case_db *db, const struct case_document *doc,
                          struct diag *d);
bool derived_put_join(struct case_db *db, const struct case_join *join,
                      struct diag *d);
bool derived_put_finding(struct case_db *db, const struct case_finding *f,
                         struct diag *d);

#endif
