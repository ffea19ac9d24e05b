#include "report/disclosure.h"

#include "core/date.h"
#include "records/record_csv.h"
#include "report/explain.h"
#include "report/siblings_text.h"

#include <string.h>

struct page {
    const struct run_result *r;
    const struct applicant *a;
    size_t mask;
    enum lang lang;
    struct sheet *s;
};

static const char *pick(const struct page *p, const char *ja, const char *en)
{
    return p->lang == LANG_EN ? en : ja;
}

static const struct household *home(const struct run_result *r,
                                    const struct applicant *a)
{
    return &r->set->households[a->household_index];
}

static const char *value(const struct run_result *r, const struct field *f,
                         size_t row, struct arena *mem)
{
    return value_format(f, record_get(r->set, f, row), r->set->strings, mem);
}

bool disclosure_is_protected(const struct run_result *r,
                             const struct applicant *a)
{
    const struct field *f = dictionary_find(r->dict, "household.protected");
    size_t row = home(r, a)->first[SCOPE_HOUSEHOLD];
    if (!f || row == home(r, a)->end[SCOPE_HOUSEHOLD])
        return false;
    struct slot v = record_get(r->set, f, row);
    return v.state == VALUE_KNOWN && v.num;
}

/* ---- who, and what was decided ---- */

static const char *child_value(const struct page *p, const char *path)
{
    const struct field *f = dictionary_find(p->r->dict, path);
    return f ? value(p->r, f, p->a->score->child_row, p->s->a) : "";
}

static const char *class_text(const struct page *p)
{
    int age = p->a->score->class_age;
    if (age < 0)
        return pick(p, "クラス未定", "no class yet");
    return arena_printf(p->s->a, pick(p, "%d歳児クラス", "class %d"), age);
}

/* "R1 順位が上の…" */
static const char *reason_text(const struct page *p, enum reason_code reason)
{
    const char *code = reason_code_text(reason);
    return arena_printf(p->s->a, "%s%s%s", code, *code ? " " : "",
                        label_text(reason_code_label(reason), p->lang));
}

static void put_head(const struct page *p)
{
    const struct run_result *r = p->r;
    const struct applicant *a = p->a;
    struct arena *mem = p->s->a;
    sheet_line(p->s, arena_printf(mem, "%s %s", r->settings->municipality,
                                  r->settings->round));
    sheet_line(p->s,
               arena_printf(mem,
                            pick(p, "児童 %s %s (%s 生、%s)、世帯 %s",
                                 "child %s %s (born %s, %s), household %s"),
                            a->child, child_value(p, "child.name"),
                            child_value(p, "child.birth"), class_text(p),
                            a->household));
    const char *text = label_text(outcome_label(a->outcome), p->lang);
    if (a->won)
        text = arena_printf(mem, "%s %s %s%s%s%s", text, a->won->code,
                            a->won->name, a->won_seat ? " (" : "",
                            seat_kind(a->won_seat), a->won_seat ? ")" : "");
    else
        text = arena_printf(mem, "%s — %s", text, reason_text(p, a->reason));
    sheet_line(p->s,
               arena_printf(mem, pick(p, "結果: %s", "result: %s"), text));
    sheet_line(p->s,
               arena_printf(mem, pick(p, "%s、実行番号 %s", "%s, run %s"),
                            label_text(run_kind_label(r), p->lang), r->id));
}

/* ---- the record ---- */

/* Points and the order are made of these; and who the persons are. */
static bool is_shown(const struct field *f)
{
    bool at_home = f->scope != SCOPE_JOB && f->scope != SCOPE_DOCUMENT;
    bool name = f->type == TYPE_NAME || f->type == TYPE_KANA;
    return name ? at_home && f->see != SEE_RESTRICTED : f->see == SEE_SCORING;
}

static const char *row_owner(const struct page *p, enum scope scope,
                             const struct row_key *key)
{
    const char *text = label_text(scope_infos[scope].label, p->lang);
    if (key->person)
        text = arena_printf(p->s->a, "%s %d", text, key->person);
    if (key->seq > 1)
        text = arena_printf(p->s->a, "%s-%d", text, key->seq);
    return text;
}

static void put_row_values(const struct page *p, enum scope scope, size_t row)
{
    const struct dictionary *dict = p->r->dict;
    const struct row_key *key = &p->r->set->tables[scope].keys[row];
    for (size_t i = 0; i < dict->n_by_scope[scope]; i++) {
        const struct field *f = dict->by_scope[scope][i];
        struct slot v = record_get(p->r->set, f, row);
        if (v.state == VALUE_UNKNOWN || v.state == VALUE_NOT_APPLICABLE ||
            !is_shown(f))
            continue;
        sheet_row(p->s, (const char *[]){row_owner(p, scope, key),
                                         label_text(f->label, p->lang),
                                         value(p->r, f, row, p->s->a)});
    }
}

/* Of the child itself, not of its brothers and sisters. */
static void put_record(const struct page *p)
{
    static const enum scope scopes[] = {SCOPE_HOUSEHOLD, SCOPE_CHILD,
                                        SCOPE_GUARDIAN,  SCOPE_REASON,
                                        SCOPE_JOB,       SCOPE_COHABITANT};
    struct sheet_column *columns = ARENA_ARRAY(p->s->a, struct sheet_column, 3);
    columns[0] = (struct sheet_column){pick(p, "区分", "of"), 16, false};
    columns[1] = (struct sheet_column){pick(p, "項目", "item"), 32, false};
    columns[2] = (struct sheet_column){pick(p, "値", "value"), 48, false};
    sheet_heading(p->s, pick(p, "調整に使った記録", "The record as used"));
    sheet_table(p->s, columns, 3);
    for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++) {
        const struct household *h = home(p->r, p->a);
        for (size_t row = h->first[scopes[i]]; row < h->end[scopes[i]]; row++) {
            const char *child = p->r->set->tables[scopes[i]].keys[row].child;
            if (scopes[i] != SCOPE_CHILD || strcmp(child, p->a->child) == 0)
                put_row_values(p, scopes[i], row);
        }
    }
}

/* ---- points ---- */

static void put_points(const struct page *p)
{
    const struct child_score *c = p->a->score;
    struct arena *mem = p->s->a;
    struct sheet_column *columns = ARENA_ARRAY(mem, struct sheet_column, 4);
    columns[0] = (struct sheet_column){pick(p, "対象", "of"), 14, false};
    columns[1] =
        (struct sheet_column){pick(p, "基準の文言", "wording"), 40, false};
    columns[2] = (struct sheet_column){pick(p, "点数", "points"), 8, true};
    columns[3] = (struct sheet_column){pick(p, "もとにした値", "values seen"),
                                       50, false};
    sheet_heading(p->s, pick(p, "指数の内訳", "Points, line by line"));
    sheet_table(p->s, columns, 4);
    for (size_t i = 0; i < c->n_lines; i++) {
        const struct score_line *l = &c->lines[i];
        const char *points = points_format(l->points, mem);
        if (!l->counted)
            points = arena_printf(mem, "(%s)", points);
        sheet_row(p->s,
                  (const char *[]){
                      explain_owner(p->a, l, p->lang, mem),
                      l->wording ? l->wording : "", points,
                      l->rule ? score_line_seen(p->r->scorer, l, mem) : ""});
    }
    sheet_line(p->s,
               arena_printf(
                   mem,
                   pick(p,
                        "基準指数 %s + 調整指数 %s = %s (施設別の加点前。括弧 "
                        "( ) の点数は算入していません)",
                        "basic %s + adjustment %s = %s (before facility "
                        "points; those in ( ) are not counted)"),
                   points_format(c->base, mem),
                   points_format(c->total - c->base, mem),
                   points_format(c->total, mem)));
    for (size_t i = 0; i < c->n_unknowns; i++)
        sheet_line(
            p->s, arena_printf(mem, pick(p, "未確定: %s", "provisional: %s"),
                               score_unknown_text(p->r->scorer, &c->unknowns[i],
                                                  p->lang, mem)));
}

/* ---- preferences ---- */

static bool is_masked(const struct page *p, const struct contest *c)
{
    return c->placed < 0 || (size_t)c->placed < p->mask;
}

static const char *placed_text(const struct page *p, const struct contest *c)
{
    if (c->placed && is_masked(p, c))
        return arena_printf(p->s->a, pick(p, "%zu人未満", "fewer than %zu"),
                            p->mask);
    return arena_printf(p->s->a, "%d", c->placed);
}

static const char *cutoff_text(const struct page *p, const struct contest *c)
{
    if (c->cutoff == NOT_RANKED || is_masked(p, c))
        return "-";
    const struct entrant *e = &c->entrants[c->cutoff];
    return points_format(
        p->r->applicants[e->applicant].score->prefs[e->pref].total, p->s->a);
}

static const char *missing_text(const struct page *p, const struct contest *c,
                                size_t pref)
{
    milli_points missing = explain_missing(p->r, p->a, pref);
    if (is_masked(p, c) || c->cutoff == NOT_RANKED || pref == p->a->won_pref)
        return "-";
    if (missing > 0)
        return points_format(missing, p->s->a);
    return explain_decider(p->r, c, p->a->pref_rank[pref]) != NOT_RANKED
               ? pick(p, "同点", "equal")
               : "-";
}

static void put_preference(const struct page *p, size_t k)
{
    const struct applicant *a = p->a;
    const struct pref_score *x = &a->score->prefs[k];
    struct arena *mem = p->s->a;
    const char *cells[] = {
        arena_printf(mem, "%d", x->number),
        arena_printf(mem, "%s %s", x->facility, x->found ? x->found->name : ""),
        points_format(x->total, mem),
        "-",
        "-",
        "-",
        "-",
        reason_text(p, a->pref_reason[k])};
    if (a->pref_contest[k] != NOT_RANKED) {
        const struct contest *c = &p->r->contests[a->pref_contest[k]];
        cells[3] =
            arena_printf(mem, "%zu / %zu", a->pref_rank[k] + 1, c->n_entrants);
        cells[4] = arena_printf(mem, "%d / %s", c->offered < 0 ? 0 : c->offered,
                                placed_text(p, c));
        cells[5] = cutoff_text(p, c);
        cells[6] = missing_text(p, c, k);
    }
    sheet_row(p->s, cells);
}

static void put_preferences(const struct page *p)
{
    const struct sheet_column all[] = {
        {pick(p, "希望", "wish"), 4, true},
        {pick(p, "施設", "facility"), 24, false},
        {pick(p, "指数", "points"), 8, true},
        {pick(p, "順位 / 申込", "rank / applicants"), 12, true},
        {pick(p, "募集 / 内定", "seats / placed"), 14, true},
        {pick(p, "内定ライン", "lowest placed"), 10, true},
        {pick(p, "不足", "short"), 6, true},
        {pick(p, "結果", "result"), 36, false},
    };
    size_t n = sizeof all / sizeof all[0];
    struct sheet_column *columns = ARENA_ARRAY(p->s->a, struct sheet_column, n);
    memcpy(columns, all, sizeof all);
    sheet_heading(p->s, pick(p, "希望ごとの結果", "Preferences"));
    sheet_table(p->s, columns, n);
    for (size_t k = 0; k < p->a->score->n_prefs; k++)
        put_preference(p, k);
    sheet_line(p->s,
               arena_printf(p->s->a,
                            pick(p,
                                 "内定ラインと不足の点数は、内定が %zu 人以上の"
                                 "施設・クラスだけ示します。",
                                 "The lowest points placed stand there only "
                                 "where at least %zu were placed."),
                            p->mask));
}

/* ---- the household ---- */

static void put_siblings(const struct page *p, const struct sibling_result *s)
{
    struct arena *mem = p->s->a;
    sheet_heading(p->s, pick(p, "きょうだい", "Siblings"));
    sheet_line(p->s, arena_printf(mem, "%s: %s", s->pattern,
                                  siblings_held(s, p->lang, mem)));
    for (size_t i = 0; i < s->n_better; i++)
        sheet_line(
            p->s,
            arena_printf(
                mem, "%zu. %s → %s", i + 1,
                siblings_entry(p->r, s, i, p->a->child, p->lang, mem),
                siblings_refusal_own(p->r, s, i, p->a->child, p->lang, mem)));
    if (s->family != MARKET_NONE && s->entry < s->n_entries)
        sheet_line(p->s, arena_printf(mem, "%zu. %s → %s", s->entry + 1,
                                      siblings_entry(p->r, s, s->entry,
                                                     p->a->child, p->lang, mem),
                                      pick(p, "決定", "given")));
}

static void put_seat(const struct page *p)
{
    static const struct label fates[N_SEAT_FATES] = {
        [SEAT_NONE] = {"", ""},
        [SEAT_KEPT] = {"今の施設に残る", "it stays where it is"},
        [SEAT_TAKEN] = {"ほかの児童の枠になった", "given to another child"},
        [SEAT_EMPTY] = {"空いている", "left empty"},
        [SEAT_LAPSED] = {"募集しない", "not offered"},
    };
    if (!p->a->current || p->a->market_child == MARKET_NONE)
        return;
    const struct facility *f = p->a->current;
    enum seat_fate_kind kind =
        p->r->phases[p->a->phase].fates[p->a->market_child].kind;
    sheet_heading(p->s, pick(p, "在園中の枠", "The seat it has"));
    sheet_line(p->s, arena_printf(p->s->a, "%s %s: %s", f->code, f->name,
                                  label_text(fates[kind], p->lang)));
}

struct sheet disclosure_sheet(const struct run_result *r,
                              const struct applicant *a, size_t mask,
                              enum lang lang, struct arena *mem)
{
    struct sheet s =
        sheet_make(lang == LANG_EN ? "How this application was decided"
                                   : "利用調整の結果と理由 (本人開示用)",
                   mem);
    struct page p = {r, a, mask, lang, &s};
    put_head(&p);
    put_points(&p);
    put_preferences(&p);
    if (a->siblings)
        put_siblings(&p, a->siblings);
    put_seat(&p);
    put_record(&p);
    sheet_line(&s, pick(&p, "この書面は、ほかの世帯の情報を含みません。",
                        "This sheet has nothing about other families."));
    return s;
}
