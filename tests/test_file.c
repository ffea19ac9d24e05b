#include "core/file.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
    struct arena mem;
    char dir[64];
};

static int enter(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    (void)snprintf(p->dir, sizeof p->dir, "/tmp/nyusho-file-XXXXXX");
    *state = p;
    return mkdtemp(p->dir) ? 0 : -1;
}

static void remove_tree(struct arena *a, const char *path)
{
    size_t n = 0;
    char **names = folder_exists(path) ? folder_list(path, a, &n, NULL) : NULL;
    for (size_t i = 0; i < n; i++)
        remove_tree(a, path_join(a, path, names[i]));
    (void)remove(path);
}

static int leave(void **state)
{
    struct place *p = *state;
    remove_tree(&p->mem, p->dir);
    arena_release(&p->mem);
    free(p);
    return 0;
}

static const char *in(struct place *p, const char *name)
{
    return path_join(&p->mem, p->dir, name);
}

static void what_is_written_is_read(void **state)
{
    struct place *p = *state;
    struct diag d = DIAG_INIT;
    static const struct {
        const char *bytes;
        size_t len;
    } rows[] = {{"", 0}, {"a\0b", 3}, {"保育所\n", 10}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t len = 99;
        const char *path = in(p, "家庭.csv");
        assert_true(file_write_atomic(path, rows[i].bytes, rows[i].len, &d));
        char *bytes = file_read(path, 100, &p->mem, &len, &d);
        assert_non_null(bytes);
        assert_int_equal(len, rows[i].len);
        assert_memory_equal(bytes, rows[i].bytes, len);
        assert_int_equal(bytes[len], '\0');
    }
    assert_int_equal(d.n, 0);
}

static void nobody_else_may_read(void **state)
{
    struct place *p = *state;
    struct stat st;
    mode_t before = umask(0);
    assert_true(file_write_atomic(in(p, "f"), "x", 1, NULL));
    assert_true(folder_make(in(p, "a/b"), NULL));
    umask(before);
    assert_int_equal(stat(in(p, "f"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(stat(in(p, "a"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);

    /* a temporary file left by a run that was killed, open to all */
    char *temp =
        arena_printf(&p->mem, "%s.tmp-%ld", in(p, "g"), (long)getpid());
    FILE *left = fopen(temp, "w");
    assert_non_null(left);
    (void)fclose(left);
    assert_int_equal(chmod(temp, 0666), 0);
    assert_true(file_write_atomic(in(p, "g"), "x", 1, NULL));
    assert_int_equal(stat(in(p, "g"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void reading_says_what_is_wrong(void **state)
{
    struct place *p = *state;
    assert_true(file_write_atomic(in(p, "five"), "12345", 5, NULL));
    assert_int_equal(mkfifo(in(p, "pipe"), 0600), 0);
    const struct {
        const char *name, *check;
        size_t cap;
    } rows[] = {
        {"none", "unreadable-file", 10}, {"five/x", "unreadable-file", 10},
        {"", "not-a-file", 10},          {"pipe", "not-a-file", 10},
        {"five", "file-too-large", 4},   {"five", NULL, 5},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct diag d = DIAG_INIT;
        size_t len;
        char *bytes =
            file_read(in(p, rows[i].name), rows[i].cap, &p->mem, &len, &d);
        if (rows[i].check) {
            assert_null(bytes);
            assert_int_equal(d.n, 1);
            assert_string_equal(d.items[0].check, rows[i].check);
        } else {
            assert_non_null(bytes);
        }
        diag_release(&d);
    }
}

/* The old file is whole and nothing else is left in the folder. */
static void assert_only(struct place *p, const char *name, const char *bytes)
{
    size_t n, len;
    char **names = folder_list(p->dir, &p->mem, &n, NULL);
    assert_int_equal(n, 1);
    assert_string_equal(names[0], name);
    char *now = file_read(in(p, name), 100, &p->mem, &len, NULL);
    assert_string_equal(now, bytes);
}

static void a_failed_write_leaves_the_old_file(void **state)
{
    struct place *p = *state;
    struct diag d = DIAG_INIT;
    const char *path = in(p, "out.csv");
    assert_true(file_write_atomic(path, "old", 3, &d));

    struct rlimit was, small = {2, 2};
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
    small.rlim_max = was.rlim_max;
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool ok = file_write_atomic(path, "newer", 5, &d);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
    assert_false(ok);
    assert_int_equal(d.n, 1);
    assert_string_equal(d.items[0].check, "unwritable-file");
    assert_only(p, "out.csv", "old");
    diag_release(&d);
}

static void unwritable_places_are_named(void **state)
{
    struct place *p = *state;
    assert_true(file_write_atomic(in(p, "f"), "x", 1, NULL));
    const char *const rows[] = {"none/f", "f/f", ""};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct diag d = DIAG_INIT;
        const char *path = in(p, rows[i]);
        assert_false(file_write_atomic(path, "x", 1, &d));
        assert_int_equal(d.n, 1);
        assert_string_equal(d.items[0].check, "unwritable-file");
        assert_string_equal(d.items[0].at.file, path);
        diag_release(&d);
    }
    struct diag d = DIAG_INIT;
    assert_false(folder_make(in(p, "f/sub"), &d));
    assert_true(diag_has(&d, "unwritable-file"));
    diag_release(&d);
    assert_only(p, "f", "x");
}

static void folders_are_made_and_listed(void **state)
{
    struct place *p = *state;
    struct diag d = DIAG_INIT;
    static const char *const made[] = {"b", "a//c/", "a", "園/1", "B"};
    for (size_t i = 0; i < sizeof made / sizeof made[0]; i++) {
        assert_true(folder_make(in(p, made[i]), &d));
        assert_true(folder_exists(in(p, made[i])));
        assert_false(file_exists(in(p, made[i])));
    }
    static const char *const sorted[] = {"B", "a", "b", "園"};
    size_t n;
    char **names = folder_list(p->dir, &p->mem, &n, &d);
    assert_int_equal(n, 4);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(names[i], sorted[i]);
    assert_int_equal(d.n, 0);
    assert_null(folder_list(in(p, "none"), &p->mem, &n, &d));
    assert_true(diag_has(&d, "unreadable-folder"));
    diag_release(&d);
}

static void paths(void **state)
{
    struct place *p = *state;
    assert_string_equal(path_join(&p->mem, "a", "b"), "a/b");
    assert_string_equal(path_join(&p->mem, "a/", "b"), "a/b");
    assert_string_equal(path_join(&p->mem, "/", "b"), "/b");
    assert_string_equal(path_join(&p->mem, "", "b"), "b");
    assert_string_equal(path_name("a/b.csv"), "b.csv");
    assert_string_equal(path_name("b.csv"), "b.csv");
    assert_string_equal(path_name("a/"), "");
    assert_true(folder_make("/", NULL));
    assert_true(folder_make(".", NULL));
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(what_is_written_is_read),
        IN_A_FOLDER(nobody_else_may_read),
        IN_A_FOLDER(reading_says_what_is_wrong),
        IN_A_FOLDER(a_failed_write_leaves_the_old_file),
        IN_A_FOLDER(unwritable_places_are_named),
        IN_A_FOLDER(folders_are_made_and_listed),
        IN_A_FOLDER(paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
