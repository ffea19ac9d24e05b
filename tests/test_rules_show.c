/* Expressions in words, and a rule set as a table to read. */
#include "report/expr_say.h"
#include "report/rules_show.h"
#include "tests/points_help.h"

static struct arena mem;
static struct dictionary dict;

static int setup(void **state)
{
    (void)state;
    help_dictionary(&dict, &mem);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&mem);
    return 0;
}

/* ---- words ---- */

static const struct {
    const char *expr, *ja, *en;
} words[] = {
    {"welfare", "生活保護が「はい」", "public assistance (yes)"},
    {"not welfare", "生活保護が「はい」でない", "not public assistance (yes)"},
    {"welfare is unknown", "生活保護が不明", "public assistance is unknown"},
    {"waiting_since is not empty", "待機開始日がある",
     "waiting since is not empty"},
    {"arrears_months >= 3 months", "保育料滞納月数 ≧ 3か月",
     "months in arrears ≧ 3 months"},
    {"not (arrears_months >= 3)", "(保育料滞納月数 ≧ 3)でない",
     "not (months in arrears ≧ 3)"},
    {"single_parent is ひとり親 or 準ずる",
     "ひとり親区分が「ひとり親、準ずる」",
     "single parent is ひとり親 or 準ずる"},
    {"welfare or foster and enrolled",
     "生活保護が「はい」 または (里親が「はい」 かつ 在園中)",
     "public assistance (yes) or (foster parent (yes) and enrolled)"},
    {"(welfare or foster) and enrolled",
     "(生活保護が「はい」 または 里親が「はい」) かつ 在園中",
     "(public assistance (yes) or foster parent (yes)) and enrolled"},
    {"entry_date <= month_end(deadline + 5 months + 1 days)",
     "入所日 ≦ (申込締切 + 5か月 + 1日)の月末",
     "entry date ≦ end of the month of (deadline + 5 months + 1 days)"},
    {"income in 1000yen to 2000yen", "前年所得が 1000円 から 2000円 まで",
     "income of last year in 1000 yen to 2000 yen"},
    {"any guardian with reason is 災害", "保護者のどれかが (事由が「災害」)",
     "any guardian with (reason is 災害)"},
    {"count guardians >= 1", "(すべての) 保護者の数 ≧ 1",
     "count guardian with (any) ≧ 1"},
    {"any guardian with (hours_month >= 90min and hours_day < 8h)",
     "保護者のどれかが (月の就労時間 ≧ 1時間30分 かつ 1日の就労時間 < 8時間)",
     "any guardian with (hours a month ≧ 1h30min and hours a day < 8h)"},
    {"months from waiting_since to entry_date >= 3",
     "待機開始日 から 入所日 までの月数 ≧ 3",
     "months from waiting since to entry date ≧ 3"},
    {"lonely", "『だれもいない』", "『だれもいない』"},
    {"children_under_18 - (preschool_children - 1) > 2 persons",
     "18歳未満の子の数 - (就学前児童数 - 1) > 2人",
     "children under 18 - (preschool children - 1) > 2 persons"},
    {"any cohabitant with (any job with 土 in weekdays)",
     "同居家族のどれかが (就労のどれかが (就労曜日に「土」を含む))",
     "any cohabitant with (any job with (土 in weekdays))"},
};

static const char *rules_of(const char *expr)
{
    return arena_printf(
        &mem,
        "format: nyusho-rules/1\nid: words\ntitle: 言葉\n"
        "source: {document: 基準表, year: 2027, pages: [1]}\n"
        "hours: {weeks_per_month: 4}\n"
        "define:\n  - {name: lonely, wording: だれもいない, means: welfare}\n"
        "child:\n  adjust:\n"
        "    - {id: x, wording: 文言, when: %s, points: 1}\n"
        "order: [lottery]\n",
        expr);
}

static void load(struct ruleset *rs, const char *text)
{
    struct diag d = DIAG_INIT;
    bool ok = ruleset_load(rs, text, strlen(text), "r.yaml", &dict, &mem, &d);
    help_print(&d);
    diag_release(&d);
    assert_true(ok);
}

static void expressions_are_said_in_words(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(words); i++) {
        struct ruleset rs;
        load(&rs, rules_of(words[i].expr));
        const struct expr *e = rs.rules[0]->when;
        const char *ja = expr_say(e, &rs, LANG_JA, &mem);
        const char *en = expr_say(e, &rs, LANG_EN, &mem);
        if (strcmp(ja, words[i].ja) == 0 && strcmp(en, words[i].en) == 0)
            continue;
        print_error("%s\n  %s\n  %s\n", words[i].expr, ja, en);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

/* ---- sheets ---- */

static void long_cells_go_on_below(void **state)
{
    static const struct sheet_column columns[] = {
        {"名前", 8, false}, {"点", 6, true}, {"when", 10, false}};
    (void)state;
    struct sheet s = sheet_make("表 <1>", &mem);
    sheet_heading(&s, "見出し");
    sheet_table(&s, columns, 3);
    sheet_row(&s, (const char *[]){"ひとり親世帯", "26", "a b c d e f g h"});
    sheet_row(&s, (const char *[]){"a「い」", "-1.5", "x\x1b[1m\ty"});
    struct buf out = BUF_INIT;
    sheet_text(&s, &out);
    assert_string_equal(out.bytes, "表 <1>\n"
                                   "======\n"
                                   "\n"
                                   "■ 見出し\n"
                                   "名前        点  when\n"
                                   "--------  ----  ----------\n"
                                   "ひとり親    26  a b c d e\n"
                                   "世帯            f g h\n"
                                   "a「い」   -1.5  x [1m y\n");
    buf_clear(&out);
    sheet_html(&s, LANG_JA, &out);
    assert_non_null(strstr(out.bytes, "<title>表 &lt;1&gt;</title>"));
    assert_non_null(strstr(out.bytes, "<html lang=\"ja\">"));
    assert_non_null(strstr(out.bytes, "<td>ひとり親世帯</td>"
                                      "<td class=\"n\">26</td>"));
    assert_null(strchr(out.bytes, '\x1b'));
    buf_release(&out);
}

static const char shown_rules[] =
    "format: nyusho-rules/1\nid: shown\ntitle: 見せる表\n"
    "source: {document: 基準表, year: 2027, pages: 1-2}\n"
    "hours: {breaks: included, breaks_up_to: 60min, weeks_per_month: 4}\n"
    "ranks: [A, B, C]\n"
    "phases:\n  - {id: all, wording: 全員}\n"
    "guardian:\n"
    "  reasons:\n"
    "    - {id: work, wording: 就労, when: reason is 就労, by: days_month, "
    "at_least: {20 days: {by: hours_day, at_least: {8h: A}, otherwise: B}}, "
    "otherwise: C, but: {when: reason.proof = no, none: yes, wording: 証明}}\n"
    "household:\n  base: per_guardian\n  ceiling: 40\n  share_highest: yes\n"
    "  adjust:\n"
    "    - {group: g, wording: 組, sum_of: [{id: a, wording: あ, when: welfare,"
    " points: 1.5}, {id: b, wording: い, per: declines_this_year, points: -1, "
    "least: -3}], most: 2}\n"
    "    - {id: c, wording: う, when: foster, unless: [a], rank_last: yes}\n"
    "    - {id: d, wording: え, manual: {from: 0, to: 5}}\n"
    "    - {id: e, wording: お, when: foster, sets_total: -100}\n"
    "special_seats:\n"
    "  - {id: support, seat: 加配, wording: 加配の枠, when: welfare, use: "
    "general_first, order: [{id: own, wording: 独自, first: foster}, "
    "receipt]}\n"
    "order:\n"
    "  - points\n"
    "  - {id: old, low: residence_since, wording: 長く住む}\n"
    "  - {id: far, ranked: workplace_area, best: [市内, 隣接市町村], take: sum,"
    " wording: 遠い}\n"
    "  - {id: hand, by_hand: {from: 0, to: 10}, wording: 判断}\n"
    "  - lottery\n"
    "examples:\n"
    "  - {name: n, given: {}, expect: {total: 0}}\n";

/* What must stand in it; a long cell is whole in HTML only. */
static const char *const shown[] = {
    "市の確認: まだ (試算だけに使えます)",
    "休憩は1日 1時間 まで数える",
    "階級 (上から): A > B > C",
    "月の就労日数 20日以上・1日の就労時間 8時間以上",
    "そのほか",
    "ただし 証明",
    "加点しない",
    "世帯の基本点数: 父母の合計 ÷ 保護者数 × 2",
    "世帯の上限: 40",
    "全員を最も高い児童の点数にする",
    "組 【合計、上限 2】",
    "・あ",
    "1.5",
    "今年度の内定辞退回数 1 につき (下限 -3)",
    "「あ」のときは除く",
    "ほかの全員の後に選考",
    "0〜5",
    "合計をこの点数にする",
    "先の選考段階が先",
    "早い方が先",
    "市内 → 隣接市町村",
    "0〜10",
    "抽選 (引いた番号、なければ記録した種から)",
    "特別な枠と使える児童",
    "加配の枠 (加配: 一般の枠が先)",
    "枠「加配の枠」の順位",
    "受付番号の小さい方が先",
    "紙の基準表と見比べた人",
};

static void every_line_of_a_rule_set_is_shown(void **state)
{
    (void)state;
    struct ruleset rs;
    load(&rs, shown_rules);
    struct sheet s = rules_sheet(&rs, NULL, LANG_JA, &mem);
    struct buf text = BUF_INIT, html = BUF_INIT;
    sheet_text(&s, &text);
    sheet_html(&s, LANG_JA, &html);
    int missing = 0;
    for (size_t i = 0; i < COUNT(shown); i++)
        if (!strstr(text.bytes, shown[i]) && !strstr(html.bytes, shown[i])) {
            print_error("no %s\n", shown[i]);
            missing++;
        }
    for (size_t i = 0; i < rs.n_rules; i++)
        if (!strstr(html.bytes, rs.rules[i]->id) ||
            !strstr(html.bytes, rs.rules[i]->wording)) {
            print_error("no rule %s\n", rs.rules[i]->id);
            missing++;
        }
    if (missing)
        print_error("%s", text.bytes);
    buf_release(&text);
    buf_release(&html);
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_are_said_in_words),
        cmocka_unit_test(long_cells_go_on_below),
        cmocka_unit_test(every_line_of_a_rule_set_is_shown),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
