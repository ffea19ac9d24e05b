/* Rules and groups of rules. */
#include "scoring/points/ruleset_loader.h"

#include <string.h>

static const char *const rule_keys[] = {"id",   "wording",  "page",
                                        "when", "unless",   "forced",
                                        "but",  AWARD_KEYS, NULL};
static const char *const but_keys[] = {"when", "wording", "none", AWARD_KEYS,
                                       NULL};

static const struct {
    const char *key;
    enum group_pick pick;
} picks[] = {
    {"highest_of", PICK_HIGHEST},
    {"lowest_of", PICK_LOWEST},
    {"first_of", PICK_FIRST},
    {"sum_of", PICK_SUM},
};
#define N_PICKS (sizeof picks / sizeof picks[0])

/* ---- parts of a rule ---- */

static bool load_but(struct loader *l, const struct yaml *map,
                     enum rule_scope scope, struct but *out)
{
    if (!load_keys(l, map, but_keys))
        return false;
    const struct yaml *when = yaml_find(map, "when");
    const char *wording = load_text(l, map, "wording");
    out->at = map->at;
    out->wording = *wording ? wording : NULL;
    if (!when) {
        diag_error(l->d, map->at, "yaml-missing",
                   "but には when (いつ替わるか) が必要です", "but needs when");
        return loader_fail(l);
    }
    out->when = load_condition(l, when, rule_scope_uses(scope));
    return load_award(l, map, scope, &out->award) && out->when;
}

/* One map, or a list of them. */
static bool load_buts(struct loader *l, const struct yaml *map, struct rule *r)
{
    const struct yaml *node = yaml_find(map, "but");
    if (!node)
        return true;
    bool list = node->kind == YAML_LIST;
    size_t n = list ? node->n : 1;
    struct but *but = ARENA_ARRAY(l->a, struct but, n);
    bool ok = true;
    for (size_t i = 0; i < n; i++)
        ok = load_but(l, list ? node->items[i] : node, r->scope, &but[i]) && ok;
    r->but = but;
    r->n_but = n;
    return ok;
}

static const struct rule *rule_before(const struct loader *l, const char *id)
{
    for (size_t i = 0; i < l->n_rules; i++)
        if (strcmp(l->rules[i]->id, id) == 0)
            return l->rules[i];
    return NULL;
}

static bool load_unless(struct loader *l, const struct yaml *map,
                        struct rule *r)
{
    const struct yaml *list = load_list(l, map, "unless");
    if (!list)
        return true;
    const struct rule **rules = ARENA_ARRAY(l->a, const struct rule *, list->n);
    for (size_t i = 0; i < list->n; i++) {
        const struct yaml *node = list->items[i];
        const char *id = node->kind == YAML_SCALAR ? node->text : "";
        rules[i] = rule_before(l, id);
        bool usable =
            rules[i] && rules[i]->scope != RULE_ORDER &&
            (r->scope != RULE_REASON || rules[i]->scope == RULE_REASON);
        if (usable)
            continue;
        diag_error(l->d, node->at, "unless-later",
                   "unless の「%s」は、これより前に書かれた規則の id では"
                   "ありません",
                   "unless: \"%s\" is not the id of a rule written before "
                   "this one",
                   id);
        return loader_fail(l);
    }
    r->unless = rules;
    r->n_unless = list->n;
    return true;
}

/* ---- one rule ---- */

static bool load_wording(struct loader *l, const struct yaml *map,
                         struct rule *r)
{
    r->wording = load_text(l, map, "wording");
    r->page = load_text(l, map, "page");
    if (!*r->wording) {
        diag_error(l->d, map->at, "wording-missing",
                   "規則「%s」に wording (基準表に印刷された言葉) がありません",
                   "rule \"%s\" has no wording (the words of the printed "
                   "table)",
                   r->id);
        return loader_fail(l);
    }
    if (*r->page || *l->rs->source_pages)
        return true;
    diag_error(
        l->d, map->at, "source-missing",
        "規則「%s」の出典のページがありません。page か source の pages を"
        "書いてください",
        "rule \"%s\" has no page: give page, or pages under source", r->id);
    return loader_fail(l);
}

static bool load_forced(struct loader *l, const struct yaml *map,
                        struct rule *r)
{
    bool ok = load_flag(l, map, "forced", &r->forced);
    if (!r->forced || r->scope == RULE_REASON)
        return ok;
    diag_error(l->d, map->at, "misplaced",
               "forced は guardian の reasons にだけ書けます",
               "forced stands under reasons of guardian only");
    return loader_fail(l);
}

static struct rule *load_rule(struct loader *l, const struct yaml *map,
                              enum rule_scope scope)
{
    if (!load_keys(l, map, rule_keys))
        return NULL;
    if (l->n_rules == RULES_MAX) {
        diag_error(l->d, map->at, "too-many-rules",
                   "規則が多すぎます (%d まで)", "too many rules (up to %d)",
                   RULES_MAX);
        loader_fail(l);
        return NULL;
    }
    struct rule *r = ARENA_NEW(l->a, struct rule);
    r->scope = scope;
    r->at = map->at;
    r->id = load_text(l, map, "id");
    const struct yaml *id = yaml_find(map, "id");
    bool ok = load_id(l, r->id, id ? id->at : map->at);
    ok = load_wording(l, map, r) && ok;
    ok = load_forced(l, map, r) && ok;
    const struct yaml *when = yaml_find(map, "when");
    if (when) {
        r->when = load_condition(l, when, rule_scope_uses(scope));
        ok = r->when && ok;
    }
    ok = load_unless(l, map, r) && ok;
    ok = load_award(l, map, scope, &r->award) && ok;
    ok = load_buts(l, map, r) && ok;
    if (!ok)
        return NULL;
    r->index = l->n_rules;
    l->rules[l->n_rules++] = r;
    return r;
}

/* ---- groups ---- */

static const struct yaml *
group_members(struct loader *l, const struct yaml *map, enum group_pick *pick)
{
    const struct yaml *members = NULL;
    for (size_t i = 0; i < N_PICKS; i++) {
        if (!yaml_find(map, picks[i].key))
            continue;
        members = load_list(l, map, picks[i].key);
        *pick = picks[i].pick;
        break;
    }
    if (members && members->n > 0)
        return members;
    diag_error(l->d, map->at, "group-empty",
               "group には highest_of、lowest_of、first_of、sum_of のどれかの"
               "下に規則の一覧が必要です",
               "a group needs a list of rules under highest_of, lowest_of, "
               "first_of or sum_of");
    loader_fail(l);
    return NULL;
}

static bool load_group(struct loader *l, const struct yaml *map,
                       enum rule_scope scope, struct rule_list *out)
{
    static const char *const keys[] = {"group",     "wording",  "highest_of",
                                       "lowest_of", "first_of", "sum_of",
                                       "most",      "least",    NULL};
    if (!load_keys(l, map, keys))
        return false;
    if (scope == RULE_REASON) {
        diag_error(l->d, map->at, "misplaced",
                   "reasons の中に group は書けません (choose がどれを使うかを"
                   "決めます)",
                   "no group under reasons: choose says which counts");
        return loader_fail(l);
    }
    struct rule_group *g = ARENA_NEW(l->a, struct rule_group);
    g->id = load_text(l, map, "group");
    g->wording = load_text(l, map, "wording");
    g->at = map->at;
    bool ok = load_id(l, g->id, yaml_find(map, "group")->at);
    const struct yaml *members = group_members(l, map, &g->pick);
    if (!members)
        return false;
    load_points_key(l, map, "most", &g->has_most, &g->most);
    load_points_key(l, map, "least", &g->has_least, &g->least);
    const struct rule **rules =
        ARENA_ARRAY(l->a, const struct rule *, members->n);
    for (size_t i = 0; i < members->n; i++) {
        struct rule *r = load_rule(l, members->items[i], scope);
        if (!r)
            continue;
        r->group = g;
        rules[g->n++] = r;
    }
    g->rules = rules;
    *out = (struct rule_list){rules, g->n};
    if (members->n == 1)
        diag_warn(l->d, map->at, "group-of-one",
                  "group「%s」には規則が一つしかありません",
                  "group \"%s\" has one member only", g->id);
    return ok;
}

/* ---- a list of both ---- */

static size_t count_rules(const struct yaml *list)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++) {
        const struct yaml *item = list->items[i];
        n++;
        for (size_t k = 0; k < N_PICKS; k++) {
            const struct yaml *members = yaml_find(item, picks[k].key);
            n += members ? members->n : 0;
        }
    }
    return n;
}

bool load_rules(struct loader *l, const struct yaml *list,
                enum rule_scope scope, struct rule_list *out)
{
    *out = (struct rule_list){NULL, 0};
    if (!list)
        return true;
    const struct rule **rules =
        ARENA_ARRAY(l->a, const struct rule *, count_rules(list));
    size_t n = 0;
    bool ok = true;
    for (size_t i = 0; i < list->n; i++) {
        const struct yaml *item = list->items[i];
        if (!yaml_find(item, "group")) {
            const struct rule *r = load_rule(l, item, scope);
            if (r)
                rules[n++] = r;
            ok = r && ok;
            continue;
        }
        struct rule_list members = {NULL, 0};
        ok = load_group(l, item, scope, &members) && ok;
        for (size_t k = 0; k < members.n; k++)
            rules[n++] = members.rules[k];
    }
    *out = (struct rule_list){rules, n};
    return ok;
}
