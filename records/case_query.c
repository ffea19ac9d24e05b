/* Statements, steps and messages of case.db. */
#include "records/case_internal.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* What SQLite says, in a clerk's words. To add one: a row. */
static const struct {
    int code; /* primary result code */
    const char *check;
    struct label what;
} failures[] = {
    {SQLITE_READONLY,
     "case-read-only",
     {"書き込みできません（読み取り専用です）。フォルダーの権限を確かめてくださ"
      "い",
      "cannot be written (read-only); check the folder's permissions"}},
    {SQLITE_PERM,
     "case-read-only",
     {"書き込みできません（権限がありません）",
      "cannot be written (no permission)"}},
    {SQLITE_FULL,
     "disk-full",
     {"ディスクに空きがありません。空きを作って、もう一度実行してください",
      "the disk is full; make room and run the command again"}},
    {SQLITE_BUSY,
     "case-busy",
     {"ほかの処理がこの募集回に書き込み中です。終わってから実行してください",
      "another program is writing to this case; try again when it is done"}},
    {SQLITE_LOCKED,
     "case-busy",
     {"ほかの処理がこの募集回を使用中です。終わってから実行してください",
      "another program is using this case; try again when it is done"}},
    {SQLITE_NOTADB,
     "case-damaged",
     {"募集回のデータベースではありません。控えから戻してください",
      "is not the database of a case; restore it from a copy"}},
    {SQLITE_CORRUPT,
     "case-damaged",
     {"データベースが壊れています。控えから戻してください",
      "the database is damaged; restore it from a copy"}},
};

bool db_fail_at(const char *path, int code, int number, struct diag *d)
{
    if (number == ENOSPC || number == EDQUOT)
        code = SQLITE_FULL;
    else if ((code & 0xff) == SQLITE_CANTOPEN || number == EROFS)
        code = SQLITE_READONLY;
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++)
        if (failures[i].code == (code & 0xff))
            return diag_label(d, POS_FILE(path), failures[i].check,
                              failures[i].what);
    return diag_error(
        d, POS_FILE(path), "case-io", "データベースを読み書きできません（%s）",
        "the database cannot be read or written (%s)", sqlite3_errstr(code));
}

bool db_fail(struct case_db *db, struct diag *d)
{
    db->failed = true;
    int code = sqlite3_extended_errcode(db->sql);
    bool system =
        (code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN;
    return db_fail_at(db->path, code,
                      system ? sqlite3_system_errno(db->sql) : 0, d);
}

bool db_exec(struct case_db *db, const char *sql, struct diag *d)
{
    return sqlite3_exec(db->sql, sql, NULL, NULL, NULL) == SQLITE_OK ||
           db_fail(db, d);
}

/* ── statements ─────────────────────────────────────────────────────────── */

struct query query_open(struct case_db *db, const char *sql, struct diag *d)
{
    struct query q = {.db = db, .d = d, .ok = true};
    /* A full disk ends the transaction by itself: what would follow must not
     * be kept on its own. The message was given then. */
    if (db->depth > 0 && sqlite3_get_autocommit(db->sql))
        q.ok = false;
    else if (sqlite3_prepare_v2(db->sql, sql, -1, &q.s, NULL) != SQLITE_OK)
        q.ok = db_fail(db, d);
    return q;
}

static void bind_all(struct query *q, const char *types, va_list args)
{
    if (!q->ok)
        return;
    sqlite3_reset(q->s);
    int code = SQLITE_OK;
    for (int i = 1; *types && code == SQLITE_OK; i++, types++) {
        if (*types == 't') {
            const char *text = va_arg(args, const char *);
            code =
                sqlite3_bind_text(q->s, i, text ? text : "", -1, SQLITE_STATIC);
        } else if (*types == 'i') {
            code = sqlite3_bind_int(q->s, i, va_arg(args, int));
        } else {
            code = sqlite3_bind_int64(q->s, i, va_arg(args, int64_t));
        }
    }
    if (code != SQLITE_OK)
        q->ok = db_fail(q->db, q->d);
}

void query_bind(struct query *q, const char *types, ...)
{
    va_list args;
    va_start(args, types);
    bind_all(q, types, args);
    va_end(args);
}

bool query_row(struct query *q)
{
    if (!q->ok)
        return false;
    int code = sqlite3_step(q->s);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        q->ok = db_fail(q->db, q->d);
    return false;
}

bool query_close(struct query *q)
{
    sqlite3_finalize(q->s);
    q->s = NULL;
    return q->ok;
}

bool query_again(struct query *q)
{
    while (query_row(q))
        continue;
    return q->ok;
}

bool query_run(struct query *q, const char *types, ...)
{
    va_list args;
    va_start(args, types);
    bind_all(q, types, args);
    va_end(args);
    query_again(q);
    return query_close(q);
}

const char *query_text(const struct query *q, int column, struct arena *a)
{
    const char *text = (const char *)sqlite3_column_text(q->s, column);
    return text && *text ? arena_strdup(a, text) : "";
}

int query_int(const struct query *q, int column)
{
    return sqlite3_column_int(q->s, column);
}

int64_t query_long(const struct query *q, int column)
{
    return sqlite3_column_int64(q->s, column);
}

int query_choice(struct query *q, int column, int n)
{
    sqlite3_int64 value = sqlite3_column_int64(q->s, column);
    if (value >= 0 && value < n)
        return (int)value;
    q->db->failed = true;
    q->ok = db_fail_at(q->db->path, SQLITE_CORRUPT, 0, q->d);
    return 0;
}

int64_t query_number(struct case_db *db, const char *sql, bool *ok,
                     struct diag *d)
{
    struct query q = query_open(db, sql, d);
    int64_t n = query_row(&q) ? query_long(&q, 0) : 0;
    if (!query_close(&q))
        *ok = false;
    return n;
}

/* ── steps ──────────────────────────────────────────────────────────────── */

bool case_begin(struct case_db *db, struct diag *d)
{
    if (db->depth == 0) {
        db->failed = false;
        /* For a reader: one moment of the case throughout. */
        if (!db_exec(db, db->mode == CASE_READ ? "BEGIN" : "BEGIN IMMEDIATE",
                     d))
            return false;
    }
    db->depth++;
    return true;
}

bool case_end(struct case_db *db, bool ok, struct diag *d)
{
    db->failed = db->failed || !ok;
    if (--db->depth > 0)
        return ok;
    if (!db->failed && db_exec(db, "COMMIT", d))
        return true;
    /* A full disk rolls back by itself; a second ROLLBACK does no harm. */
    sqlite3_exec(db->sql, "ROLLBACK", NULL, NULL, NULL);
    return false;
}
