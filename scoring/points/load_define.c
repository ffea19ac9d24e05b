/* The section define: words of the rule set's own. */
#include "scoring/points/ruleset_loader.h"

#include "scoring/points/expr_names.h"

#include <string.h>

static bool name_is_free(const struct loader *l, const char *name)
{
    for (size_t i = 0; i < l->dict->n; i++)
        if (strcmp(l->dict->fields[i].name, name) == 0)
            return false;
    for (int i = 0; i < N_BUILTINS; i++)
        if (strcmp(builtins[i].name, name) == 0)
            return false;
    for (size_t i = 0; i < l->n_definitions; i++)
        if (strcmp(l->definitions[i].name, name) == 0)
            return false;
    return !expr_word_is_reserved(name);
}

static bool name_is_word(const char *name)
{
    size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return len > 0 && !name[len] && !(name[0] >= '0' && name[0] <= '9');
}

static bool check_name(struct loader *l, const char *name, struct pos at)
{
    if (!name_is_word(name)) {
        diag_error(l->d, at, "bad-id",
                   "「%s」は言葉の名前にできません。半角の英小文字・数字・"
                   "アンダーバーで書いてください",
                   "\"%s\" cannot be a name: use small letters, digits and "
                   "underscores",
                   name);
        return loader_fail(l);
    }
    if (name_is_free(l, name))
        return true;
    diag_error(l->d, at, "name-taken",
               "「%s」はすでに項目や言葉の名前です。別の名前にしてください",
               "\"%s\" is the name of a field or word already: choose another",
               name);
    return loader_fail(l);
}

static size_t count_nodes(const struct expr *e)
{
    return e ? 1 + count_nodes(e->a) + count_nodes(e->b) + count_nodes(e->c)
             : 0;
}

static bool load_definition(struct loader *l, const struct yaml *map)
{
    static const char *const keys[] = {"name", "in", "means", "wording", NULL};
    static const char *const places[] = {"household", "guardian",   "reason",
                                         "job",       "cohabitant", "child",
                                         "choice",    NULL};
    static const unsigned binds[] = {
        USES_HOUSEHOLD,
        USES_HOUSEHOLD | USES_CHILD | USES_GUARDIAN,
        USES_HOUSEHOLD | USES_CHILD | USES_GUARDIAN | USES_REASON,
        USES_HOUSEHOLD | USES_JOB,
        USES_HOUSEHOLD | USES_COHABITANT,
        USES_HOUSEHOLD | USES_CHILD,
        USES_HOUSEHOLD | USES_CHILD | USES_PREFERENCE,
    };
    if (!load_keys(l, map, keys))
        return false;
    int place = 0;
    const char *name = yaml_text(map, "name", l->d);
    const struct yaml *means = yaml_find(map, "means");
    if (!name || !check_name(l, name, yaml_find(map, "name")->at) ||
        !load_choice(l, map, "in", places, &place))
        return loader_fail(l);
    if (!means) {
        diag_error(l->d, map->at, "yaml-missing",
                   "define には means (言葉の意味) が必要です",
                   "define needs means");
        return loader_fail(l);
    }
    struct definition def = {.name = name,
                             .wording = load_text(l, map, "wording"),
                             .binds = binds[place],
                             .at = map->at};
    def.means = load_expr(l, means, binds[place]);
    if (!def.means)
        return false;
    def.n_nodes = count_nodes(def.means);
    l->definitions[l->n_definitions++] = def;
    return true;
}

bool load_definitions(struct loader *l, const struct yaml *root)
{
    const struct yaml *list = load_list(l, root, "define");
    if (!list)
        return true;
    l->definitions = ARENA_ARRAY(l->a, struct definition, list->n);
    bool ok = true;
    for (size_t i = 0; i < list->n; i++)
        ok = load_definition(l, list->items[i]) && ok;
    l->rs->definitions = l->definitions;
    l->rs->n_definitions = l->n_definitions;
    return ok;
}
