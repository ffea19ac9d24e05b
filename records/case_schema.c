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

/* Makes `path` as an empty file of mode 0600 that VACUUM INTO may fill. */
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

/* The file as it was, beside it, whole or not at all. A copy that is already
 * there stays: it is the older one. */
static bool keep_copy(struct case_db *db, int version, struct diag *d)
{
    const char *copy =
        arena_printf(&db->mem, "%s.version-%d", db->path, version);
    const char *part = arena_printf(&db->mem, "%s.part", copy);
    if (access(copy, F_OK) == 0)
        return true;
    if (!make_empty(part))
        return db_fail_at(part, SQLITE_CANTOPEN, errno, d);
    struct query q = query_open(db, "VACUUM INTO ?", d);
    if (!query_run(&q, "t", part)) {
        unlink(part);
        return false;
    }
    return (sync_path(part) && rename(part, copy) == 0) ||
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

bool case_migrate(struct case_db *db, const struct case_migration *steps,
                  size_t n, struct diag *d)
{
    bool ok = true;
    int64_t version = query_number(db, "PRAGMA user_version", &ok, d);
    int64_t ours = ok ? query_number(db, "PRAGMA application_id", &ok, d) : 0;
    int64_t tables =
        ok ? query_number(db, "SELECT count(*) FROM sqlite_schema", &ok, d) : 0;
    if (!ok)
        return false;
    bool fresh = version == 0 && tables == 0;
    if (!fresh && ours != CASE_APPLICATION_ID)
        return damaged(db, d);
    if (version > steps[n - 1].to)
        return diag_error(d, POS_FILE(db->path), "case-newer",
                          "新しい版のプログラムで作られています（版 %d、この"
                          "プログラムは %d まで）。新しい版で開いてください",
                          "was made by a newer program (version %d, this one "
                          "knows %d); open it with that one",
                          (int)version, steps[n - 1].to);
    if (version == steps[n - 1].to)
        return true;
    if (db->mode == CASE_READ)
        return diag_error(d, POS_FILE(db->path), "case-older",
                          "古い版のままで、読むだけでは開けません。nyusho read "
                          "などを一度実行してください",
                          "is of an older version and cannot be opened for "
                          "reading only; run nyusho read once");
    if (!fresh && !keep_copy(db, (int)version, d))
        return false;
    return run_steps(db, steps, n, d);
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
