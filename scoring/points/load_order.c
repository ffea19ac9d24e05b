/*
 * The order 同点のとき. To add a kind of key: its row in order_kind (ruleset.h)
 * with what its number means, its row in the table below, its case in
 * score_order.c and in the verifier.
 */
#include "scoring/points/ruleset_loader.h"
#include "scoring/points/slips.h"

#include <string.h>

/* What `first` … `low` may use. */
#define ORDER_USES (USES_HOUSEHOLD | USES_CHILD | USES_PREFERENCE | USES_POINTS)
#define RANKED_USES                                                  \
    (USES_HOUSEHOLD | USES_CHILD | USES_PREFERENCE | USES_GUARDIAN | \
     USES_REASON | USES_JOB)

struct key_source {
    const struct yaml *map, *node; /* node: the value of the kind's key */
};

/* ---- kinds ---- */

static bool key_condition(struct loader *l, struct key_source s,
                          struct order_key *k)
{
    k->expr = load_condition(l, s.node, ORDER_USES);
    return k->expr != NULL;
}

static bool key_amount(struct loader *l, struct key_source s,
                       struct order_key *k)
{
    k->expr = load_expr(l, s.node, ORDER_USES);
    if (!k->expr)
        return false;
    enum expr_value v = k->expr->type.value;
    if (v == EXPR_NUMBER || v == EXPR_MINUTES || v == EXPR_YEN ||
        v == EXPR_DATE || v == EXPR_MONTH || v == EXPR_POINTS)
        return true;
    diag_error(l->d, k->expr->at, "wrong-type",
               "high と low には数・時間・金額・日付・点数を書いてください",
               "high and low take a number, a time, yen, a date or points");
    return loader_fail(l);
}

static bool twice_in_best(struct loader *l, const struct yaml *item)
{
    diag_error(l->d, item->at, "step-duplicate", "best に「%s」が二度あります",
               "\"%s\" stands twice in best", item->text);
    return loader_fail(l);
}

static bool ranked_place(struct loader *l, const struct yaml *item, int place,
                         const struct order_key *k, int *by_value)
{
    struct expr_env env = loader_env(l, RANKED_USES);
    struct pos at = item->at;
    at.column += !item->plain;
    int64_t value;
    if (!expr_parse_constant(item->text, at, &env, k->expr->type, &value, l->a,
                             l->d))
        return loader_fail(l);
    if (by_value[value] < (int)k->n_best)
        return twice_in_best(l, item);
    by_value[value] = place;
    return true;
}

static bool load_best(struct loader *l, const struct yaml *list,
                      struct order_key *k)
{
    const char **best = ARENA_ARRAY(l->a, const char *, list->n);
    k->n_best = list->n;
    k->best = best;
    const struct field *of = k->expr->type.of;
    int *by_value = of ? ARENA_ARRAY(l->a, int, of->n_values) : NULL;
    for (size_t i = 0; of && i < of->n_values; i++)
        by_value[i] = (int)list->n;
    for (size_t i = 0; i < list->n; i++) {
        if (list->items[i]->kind != YAML_SCALAR) {
            diag_error(l->d, list->items[i]->at, "yaml-type",
                       "best には値を並べてください", "best takes values");
            return loader_fail(l);
        }
        best[i] = list->items[i]->text;
        if (of && !ranked_place(l, list->items[i], (int)i, k, by_value))
            return false;
    }
    k->place = by_value;
    return true;
}

/* Rows that a city's own categories may be of, instead of a field. */
static const struct {
    const char *word;
    unsigned binds, places;
} ranked_rows[] = {
    {"guardian", USES_HOUSEHOLD | USES_CHILD | USES_GUARDIAN, USES_GUARDIAN},
    {"child", USES_HOUSEHOLD | USES_CHILD, 0},
    {"choice", USES_HOUSEHOLD | USES_CHILD | USES_PREFERENCE, 0},
};
#define N_RANKED_ROWS (sizeof ranked_rows / sizeof ranked_rows[0])

static size_t ranked_row(const struct yaml *node)
{
    size_t i = 0;
    while (i < N_RANKED_ROWS && (node->kind != YAML_SCALAR ||
                                 strcmp(node->text, ranked_rows[i].word) != 0))
        i++;
    return i;
}

/* The categories: conditions, mostly words of `define`. */
static bool load_cases(struct loader *l, const struct yaml *list, size_t row,
                       struct order_key *k)
{
    const char **best = ARENA_ARRAY(l->a, const char *, list->n);
    const struct expr **cases = ARENA_ARRAY(l->a, const struct expr *, list->n);
    for (size_t i = 0; i < list->n; i++) {
        const struct yaml *item = list->items[i];
        cases[i] = load_condition(l, item, ranked_rows[row].binds);
        if (!cases[i])
            return false;
        best[i] = item->text;
        for (size_t j = 0; j < i; j++)
            if (strcmp(best[j], best[i]) == 0)
                return twice_in_best(l, item);
    }
    k->best = best;
    k->n_best = list->n;
    k->cases = cases;
    k->places = ranked_rows[row].places;
    return true;
}

/* One field that is one of a list. */
static bool load_ranked_field(struct loader *l, const struct yaml *node,
                              struct order_key *k)
{
    k->expr = load_expr(l, node, RANKED_USES);
    if (!k->expr)
        return false;
    k->places = k->expr->uses & (USES_GUARDIAN | USES_REASON | USES_JOB);
    enum expr_value v = k->expr->type.value;
    bool leaf = k->expr->op == EXPR_FIELD || k->expr->op == EXPR_BUILTIN;
    if (leaf && (v == EXPR_ENUM || v == EXPR_TEXT || v == EXPR_CODE))
        return true;
    diag_error(l->d, k->expr->at, "wrong-type",
               "ranked には選択肢から選ぶ項目を一つ書いてください",
               "ranked takes one field that is one of a list");
    return loader_fail(l);
}

static bool key_ranked(struct loader *l, struct key_source s,
                       struct order_key *k)
{
    static const char *const takes[] = {"best", "worst", "sum", NULL};
    int take = TAKE_BEST;
    size_t row = ranked_row(s.node);
    bool ok = row < N_RANKED_ROWS || load_ranked_field(l, s.node, k);
    const struct yaml *best = load_list(l, s.map, "best");
    if (!load_choice(l, s.map, "take", takes, &take) || !ok)
        return false;
    k->take = (enum order_take)take;
    if (best && best->n > 0)
        return row < N_RANKED_ROWS ? load_cases(l, best, row, k)
                                   : load_best(l, best, k);
    diag_error(l->d, s.node->at, "yaml-missing",
               "ranked には best (優先する順の一覧) が必要です",
               "ranked needs best: a list in order of preference");
    return loader_fail(l);
}

static bool key_table(struct loader *l, struct key_source s,
                      struct order_key *k)
{
    if (s.node->kind == YAML_LIST && s.node->n > 0)
        return load_rules(l, s.node, RULE_ORDER, &k->rules);
    diag_error(l->d, s.node->at, "yaml-type",
               "table には規則の一覧を書いてください",
               "table takes a list of rules");
    return loader_fail(l);
}

static bool key_by_hand(struct loader *l, struct key_source s,
                        struct order_key *k)
{
    static const char *const keys[] = {"from", "to", NULL};
    bool from, to;
    if (load_keys(l, s.node, keys) &&
        load_points_key(l, s.node, "from", &from, &k->from) &&
        load_points_key(l, s.node, "to", &to, &k->to) && k->from <= k->to)
        return true;
    diag_error(l->d, s.node->at, "bad-range",
               "by_hand には {from: 0, to: 10} のように範囲を書いてください",
               "by_hand takes a range: {from: 0, to: 10}");
    return loader_fail(l);
}

static const struct {
    const char *key;
    enum order_kind kind;
    bool (*load)(struct loader *, struct key_source, struct order_key *);
} kinds[] = {
    {"first", ORDER_FIRST, key_condition},
    {"last", ORDER_LAST, key_condition},
    {"high", ORDER_HIGH, key_amount},
    {"low", ORDER_LOW, key_amount},
    {"ranked", ORDER_RANKED, key_ranked},
    {"table", ORDER_TABLE, key_table},
    {"by_hand", ORDER_BY_HAND, key_by_hand},
};
#define N_KINDS (sizeof kinds / sizeof kinds[0])

/* Keys that are one word, and those that are put in unasked. */
static const struct {
    const char *word, *id;
    enum order_kind kind;
    const char *wording;
} words[] = {
    {"points", "points", ORDER_POINTS, "点数"},
    {"lottery", "lottery", ORDER_LOTTERY, "抽選"},
    {"receipt", "receipt", ORDER_RECEIPT, "受付順 (先着順)"},
    {"child_number", "child-number", ORDER_CHILD_NUMBER, "児童番号"},
    {NULL, "phase", ORDER_PHASE, "選考の段階"},
    {NULL, "rank-last", ORDER_RANK_LAST, "最後に選考"},
    {NULL, "rank", ORDER_RANK, "階級"},
};
#define N_WORDS (sizeof words / sizeof words[0])

/* ---- one key ---- */

static bool add_word(struct loader *l, size_t word, struct pos at,
                     struct order_key *out)
{
    *out = (struct order_key){.kind = words[word].kind,
                              .id = words[word].id,
                              .wording = words[word].wording,
                              .at = at};
    (void)l;
    return true;
}

static bool load_word(struct loader *l, const struct yaml *item,
                      struct order_key *out)
{
    for (size_t i = 0; i < N_WORDS; i++)
        if (words[i].word && strcmp(item->text, words[i].word) == 0)
            return add_word(l, i, item->at, out);
    const char *typed = slip_find(SLIP_ORDER, item->text, l->a);
    if (typed) {
        diag_error(l->d, item->at, "unknown-choice",
                   "「%s」は「%s」と書いてください", "for \"%s\" write \"%s\"",
                   item->text, typed);
        return loader_fail(l);
    }
    diag_error(
        l->d, item->at, "unknown-choice",
        "「%s」という順位の決め方はありません。points、lottery、receipt、"
        "child_number か、{first: …} などの形で書いてください",
        "no order \"%s\": write points, lottery, receipt, child_number, "
        "or {first: …} and its like",
        item->text);
    return loader_fail(l);
}

static int kind_of(const struct yaml *map)
{
    int found = -1;
    for (size_t i = 0; i < N_KINDS; i++)
        if (yaml_find(map, kinds[i].key))
            found = found < 0 ? (int)i : (int)N_KINDS;
    return found;
}

static bool load_key_id(struct loader *l, const struct yaml *map,
                        const char *otherwise, struct order_key *k)
{
    const struct yaml *id = yaml_find(map, "id");
    k->id = load_text(l, map, "id");
    if (!id)
        k->id = otherwise;
    return load_id(l, k->id, id ? id->at : map->at);
}

/* `id`: where none is written. */
static bool load_key(struct loader *l, const struct yaml *item, const char *id,
                     struct order_key *out)
{
    static const char *const keys[] = {
        "id",   "wording", "first", "last",    "high", "low", "ranked",
        "best", "take",    "table", "by_hand", "page", NULL};
    if (item->kind == YAML_SCALAR)
        return load_word(l, item, out);
    int kind = kind_of(item);
    if (kind < 0 || kind == (int)N_KINDS) {
        diag_error(l->d, item->at, kind < 0 ? "award-missing" : "award-twice",
                   "first、last、high、low、ranked、table、by_hand のどれか"
                   "一つを書いてください",
                   "write one of first, last, high, low, ranked, table, "
                   "by_hand");
        return loader_fail(l);
    }
    if (!load_keys(l, item, keys))
        return false;
    *out = (struct order_key){.kind = kinds[kind].kind, .at = item->at};
    bool ok = load_key_id(l, item, id, out);
    out->wording = load_text(l, item, "wording");
    if (!*out->wording) {
        diag_error(l->d, item->at, "wording-missing",
                   "この順位に wording (基準表に印刷された言葉) がありません",
                   "this key has no wording (the words of the printed table)");
        ok = loader_fail(l);
    }
    struct key_source s = {item, yaml_find(item, kinds[kind].key)};
    return kinds[kind].load(l, s, out) && ok;
}

/* ---- the list ---- */

static bool uses_rank_last(const struct loader *l)
{
    for (size_t i = 0; i < l->n_rules; i++) {
        if (l->rules[i]->award.kind == AWARD_RANK_LAST)
            return true;
        for (size_t k = 0; k < l->rules[i]->n_but; k++)
            if (l->rules[i]->but[k].award.kind == AWARD_RANK_LAST)
                return true;
    }
    return false;
}

/* Phase, rank_last and rank stand before everything; points stand next unless
 * the list says where. */
static size_t add_implied(struct loader *l, struct order_key *order,
                          struct pos at)
{
    const struct ruleset *rs = l->rs;
    const bool wanted[] = {
        [ORDER_PHASE] = rs->n_phases > 0 && rs->phase_mode == PHASE_KEY,
        [ORDER_RANK_LAST] = uses_rank_last(l),
        [ORDER_RANK] = rs->n_ranks > 0,
    };
    size_t n = 0;
    for (size_t i = 0; i < N_WORDS; i++)
        if (words[i].kind <= ORDER_RANK && wanted[words[i].kind])
            add_word(l, i, at, &order[n++]);
    return n;
}

static bool lists_points(const struct yaml *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i]->kind == YAML_SCALAR &&
            strcmp(list->items[i]->text, "points") == 0)
            return true;
    return false;
}

static bool is_unique(enum order_kind k)
{
    return k == ORDER_LOTTERY || k == ORDER_RECEIPT || k == ORDER_CHILD_NUMBER;
}

static bool check_order(struct loader *l, const struct yaml *list)
{
    const struct ruleset *rs = l->rs;
    size_t points = 0;
    for (size_t i = 0; i < rs->n_order; i++) {
        const struct order_key *k = &rs->order[i];
        points += k->kind == ORDER_POINTS;
        if (k->kind == ORDER_POINTS && points == 1)
            l->rs->points_key = i;
        if (i > 0 && is_unique(rs->order[i - 1].kind) && !is_unique(k->kind))
            diag_warn(l->d, k->at, "order-unreachable",
                      "抽選や児童番号より後の順位「%s」は使われません",
                      "nothing is left to \"%s\" after a lottery or child "
                      "number",
                      k->wording);
    }
    if (points > 1) {
        diag_error(l->d, list->at, "order-twice",
                   "points は一度だけ書いてください", "write points once");
        return loader_fail(l);
    }
    if (rs->n_order > 0 && is_unique(rs->order[rs->n_order - 1].kind))
        return true;
    diag_error(
        l->d, list->at, "order-not-unique",
        "順位の最後には lottery (抽選)、receipt (受付順) か child_number "
        "(児童番号) が必要です。ないと同点が残ります",
        "the order must end with lottery, receipt or child_number: "
        "otherwise ties remain");
    return loader_fail(l);
}

bool load_order_keys(struct loader *l, const struct yaml *list,
                     const char *owner, struct order_key *out, size_t *n)
{
    bool ok = true;
    *n = 0;
    for (size_t i = 0; i < list->n; i++) {
        const char *id = arena_printf(l->a, "%s%sorder-%zu", owner ? owner : "",
                                      owner ? "-" : "", i + 1);
        bool good = load_key(l, list->items[i], id, &out[*n]);
        *n += good;
        ok = ok && good;
    }
    return ok;
}

/* The implied keys, those written, the numbers, then those of special seats. */
static void put_order(struct loader *l, const struct yaml *list,
                      const struct order_key *written, size_t n_written)
{
    struct ruleset *rs = l->rs;
    struct special_seat *special =
        ARENA_ARRAY(l->a, struct special_seat, rs->n_special);
    struct order_key *order = ARENA_ARRAY(
        l->a, struct order_key, n_written + N_WORDS + 1 + l->n_own_keys);
    size_t n = add_implied(l, order, list->at);
    while (rs->n_head < n && order[rs->n_head].kind <= ORDER_RANK_LAST)
        rs->n_head++;
    if (!lists_points(list))
        add_word(l, 0, list->at, &order[n++]);
    for (size_t i = 0; i < n_written; i++)
        order[n++] = written[i];
    rs->n_order = n;
    order[n++] = (struct order_key){.kind = ORDER_CHILD_NUMBER,
                                    .id = "",
                                    .wording = "児童番号",
                                    .at = list->at};
    for (size_t i = 0; i < rs->n_special; i++) {
        special[i] = rs->special[i];
        special[i].first_own += n;
    }
    for (size_t i = 0; i < l->n_own_keys; i++)
        order[n++] = l->own_keys[i];
    rs->special = special;
    rs->order = order;
    rs->n_keys = n;
}

bool load_order(struct loader *l, const struct yaml *root)
{
    const struct yaml *list = load_list(l, root, "order");
    const struct yaml *node = yaml_find(root, "order");
    if (!list && node && !yaml_is_empty(node))
        return false; /* said already */
    if (!list || list->n == 0) {
        diag_error(
            l->d, root->at, "order-missing",
            "order (同点のときの順位) がありません。少なくとも lottery を"
            "書いてください",
            "there is no order (who comes first at equal points): "
            "write at least lottery");
        return loader_fail(l);
    }
    /* Loaded first: a table of the order may hold a rank_last by mistake. */
    struct order_key *written = ARENA_ARRAY(l->a, struct order_key, list->n);
    size_t n_written;
    bool ok = load_order_keys(l, list, NULL, written, &n_written);
    put_order(l, list, written, n_written);
    return ok && check_order(l, list);
}
