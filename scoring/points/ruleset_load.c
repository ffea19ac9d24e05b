/*
 * A rule file as a whole. Each section has its function and its row in the
 * table at the end; sections are loaded in an order that lets each use what
 * it names (definitions first, the order last).
 */
#include "scoring/points/ruleset_loader.h"

#include "core/hash.h"
#include "core/text.h"
#include "scoring/points/expr_names.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *const methods[] = {[METHOD_STABLE] = "stable",
                                      [METHOD_POINTS_ORDER] = "points_order",
                                      [METHOD_PREFERENCE_ROUNDS] =
                                          "preference_rounds",
                                      NULL};

const char *method_name(enum method m)
{
    return methods[m];
}

static const struct {
    const char *name;
    struct label label;
} scopes[] = {
    [RULE_REASON] = {"reason", {"保護者の事由", "guardian's reason"}},
    [RULE_GUARDIAN] = {"guardian", {"保護者", "guardian"}},
    [RULE_HOUSEHOLD] = {"household", {"世帯", "household"}},
    [RULE_CHILD] = {"child", {"児童", "child"}},
    [RULE_CHOICE] = {"choice", {"児童と施設", "child and facility"}},
    [RULE_ORDER] = {"order", {"同点のとき", "tie-break"}},
};
static_assert(sizeof scopes / sizeof scopes[0] == N_RULE_SCOPES,
              "every scope has a name");

const char *rule_scope_name(enum rule_scope s)
{
    return scopes[s].name;
}

struct label rule_scope_label(enum rule_scope s)
{
    return scopes[s].label;
}

static const char *const order_kinds[] = {
    [ORDER_PHASE] = "phase",     [ORDER_RANK_LAST] = "rank_last",
    [ORDER_RANK] = "rank",       [ORDER_POINTS] = "points",
    [ORDER_FIRST] = "first",     [ORDER_LAST] = "last",
    [ORDER_HIGH] = "high",       [ORDER_LOW] = "low",
    [ORDER_RANKED] = "ranked",   [ORDER_TABLE] = "table",
    [ORDER_BY_HAND] = "by_hand", [ORDER_LOTTERY] = "lottery",
    [ORDER_RECEIPT] = "receipt", [ORDER_CHILD_NUMBER] = "child_number",
};
static_assert(sizeof order_kinds / sizeof order_kinds[0] == N_ORDER_KINDS,
              "every kind of key has a name");

const char *order_kind_name(enum order_kind k)
{
    return order_kinds[k];
}

const struct rule *ruleset_find(const struct ruleset *rs, const char *id)
{
    for (size_t i = 0; i < rs->n_rules; i++)
        if (strcmp(rs->rules[i]->id, id) == 0)
            return rs->rules[i];
    return NULL;
}

const struct order_key *ruleset_find_order(const struct ruleset *rs,
                                           const char *id)
{
    for (size_t i = 0; i < rs->n_keys; i++)
        if (rs->order[i].kind == ORDER_BY_HAND &&
            strcmp(rs->order[i].id, id) == 0)
            return &rs->order[i];
    return NULL;
}

/* ---- head ---- */

static void load_year(struct loader *l, const struct yaml *node)
{
    int64_t year = 0;
    if (!node || yaml_is_empty(node))
        return;
    if (!yaml_int(node, &year, l->d)) {
        loader_fail(l);
        return;
    }
    l->rs->source_year = (int)year;
    if (year >= 1868 && year <= 2200)
        return;
    diag_error(l->d, node->at, "bad-range",
               "year には西暦の年を書いてください (例: 2026)",
               "year is a year such as 2026");
    loader_fail(l);
}

static bool load_source(struct loader *l, const struct yaml *root)
{
    static const char *const keys[] = {"document", "year", "pages", NULL};
    struct ruleset *rs = l->rs;
    const struct yaml *map = yaml_find(root, "source");
    rs->source_document = rs->source_pages = "";
    if (map && load_keys(l, map, keys)) {
        const struct yaml *pages = yaml_find(map, "pages");
        rs->source_document = load_text(l, map, "document");
        load_year(l, yaml_find(map, "year"));
        if (pages && pages->kind == YAML_LIST && pages->n > 0 &&
            pages->items[0]->kind == YAML_SCALAR)
            rs->source_pages = arena_printf(
                l->a, pages->n > 1 ? "%s-%s" : "%s", pages->items[0]->text,
                pages->items[pages->n - 1]->text
                    ? pages->items[pages->n - 1]->text
                    : "");
        else if (pages)
            rs->source_pages = load_text(l, map, "pages");
    }
    if (*rs->source_document)
        return true;
    diag_error(l->d, map ? map->at : root->at, "source-missing",
               "source の document (基準表の名前) がありません",
               "source has no document: name the printed table");
    return loader_fail(l);
}

static bool load_verified(struct loader *l, const struct yaml *root)
{
    static const char *const keys[] = {"by", "date", NULL};
    const struct yaml *map = yaml_find(root, "verified");
    l->rs->verified_by = l->rs->verified_date = "";
    if (!map || yaml_is_empty(map))
        return true;
    if (!load_keys(l, map, keys))
        return false;
    l->rs->verified_by = load_text(l, map, "by");
    l->rs->verified_date = load_text(l, map, "date");
    return true;
}

static bool load_head(struct loader *l, const struct yaml *root)
{
    static const char *const phase_modes[] = {
        [PHASE_KEY] = "key", [PHASE_SEQUENTIAL] = "sequential", NULL};
    static const char *const siblings[] = {"later", "earlier", NULL};
    struct ruleset *rs = l->rs;
    int method = METHOD_STABLE, mode = PHASE_KEY, together = 0;
    const char *id = yaml_text(root, "id", l->d);
    rs->id = id ? id : "";
    const char *title = yaml_text(root, "title", l->d);
    rs->title = title ? title : "";
    bool ok = id && title;
    ok = load_choice(l, root, "method", methods, &method) && ok;
    ok = load_choice(l, root, "phase_mode", phase_modes, &mode) && ok;
    ok = load_choice(l, root, "siblings_phase", siblings, &together) && ok;
    rs->siblings_earlier = together == 1;
    rs->method = (enum method)method;
    rs->phase_mode = (enum phase_mode)mode;
    return ok || loader_fail(l);
}

static bool load_ranks(struct loader *l, const struct yaml *root)
{
    const struct yaml *list = load_list(l, root, "ranks");
    if (!list)
        return true;
    const char **ranks = ARENA_ARRAY(l->a, const char *, list->n);
    for (size_t i = 0; i < list->n; i++) {
        if (list->items[i]->kind != YAML_SCALAR) {
            diag_error(l->d, list->items[i]->at, "yaml-type",
                       "ranks には階級の名前を並べてください",
                       "ranks takes names of ranks");
            return loader_fail(l);
        }
        ranks[i] = list->items[i]->text;
    }
    l->rs->ranks = ranks;
    l->rs->n_ranks = list->n;
    return true;
}

/* ---- points ---- */

static bool load_second(struct loader *l, const struct yaml *map)
{
    static const char *const keys[] = {"most", "ceiling", NULL};
    const struct yaml *second = yaml_find(map, "second");
    struct ruleset *rs = l->rs;
    if (!second)
        return true;
    if (!load_keys(l, second, keys))
        return false;
    load_points_key(l, second, "ceiling", &rs->has_second_ceiling,
                    &rs->second_ceiling);
    load_points_key(l, second, "most", &rs->has_second, &rs->second_most);
    if (rs->has_second && rs->choose == CHOOSE_HIGHEST)
        return true;
    diag_error(l->d, second->at, "misplaced",
               "second は choose: highest のとき、most (加える上限) とともに"
               "書きます",
               "second goes with choose: highest, and needs most");
    return loader_fail(l);
}

static bool load_guardian(struct loader *l, const struct yaml *root)
{
    static const char *const keys[] = {"choose",  "second", "ceiling", "absent",
                                       "reasons", "adjust", NULL};
    static const char *const chooses[] = {
        [CHOOSE_HIGHEST] = "highest", [CHOOSE_SUM] = "sum", NULL};
    const struct yaml *map = yaml_find(root, "guardian");
    struct ruleset *rs = l->rs;
    if (!map)
        return true;
    if (!load_keys(l, map, keys))
        return false;
    int choose = CHOOSE_HIGHEST;
    bool ok = load_choice(l, map, "choose", chooses, &choose);
    rs->choose = (enum choose)choose;
    ok = load_second(l, map) && ok;
    load_points_key(l, map, "ceiling", &rs->has_ceiling, &rs->ceiling);
    load_points_key(l, map, "absent", &rs->has_absent, &rs->absent);
    ok = load_rules(l, load_list(l, map, "reasons"), RULE_REASON,
                    &rs->by_scope[RULE_REASON]) &&
         ok;
    return load_rules(l, load_list(l, map, "adjust"), RULE_GUARDIAN,
                      &rs->by_scope[RULE_GUARDIAN]) &&
           ok;
}

static bool load_household(struct loader *l, const struct yaml *root)
{
    static const char *const keys[] = {"base", "ceiling", "share_highest",
                                       "adjust", NULL};
    static const char *const bases[] = {[BASE_SUM] = "sum",
                                        [BASE_LOWER] = "lower",
                                        [BASE_HIGHER] = "higher",
                                        [BASE_AVERAGE] = "average",
                                        [BASE_PER_GUARDIAN] = "per_guardian",
                                        NULL};
    const struct yaml *map = yaml_find(root, "household");
    struct ruleset *rs = l->rs;
    if (!map)
        return true;
    if (!load_keys(l, map, keys))
        return false;
    int base = BASE_SUM;
    bool ok = load_choice(l, map, "base", bases, &base);
    rs->base = (enum base)base;
    load_points_key(l, map, "ceiling", &rs->has_base_ceiling,
                    &rs->base_ceiling);
    ok = load_flag(l, map, "share_highest", &rs->share_highest) && ok;
    return load_rules(l, load_list(l, map, "adjust"), RULE_HOUSEHOLD,
                      &rs->by_scope[RULE_HOUSEHOLD]) &&
           ok;
}

static bool load_adjust(struct loader *l, const struct yaml *root,
                        const char *key, enum rule_scope scope)
{
    static const char *const keys[] = {"adjust", NULL};
    const struct yaml *map = yaml_find(root, key);
    if (!map)
        return true;
    return load_keys(l, map, keys) &&
           load_rules(l, load_list(l, map, "adjust"), scope,
                      &l->rs->by_scope[scope]);
}

static bool load_child(struct loader *l, const struct yaml *root)
{
    return load_adjust(l, root, "child", RULE_CHILD);
}

static bool load_choice_rules(struct loader *l, const struct yaml *root)
{
    return load_adjust(l, root, "choice", RULE_CHOICE);
}

static bool load_examples(struct loader *l, const struct yaml *root)
{
    l->rs->examples = load_long_list(l, root, "examples");
    l->rs->examples_with = yaml_find(root, "examples_with");
    return !l->failed;
}

/* ---- the whole ---- */

static bool (*const sections[])(struct loader *, const struct yaml *) = {
    load_head,        load_source,    load_verified, load_ranks,
    load_definitions, load_hours,     load_phases,   load_requirements,
    load_guardian,    load_household, load_child,    load_choice_rules,
    load_special,     load_order,     load_examples,
};

static const char *const root_keys[] = {
    "format",        "id",         "title",          "source",   "verified",
    "method",        "phase_mode", "siblings_phase", "ranks",    "hours",
    "define",        "phases",     "require",        "guardian", "household",
    "child",         "choice",     "special_seats",  "order",    "examples",
    "examples_with", NULL};

static bool check_format(struct loader *l, const struct yaml *root)
{
    const char *format = yaml_text(root, "format", l->d);
    if (!format)
        return loader_fail(l);
    if (strcmp(format, "nyusho-rules/1") == 0)
        return true;
    diag_error(l->d, yaml_find(root, "format")->at, "bad-format",
               "「%s」は読めません。format: nyusho-rules/1 が必要です",
               "\"%s\" is not read here: format: nyusho-rules/1 is needed",
               format);
    return loader_fail(l);
}

static bool check_rules(struct loader *l, const struct yaml *root)
{
    if (l->n_rules > 0)
        return true;
    diag_error(l->d, root->at, "no-rules", "規則が一つもありません",
               "there is no rule");
    return loader_fail(l);
}

bool ruleset_load(struct ruleset *out, const char *bytes, size_t len,
                  const char *name, const struct dictionary *dict,
                  struct arena *a, struct diag *d)
{
    *out = (struct ruleset){.file = arena_strdup(a, name), .dict = dict};
    const struct yaml *root = yaml_parse(bytes, len, name, a, d);
    if (!root)
        return false;
    struct loader l = {.rs = out, .a = a, .d = d, .dict = dict};
    l.rules = ARENA_ARRAY(a, const struct rule *, RULES_MAX);
    if (!check_format(&l, root))
        return false;
    load_keys(&l, root, root_keys);
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        if (!sections[i](&l, root))
            loader_fail(&l);
    out->rules = l.rules;
    out->n_rules = l.n_rules;
    if (!l.failed) {
        check_hours(&l);
        check_rules(&l, root);
    }
    char *hash = arena_alloc(a, HASH_HEX);
    hash_bytes_hex(bytes, len, hash);
    out->hash = hash;
    return !l.failed;
}
