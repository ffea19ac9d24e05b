/* ranking.csv: what a selection meeting walks down, facility by facility. */
#include "report/outputs.h"

static const char *field_text(const struct run_result *r, const char *path,
                              size_t row, struct arena *a)
{
    const struct field *f = dictionary_find(r->dict, path);
    if (!f || row == SCORE_NO_ROW)
        return "";
    struct slot v = record_get(r->set, f, row);
    return v.state == VALUE_KNOWN ? value_format(f, v, r->set->strings, a) : "";
}

/* The reasons of both guardians: 父・母 in the order of their numbers. */
static const char *reasons_text(const struct run_result *r,
                                const struct applicant *a, struct arena *mem)
{
    const struct household *h = &r->set->households[a->household_index];
    const char *text = "";
    for (size_t row = h->first[SCOPE_REASON]; row < h->end[SCOPE_REASON];
         row++) {
        const char *kind = field_text(r, "reason.kind", row, mem);
        if (*kind)
            text = arena_printf(mem, "%s%s%d:%s", text, *text ? " " : "",
                                r->set->tables[SCOPE_REASON].keys[row].person,
                                kind);
    }
    return text;
}

/* The other children of the household that apply. */
static const char *siblings_text(const struct run_result *r,
                                 const struct applicant *a, struct arena *mem)
{
    const char *text = "";
    if (!a->siblings)
        return text;
    for (size_t i = 0; i < r->n_applicants; i++) {
        const struct applicant *o = &r->applicants[i];
        if (o == a || o->household_index != a->household_index)
            continue;
        text = arena_printf(mem, "%s%s%s", text, *text ? " " : "", o->child);
    }
    return text;
}

/* Totals, or provisional points: what a person still has to settle. */
static const char *doubt_text(const struct child_score *c, enum lang lang)
{
    static const struct label provisional = {"未確定", "provisional"};
    return c->provisional ? label_text(provisional, lang) : "";
}

/* First below the line: the one who gets the next free seat. Who has no place
 * for want of a seat elsewhere, for a brother or a sister, is passed over. */
static size_t next_in_line(const struct run_result *r, const struct contest *c)
{
    for (size_t i = 0; i < c->n_entrants; i++) {
        const struct entrant *e = &c->entrants[i];
        const struct applicant *a = &r->applicants[e->applicant];
        if (entrant_waits(r, c, e) &&
            a->pref_reason[e->pref] != REASON_SIBLINGS &&
            a->outcome != OUTCOME_WITHDRAWN)
            return i;
    }
    return NOT_RANKED;
}

static void milli_if(struct csv_writer *w, bool known, int64_t value)
{
    if (known)
        csv_milli(w, value);
    else
        csv_text(w, "");
}

static void write_who(const struct run_result *r, struct csv_writer *w,
                      const struct output_style *s, const struct applicant *a,
                      struct arena *mem)
{
    csv_code(w, a->child);
    if (s->names)
        csv_text(w, field_text(r, "child.name", a->score->child_row, mem));
    for (int slot = 0; slot < 2; slot++)
        milli_if(w, a->score->guardian_person[slot] > 0,
                 a->score->guardian[slot]);
}

static void write_entrant(const struct run_result *r, struct csv_writer *w,
                          const struct output_style *s, const struct contest *c,
                          size_t at, size_t next, struct arena *mem)
{
    const struct entrant *e = &c->entrants[at];
    const struct applicant *a = &r->applicants[e->applicant];
    const struct pref_score *p = &a->score->prefs[e->pref];
    const struct household *h = &r->set->households[a->household_index];
    static const struct label next_label = {"次点", "next in line"};
    static const struct label other_seat = {
        "同じ施設のほかの枠に内定", "placed here on another kind of seat"};
    csv_code(w, c->facility->code);
    csv_text(w, c->facility->name);
    csv_int(w, c->class_age);
    csv_text(w, seat_kind(c->special));
    csv_text(w, phase_text(r, c->phase, s->lang));
    if (c->offered >= 0)
        csv_int(w, c->offered);
    else
        csv_text(w, "");
    csv_int(w, (int64_t)at + 1);
    write_who(r, w, s, a, mem);
    csv_milli(w, p->total - a->score->base);
    csv_milli(w, p->total);
    csv_text(w, decided_text(r, e->decided_by, s->lang));
    csv_int(w, p->number);
    csv_text(w, reasons_text(r, a, mem));
    csv_text(w, siblings_text(r, a, mem));
    csv_text(w, field_text(r, "household.sibling_pattern",
                           h->first[SCOPE_HOUSEHOLD], mem));
    csv_code(w, a->current ? a->current->code : "");
    csv_text(
        w, field_text(r, "child.leave_extension_ok", a->score->child_row, mem));
    csv_text(w, field_text(r, "child.support_seat", a->score->child_row, mem));
    csv_text(w, doubt_text(a->score, s->lang));
    csv_text(w, label_text(outcome_label(a->outcome), s->lang));
    csv_code(w, a->won ? a->won->code : "");
    csv_text(w, e->placed ? "○" : "");
    csv_text(w, at == next ? label_text(next_label, s->lang) : "");
    csv_text(w,
             label_text(a->pref_reason[e->pref] == REASON_PLACED && !e->placed
                            ? other_seat
                            : reason_code_label(a->pref_reason[e->pref]),
                        s->lang));
    csv_run_kind(w, r, s->lang);
    csv_end_row(w);
}

bool write_ranking(const struct run_result *r, struct csv_writer *w,
                   const struct output_style *s, struct diag *d)
{
    (void)d;
    static const struct label before[] = {
        {"施設番号", "facility"}, {"施設名", "name"},    {"クラス", "class"},
        {"枠", "seat kind"},      {"段階", "phase"},     {"募集", "offered"},
        {"順位", "rank"},         {"児童番号", "child"},
    };
    static const struct label name = {"氏名", "name of child"};
    static const struct label after[] = {
        {"保護者1点", "guardian 1"},
        {"保護者2点", "guardian 2"},
        {"調整", "adjustment"},
        {"合計", "total"},
        {"決め手", "decided by"},
        {"希望順位", "preference"},
        {"事由", "reasons"},
        {"きょうだい番号", "siblings"},
        {"きょうだい条件", "sibling condition"},
        {"転園元", "transfers from"},
        {"許容", "accepts extended leave"},
        {"加配", "support seat"},
        {"未着・疑義", "open"},
        {"結果", "result"},
        {"内定先", "placed at"},
        {"ここに内定", "placed here"},
        {"次点", "next in line"},
        {"備考", "remark"},
        {"実行区分", "run"},
    };
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
        csv_text(w, label_text(before[i], s->lang));
    if (s->names)
        csv_text(w, label_text(name, s->lang));
    csv_header(w, after, sizeof after / sizeof after[0], s->lang);
    struct arena mem = ARENA_INIT;
    for (size_t i = 0; i < r->n_contests; i++) {
        const struct contest *c = &r->contests[i];
        size_t next = next_in_line(r, c);
        for (size_t k = 0; k < c->n_entrants; k++)
            write_entrant(r, w, s, c, k, next, &mem);
    }
    arena_release(&mem);
    return true;
}
