/*
 * The table of checks of a rule file. To add one: its row; if it looks at a
 * loaded set, its function in rules_reach.c or rules_steps.c; then its two
 * files in fixtures/rules/ (the test asks for them).
 */
#include "scoring/points/rules_check.h"

#include "scoring/points/rules_checks.h"

#include <string.h>

const struct rules_check rules_checks[] = {
    /* the file as YAML */
    {"bad-encoding", {"UTF-8 でない", "not UTF-8"}, NULL},
    {"yaml-alias", {"& と * の参照", "references (& and *)"}, NULL},
    {"yaml-duplicate-key", {"同じ項目が二つ", "a key twice"}, NULL},
    {"yaml-empty", {"中身がない", "an empty file"}, NULL},
    {"yaml-key", {"項目の名前がない", "no name before the colon"}, NULL},
    {"yaml-missing", {"必要な項目がない", "a key that is needed"}, NULL},
    {"yaml-syntax", {"YAML として読めない", "no YAML"}, NULL},
    {"yaml-tag", {"「!」の型指定", "tags (!)"}, NULL},
    {"yaml-too-deep", {"入れ子が深すぎる", "nested too deeply"}, NULL},
    {"yaml-too-large", {"大きすぎる", "too large"}, NULL},
    {"yaml-type", {"書く形が違う", "the wrong shape"}, NULL},
    /* its parts */
    {"bad-format", {"format の行", "the format line"}, NULL},
    {"unknown-key", {"知らない項目名", "an unknown key"}, NULL},
    {"unknown-choice", {"選べない言葉", "a word it cannot be"}, NULL},
    {"bad-id", {"使えない id", "an id that cannot be"}, NULL},
    {"duplicate-id", {"同じ id が二つ", "an id twice"}, NULL},
    {"name-taken", {"すでにある言葉", "a name that is taken"}, NULL},
    {"wording-missing", {"文言がない", "no wording"}, NULL},
    {"source-missing", {"出典がない", "no source"}, NULL},
    {"no-rules", {"規則がない", "no rule"}, NULL},
    {"too-many-rules", {"規則が多すぎる", "too many rules"}, NULL},
    {"misplaced", {"そこには書けない", "out of place"}, NULL},
    {"hours-weeks", {"1か月の週数がない", "no weeks per month"}, NULL},
    {"hours-overtime", {"実績と残業", "actual hours and overtime"}, NULL},
    /* what a rule gives */
    {"award-missing", {"点数がない", "no points"}, NULL},
    {"award-twice", {"点数が二通り", "points twice"}, NULL},
    {"bad-points", {"点数として読めない", "no number of points"}, NULL},
    {"bad-range", {"範囲がおかしい", "a range that cannot be"}, NULL},
    {"step-table-empty", {"段のない表", "a table without steps"}, NULL},
    {"step-order", {"段の順が逆", "steps in the wrong order"}, NULL},
    {"step-duplicate", {"段が重なる", "a step twice"}, NULL},
    {"step-points",
     {"段の点数の上下が逆", "points of a step out of order"},
     check_step_points},
    {"step-gap", {"段のすき間", "a gap between steps"}, check_step_gaps},
    {"step-overlap",
     {"範囲の重なり", "ranges that overlap"},
     check_step_overlaps},
    {"step-unreachable",
     {"誰も届かない段", "a step no one reaches"},
     check_step_reached},
    {"group-empty", {"規則のない group", "a group without rules"}, NULL},
    {"group-of-one", {"規則が一つの group", "a group of one"}, NULL},
    {"unless-later", {"unless の id", "the id under unless"}, NULL},
    {"never-holds",
     {"決して当てはまらない規則", "a rule that can never hold"},
     check_never_holds},
    {"shadowed",
     {"決して採られない規則", "a rule shadowed by another"},
     check_shadowed},
    /* conditions */
    {"full-width", {"全角の文字", "full-width letters"}, NULL},
    {"expr-syntax", {"条件の書き方", "how a condition is written"}, NULL},
    {"expr-too-deep", {"条件の入れ子", "a condition too deep"}, NULL},
    {"expr-too-large", {"条件の大きさ", "a condition too large"}, NULL},
    {"expr-too-long", {"条件の長さ", "a condition too long"}, NULL},
    {"unknown-word", {"知らない言葉", "an unknown word"}, NULL},
    {"unknown-field", {"知らない項目", "an unknown field"}, NULL},
    {"unknown-value", {"選択肢にない値", "a value not in the list"}, NULL},
    {"unknown-unit", {"知らない単位", "an unknown unit"}, NULL},
    {"unknown-function", {"知らない関数", "an unknown function"}, NULL},
    {"ambiguous-word", {"値でも項目でもある", "a value and a name"}, NULL},
    {"hidden-name",
     {"事由の項目に隠れた言葉", "a name that a reason's hides"},
     NULL},
    {"not-here", {"ここでは使えない項目", "a field of another row"}, NULL},
    {"wrong-type", {"種類の違い", "the wrong type"}, NULL},
    {"wrong-unit", {"単位の違い", "the wrong unit"}, NULL},
    {"number-too-large", {"大きすぎる数", "a number too large"}, NULL},
    {"bad-date", {"ない日付", "a day that is none"}, NULL},
    /* order and phases */
    {"order-missing", {"順位がない", "no order"}, NULL},
    {"order-not-unique", {"同点が残る", "ties remain"}, NULL},
    {"order-twice", {"points が二つ", "points twice"}, NULL},
    {"order-unreachable", {"使われない順位", "a key never asked"}, NULL},
    {"phase-unreachable", {"誰も入らない段階", "a phase for no one"}, NULL},
    {"phase-order", {"段階の順が合わない", "phases out of order"}, NULL},
    {"phase-cycle", {"段階が一回りする", "phases in a circle"}, NULL},
    {"phase-by-facility",
     {"施設で分ける段階", "a phase that depends on the facility"},
     NULL},
    {"special-twice", {"同じ枠が二つ", "special seats twice"}, NULL},
    /* examples */
    {"no-examples", {"例がない", "no examples"}, NULL},
    {"examples-of-other", {"別の規則の例", "examples of another set"}, NULL},
    {"example-given", {"例の世帯の書き方", "how a household is given"}, NULL},
    {"example-expect", {"期待する結果の書き方", "what is expected"}, NULL},
    {"example-fails", {"合わない例", "an example that fails"}, NULL},
    {"rule-no-example", {"例のない規則", "a rule no example touches"}, NULL},
    {"manual-unknown-rule",
     {"適宜の点数: ない規則", "points by hand: no such rule"},
     NULL},
    {"manual-not-manual",
     {"適宜の点数: 点の決まった規則", "points by hand: they are fixed"},
     NULL},
    {"manual-range",
     {"適宜の点数: 範囲の外", "points by hand: out of range"},
     NULL},
    {"manual-duplicate",
     {"適宜の点数: 二度の入力", "points by hand: twice"},
     NULL},
    {"manual-scope",
     {"適宜の点数: 相手が違う", "points by hand: for whom"},
     NULL},
    {"bad-number", {"数として読めない値", "no number"}, NULL},
    {"bad-minutes", {"時間として読めない値", "no time"}, NULL},
    {"bad-boolean", {"はい・いいえでない値", "not yes or no"}, NULL},
    {"bad-kana", {"カナでない値", "not kana"}, NULL},
    {"out-of-range", {"大きすぎる値", "a value too large"}, NULL},
    {"date-outside-era", {"元号にない日", "a day outside its era"}, NULL},
    {NULL, {NULL, NULL}, NULL},
};

const struct rules_check *rules_check_find(const char *name)
{
    for (size_t i = 0; rules_checks[i].name; i++)
        if (strcmp(rules_checks[i].name, name) == 0)
            return &rules_checks[i];
    return NULL;
}

void ruleset_check(const struct ruleset *rs, struct diag *d)
{
    for (size_t i = 0; rules_checks[i].name; i++)
        if (rules_checks[i].run)
            rules_checks[i].run(rs, d);
}
