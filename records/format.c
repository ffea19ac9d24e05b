#include "records/format.h"

#include <string.h>

bool format_check(const struct yaml *root, const char *wanted, struct diag *d)
{
    const struct yaml *format = yaml_find(root, "format");
    if (!format || format->kind != YAML_SCALAR)
        return diag_error(
            d, root->at, "bad-format", "先頭に「format: %s」の行がありません",
            "the file does not begin with \"format: %s\"", wanted);
    if (strcmp(format->text, wanted) != 0)
        return diag_error(
            d, format->at, "bad-format",
            "%s のファイルではありません（「%s」と書かれています）",
            "this is not a %s file (it says \"%s\")", wanted, format->text);
    return true;
}

const struct yaml *format_list(const struct yaml *map, const char *key,
                               bool *ok, struct diag *d)
{
    const struct yaml *list = yaml_find(map, key);
    if (!list || yaml_is_empty(list))
        return NULL;
    if (list->kind == YAML_LIST)
        return list;
    *ok = diag_error(d, list->at, "yaml-type",
                     "%s には一覧（[a, b] または - の行）を書いてください",
                     "%s takes a list ([a, b] or lines with -)", key);
    return NULL;
}

const char *format_text(const struct yaml *map, const char *key, bool *ok,
                        struct diag *d)
{
    const struct yaml *node = yaml_find(map, key);
    if (!node || yaml_is_empty(node))
        return "";
    if (node->kind == YAML_SCALAR)
        return node->text;
    *ok = diag_error(d, node->at, "yaml-type",
                     "%s には1つの文字列を書いてください", "%s takes one text",
                     key);
    return "";
}
