#include "cli/rules_examine.h"

#include "cli/rules_beside.h"
#include "core/file.h"
#include "scoring/points/rules_check.h"
#include "scoring/points/rules_test.h"

#include <string.h>

#define MAX_EXAMPLE_BYTES ((size_t)4 * 1024 * 1024)

static bool load_beside(struct cli *c, struct ruleset *rules, const char *path)
{
    struct beside beside;
    if (!file_exists(path)) /* a set that the program ships */
        return true;
    bool ok = beside_find(path, &beside, &c->mem, &c->diag);
    for (size_t i = 0; ok && i < beside.n; i++) {
        size_t len;
        const char *bytes = file_read(beside.paths[i], MAX_EXAMPLE_BYTES,
                                      &c->mem, &len, &c->diag);
        ok = bytes && ruleset_add_examples(rules, bytes, len, beside.paths[i],
                                           &c->mem, &c->diag);
    }
    return ok;
}

/* ---- examples, line by line ---- */

static void say_check(struct cli *c, const struct example_check *k)
{
    if (k->ok)
        cli_say(c, "    ○ %s: %s\n", "    ○ %s: %s\n", k->what, k->expected);
    else
        cli_say(c, "    × %s: 期待 %s、実際 %s (%d 行目)\n",
                "    × %s: expected %s, actual %s (line %d)\n", k->what,
                k->expected, k->actual, k->at.line);
}

static void say_line(struct cli *c, const struct example_line *l)
{
    cli_say(c, "      %s%s%s %s%s  %s\n", "      %s%s%s %s%s  %s\n", l->rule,
            *l->of ? " @" : "", l->of, l->points,
            l->counted
                ? ""
                : (c->lang == LANG_EN ? " (not counted)" : " (算入せず)"),
            l->seen);
}

static void say_example(struct cli *c, const struct example_result *e, bool all)
{
    cli_say(c, "%s %s (%s:%d)\n", "%s %s (%s:%d)\n", e->ok ? "○" : "×", e->name,
            e->at.file, e->at.line);
    for (size_t i = 0; i < e->n_checks; i++)
        if (all || !e->checks[i].ok)
            say_check(c, &e->checks[i]);
    if (e->n_lines)
        cli_say(c, "    実際の内訳:\n", "    the lines that came out:\n");
    for (size_t i = 0; i < e->n_lines; i++)
        say_line(c, &e->lines[i]);
}

/* ---- what the examples reach ---- */

static void say_unreached(struct cli *c, const struct ruleset *rules,
                          const struct rules_report *r)
{
    struct rules_step *steps = ruleset_steps(rules, &c->mem);
    cJSON *list = cJSON_AddArrayToObject(c->report, "steps without example");
    for (size_t i = 0; i < rules->n_steps; i++) {
        const struct rules_step *s = &steps[i];
        if (r->reached[i])
            continue;
        cli_say(c, "  例のない段: %s:%d:%d 規則「%s」の「%s」\n",
                "  no example reaches %s:%d:%d, rule \"%s\", step \"%s\"\n",
                s->at.file, s->at.line, s->at.column, s->rule->id, s->text);
        cJSON_AddItemToArray(
            list, cJSON_CreateString(
                      arena_printf(&c->mem, "%s %s", s->rule->id, s->text)));
    }
}

static void say_counts(struct cli *c, const struct ruleset *rules,
                       const struct rules_report *r)
{
    cli_say(c,
            "例 %zu 件 (不合格 %zu 件)。例が触れたもの: 規則 %zu 件のうち %zu "
            "件、表の段 %zu のうち %zu\n",
            "%zu examples (%zu failed), touching of %zu rules %zu, of %zu "
            "steps %zu\n",
            r->n_examples, r->n_failed, rules->n_rules, r->n_touched,
            rules->n_steps, r->n_reached);
    cJSON_AddNumberToObject(c->report, "examples", (double)r->n_examples);
    cJSON_AddNumberToObject(c->report, "failed", (double)r->n_failed);
    cJSON_AddNumberToObject(c->report, "rules", (double)rules->n_rules);
    cJSON_AddNumberToObject(c->report, "touched", (double)r->n_touched);
    cJSON_AddNumberToObject(c->report, "steps", (double)rules->n_steps);
    cJSON_AddNumberToObject(c->report, "reached", (double)r->n_reached);
}

/* ---- findings by check ---- */

static void say_checks(struct cli *c)
{
    for (size_t i = 0; rules_checks[i].name; i++) {
        size_t n = 0;
        for (size_t k = 0; k < c->diag.n; k++)
            n += strcmp(c->diag.items[k].check, rules_checks[i].name) == 0;
        if (n)
            cli_say(c, "  %s (%s): %zu 件\n", "  %s (%s): %zu\n",
                    rules_checks[i].name,
                    label_text(rules_checks[i].finds, c->lang), n);
    }
}

void rules_examine(struct cli *c, struct ruleset *rules, const char *path,
                   bool all)
{
    struct rules_report report = {0};
    if (!load_beside(c, rules, path))
        return;
    ruleset_check(rules, &c->diag);
    ruleset_test(rules, &report, &c->mem, &c->diag);
    for (size_t i = 0; i < report.n_examples; i++)
        if (all || !report.examples[i].ok)
            say_example(c, &report.examples[i], all);
    say_counts(c, rules, &report);
    if (all && report.n_examples)
        say_unreached(c, rules, &report);
    say_checks(c);
}
