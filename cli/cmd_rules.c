/* nyusho rules check|test FILE: a rule set against itself and its examples. */
#include "cli/case_context.h"
#include "cli/commands.h"
#include "core/file.h"
#include "scoring/points/rules_test.h"

#include <string.h>

#define MAX_RULE_BYTES ((size_t)4 * 1024 * 1024)

const struct option_spec rules_options[] = {
    {"--dictionary", "FILE", {"市独自の項目辞書", "the city's own fields"}},
    {NULL, NULL, {NULL, NULL}},
};

static bool load_dictionary(struct cli *c, struct dictionary *dict)
{
    if (!dictionary_load_shipped(dict, &c->mem, &c->diag))
        return false;
    const char *path = cli_option(c, "--dictionary");
    if (!path)
        return true;
    size_t len;
    const char *bytes =
        file_read(path, MAX_RULE_BYTES, &c->mem, &len, &c->diag);
    return bytes && dictionary_load(dict, bytes, len, path, &c->mem, &c->diag);
}

static void say_example(struct cli *c, const struct example_result *e)
{
    cli_say(c, "%s %s\n", "%s %s\n", e->ok ? "○" : "×", e->name);
    for (size_t i = 0; i < e->n_checks; i++) {
        const struct example_check *k = &e->checks[i];
        if (!k->ok)
            cli_say(c, "    %s: 期待 %s、実際 %s\n",
                    "    %s: expected %s, actual %s\n", k->what, k->expected,
                    k->actual);
    }
}

static void report_examples(struct cli *c, const struct ruleset *rules,
                            const struct rules_report *report, bool all)
{
    for (size_t i = 0; i < report->n_examples; i++)
        if (all || !report->examples[i].ok)
            say_example(c, &report->examples[i]);
    cli_say(
        c,
        "例 %zu 件 (不合格 %zu 件)、規則 %zu 件のうち例が触れたもの %zu 件\n",
        "%zu examples (%zu failed); %zu rules, %zu of them touched\n",
        report->n_examples, report->n_failed, rules->n_rules,
        report->n_touched);
    cJSON_AddNumberToObject(c->report, "examples", (double)report->n_examples);
    cJSON_AddNumberToObject(c->report, "failed", (double)report->n_failed);
    cJSON_AddNumberToObject(c->report, "rules", (double)rules->n_rules);
    cJSON_AddNumberToObject(c->report, "touched", (double)report->n_touched);
}

int rules_run(struct cli *c)
{
    const char *verb = c->args[0], *path = c->args[1];
    bool test = strcmp(verb, "test") == 0;
    if (!test && strcmp(verb, "check") != 0) {
        diag_error(&c->diag, POS_FILE("rules"), "unknown-verb",
                   "「%s」はありません。check か test を書いてください",
                   "there is no \"%s\"; write check or test", verb);
        return EXIT_INPUT;
    }
    struct dictionary dict = {0};
    struct ruleset rules;
    size_t len;
    const char *bytes;
    if (!load_dictionary(c, &dict) ||
        !(bytes = file_read(path, MAX_RULE_BYTES, &c->mem, &len, &c->diag)) ||
        !ruleset_load(&rules, bytes, len, path, &dict, &c->mem, &c->diag))
        return EXIT_INPUT;
    struct rules_report report = {0};
    ruleset_test(&rules, &report, &c->mem, &c->diag);
    report_examples(c, &rules, &report, test);
    if (!c->diag.errors && !*rules.verified_by)
        cli_say(c,
                "この基準は市の確認 (verified) "
                "が済んでいません。試算にだけ使えます\n",
                "not verified by the city yet: for trial runs only\n");
    return cli_status(c);
}
