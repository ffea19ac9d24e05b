/*
 * What each child is when a later round begins: it holds a decision, waits, is
 * new, or is gone.
 */
#include "cli/run_round_begin.h"

#include <stdlib.h>
#include <string.h>

bool round_is_decided(const struct earlier_row *e)
{
    return e && !e->gone &&
           (e->outcome == OUTCOME_PLACED || e->outcome == OUTCOME_TRANSFERRED ||
            e->outcome == OUTCOME_HELD);
}

bool round_enrolled(const struct run_round *x)
{
    return x->result.settings->earlier == EARLIER_ENROLLED;
}

/* ---- one child ---- */

const struct facility *round_held(struct beginning *b,
                                  const struct earlier_row *e)
{
    const struct facility *f =
        facility_find(&b->r->ctx.facilities, e->facility);
    if (!f)
        b->ok = diag_error(&b->c->diag, e->at, "held-facility",
                           "児童 %s の内定先 %s が nurseries.csv にありません",
                           "child %s was placed at %s, which nurseries.csv "
                           "does not have",
                           e->child, e->facility);
    return f;
}

const struct special_seat *round_held_seat(struct beginning *b,
                                           const struct earlier_row *e,
                                           const struct facility *f)
{
    const struct run_result *r = &b->r->result;
    if (!f || !*e->kind)
        return NULL;
    const struct special_seat *s = run_seat_find(r->rules, e->kind);
    if (!s || run_place(r, f, s) == MARKET_NONE)
        b->ok = diag_error(&b->c->diag, e->at, "held-facility",
                           "児童 %s の内定した枠「%s」が施設 %s にありません",
                           "child %s was placed in a seat of kind \"%s\", "
                           "which facility %s does not have",
                           e->child, e->kind, f->code);
    return b->ok ? s : NULL;
}

/* Holds what it was given, whatever its application says now. One that is
 * enrolled has its place there at the entry date. */
static void decide(struct beginning *b, struct applicant *a,
                   struct round_row *row)
{
    row->held = round_held(b, row->earlier);
    row->held_seat = round_held_seat(b, row->earlier, row->held);
    row->standing = round_enrolled(b->x) ? STANDING_ENROLLED : STANDING_DECIDED;
    if (row->standing == STANDING_ENROLLED) {
        a->current = row->held;
        a->current_seat = row->held_seat;
        if (a->market_child == MARKET_NONE)
            a->outcome = OUTCOME_STAYS;
        return;
    }
    if (!row->held)
        return;
    a->market_child = 0;
    a->outcome = OUTCOME_HELD;
    if (a->score->class_age < 0 || a->score->class_age >= N_CLASSES)
        b->ok = diag_error(&b->c->diag, row->earlier->at, "held-class",
                           "内定した児童 %s のクラスが、今の申込みでは決まり"
                           "ません。生年月日を確かめてください",
                           "child %s was placed, and has no class by its "
                           "application now; check its birth date",
                           a->child);
}

static void take_child(struct beginning *b, struct applicant *a)
{
    struct round_row *row = &b->x->result.rows[a - b->r->result.applicants];
    const struct earlier_row *e = earlier_find(&b->x->result, a->child);
    bool back;
    const struct withdrawal *w = round_withdrawal(b, a, &back);
    row->earlier = e;
    row->standing = !e ? STANDING_NEW : STANDING_WAITING;
    if (e && strcmp(e->household, a->household) != 0) {
        b->ok = diag_error(&b->c->diag, e->at, "earlier-household",
                           "児童 %s は前回は世帯 %s、今は世帯 %s です",
                           "child %s was of household %s, and is of %s now",
                           a->child, e->household, a->household);
    } else if (e && e->gone && !back) {
        row->standing = STANDING_WAS_GONE;
        a->outcome = e->outcome;
        a->market_child = MARKET_NONE;
        if (round_in_file(b->x, a->child))
            b->ok = diag_error(&b->c->diag, w->at, "withdrawn-before",
                               "児童 %s は前回までに取り下げたか辞退しています",
                               "child %s had withdrawn before", a->child);
    } else if (w) {
        round_withdraw(b, a, e, w);
    } else if (round_is_decided(e)) {
        decide(b, a, row);
    } else if (!e || e->gone || e->outcome == OUTCOME_EXCLUDED ||
               e->outcome == OUTCOME_ELSEWHERE ||
               e->outcome == OUTCOME_PLACED_ELSEWHERE) {
        row->standing = STANDING_NEW;
    }
}

/* ---- all of them ---- */

static void check_file(struct beginning *b)
{
    for (size_t i = 0; i < b->x->file.n; i++) {
        const struct withdrawal *w = &b->x->file.items[i];
        const struct applicant *a = round_applicant(&b->r->result, w->child);
        if (!a)
            b->ok = diag_error(&b->c->diag, w->at, "unknown-child",
                               "児童 %s の申込みはこの募集回にありません",
                               "there is no application of child %s in this "
                               "case",
                               w->child);
        else if (*w->household && strcmp(w->household, a->household) != 0)
            b->ok = diag_error(&b->c->diag, w->at, "household-differs",
                               "児童 %s の世帯は %s です (%s とあります)",
                               "child %s belongs to household %s, not %s",
                               w->child, a->household, w->household);
    }
}

static void check_absent(struct beginning *b)
{
    const struct round_result *x = &b->x->result;
    for (size_t i = 0; i < x->n_earlier; i++) {
        const struct earlier_row *e = &x->earlier[i];
        if (e->gone || round_applicant(&b->r->result, e->child))
            continue;
        if (round_is_decided(e) && !round_enrolled(b->x))
            b->ok = diag_error(&b->c->diag, e->at, "held-missing",
                               "前回 %2$s に内定した児童 %1$s の申込みが、この"
                               "募集回にありません。前回の記録を取り込むか、"
                               "入所済みなら rounds: {earlier: 在園} です",
                               "child %s was placed at %s and is not in this "
                               "case; import its records, or, where it is "
                               "enrolled by now, set rounds: {earlier: "
                               "enrolled}",
                               e->child, e->facility);
        else if (!round_is_decided(e))
            diag_warn(&b->r->findings, e->at, "waiting-missing",
                      "前回「%2$s%3$.0s」だった児童 %1$s の申込みが、この募集"
                      "回にありません",
                      "child %1$s (%3$s%2$.0s before) is not in this case",
                      e->child, outcome_label(e->outcome).ja,
                      outcome_label(e->outcome).en);
    }
}

static int applicant_by_child(const void *x, const void *y)
{
    const struct applicant *const *a = x, *const *b = y;
    int c = strcmp((*a)->child, (*b)->child);
    return c ? c : strcmp((*a)->household, (*b)->household);
}

static void sort_applicants(const struct run_result *r, struct round_result *x,
                            struct arena *a)
{
    x->by_child = ARENA_ARRAY(a, const struct applicant *, r->n_applicants);
    for (size_t i = 0; i < r->n_applicants; i++)
        x->by_child[i] = &r->applicants[i];
    qsort(x->by_child, r->n_applicants, sizeof(struct applicant *),
          applicant_by_child);
}

bool run_round_begin(struct cli *c, struct run *r)
{
    struct run_result *out = &r->result;
    struct beginning b = {c, r, r->round, 0, true};
    struct round_result *x = &r->round->result;
    x->rows = ARENA_ARRAY(&c->mem, struct round_row, out->n_applicants);
    x->leavers = ARENA_ARRAY(&c->mem, struct round_leaver, out->n_applicants);
    r->round->gone = ARENA_ARRAY(&c->mem, struct round_gone, out->n_applicants);
    x->round.gone = r->round->gone;
    out->round = x;
    sort_applicants(out, x, &c->mem);
    for (size_t i = 0; i < out->n_applicants; i++)
        take_child(&b, &out->applicants[i]);
    check_file(&b);
    check_absent(&b);
    if (b.ok)
        round_sort_leavers(&b);
    return b.ok;
}
