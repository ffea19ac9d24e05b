/* Scalars of a rule file: words, numbers of points, ids, conditions. */
#include "scoring/points/ruleset_loader.h"

#include "core/text.h"
#include "scoring/points/expr_names.h"
#include "scoring/points/slips.h"

#include <string.h>

#define ID_MAX 40

bool loader_fail(struct loader *l)
{
    l->failed = true;
    return false;
}

bool load_keys(struct loader *l, const struct yaml *map,
               const char *const *allowed)
{
    return (slip_keys(map, allowed, l->a, l->d) &&
            yaml_only_keys(map, allowed, l->d)) ||
           loader_fail(l);
}

static bool is_scalar(const struct yaml *node)
{
    return node && node->kind == YAML_SCALAR && !yaml_is_empty(node);
}

bool load_choice(struct loader *l, const struct yaml *map, const char *key,
                 const char *const *words, int *out)
{
    const struct yaml *node = yaml_find(map, key);
    if (!node)
        return true;
    size_t n = 0;
    char *all = arena_strdup(l->a, "");
    for (; words[n]; n++) {
        if (is_scalar(node) && strcmp(node->text, words[n]) == 0) {
            *out = (int)n;
            return true;
        }
        all = arena_printf(l->a, "%s%s%s", all, n ? ", " : "", words[n]);
    }
    diag_error(l->d, node->at, "unknown-choice",
               "%s には次のどれかを書いてください: %s", "%s takes one of: %s",
               key, all);
    return loader_fail(l);
}

static bool bad_points(struct loader *l, const struct yaml *node)
{
    bool scalar = node->kind == YAML_SCALAR;
    const char *typed = scalar ? slip_points(node->text, l->a) : NULL;
    if (typed && !node->plain)
        diag_error(l->d, node->at, "bad-points",
                   "点数は引用符なしで「%s」と書いてください",
                   "write points without quotes: %s", typed);
    else if (typed)
        diag_error(l->d, node->at, "bad-points",
                   "「%s」は「%s」と書いてください", "for \"%s\" write \"%s\"",
                   node->text, typed);
    if (typed)
        return loader_fail(l);
    diag_error(
        l->d, node->at, "bad-points",
        "「%s」は点数ではありません。半角の数字で書いてください (例: 20、"
        "-3、1.5。小数は3けたまで)",
        "\"%s\" is no number of points: write digits (20, -3, 1.5; up "
        "to three decimals)",
        node->kind == YAML_SCALAR ? node->text : "…");
    return loader_fail(l);
}

bool load_points(struct loader *l, const struct yaml *node, milli_points *out)
{
    if (node->kind != YAML_SCALAR || !node->plain)
        return bad_points(l, node);
    const char *p = node->text;
    bool minus = *p == '-';
    p += *p == '-' || *p == '+';
    size_t whole = strspn(p, "0123456789");
    milli_points value = 0;
    for (size_t i = 0; i < whole && i < 10; i++)
        value = value * 10 + (p[i] - '0');
    const char *rest = p + whole;
    size_t places = *rest == '.' ? strspn(rest + 1, "0123456789") : 0;
    bool decimals = *rest == '.' && places >= 1 && places <= 3;
    if (whole < 1 || whole > 9 || (*rest && !decimals) ||
        (decimals && rest[1 + places]))
        return bad_points(l, node);
    for (size_t i = 0; i < 3; i++)
        value = value * 10 + (i < places ? rest[1 + i] - '0' : 0);
    *out = minus ? -value : value;
    return true;
}

bool load_points_key(struct loader *l, const struct yaml *map, const char *key,
                     bool *has, milli_points *out)
{
    const struct yaml *node = yaml_find(map, key);
    *has = node != NULL;
    return node && load_points(l, node, out);
}

bool load_flag(struct loader *l, const struct yaml *map, const char *key,
               bool *out)
{
    const struct yaml *node = yaml_find(map, key);
    if (!node || yaml_bool(node, out, l->d))
        return true;
    return loader_fail(l);
}

const char *load_text(struct loader *l, const struct yaml *map, const char *key)
{
    const struct yaml *node = yaml_find(map, key);
    if (!node || yaml_is_empty(node))
        return "";
    if (node->kind == YAML_SCALAR)
        return node->text;
    diag_error(l->d, node->at, "yaml-type",
               "「%s」には文字を一つだけ書いてください",
               "\"%s\" takes one text", key);
    loader_fail(l);
    return "";
}

/* Ids stand in files and on the command line; these words have a meaning of
 * their own in `expect`. */
static bool id_is_good(const char *id)
{
    static const char *const taken[] = {
        "total",       "base",  "adjust",    "guardians", "at",   "not",
        "provisional", "phase", "rank_last", "order",     "seats"};
    size_t len = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-_");
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        if (strcmp(id, taken[i]) == 0)
            return false;
    return len > 0 && len <= ID_MAX && !id[len];
}

static bool id_is_taken(const struct loader *l, const char *id)
{
    for (size_t i = 0; i < l->n_ids; i++)
        if (strcmp(l->ids[i], id) == 0)
            return true;
    return false;
}

bool load_id(struct loader *l, const char *id, struct pos at)
{
    const char *typed = id_is_good(id) ? NULL : slip_narrow(id, l->a);
    if (typed && id_is_good(typed)) {
        diag_error(l->d, at, "bad-id", "「%s」は「%s」と書いてください",
                   "for \"%s\" write \"%s\"", id, typed);
        return loader_fail(l);
    }
    if (!id_is_good(id)) {
        diag_error(l->d, at, "bad-id",
                   "「%s」は id にできません。半角の英小文字・数字・ハイフンで"
                   "書いてください (%d 字まで。total などの言葉は除く)",
                   "\"%s\" cannot be an id: use small letters, digits and "
                   "hyphens (up to %d; not a word like total)",
                   id, ID_MAX);
        return loader_fail(l);
    }
    if (id_is_taken(l, id)) {
        diag_error(l->d, at, "duplicate-id",
                   "id「%s」はすでに使われています。別の id にしてください",
                   "the id \"%s\" is used already: choose another", id);
        return loader_fail(l);
    }
    if (l->n_ids == l->ids_capacity) {
        size_t more = l->ids_capacity ? l->ids_capacity * 2 : 64;
        l->ids = arena_grow(l->a, l->ids, l->n_ids, more, sizeof *l->ids);
        l->ids_capacity = more;
    }
    l->ids[l->n_ids++] = id;
    return true;
}

struct expr_env loader_env(const struct loader *l, unsigned uses)
{
    return (struct expr_env){.dict = l->dict,
                             .definitions = l->definitions,
                             .n_definitions = l->n_definitions,
                             .binds = uses};
}

/* The place of the first letter: a quoted scalar begins one before. */
static struct pos text_pos(const struct yaml *node)
{
    struct pos at = node->at;
    at.column += !node->plain;
    return at;
}

/* Whether hours are asked for anywhere below. */
static bool uses_hours(const struct expr *e)
{
    if (!e)
        return false;
    if (e->op == EXPR_BUILTIN && (builtins[e->builtin].owner == BIND_GUARDIAN ||
                                  builtins[e->builtin].owner == BIND_JOB))
        return true;
    return uses_hours(e->a) || uses_hours(e->b) || uses_hours(e->c);
}

static const struct expr *loaded(struct loader *l, const struct expr *e)
{
    if (!e)
        loader_fail(l);
    else if (l->hours_used.line == 0 && uses_hours(e))
        l->hours_used = e->at;
    return e;
}

static bool want_scalar(struct loader *l, const struct yaml *node)
{
    if (is_scalar(node))
        return true;
    diag_error(l->d, node->at, "yaml-type",
               "ここには条件や項目名を一行で書いてください",
               "a condition or a name is expected here, on one line");
    return loader_fail(l);
}

const struct expr *load_condition(struct loader *l, const struct yaml *node,
                                  unsigned uses)
{
    if (!want_scalar(l, node))
        return NULL;
    struct expr_env env = loader_env(l, uses);
    return loaded(
        l, expr_parse_condition(node->text, text_pos(node), &env, l->a, l->d));
}

const struct expr *load_expr(struct loader *l, const struct yaml *node,
                             unsigned uses)
{
    if (!want_scalar(l, node))
        return NULL;
    struct expr_env env = loader_env(l, uses);
    return loaded(l, expr_parse(node->text, text_pos(node), &env, l->a, l->d));
}

const struct yaml *load_long_list(struct loader *l, const struct yaml *map,
                                  const char *key)
{
    const struct yaml *node = yaml_find(map, key);
    if (!node || yaml_is_empty(node))
        return NULL;
    if (node->kind == YAML_LIST)
        return node;
    diag_error(l->d, node->at, "yaml-type",
               "「%s」には「- 」で始まる一覧を書いてください",
               "\"%s\" takes a list (lines that begin with \"- \")", key);
    loader_fail(l);
    return NULL;
}

const struct yaml *load_list(struct loader *l, const struct yaml *map,
                             const char *key)
{
    const struct yaml *list = load_long_list(l, map, key);
    if (!list || list->n <= RULES_MAX)
        return list;
    diag_error(l->d, list->at, "too-many-rules",
               "「%s」の行が多すぎます (%d まで)",
               "\"%s\" has too many lines (up to %d)", key, RULES_MAX);
    loader_fail(l);
    return NULL;
}
