/* One layout for every YAML file: what is moved, and what stays. */
#include "core/yaml_layout.h"

#include "core/file.h"
#include "core/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

static struct buf laid_out(const char *text, size_t len, const char *name)
{
    struct diag d = DIAG_INIT;
    struct buf out = BUF_INIT;
    if (!yaml_layout(text, len, name, &out, &d))
        buf_clear(&out);
    diag_release(&d);
    return out;
}

static const struct {
    const char *is, *becomes;
} rows[] = {
    /* spaces */
    {"a:   1\nb :  2\n", "a: 1\nb: 2\n"},
    {"a: 1   \n\n\n\nb: 2\n\n\n", "a: 1\n\nb: 2\n"},
    {"\n\n  a: 1\n  b: 2", "a: 1\nb: 2\n"},
    {"a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n"},
    {"\xEF\xBB\xBF"
     "a: 1\n",
     "a: 1\n"},
    {"---\na: 1\n...\n", "a: 1\n"},
    /* depth: blocks and lists two columns deeper */
    {"a:\n      b:\n         c: 1\n", "a:\n  b:\n    c: 1\n"},
    {"a:\n- 1\n- 2\nb: 3\n", "a:\n  - 1\n  - 2\nb: 3\n"},
    {"a:\n-   b: 1\n    c: 2\n-\n    d: 3\n",
     "a:\n  - b: 1\n    c: 2\n  - d: 3\n"},
    {"-   - 1\n    - 2\n-\n- 3\n", "- - 1\n  - 2\n-\n- 3\n"},
    {"a:\n    1\n", "a: 1\n"},
    {"a:\nb: 1\n", "a:\nb: 1\n"},
    {"? a\n: b\n", "a: b\n"},
    /* { } and [ ] */
    {"a: { x: 1,y:   [ 1,2 ] }\n", "a: {x: 1, y: [1, 2]}\n"},
    {"a: {x: ,y: }\n", "a: {x: , y: }\n"},
    {"a: {x:\n}\nb: {x: # one\n, y: 1}\n",
     "a: {x:\n}\nb: {x: , # one\n  y: 1}\n"},
    {"a: [ ]\nb: {\n}\n", "a: []\nb: {\n}\n"},
    {"a: [x: 1, y: 2,]\n", "a: [{x: 1}, {y: 2}]\n"},
    {"a: {x: 1,\n        y: [2,\n  3]\n     }\n",
     "a: {x: 1,\n  y: [2,\n    3]\n}\n"},
    {"a:\n    {x: 1}\n", "a: {x: 1}\n"},
    /* comments */
    {"#one\n\n# two\na: 1    # three\n  # four\nb: 2 # five\n# six\n",
     "#one\n\n# two\na: 1 # three\n# four\nb: 2 # five\n# six\n"},
    {"a: # why\n   - 1 # one\n   # end of a\n# of b\nb: 2\n",
     "a: # why\n  - 1 # one\n  # end of a\n# of b\nb: 2\n"},
    {"a:\n  -   # first\n      x: 1\n  # second\n  - x: 2\n",
     "a:\n  - # first\n    x: 1\n  # second\n  - x: 2\n"},
    {"a: [1,  # one\n   # alone\n 2  # two\n ]\n",
     "a: [1, # one\n  # alone\n  2 # two\n]\n"},
    {"a: [1 # one\n , 2]\n", "a: [1, # one\n  2]\n"},
    {"a: # x\n  1\n", "a: # x\n  1\n"},
    {"a: {b: # x\n  1}\n", "a: {b: # x\n    1}\n"},
    {"a: 1\nb: 'x # y' # z\nc: x#y\n", "a: 1\nb: 'x # y' # z\nc: x#y\n"},
    {"# only\n\n# these\n- a\n", "# only\n\n# these\n- a\n"},
    /* words stay as they were written */
    {"a:  \"x\\ty\"\nb:  'it''s'\nc: ０ 「x」\n",
     "a: \"x\\ty\"\nb: 'it''s'\nc: ０ 「x」\n"},
    {"a:\n    b: \"one\n  two\n\n    three\"\n",
     "a:\n  b: \"one\n    two\n\n    three\"\n"},
    {"a:\n    b: one\n     two\n", "a:\n  b: one\n    two\n"},
    {"a:\n      b: |\n          one\n            two\n\n          three\n\n\n"
     "      c: 1\n",
     "a:\n  b: |\n    one\n      two\n\n    three\n\n  c: 1\n"},
    {"a:\n      - >-2\n          one\n        two\n",
     "a:\n  - >-2\n      one\n    two\n"},
    {"a:\n      b: |+\n       one\n\n\n      c: 1\n",
     "a:\n  b: |+\n    one\n\n\n  c: 1\n"},
};

static void every_row_is_laid_out(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf out = laid_out(rows[i].is, strlen(rows[i].is), "r.yaml");
        if (!out.bytes || strcmp(out.bytes, rows[i].becomes) != 0) {
            print_error("%s\n-- becomes --\n%s\n-- not --\n%s\n", rows[i].is,
                        out.bytes ? out.bytes : "(refused)", rows[i].becomes);
            wrong++;
        }
        buf_release(&out);
        out = laid_out(rows[i].becomes, strlen(rows[i].becomes), "r.yaml");
        if (!out.bytes || strcmp(out.bytes, rows[i].becomes) != 0) {
            print_error("%s\n-- changes again --\n%s\n", rows[i].becomes,
                        out.bytes ? out.bytes : "(refused)");
            wrong++;
        }
        buf_release(&out);
    }
    assert_int_equal(wrong, 0);
}

static void what_does_not_load_is_refused(void **state)
{
    (void)state;
    struct diag d = DIAG_INIT;
    struct buf out = BUF_INIT;
    assert_false(yaml_layout("a: [1", 5, "r.yaml", &out, &d));
    assert_true(diag_has(&d, "yaml-syntax"));
    diag_release(&d);
    buf_release(&out);
}

/* Cut short, its last line would gain a line break that is part of its text. */
static void what_would_change_is_refused(void **state)
{
    static const char text[] = "a: |+\n  one";
    (void)state;
    struct diag d = DIAG_INIT;
    struct buf out = BUF_INIT;
    assert_false(yaml_layout(text, strlen(text), "r.yaml", &out, &d));
    assert_true(diag_has(&d, "layout-refused"));
    diag_release(&d);
    buf_release(&out);
}

/* The same file as someone else might have typed it: twice as deep, with
 * spaces at the ends of lines. */
static struct buf typed_otherwise(const char *text)
{
    struct buf out = BUF_INIT;
    while (*text) {
        size_t lead = strspn(text, " "), len = strcspn(text, "\n");
        for (size_t i = 0; i < lead; i++)
            buf_char(&out, ' ');
        bool dash = text[lead] == '-' && text[lead + 1] == ' ';
        buf_add(&out, text, dash ? lead + 1 : lead);
        buf_text(&out, dash ? "  " : "");
        lead += dash;
        buf_add(&out, text + lead, len - lead);
        buf_text(&out, "  \r\n");
        text += len + (text[len] == '\n');
    }
    return out;
}

static size_t n_files;

static bool same_bytes(const struct buf *x, const struct buf *y)
{
    return x->len == y->len && memcmp(x->bytes, y->bytes, x->len) == 0;
}

/* Whatever is laid out means the same and does not change again. */
static struct buf layout_holds(const char *bytes, size_t len, const char *path)
{
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct buf once = laid_out(bytes, len, path);
    if (once.len > 0) {
        struct buf twice = laid_out(once.bytes, once.len, path);
        if (!yaml_same(yaml_parse(bytes, len, path, &a, &d),
                       yaml_parse(once.bytes, once.len, path, &a, &d)))
            fail_msg("%s means something else", path);
        if (!same_bytes(&once, &twice))
            fail_msg("%s changes when laid out again", path);
        buf_release(&twice);
    }
    diag_release(&d);
    arena_release(&a);
    return once;
}

/* A file of ours is never refused where it loads, and looks the same however
 * it was typed. */
static void our_file_holds(const char *bytes, size_t len, const char *path)
{
    struct arena a = ARENA_INIT;
    struct buf once = layout_holds(bytes, len, path);
    if (yaml_parse(bytes, len, path, &a, NULL)) {
        struct buf other = typed_otherwise(bytes);
        struct buf again = laid_out(other.bytes, other.len, path);
        if (once.len == 0)
            fail_msg("%s is refused", path);
        if (!same_bytes(&once, &again))
            fail_msg("%s typed otherwise is laid out otherwise", path);
        buf_release(&again);
        buf_release(&other);
        n_files++;
    }
    buf_release(&once);
    arena_release(&a);
}

static void file_holds(const char *path)
{
    struct arena a = ARENA_INIT;
    size_t len, n = strlen(path);
    bool corpus = strstr(path, "/corpus/") != NULL;
    bool ours = n > 5 && strcmp(path + n - 5, ".yaml") == 0;
    const char *bytes =
        corpus || ours ? file_read(path, 1 << 22, &a, &len, NULL) : NULL;
    if (bytes && corpus) {
        struct buf once = layout_holds(bytes, len, path);
        buf_release(&once);
    } else if (bytes) {
        our_file_holds(bytes, len, path);
    }
    arena_release(&a);
}

static void walk(const char *folder)
{
    struct arena a = ARENA_INIT;
    size_t n;
    char **names = folder_list(folder, &a, &n, NULL);
    assert_non_null(names);
    for (size_t i = 0; i < n; i++) {
        const char *path = path_join(&a, folder, names[i]);
        if (folder_exists(path))
            walk(path);
        else
            file_holds(path);
    }
    arena_release(&a);
}

/* The fuzz corpus too, which lies below tests. */
static void every_file_of_the_tree_stays_itself(void **state)
{
    static const char *const folders[] = {"rules", "fixtures", "ocr/forms",
                                          "tests"};
    (void)state;
    for (size_t i = 0; i < COUNT(folders); i++)
        walk(folders[i]);
    assert_true(n_files > 50);
}

/* What the fuzzer found once: a text alone, a comment after nothing, # in the
 * head of a long text, a long text of spaces. */
static void what_was_found_once_holds(void **state)
{
    static const char *const found[] = {
        ">+ # ng\n    \n      \n",
        "{\n\nm\n,# \n}",
        "a:  >#2+7 [   \n(\n",
        "a}:  >#2+#~ [   \n \n",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(found); i++) {
        struct buf once =
            layout_holds(found[i], strlen(found[i]), "found.yaml");
        buf_release(&once);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_laid_out),
        cmocka_unit_test(what_does_not_load_is_refused),
        cmocka_unit_test(what_would_change_is_refused),
        cmocka_unit_test(what_was_found_once_holds),
        cmocka_unit_test(every_file_of_the_tree_stays_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
