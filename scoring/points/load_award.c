/*
 * What a rule gives. To add a kind: its row in award_kind (ruleset.h) with its
 * meaning, its key in AWARD_KEYS and in the table below, its case in
 * eval_award.c and in the verifier.
 */
#include "scoring/points/ruleset_loader.h"

#include "core/text.h"

#include <string.h>

#define TABLE_MAX_DEPTH 4

unsigned rule_scope_uses(enum rule_scope scope)
{
    static const unsigned uses[] = {
        [RULE_REASON] =
            USES_HOUSEHOLD | USES_CHILD | USES_GUARDIAN | USES_REASON,
        [RULE_GUARDIAN] = USES_HOUSEHOLD | USES_CHILD | USES_GUARDIAN,
        [RULE_HOUSEHOLD] = USES_HOUSEHOLD,
        [RULE_CHILD] = USES_HOUSEHOLD | USES_CHILD,
        [RULE_CHOICE] = USES_HOUSEHOLD | USES_CHILD | USES_PREFERENCE,
        [RULE_ORDER] =
            USES_HOUSEHOLD | USES_CHILD | USES_PREFERENCE | USES_POINTS,
    };
    return uses[scope];
}

/* Points, or the name of a rank where the set has ranks. */
static bool load_worth(struct loader *l, const struct yaml *node,
                       enum rule_scope scope, milli_points *out)
{
    const struct ruleset *rs = l->rs;
    if (rs->n_ranks == 0 || scope != RULE_REASON)
        return load_points(l, node, out);
    for (size_t i = 0; i < rs->n_ranks && node->kind == YAML_SCALAR; i++)
        if (strcmp(node->text, rs->ranks[i]) == 0) {
            *out = (milli_points)(rs->n_ranks - i) * 1000;
            return true;
        }
    diag_error(l->d, node->at, "unknown-choice",
               "「%s」は ranks にある階級ではありません",
               "\"%s\" is not one of the ranks",
               node->kind == YAML_SCALAR ? node->text : "…");
    return loader_fail(l);
}

/* ---- step tables ---- */

struct table_source {
    const struct yaml *map;
    enum rule_scope scope;
    int depth;
};

static const struct step_table *load_table(struct loader *l,
                                           struct table_source from);

static bool enum_bits(struct loader *l, const struct yaml *key,
                      const struct expr *by, struct expr_env *env,
                      int64_t *bits)
{
    const char *p = key->text;
    struct pos at = key->at;
    at.column += !key->plain;
    for (;;) {
        const char *next = strstr(p, " or ");
        size_t len = next ? (size_t)(next - p) : strlen(p);
        const char *word = text_trim(arena_copy(l->a, p, len), l->a);
        int64_t index;
        if (!expr_parse_constant(word, at, env, by->type, &index, l->a, l->d))
            return loader_fail(l);
        *bits |= (int64_t)1 << index;
        if (!next)
            return true;
        at.column += (int)text_count(arena_copy(l->a, p, len + 4));
        p = next + 4;
    }
}

static bool load_step_key(struct loader *l, const struct yaml *key,
                          const struct step_table *t, struct step_row *row,
                          enum rule_scope scope)
{
    struct expr_env env = loader_env(l, rule_scope_uses(scope));
    row->text = key->text;
    row->pos = key->at;
    if (t->kind == TABLE_IS)
        return enum_bits(l, key, t->by, &env, &row->bits);
    struct pos at = key->at;
    at.column += !key->plain;
    return expr_parse_constant(key->text, at, &env, t->by->type, &row->at, l->a,
                               l->d) ||
           loader_fail(l);
}

static bool load_step_value(struct loader *l, const struct yaml *value,
                            struct table_source from, struct step_row *row)
{
    if (value->kind != YAML_MAP) {
        row->index = l->rs->n_steps++;
        return load_worth(l, value, from.scope, &row->points);
    }
    from.map = value;
    from.depth++;
    row->inner = load_table(l, from);
    return row->inner != NULL;
}

/* Rows must stand as they are tried, and no row may repeat another. */
static bool check_steps(struct loader *l, const struct step_table *t)
{
    int64_t seen = 0;
    for (size_t i = 0; i < t->n; i++) {
        const struct step_row *row = &t->rows[i];
        bool twice = t->kind == TABLE_IS
                         ? (seen & row->bits) != 0
                         : i > 0 && row->at == t->rows[i - 1].at;
        seen |= row->bits;
        if (twice) {
            diag_error(l->d, row->pos, "step-duplicate",
                       "「%s」は同じ表の上の段と重なっています",
                       "\"%s\" repeats a step above it", row->text);
            return loader_fail(l);
        }
        if (i == 0 || t->kind == TABLE_IS)
            continue;
        bool down = row->at < t->rows[i - 1].at;
        if (down == (t->kind == TABLE_AT_LEAST))
            continue;
        diag_error(
            l->d, row->pos, "step-order",
            t->kind == TABLE_AT_LEAST
                ? "at_least の段は大きい方から順に書いてください (「%s」"
                  "が上の段より大きい)"
                : "at_most の段は小さい方から順に書いてください (「%s」が"
                  "上の段より小さい)",
            "the steps stand in the wrong order at \"%s\": at_least goes "
            "down, at_most goes up",
            row->text);
        return loader_fail(l);
    }
    return true;
}

static bool load_steps(struct loader *l, const struct yaml *steps,
                       struct table_source from, struct step_table *t)
{
    if (steps->kind != YAML_MAP || steps->n == 0) {
        diag_error(l->d, steps->at, "step-table-empty",
                   "表に段がありません。{160h: 20, 140h: 18} のように書いて"
                   "ください",
                   "the table has no step: write {160h: 20, 140h: 18}");
        return loader_fail(l);
    }
    struct step_row *rows = ARENA_ARRAY(l->a, struct step_row, steps->n);
    bool ok = true;
    for (size_t i = 0; i < steps->n; i++) {
        ok = load_step_key(l, steps->keys[i], t, &rows[i], from.scope) && ok;
        ok = load_step_value(l, steps->items[i], from, &rows[i]) && ok;
    }
    t->rows = rows;
    t->n = steps->n;
    return ok && check_steps(l, t);
}

/* Which of the three keys the map has; they exclude each other. */
static const struct yaml *steps_of(struct loader *l, const struct yaml *map,
                                   enum table_kind *kind)
{
    static const char *const keys[] = {[TABLE_AT_LEAST] = "at_least",
                                       [TABLE_AT_MOST] = "at_most",
                                       [TABLE_IS] = "is"};
    const struct yaml *found = NULL;
    for (int i = 0; i < 3; i++) {
        const struct yaml *steps = yaml_find(map, keys[i]);
        if (!steps)
            continue;
        if (found) {
            diag_error(l->d, steps->at, "award-twice",
                       "at_least、at_most、is はどれか一つだけ書いてください",
                       "write only one of at_least, at_most, is");
            loader_fail(l);
            return NULL;
        }
        found = steps;
        *kind = (enum table_kind)i;
    }
    if (!found) {
        diag_error(l->d, map->at, "award-missing",
                   "by には at_least、at_most、is のどれかが必要です",
                   "by needs one of at_least, at_most, is");
        loader_fail(l);
    }
    return found;
}

/* Steps need an order; `is` needs one of a list. */
static bool check_by(struct loader *l, const struct expr *by,
                     enum table_kind kind)
{
    bool is_enum = by->type.value == EXPR_ENUM;
    bool amount = by->type.value == EXPR_NUMBER ||
                  by->type.value == EXPR_MINUTES ||
                  by->type.value == EXPR_YEN || by->type.value == EXPR_DATE ||
                  by->type.value == EXPR_MONTH || by->type.value == EXPR_POINTS;
    if (kind == TABLE_IS ? is_enum : amount)
        return true;
    diag_error(l->d, by->at, "wrong-type",
               kind == TABLE_IS
                   ? "is の表は、選択肢から一つ選ぶ項目にだけ使えます"
                   : "at_least と at_most の表は、数・時間・金額・日付にだけ"
                     "使えます",
               kind == TABLE_IS
                   ? "a table with is needs a field that is one of a list"
                   : "a table with at_least or at_most needs a number, a time, "
                     "yen or a date");
    return loader_fail(l);
}

static const struct step_table *load_table(struct loader *l,
                                           struct table_source from)
{
    static const char *const inner_keys[] = {"by", "at_least",  "at_most",
                                             "is", "otherwise", NULL};
    const struct yaml *by = yaml_find(from.map, "by");
    if (from.depth > TABLE_MAX_DEPTH || !by) {
        diag_error(l->d, from.map->at, by ? "yaml-too-deep" : "yaml-missing",
                   "表の中の表には by が要り、%d 段まで重ねられます",
                   "a table inside a table needs by, and goes %d deep",
                   TABLE_MAX_DEPTH);
        loader_fail(l);
        return NULL;
    }
    if (from.depth > 0 && !load_keys(l, from.map, inner_keys))
        return NULL;
    struct step_table *t = ARENA_NEW(l->a, struct step_table);
    t->by = load_expr(l, by, rule_scope_uses(from.scope));
    const struct yaml *steps = steps_of(l, from.map, &t->kind);
    if (!t->by || !steps || !check_by(l, t->by, t->kind) ||
        !load_steps(l, steps, from, t))
        return NULL;
    const struct yaml *otherwise = yaml_find(from.map, "otherwise");
    t->has_otherwise = otherwise != NULL;
    if (!otherwise)
        return t;
    t->otherwise_index = l->rs->n_steps++;
    t->otherwise_at = otherwise->at;
    return load_worth(l, otherwise, from.scope, &t->otherwise) ? t : NULL;
}

/* ---- the kinds ---- */

struct award_source {
    const struct yaml *map, *node; /* node: the value of the key */
    enum rule_scope scope;
};

static bool award_points(struct loader *l, struct award_source s,
                         struct award *out)
{
    return load_worth(l, s.node, s.scope, &out->points);
}

static bool award_table(struct loader *l, struct award_source s,
                        struct award *out)
{
    out->table = load_table(l, (struct table_source){s.map, s.scope, 0});
    return out->table != NULL;
}

static bool bad_range(struct loader *l, struct pos at)
{
    diag_error(l->d, at, "bad-range", "範囲の下限が上限より大きくなっています",
               "the lower bound is above the upper one");
    return loader_fail(l);
}

static bool award_per(struct loader *l, struct award_source s,
                      struct award *out)
{
    out->per = load_expr(l, s.node, rule_scope_uses(s.scope));
    const struct yaml *points = yaml_find(s.map, "points");
    if (!out->per)
        return false;
    if (out->per->type.value != EXPR_NUMBER) {
        diag_error(l->d, out->per->at, "wrong-type",
                   "per には数 (回数や人数) を書いてください",
                   "per takes a number (times, persons)");
        return loader_fail(l);
    }
    if (!points) {
        diag_error(l->d, s.node->at, "award-missing",
                   "per には1つあたりの points が必要です",
                   "per needs points for each one");
        return loader_fail(l);
    }
    bool ok = load_points(l, points, &out->points);
    load_points_key(l, s.map, "most", &out->has_most, &out->most);
    load_points_key(l, s.map, "least", &out->has_least, &out->least);
    if (out->has_most && out->has_least && out->most < out->least)
        return bad_range(l, s.node->at);
    return ok;
}

static bool award_manual(struct loader *l, struct award_source s,
                         struct award *out)
{
    static const char *const keys[] = {"from", "to", NULL};
    bool from, to;
    if (!load_keys(l, s.node, keys) ||
        !load_points_key(l, s.node, "from", &from, &out->from) ||
        !load_points_key(l, s.node, "to", &to, &out->to)) {
        diag_error(l->d, s.node->at, "bad-range",
                   "manual には {from: 0, to: 20} のように範囲を書いてください",
                   "manual takes a range: {from: 0, to: 20}");
        return loader_fail(l);
    }
    return out->from <= out->to || bad_range(l, s.node->at);
}

static bool award_rank_last(struct loader *l, struct award_source s,
                            struct award *out)
{
    bool yes = false;
    (void)out;
    if (!yaml_bool(s.node, &yes, l->d))
        return loader_fail(l);
    if (yes && s.scope >= RULE_HOUSEHOLD && s.scope <= RULE_CHOICE)
        return true;
    diag_error(l->d, s.node->at, "misplaced",
               "rank_last は household、child、choice の adjust に yes とだけ"
               "書けます",
               "rank_last can only be yes, under adjust of household, child "
               "or choice");
    return loader_fail(l);
}

static bool award_sets_total(struct loader *l, struct award_source s,
                             struct award *out)
{
    if (s.scope >= RULE_HOUSEHOLD && s.scope <= RULE_CHOICE)
        return load_points(l, s.node, &out->points);
    diag_error(
        l->d, s.node->at, "misplaced",
        "sets_total は household、child、choice の adjust にだけ書けます",
        "sets_total stands under adjust of household, child or choice");
    return loader_fail(l);
}

static bool award_none(struct loader *l, struct award_source s,
                       struct award *out)
{
    bool yes = false;
    (void)out;
    if (yaml_bool(s.node, &yes, l->d) && yes)
        return true;
    return loader_fail(l);
}

/* `points` comes last: beside `per` it belongs to that. */
static const struct {
    const char *key;
    enum award_kind kind;
    bool (*load)(struct loader *, struct award_source, struct award *);
} kinds[] = {
    {"by", AWARD_TABLE, award_table},
    {"per", AWARD_PER, award_per},
    {"manual", AWARD_MANUAL, award_manual},
    {"sets_total", AWARD_SETS_TOTAL, award_sets_total},
    {"rank_last", AWARD_RANK_LAST, award_rank_last},
    {"none", AWARD_NONE, award_none},
    {"points", AWARD_POINTS, award_points},
};
#define N_KINDS (sizeof kinds / sizeof kinds[0])

/* Keys that only go with another one. */
static bool check_companions(struct loader *l, const struct yaml *map,
                             enum award_kind kind)
{
    static const struct {
        const char *key;
        enum award_kind with;
    } only[] = {
        {"at_least", AWARD_TABLE}, {"at_most", AWARD_TABLE},
        {"is", AWARD_TABLE},       {"otherwise", AWARD_TABLE},
        {"most", AWARD_PER},       {"least", AWARD_PER},
    };
    for (size_t i = 0; i < sizeof only / sizeof only[0]; i++) {
        const struct yaml *node = yaml_find(map, only[i].key);
        if (!node || kind == only[i].with)
            continue;
        diag_error(l->d, node->at, "misplaced",
                   "「%s」は %s といっしょに使います",
                   "\"%s\" goes with %s only", only[i].key,
                   only[i].with == AWARD_PER ? "per" : "by");
        return loader_fail(l);
    }
    return true;
}

bool load_award(struct loader *l, const struct yaml *map, enum rule_scope scope,
                struct award *out)
{
    int found = -1;
    for (size_t i = 0; i < N_KINDS; i++) {
        const struct yaml *node = yaml_find(map, kinds[i].key);
        bool of_per = found >= 0 && kinds[found].kind == AWARD_PER &&
                      kinds[i].kind == AWARD_POINTS;
        if (!node || of_per)
            continue;
        if (found >= 0) {
            diag_error(l->d, node->at, "award-twice",
                       "「%s」と「%s」は同時に書けません",
                       "\"%s\" and \"%s\" cannot stand together",
                       kinds[found].key, kinds[i].key);
            return loader_fail(l);
        }
        found = (int)i;
    }
    if (found < 0) {
        diag_error(l->d, map->at, "award-missing",
                   "点数がありません。points、by、per、manual、sets_total、"
                   "rank_last のどれかを書いてください",
                   "no points: write one of points, by, per, manual, "
                   "sets_total, rank_last");
        return loader_fail(l);
    }
    out->kind = kinds[found].kind;
    struct award_source s = {map, yaml_find(map, kinds[found].key), scope};
    return kinds[found].load(l, s, out) && check_companions(l, map, out->kind);
}
