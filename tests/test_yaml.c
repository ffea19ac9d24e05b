#include "core/buf.h"
#include "core/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

static const struct yaml *parse(const char *text, struct arena *mem,
                                struct diag *d)
{
    return yaml_parse(text, strlen(text), "t.yaml", mem, d);
}

/* The tree in one line: maps {k:v}, lists [v], quoted scalars "v". */
static void flatten(const struct yaml *node, struct buf *out)
{
    if (node->kind == YAML_SCALAR) {
        buf_printf(out, node->plain ? "%s" : "\"%s\"", node->text);
        return;
    }
    bool map = node->kind == YAML_MAP;
    buf_char(out, map ? '{' : '[');
    for (size_t i = 0; i < node->n; i++) {
        if (i)
            buf_char(out, ' ');
        if (map)
            buf_printf(out, "%s:", node->keys[i]->text);
        flatten(node->items[i], out);
    }
    buf_char(out, map ? '}' : ']');
}

static void trees_are_built(void **state)
{
    (void)state;
    static const struct {
        const char *text, *flat;
    } rows[] = {
        {"a: 1\nb: [x, 'y', \"z\"]\n", "{a:1 b:[x \"y\" \"z\"]}"},
        {"- {id: a, points: 3}\n- b\n", "[{id:a points:3} b]"},
        {"a:\nb: ~\nc: null\nd: ''\n", "{a: b:~ c:null d:\"\"}"},
        {"\xEF\xBB\xBF"
         "a: 1\r\nb: 2\r\n",
         "{a:1 b:2}"},
        {"---\na: 1\n", "{a:1}"},
        {"a: 1 # 注\n", "{a:1}"},
        {"at_least: {160h: 20, 140h: 18}\n", "{at_least:{160h:20 140h:18}}"},
        {"when: reason = 就労 and not x\n", "{when:reason = 就労 and not x}"},
        {"保護者: 父\n", "{保護者:父}"},
        {"a: one\n  two\n", "{a:one two}"},
        {"a: |\n  x: 1\n  y：2\n", "{a:\"x: 1\ny：2\n\"}"},
        {"a: 時間：週\n", "{a:時間：週}"},
        {"a: 10:30\n", "{a:10:30}"},
        {"a: \"　x　\"\n", "{a:\"　x　\"}"},
        {"a: 父　母\n", "{a:父　母}"},
        {"a:\t1\n", "{a:1}"},
        {"'' : 1\n", NULL},
        {"a: {}\nb: []\n", "{a:{} b:[]}"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena mem = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct buf out = BUF_INIT;
        const struct yaml *root = parse(rows[i].text, &mem, &d);
        assert_int_equal(root != NULL, rows[i].flat != NULL);
        if (root) {
            flatten(root, &out);
            assert_string_equal(out.bytes, rows[i].flat);
            assert_int_equal(d.n, 0);
        }
        buf_release(&out);
        diag_release(&d);
        arena_release(&mem);
    }
}

/* Each refused with one finding, at this place, with this part of the English
 * message. */
static void slips_are_said_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *text, *check;
        int line, column;
        const char *says;
    } rows[] = {
        {"a:\n\tb: 1\n", "yaml-syntax", 2, 1, "tab"},
        {"a:\n  b: 1\n\tc: 2\n", "yaml-syntax", 3, 1, "tab"},
        {"a: 1\nb：2\nc: 3\n", "yaml-syntax", 2, 2, "full-width colon"},
        {"a: 1\nb：2\n", "yaml-syntax", 2, 2, "full-width colon"},
        {"名前：1\n", "yaml-syntax", 1, 1, "full-width colon"},
        {"a：\n  b: 1\n", "yaml-syntax", 1, 1, "full-width colon"},
        {"a: 1\n  b：2\n", "yaml-syntax", 1, 4, "full-width colon"},
        {"a:\n　　b: 2\n", "yaml-syntax", 2, 1, "full-width"},
        {"a: 0\nb:　1\nc: 2\n", "yaml-syntax", 2, 3, "full-width"},
        {"a:　1\nb: 2\n", "yaml-syntax", 1, 1, "full-width"},
        {"a: 　1\n", "yaml-syntax", 1, 4, "full-width"},
        {"a: 1　\n", "yaml-syntax", 1, 4, "full-width"},
        {"a: 1 ＃注\n", "yaml-syntax", 1, 4, "comment"},
        {"a:\n  － x\n", "yaml-syntax", 2, 3, "hyphen"},
        {"a: 1\nb:2\nc: 3\n", "yaml-syntax", 2, 2, "no space after the colon"},
        {"a:1\n", "yaml-syntax", 1, 1, "no space after the colon"},
        {"a: {b:1, c: 2}\n", "yaml-syntax", 1, 5, "no space after the colon"},
        {"a: 1\n  b:2\n", "yaml-syntax", 1, 4, "several lines"},
        {"a:\n  b: 1\n c: 2\n", "yaml-syntax", 3, 2, "indent"},
        {"a:\n  - 1\n - 2\n", "yaml-syntax", 3, 2, "indent"},
        {"a: x: y\n", "yaml-syntax", 1, 5, "quotes"},
        {"a: - b\n", "yaml-syntax", 1, 4, "next line"},
        {"a: 1\nb: \"x\nc: 3\n", "yaml-syntax", 2, 4, "never closed"},
        {"a: 'x\n", "yaml-syntax", 1, 4, "never closed"},
        {"a: 1\nb: [1, 2\nc: 3\n", "yaml-syntax", 2, 4, "]"},
        {"b: {x: 2\nc: 3\n", "yaml-syntax", 1, 4, "}"},
        {"a: @x\n", "yaml-syntax", 1, 4, "quotes"},
        {"a: %x\n", "yaml-syntax", 1, 4, "quotes"},
        {"a: \"C:\\data\"\n", "yaml-syntax", 1, 7, "' '"},
        {"a: \"\\0\"\n", "yaml-syntax", 1, 4, "\\0"},
        {"a: \x01\n", "yaml-syntax", 1, 4, "control"},
        {"a: 1\n---\nb: 2\n", "yaml-syntax", 3, 1, "one document"},
        {"a: &x 1\n", "yaml-alias", 1, 4, "references"},
        {"a: *x\n", "yaml-alias", 1, 4, "references"},
        {"a: &x [1]\n", "yaml-alias", 1, 4, "references"},
        {"a: !!int 1\n", "yaml-tag", 1, 4, "tags"},
        {"a: !x {b: 1}\n", "yaml-tag", 1, 4, "tags"},
        {"a: 1\nb: 2\na: 3\n", "yaml-duplicate-key", 3, 1, "line 1"},
        {"x: {a: 1, 'a': 2}\n", "yaml-duplicate-key", 1, 11, "\"a\""},
        {"x: {a：1、b：2}\n", "yaml-syntax", 1, 5, "full-width"},
        {"[a, b]: 1\n", "yaml-key", 1, 1, "one name"},
        {"? {a: 1}\n: 1\n", "yaml-key", 1, 3, "one name"},
        {": 1\n", "yaml-syntax", 1, 1, "no name"},
        {"'': 1\n", "yaml-key", 1, 1, "one name"},
        {"", "yaml-empty", 0, 0, "nothing"},
        {"# 注\n", "yaml-empty", 0, 0, "nothing"},
        {"---\n", "yaml-empty", 0, 0, "nothing"},
        {"~\n", "yaml-empty", 0, 0, "nothing"},
        {"a: 1\nb: \x89\x80\n", "bad-encoding", 2, 0, "UTF-8"},
    };
    int wrong = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena mem = ARENA_INIT;
        struct diag d = DIAG_INIT;
        if (parse(rows[i].text, &mem, &d) || d.n != 1) {
            print_error("row %zu <%s>: %zu findings\n", i, rows[i].text, d.n);
            wrong++;
            diag_release(&d);
            arena_release(&mem);
            continue;
        }
        const struct finding *f = &d.items[0];
        bool as_said =
            strcmp(f->check, rows[i].check) == 0 &&
            strcmp(f->at.file, "t.yaml") == 0 && f->at.line == rows[i].line &&
            f->at.column == rows[i].column && strstr(f->what.en, rows[i].says);
        if (!as_said)
            print_error("row %zu <%s>: %s\n", i, rows[i].text,
                        finding_line(f, LANG_EN, &mem));
        wrong += !as_said;
        diag_release(&d);
        arena_release(&mem);
    }
    assert_int_equal(wrong, 0);
}

static const char *check_of(const struct buf *text)
{
    static char check[40];
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    bool ok = yaml_parse(text->bytes, text->len, "t.yaml", &mem, &d) != NULL;
    (void)snprintf(check, sizeof check, "%s", ok ? "" : d.items[0].check);
    diag_release(&d);
    arena_release(&mem);
    return check;
}

static void limits_hold(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    for (int depth = 31; depth <= 33; depth++) {
        buf_clear(&text);
        for (int i = 0; i < depth; i++)
            buf_char(&text, '[');
        for (int i = 0; i < depth; i++)
            buf_char(&text, ']');
        assert_string_equal(check_of(&text), depth > 32 ? "yaml-too-deep" : "");
    }
    buf_clear(&text);
    for (int i = 0; i < 100000; i++)
        buf_char(&text, '[');
    assert_string_equal(check_of(&text), "yaml-too-deep");

    /* many side by side are not deep */
    buf_clear(&text);
    for (int i = 0; i < 40; i++)
        buf_text(&text, "- {a: [1]}\n");
    assert_string_equal(check_of(&text), "");

    for (size_t more = 0; more < 2; more++) {
        buf_clear(&text);
        buf_text(&text, "a: '");
        for (size_t i = 0; i < 1024 * 1024 + more; i++)
            buf_char(&text, 'x');
        buf_text(&text, "'\n");
        assert_string_equal(check_of(&text), more ? "yaml-too-large" : "");
    }
    for (int more = 0; more < 2; more++) {
        buf_clear(&text);
        for (int i = 0; i < 999999 + more; i++)
            buf_text(&text, "- a\n");
        assert_string_equal(check_of(&text), more ? "yaml-too-large" : "");
    }
    buf_release(&text);
}

static void nodes_know_their_place(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    const struct yaml *root =
        parse("# 注\n保護者: 父\nlist:\n  - x\n  - {y: 1}\n", &mem, NULL);
    const struct yaml *list = yaml_find(root, "list");
    assert_int_equal(root->keys[0]->at.line, 2);
    assert_int_equal(root->keys[0]->at.column, 1);
    assert_int_equal(root->items[0]->at.column, 6);
    assert_int_equal(list->items[1]->items[0]->at.line, 5);
    assert_int_equal(list->items[1]->items[0]->at.column, 9);
    assert_null(yaml_find(root, "none"));
    assert_null(yaml_find(list, "list"));
    assert_null(yaml_find(NULL, "list"));
    arena_release(&mem);
}

static void empty_values_are_told_from_quoted_ones(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    const struct yaml *m =
        parse("[ ~, null, NULL, '', 'null', 0, [], {} ]", &mem, NULL);
    static const bool empty[] = {true,  true,  true,  false,
                                 false, false, false, false};
    for (size_t i = 0; i < m->n; i++)
        assert_int_equal(yaml_is_empty(m->items[i]), empty[i]);
    m = parse("a:\n", &mem, NULL);
    assert_true(yaml_is_empty(m->items[0]));
    arena_release(&mem);
}

static void integers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool ok;
        int64_t value;
    } rows[] = {
        {"0", true, 0},
        {"-300", true, -300},
        {"+5", true, 5},
        {"010", true, 10},
        {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0},
        {"-9223372036854775809", false, 0},
        {"99999999999999999999999", false, 0},
        {"1.5", false, 0},
        {"'1'", false, 0},
        {"1,000", false, 0},
        {"160h", false, 0},
        {"１", false, 0},
        {"+", false, 0},
        {"", false, 0},
        {"[1]", false, 0},
        {"0x10", false, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena mem = ARENA_INIT;
        struct diag d = DIAG_INIT;
        int64_t value = 0;
        const struct yaml *root =
            parse(arena_printf(&mem, "a: %s\n", rows[i].text), &mem, &d);
        bool ok = yaml_int(yaml_find(root, "a"), &value, &d);
        assert_int_equal(ok, rows[i].ok);
        assert_int_equal(value, rows[i].value);
        assert_int_equal(diag_has(&d, "yaml-type"), !ok);
        diag_release(&d);
        arena_release(&mem);
    }
}

static void booleans(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int value; /* -1: refused */
    } rows[] = {
        {"yes", 1},    {"no", 0},     {"true", 1}, {"False", 0}, {"はい", 1},
        {"いいえ", 0}, {"'yes'", -1}, {"1", -1},   {"", -1},     {"[yes]", -1},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena mem = ARENA_INIT;
        struct diag d = DIAG_INIT;
        bool value = false;
        const struct yaml *root =
            parse(arena_printf(&mem, "a: %s\n", rows[i].text), &mem, &d);
        bool ok = yaml_bool(yaml_find(root, "a"), &value, &d);
        assert_int_equal(ok ? (int)value : -1, rows[i].value);
        assert_int_equal(diag_has(&d, "yaml-type"), !ok);
        diag_release(&d);
        arena_release(&mem);
    }
}

static void texts(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    static const struct {
        const char *key, *text, *check;
        int line;
    } rows[] = {
        {"id", "urasoe", NULL, 0},          {"quoted", "", NULL, 0},
        {"empty", NULL, "yaml-missing", 3}, {"none", NULL, "yaml-missing", 1},
        {"list", NULL, "yaml-type", 4},
    };
    const struct yaml *root =
        parse("id: urasoe\nquoted: ''\nempty:\nlist: [1]\n", &mem, NULL);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct diag d = DIAG_INIT;
        const char *text = yaml_text(root, rows[i].key, &d);
        if (rows[i].check) {
            assert_null(text);
            assert_string_equal(d.items[0].check, rows[i].check);
            assert_int_equal(d.items[0].at.line, rows[i].line);
        } else {
            assert_string_equal(text, rows[i].text);
        }
        diag_release(&d);
    }
    struct diag d = DIAG_INIT;
    assert_null(yaml_text(yaml_find(root, "list"), "id", &d));
    assert_true(diag_has(&d, "yaml-type"));
    diag_release(&d);
    arena_release(&mem);
}

static void unknown_keys_get_the_nearest_name(void **state)
{
    (void)state;
    static const char *const allowed[] = {"id", "wording", "points", NULL};
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    assert_true(
        yaml_only_keys(parse("{id: 1, points: 2}", &mem, NULL), allowed, &d));
    assert_int_equal(d.n, 0);
    assert_false(yaml_only_keys(parse("id: 1\npoint: 2\n基準: 3\n", &mem, NULL),
                                allowed, &d));
    assert_int_equal(d.n, 2);
    assert_string_equal(d.items[0].check, "unknown-key");
    assert_int_equal(d.items[0].at.line, 2);
    assert_non_null(strstr(d.items[0].what.ja, "「points」ですか"));
    assert_null(strstr(d.items[1].what.ja, "ですか"));
    assert_false(yaml_only_keys(parse("[1]", &mem, NULL), allowed, &d));
    assert_true(diag_has(&d, "yaml-type"));
    diag_release(&d);
    arena_release(&mem);
}

static void same_values_are_the_same_wherever_they_stand(void **state)
{
    static const struct {
        const char *one, *other;
        bool same;
    } rows[] = {
        {"a: [1, 2]\n", "a:\n  - 1\n  - 2 # two\n", true},
        {"a: 1\nb: 2\n", "b: 2\na: 1\n", false},
        {"a: 1\n", "a: '1'\n", false},
        {"a: [1]\n", "a: [1, 2]\n", false},
        {"a: {b: 1}\n", "a: {c: 1}\n", false},
        {"a: [b]\n", "a: b\n", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena mem = ARENA_INIT;
        const struct yaml *x = parse(rows[i].one, &mem, NULL);
        const struct yaml *y = parse(rows[i].other, &mem, NULL);
        assert_int_equal(yaml_same(x, y), rows[i].same);
        arena_release(&mem);
    }
}

static void a_byte_that_is_no_text_is_told_apart(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    static const char text[] = "a: 1\nb: 2\0\n"; /* UTF-16 has many */
    assert_null(yaml_parse(text, sizeof text - 1, "t.yaml", &mem, &d));
    assert_int_equal(d.n, 1);
    assert_true(diag_has(&d, "bad-encoding"));
    assert_int_equal(d.items[0].at.line, 2);
    assert_non_null(strstr(d.items[0].what.en, "byte 0"));
    diag_release(&d);
    arena_release(&mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_byte_that_is_no_text_is_told_apart),
        cmocka_unit_test(same_values_are_the_same_wherever_they_stand),
        cmocka_unit_test(trees_are_built),
        cmocka_unit_test(slips_are_said_in_words),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(nodes_know_their_place),
        cmocka_unit_test(empty_values_are_told_from_quoted_ones),
        cmocka_unit_test(integers),
        cmocka_unit_test(booleans),
        cmocka_unit_test(texts),
        cmocka_unit_test(unknown_keys_get_the_nearest_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
