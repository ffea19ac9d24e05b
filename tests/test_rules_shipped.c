/*
 * The rule sets that the program ships: they load without a finding, stand in
 * the one layout, and no number in them can change without an example that
 * fails.
 */
#include "core/yaml_layout.h"
#include "scoring/points/rules_test.h"
#include "tests/points_help.h"

static const char *const files[] = {"rules/urasoe-r8.yaml",
                                    "rules/haebaru-r8.yaml",
                                    "rules/example-city/rules.yaml"};

struct shipped {
    struct arena a;
    struct dictionary dict;
    struct ruleset rs;
    const char *bytes;
    size_t len;
};

static void open_shipped(struct shipped *s, const char *path)
{
    struct diag d = DIAG_INIT;
    *s = (struct shipped){.a = ARENA_INIT};
    help_dictionary(&s->dict, &s->a);
    s->bytes = file_read(path, 1 << 20, &s->a, &s->len, &d);
    bool ok = s->bytes &&
              ruleset_load(&s->rs, s->bytes, s->len, path, &s->dict, &s->a, &d);
    help_print(&d);
    assert_true(ok);
    assert_int_equal(d.n, 0);
    diag_release(&d);
}

static bool passes(const struct shipped *s, bool print)
{
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct rules_report report;
    bool ok = ruleset_test(&s->rs, &report, &a, &d) && d.n == 0 &&
              report.n_touched == s->rs.n_rules;
    if (print)
        help_print(&d);
    diag_release(&d);
    arena_release(&a);
    return ok;
}

static void each_passes_its_examples(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct shipped s;
        open_shipped(&s, files[i]);
        assert_true(passes(&s, true));
        assert_string_equal(s.rs.verified_by, ""); /* that is for the city */
        assert_true(*s.rs.source_document && *s.rs.source_pages);
        arena_release(&s.a);
    }
}

static void each_stands_in_the_one_layout(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct shipped s;
        struct buf out = BUF_INIT;
        open_shipped(&s, files[i]);
        assert_true(yaml_layout(s.bytes, s.len, files[i], &out, NULL));
        assert_string_equal(out.bytes, s.bytes);
        buf_release(&out);
        arena_release(&s.a);
    }
}

/* ---- what is commented out ---- */

/* "    # - {id: …" and "  # second: …" without their sign. */
static bool is_rule_behind_sign(const char *line)
{
    const char *p = line + strspn(line, " ");
    if (strncmp(p, "# ", 2) != 0)
        return false;
    p += 2 + strspn(p + 2, " ");
    size_t word = strspn(p, "abcdefghijklmnopqrstuvwxyz_");
    return strncmp(p, "- ", 2) == 0 || (word > 0 && p[word] == ':');
}

static void what_is_commented_out_can_be_used(void **state)
{
    (void)state;
    struct shipped s;
    open_shipped(&s, "rules/example-city/rules.yaml");
    struct buf all = BUF_INIT;
    int uncommented = 0;
    for (const char *line = s.bytes; *line;) {
        size_t len = strcspn(line, "\n") + 1, lead = strspn(line, " ");
        if (is_rule_behind_sign(line)) {
            buf_add(&all, line, lead);
            buf_add(&all, line + lead + 2, len - lead - 2);
            uncommented++;
        } else {
            buf_add(&all, line, len);
        }
        line += len;
    }
    struct ruleset rs;
    struct diag d = DIAG_INIT;
    bool ok =
        ruleset_load(&rs, all.bytes, all.len, "all.yaml", &s.dict, &s.a, &d);
    if (!ok || d.n)
        print_error("%s", all.bytes);
    help_print(&d);
    assert_true(ok);
    assert_int_equal(d.n, 0);
    assert_true(uncommented > 20);
    assert_true(rs.n_rules > s.rs.n_rules + 8);
    buf_release(&all);
    diag_release(&d);
    arena_release(&s.a);
}

/* ---- one number at a time ---- */

struct changes {
    const struct shipped *s;
    const struct rule *rule;
    size_t tried, unnoticed;
};

/* The rule set is ours: what the loader calls const stands in our arena. */
static void change(struct changes *c, const int64_t *number, int64_t by,
                   const char *what)
{
    int64_t *p;
    memcpy(&p, &number, sizeof p);
    *p += by;
    c->tried++;
    if (passes(c->s, false)) {
        print_error("%s: rule %s, %s: no example notices another number\n",
                    c->s->rs.file, c->rule->id, what);
        c->unnoticed++;
    }
    *p -= by;
}

static void change_points(struct changes *c, const milli_points *points,
                          const char *what)
{
    change(c, points, 1000, what);
}

/* Points, and where a step begins: its first minute, its first day. */
static void change_table(struct changes *c, const struct step_table *t)
{
    for (size_t i = 0; i < t->n; i++) {
        const struct step_row *row = &t->rows[i];
        if (t->kind != TABLE_IS)
            change(c, &row->at, t->kind == TABLE_AT_LEAST ? 1 : -1, row->text);
        if (row->inner)
            change_table(c, row->inner);
        else
            change_points(c, &row->points, row->text);
    }
    if (t->has_otherwise)
        change_points(c, &t->otherwise, "otherwise");
}

static void change_award(struct changes *c, const struct award *w,
                         const char *what)
{
    if (w->kind == AWARD_TABLE)
        change_table(c, w->table);
    if (w->kind == AWARD_POINTS || w->kind == AWARD_PER ||
        w->kind == AWARD_SETS_TOTAL)
        change_points(c, &w->points, what);
}

static void no_number_changes_unnoticed(void **state)
{
    size_t unnoticed = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct shipped s;
        open_shipped(&s, files[i]);
        struct changes c = {.s = &s};
        for (size_t r = 0; r < s.rs.n_rules; r++) {
            c.rule = s.rs.rules[r];
            change_award(&c, &c.rule->award, "points");
            for (size_t k = 0; k < c.rule->n_but; k++)
                change_award(&c, &c.rule->but[k].award, "but");
        }
        assert_true(c.tried >= s.rs.n_rules - 4); /* some are by hand */
        unnoticed += c.unnoticed;
        arena_release(&s.a);
    }
    assert_int_equal(unnoticed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_passes_its_examples),
        cmocka_unit_test(each_stands_in_the_one_layout),
        cmocka_unit_test(what_is_commented_out_can_be_used),
        cmocka_unit_test(no_number_changes_unnoticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
