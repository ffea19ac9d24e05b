/* Files of other versions, files that are no case, and who may read ours. */
#include "assemble_help.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct case_stamp stamp = {"sato", "2026-12-01T09:00:00Z"};

static const char *path_of(struct desk *k, const char *suffix)
{
    return arena_printf(&k->mem, "%s/case.db%s", k->folder, suffix);
}

static bool is_there(struct desk *k, const char *suffix)
{
    return access(path_of(k, suffix), F_OK) == 0;
}

static void put_value(struct case_db *db, const char *text, struct diag *d)
{
    struct case_value v = {
        .key = {"000001", "", 0, 0},
        .path = "household.fee_class",
        .state = VALUE_KNOWN,
        .text = text,
        .source = CASE_SOURCE_PERSON,
        .evidence = {.page = "", .raw = "", .why = "", .confidence = -1}};
    assert_true(case_put_value(db, &v, d));
}

/* Refused, in every mode, with this one line. */
static void refused(struct desk *k, const char *check)
{
    static const enum case_mode modes[] = {CASE_READ, CASE_WRITE, CASE_CREATE};
    size_t len, same_len;
    char *before = file_read(path_of(k, ""), 1 << 24, &k->mem, &len, NULL);
    for (size_t i = 0; i < COUNT(modes); i++) {
        diag_release(&k->d);
        k->d = DIAG_INIT;
        struct case_db *db = case_open(k->folder, modes[i], stamp, &k->d);
        case_close(db);
        if (db || k->d.n != 1 || strcmp(k->d.items[0].check, check) != 0) {
            help_print(&k->d);
            fail_msg("mode %zu: opened, or not %s", i, check);
        }
    }
    /* And left as it is. */
    char *after = file_read(path_of(k, ""), 1 << 24, &k->mem, &same_len, NULL);
    assert_int_equal(len, same_len);
    assert_memory_equal(before, after, len);
    assert_false(is_there(k, "-wal"));
    assert_false(is_there(k, ".version-1"));
}

static void put_file(struct desk *k, const char *bytes, size_t len)
{
    int fd = open(path_of(k, ""), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    assert_true(fd >= 0 && write(fd, bytes, len) == (ssize_t)len);
    assert_int_equal(fchmod(fd, 0644), 0);
    close(fd);
}

static void run_sql(struct desk *k, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path_of(k, ""), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void close_desk(struct desk *k)
{
    case_close(k->db);
    k->db = NULL;
}

/* ── versions ───────────────────────────────────────────────────────────── */

/* As version 1 made it, without any of this program's code. */
static void a_version_1_file_opens(void **state)
{
    struct desk *k = *state;
    size_t len;
    close_desk(k);
    unlink(path_of(k, ""));
    const char *sql =
        file_read("records/schema/1.sql", 1 << 20, &k->mem, &len, &k->d);
    run_sql(k, sql);
    run_sql(k, "PRAGMA user_version=1; PRAGMA application_id=1314477395");
    for (int i = 0; i < 2; i++) {
        k->db = case_open(k->folder, i ? CASE_READ : CASE_WRITE, stamp, &k->d);
        assert_non_null(k->db);
        if (!i)
            put_value(k->db, "1", &k->d);
        assert_string_equal(desk_value(k, "000001", "household.fee_class"),
                            "1");
        assert_true(case_audit_check(k->db, NULL, &k->d));
        close_desk(k);
    }
}

static void a_newer_file_is_refused(void **state)
{
    struct desk *k = *state;
    close_desk(k);
    run_sql(k, "PRAGMA journal_mode=DELETE; PRAGMA user_version=2");
    refused(k, "case-newer");
}

static const struct case_migration steps[] = {
    {1, ""},
    {2, "CREATE TABLE extra(id INTEGER PRIMARY KEY, note TEXT) STRICT"},
    {3, "INSERT INTO extra VALUES(1,'made by 3')"},
};

static int64_t number_in(struct desk *k, const char *suffix, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *s;
    assert_int_equal(
        sqlite3_open_v2(path_of(k, suffix), &db, SQLITE_OPEN_READONLY, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    int64_t n = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
    sqlite3_finalize(s);
    sqlite3_close(db);
    return n;
}

static void a_copy_is_made_before_a_migration(void **state)
{
    struct desk *k = *state;
    struct stat s;
    put_value(k->db, "1", &k->d);
    assert_true(case_migrate(k->db, steps, 3, &k->d));
    assert_true(case_schema_check(k->db, steps, 3, NULL) == false);
    assert_int_equal(number_in(k, "", "PRAGMA user_version"), 3);
    assert_int_equal(number_in(k, "", "SELECT count(*) FROM extra"), 1);
    /* The copy is what it was, whole, and for the same eyes only. */
    assert_int_equal(number_in(k, ".version-1", "PRAGMA user_version"), 1);
    assert_int_equal(number_in(k, ".version-1", "PRAGMA application_id"),
                     CASE_APPLICATION_ID);
    assert_int_equal(number_in(k, ".version-1", "SELECT count(*) FROM value"),
                     1);
    assert_int_equal(stat(path_of(k, ".version-1"), &s), 0);
    assert_int_equal(s.st_mode & 0777, 0600);
    assert_false(is_there(k, ".version-1.part"));
    /* It opens as a case when it is put back. */
    close_desk(k);
    assert_int_equal(rename(path_of(k, ".version-1"), path_of(k, "")), 0);
    k->db = case_open(k->folder, CASE_WRITE, stamp, &k->d);
    assert_non_null(k->db);
    assert_string_equal(desk_value(k, "000001", "household.fee_class"), "1");
    assert_true(case_audit_check(k->db, NULL, &k->d));
}

/* All steps or none; what was tried before does not stand in for a copy. */
static void a_migration_that_fails_changes_nothing(void **state)
{
    struct desk *k = *state;
    static const struct case_migration bad[] = {
        {1, ""},
        {2, "CREATE TABLE extra(id INTEGER PRIMARY KEY)"},
        {3, "INSERT INTO no_such_table VALUES(1)"},
    };
    put_value(k->db, "1", &k->d);
    assert_false(case_migrate(k->db, bad, 3, &k->d));
    assert_int_equal(number_in(k, "", "PRAGMA user_version"), 1);
    assert_int_equal(number_in(k, "",
                               "SELECT count(*) FROM sqlite_schema WHERE "
                               "name='extra'"),
                     0);
    /* Work goes on with the old program; then it is migrated after all. */
    put_value(k->db, "2", &k->d);
    assert_true(case_migrate(k->db, steps, 3, &k->d));
    assert_int_equal(number_in(k, ".version-1", "SELECT count(*) FROM value"),
                     2);
}

static void reading_does_not_migrate(void **state)
{
    struct desk *k = *state;
    close_desk(k);
    k->db = case_open(k->folder, CASE_READ, stamp, &k->d);
    assert_false(case_migrate(k->db, steps, 3, &k->d));
    assert_true(diag_has(&k->d, "case-older"));
    assert_false(is_there(k, ".version-1"));
}

/* ── no case ────────────────────────────────────────────────────────────── */

static void somebody_elses_database_is_left_alone(void **state)
{
    struct desk *k = *state;
    struct stat s;
    static const char *const others[] = {
        "CREATE TABLE t(x)",
        "PRAGMA user_version=1; CREATE TABLE value(x)",
        "PRAGMA application_id=1314477395; CREATE TABLE t(x)",
        "PRAGMA user_version=0; PRAGMA application_id=7",
    };
    close_desk(k);
    for (size_t i = 0; i < COUNT(others); i++) {
        unlink(path_of(k, ""));
        run_sql(k, others[i]);
        assert_int_equal(chmod(path_of(k, ""), 0644), 0);
        refused(k, "case-damaged");
        assert_int_equal(stat(path_of(k, ""), &s), 0);
        if (i != 2) /* that one says it is ours */
            assert_int_equal(s.st_mode & 0777, 0644);
    }
}

static void what_is_no_database_is_refused(void **state)
{
    struct desk *k = *state;
    char noise[4096];
    close_desk(k);
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)(i * 167 + (i >> 4));
    static const size_t lengths[] = {0, 1, 15, 16, 99, 100, 512, 4096};
    for (size_t i = 0; i < COUNT(lengths); i++) {
        put_file(k, noise, lengths[i]);
        refused(k, "case-damaged");
    }
    put_file(k, "疑義番号,正しい値\n", 27);
    refused(k, "case-damaged");
}

/* Cut short anywhere: refused, never opened as an empty case. */
static void a_truncated_file_is_refused(void **state)
{
    struct desk *k = *state;
    size_t len;
    put_value(k->db, "1", &k->d);
    close_desk(k);
    run_sql(k, "PRAGMA journal_mode=DELETE");
    char *whole = file_read(path_of(k, ""), 1 << 24, &k->mem, &len, &k->d);
    const size_t cuts[] = {0,    50,      100,          1000,       4096,
                           5000, len / 2, len / 2 + 17, len - 4096, len - 1};
    for (size_t i = 0; i < COUNT(cuts); i++) {
        put_file(k, whole, cuts[i]);
        refused(k, "case-damaged");
    }
    put_file(k, whole, len);
    k->db = case_open(k->folder, CASE_WRITE, stamp, &k->d);
    assert_non_null(k->db);
}

/* A page in the middle overwritten: an error line from whoever meets it. */
static void a_damaged_page_is_met_without_harm(void **state)
{
    struct desk *k = *state;
    size_t len;
    for (int i = 0; i < 40; i++)
        put_value(k->db, arena_printf(&k->mem, "%d", i), &k->d);
    close_desk(k);
    run_sql(k, "PRAGMA journal_mode=DELETE");
    char *whole = file_read(path_of(k, ""), 1 << 24, &k->mem, &len, &k->d);
    for (size_t at = 4096; at < len; at += 4096) {
        char *copy = arena_copy(&k->mem, whole, len);
        memset(copy + at, 0x5a, 4096);
        put_file(k, copy, len);
        struct diag d = DIAG_INIT;
        struct case_db *db = case_open(k->folder, CASE_WRITE, stamp, &d);
        struct record_set set;
        record_set_init(&set, &k->dict);
        bool ok = db && case_load_records(db, NULL, 0, &set, true, &d) &&
                  case_audit_check(db, NULL, &d);
        assert_int_equal(ok, d.errors == 0);
        record_set_release(&set);
        case_close(db);
        diag_release(&d);
    }
}

static void a_case_that_is_not_there(void **state)
{
    struct desk *k = *state;
    close_desk(k);
    unlink(path_of(k, ""));
    assert_null(case_open(k->folder, CASE_READ, stamp, &k->d));
    assert_null(case_open(k->folder, CASE_WRITE, stamp, &k->d));
    assert_null(
        case_open("/tmp/nyusho-no-such-folder", CASE_CREATE, stamp, &k->d));
    assert_int_equal(k->d.n, 3);
    for (int i = 0; i < 3; i++)
        assert_string_equal(k->d.items[i].check, "case-missing");
    assert_false(is_there(k, ""));
}

/* ── names and modes ────────────────────────────────────────────────────── */

static void strange_folder_names(void **state)
{
    struct desk *k = *state;
    static const char *const names[] = {"a b",  "100%",  "a?b#c",
                                        "見本", "a%20b", "x:y"};
    for (size_t i = 0; i < COUNT(names); i++) {
        const char *folder = path_join(&k->mem, k->folder, names[i]);
        /* Also with two strokes before it. */
        const char *given = arena_printf(&k->mem, "/%s", folder);
        assert_int_equal(mkdir(folder, 0700), 0);
        struct case_db *db = case_open(given, CASE_CREATE, stamp, &k->d);
        if (!db)
            help_print(&k->d);
        assert_non_null(db);
        case_close(db);
        assert_int_equal(unlink(arena_printf(&k->mem, "%s/case.db", folder)),
                         0);
        /* Nothing else was made, here or anywhere. */
        assert_int_equal(rmdir(folder), 0);
    }
}

static void only_the_owner_reads_it(void **state)
{
    struct desk *k = *state;
    static const char *const files[] = {"", "-wal", "-shm"};
    struct stat s;
    mode_t before = umask(0);
    desk_clear(k);
    for (int round = 0; round < 2; round++) {
        put_value(k->db, round ? "2" : "1", &k->d);
        for (size_t i = 0; i < COUNT(files); i++) {
            assert_int_equal(stat(path_of(k, files[i]), &s), 0);
            assert_int_equal(s.st_mode & 0777, 0600);
        }
        close_desk(k);
        /* Put back from a copy by somebody careless. */
        assert_int_equal(chmod(path_of(k, ""), 0664), 0);
        k->db = case_open(k->folder, CASE_WRITE, stamp, &k->d);
        assert_non_null(k->db);
    }
    umask(before);
}

static void two_programs_at_once(void **state)
{
    struct desk *k = *state;
    struct case_db *other = case_open(k->folder, CASE_CREATE, stamp, &k->d);
    assert_non_null(other);
    put_value(k->db, "1", &k->d);
    put_value(other, "2", &k->d);
    assert_true(case_audit_check(k->db, NULL, &k->d));
    case_close(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK(a_version_1_file_opens),
        DESK(a_newer_file_is_refused),
        DESK(a_copy_is_made_before_a_migration),
        DESK(a_migration_that_fails_changes_nothing),
        DESK(reading_does_not_migrate),
        DESK(somebody_elses_database_is_left_alone),
        DESK(what_is_no_database_is_refused),
        DESK(a_truncated_file_is_refused),
        DESK(a_damaged_page_is_met_without_harm),
        DESK(a_case_that_is_not_there),
        DESK(strange_folder_names),
        DESK(only_the_owner_reads_it),
        DESK(two_programs_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
