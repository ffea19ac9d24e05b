/* placements.csv: what became of every child. */
#include "report/outputs.h"
#include "report/siblings_text.h"

bool write_placements(const struct run_result *r, struct csv_writer *w,
                      const struct output_style *s, struct diag *d)
{
    (void)d;
    static const struct label yes = {"はい", "yes"};
    static const struct label columns[] = {
        {"世帯番号", "household"},  {"児童番号", "child"},
        {"クラス", "class"},        {"結果", "result"},
        {"施設番号", "facility"},   {"施設名", "facility name"},
        {"枠", "seat kind"},        {"段階", "phase"},
        {"希望順位", "preference"}, {"合計", "total"},
        {"未確定", "provisional"},  {"転園元", "transfers from"},
        {"理由", "reason"},         {"理由の説明", "reason in words"},
        {"きょうだい", "siblings"}, {"実行区分", "run"},
    };
    struct arena mem = ARENA_INIT;
    csv_header(w, columns, sizeof columns / sizeof columns[0], s->lang);
    for (size_t i = 0; i < r->n_applicants; i++) {
        const struct applicant *a = &r->applicants[i];
        const struct child_score *c = a->score;
        csv_code(w, a->household);
        csv_code(w, a->child);
        if (c->class_age >= 0)
            csv_int(w, c->class_age);
        else
            csv_text(w, "");
        csv_text(w, label_text(outcome_label(a->outcome), s->lang));
        csv_code(w, a->won ? a->won->code : "");
        csv_text(w, a->won ? a->won->name : "");
        csv_text(w, a->won ? seat_kind(a->won_seat) : "");
        csv_text(w, a->market_child == MARKET_NONE
                        ? ""
                        : phase_text(r, a->phase, s->lang));
        if (a->won_pref != NOT_RANKED) {
            csv_int(w, c->prefs[a->won_pref].number);
            csv_milli(w, c->prefs[a->won_pref].total);
        } else {
            csv_text(w, "");
            csv_milli(w, c->total);
        }
        csv_text(w, c->provisional ? label_text(yes, s->lang) : "");
        csv_code(w, a->current ? a->current->code : "");
        csv_text(w, reason_code_text(a->reason));
        csv_text(w, label_text(reason_code_label(a->reason), s->lang));
        csv_text(w, a->siblings ? siblings_line(r, a->siblings, s->lang, &mem)
                                : "");
        csv_run_kind(w, r, s->lang);
        csv_end_row(w);
    }
    arena_release(&mem);
    return true;
}
