#include "report/explain.h"

#include "report/round.h"

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

const char *explain_owner(const struct applicant *a, const struct score_line *l,
                          enum lang lang, struct arena *mem)
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
        pad(out, explain_owner(a, l, lang, mem), 14);
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
    if (key == NOT_RANKED || key < r->rules->n_head || !c->special)
        return key;
    return key > r->rules->n_order
               ? r->rules->n_head + key - c->special->first_own
               : key + c->special->n_own;
}

/* The first key that divides any two neighbours between the last one placed and
 * this child. */
static size_t first_key(const struct run_result *r, const struct contest *c,
                        size_t rank)
{
    size_t first = NOT_RANKED;
    for (size_t i = c->cutoff + 1; i <= rank && i < c->n_entrants; i++)
        if (first == NOT_RANKED ||
            turn_of(r, c, c->entrants[i].decided_by) < turn_of(r, c, first))
            first = c->entrants[i].decided_by;
    return first;
}

/* Where the seats' own keys divide, points do not. */
static milli_points missing_at(const struct run_result *r,
                               const struct contest *c, size_t rank)
{
    if (c->cutoff == NOT_RANKED || rank < c->cutoff)
        return 0;
    size_t key = first_key(r, c, rank);
    if (key != NOT_RANKED && key > r->rules->n_order)
        return 0;
    const struct entrant *last = &c->entrants[c->cutoff];
    const struct entrant *e = &c->entrants[rank];
    return r->applicants[last->applicant].score->prefs[last->pref].total -
           r->applicants[e->applicant].score->prefs[e->pref].total;
}

milli_points explain_missing(const struct run_result *r,
                             const struct applicant *a, size_t pref)
{
    if (a->pref_contest[pref] == NOT_RANKED || pref == a->won_pref)
        return 0;
    return missing_at(r, &r->contests[a->pref_contest[pref]],
                      a->pref_rank[pref]);
}

size_t explain_decider(const struct run_result *r, const struct contest *c,
                       size_t rank)
{
    size_t first = first_key(r, c, rank);
    if (first == NOT_RANKED || (first < r->rules->n_order &&
                                r->rules->order[first].kind <= ORDER_POINTS))
        return NOT_RANKED;
    return first;
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
    size_t by = explain_decider(r, c, s.rank);
    milli_points missing = missing_at(r, c, s.rank);
    if (missing > 0)
        buf_printf(out, pick(lang, "。あと %s 点", "; %s points short"),
                   points_format(missing, mem));
    else if (by != NOT_RANKED && by > r->rules->n_order)
        buf_printf(out, pick(lang, "。決め手: %s", "; decided by %s"),
                   decided_text(r, by, lang));
    else if (by != NOT_RANKED)
        buf_printf(
            out,
            pick(lang, "。同点の決め手: %s", "; equal points, decided by %s"),
            decided_text(r, by, lang));
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

/* Classes that share seats: the last one may be with a child of another. */
static void explain_pool(const struct run_result *r, const struct applicant *a,
                         size_t pref, enum lang lang, struct buf *out)
{
    if (a->pref_last[pref] == NOT_RANKED || a->pref_contest[pref] == NOT_RANKED)
        return;
    const struct contest *c = &r->contests[a->pref_contest[pref]];
    const struct applicant *last = &r->applicants[a->pref_last[pref]];
    if (c->cutoff != NOT_RANKED &&
        c->entrants[c->cutoff].applicant == a->pref_last[pref])
        return;
    buf_printf(out,
               pick(lang, "、共有する枠の最後は児童 %s (%d歳児クラス)",
                    ", the last shared seat is with child %s (class %d)"),
               last->child, last->score->class_age);
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
        explain_pool(r, a, i, lang, out);
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
                   siblings_entry(r, s, i, NULL, lang, mem),
                   siblings_refusal(r, s, i, lang, mem));
    if (s->family != MARKET_NONE && s->entry < s->n_entries)
        buf_printf(out, "  %zu. %s\n      → %s\n", s->entry + 1,
                   siblings_entry(r, s, s->entry, NULL, lang, mem),
                   pick(lang, "決定", "given"));
}

/* What became of the seat of a transfer applicant, and of those that came free
 * in turn. */
static void explain_seat(const struct run_result *r, const struct applicant *a,
                         enum lang lang, struct buf *out, struct arena *mem)
{
    size_t n;
    const struct seat_step *steps = seat_steps(r, a, &n, mem);
    if (n)
        buf_text(out, pick(lang, "■ 在園していた枠\n", "The seat it had\n"));
    for (size_t i = 0; i < n; i++) {
        buf_printf(out,
                   pick(lang, "  施設 %s (児童 %s の枠): %s",
                        "  facility %s (seat of child %s): %s"),
                   steps[i].facility->code, steps[i].owner->child,
                   label_text(seat_fate_names[steps[i].kind], lang));
        if (steps[i].taker)
            buf_printf(out, pick(lang, " — 児童 %s%s", " — child %s%s"),
                       steps[i].taker->child,
                       steps[i].taker == a
                           ? pick(lang, " (この児童)", " (this child)")
                           : "");
        buf_char(out, '\n');
    }
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
    round_child_text(r, a, lang, out);
    explain_lines(r, a, lang, out, &mem);
    explain_preferences(r, a, lang, out, &mem);
    if (a->siblings)
        explain_siblings(r, a->siblings, lang, out, &mem);
    explain_seat(r, a, lang, out, &mem);
    arena_release(&mem);
}
