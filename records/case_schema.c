/*
 * The schema of case.db and its migrations. To add a version: schema/<n>.sql
 * with what changes, its name in records/CMakeLists.txt, CASE_VERSION, and a
 * case in tests/test_case_migrate.c. A file that was shipped never changes. A
 * column added to an appended table would change the hashes of its old rows:
 * put it into a table of its own.
 */
#include "records/case_internal.h"

#include "core/embedded.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern const struct embedded_file case_schema_files[];

void case_steps(struct case_migration steps[CASE_VERSION])
{
    for (int i = 0; i < CASE_VERSION; i++) {
        char name[24];
        snprintf(name, sizeof name, "%d.sql", i + 1);
        const struct embedded_file *f = embedded_find(case_schema_files, name);
        assert(f);
        steps[i] = (struct case_migration){i + 1, f->bytes};
    }
}

static bool damaged(struct case_db *db, struct diag *d)
{
    return db_fail_at(db->path, SQLITE_NOTADB, 0, d);
}

/* Makes `path` as an empty file of mode 0600 that SQLite may fill. */
static bool make_empty(const char *path)
{
    unlink(path);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return fd >= 0 && close(fd) == 0;
}

static bool sync_path(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool ok = fsync(fd) == 0 || errno == EINVAL;
    int saved = errno;
    close(fd);
    errno = saved;
    return ok;
}

/* The folder, so that a name in it outlives a power cut. */
static bool sync_name(struct case_db *db, const char *path)
{
    char *folder = arena_strdup(&db->mem, path);
    char *stroke = strrchr(folder, '/');
    if (stroke)
        stroke[stroke == folder] = '\0';
    return sync_path(stroke ? folder : ".");
}

/* The file as it is, beside it, whole or not at all. An earlier copy, of a
 * migration that did not come to its end, gives way. */
static bool keep_copy(struct case_db *db, int version, struct diag *d)
{
    const char *copy =
        arena_printf(&db->mem, "%s.version-%d", db->path, version);
    const char *part = arena_printf(&db->mem, "%s.part", copy);
    bool ok = make_empty(part) || db_fail_at(part, SQLITE_CANTOPEN, errno, d);
    if (ok) {
        struct query q = query_open(db, "VACUUM INTO ?", d);
        ok = query_run(&q, "t", part);
    }
    /* Another program may have migrated before the copy was taken. */
    bool same =
        ok && query_number(db, "PRAGMA user_version", &ok, d) == version;
    if (!ok || !same) {
        unlink(part);
        return ok;
    }
    return (sync_path(part) && rename(part, copy) == 0 &&
            sync_name(db, copy)) ||
           db_fail_at(copy, SQLITE_IOERR, errno, d);
}

static bool run_steps(struct case_db *db, const struct case_migration *steps,
                      size_t n, struct diag *d)
{
    if (!case_begin(db, d))
        return false;
    /* Another program may have migrated while we waited. */
    bool ok = true;
    int64_t version = query_number(db, "PRAGMA user_version", &ok, d);
    for (size_t i = 0; i < n && ok; i++) {
        if (steps[i].to <= version)
            continue;
        char pragma[80];
        snprintf(pragma, sizeof pragma,
                 "PRAGMA user_version=%d; PRAGMA application_id=%d",
                 steps[i].to, CASE_APPLICATION_ID);
        ok = db_exec(db, steps[i].sql, d) && db_exec(db, pragma, d);
    }
    return case_end(db, ok, d);
}

/* A new file gets its name when it is whole; whoever was faster is the one. */
static bool give_name(struct case_db *db, const char *part, struct diag *d)
{
    bool named = link(part, db->path) == 0 || errno == EEXIST;
    /* Not every file system knows links. */
    if (!named && access(db->path, F_OK) != 0)
        named = rename(part, db->path) == 0;
    return (named && sync_name(db, db->path)) ||
           db_fail_at(db->path, SQLITE_IOERR, errno, d);
}

bool case_make(struct case_db *db, const struct case_migration *steps, size_t n,
               struct diag *d)
{
    const char *part =
        arena_printf(&db->mem, "%s.%ld.part", db->path, (long)getpid());
    struct case_db new = {
        .path = db->path, .mode = CASE_CREATE, .mem = ARENA_INIT};
    bool ok = make_empty(part) || db_fail_at(part, SQLITE_CANTOPEN, errno, d);
    if (ok) {
        int code = sqlite3_open(part, &new.sql);
        ok = (code == SQLITE_OK || db_fail_at(db->path, code, 0, d)) &&
             run_steps(&new, steps, n, d);
        sqlite3_close(new.sql);
    }
    ok = ok && (sync_path(part) || db_fail_at(part, SQLITE_IOERR, errno, d)) &&
         give_name(db, part, d);
    unlink(part);
    arena_release(&new.mem);
    return ok;
}

bool case_identify(struct case_db *db, const struct case_migration *steps,
                   size_t n, struct diag *d)
{
    bool ok = true;
    int64_t version = query_number(db, "PRAGMA user_version", &ok, d);
    int64_t ours = ok ? query_number(db, "PRAGMA application_id", &ok, d) : 0;
    if (!ok)
        return false;
    if (version < 1 || ours != CASE_APPLICATION_ID)
        return damaged(db, d);
    if (version > steps[n - 1].to)
        return diag_error(d, POS_FILE(db->path), "case-newer",
                          "新しい版のプログラムで作られています（版 %d、この"
                          "プログラムは %d まで）。新しい版で開いてください",
                          "was made by a newer program (version %d, this one "
                          "knows %d); open it with that one",
                          (int)version, steps[n - 1].to);
    return true;
}

bool case_migrate(struct case_db *db, const struct case_migration *steps,
                  size_t n, struct diag *d)
{
    bool ok = case_identify(db, steps, n, d);
    int64_t version = ok ? query_number(db, "PRAGMA user_version", &ok, d) : 0;
    if (!ok || version == steps[n - 1].to)
        return ok;
    if (db->mode == CASE_READ)
        return diag_error(d, POS_FILE(db->path), "case-older",
                          "古い版のままで、読むだけでは開けません。nyusho read "
                          "などを一度実行してください",
                          "is of an older version and cannot be opened for "
                          "reading only; run nyusho read once");
    return keep_copy(db, (int)version, d) && run_steps(db, steps, n, d);
}

/* ── is it still ours? ──────────────────────────────────────────────────── */

static const char *schema_text(struct case_db *db, struct arena *a,
                               struct diag *d)
{
    struct query q = query_open(
        db,
        "SELECT group_concat(sql,';') FROM (SELECT sql FROM sqlite_schema "
        "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
        "ORDER BY type,name)",
        d);
    const char *text = query_row(&q) ? query_text(&q, 0, a) : "";
    return query_close(&q) ? text : NULL;
}

bool case_schema_check(struct case_db *db, const struct case_migration *steps,
                       size_t n, struct diag *d)
{
    struct case_db model = {.path = db->path, .mem = ARENA_INIT};
    bool ok = sqlite3_open(":memory:", &model.sql) == SQLITE_OK;
    for (size_t i = 0; i < n && ok; i++)
        ok = db_exec(&model, steps[i].sql, d);
    const char *ours = ok ? schema_text(&model, &model.mem, d) : NULL;
    const char *theirs = ok ? schema_text(db, &model.mem, d) : NULL;
    ok = ours && theirs &&
         (strcmp(ours, theirs) == 0 ||
          diag_error(d, POS_FILE(db->path), "case-damaged",
                     "データベースの作りがほかのプログラムで変えられています。"
                     "控えから戻してください",
                     "the tables of the database were changed by another "
                     "program; restore it from a copy"));
    sqlite3_close(model.sql);
    arena_release(&model.mem);
    return ok;
}
