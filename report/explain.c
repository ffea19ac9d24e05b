#include "report/explain.h"

#include "core/csv.h"
#include "core/text.h"
#include "records/record_csv.h"
#include "report/siblings_text.h"

#include <stdlib.h>
#include <string.h>

static const char *pick(enum lang lang, const char *ja, const char *en)
{
    return lang == LANG_EN ? en : ja;
}

/* Pads with spaces to a width in terminal columns; full-width counts two. */
static void pad(struct buf *out, const char *text, int columns)
{
    buf_text(out, text);
    for (int i = text_columns(text); i < columns; i++)
        buf_char(out, ' ');
}

static const char *line_owner(const struct applicant *a,
                              const struct score_line *l, enum lang lang,
                              struct arena *mem)
{
    if (l->person > 0)
        return arena_printf(mem, pick(lang, "保護者%d", "guardian %d"),
                            l->person);
    if (l->preference != PREFERENCE_ALL)
        return arena_printf(mem, pick(lang, "施設 %s", "facility %s"),
                            a->score->prefs[l->preference].facility);
    return l->rule ? label_text(rule_scope_label(l->rule->scope), lang) : "";
}

static void explain_lines(const struct run_result *r, const struct applicant *a,
                          enum lang lang, struct buf *out, struct arena *mem)
{
    const struct child_score *c = a->score;
    buf_text(out, pick(lang, "■ 指数\n", "Points\n"));
    for (size_t i = 0; i < c->n_lines; i++) {
        const struct score_line *l = &c->lines[i];
        buf_text(out, "  ");
        pad(out, line_owner(a, l, lang, mem), 14);
        pad(out, l->wording ? l->wording : "", 42);
        buf_printf(out, "%8s  ", points_format(l->points, mem));
        if (!l->counted)
            buf_text(out, pick(lang, "(算入せず) ", "(not counted) "));
        if (l->rule)
            buf_text(out, score_line_seen(r->scorer, l, mem));
        buf_char(out, '\n');
    }
    buf_printf(out,
               pick(lang, "  基準指数 %s + 調整指数 %s = %s (施設別の加点前)\n",
                    "  basic %s + adjustment %s = %s (before facility "
                    "points)\n"),
               points_format(c->base, mem),
               points_format(c->total - c->base, mem),
               points_format(c->total, mem));
    for (size_t i = 0; i < c->n_unknowns; i++)
        buf_printf(out, pick(lang, "  未確定: %s\n", "  provisional: %s\n"),
                   score_unknown_text(r->scorer, &c->unknowns[i], lang, mem));
}

/* Where a key stands among those that are compared at the contest's seats. */
static size_t turn_of(const struct run_result *r, const struct contest *c,
                      size_t key)
{
    size_t own = c->special ? c->special->n_own : 0;
    if (key == NOT_RANKED || key < r->rules->n_head)
        return key;
    return key > r->rules->n_order
               ? r->rules->n_head + key - c->special->first_own
               : key + own;
}

/* Equal points, and what put this child behind the last one placed: the first
 * key that divides any two neighbours between them. */
static void explain_tie(const struct run_result *r, const struct contest *c,
                        size_t rank, enum lang lang, struct buf *out)
{
    size_t first = NOT_RANKED;
    for (size_t i = c->cutoff + 1; i <= rank && i < c->n_entrants; i++)
        if (first == NOT_RANKED ||
            turn_of(r, c, c->entrants[i].decided_by) < turn_of(r, c, first))
            first = c->entrants[i].decided_by;
    if (first == NOT_RANKED || (first < r->rules->n_order &&
                                r->rules->order[first].kind <= ORDER_POINTS))
        return;
    buf_printf(
        out, pick(lang, "。同点の決め手: %s", "; equal points, decided by %s"),
        decided_text(r, first, lang));
}

/* Where a child stands in one contest. */
struct standing {
    size_t contest, rank;
};

/* The cut-off and where the child stands against it. */
static void explain_contest(const struct run_result *r, struct standing s,
                            enum lang lang, struct buf *out, struct arena *mem)
{
    if (s.contest == NOT_RANKED)
        return;
    const struct contest *c = &r->contests[s.contest];
    if (c->special)
        buf_printf(out, pick(lang, " 枠「%s」", " seats %s:"),
                   c->special->seat);
    buf_printf(out,
               pick(lang, " 順位 %zu / %zu 人、募集 %d、内定 %d",
                    " rank %zu of %zu, seats %d, placed %d"),
               s.rank + 1, c->n_entrants, c->offered < 0 ? 0 : c->offered,
               c->placed);
    if (c->cutoff == NOT_RANKED)
        return;
    const struct entrant *e = &c->entrants[c->cutoff];
    const struct applicant *last = &r->applicants[e->applicant];
    buf_printf(out,
               pick(lang, "、最後の内定は児童 %s (%s 点、順位 %zu)",
                    ", last placed child %s (%s points, rank %zu)"),
               last->child,
               points_format(last->score->prefs[e->pref].total, mem),
               c->cutoff + 1);
    explain_tie(r, c, s.rank, lang, out);
}

/* The other kinds of seats that were open to the child there. */
static void explain_other_seats(const struct run_result *r,
                                const struct applicant *a, size_t pref,
                                enum lang lang, struct buf *out,
                                struct arena *mem)
{
    for (size_t i = 0; i < a->n_options; i++) {
        const struct seat_option *o = &a->options[i];
        if (o->pref != pref || o->contest == NOT_RANKED ||
            o->contest == a->pref_contest[pref])
            continue;
        buf_text(out, pick(lang, "\n      ほかに", "\n      also"));
        if (!r->contests[o->contest].special)
            buf_text(out, pick(lang, " 一般の枠", " general seats:"));
        explain_contest(r, (struct standing){o->contest, o->rank}, lang, out,
                        mem);
    }
}

static void explain_preferences(const struct run_result *r,
                                const struct applicant *a, enum lang lang,
                                struct buf *out, struct arena *mem)
{
    buf_text(out, pick(lang, "■ 希望ごとの結果\n", "Preferences\n"));
    for (size_t i = 0; i < a->score->n_prefs; i++) {
        const struct pref_score *p = &a->score->prefs[i];
        buf_printf(out,
                   pick(lang, "  第%d希望 %s %s: %s 点", "  %d. %s %s: %s"),
                   p->number, p->facility, p->found ? p->found->name : "?",
                   points_format(p->total, mem));
        explain_contest(r,
                        (struct standing){a->pref_contest[i], a->pref_rank[i]},
                        lang, out, mem);
        explain_other_seats(r, a, i, lang, out, mem);
        buf_text(out, pick(lang, "\n      → ", "\n      -> "));
        buf_text(out, reason_code_text(a->pref_reason[i]));
        buf_text(out, *reason_code_text(a->pref_reason[i]) ? " " : "");
        buf_text(out, label_text(reason_code_label(a->pref_reason[i]), lang));
        buf_char(out, '\n');
    }
}

/* The entry that won, and why the better ones did not. */
static void explain_siblings(const struct run_result *r,
                             const struct sibling_result *s, enum lang lang,
                             struct buf *out, struct arena *mem)
{
    buf_text(out, pick(lang, "■ きょうだい\n", "Siblings\n"));
    buf_printf(out, "  %s\n", siblings_line(r, s, lang, mem));
    for (size_t i = 0; i < s->n_better; i++)
        buf_printf(out, "  %zu. %s\n      → %s\n", i + 1,
                   siblings_entry(r, s, i, lang, mem),
                   siblings_refusal(r, s, i, lang, mem));
    if (s->family != MARKET_NONE && s->entry < s->n_entries)
        buf_printf(out, "  %zu. %s\n      → %s\n", s->entry + 1,
                   siblings_entry(r, s, s->entry, lang, mem),
                   pick(lang, "決定", "given"));
}

void explain_text(const struct run_result *r, const struct applicant *a,
                  enum lang lang, struct buf *out)
{
    struct arena mem = ARENA_INIT;
    const char *class_text =
        a->score->class_age < 0
            ? pick(lang, "クラス未定", "no class yet")
            : arena_printf(&mem, pick(lang, "%d歳児クラス", "class age %d"),
                           a->score->class_age);
    buf_printf(out,
               pick(lang, "児童 %s (世帯 %s、%s) — %s %s\n",
                    "child %s (household %s, %s) — %s run %s\n"),
               a->child, a->household, class_text,
               label_text(run_kind_label(r), lang), r->id);
    buf_printf(out, pick(lang, "結果: %s", "result: %s"),
               label_text(outcome_label(a->outcome), lang));
    if (a->won)
        buf_printf(out, " %s %s%s%s%s", a->won->code, a->won->name,
                   a->won_seat ? pick(lang, " (枠 ", " (seats ") : "",
                   seat_kind(a->won_seat), a->won_seat ? ")" : "");
    else
        buf_printf(out, " — %s %s", reason_code_text(a->reason),
                   label_text(reason_code_label(a->reason), lang));
    buf_text(out, "\n");
    if (a->current)
        buf_printf(out, pick(lang, "在園中: %s %s\n", "enrolled at: %s %s\n"),
                   a->current->code, a->current->name);
    if (run_in_phases(r) && a->market_child != MARKET_NONE)
        buf_printf(out,
                   pick(lang, "選考の段階: %s (%zu/%zu)\n",
                        "phase: %s (%zu of %zu)\n"),
                   phase_text(r, a->phase, lang), a->phase + 1, r->n_phases);
    explain_lines(r, a, lang, out, &mem);
    explain_preferences(r, a, lang, out, &mem);
    if (a->siblings)
        explain_siblings(r, a->siblings, lang, out, &mem);
    arena_release(&mem);
}

static cJSON *json_lines(const struct run_result *r, const struct applicant *a,
                         struct arena *mem)
{
    cJSON *list = cJSON_CreateArray();
    for (size_t i = 0; i < a->score->n_lines; i++) {
        const struct score_line *l = &a->score->lines[i];
        cJSON *o = cJSON_CreateObject();
        cJSON_AddStringToObject(o, "rule", l->rule ? l->rule->id : "");
        cJSON_AddStringToObject(o, "wording", l->wording ? l->wording : "");
        cJSON_AddNumberToObject(o, "person", l->person);
        cJSON_AddStringToObject(o, "facility",
                                l->preference == PREFERENCE_ALL
                                    ? ""
                                    : a->score->prefs[l->preference].facility);
        cJSON_AddStringToObject(o, "points", points_format(l->points, mem));
        cJSON_AddBoolToObject(o, "counted", l->counted);
        cJSON_AddStringToObject(
            o, "seen", l->rule ? score_line_seen(r->scorer, l, mem) : "");
        cJSON_AddItemToArray(list, o);
    }
    return list;
}

static cJSON *json_preferences(const struct run_result *r,
                               const struct applicant *a, enum lang lang,
                               struct arena *mem)
{
    cJSON *list = cJSON_CreateArray();
    for (size_t i = 0; i < a->score->n_prefs; i++) {
        const struct pref_score *p = &a->score->prefs[i];
        cJSON *o = cJSON_CreateObject();
        cJSON_AddNumberToObject(o, "preference", p->number);
        cJSON_AddStringToObject(o, "facility", p->facility);
        cJSON_AddStringToObject(o, "total", points_format(p->total, mem));
        cJSON_AddStringToObject(o, "reason",
                                reason_code_text(a->pref_reason[i]));
        cJSON_AddStringToObject(
            o, "text", label_text(reason_code_label(a->pref_reason[i]), lang));
        if (a->pref_contest[i] != NOT_RANKED) {
            const struct contest *c = &r->contests[a->pref_contest[i]];
            cJSON_AddNumberToObject(o, "rank", (double)a->pref_rank[i] + 1);
            cJSON_AddNumberToObject(o, "applicants", (double)c->n_entrants);
            cJSON_AddNumberToObject(o, "seats", c->offered);
            cJSON_AddStringToObject(o, "seat kind", seat_kind(c->special));
        }
        cJSON_AddItemToArray(list, o);
    }
    return list;
}

cJSON *explain_json(const struct run_result *r, const struct applicant *a,
                    enum lang lang)
{
    struct arena mem = ARENA_INIT;
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "run", r->id);
    cJSON_AddStringToObject(o, "kind", label_text(run_kind_label(r), lang));
    cJSON_AddStringToObject(o, "household", a->household);
    cJSON_AddStringToObject(o, "child", a->child);
    cJSON_AddNumberToObject(o, "class", a->score->class_age);
    cJSON_AddStringToObject(o, "result",
                            label_text(outcome_label(a->outcome), lang));
    cJSON_AddStringToObject(o, "facility", a->won ? a->won->code : "");
    cJSON_AddStringToObject(o, "seat kind", seat_kind(a->won_seat));
    cJSON_AddStringToObject(
        o, "phase",
        a->market_child == MARKET_NONE ? "" : phase_text(r, a->phase, lang));
    cJSON_AddStringToObject(o, "reason", reason_code_text(a->reason));
    cJSON_AddStringToObject(o, "base", points_format(a->score->base, &mem));
    cJSON_AddStringToObject(o, "total", points_format(a->score->total, &mem));
    cJSON_AddBoolToObject(o, "provisional", a->score->provisional);
    cJSON_AddItemToObject(o, "lines", json_lines(r, a, &mem));
    cJSON_AddItemToObject(o, "preferences", json_preferences(r, a, lang, &mem));
    if (a->siblings)
        cJSON_AddStringToObject(o, "siblings",
                                siblings_line(r, a->siblings, lang, &mem));
    arena_release(&mem);
    return o;
}
