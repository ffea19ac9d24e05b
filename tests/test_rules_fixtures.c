/*
 * Every message of a rule file has a file in fixtures/rules/ that causes it:
 * bad-<check>.yaml or bad-<check>-<what>.yaml, whose first line tells all
 * findings ("check:line:column …"); good-….yaml is the same put right, and has
 * none. <name>.examples.yaml lies beside, <name>.dictionary.yaml is the city's.
 * What is checked is read from the sources, so that a new message without a
 * file fails here.
 */
#include "scoring/points/rules_check.h"
#include "scoring/points/rules_test.h"
#include "tests/records_help.h"

#include <regex.h>

#define FOLDER "fixtures/rules/"
#define SOURCES "scoring/points/"
#define END ".yaml"

static struct arena mem;
static char **names; /* of the folder, sorted */
static size_t n_names;
/* Messages that the bad files caused, in English, and their checks. */
static const char *seen[1000], *seen_checks[1000];
static size_t n_seen;

/* Caused by files that are made here, or by a case and no rule file. */
static const char *const elsewhere[] = {"too-many-rules", "yaml-too-large",
                                        "manual-approver"};

static bool is_elsewhere(const char *check)
{
    for (size_t i = 0; i < COUNT(elsewhere); i++)
        if (strcmp(check, elsewhere[i]) == 0)
            return true;
    return false;
}

static int setup(void **state)
{
    (void)state;
    names = folder_list(FOLDER, &mem, &n_names, NULL);
    return names ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&mem);
    return 0;
}

static bool ends(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static bool is_rule_file(const char *name)
{
    return ends(name, END) && !ends(name, ".examples" END) &&
           !ends(name, ".dictionary" END);
}

static const char *companion(const char *name, const char *kind,
                             struct arena *a)
{
    return arena_printf(a, FOLDER "%.*s%s" END,
                        (int)(strlen(name) - strlen(END)), name, kind);
}

static char *read_file(const char *path, size_t *len, struct arena *a)
{
    char *bytes = file_read(path, 1 << 20, a, len, NULL);
    if (!bytes)
        fail_msg("cannot read %s", path);
    return bytes;
}

/* Everything that `rules check` does with a file. */
static void examine(const char *name, const char *bytes, size_t len,
                    struct arena *a, struct diag *d)
{
    struct dictionary dict;
    struct ruleset rules;
    struct rules_report report;
    help_dictionary(&dict, a);
    const char *city = companion(name, ".dictionary", a);
    const char *beside = companion(name, ".examples", a);
    size_t n;
    if (file_exists(city)) {
        const char *more = read_file(city, &n, a);
        assert_true(dictionary_load(&dict, more, n, city, a, d));
    }
    if (!ruleset_load(&rules, bytes, len, name, &dict, a, d))
        return;
    if (file_exists(beside)) {
        const char *more = read_file(beside, &n, a);
        if (!ruleset_add_examples(&rules, more, n, beside, a, d))
            return;
    }
    ruleset_check(&rules, d);
    ruleset_test(&rules, &report, a, d);
}

static const char *told(const struct diag *d, struct arena *a)
{
    const char *text = "";
    for (size_t i = 0; i < d->n; i++)
        text = arena_printf(a, "%s%s%s:%d:%d", text, *text ? " " : "",
                            d->items[i].check, d->items[i].at.line,
                            d->items[i].at.column);
    return text;
}

static void remember(const struct diag *d)
{
    for (size_t i = 0; i < d->n; i++) {
        assert_true(n_seen < COUNT(seen));
        seen_checks[n_seen] = arena_strdup(&mem, d->items[i].check);
        seen[n_seen++] = arena_strdup(&mem, d->items[i].what.en);
    }
}

/* The check a bad file is named after: the longest that fits. */
static const struct rules_check *named_after(const char *name)
{
    const struct rules_check *best = NULL;
    for (size_t i = 0; rules_checks[i].name; i++) {
        size_t n = strlen(rules_checks[i].name);
        bool fits = strncmp(name, rules_checks[i].name, n) == 0 &&
                    (name[n] == '-' || name[n] == '.');
        if (fits && (!best || n > strlen(best->name)))
            best = &rules_checks[i];
    }
    return best;
}

static void each_bad_file_is_told_so(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < n_names; i++) {
        struct arena a = ARENA_INIT;
        struct diag d = DIAG_INIT;
        size_t len;
        if (!is_rule_file(names[i]) || !begins(names[i], "bad-"))
            continue;
        char *bytes =
            read_file(arena_printf(&a, FOLDER "%s", names[i]), &len, &a);
        const char *line = arena_copy(&a, bytes, strcspn(bytes, "\n"));
        const struct rules_check *check =
            named_after(names[i] + strlen("bad-"));
        examine(names[i], bytes, len, &a, &d);
        remember(&d);
        const char *got = arena_printf(&a, "# %s", told(&d, &a));
        if (!check || !diag_has(&d, check->name) || strcmp(got, line) != 0) {
            print_error("%s\n  %s\n  not %s\n", names[i], got, line);
            wrong++;
        }
        diag_release(&d);
        arena_release(&a);
    }
    assert_int_equal(wrong, 0);
    assert_in_range(n_seen, 200, COUNT(seen));
}

static void each_good_file_is_told_nothing(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < n_names; i++) {
        struct arena a = ARENA_INIT;
        struct diag d = DIAG_INIT;
        size_t len;
        if (!is_rule_file(names[i]) || !begins(names[i], "good-"))
            continue;
        char *bytes =
            read_file(arena_printf(&a, FOLDER "%s", names[i]), &len, &a);
        examine(names[i], bytes, len, &a, &d);
        if (d.n > 0) {
            print_error("%s: %s\n", names[i], told(&d, &a));
            wrong++;
        }
        diag_release(&d);
        arena_release(&a);
    }
    assert_int_equal(wrong, 0);
}

static bool has_file(const char *name)
{
    for (size_t i = 0; i < n_names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void each_check_has_a_bad_and_a_good_file(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; rules_checks[i].name; i++) {
        struct arena a = ARENA_INIT;
        const char *name = rules_checks[i].name;
        bool both = has_file(arena_printf(&a, "bad-%s" END, name)) &&
                    has_file(arena_printf(&a, "good-%s" END, name));
        if (!both && !is_elsewhere(name)) {
            print_error("no pair of files for %s\n", name);
            wrong++;
        }
        arena_release(&a);
    }
    assert_int_equal(wrong, 0);
}

/* ---- what the sources can say ---- */

/* Texts of a C file, neighbours joined, comments left out. */
struct texts {
    const char *all[400];
    size_t n;
};

static const char *skip_comment(const char *p)
{
    const char *end = begins(p, "//") ? strchr(p, '\n') : strstr(p, "*/");
    assert_non_null(end);
    return end + 1 + (*end == '*');
}

static const char *skip_letter(const char *p)
{
    for (p++; *p != '\''; p++)
        p += *p == '\\';
    return p + 1;
}

/* One text that begins at its quote; *p goes behind it. */
static const char *one_text(const char **p, struct arena *a)
{
    char *out = arena_alloc(a, strlen(*p)), *o = out;
    for ((*p)++; **p != '"'; (*p)++) {
        bool escaped = **p == '\\';
        *p += escaped;
        *o++ = escaped && **p == 'n' ? '\n' : **p;
    }
    (*p)++;
    *o = '\0';
    return out;
}

static void read_texts(const char *path, struct texts *out, struct arena *a)
{
    size_t len;
    const char *p = read_file(path, &len, a);
    bool joins = false;
    out->n = 0;
    while (*p) {
        if (begins(p, "//") || begins(p, "/*")) {
            p = skip_comment(p);
        } else if (begins(p, "static_assert") || *p == '#') {
            p += strcspn(p, *p == '#' ? "\n" : ";");
        } else if (*p == '\'') {
            p = skip_letter(p);
            joins = false;
        } else if (*p == '"') {
            const char *text = one_text(&p, a);
            if (joins) {
                const char **last = &out->all[out->n - 1];
                *last = arena_printf(a, "%s%s", *last, text);
            } else {
                assert_true(out->n < COUNT(out->all));
                out->all[out->n++] = text;
            }
            joins = true;
        } else {
            joins = joins && strchr(" \n\t", *p);
            p++;
        }
    }
}

/* Files whose texts are messages about a rule file. */
static bool says_messages(const char *name)
{
    static const char *const starts[] = {
        "expr_check",   "expr_lex",     "expr_literal", "expr_parse",
        "expr_primary", "expr_resolve", "expr_tail",    "load_",
        "rules_",       "ruleset_load", "score_manual", "slips"};
    static const char *const others[] = {"rules_check.c"}; /* the table */
    for (size_t i = 0; i < COUNT(others); i++)
        if (strcmp(name, others[i]) == 0)
            return false;
    for (size_t i = 0; i < COUNT(starts); i++)
        if (begins(name, starts[i]) && ends(name, ".c"))
            return true;
    return false;
}

static bool is_check_name(const char *text)
{
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz-");
    return n == strlen(text) && strchr(text, '-') && n > 4;
}

/* English, and more than a word or two. */
static bool is_sentence(const char *text)
{
    int spaces = 0;
    for (const char *c = text; *c; c++) {
        if ((unsigned char)*c >= 0x80)
            return false;
        spaces += *c == ' ';
    }
    return spaces >= 2;
}

/* "%s is %zu" to an expression that such messages match. */
static const char *pattern(const char *format, struct arena *a)
{
    char *out = arena_alloc(a, strlen(format) * 3 + 1), *o = out;
    for (const char *c = format; *c; c++) {
        if (*c == '%') {
            c += 1 + strspn(c + 1, "0123456789$-.*lzh");
            memcpy(o, ".*", 2);
            o += 2;
            continue;
        }
        if (strchr("\\^$.|?*+()[]{}", *c))
            *o++ = '\\';
        *o++ = *c;
    }
    *o = '\0';
    return out;
}

static bool was_seen(const char *format, struct arena *a)
{
    regex_t re;
    assert_int_equal(regcomp(&re, pattern(format, a), REG_EXTENDED), 0);
    size_t i = 0;
    while (i < n_seen && regexec(&re, seen[i], 0, NULL, 0) != 0)
        i++;
    regfree(&re);
    return i < n_seen;
}

/* Of a limit, or of a case: see `elsewhere`. */
static bool is_made_here(const char *text)
{
    static const char *const made[] = {
        "too many rules (up to %d)",
        "the points for rule \"%s\" need both a reason and an approver",
        "child and facility" /* the name of a scope, in a table */};
    for (size_t i = 0; i < COUNT(made); i++)
        if (strcmp(text, made[i]) == 0)
            return true;
    return false;
}

static int missing_in(const char *name, struct texts *t, struct arena *a)
{
    /* Ids that a set gives by itself, and the name of a scope. */
    static const char *const ids[] = {"child-number", "rank-last", "tie-break"};
    int missing = 0;
    for (size_t i = 0; i < t->n; i++) {
        const char *text = t->all[i];
        bool id = false;
        for (size_t k = 0; k < COUNT(ids); k++)
            id = id || strcmp(text, ids[k]) == 0;
        if (is_check_name(text) && !id && !is_elsewhere(text) &&
            !rules_check_find(text)) {
            print_error("%s: \"%s\" is no row of rules_checks\n", name, text);
            missing++;
        }
        if (is_sentence(text) && !is_made_here(text) && !was_seen(text, a)) {
            print_error("%s: no bad file causes \"%s\"\n", name, text);
            missing++;
        }
    }
    return missing;
}

static void each_message_of_the_sources_has_a_file(void **state)
{
    (void)state;
    size_t n, files = 0;
    int missing = 0;
    char **sources = folder_list(SOURCES, &mem, &n, NULL);
    assert_non_null(sources);
    for (size_t i = 0; i < n; i++) {
        struct arena a = ARENA_INIT;
        struct texts t;
        if (!says_messages(sources[i]))
            continue;
        read_texts(arena_printf(&a, SOURCES "%s", sources[i]), &t, &a);
        missing += missing_in(sources[i], &t, &a);
        arena_release(&a);
        files++;
    }
    assert_int_equal(missing, 0);
    assert_in_range(files, 20, 60);
}

/* ---- limits, by files made here ---- */

/* Of many unknown words the first are told what was meant, the others are only
 * told: looking for it takes its time. */
static void not_everything_is_guessed_at(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct buf text = BUF_INIT;
    struct diag d = DIAG_INIT;
    size_t guessed = 0;
    buf_text(&text,
             "format: nyusho-rules/1\nid: f\ntitle: 見本\nsource: "
             "{document: 表, pages: 1}\norder: [child_number]\ndefine:\n");
    for (int i = 0; i < 300; i++)
        buf_printf(&text, "  - {name: w%d, in: household, means: welfaer}\n",
                   i);
    examine("words.yaml", text.bytes, text.len, &a, &d);
    for (size_t i = 0; i < d.n; i++)
        guessed += strstr(d.items[i].what.en, "did you mean") != NULL;
    assert_in_range(d.n, 300, 310);
    assert_in_range(guessed, 150, 200);
    assert_non_null(strstr(d.items[0].what.en, "\"welfare\""));
    diag_release(&d);
    buf_release(&text);
    arena_release(&a);
}

static void limits_are_told(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct buf text = BUF_INIT;
    for (int more = 0; more < 2; more++) {
        struct diag d = DIAG_INIT;
        buf_clear(&text);
        buf_text(&text, "format: nyusho-rules/1\nid: f\ntitle: 見本\nsource: "
                        "{document: 表, pages: 1}\norder: "
                        "[child_number]\nhousehold:\n  adjust:\n");
        for (int i = 0; i < 2000 + more; i++)
            buf_printf(&text,
                       "    - {id: r%d, wording: 文言, when: welfare, points: "
                       "1}\n",
                       i);
        examine("many.yaml", text.bytes, text.len, &a, &d);
        assert_int_equal(diag_has(&d, "too-many-rules"), more);
        diag_release(&d);
    }
    for (int more = 0; more < 2; more++) {
        struct diag d = DIAG_INIT;
        buf_clear(&text);
        buf_text(&text, "format: nyusho-rules/1\nid: f\ntitle: 見本\nsource: "
                        "{document: 表, pages: 1}\norder: "
                        "[child_number]\ndefine:\n");
        for (int i = 0; i < 2000 + more; i++)
            buf_printf(&text, "  - {name: w%d, means: welfare}\n", i);
        examine("defined.yaml", text.bytes, text.len, &a, &d);
        assert_int_equal(diag_has(&d, "too-many-rules"), more);
        diag_release(&d);
    }
    struct diag d = DIAG_INIT;
    buf_clear(&text);
    buf_text(&text, "title: '");
    for (size_t i = 0; i <= 1024 * 1024; i++)
        buf_char(&text, 'x');
    buf_text(&text, "'\n");
    examine("large.yaml", text.bytes, text.len, &a, &d);
    assert_true(diag_has(&d, "yaml-too-large"));
    diag_release(&d);
    buf_release(&text);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_bad_file_is_told_so),
        cmocka_unit_test(each_good_file_is_told_nothing),
        cmocka_unit_test(each_check_has_a_bad_and_a_good_file),
        cmocka_unit_test(each_message_of_the_sources_has_a_file),
        cmocka_unit_test(limits_are_told),
        cmocka_unit_test(not_everything_is_guessed_at),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
