/* The order, points entered by hand, and what lines tell; see score_help.h. */
#include "tests/score_help.h"

/* ---- the order ---- */

static const char ordered[] =
    "phases:\n"
    "  - {id: graduates, wording: 卒園, when: graduating}\n"
    "  - {id: others, wording: その他}\n"
    "child:\n  adjust:\n"
    "    - {id: p, wording: w, when: medical_care, points: 3}\n"
    "    - {id: z, wording: w, when: outside_city, rank_last: yes}\n"
    "order:\n"
    "  - {id: first, wording: w, first: welfare}\n"
    "  - {id: last, wording: w, last: foster}\n"
    "  - {id: high, wording: w, high: children_under_18}\n"
    "  - {id: low, wording: w, low: fee_class}\n"
    "  - {id: best, wording: w, ranked: reason.kind, best: [災害, 疾病, "
    "就労]}\n"
    "  - {id: worst, wording: w, ranked: reason.kind, best: [災害, 疾病, "
    "就労], "
    "take: worst}\n"
    "  - {id: sum, wording: w, ranked: reason.kind, best: [災害, 疾病, 就労], "
    "take: sum}\n"
    "  - {id: area, wording: w, ranked: household.area, best: [A, B]}\n"
    "  - {id: table, wording: w, table: [{id: t1, wording: w, when: welfare, "
    "points: 3}, {id: t2, wording: w, unless: [p], points: 1.5}]}\n"
    "  - {id: sum-of-all, wording: w, high: total_points}\n"
    "  - {id: has-base, wording: w, first: base_points >= 1}\n"
    "  - lottery\n"
    "  - child_number\n";

/* "phase last points …", then the keys in the order written. */
static const char *show_keys(const struct ruleset *rs,
                             const struct pref_score *p, struct arena *a)
{
    const char *text = "";
    for (size_t i = 0; i < rs->n_order; i++) {
        const char *key = arena_printf(a, "%lld", (long long)p->keys[i]);
        if (rs->order[i].kind == ORDER_LOTTERY &&
            p->keys[i] < ORDER_KEY_NOTHING)
            key = "lot";
        if (p->keys[i] == ORDER_KEY_UNKNOWN)
            key = "?";
        if (p->keys[i] == ORDER_KEY_NOTHING)
            key = "-";
        text = arena_printf(a, "%s%s%s", text, i ? " " : "", key);
    }
    return text;
}

#define WANT "preference:1:1 facility=SUN\n"
static void keys_of_the_order(void **state)
{
    static const struct {
        const char *records, *keys;
    } orders[] = {
        {"household single_parent=無 welfare=はい foster=いいえ "
         "children_under_18=3 fee_class=5 area=B\n"
         "child:1 birth=2025-05-01 graduating=いいえ medical_care=はい "
         "outside_city=いいえ\n" WANT BOTH
         "reason:1:1 kind=就労\nreason:1:2 kind=疾病\nreason:2:1 kind=求職\n",
         "1 0 -3000 0 0 -3 5 1 3 4 1 -3000 -3000 1 lot 0"},
        {"household single_parent=無 welfare=いいえ foster=はい "
         "children_under_18=#該当なし fee_class=#該当なし area=Z\n"
         "child:1 birth=2025-05-01 graduating=はい medical_care=いいえ "
         "outside_city=はい\n" WANT ALONE "reason:1:1 kind=災害\n",
         "0 1 0 1 1 - - 0 0 0 2 -1500 0 1 lot 0"},
        {"household\nchild:1 birth=2025-05-01\n" WANT BOTH
         "reason:1:1 kind=災害\n",
         "? 0 0 ? ? ? ? ? ? ? ? ? 0 1 lot 0"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(orders); i++) {
        struct scored x;
        assert_true(score_all(&x, ordered, orders[i].records, NULL, 0));
        const struct pref_score *p = &x.hs[0].children[0].prefs[0];
        assert_string_equal(show_keys(&x.rules, p, &x.a), orders[i].keys);
        assert_int_equal(p->order_unknown, i == 2);
        release(&x);
    }
}

static void the_first_key_that_differs_decides(void **state)
{
    (void)state;
    struct scored x;
    size_t key;
    assert_true(score_all(
        &x,
        "household:\n  adjust:\n    - {id: w, wording: w, when: welfare, "
        "points: 1}\norder:\n  - {id: fee, wording: w, low: fee_class}\n"
        "  - lottery\n",
        "household welfare=はい fee_class=3\nchild:1\n" WANT
        "child:2\npreference:2:1 facility=SUN\n"
        "@000002\nhousehold welfare=はい fee_class=2\nchild:3\n"
        "preference:3:1 facility=SUN\n"
        "@000003\nhousehold welfare=いいえ fee_class=1\nchild:4\n"
        "preference:4:1 facility=SUN\n",
        NULL, 0));
    const struct pref_score *one = x.hs[0].children[0].prefs,
                            *twin = x.hs[0].children[1].prefs,
                            *two = x.hs[1].children[0].prefs,
                            *three = x.hs[2].children[0].prefs;
    assert_true(pref_score_compare(&x.rules, one, two, &key) > 0);
    assert_int_equal(key, 1);
    assert_true(pref_score_compare(&x.rules, two, three, &key) < 0);
    assert_int_equal(key, 0);
    assert_int_equal(pref_score_compare(&x.rules, one, twin, &key), 0);
    assert_int_equal(key, x.rules.n_order);
    release(&x);
}

/* printf 'seed000001' | sha256sum, the first 16 digits, halved. */
static void anyone_can_draw_the_lots_again(void **state)
{
    (void)state;
    struct scored x;
    assert_true(score_all(&x,
                          "child:\n  adjust: [{id: p, wording: w, points: "
                          "1}]\n",
                          "child:1\n" WANT, NULL, 0));
    assert_int_equal(x.hs[0].children[0].prefs[0].keys[1], 1686134259498472731);
    release(&x);
    context.lottery_seed = "";
    assert_true(score_all(&x,
                          "child:\n  adjust: [{id: p, wording: w, points: "
                          "1}]\n",
                          "child:1\n" WANT, NULL, 0));
    assert_true(x.hs[0].children[0].prefs[0].keys[1] == ORDER_KEY_UNKNOWN);
    assert_true(x.hs[0].children[0].prefs[0].order_unknown);
    release(&x);
    context.lottery_seed = "seed";
}

static void drawn_and_receipt_numbers_are_keys(void **state)
{
    (void)state;
    static struct household_number rows[] = {
        {.household = "000001", .number = 12}};
    static struct household_numbers one = {rows, 1}, none = {rows, 0};
    static const char rules[] =
        "child:\n  adjust: [{id: p, wording: w, points: 1}]\n"
        "order: [receipt, lottery]\n";
    struct scored x;
    context.drawn = context.receipts = &one;
    assert_true(
        score_all(&x, rules, "child:1 birth=2025-05-01\n" WANT, NULL, 0));
    assert_int_equal(x.hs[0].children[0].prefs[0].keys[1], 12);
    assert_int_equal(x.hs[0].children[0].prefs[0].keys[2], 12);
    assert_false(x.hs[0].children[0].prefs[0].order_unknown);
    release(&x);
    context.drawn = &none;
    context.receipts = NULL;
    assert_true(
        score_all(&x, rules, "child:1 birth=2025-05-01\n" WANT, NULL, 0));
    for (size_t k = 1; k <= 2; k++)
        assert_true(x.hs[0].children[0].prefs[0].keys[k] == ORDER_KEY_UNKNOWN);
    assert_true(x.hs[0].children[0].prefs[0].order_unknown);
    release(&x);
    context.drawn = NULL;
}

/* At special seats: phase and rank_last, the seat's own keys, the others. */
static void own_keys_come_before_the_points(void **state)
{
    (void)state;
    struct order_key order[7] = {
        {.kind = ORDER_PHASE},   {.kind = ORDER_POINTS},
        {.kind = ORDER_LOTTERY}, {.kind = ORDER_CHILD_NUMBER},
        {.kind = ORDER_FIRST},   {.kind = ORDER_FIRST}};
    struct ruleset rs = {
        .order = order, .n_order = 3, .n_keys = 6, .n_head = 1};
    struct special_seat one = {.first_own = 4, .n_own = 1},
                        other = {.first_own = 5, .n_own = 1};
    struct pref_score x = {.keys = (int64_t[]){0, -5, 8, 0, 1, 3}};
    struct pref_score y = {.keys = (int64_t[]){0, -5, 7, 0, 1, 2}};
    struct pref_score first = {.keys = (int64_t[]){0, -1, 9, 0, 0, 9}};
    size_t key;
    assert_true(pref_score_compare_at(&rs, NULL, &x, &y, &key) > 0);
    assert_int_equal(key, 2);
    assert_true(pref_score_compare_at(&rs, &one, &x, &y, &key) > 0);
    assert_int_equal(key, 2);
    assert_true(pref_score_compare_at(&rs, &other, &x, &y, &key) > 0);
    assert_int_equal(key, 5);
    assert_true(pref_score_compare_at(&rs, &one, &first, &x, &key) < 0);
    assert_int_equal(key, 4);
    assert_true(pref_score_compare_at(&rs, NULL, &first, &x, &key) > 0);
    assert_int_equal(key, 1);
    assert_int_equal(pref_score_compare_at(&rs, &one, &x, &x, &key), 0);
    assert_int_equal(key, rs.n_order);
}

/* ---- manual points ---- */

static const char by_hand[] =
    "guardian:\n  reasons:\n"
    "    - {id: abuse, wording: 虐待, when: reason is 虐待・DV, manual: {from: "
    "0, to: 20}}\n"
    "household:\n  adjust:\n"
    "    - {id: mayor, wording: 市長, when: welfare, manual: {from: -5, to: "
    "5}}\n"
    "    - {id: fixed, wording: 決, when: welfare, points: 1}\n"
    "child:\n  adjust:\n"
    "    - {id: care, wording: 障害, when: medical_care, manual: {from: 0, to: "
    "9}}\n"
    "order:\n"
    "  - {id: judged, wording: 総合, by_hand: {from: 0, to: 3}}\n"
    "  - lottery\n";
static const char hand_family[] =
    "household single_parent=ひとり親 welfare=はい\nguardian:1 present=はい\n"
    "reason:1:1 kind=虐待・DV\nchild:1 birth=2025-05-01 medical_care=はい\n"
    "child:2 birth=2025-05-01 medical_care=はい\n" WANT;
#define M(child, person, rule, points)                               \
    {                                                                \
        "000001", child, person, rule, points, "理由", "係", "課長", \
        {                                                            \
            "m.csv", 2, 0                                            \
        }                                                            \
    }
static void points_entered_by_hand(void **state)
{
    static const struct {
        struct manual_points m[5];
        size_t n;
        const char *score, *check;
    } cases[] = {
        {{{0}},
         0,
         "1 base 0 adjust 1 total 1 provisional | fixed=1 ?abuse@1[manual] "
         "?mayor[manual] ?care[manual] ?judged[manual]\n> 1 SUN 1 unordered\n"
         "2 base 0 adjust 1 total 1 provisional | fixed=1 ?abuse@1[manual] "
         "?mayor[manual] ?care[manual]\n",
         NULL},
        {{M("", 1, "abuse", 12000), M("", 0, "mayor", -2500),
          M("1", 0, "care", 4000), M("2", 0, "care", 5000),
          M("1", 0, "judged", 3000)},
         5,
         "1 base 12 adjust 2.500 total 14.500 | abuse@1=12 mayor=-2.500 "
         "fixed=1 care=4\n> 1 SUN 14.500\n"
         "2 base 12 adjust 3.500 total 15.500 | abuse@1=12 mayor=-2.500 "
         "fixed=1 care=5\n",
         NULL},
        /* for the whole household: each child of it */
        {{M("", 1, "abuse", 12000), M("", 0, "mayor", 0),
          M("", 0, "care", 4000), M("2", 0, "care", 5000),
          M("", 0, "judged", 0)},
         5,
         "1 base 12 adjust 5 total 17 | abuse@1=12 mayor=0 fixed=1 care=4\n"
         "> 1 SUN 17\n"
         "2 base 12 adjust 6 total 18 | abuse@1=12 mayor=0 fixed=1 care=5\n",
         NULL},
        {{M("", 1, "abuze", 1)}, 1, NULL, "manual-unknown-rule"},
        {{M("", 0, "fixed", 1)}, 1, NULL, "manual-not-manual"},
        {{M("", 1, "abuse", 20001)}, 1, NULL, "manual-range"},
        {{M("", 0, "mayor", -5001)}, 1, NULL, "manual-range"},
        {{M("1", 0, "judged", 3001)}, 1, NULL, "manual-range"},
        {{M("", 0, "abuse", 1)}, 1, NULL, "manual-scope"},
        {{M("1", 1, "abuse", 1)}, 1, NULL, "manual-scope"},
        {{M("1", 0, "mayor", 1)}, 1, NULL, "manual-scope"},
        {{M("", 1, "care", 1)}, 1, NULL, "manual-scope"},
        {{M("1", 0, "care", 1), M("1", 0, "care", 2)},
         2,
         NULL,
         "manual-duplicate"},
        {{{"000001", "1", 0, "care", 1, "", "係", "課長", {"m.csv", 2, 0}}},
         1,
         NULL,
         "manual-approver"},
        {{{"000001", "1", 0, "care", 1, "理由", "係", "", {"m.csv", 2, 0}}},
         1,
         NULL,
         "manual-approver"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct scored x;
        bool ok = score_all(&x, by_hand, hand_family, cases[i].m, cases[i].n);
        assert_int_equal(ok, cases[i].check == NULL);
        if (ok)
            assert_string_equal(show(&x.s, &x.hs[0], &x.a), cases[i].score);
        else
            assert_true(x.d.n == 1 && diag_has(&x.d, cases[i].check));
        release(&x);
    }
}

/* ---- what was seen ---- */

static void lines_tell_what_they_saw(void **state)
{
    (void)state;
    struct scored x;
    assert_true(score_all(
        &x, simple,
        "household arrears_months=4 single_parent=ひとり親\n"
        "child:1 birth=2025-05-01 leave_extension_ok=いいえ\n" WANT
        "guardian:1\nreason:1:1 kind=就労\njob:1:1 minutes_month=168:00 "
        "break_minutes_month=8:00\n",
        NULL, 0));
    static const struct {
        const char *id, *seen;
    } lines[] = {
        {"work", "事由=就労 月間就労時間=168:00 月間休憩時間=8:00 "
                 "月の就労時間=160:00"},
        {"single", "ひとり親区分=ひとり親"},
        {"arrears", "保育料滞納月数=4"},
        {"first", "希望順位=1"},
    };
    const struct child_score *c = &x.hs[0].children[0];
    assert_int_equal(c->n_lines, COUNT(lines));
    for (size_t i = 0; i < c->n_lines; i++) {
        assert_string_equal(c->lines[i].rule->id, lines[i].id);
        assert_string_equal(score_line_seen(&x.s, &c->lines[i], &x.a),
                            lines[i].seen);
    }
    struct seen_value *values;
    size_t n = score_line_values(&x.s, &c->lines[0], &values, &x.a);
    assert_int_equal(n, 4);
    assert_string_equal(values[1].field->path, "job.minutes_month");
    assert_int_equal(values[1].slot.num, 168 * 60);
    assert_int_equal(values[1].slot.state, VALUE_KNOWN);
    assert_int_equal(values[1].row, x.set.households[0].first[SCOPE_JOB]);
    assert_null(values[3].field);
    assert_int_equal(values[3].builtin, BUILTIN_HOURS_MONTH);
    release(&x);
}

/* Of two reasons that give the same, the first is the evidence. */
static void equal_reasons_show_the_first(void **state)
{
    (void)state;
    struct scored x;
    assert_true(score_all(
        &x,
        "guardian:\n  reasons:\n    - {id: r, wording: w, when: reason is 災害 "
        "or 疾病, "
        "points: 9}\n",
        CHILD ALONE
        "reason:1:1 kind=求職\nreason:1:2 kind=疾病\nreason:1:3 kind=災害\n",
        NULL, 0));
    const struct score_line *line = &x.hs[0].children[0].lines[0];
    assert_string_equal(score_line_seen(&x.s, line, &x.a), "事由=疾病");
    assert_int_equal(line->rows.reason, 1);
    release(&x);
}

static void what_is_unknown_is_told(void **state)
{
    (void)state;
    struct scored x;
    assert_true(score_all(&x, simple,
                          "household single_parent=ひとり親\n"
                          "child:1 birth=2025-05-01 leave_extension_ok=いいえ\n"
                          "guardian:1\nreason:1:1 kind=就労\n",
                          NULL, 0));
    const struct child_score *c = &x.hs[0].children[0];
    assert_int_equal(c->n_unknowns, 2);
    assert_string_equal(
        score_unknown_text(&x.s, &c->unknowns[0], LANG_JA, &x.a),
        "就労（月間就労時間、変則就労時間）");
    assert_string_equal(
        score_unknown_text(&x.s, &c->unknowns[1], LANG_EN, &x.a),
        "滞納 (months in arrears)");
    release(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_of_the_order),
        cmocka_unit_test(the_first_key_that_differs_decides),
        cmocka_unit_test(anyone_can_draw_the_lots_again),
        cmocka_unit_test(drawn_and_receipt_numbers_are_keys),
        cmocka_unit_test(own_keys_come_before_the_points),
        cmocka_unit_test(points_entered_by_hand),
        cmocka_unit_test(lines_tell_what_they_saw),
        cmocka_unit_test(equal_reasons_show_the_first),
        cmocka_unit_test(what_is_unknown_is_told),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
