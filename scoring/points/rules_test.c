/* The examples inside a rule set, run. */
#include "scoring/points/rules_test.h"

#include "scoring/points/rules_example.h"
#include "scoring/points/score_run.h"

static const struct yaml *map_or_null(struct example *x,
                                      const struct yaml *node)
{
    if (!node || node->kind == YAML_MAP || yaml_is_empty(node))
        return node && node->kind == YAML_MAP ? node : NULL;
    diag_error(x->d, node->at, "example-given",
               "given には {項目: 値} を書いてください",
               "given takes {field: value}");
    example_fail(x);
    return NULL;
}

static void score_example(struct example *x, const struct yaml *expect,
                          struct example_result *out)
{
    if (!scorer_open(&x->scorer, x->rules, &x->context, &x->set, x->a, x->d)) {
        example_fail(x);
        return;
    }
    score_household_noting(&x->scorer, 0, &x->score, x->a, x->touched);
    example_expect(x, expect, out);
}

static void run_example(const struct ruleset *rs, const struct yaml *node,
                        struct rules_report *report, size_t i, struct arena *a,
                        struct diag *d)
{
    static const char *const keys[] = {"name", "given", "expect", NULL};
    struct example_result *out = &report->examples[i];
    struct example x = {.rules = rs, .a = a, .d = d};
    x.touched = ARENA_ARRAY(a, bool, rs->n_rules);
    out->at = node->at;
    out->name = arena_printf(a, "%zu", i + 1);
    out->ok = true;
    if (node->kind != YAML_MAP || !yaml_only_keys(node, keys, d)) {
        out->ok = node->kind != YAML_MAP &&
                  diag_error(d, node->at, "example-given",
                             "例は {name, given, expect} の形で書いてください",
                             "an example is {name, given, expect}");
        return;
    }
    const struct yaml *name = yaml_find(node, "name");
    if (name && name->kind == YAML_SCALAR)
        out->name = name->text;
    record_set_init(&x.set, rs->dict);
    x.given = map_or_null(&x, yaml_find(node, "given"));
    x.with = map_or_null(&x, rs->examples_with);
    if (example_given(&x) && !x.failed)
        score_example(&x, yaml_find(node, "expect"), out);
    out->ok = out->ok && !x.failed;
    for (size_t k = 0; k < rs->n_rules; k++)
        report->touched[k] = report->touched[k] || x.touched[k];
    record_set_release(&x.set);
}

static void warn_untouched(const struct ruleset *rs, struct rules_report *out,
                           struct diag *d)
{
    for (size_t i = 0; i < rs->n_rules; i++) {
        out->n_touched += out->touched[i];
        if (!out->touched[i])
            diag_warn(d, rs->rules[i]->at, "rule-no-example",
                      "規則「%s」が当てはまる例がありません",
                      "no example makes rule \"%s\" count", rs->rules[i]->id);
    }
}

bool ruleset_test(const struct ruleset *rules, struct rules_report *out,
                  struct arena *a, struct diag *d)
{
    const struct yaml *list = rules->examples;
    *out = (struct rules_report){0};
    out->touched = ARENA_ARRAY(a, bool, rules->n_rules);
    if (!list || list->n == 0)
        return diag_error(d, POS_FILE(rules->file), "no-examples",
                          "規則の例 (examples) がありません。本番の選考には"
                          "例が必要です",
                          "there are no examples: a final run needs them");
    out->n_examples = list->n;
    out->examples = ARENA_ARRAY(a, struct example_result, list->n);
    for (size_t i = 0; i < list->n; i++) {
        run_example(rules, list->items[i], out, i, a, d);
        out->n_failed += !out->examples[i].ok;
    }
    warn_untouched(rules, out, d);
    return out->n_failed == 0;
}
