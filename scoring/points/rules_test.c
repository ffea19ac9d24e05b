/* The examples of a rule set, run. */
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
                          struct rules_report *report,
                          struct example_result *out)
{
    if (!scorer_open(&x->scorer, x->rules, &x->context, &x->set, x->a, x->d)) {
        example_fail(x);
        return;
    }
    score_household_noting(&x->scorer, 0, &x->score, x->a, x->touched);
    out->scored = true;
    example_expect(x, expect, out);
    example_cover(x, report->reached);
    if (!out->ok)
        example_lines(x, out);
}

static void run_example(const struct ruleset *rs,
                        const struct example_list *from, size_t number,
                        struct rules_report *report, struct arena *a,
                        struct diag *d)
{
    static const char *const keys[] = {"name", "given", "expect", NULL};
    struct example_result *out = &report->examples[report->n_examples++];
    const struct yaml *node = from->list->items[number];
    struct example x = {.rules = rs, .a = a, .d = d};
    x.touched = ARENA_ARRAY(a, bool, rs->n_rules);
    out->at = node->at;
    out->name = arena_printf(a, "%zu", number + 1);
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
    x.with = map_or_null(&x, from->with);
    if (example_given(&x) && !x.failed)
        score_example(&x, yaml_find(node, "expect"), report, out);
    out->ok = out->ok && !x.failed;
    for (size_t k = 0; k < rs->n_rules; k++)
        report->touched[k] = report->touched[k] || x.touched[k];
    record_set_release(&x.set);
}

/* An example that cannot be read might have touched them. */
static bool all_scored(const struct rules_report *out)
{
    for (size_t i = 0; i < out->n_examples; i++)
        if (!out->examples[i].scored)
            return false;
    return true;
}

static void warn_untouched(const struct ruleset *rs, struct rules_report *out,
                           struct diag *d)
{
    bool all = all_scored(out);
    for (size_t i = 0; i < rs->n_rules; i++) {
        out->n_touched += out->touched[i];
        if (!out->touched[i] && all)
            diag_warn(d, rs->rules[i]->at, "rule-no-example",
                      "規則「%s」が当てはまる例がありません",
                      "no example makes rule \"%s\" count", rs->rules[i]->id);
    }
}

static size_t length(const struct example_list *l)
{
    return l->list ? l->list->n : 0;
}

static void run_list(const struct ruleset *rs, const struct example_list *from,
                     struct rules_report *out, struct arena *a, struct diag *d)
{
    for (size_t i = 0; i < length(from); i++) {
        run_example(rs, from, i, out, a, d);
        out->n_failed += !out->examples[out->n_examples - 1].ok;
    }
}

bool ruleset_test(const struct ruleset *rules, struct rules_report *out,
                  struct arena *a, struct diag *d)
{
    struct example_list own = {rules->examples, rules->examples_with};
    size_t n = length(&own);
    for (size_t i = 0; i < rules->n_beside; i++)
        n += length(&rules->beside[i]);
    *out = (struct rules_report){0};
    out->touched = ARENA_ARRAY(a, bool, rules->n_rules);
    out->reached = ARENA_ARRAY(a, bool, rules->n_steps);
    if (n == 0)
        return diag_error(d, POS_FILE(rules->file), "no-examples",
                          "規則の例 (examples) がありません。本番の選考には"
                          "例が必要です",
                          "there are no examples: a final run needs them");
    out->examples = ARENA_ARRAY(a, struct example_result, n);
    run_list(rules, &own, out, a, d);
    for (size_t i = 0; i < rules->n_beside; i++)
        run_list(rules, &rules->beside[i], out, a, d);
    for (size_t i = 0; i < rules->n_steps; i++)
        out->n_reached += out->reached[i];
    warn_untouched(rules, out, d);
    return out->n_failed == 0;
}
