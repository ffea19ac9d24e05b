/* Of a later round. round.csv: what every child of it or of the earlier run
 * had, is and has; chains.csv: what each withdrawal sets off, move by move. */
#include "core/date.h"
#include "report/chains.h"
#include "report/outputs.h"
#include "report/round.h"

static void outcome_cells(struct csv_writer *w, bool known, enum outcome o,
                          const char *facility, enum lang lang)
{
    csv_text(w, known ? label_text(outcome_label(o), lang) : "");
    csv_code(w, facility);
}

static const char *seat_of(const struct applicant *a)
{
    const struct facility *f = applicant_place(a);
    return f ? f->code : "";
}

static void child_row(const struct run_result *r, const struct applicant *a,
                      struct csv_writer *w, enum lang lang, struct arena *mem)
{
    const struct round_row *row = &r->round->rows[a - r->applicants];
    const struct earlier_row *e = row->earlier;
    csv_code(w, a->household);
    csv_code(w, a->child);
    if (a->score->class_age >= 0)
        csv_int(w, a->score->class_age);
    else
        csv_text(w, "");
    outcome_cells(w, e, e ? e->outcome : 0, e ? e->facility : "", lang);
    csv_text(w, label_text(standing_label(row->standing), lang));
    const struct withdrawal *x = row->withdrawal;
    csv_text(w, x ? label_text(withdrawal_kinds[x->kind], lang) : "");
    csv_text(w, x ? date_iso(x->on, mem) : "");
    csv_text(w, x ? x->note : "");
    outcome_cells(w, true, a->outcome, seat_of(a), lang);
    csv_run_kind(w, r, lang);
    csv_end_row(w);
}

/* A child that only the earlier run has. */
static void absent_row(const struct run_result *r, const struct earlier_row *e,
                       struct csv_writer *w, enum lang lang)
{
    csv_code(w, e->household);
    csv_code(w, e->child);
    if (e->class_age >= 0)
        csv_int(w, e->class_age);
    else
        csv_text(w, "");
    outcome_cells(w, true, e->outcome, e->facility, lang);
    csv_text(w, label_text(standing_label(STANDING_ABSENT), lang));
    for (int k = 0; k < 5; k++)
        csv_text(w, "");
    csv_run_kind(w, r, lang);
    csv_end_row(w);
}

bool write_round(const struct run_result *r, struct csv_writer *w,
                 const struct output_style *s, struct diag *d)
{
    (void)d;
    static const struct label columns[] = {
        {"世帯番号", "household"},
        {"児童番号", "child"},
        {"クラス", "class"},
        {"前回の結果", "earlier result"},
        {"前回の施設", "earlier facility"},
        {"この回", "in this round"},
        {"届", "withdrawal"},
        {"届の日付", "on"},
        {"備考", "note"},
        {"結果", "result"},
        {"席", "seat"},
        {"実行区分", "run"},
    };
    struct arena mem = ARENA_INIT;
    csv_header(w, columns, sizeof columns / sizeof columns[0], s->lang);
    for (size_t i = 0; i < r->n_applicants; i++)
        child_row(r, &r->applicants[i], w, s->lang, &mem);
    for (size_t i = 0; i < r->round->n_earlier; i++)
        if (!round_applicant(r, r->round->earlier[i].child))
            absent_row(r, &r->round->earlier[i], w, s->lang);
    arena_release(&mem);
    return true;
}

/* ---- chains.csv ---- */

struct chain_row {
    const struct run_result *r;
    size_t leaver;
    struct csv_writer *w;
    enum lang lang;
    struct arena *mem;
};

static void leaver_cells(const struct chain_row *x)
{
    const struct round_leaver *l = &x->r->round->leavers[x->leaver];
    const struct round_gone *g = &x->r->round->round.gone[x->leaver];
    csv_int(x->w, (int64_t)x->leaver + 1);
    csv_code(x->w, x->r->applicants[l->applicant].child);
    csv_text(x->w, label_text(withdrawal_kinds[l->withdrawal->kind], x->lang));
    csv_text(x->w, date_iso(l->withdrawal->on, x->mem));
    csv_code(x->w, x->r->market.facilities[g->held].id);
    csv_int(x->w, g->class_age);
}

static void pool_cell(const struct chain_row *x, int32_t pool)
{
    csv_code(x->w, pool == MARKET_NONE
                       ? ""
                       : x->r->market.facilities[pool / MARKET_CLASSES].id);
}

static void move_cells(const struct chain_row *x, size_t chain, size_t k)
{
    const struct round_moves *m = &x->r->round->chains.of[x->leaver];
    const struct move_chain *c = &m->chains.items[chain];
    size_t at = m->chains.order[c->first + k];
    const struct round_mover *who = &m->who[at];
    const struct market *market = &x->r->phases[who->phase].market;
    const struct applicant *a =
        round_applicant(x->r, market->children[who->child].id);
    csv_int(x->w, (int64_t)chain + 1);
    csv_int(x->w, (int64_t)k + 1);
    csv_code(x->w, a->child);
    csv_code(x->w, a->household);
    csv_int(x->w, m->moves[at].to_class);
    pool_cell(x, m->moves[at].from);
    pool_cell(x, m->moves[at].to);
    csv_text(x->w, k ? "" : label_text(round_start_label(c->start), x->lang));
    csv_text(x->w,
             k + 1 < c->n ? "" : label_text(chain_end_label(c->end), x->lang));
}

/* A seat that nobody moves into has a row too. */
static void leaver_rows(const struct chain_row *x)
{
    const struct move_chains *chains =
        &x->r->round->chains.of[x->leaver].chains;
    bool used = false;
    for (size_t i = 0; i < chains->n; i++) {
        used = used || chains->items[i].start == CHAIN_ADDED;
        for (size_t k = 0; k < chains->items[i].n; k++) {
            leaver_cells(x);
            move_cells(x, i, k);
            csv_run_kind(x->w, x->r, x->lang);
            csv_end_row(x->w);
        }
    }
    if (used)
        return;
    leaver_cells(x);
    for (int k = 0; k < 8; k++)
        csv_text(x->w, "");
    csv_text(x->w, label_text(chain_end_label(CHAIN_LEFT_EMPTY), x->lang));
    csv_run_kind(x->w, x->r, x->lang);
    csv_end_row(x->w);
}

bool write_round_chains(const struct run_result *r, struct csv_writer *w,
                        const struct output_style *s, struct diag *d)
{
    (void)d;
    static const struct label columns[] = {
        {"届", "withdrawal"},      {"届の児童", "child that withdraws"},
        {"種別", "kind"},          {"日付", "on"},
        {"空いた施設", "seat at"}, {"空いたクラス", "seat in class"},
        {"連鎖", "chain"},         {"順", "step"},
        {"児童番号", "child"},     {"世帯番号", "household"},
        {"クラス", "class"},       {"前", "before"},
        {"後", "after"},           {"始まり", "begins with"},
        {"終わり", "ends with"},   {"実行区分", "run"},
    };
    struct arena mem = ARENA_INIT;
    csv_header(w, columns, sizeof columns / sizeof columns[0], s->lang);
    for (size_t i = 0; i < r->round->round.n_gone; i++)
        leaver_rows(&(struct chain_row){r, i, w, s->lang, &mem});
    arena_release(&mem);
    return true;
}
