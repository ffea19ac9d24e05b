/* Opening, closing, statements and messages of case.db. */
#include "records/case_internal.h"

#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How long to wait for another program's step: longer than any page takes,
 * shorter than a person's patience. */
#define BUSY_MS 2000

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

/* ── opening ────────────────────────────────────────────────────────────── */

static bool missing(const char *path, struct diag *d)
{
    return diag_error(d, POS_FILE(path), "case-missing",
                      "募集回のデータベースがありません。nyusho init "
                      "で作った募集回のフォルダーを指定してください",
                      "there is no database of a case here; name a folder "
                      "made by nyusho init");
}

static bool unreadable(const char *path, struct diag *d)
{
    return diag_error(d, POS_FILE(path), "case-unreadable",
                      "読む権限がありません。募集回を作った利用者で実行するか、"
                      "管理者に権限を頼んでください",
                      "no permission to read it; run as the user who made the "
                      "case or ask for the right");
}

/* Says what the system would only say later, and less clearly. */
static bool check_access(const struct case_db *db, const char *folder,
                         struct diag *d)
{
    bool there = access(db->path, F_OK) == 0;
    if (!there && errno == EACCES)
        return unreadable(db->path, d);
    if (!folder_exists(folder) || (!there && db->mode != CASE_CREATE))
        return missing(db->path, d);
    if (there && access(db->path, R_OK) != 0)
        return unreadable(db->path, d);
    if (db->mode == CASE_READ)
        return true;
    if (access(folder, W_OK | X_OK) != 0 ||
        (there && access(db->path, W_OK) != 0))
        return db_fail_at(db->path, SQLITE_READONLY, 0, d);
    return true;
}

/* The file exists with mode 0600 before SQLite makes its own beside it: those
 * take the mode of this one. */
static bool make_private(const struct case_db *db, struct diag *d)
{
    if (db->mode == CASE_READ)
        return true;
    int fd = open(db->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return db_fail_at(db->path, SQLITE_CANTOPEN, errno, d);
    bool ok = fchmod(fd, 0600) == 0 || errno == EPERM;
    close(fd);
    return ok || db_fail_at(db->path, SQLITE_IOERR, errno, d);
}

/* "file:" URI of the path: only letters that mean themselves stay. */
static char *file_uri(const char *path, const char *options, struct arena *a)
{
    char *out = arena_alloc(a, strlen(path) * 3 + strlen(options) + 8);
    char *to = out + sprintf(out, "file:");
    for (const char *p = path; *p; p++)
        to += strchr("?#%", *p) ? sprintf(to, "%%%02X", (unsigned)*p)
                                : sprintf(to, "%c", *p);
    strcpy(to, options);
    return out;
}

/* A log that was not folded in must be read too, and that needs writing. */
static bool has_log(struct case_db *db)
{
    struct stat s;
    const char *log = arena_printf(&db->mem, "%s-wal", db->path);
    return stat(log, &s) == 0 && s.st_size > 0;
}

static bool connect(struct case_db *db, const char *folder, struct diag *d)
{
    bool read = db->mode == CASE_READ;
    bool frozen = read && access(folder, W_OK) != 0 && !has_log(db);
    int flags = read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    int code = sqlite3_open_v2(
        file_uri(db->path, frozen ? "?immutable=1" : "", &db->mem), &db->sql,
        flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK || !db->sql)
        return db_fail_at(db->path, code, 0, d);
    sqlite3_extended_result_codes(db->sql, 1);
    sqlite3_busy_timeout(db->sql, BUSY_MS);
    sqlite3_db_config(db->sql, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    return db_exec(db,
                   "PRAGMA trusted_schema=OFF; PRAGMA foreign_keys=ON;"
                   "PRAGMA cell_size_check=ON",
                   d);
}

static bool set_up(struct case_db *db, struct diag *d)
{
    if (db->mode != CASE_READ &&
        !db_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", d))
        return false;
    struct case_migration steps[CASE_VERSION];
    case_steps(steps);
    return case_migrate(db, steps, CASE_VERSION, d) &&
           case_schema_check(db, steps, CASE_VERSION, d);
}

struct case_db *case_open(const char *folder, enum case_mode mode,
                          struct case_stamp stamp, struct diag *d)
{
    struct case_db *db = calloc(1, sizeof *db);
    if (!db) {
        fputs("nyusho: out of memory\n", stderr);
        exit(3);
    }
    db->mem = ARENA_INIT;
    db->mode = mode;
    db->path = path_join(&db->mem, folder, "case.db");
    db->by = arena_strdup(&db->mem, stamp.by ? stamp.by : "");
    db->at = arena_strdup(&db->mem, stamp.at ? stamp.at : "");
    if (check_access(db, folder, d) && make_private(db, d) &&
        connect(db, folder, d) && set_up(db, d))
        return db;
    case_close(db);
    return NULL;
}

void case_close(struct case_db *db)
{
    if (!db)
        return;
    sqlite3_close(db->sql);
    arena_release(&db->mem);
    free(db);
}
