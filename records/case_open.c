/* Opening and closing case.db. */
#include "records/case_internal.h"

#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How long to wait for another program's step: longer than any page takes,
 * shorter than a person's patience. */
#define BUSY_MS 2000

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

/* What the first bytes say, before SQLite does anything with the file: 16 of
 * any database, the page size at 16, our number at 68. */
struct head {
    bool database;
    uint32_t page_size, application;
    off_t size; /* of the file */
};

static struct head read_head(const char *path)
{
    unsigned char b[72] = {0};
    struct stat s = {.st_size = 0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 || fstat(fd, &s) != 0 ? 0 : read(fd, b, sizeof b);
    if (fd >= 0)
        close(fd);
    uint32_t page = (uint32_t)b[16] << 8 | b[17];
    return (struct head){
        .database = n == (ssize_t)sizeof b && page &&
                    memcmp(b, "SQLite format 3", 16) == 0,
        .page_size = page == 1 ? 65536 : page,
        .application = (uint32_t)b[68] << 24 | (uint32_t)b[69] << 16 |
                       (uint32_t)b[70] << 8 | b[71],
        .size = s.st_size,
    };
}

/* The file has mode 0600 before SQLite makes its own beside it: those take the
 * mode of this one. Somebody else's file is left alone. */
static bool make_private(const struct case_db *db, struct diag *d)
{
    struct head h = read_head(db->path);
    if (db->mode == CASE_READ || !h.database ||
        h.application != CASE_APPLICATION_ID)
        return true;
    return chmod(db->path, 0600) == 0 || errno == EPERM ||
           db_fail_at(db->path, SQLITE_IOERR, errno, d);
}

/* "file:" URI of the path: only letters that mean themselves stay. What follows
 * two strokes would be a host. */
static char *file_uri(const char *path, const char *options, struct arena *a)
{
    char *out = arena_alloc(a, strlen(path) * 3 + strlen(options) + 8);
    char *to = out + sprintf(out, *path == '/' ? "file://" : "file:");
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

/* Cut short within a page: SQLite would fill it up with zeros. While there is
 * a log the file may still grow. */
static bool is_whole(struct case_db *db, struct diag *d)
{
    struct head h = read_head(db->path);
    return !h.database || has_log(db) || h.size % h.page_size == 0 ||
           db_fail_at(db->path, SQLITE_CORRUPT, 0, d);
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
    /* Without the last a REPLACE would get around the locks of appended tables.
     */
    return db_exec(db,
                   "PRAGMA trusted_schema=OFF; PRAGMA foreign_keys=ON;"
                   "PRAGMA cell_size_check=ON; PRAGMA recursive_triggers=ON",
                   d);
}

/* Nothing is written to a file before it is known to be ours. */
static bool set_up(struct case_db *db, const char *folder, struct diag *d)
{
    struct case_migration steps[CASE_VERSION];
    case_steps(steps);
    bool write = db->mode != CASE_READ;
    return (db->mode != CASE_CREATE || access(db->path, F_OK) == 0 ||
            case_make(db, steps, CASE_VERSION, d)) &&
           is_whole(db, d) && make_private(db, d) && connect(db, folder, d) &&
           case_identify(db, steps, CASE_VERSION, d) &&
           (!write ||
            db_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
                    d)) &&
           case_migrate(db, steps, CASE_VERSION, d) &&
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
    if (check_access(db, folder, d) && set_up(db, folder, d))
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
