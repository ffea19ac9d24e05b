#include "report/rules_shown.h"

#include "records/record_csv.h"
#include "report/expr_say.h"

#include <assert.h>

const char *shown_word(const struct shown *s, const char *ja, const char *en)
{
    return s->lang == LANG_EN ? en : ja;
}

const char *shown_points(const struct shown *s, const struct rule *r,
                         milli_points p)
{
    const struct ruleset *rs = s->rs;
    size_t below = (size_t)(p / 1000);
    if (rs->n_ranks == 0 || r->scope != RULE_REASON || below < 1 ||
        below > rs->n_ranks)
        return points_format(p, s->a);
    return rs->ranks[rs->n_ranks - below];
}

static void line(struct shown *s, const char *ja, const char *en,
                 const char *value)
{
    sheet_line(&s->sheet,
               arena_printf(s->a, "%s: %s", shown_word(s, ja, en), value));
}

/* ---- head ---- */

static const char *examples_text(const struct shown *s,
                                 const struct rules_report *tested)
{
    const struct ruleset *rs = s->rs;
    size_t n = rs->examples ? rs->examples->n : 0;
    if (!tested)
        return arena_printf(s->a, "%zu", n);
    return arena_printf(
        s->a,
        shown_word(s, "%zu 件 (合格 %zu)。規則 %zu 件のうち %zu 件に例がある",
                   "%zu (%zu hold); %zu rules, %zu with an example"),
        n, n - tested->n_failed, rs->n_rules, tested->n_touched);
}

static const char *verified_text(const struct shown *s)
{
    const struct ruleset *rs = s->rs;
    if (!*rs->verified_by)
        return shown_word(s, "まだ (試算だけに使えます)",
                          "not yet (for trial runs only)");
    return arena_printf(s->a, "%s %s", rs->verified_by, rs->verified_date);
}

static void show_head(struct shown *s, const struct rules_report *tested)
{
    static const struct label methods[] = {
        [METHOD_STABLE] = {"安定割当 (希望順位と順位で不満の残らない割当て)",
                           "stable matching"},
        [METHOD_POINTS_ORDER] = {"点数の高い世帯から、空いている希望施設へ",
                                 "in order of points, each takes the best "
                                 "seat left"},
        [METHOD_PREFERENCE_ROUNDS] = {"第1希望から順に", "first choices first"},
    };
    const struct ruleset *rs = s->rs;
    line(s, "規則の名前", "Rule set", rs->id);
    line(s, "出典", "Source",
         arena_printf(s->a,
                      shown_word(s, "%s (%d年、%s頁)", "%s (%d, page %s)"),
                      rs->source_document, rs->source_year, rs->source_pages));
    line(s, "市の確認", "Verified by the city", verified_text(s));
    line(s, "割当ての方法", "Method", label_text(methods[rs->method], s->lang));
    line(s, "例", "Examples", examples_text(s, tested));
    line(s, "このファイルの SHA-256", "SHA-256 of this file", rs->hash);
}

/* ---- hours ---- */

static const char *breaks_text(const struct shown *s, const struct hours *h)
{
    struct expr_type a_day = {EXPR_MINUTES, UNIT_PER_DAY, NULL};
    if (!h->breaks_included)
        return shown_word(s, "休憩は数えない", "breaks do not count");
    if (!h->has_breaks_up_to)
        return shown_word(s, "休憩も数える", "breaks count");
    return arena_printf(
        s->a,
        shown_word(s, "休憩は1日 %s まで数える", "breaks count up to %s a day"),
        expr_say_amount(a_day, h->breaks_up_to, s->lang, s->a));
}

static void show_hours(struct shown *s)
{
    static const struct label bases[] = {
        [HOURS_CONTRACT] = {"契約上の時間", "hours by contract"},
        [HOURS_ACTUAL] = {"直近の実績の平均", "the mean of hours worked"},
        [HOURS_LOWER] = {"契約と実績の少ない方",
                         "the lower of contract and actual hours"},
    };
    const struct hours *h = &s->rs->hours;
    sheet_heading(&s->sheet,
                  shown_word(s, "就労時間の数え方", "Hours of work"));
    sheet_line(
        &s->sheet,
        arena_printf(
            s->a,
            shown_word(s, "%s。複数の就労は%s。%s。1か月を %s 週とする",
                       "%s; of several jobs %s; %s; a month has %s weeks"),
            label_text(bases[h->basis], s->lang),
            h->jobs == HOURS_SUM ? shown_word(s, "合わせる", "the sum")
                                 : shown_word(s, "最も長いもの", "the longest"),
            breaks_text(s, h), points_format(h->weeks_per_month_milli, s->a)));
    if (h->counts)
        line(s, "数える就労", "Jobs that count",
             expr_say(h->counts, s->rs, s->lang, s->a));
}

/* ---- words, phases, requirements ---- */

struct clause {
    const char *id, *wording;
    const struct expr *when;
};

static void clause_table(struct shown *s, const char *title)
{
    static const struct sheet_column ja[] = {
        {"id", 24, false}, {"文言", 40, false}, {"当てはまるとき", 60, false}};
    static const struct sheet_column en[] = {
        {"id", 24, false}, {"wording", 40, false}, {"when", 60, false}};
    sheet_heading(&s->sheet, title);
    sheet_table(&s->sheet, s->lang == LANG_EN ? en : ja, 3);
}

static void clause_row(struct shown *s, struct clause c)
{
    const char *cells[] = {
        c.id, c.wording,
        c.when ? expr_say(c.when, s->rs, s->lang, s->a)
               : shown_word(s, "(残りのすべて)", "(all the rest)")};
    sheet_row(&s->sheet, cells);
}

static const char *special_text(const struct shown *s,
                                const struct special_seat *x)
{
    return arena_printf(
        s->a, "%s (%s: %s)", x->wording, x->seat,
        x->general_first ? shown_word(s, "一般の枠が先", "general seats first")
                         : shown_word(s, "この枠が先", "these seats first"));
}

static void show_clauses(struct shown *s)
{
    const struct ruleset *rs = s->rs;
    if (rs->n_definitions)
        clause_table(s, shown_word(s, "この表の言葉", "Words of this table"));
    for (size_t i = 0; i < rs->n_definitions; i++)
        clause_row(s, (struct clause){rs->definitions[i].name,
                                      rs->definitions[i].wording,
                                      rs->definitions[i].means});
    if (rs->n_requirements)
        clause_table(s, shown_word(s, "申込の要件 (すべて満たすこと)",
                                   "Requirements (all of them)"));
    for (size_t i = 0; i < rs->n_requirements; i++)
        clause_row(s, (struct clause){rs->requirements[i].id,
                                      rs->requirements[i].wording,
                                      rs->requirements[i].when});
    if (rs->n_phases)
        clause_table(
            s, rs->phase_mode == PHASE_SEQUENTIAL
                   ? shown_word(s, "選考の段階 (上から、残った枠で一つずつ)",
                                "Phases (from the top, one after another over "
                                "the seats left)")
                   : shown_word(s, "選考の段階 (上から)",
                                "Phases (from the top)"));
    for (size_t i = 0; i < rs->n_phases; i++)
        clause_row(s, (struct clause){rs->phases[i].id, rs->phases[i].wording,
                                      rs->phases[i].when});
    if (rs->n_special)
        clause_table(s, shown_word(s, "特別な枠と使える児童",
                                   "Special seats and who may have them"));
    for (size_t i = 0; i < rs->n_special; i++)
        clause_row(s, (struct clause){rs->special[i].id,
                                      special_text(s, &rs->special[i]),
                                      rs->special[i].when});
}

/* ---- points ---- */

static void show_choose(struct shown *s)
{
    const struct ruleset *rs = s->rs;
    if (rs->n_ranks) {
        const char *all = "";
        for (size_t i = 0; i < rs->n_ranks; i++)
            all =
                arena_printf(s->a, "%s%s%s", all, i ? " > " : "", rs->ranks[i]);
        line(s, "階級 (上から)", "Ranks (best first)", all);
    }
    line(s, "複数に当てはまるとき", "Where several hold",
         rs->choose == CHOOSE_SUM ? shown_word(s, "合計する", "the sum")
                                  : shown_word(s, "高い方", "the highest"));
    if (rs->has_second)
        line(s, "二つ目の事由で加える上限", "Second reason adds at most",
             points_format(rs->second_most, s->a));
    if (rs->has_second_ceiling)
        line(s, "二つ目を加えた上限", "Ceiling with the second",
             points_format(rs->second_ceiling, s->a));
    if (rs->has_ceiling)
        line(s, "保護者一人の上限", "Ceiling of a guardian",
             points_format(rs->ceiling, s->a));
    if (rs->has_absent)
        line(s, "不存在の保護者の点数", "Points of an absent guardian",
             points_format(rs->absent, s->a));
}

static void show_base(struct shown *s)
{
    static const struct label bases[] = {
        [BASE_SUM] = {"父母の合計", "the sum of both guardians"},
        [BASE_LOWER] = {"父母の低い方", "the lower of both"},
        [BASE_HIGHER] = {"父母の高い方", "the higher of both"},
        [BASE_AVERAGE] = {"父母の平均", "the mean of both"},
        [BASE_PER_GUARDIAN] = {"父母の合計 ÷ 保護者数 × 2",
                               "the sum / guardians × 2"},
    };
    const struct ruleset *rs = s->rs;
    line(s, "世帯の基本点数", "Base of the household",
         label_text(bases[rs->base], s->lang));
    if (rs->has_base_ceiling)
        line(s, "世帯の上限", "Ceiling of the household",
             points_format(rs->base_ceiling, s->a));
    if (rs->share_highest)
        line(s, "きょうだいの同時申込", "Siblings who apply together",
             shown_word(s, "全員を最も高い児童の点数にする",
                        "all take the highest child's points"));
}

static void show_section(struct shown *s, enum rule_scope scope, const char *ja,
                         const char *en)
{
    const struct rule_list *list = &s->rs->by_scope[scope];
    bool own = scope == RULE_REASON || scope == RULE_HOUSEHOLD;
    if (list->n == 0 && !own)
        return;
    sheet_heading(&s->sheet, shown_word(s, ja, en));
    if (scope == RULE_REASON)
        show_choose(s);
    if (scope == RULE_HOUSEHOLD)
        show_base(s);
    if (list->n == 0)
        return;
    shown_rule_table(s);
    shown_rules(s, list);
}

static void show_signatures(struct shown *s)
{
    sheet_heading(&s->sheet, shown_word(s, "確認", "Compared with the paper"));
    for (int i = 0; i < 2; i++)
        sheet_line(
            &s->sheet,
            shown_word(s,
                       "紙の基準表と見比べた人: ______________________  日付: "
                       "______________",
                       "Compared by: ______________________  date: "
                       "______________"));
}

struct sheet rules_sheet(const struct ruleset *rs,
                         const struct rules_report *tested, enum lang lang,
                         struct arena *a)
{
    struct shown s = {rs, lang, a, sheet_make(rs->title, a)};
    show_head(&s, tested);
    show_hours(&s);
    show_clauses(&s);
    show_section(&s, RULE_REASON, "基本点数 (保護者ごと)",
                 "Base points (each guardian)");
    show_section(&s, RULE_GUARDIAN, "保護者ごとの調整",
                 "Adjustments (each guardian)");
    show_section(&s, RULE_HOUSEHOLD, "世帯", "Household");
    show_section(&s, RULE_CHILD, "児童ごとの調整", "Adjustments (child)");
    show_section(&s, RULE_CHOICE, "児童と施設の組ごとの調整",
                 "Adjustments (child and facility)");
    shown_order(&s);
    show_signatures(&s);
    return s.sheet;
}
