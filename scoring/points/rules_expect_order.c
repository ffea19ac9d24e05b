/* `order` under `expect`: each key as a person would say it. */
#include "scoring/points/rules_expect.h"

#include "core/date.h"
#include "records/record_csv.h"

#include <string.h>

static const char *amount_text(struct expr_type t, int64_t v, struct arena *a)
{
    switch (t.value) {
    case EXPR_DATE:
        return date_iso((int32_t)v, a);
    case EXPR_MONTH:
        return month_iso((int32_t)v, a);
    case EXPR_POINTS:
        return points_format(v, a);
    case EXPR_MINUTES:
        return arena_printf(a, "%s%lld:%02lld", v < 0 ? "-" : "",
                            (v < 0 ? -(long long)v : (long long)v) / 60,
                            (v < 0 ? -(long long)v : (long long)v) % 60);
    default:
        return arena_printf(a, "%lld", (long long)v);
    }
}

/* high and low: the value as a rule would write it. */
static void want_amount(struct expectation *e, const char *what,
                        const struct order_key *k, int64_t actual,
                        const struct yaml *node)
{
    struct expr_env env = {.dict = e->x->rules->dict,
                           .definitions = e->x->rules->definitions,
                           .n_definitions = e->x->rules->n_definitions,
                           .binds = USES_HOUSEHOLD | USES_CHILD |
                                    USES_PREFERENCE | USES_POINTS};
    int64_t expected;
    struct arena *a = e->x->a;
    if (expr_parse_constant(node->text, node->at, &env, k->expr->type,
                            &expected, a, e->x->d))
        expect_check(e, what, node->text, amount_text(k->expr->type, actual, a),
                     expected == actual, node->at);
    else
        e->out->ok = false;
}

static void want_place(struct expectation *e, const char *what, int64_t key,
                       const struct yaml *node)
{
    int64_t place;
    struct arena *a = e->x->a;
    if (yaml_int(node, &place, NULL))
        expect_check(e, what, node->text,
                     arena_printf(a, "%lld", (long long)key + 1),
                     place == key + 1, node->at);
    else
        expect_wrong(e, node, "ここには順位を 1 から数えて書いてください",
                     "a place counted from 1 is expected here");
}

/* Keys that are no value: `unknown`, `none`. True when that is settled. */
static bool want_no_value(struct expectation *e, const char *what, int64_t key,
                          const struct yaml *node)
{
    bool unknown = key == ORDER_KEY_UNKNOWN, none = key == ORDER_KEY_NOTHING;
    bool word =
        strcmp(node->text, "unknown") == 0 || strcmp(node->text, "none") == 0;
    if (!unknown && !none && !word)
        return false;
    const char *actual = unknown ? "unknown" : none ? "none" : "known";
    expect_check(e, what, node->text, actual, strcmp(actual, node->text) == 0,
                 node->at);
    return true;
}

static void want_key(struct expectation *e, size_t i, const struct yaml *node)
{
    const struct order_key *k = &e->x->rules->order[i];
    int64_t key = e->pref->keys[i];
    const char *what = arena_printf(e->x->a, "order %s", k->id);
    if (node->kind != YAML_SCALAR) {
        expect_wrong(e, node, "ここには値を一つ書いてください",
                     "one value is expected here");
        return;
    }
    if (want_no_value(e, what, key, node))
        return;
    switch (k->kind) {
    case ORDER_FIRST:
        expect_yes_no(e, what, node, key == 0);
        break;
    case ORDER_LAST:
    case ORDER_RANK_LAST:
        expect_yes_no(e, what, node, key == 1);
        break;
    case ORDER_HIGH:
        want_amount(e, what, k, -key, node);
        break;
    case ORDER_LOW:
        want_amount(e, what, k, key, node);
        break;
    case ORDER_RANKED:
    case ORDER_PHASE:
        want_place(e, what, key, node);
        break;
    case ORDER_POINTS:
    case ORDER_RANK:
    case ORDER_TABLE:
    case ORDER_BY_HAND:
        expect_points(e, what, node, -key);
        break;
    default:
        expect_wrong(e, node, "抽選や児童番号は例では確かめられません",
                     "an example cannot expect a lot or a child number");
        break;
    }
}

void expect_order(struct expectation *e, const struct yaml *node)
{
    const struct ruleset *rs = e->x->rules;
    if (node->kind != YAML_MAP)
        expect_wrong(e, node, "order には {id: 値} を書いてください",
                     "order takes {id: value}");
    for (size_t i = 0; node->kind == YAML_MAP && i < node->n; i++) {
        size_t k = 0;
        while (k < rs->n_order &&
               strcmp(rs->order[k].id, node->keys[i]->text) != 0)
            k++;
        if (k < rs->n_order)
            want_key(e, k, node->items[i]);
        else
            expect_wrong(e, node->keys[i], "order にこの id はありません",
                         "the order has no such id");
    }
}
