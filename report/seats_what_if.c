#include "report/seats_what_if.h"

#include "scoring/placement/one_more.h"

#include <stdlib.h>
#include <string.h>

/* Smaller is better. A wish before the place it has, any place before none. */
static int standing(const struct applicant *a, const struct seat_place *seat)
{
    const struct facility *at = seat ? seat->facility : NULL;
    if (!at)
        return INT32_MAX;
    if (at == a->current)
        return INT32_MAX - 1;
    for (size_t k = 0; k < a->score->n_prefs; k++)
        if (a->score->prefs[k].found == at)
            return a->score->prefs[k].number;
    return INT32_MAX - 1;
}

static void take_moves(const struct run_result *r,
                       const struct applicant *const *children,
                       const struct one_more *more, struct seat_answer *s,
                       struct arena *a)
{
    struct moved *moved = ARENA_ARRAY(a, struct moved, more->n);
    for (size_t i = 0; i < more->n; i++) {
        const struct applicant *x = children[more->children[i]];
        const struct seat_place *from = applicant_seat(r, x);
        const struct seat_place *to =
            more->to[i] == MARKET_NONE ? NULL : &r->places[more->to[i]];
        int before = standing(x, from), after = standing(x, to);
        moved[i] = (struct moved){{x, x}, {from, to}};
        s->placed += !from - !to;
        s->better += after < before;
        s->worse += after > before;
    }
    s->chains = (struct chain_list){moved, more->moves, more->n, more->chains};
}

/* ---- in order ---- */

static int best_first(const void *x, const void *y)
{
    const struct seat_answer *const *p = x, *const *q = y;
    const struct seat_answer *a = *p, *b = *q;
    if (a->placed != b->placed)
        return a->placed > b->placed ? -1 : 1;
    if (a->better != b->better)
        return a->better > b->better ? -1 : 1;
    if (a->waiting != b->waiting)
        return a->waiting > b->waiting ? -1 : 1;
    return a < b ? -1 : a > b;
}

static void sum_up(struct seats_report *out, struct arena *a)
{
    const struct run_result *r = out->run;
    out->best = ARENA_ARRAY(a, const struct seat_answer *, r->n_contests);
    for (size_t i = 0; i < r->n_contests; i++) {
        const struct seat_answer *s = &out->answers[i];
        struct class_sum *sum = &out->by_class[s->contest->class_age];
        sum->left += s->left;
        sum->helps += s->placed > 0;
        if (s->chains.n_moves)
            out->best[out->n_best++] = s;
    }
    if (out->n_best)
        qsort(out->best, out->n_best, sizeof *out->best, best_first);
    for (size_t i = 0; i < r->n_applicants; i++) {
        const struct applicant *x = &r->applicants[i];
        if (x->market_child == MARKET_NONE)
            continue;
        out->by_class[x->score->class_age].applicants++;
        out->by_class[x->score->class_age].waiting +=
            x->outcome == OUTCOME_WAITING;
    }
}

/* ---- all of it ---- */

static bool is_one_market(const struct run_result *r, struct diag *d)
{
    struct arena scratch = ARENA_INIT;
    struct placement p;
    place_market(&r->market, (struct place_options){.log = false}, &p,
                 &scratch);
    bool same = r->n_phases == 1 && !r->optimum &&
                memcmp(p.matching.place, r->placement.matching.place,
                       p.matching.n * sizeof *p.matching.place) == 0;
    arena_release(&scratch);
    return same ||
           diag_error(
               d, POS_FILE(r->id), "seats-not-one-market",
               "この実行は一つの市場の割当てで決めたものではない (段階ご"
               "と、または証明された最良) ので、枠を一つ増やした結果を出せ"
               "ません",
               "this run was not decided by the placement of one market "
               "(but by phases, or the proven best), so one more seat "
               "cannot be tried");
}

bool seats_what_if(const struct run_result *run, struct seats_report *out,
                   struct arena *a, struct diag *d)
{
    *out = (struct seats_report){.run = run};
    if (!is_one_market(run, d))
        return false;
    const struct applicant **children = applicants_by_child(run, 0, a);
    out->answers = ARENA_ARRAY(a, struct seat_answer, run->n_contests);
    for (size_t i = 0; i < run->n_contests; i++) {
        const struct contest *c = &run->contests[i];
        struct seat_answer *s = &out->answers[i];
        struct one_more more;
        s->contest = c;
        s->left = c->left;
        s->waiting = contest_waiting(run, c);
        if (!c->n_entrants) /* nobody could take it */
            continue;
        one_more_seat(&run->market, &run->placement.matching, c->place,
                      c->class_age, &more, a);
        take_moves(run, children, &more, s, a);
    }
    sum_up(out, a);
    return true;
}

/* ---- in words ---- */

const char *seat_answer_text(const struct seat_answer *s, enum lang lang,
                             struct arena *a)
{
    const char *text = "";
    for (size_t i = 0; i < s->chains.chains.n; i++)
        text = arena_printf(a, "%s%s%s", text, i ? " / " : "",
                            chain_text(&s->chains, i, lang, a));
    return text;
}

const char *seat_answer_placed(const struct seat_answer *s, struct arena *a)
{
    const char *text = "";
    for (size_t i = 0; i < s->chains.n_moves; i++) {
        const struct moved *m = &s->chains.moved[i];
        if (!m->at[0] && m->at[1])
            text = arena_printf(a, "%s%s%s", text, *text ? "|" : "",
                                moved_child(m));
    }
    return text;
}

struct label seat_empty_reason(const struct seat_answer *s)
{
    static const struct label none = {"申込みがない", "nobody applies"};
    static const struct label better = {
        "申込児童はみな、ここか上位の希望に入った",
        "all who applied are here or hold a better wish"};
    static const struct label waits = {
        "待つ児童はいるが、きょうだいの条件か順番で入れない",
        "children wait, held off by a sibling condition or their turn"};
    return !s->contest->n_entrants ? none : s->waiting ? waits : better;
}
