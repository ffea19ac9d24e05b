/* Files of examples beside a rule set. */
#include "scoring/points/ruleset.h"

#include <string.h>

static bool check_head(const struct ruleset *rs, const struct yaml *root,
                       struct diag *d)
{
    static const char *const keys[] = {"format", "rules", "examples_with",
                                       "examples", NULL};
    const char *format = yaml_text(root, "format", d);
    if (!format)
        return false;
    if (strcmp(format, "nyusho-examples/1") != 0)
        return diag_error(d, yaml_find(root, "format")->at, "bad-format",
                          "「%s」は読めません。format: nyusho-examples/1 が必要"
                          "です",
                          "\"%s\" is not read here: format: nyusho-examples/1 "
                          "is needed",
                          format);
    const char *id = yaml_text(root, "rules", d);
    if (!yaml_only_keys(root, keys, d) || !id)
        return false;
    if (strcmp(id, rs->id) == 0)
        return true;
    return diag_error(d, yaml_find(root, "rules")->at, "examples-of-other",
                      "この例は規則「%s」のものですが、規則ファイルの id は"
                      "「%s」です",
                      "these are examples of \"%s\", but the rule set is "
                      "\"%s\"",
                      id, rs->id);
}

bool ruleset_add_examples(struct ruleset *rs, const char *bytes, size_t len,
                          const char *name, struct arena *a, struct diag *d)
{
    const struct yaml *root = yaml_parse(bytes, len, name, a, d);
    if (!root || !check_head(rs, root, d))
        return false;
    struct example_list more = {yaml_find(root, "examples"),
                                yaml_find(root, "examples_with")};
    if (more.list && yaml_is_empty(more.list))
        more.list = NULL;
    if (more.list && more.list->kind != YAML_LIST)
        return diag_error(d, more.list->at, "yaml-type",
                          "「examples」には「- 」で始まる一覧を書いてください",
                          "\"examples\" takes a list (lines that begin with "
                          "\"- \")");
    struct example_list *all =
        arena_grow(a, rs->beside, rs->n_beside, rs->n_beside + 1, sizeof *all);
    all[rs->n_beside++] = more;
    rs->beside = all;
    return true;
}
