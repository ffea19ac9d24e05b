/*
 * docs/rules.md keeps its word: its last chapter is what the program's tables
 * say, its rule files load and pass their examples, its mistakes are told as
 * it says.
 */
#include "core/buf.h"
#include "report/rules_reference.h"
#include "scoring/points/rules_test.h"
#include "tests/points_help.h"

#define MANUAL "docs/rules.md"

static struct arena mem;
static struct dictionary dict;
static const char *manual;

static int setup(void **state)
{
    (void)state;
    struct diag d = DIAG_INIT;
    size_t len;
    help_dictionary(&dict, &mem);
    manual = file_read(MANUAL, 1 << 20, &mem, &len, &d);
    diag_release(&d);
    return manual ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&mem);
    return 0;
}

static void its_last_chapter_is_what_the_tables_say(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    rules_reference_write(&dict, LANG_JA, &out);
    size_t len = strlen(manual);
    assert_true(len > out.len);
    if (strcmp(manual + len - out.len, out.bytes) != 0)
        fail_msg(MANUAL " does not end with what `nyusho rules reference` "
                        "prints: replace its last chapter");
    buf_release(&out);
}

/* ---- its rule files ---- */

static bool has_key(const char *text, const char *key)
{
    size_t len = strlen(key);
    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, key, len) == 0 && line[len] == ':')
            return true;
    }
    return false;
}

/* Sections that a part of a file leaves out. */
static const struct {
    const char *key, *text;
} missing[] = {
    {"format", "format: nyusho-rules/1\n"},
    {"id", "id: part\n"},
    {"title", "title: 手引きの一部\n"},
    {"source", "source: {document: 手引き, year: 2027, pages: \"1\"}\n"},
    {"hours", "hours: {weeks_per_month: 4}\n"},
    {"order", "order: [lottery]\n"},
};

static const char *whole_file(const char *part)
{
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < COUNT(missing); i++)
        if (!has_key(part, missing[i].key))
            buf_text(&out, missing[i].text);
    buf_text(&out, part);
    if (!has_key(part, "guardian") && !has_key(part, "household"))
        buf_text(&out,
                 "child: {adjust: [{id: one, wording: 一, points: 1}]}\n");
    const char *text = arena_strdup(&mem, out.bytes);
    buf_release(&out);
    return text;
}

struct block {
    const char *mistake; /* the check that it must be told; NULL: none */
    const char *text;
    int line;
};

/* The next ```yaml block; false at the end. */
static bool next_block(const char **at, int *line, struct block *out)
{
    static const char fence[] = "```yaml", mistake[] = " 誤り=";
    for (const char *p = *at; *p;) {
        size_t len = strcspn(p, "\n");
        const char *body = p + len + 1;
        ++*line;
        if (strncmp(p, fence, strlen(fence)) == 0) {
            const char *end = strstr(body, "```");
            assert_non_null(end);
            const char *info = p + strlen(fence);
            out->mistake = NULL;
            if (strncmp(info, mistake, strlen(mistake)) == 0)
                out->mistake =
                    arena_copy(&mem, info + strlen(mistake),
                               (size_t)(p + len - info) - strlen(mistake));
            out->text = arena_copy(&mem, body, (size_t)(end - body));
            out->line = *line;
            *at = body;
            return true;
        }
        p += len + (p[len] == '\n');
    }
    return false;
}

/* A file of examples beside 浦添市's rules. */
static bool examples_hold(const struct block *b)
{
    static const char path[] = "rules/urasoe-r8.yaml";
    struct diag d = DIAG_INIT;
    struct ruleset rs;
    struct rules_report report;
    size_t len;
    const char *text = file_read(path, 1 << 20, &mem, &len, &d);
    bool ok = text && ruleset_load(&rs, text, len, path, &dict, &mem, &d);
    rs.examples = rs.examples_with = NULL;
    ok = ok && ruleset_add_examples(&rs, b->text, strlen(b->text), "block.yaml",
                                    &mem, &d);
    ok = ok && ruleset_test(&rs, &report, &mem, &d);
    if (!ok)
        help_print(&d);
    diag_release(&d);
    return ok;
}

static bool is_examples(const struct block *b)
{
    static const char head[] = "format: nyusho-examples/1\n";
    return strncmp(b->text, head, sizeof head - 1) == 0;
}

static bool block_holds(const struct block *b, bool *tested)
{
    struct diag d = DIAG_INIT;
    struct ruleset rs;
    struct rules_report report;
    const char *text = whole_file(b->text);
    bool ok =
        ruleset_load(&rs, text, strlen(text), "block.yaml", &dict, &mem, &d);
    *tested = ok && rs.examples;
    if (b->mistake)
        ok = !ok && d.errors == 1 && diag_has(&d, b->mistake);
    else if (*tested)
        ok = ruleset_test(&rs, &report, &mem, &d);
    if (!ok) {
        print_error(MANUAL ":%d%s%s:\n%s\n", b->line,
                    b->mistake ? " should be told " : "",
                    b->mistake ? b->mistake : "", text);
        help_print(&d);
    }
    diag_release(&d);
    return ok;
}

static void its_rule_files_hold(void **state)
{
    (void)state;
    int line = 0, n_tested = 0, n_mistakes = 0, wrong = 0;
    struct block b;
    for (const char *at = manual; next_block(&at, &line, &b);) {
        bool tested;
        wrong += !(is_examples(&b) ? (tested = examples_hold(&b))
                                   : block_holds(&b, &tested));
        n_tested += tested;
        n_mistakes += b.mistake != NULL;
    }
    assert_int_equal(wrong, 0);
    assert_true(n_tested >= 9);
    assert_true(n_mistakes >= 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_last_chapter_is_what_the_tables_say),
        cmocka_unit_test(its_rule_files_hold),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
