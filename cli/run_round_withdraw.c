/* Who withdrew in a later round, and which seat each gives back. */
#include "cli/run_round_begin.h"

#include "core/date.h"

#include <stdlib.h>
#include <string.h>

/* ---- who withdrew ---- */

const struct withdrawal *round_in_file(const struct run_round *x,
                                       const char *child)
{
    for (size_t i = 0; i < x->file.n; i++)
        if (strcmp(x->file.items[i].child, child) == 0)
            return &x->file.items[i];
    return NULL;
}

/* The last event of the child that says so; NULL where the last is 取消, or
 * there is none. *back: it was 取消. Events come by date. */
static const struct case_event *
last_event(const struct run *r, const struct applicant *a, bool *back)
{
    const struct case_event *found = NULL;
    *back = false;
    for (size_t i = 0; i < r->n_events; i++) {
        const struct case_event *e = &r->events[i];
        bool out =
            strcmp(e->kind, withdrawal_kinds[WITHDRAWAL_WITHDRAW].ja) == 0 ||
            strcmp(e->kind, withdrawal_kinds[WITHDRAWAL_DECLINE].ja) == 0;
        if (strcmp(e->household, a->household) != 0 ||
            (*e->child && strcmp(e->child, a->child) != 0))
            continue;
        if (out || strcmp(e->kind, "取消") == 0) {
            found = out ? e : NULL;
            *back = !out;
        }
    }
    return found;
}

static const struct withdrawal *
from_event(struct cli *c, const struct case_event *e, const struct applicant *a)
{
    struct withdrawal *w = ARENA_NEW(&c->mem, struct withdrawal);
    int32_t on = 0;
    date_parse(e->on, &on);
    *w = (struct withdrawal){
        .household = a->household,
        .child = a->child,
        .kind = strcmp(e->kind, withdrawal_kinds[WITHDRAWAL_DECLINE].ja) == 0
                    ? WITHDRAWAL_DECLINE
                    : WITHDRAWAL_WITHDRAW,
        .on = on,
        .note = e->detail};
    return w;
}

const struct withdrawal *round_withdrawal(struct beginning *b,
                                          const struct applicant *a, bool *back)
{
    const struct withdrawal *w = round_in_file(b->x, a->child);
    const struct case_event *event = last_event(b->r, a, back);
    return w || !event ? w : from_event(b->c, event, a);
}

/* ---- what it gives back ---- */

static void leave(struct beginning *b, struct applicant *a,
                  const struct withdrawal *w, enum outcome outcome)
{
    struct round_row *row = &b->x->result.rows[a - b->r->result.applicants];
    a->outcome = outcome;
    a->market_child = MARKET_NONE;
    row->withdrawal = w;
    row->standing = STANDING_GONE;
}

static bool wrong(struct beginning *b, struct pos at, const char *check,
                  struct label what)
{
    return b->ok = diag_label(&b->c->diag, at, check, what);
}

static bool kind_fits(struct beginning *b, const struct applicant *a,
                      const struct earlier_row *e, const struct withdrawal *w)
{
    bool decided = round_is_decided(e);
    bool transfer = decided && a->current;
    struct arena *m = &b->c->mem;
    if (w->kind == WITHDRAWAL_WITHDRAW)
        return true;
    if (round_enrolled(b->x))
        return wrong(
            b, w->kind_at, "withdrawn-enrolled",
            (struct label){
                arena_printf(m,
                             "児童 %s は在園の扱い (rounds: earlier) です。"
                             "空いた席は seats.csv の募集人数に入れてください",
                             a->child),
                arena_printf(m,
                             "child %s counts as enrolled (rounds: earlier); "
                             "put the seat into seats.csv",
                             a->child)});
    if (w->kind == WITHDRAWAL_LEAVE      ? decided || a->current
        : w->kind == WITHDRAWAL_TRANSFER ? transfer
                                         : decided)
        return true;
    const char *was = e ? label_text(outcome_label(e->outcome), LANG_JA) : "-";
    return wrong(
        b, w->kind_at, "withdrawn-nothing",
        (struct label){
            arena_printf(m,
                         "児童 %s の前回の結果は「%s」で、「%s」するものが"
                         "ありません。申込みをやめるなら「取下げ」です",
                         a->child, was, withdrawal_kinds[w->kind].ja),
            arena_printf(m,
                         "child %s was given nothing that it could decline "
                         "(%s, in %s); who no longer applies withdraws",
                         a->child, withdrawal_kinds[w->kind].en, was)});
}

static int32_t own_place(const struct beginning *b, const struct applicant *a)
{
    return run_place(&b->r->result, a->current, a->current_seat);
}

static void add_leaver(struct beginning *b, const struct applicant *a,
                       const struct withdrawal *w, int32_t held, int32_t back)
{
    struct round_result *x = &b->x->result;
    size_t i = b->n_leavers++;
    x->leavers[i] =
        (struct round_leaver){(size_t)(a - b->r->result.applicants), w};
    b->x->gone[i] = (struct round_gone){a->score->class_age, held, back};
}

/* It had been given a seat, and gives it back. Of a transfer the city says
 * whether the old place is lost with it. */
static void give_back(struct beginning *b, struct applicant *a,
                      const struct earlier_row *e, const struct withdrawal *w)
{
    const struct facility *held = round_held(b, e);
    int32_t place = run_place(&b->r->result, held, round_held_seat(b, e, held));
    int rule = b->x->result.settings->declined_transfer;
    bool transfer = a->current && a->current != held;
    if (w->kind == WITHDRAWAL_LEAVE) {
        leave(b, a, w, OUTCOME_LEFT);
    } else if (transfer && rule == ROUND_UNSAID) {
        wrong(b, w->kind_at, "declined-unsaid",
              (struct label){
                  arena_printf(&b->c->mem,
                               "児童 %s は転園の内定を辞退しましたが、元の席を"
                               "どうするかが決まっていません。nyusho.yaml の "
                               "rounds に declined_transfer を書いてください",
                               a->child),
                  arena_printf(&b->c->mem,
                               "child %s declined a transfer, and nyusho.yaml "
                               "does not say whether it keeps its old place; "
                               "write declined_transfer into rounds",
                               a->child)});
    } else if (transfer && rule == DECLINED_KEEPS) {
        leave(b, a, w, OUTCOME_STAYS);
        add_leaver(b, a, w, place, own_place(b, a));
        return;
    } else {
        leave(b, a, w,
              w->kind == WITHDRAWAL_WITHDRAW && !transfer ? OUTCOME_WITHDRAWN
                                                          : OUTCOME_DECLINED);
    }
    add_leaver(b, a, w, place, MARKET_NONE);
}

void round_withdraw(struct beginning *b, struct applicant *a,
                    const struct earlier_row *e, const struct withdrawal *w)
{
    if (!kind_fits(b, a, e, w))
        return;
    if (round_is_decided(e) && !round_enrolled(b->x)) {
        give_back(b, a, e, w);
        return;
    }
    bool leaves = w->kind == WITHDRAWAL_LEAVE;
    leave(b, a, w, leaves ? OUTCOME_LEFT : OUTCOME_WITHDRAWN);
    if (leaves)
        add_leaver(b, a, w, own_place(b, a), MARKET_NONE);
}

/* ---- in which order ---- */

struct dated {
    struct round_leaver leaver;
    struct round_gone gone;
    const char *child;
};

static int by_date(const void *x, const void *y)
{
    const struct dated *a = x, *b = y;
    if (a->leaver.withdrawal->on != b->leaver.withdrawal->on)
        return a->leaver.withdrawal->on < b->leaver.withdrawal->on ? -1 : 1;
    return strcmp(a->child, b->child);
}

/* By date, then by child number: the order in which chains are told. */
void round_sort_leavers(struct beginning *b)
{
    struct round_result *x = &b->x->result;
    struct arena scratch = ARENA_INIT;
    size_t n = b->n_leavers;
    struct round_gone *gone = b->x->gone;
    struct dated *list = ARENA_ARRAY(&scratch, struct dated, n);
    for (size_t i = 0; i < n; i++)
        list[i] = (struct dated){
            x->leavers[i], gone[i],
            b->r->result.applicants[x->leavers[i].applicant].child};
    if (n)
        qsort(list, n, sizeof *list, by_date);
    for (size_t i = 0; i < n; i++) {
        x->leavers[i] = list[i].leaver;
        gone[i] = list[i].gone;
    }
    x->round.n_gone = n;
    arena_release(&scratch);
}
