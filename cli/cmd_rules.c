/* nyusho rules check|test FILE: a rule set against itself and its examples. */
#include "cli/case_context.h"
#include "cli/commands.h"
#include "cli/rules_examine.h"
#include "core/file.h"

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
    rules_examine(c, &rules, path, test);
    if (!c->diag.errors && !*rules.verified_by)
        cli_say(c,
                "この基準は市の確認 (verified) "
                "が済んでいません。試算にだけ使えます\n",
                "not verified by the city yet: for trial runs only\n");
    return cli_status(c);
}
