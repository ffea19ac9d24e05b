/* What is called impossible of a rule never happens: rule sets made at random,
 * scored in every world that their fields can be in. */
#include "scoring/points/rules_check.h"
#include "scoring/points/score_run.h"
#include "tests/eval_help.h"
#include "tests/worlds_help.h"

/* One rule or `but` to a line, so that a finding's line tells which. */
static void add_rule(struct buf *out, const char *indent, int number, int buts,
                     const char *unless, struct arena *a)
{
    buf_printf(out,
               "%s- id: r%d\n%s  wording: 規則\n%s  when: %s\n%s  points: "
               "%zu\n",
               indent, number, indent, indent, made(2, a), indent, 1 + pick(3));
    if (unless)
        buf_printf(out, "%s  unless: [%s]\n", indent, unless);
    if (buts)
        buf_printf(out, "%s  but:\n", indent);
    for (int i = 0; i < buts; i++)
        buf_printf(out, "%s    - {when: %s, points: %d}\n", indent, made(2, a),
                   1000 + number * 10 + i);
}

static const char *rule_file(struct arena *a)
{
    static const char *const picks[] = {"first_of", "highest_of", "lowest_of"};
    struct buf out = BUF_INIT;
    buf_text(&out, "format: nyusho-rules/1\nid: made\ntitle: 試験\nsource: "
                   "{document: 表, pages: 1}\norder: "
                   "[child_number]\nhousehold:\n  adjust:\n");
    int n = 0;
    for (size_t g = 0; g < COUNT(picks); g++) {
        buf_printf(&out, "    - group: g%zu\n      %s:\n", g, picks[g]);
        for (int i = 0; i < 4; i++)
            add_rule(&out, "        ", n++, 0, NULL, a);
    }
    for (int i = 0; i < 3; i++)
        add_rule(&out, "    ", n++, 3, NULL, a);
    for (int i = 0; i < 3; i++)
        add_rule(&out, "    ", n + i, 0, arena_printf(a, "r%d", n + i - 1), a);
    const char *text = arena_strdup(a, out.bytes);
    buf_release(&out);
    return text;
}

/* Lines of the file whose rule or `but` counted in some world. */
struct happened {
    bool at[400];
};

static void note_lines(const struct child_score *c, struct happened *h)
{
    for (size_t i = 0; i < c->n_lines; i++) {
        const struct score_line *l = &c->lines[i];
        if (!l->counted)
            continue;
        h->at[l->rule->at.line] = true;
        for (size_t k = 0; k < l->rule->n_but; k++)
            if (l->points == l->rule->but[k].award.points)
                h->at[l->rule->but[k].at.line] = true;
    }
}

static void score_worlds(const struct ruleset *rules, struct record_set *set,
                         struct happened *h)
{
    for (size_t i = 0; world(set, i); i++) {
        struct arena a = ARENA_INIT;
        struct scorer s;
        struct household_score hs;
        assert_true(scorer_open(&s, rules, &context, set, &a, NULL));
        score_household(&s, 0, &hs, &a);
        note_lines(&hs.children[0], h);
        arena_release(&a);
    }
}

/* The line of the rule that a finding is about: that of its `when` otherwise.
 */
static int line_of(const struct ruleset *rules, const struct finding *f)
{
    for (size_t i = 0; i < rules->n_rules; i++)
        if (rules->rules[i]->when->at.line == f->at.line)
            return rules->rules[i]->at.line;
    return f->at.line;
}

static bool says_impossible(const struct finding *f)
{
    return strcmp(f->check, "never-holds") == 0 ||
           strcmp(f->check, "shadowed") == 0;
}

static void what_is_impossible_never_happens(void **state)
{
    (void)state;
    size_t never = 0, shadowed = 0, wrong = 0;
    struct record_set set;
    record_set_init(&set, &dict);
    help_rows(&set, HH "welfare=\nchild:1 birth=2026-01-01\n");
    record_set_finish(&set);
    for (uint32_t i = 0; i < 150; i++) {
        struct arena a = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct ruleset rules;
        struct happened h = {{false}};
        seed = i * 2654435761U;
        const char *text = rule_file(&a);
        if (!ruleset_load(&rules, text, strlen(text), "r.yaml", &dict, &a, &d))
            help_print(&d);
        assert_int_equal(d.n, 0);
        ruleset_check(&rules, &d);
        score_worlds(&rules, &set, &h);
        for (size_t k = 0; k < d.n; k++) {
            never += strcmp(d.items[k].check, "never-holds") == 0;
            shadowed += strcmp(d.items[k].check, "shadowed") == 0;
            if (!says_impossible(&d.items[k]) ||
                !h.at[line_of(&rules, &d.items[k])])
                continue;
            fprintf(stderr, "%s\n%s\n", text,
                    finding_line(&d.items[k], LANG_EN, &a));
            wrong++;
        }
        diag_release(&d);
        arena_release(&a);
    }
    record_set_release(&set);
    assert_int_equal(wrong, 0);
    assert_in_range(never, 100, 4000); /* there was something to be wrong */
    assert_in_range(shadowed, 100, 4000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_impossible_never_happens),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
