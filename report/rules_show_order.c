/* The order at equal points as rows. To add a kind of key: its sentence here.
 */
#include "report/rules_shown.h"

#include "records/record_csv.h"
#include "report/expr_say.h"

#include <assert.h>

static const struct label kinds[] = {
    [ORDER_PHASE] = {"先の選考段階が先", "the earlier phase first"},
    [ORDER_RANK_LAST] = {"「最後に選考」の児童は全員の後",
                         "those who rank last come last"},
    [ORDER_RANK] = {"階級が上の方が先", "the better rank first"},
    [ORDER_POINTS] = {"合計点数が高い方が先", "the higher total first"},
    [ORDER_FIRST] = {"当てはまる方が先", "whoever it holds for first"},
    [ORDER_LAST] = {"当てはまる方が後", "whoever it holds for last"},
    [ORDER_HIGH] = {"大きい方が先", "the larger first"},
    [ORDER_LOW] = {"小さい方が先", "the smaller first"},
    [ORDER_RANKED] = {"次の順", "in this order"},
    [ORDER_TABLE] = {"下の表の点数が高い方が先",
                     "more points in the table below first"},
    [ORDER_BY_HAND] = {"人が入れた点数が高い方が先",
                       "more points entered by a person first"},
    [ORDER_LOTTERY] = {"抽選 (引いた番号、なければ記録した種から)",
                       "lot: the number drawn, else from the seed"},
    [ORDER_RECEIPT] = {"受付番号の小さい方が先",
                       "the smaller receipt number first"},
    [ORDER_CHILD_NUMBER] = {"児童番号の小さい方が先",
                            "the smaller child number first"},
};
static_assert(sizeof kinds / sizeof kinds[0] == N_ORDER_KINDS,
              "every kind of key is said");

static const char *best_text(const struct shown *s, const struct order_key *k)
{
    static const struct label takes[] = {
        [TAKE_BEST] = {"父母の上位の方", "the better of the parents"},
        [TAKE_WORST] = {"父母の下位の方", "the worse of the parents"},
        [TAKE_SUM] = {"父母の順位の和", "the sum of the parents' places"},
    };
    const char *text = "";
    for (size_t i = 0; i < k->n_best; i++)
        text =
            arena_printf(s->a, "%s%s%s", text, i ? " → " : "",
                         k->cases ? expr_say(k->cases[i], s->rs, s->lang, s->a)
                                  : k->best[i]);
    if (!k->places)
        return text;
    return arena_printf(s->a, "%s (%s)", text,
                        label_text(takes[k->take], s->lang));
}

static const char *by_text(const struct shown *s, const struct order_key *k)
{
    if (k->kind == ORDER_BY_HAND)
        return arena_printf(s->a, "%s〜%s", points_format(k->from, s->a),
                            points_format(k->to, s->a));
    if (k->cases)
        return arena_printf(s->a, "%s: %s", shown_word(s, "区分", "category"),
                            best_text(s, k));
    const char *text = expr_say(k->expr, s->rs, s->lang, s->a);
    if (k->kind == ORDER_RANKED)
        text = arena_printf(s->a, shown_word(s, "%s: %s", "%s: %s"), text,
                            best_text(s, k));
    return text;
}

static const char *who_text(const struct shown *s, const struct order_key *k)
{
    bool date = k->expr && (k->expr->type.value == EXPR_DATE ||
                            k->expr->type.value == EXPR_MONTH);
    if (date && k->kind == ORDER_HIGH)
        return shown_word(s, "遅い方が先", "the later first");
    if (date && k->kind == ORDER_LOW)
        return shown_word(s, "早い方が先", "the earlier first");
    return label_text(kinds[k->kind], s->lang);
}

static void shown_keys(struct shown *s, size_t first, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct order_key *k = &s->rs->order[first + i];
        const char *cells[] = {arena_printf(s->a, "%zu", i + 1), k->id,
                               k->wording, who_text(s, k), by_text(s, k)};
        sheet_row(&s->sheet, cells);
    }
}

void shown_order(struct shown *s)
{
    static const struct sheet_column ja[] = {{"順", 3, true},
                                             {"id", 24, false},
                                             {"基準表の文言", 34, false},
                                             {"どちらが先か", 28, false},
                                             {"何を比べるか", 44, false}};
    static const struct sheet_column en[] = {{"no", 3, true},
                                             {"id", 24, false},
                                             {"wording", 34, false},
                                             {"who is first", 28, false},
                                             {"what is compared", 44, false}};
    const struct ruleset *rs = s->rs;
    sheet_heading(&s->sheet, shown_word(s, "順位 (上から順に比べる)",
                                        "Order (compared from the top)"));
    sheet_table(&s->sheet, s->lang == LANG_EN ? en : ja, 5);
    shown_keys(s, 0, rs->n_order);
    for (size_t i = 0; i < rs->n_special; i++) {
        const struct special_seat *x = &rs->special[i];
        if (!x->n_own)
            continue;
        sheet_heading(
            &s->sheet,
            arena_printf(s->a,
                         shown_word(s,
                                    "枠「%s」の順位 (段階の後、上の順位の前に比"
                                    "べる)",
                                    "Order for the seats \"%s\" (after the "
                                    "phase, before the order above)"),
                         x->wording));
        sheet_table(&s->sheet, s->lang == LANG_EN ? en : ja, 5);
        shown_keys(s, x->first_own, x->n_own);
    }
    for (size_t i = 0; i < rs->n_keys; i++) {
        const struct order_key *k = &rs->order[i];
        if (k->kind != ORDER_TABLE)
            continue;
        sheet_heading(
            &s->sheet,
            i > rs->n_order
                ? arena_printf(
                      s->a,
                      shown_word(s, "枠の順位「%s」の表", "Table of \"%s\""),
                      k->wording)
                : arena_printf(s->a,
                               shown_word(s, "順位 %zu「%s」の表",
                                          "Table of order %zu, \"%s\""),
                               i + 1, k->wording));
        shown_rule_table(s);
        shown_rules(s, &k->rules);
    }
}
