#include "report/result.h"

#include <assert.h>
#include <string.h>

struct label outcome_label(enum outcome o)
{
    static const struct label labels[] = {
        [OUTCOME_PLACED] = {"内定", "placed"},
        [OUTCOME_TRANSFERRED] = {"転園内定", "transferred"},
        [OUTCOME_STAYS] = {"在園継続", "stays enrolled"},
        [OUTCOME_WAITING] = {"保留", "waiting"},
        [OUTCOME_EXCLUDED] = {"対象外", "not eligible"},
        [OUTCOME_WITHDRAWN] = {"取下げ", "withdrawn"},
        [OUTCOME_HELD] = {"前回内定", "placed before"},
        [OUTCOME_DECLINED] = {"辞退", "declined"},
        [OUTCOME_LEFT] = {"退園", "left"},
        [OUTCOME_ELSEWHERE] = {"管外協議", "decided elsewhere"},
        [OUTCOME_PLACED_ELSEWHERE] = {"管外内定", "placed elsewhere"},
    };
    static_assert(sizeof labels / sizeof labels[0] == N_OUTCOMES,
                  "name every outcome");
    return labels[o];
}

static const struct {
    const char *code;
    struct label label;
} reasons[] = {
    [REASON_PLACED] = {"", {"内定", "placed here"}},
    [REASON_BETTER] = {"", {"上位の希望に内定", "holds a better preference"}},
    [REASON_FILLED] = {"R1",
                       {"順位が上の申込児童で募集人数に達したため",
                        "applicants ranked higher filled the seats"}},
    [REASON_NO_SEATS] = {"R2",
                         {"そのクラスの募集がないため",
                          "no seats are offered in the class"}},
    [REASON_SIBLINGS] = {"R3",
                         {"きょうだいの条件を満たせないため",
                          "the sibling condition cannot be met"}},
    [REASON_DOCUMENTS] = {"R4",
                          {"必要書類が締切までにそろわないため",
                           "documents were missing at the deadline"}},
    [REASON_DATE] = {"R5",
                     {"入所日に年齢・期間などの要件を満たさないため",
                      "not eligible on the entry date (age, dates)"}},
    [REASON_LEAVE] = {"R6",
                      {"育児休業の延長を許容し、順位が後になったため",
                       "ranks last, accepting extended childcare leave"}},
    [REASON_WITHDRAWN] = {"R7", {"取下げ・辞退のため", "withdrawn"}},
    [REASON_UNKNOWN_FACILITY] = {"R8",
                                 {"施設またはクラスがないため",
                                  "no such facility or class"}},
    [REASON_NO_PREFERENCE] = {"R9",
                              {"有効な希望がないため",
                               "no preference that can be used"}},
    [REASON_TURN] = {"R10",
                     {"順番が来た時に枠が残っていなかったため",
                      "no seat was left in its turn"}},
    [REASON_BIRTH] = {"R11",
                      {"生年月日が分からず、クラスが決まらないため",
                       "the birth date is not known, so there is no class"}},
    [REASON_ROUND] = {"R21",
                      {"この回の選考の対象ではないため",
                       "not considered in this round"}},
    [REASON_ELSEWHERE] = {"R22",
                          {"市外の施設で、その市区町村が決めるため",
                           "outside the city, which decides itself"}},
};
static_assert(sizeof reasons / sizeof reasons[0] == N_REASON_CODES,
              "name every reason");

const char *reason_code_text(enum reason_code r)
{
    return reasons[r].code;
}

struct label reason_code_label(enum reason_code r)
{
    return reasons[r].label;
}

const struct applicant *applicant_find(const struct run_result *r,
                                       const char *child)
{
    for (size_t i = 0; i < r->n_applicants; i++)
        if (strcmp(r->applicants[i].child, child) == 0)
            return &r->applicants[i];
    return NULL;
}

size_t contest_waiting(const struct run_result *r, const struct contest *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_entrants; i++)
        n += entrant_waits(r, c, &c->entrants[i]);
    return n;
}

const struct applicant **applicants_by_child(const struct run_result *r,
                                             size_t phase, struct arena *a)
{
    const struct applicant **list = ARENA_ARRAY(
        a, const struct applicant *, r->phases[phase].market.n_children);
    for (size_t i = 0; i < r->n_applicants; i++)
        if (r->applicants[i].market_child != MARKET_NONE &&
            r->applicants[i].phase == phase)
            list[r->applicants[i].market_child] = &r->applicants[i];
    return list;
}

struct label run_kind_text(bool final, bool untested)
{
    static const struct label kinds[2][2] = {
        {{"試算", "trial"}, {"試算・規則未検証", "trial, rules untested"}},
        {{"本番", "final"}, {"本番・規則未検証", "final, rules untested"}},
    };
    return kinds[final][untested];
}

struct label run_kind_label(const struct run_result *r)
{
    return run_kind_text(r->final, r->open.rules_untested);
}

const char *decided_text(const struct run_result *r, size_t decided_by,
                         enum lang lang)
{
    static const struct label by_number = {"児童番号", "child number"};
    if (decided_by == NOT_RANKED)
        return "";
    if (decided_by == r->rules->n_order || decided_by >= r->rules->n_keys)
        return label_text(by_number, lang);
    const struct order_key *k = &r->rules->order[decided_by];
    return k->wording && *k->wording ? k->wording : order_kind_name(k->kind);
}

const char *seat_kind(const struct special_seat *s)
{
    return s ? s->seat : "";
}

bool run_in_phases(const struct run_result *r)
{
    return r->rules->phase_mode == PHASE_SEQUENTIAL && r->rules->n_phases > 0;
}

const char *phase_text(const struct run_result *r, size_t phase, enum lang lang)
{
    static const struct label others = {"(どの段階でもない児童)",
                                        "(those whom no phase takes)"};
    if (!run_in_phases(r))
        return "";
    const struct phase *p = r->phases[phase].phase;
    return p ? p->wording : label_text(others, lang);
}

const char *phase_id(const struct run_result *r, size_t phase)
{
    if (!run_in_phases(r))
        return "";
    const struct phase *p = r->phases[phase].phase;
    return p ? p->id : "-";
}

size_t seat_place_slot(const struct run_result *r, const struct facility *f,
                       const struct special_seat *s)
{
    size_t kind = s ? (size_t)(s - r->rules->special) + 1 : 0;
    return (size_t)(f - r->facilities->items) * (r->rules->n_special + 1) +
           kind;
}

const struct seat_place *seat_place_find(const struct run_result *r,
                                         const struct facility *f,
                                         const struct special_seat *s)
{
    int32_t at = r->place_of[seat_place_slot(r, f, s)];
    return at == MARKET_NONE ? NULL : &r->places[at];
}

size_t applicant_own_pref(const struct applicant *a)
{
    for (size_t k = 0; a->current && k < a->score->n_prefs; k++)
        if (a->score->prefs[k].found == a->current)
            return k;
    return NOT_RANKED;
}

int64_t run_seats_left(const struct run_result *r)
{
    int64_t left = 0;
    for (size_t i = 0; i < r->n_contests; i++)
        if (r->contests[i].phase + 1 == r->n_phases)
            left += r->contests[i].left;
    return left;
}

size_t run_frozen(const struct run_result *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_phases; i++)
        n += r->phases[i].placement.n_frozen;
    return n;
}

bool entrant_waits(const struct run_result *r, const struct contest *c,
                   const struct entrant *e)
{
    const struct applicant *a = &r->applicants[e->applicant];
    if (e->placed || a->pref_reason[e->pref] == REASON_BETTER)
        return false;
    for (size_t i = 0; i < a->n_options; i++) {
        const struct seat_option *o = &a->options[i];
        if (o->pref != e->pref)
            continue;
        if (o->contest == (size_t)(c - r->contests))
            return true;
        if (a->won_pref == o->pref &&
            r->places[o->place].special == a->won_seat)
            return false;
    }
    return true;
}
