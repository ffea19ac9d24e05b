/*
 * nyusho rules VERB FILE: the tools for whoever writes a rule set. To add a
 * verb: its file, its function in rules_verbs.h, its row in the table at the
 * end.
 */
#include "cli/case_context.h"
#include "cli/commands.h"
#include "cli/rules_examine.h"
#include "cli/rules_verbs.h"
#include "cli/shipped.h"
#include "core/file.h"

#include <string.h>

#define MAX_RULE_BYTES ((size_t)4 * 1024 * 1024)

const struct option_spec rules_options[] = {
    {"--dictionary", "FILE", {"市独自の項目辞書", "the city's own fields"}},
    {"--write",
     NULL,
     {"format: ファイルを書き換える (既定は画面に出す)",
      "format: rewrite the file (else it is printed)"}},
    {"--check",
     NULL,
     {"format: 書式がそろっているかだけを見る (違えば 1)",
      "format: only tell whether it is laid out (1 if not)"}},
    {"--html",
     NULL,
     {"show: 印刷できる HTML を出す", "show: print a page of HTML"}},
    {NULL, NULL, {NULL, NULL}},
};

const char *rules_bytes(struct cli *c, const char *file, size_t *len)
{
    const struct embedded_file *f =
        embedded_find(shipped_files, arena_printf(&c->mem, "%s.yaml", file));
    if (!f || file_exists(file))
        return file_read(file, MAX_RULE_BYTES, &c->mem, len, &c->diag);
    *len = f->len;
    return f->bytes;
}

bool rules_dictionary(struct cli *c, struct dictionary *dict)
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

bool rules_load(struct cli *c, struct dictionary *dict, struct ruleset *out)
{
    size_t len;
    const char *path = c->args[1], *bytes;
    return rules_dictionary(c, dict) && (bytes = rules_bytes(c, path, &len)) &&
           ruleset_load(out, bytes, len, path, dict, &c->mem, &c->diag);
}

static int run_examples(struct cli *c, bool all)
{
    struct dictionary dict = {0};
    struct ruleset rules;
    if (!rules_load(c, &dict, &rules))
        return EXIT_INPUT;
    rules_examine(c, &rules, c->args[1], all);
    if (!c->diag.errors && !*rules.verified_by)
        cli_say(c,
                "この基準は市の確認 (verified) "
                "が済んでいません。試算にだけ使えます\n",
                "not verified by the city yet: for trial runs only\n");
    return cli_status(c);
}

int rules_check(struct cli *c)
{
    return run_examples(c, false);
}

int rules_test_run(struct cli *c)
{
    return run_examples(c, true);
}

static const struct {
    const char *name;
    int n_files;
    int (*run)(struct cli *c);
} verbs[] = {
    {"check", 1, rules_check},         {"test", 1, rules_test_run},
    {"format", 1, rules_format},       {"show", 1, rules_show},
    {"reference", 0, rules_reference},
};
#define N_VERBS (sizeof verbs / sizeof verbs[0])

int rules_run(struct cli *c)
{
    const char *all = "";
    for (size_t i = 0; i < N_VERBS; i++) {
        if (strcmp(c->args[0], verbs[i].name) == 0 &&
            c->n_args == verbs[i].n_files + 1)
            return verbs[i].run(c);
        all = arena_printf(&c->mem, "%s%s%s%s", all, i ? ", " : "",
                           verbs[i].name, verbs[i].n_files ? " FILE" : "");
    }
    diag_error(&c->diag, POS_FILE("rules"), "unknown-verb",
               "「%s」はこの形では使えません。次のどれかを書いてください: %s",
               "\"%s\" is not used like this; write one of: %s", c->args[0],
               all);
    return EXIT_INPUT;
}
