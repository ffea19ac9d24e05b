/*
 * The markets of a later round: the seats that are there when it begins, and
 * each phase's market in place of the plain one.
 */
#include "cli/run_round_begin.h"

#include "core/file.h"

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

/* Where it sat at the entry date, if its seat is free since: it left, or was
 * given another one and gave that back. */
static int32_t left_place(const struct run_result *r, const struct applicant *a,
                          const struct round_row *row)
{
    enum outcome before = row->earlier ? row->earlier->outcome : N_OUTCOMES;
    if (row->standing == STANDING_GONE && a->outcome != OUTCOME_WITHDRAWN)
        return run_place(r, a->current, a->current_seat);
    if (row->standing == STANDING_WAS_GONE &&
        (before == OUTCOME_DECLINED || before == OUTCOME_LEFT))
        return run_facility(r,
                            facility_find(r->facilities, row->earlier->from));
    return MARKET_NONE;
}

void run_round_seats(struct run *r)
{
    struct run_result *out = &r->result;
    for (size_t i = 0; i < out->n_applicants; i++) {
        const struct applicant *a = &out->applicants[i];
        int age = a->score->class_age;
        int32_t at = left_place(out, a, &out->round->rows[i]);
        if (at != MARKET_NONE && !round_enrolled(r->round) && age >= 0 &&
            age < N_CLASSES && !out->places[at].seats[age].own_included)
            out->seats_now[at * N_CLASSES + age]++;
    }
}

static enum round_part part_of(const struct round_row *row)
{
    switch (row->standing) {
    case STANDING_WAITING:
        return ROUND_WAITING;
    case STANDING_DECIDED:
        return ROUND_DECIDED;
    default:
        return ROUND_NEW;
    }
}

void run_round_children(struct cli *c, struct run *r)
{
    struct run_result *out = &r->result;
    struct run_round *x = r->round;
    struct round_child **children =
        ARENA_ARRAY(&c->mem, struct round_child *, out->n_phases);
    x->phases = ARENA_ARRAY(&c->mem, struct round_phase, out->n_phases);
    x->placed = ARENA_ARRAY(&c->mem, struct matching, out->n_phases);
    for (size_t p = 0; p < out->n_phases; p++) {
        const struct market *plain = &out->phases[p].market;
        children[p] =
            ARENA_ARRAY(&c->mem, struct round_child, plain->n_children);
        x->phases[p] = (struct round_phase){*plain, children[p]};
    }
    for (size_t i = 0; i < out->n_applicants; i++) {
        const struct applicant *a = &out->applicants[i];
        const struct round_row *row = &x->result.rows[i];
        bool holds = row->standing == STANDING_DECIDED;
        if (a->market_child != MARKET_NONE)
            children[a->phase][a->market_child] = (struct round_child){
                part_of(row), holds ? run_place(out, row->held, row->held_seat)
                                    : MARKET_NONE};
    }
    x->result.round.policy = policy_of(x->result.settings);
    x->result.round.of = x->phases;
    x->result.round.n = out->n_phases;
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

/* Whom the phase considers, and how many entries are left of siblings. */
static void note_market(struct run_result *out, struct round_result *x)
{
    size_t phase = out->phase_now;
    const struct round fixed = {.policy = x->round.policy,
                                .children = x->round.of[phase].children};
    for (size_t i = 0; i < out->n_siblings; i++) {
        struct sibling_result *s = &out->siblings[i];
        if (s->family != MARKET_NONE && s->phase == phase)
            s->n_entries = out->market.families[s->family].n_entries;
    }
    for (size_t i = 0; i < out->n_applicants; i++)
        if (run_takes_part(out, &out->applicants[i]))
            x->rows[i].fixed =
                round_fixed(&fixed, out->applicants[i].market_child);
}

bool run_round_market(struct cli *c, struct run *r)
{
    struct run_result *out = &r->result;
    struct run_round *x = r->round;
    const struct round_phases *round = &x->result.round;
    struct later_market later;
    round_phase_market(round, out->phase_now, round->n_gone, x->placed, &later,
                       &c->mem);
    if (!enough_seats(c, r, &later))
        return false;
    tell_unlisted(c, r, &later);
    out->market = later.market;
    note_market(out, &x->result);
    return true;
}

void run_round_placed(struct cli *c, struct run *r)
{
    struct run_round *x = r->round;
    struct run_result *out = &r->result;
    x->placed[out->phase_now] = out->placement.matching;
    if (out->phase_now + 1 == out->n_phases)
        round_chains(&x->result.round, x->placed, run_round_method(c, r),
                     &x->result.chains, &c->mem);
}
