/* nyusho rules format, show, reference at the command line: what is printed,
 * what is written, the exit status. */
#include "cli/cli.h"
#include "core/file.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena mem;
static char folder[] = "/tmp/nyusho-verbs-XXXXXX";
static const char *untidy, *printed;

static const char untidy_text[] =
    "format:   nyusho-rules/1\n"
    "id: small # name\n"
    "title: 小さな表\n"
    "source: {document: 基準表,year: 2027, pages: \"1\"}\n"
    "child:\n"
    "    adjust:\n"
    "    - {id: twin, wording: 多胎児, when: multiple_birth, points: 2}\n"
    "order: [lottery]\n";
static const char tidy_text[] =
    "format: nyusho-rules/1\n"
    "id: small # name\n"
    "title: 小さな表\n"
    "source: {document: 基準表, year: 2027, pages: \"1\"}\n"
    "child:\n"
    "  adjust:\n"
    "    - {id: twin, wording: 多胎児, when: multiple_birth, points: 2}\n"
    "order: [lottery]\n";

static int setup(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    untidy = path_join(&mem, folder, "rules.yaml");
    printed = path_join(&mem, folder, "printed");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unlink(untidy);
    unlink(printed);
    rmdir(folder);
    arena_release(&mem);
    return 0;
}

/* Runs `nyusho rules …` with both outputs in a file; the status. */
static int run(const char *const *words, size_t n)
{
    char *argv[12] = {arena_strdup(&mem, "nyusho"),
                      arena_strdup(&mem, "rules")};
    for (size_t i = 0; i < n; i++)
        argv[2 + i] = arena_strdup(&mem, words[i]);
    fflush(stdout);
    int out = dup(1), err = dup(2);
    int file = open(printed, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(file, 1);
    dup2(file, 2);
    int status = cli_main((int)n + 2, argv);
    fflush(stdout);
    fflush(stderr);
    dup2(out, 1);
    dup2(err, 2);
    close(out);
    close(err);
    close(file);
    return status;
}
#define RUN(...)                            \
    run((const char *const[]){__VA_ARGS__}, \
        sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *))

static const char *text_of(const char *path)
{
    struct diag d = DIAG_INIT;
    size_t len;
    const char *text = file_read(path, 1 << 20, &mem, &len, &d);
    diag_release(&d);
    assert_non_null(text);
    return text;
}

static void write_untidy(const char *text)
{
    assert_true(file_write_atomic(untidy, text, strlen(text), NULL));
}

static void format_prints_checks_and_writes(void **state)
{
    (void)state;
    write_untidy(untidy_text);
    assert_int_equal(RUN("format", untidy), EXIT_DONE);
    assert_string_equal(text_of(printed), tidy_text);
    assert_int_equal(RUN("format", "--check", untidy), EXIT_FINDINGS);
    assert_string_equal(text_of(untidy), untidy_text);
    assert_int_equal(RUN("format", "--write", untidy), EXIT_DONE);
    assert_string_equal(text_of(untidy), tidy_text);
    assert_int_equal(RUN("format", "--check", untidy), EXIT_DONE);
    assert_int_equal(RUN("format", "--json", "--check", untidy), EXIT_DONE);
    assert_string_equal(text_of(printed), "{\"formatted\":true}\n");
}

static void what_cannot_be_formatted_stays(void **state)
{
    static const char broken[] = "id: [1\n";
    (void)state;
    write_untidy(broken);
    assert_int_equal(RUN("format", "--write", untidy), EXIT_INPUT);
    assert_string_equal(text_of(untidy), broken);
    assert_non_null(strstr(text_of(printed), "yaml-syntax"));
}

static void show_takes_a_file_or_a_shipped_set(void **state)
{
    (void)state;
    write_untidy(tidy_text);
    assert_int_equal(RUN("show", untidy), EXIT_DONE);
    assert_non_null(strstr(text_of(printed), "多胎児が「はい」"));
    assert_int_equal(RUN("show", "haebaru-r8", "--html", "--lang", "en"),
                     EXIT_DONE);
    assert_non_null(strstr(text_of(printed), "<html lang=\"en\">"));
    assert_non_null(strstr(text_of(printed), "Base points (each guardian)"));
    write_untidy("format: nyusho-rules/1\n");
    assert_int_equal(RUN("show", untidy), EXIT_INPUT);
}

static void the_reference_needs_no_file(void **state)
{
    (void)state;
    assert_int_equal(RUN("reference"), EXIT_DONE);
    assert_non_null(strstr(text_of(printed), "| `hours_month` |"));
}

static void a_wrong_verb_is_told_the_right_ones(void **state)
{
    (void)state;
    assert_int_equal(RUN("fromat", untidy), EXIT_INPUT);
    assert_non_null(strstr(text_of(printed), "format FILE"));
    assert_int_equal(RUN("show"), EXIT_INPUT);
    assert_non_null(strstr(text_of(printed), "unknown-verb"));
    assert_int_equal(RUN("reference", untidy), EXIT_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(format_prints_checks_and_writes),
        cmocka_unit_test(what_cannot_be_formatted_stays),
        cmocka_unit_test(show_takes_a_file_or_a_shipped_set),
        cmocka_unit_test(the_reference_needs_no_file),
        cmocka_unit_test(a_wrong_verb_is_told_the_right_ones),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
