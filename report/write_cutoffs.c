/* cutoffs.csv: a row per facility and class; waiting.csv: who waits there. */
#include "report/outputs.h"

static void contest_key(const struct run_result *r, struct csv_writer *w,
                        const struct contest *c, enum lang lang)
{
    csv_code(w, c->facility->code);
    csv_text(w, c->facility->name);
    csv_int(w, c->class_age);
    csv_text(w, seat_kind(c->special));
    csv_text(w, phase_text(r, c->phase, lang));
}

static void number_or_blank(struct csv_writer *w, bool known, int64_t value)
{
    if (known)
        csv_int(w, value);
    else
        csv_text(w, "");
}

bool write_cutoffs(const struct run_result *r, struct csv_writer *w,
                   const struct output_style *s, struct diag *d)
{
    (void)d;
    static const struct label columns[] = {
        {"施設番号", "facility"},
        {"施設名", "name"},
        {"クラス", "class"},
        {"枠", "seat kind"},
        {"段階", "phase"},
        {"募集人数", "seats offered"},
        {"申込児童数", "applicants"},
        {"内定", "placed"},
        {"在園継続", "staying"},
        {"転園で空いた枠", "seats freed by transfers"},
        {"空き", "seats left"},
        {"内定ライン", "lowest points placed"},
        {"希望して待つ児童", "waiting"},
        {"実行区分", "run"},
    };
    csv_header(w, columns, sizeof columns / sizeof columns[0], s->lang);
    for (size_t i = 0; i < r->n_contests; i++) {
        const struct contest *c = &r->contests[i];
        contest_key(r, w, c, s->lang);
        number_or_blank(w, c->offered >= 0, c->offered);
        csv_int(w, (int64_t)c->n_entrants);
        csv_int(w, c->placed);
        csv_int(w, c->staying);
        csv_int(w, c->own - c->staying);
        number_or_blank(w, c->offered >= 0, c->left);
        if (c->cutoff != NOT_RANKED) {
            const struct entrant *e = &c->entrants[c->cutoff];
            csv_milli(w,
                      r->applicants[e->applicant].score->prefs[e->pref].total);
        } else {
            csv_text(w, "");
        }
        csv_int(w, (int64_t)contest_waiting(r, c));
        csv_run_kind(w, r, s->lang);
        csv_end_row(w);
    }
    return true;
}

bool write_waiting(const struct run_result *r, struct csv_writer *w,
                   const struct output_style *s, struct diag *d)
{
    (void)d;
    static const struct label columns[] = {
        {"施設番号", "facility"}, {"施設名", "name"},
        {"クラス", "class"},      {"枠", "seat kind"},
        {"段階", "phase"},        {"待機順位", "position"},
        {"児童番号", "child"},    {"世帯番号", "household"},
        {"合計", "total"},        {"希望順位", "preference"},
        {"現在", "holds now"},    {"実行区分", "run"},
    };
    csv_header(w, columns, sizeof columns / sizeof columns[0], s->lang);
    for (size_t i = 0; i < r->n_contests; i++) {
        const struct contest *c = &r->contests[i];
        int64_t position = 0;
        for (size_t k = 0; k < c->n_entrants; k++) {
            const struct entrant *e = &c->entrants[k];
            const struct applicant *a = &r->applicants[e->applicant];
            if (!entrant_waits(r, c, e))
                continue;
            contest_key(r, w, c, s->lang);
            csv_int(w, ++position);
            csv_code(w, a->child);
            csv_code(w, a->household);
            csv_milli(w, a->score->prefs[e->pref].total);
            csv_int(w, a->score->prefs[e->pref].number);
            csv_code(w, a->won ? a->won->code : "");
            csv_run_kind(w, r, s->lang);
            csv_end_row(w);
        }
    }
    return true;
}
