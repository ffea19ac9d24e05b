#include "cli/run_round.h"

#include "core/date.h"
#include "core/file.h"
#include "scoring/placement/place.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct beginning {
    struct cli *c;
    struct run *r;
    struct run_round *x;
    size_t n_leavers;
    bool ok;
};

static bool is_decided(const struct earlier_row *e)
{
    return e && !e->gone &&
           (e->outcome == OUTCOME_PLACED || e->outcome == OUTCOME_TRANSFERRED ||
            e->outcome == OUTCOME_HELD);
}

static bool enrolled_now(const struct run_round *x)
{
    return x->result.settings->earlier == EARLIER_ENROLLED;
}

/* ---- who withdrew ---- */

static const struct withdrawal *in_file(const struct run_round *x,
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

/* ---- one child ---- */

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
    bool decided = is_decided(e);
    bool transfer = decided && a->current;
    struct arena *m = &b->c->mem;
    if (w->kind == WITHDRAWAL_WITHDRAW)
        return true;
    if (enrolled_now(b->x))
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

static const struct facility *facility_of(struct beginning *b,
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

/* The kind of seat it was given there. */
static const struct special_seat *seat_of(struct beginning *b,
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
    const struct facility *held = facility_of(b, e);
    int32_t place = run_place(&b->r->result, held, seat_of(b, e, held));
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

static void withdraw(struct beginning *b, struct applicant *a,
                     const struct earlier_row *e, const struct withdrawal *w)
{
    if (!kind_fits(b, a, e, w))
        return;
    if (is_decided(e) && !enrolled_now(b->x)) {
        give_back(b, a, e, w);
        return;
    }
    bool leaves = w->kind == WITHDRAWAL_LEAVE;
    leave(b, a, w, leaves ? OUTCOME_LEFT : OUTCOME_WITHDRAWN);
    if (leaves)
        add_leaver(b, a, w, own_place(b, a), MARKET_NONE);
}

/* Holds what it was given, whatever its application says now. */
static void decide(struct beginning *b, struct applicant *a,
                   struct round_row *row)
{
    row->held = facility_of(b, row->earlier);
    row->held_seat = seat_of(b, row->earlier, row->held);
    row->standing = enrolled_now(b->x) ? STANDING_ENROLLED : STANDING_DECIDED;
    if (row->standing == STANDING_ENROLLED && a->market_child == MARKET_NONE) {
        a->current = row->held;
        a->current_seat = row->held_seat;
        a->outcome = OUTCOME_STAYS;
    }
    if (row->standing == STANDING_ENROLLED || !row->held)
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
    const struct withdrawal *w = in_file(b->x, a->child);
    bool back;
    const struct case_event *event = last_event(b->r, a, &back);
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
        if (w)
            b->ok = diag_error(&b->c->diag, w->at, "withdrawn-before",
                               "児童 %s は前回までに取り下げたか辞退しています",
                               "child %s had withdrawn before", a->child);
    } else if (w || event) {
        withdraw(b, a, e, w ? w : from_event(b->c, event, a));
    } else if (is_decided(e)) {
        decide(b, a, row);
    } else if (!e || e->gone || e->outcome == OUTCOME_EXCLUDED ||
               e->outcome == OUTCOME_ELSEWHERE) {
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
        if (is_decided(e) && !enrolled_now(b->x))
            b->ok = diag_error(&b->c->diag, e->at, "held-missing",
                               "前回 %2$s に内定した児童 %1$s の申込みが、この"
                               "募集回にありません。前回の記録を取り込むか、"
                               "入所済みなら rounds: {earlier: 在園} です",
                               "child %s was placed at %s and is not in this "
                               "case; import its records, or, where it is "
                               "enrolled by now, set rounds: {earlier: "
                               "enrolled}",
                               e->child, e->facility);
        else if (!is_decided(e))
            diag_warn(&b->r->findings, e->at, "waiting-missing",
                      "前回「%2$s%3$.0s」だった児童 %1$s の申込みが、この募集"
                      "回にありません",
                      "child %1$s (%3$s%2$.0s before) is not in this case",
                      e->child, outcome_label(e->outcome).ja,
                      outcome_label(e->outcome).en);
    }
}

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
static void sort_leavers(struct beginning *b)
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
        sort_leavers(&b);
    return b.ok;
}

/* ---- the market ---- */

static enum round_policy policy_of(const struct round_settings *s)
{
    switch (s->policy) {
    case POLICY_FREED:
        return ROUND_FREED;
    case POLICY_WAITING_FIRST:
        return ROUND_WAITING_FIRST;
    case POLICY_EVERYONE:
        return ROUND_EVERYONE;
    default:
        return ROUND_TOGETHER;
    }
}

/* More or fewer seats for newcomers. */
static void offer(struct run_result *r, int32_t place, int class_age, int by)
{
    struct market_facility *to = &r->market.facilities[place];
    to->seats[class_age] += by;
    if (to->seats[class_age] < 0)
        to->seats[class_age] = 0;
}

/* Of its class. */
static const struct class_seats *
seats_at(const struct run_result *r, const struct applicant *a, int32_t place)
{
    return &r->places[place].seats[a->score->class_age];
}

/* Places at the entry date of children who are not in the market, and whose
 * seats others may have: they left, or were given another and gave it back. */
static void add_old_seats(struct run_result *r)
{
    for (size_t i = 0; i < r->n_applicants; i++) {
        const struct applicant *a = &r->applicants[i];
        const struct round_row *row = &r->round->rows[i];
        int32_t at = run_place(r, a->current, a->current_seat);
        if (a->score->class_age < 0 || a->score->class_age >= N_CLASSES)
            continue;
        if (row->standing == STANDING_WAS_GONE)
            at = row->earlier->outcome == OUTCOME_DECLINED ||
                         row->earlier->outcome == OUTCOME_LEFT
                     ? run_facility(
                           r, facility_find(r->facilities, row->earlier->from))
                     : MARKET_NONE;
        else if (row->standing != STANDING_GONE ||
                 a->outcome == OUTCOME_WITHDRAWN)
            continue;
        if (at != MARKET_NONE && !seats_at(r, a, at)->own_included)
            offer(r, at, a->score->class_age, 1);
    }
}

/* Placed by the earlier round and there by now: that is its place at the entry
 * date, and its seat stands beside those on offer. */
static void enrol(struct run_result *r, struct applicant *a,
                  const struct round_row *row)
{
    struct market_child *m = &r->market.children[a->market_child];
    int32_t from = m->current, to = run_place(r, row->held, row->held_seat);
    int age = a->score->class_age;
    if (from == to)
        return;
    if (from != MARKET_NONE && seats_at(r, a, from)->own_included)
        offer(r, from, age, 1);
    if (seats_at(r, a, to)->own_included)
        offer(r, to, age, -1);
    a->current = row->held;
    a->current_seat = row->held_seat;
    m->current = to;
}

static void set_children(struct run_result *r, struct round_child *out)
{
    for (size_t i = 0; i < r->n_applicants; i++) {
        struct applicant *a = &r->applicants[i];
        const struct round_row *row = &r->round->rows[i];
        if (a->market_child == MARKET_NONE)
            continue;
        struct round_child *x = &out[a->market_child];
        *x = (struct round_child){ROUND_NEW, MARKET_NONE};
        if (row->standing == STANDING_WAITING)
            x->part = ROUND_WAITING;
        else if (row->standing == STANDING_DECIDED)
            *x = (struct round_child){ROUND_DECIDED,
                                      run_place(r, row->held, row->held_seat)};
        else if (row->standing == STANDING_ENROLLED)
            enrol(r, a, row);
    }
}

static void tell_unlisted(struct cli *c, struct run *r,
                          const struct later_market *later)
{
    for (size_t i = 0; i < later->market.n_families; i++)
        if (later->unlisted[i])
            diag_warn(&r->findings,
                      POS_FILE(arena_printf(&c->mem, "世帯 %s",
                                            later->market.families[i].id)),
                      "held-unlisted",
                      "前回の内定先が今の希望にないため、どれが今より良いか分か"
                      "りません。前回の内定のままにしました",
                      "what it was given is not among its wishes now, so that "
                      "nobody can say what would be better; it keeps that");
}

static bool enough_seats(struct cli *c, const struct run *r,
                         const struct later_market *later)
{
    if (!later->short_of)
        return true;
    return diag_error(
        &c->diag,
        POS_FILE(path_join(&c->mem, r->ctx.folder, r->ctx.settings.seats)),
        "seats-short",
        "施設 %s クラス %d: 席を持つ児童 (前回の内定、在園、元の席に残る児童) "
        "が席より %d 人多くなります。募集人数を確かめてください",
        "facility %1$s, class %2$d: %3$d more children hold seats (placed "
        "before, "
        "enrolled, back at their old place) than there are; check 募集人数",
        later->market.facilities[later->short_facility].id, later->short_class,
        (int)later->short_of);
}

bool run_round_market(struct cli *c, struct run *r)
{
    struct run_result *out = &r->result;
    struct round_result *x = &r->round->result;
    struct round_child *children =
        ARENA_ARRAY(&c->mem, struct round_child, out->market.n_children);
    struct later_market later;
    if (!enrolled_now(r->round))
        add_old_seats(out);
    set_children(out, children);
    x->round.policy = policy_of(x->settings);
    x->round.children = children;
    r->round->plain = out->market;
    round_market(&r->round->plain, &x->round, x->round.n_gone, &later, &c->mem);
    if (!enough_seats(c, r, &later))
        return false;
    tell_unlisted(c, r, &later);
    out->market = later.market;
    for (size_t i = 0; i < out->n_siblings; i++)
        if (out->siblings[i].family != MARKET_NONE)
            out->siblings[i].n_entries =
                out->market.families[out->siblings[i].family].n_entries;
    for (size_t i = 0; i < out->n_applicants; i++) {
        int32_t child = out->applicants[i].market_child;
        x->rows[i].fixed =
            child != MARKET_NONE && round_fixed(&x->round, child);
    }
    return true;
}

void run_round_chains(struct cli *c, struct run *r)
{
    round_chains(&r->round->plain, &r->round->result.round,
                 &r->result.placement.matching, &r->round->result.chains,
                 &c->mem);
}
