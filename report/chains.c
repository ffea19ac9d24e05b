#include "report/chains.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *pick(enum lang lang, const char *ja, const char *en)
{
    return lang == LANG_EN ? en : ja;
}

const struct facility *applicant_place(const struct applicant *a)
{
    bool none =
        !a || a->outcome == OUTCOME_DECLINED || a->outcome == OUTCOME_LEFT;
    return none ? NULL : a->won ? a->won : a->current;
}

const struct seat_place *applicant_seat(const struct run_result *r,
                                        const struct applicant *a)
{
    const struct facility *f = applicant_place(a);
    if (!f)
        return NULL;
    return seat_place_find(r, f, a->won ? a->won_seat : a->current_seat);
}

/* ---- from two results ---- */

static int by_id(const void *key, const void *item)
{
    return strcmp(key, ((const struct seat_place *)item)->id);
}

/* Two lists of seats as one: those of the second, then what only the first
 * has. Classes that share seats have one number, that of the lowest. */
static int32_t joint_pool(const struct run_result *const *r, int side,
                          const struct seat_place *at, int class_age)
{
    assert(at);
    const struct seat_place *after =
        side ? at
             : bsearch(at->id, r[1]->places, r[1]->n_places,
                       sizeof *r[1]->places, by_id);
    size_t number = after ? (size_t)(after - r[1]->places)
                          : r[1]->n_places + (size_t)(at - r[0]->places);
    unsigned pool = (after ? after : at)->seats[class_age].pool;
    return (int32_t)number * N_CLASSES + __builtin_ctz(pool | 1U << class_age);
}

static int class_of(const struct applicant *a)
{
    int age = a->score->class_age;
    return age < 0 || age >= N_CLASSES ? 0 : age;
}

/* All seats there are: on offer at first, and those that children sit on. */
static void count_seats(const struct run_result *const *r, int side,
                        int32_t *seats)
{
    for (size_t i = 0; i < r[side]->n_contests; i++) {
        const struct contest *c = &r[side]->contests[i];
        int offered = c->phase || c->offered < 0 ? 0 : c->offered;
        seats[joint_pool(r, side, &r[side]->places[c->place], c->class_age)] +=
            offered + c->own;
    }
    for (size_t i = 0; i < r[side]->n_applicants; i++) {
        const struct applicant *a = &r[side]->applicants[i];
        const struct seat_place *at = applicant_seat(r[side], a);
        if (a->market_child == MARKET_NONE && at)
            seats[joint_pool(r, side, at, class_of(a))]++;
    }
}

static struct seat_change *seat_changes(const struct run_result *const *r,
                                        size_t *n, struct arena *a)
{
    size_t n_pools = (r[0]->n_places + r[1]->n_places) * N_CLASSES;
    struct arena scratch = ARENA_INIT;
    int32_t *before = ARENA_ARRAY(&scratch, int32_t, n_pools);
    int32_t *after = ARENA_ARRAY(&scratch, int32_t, n_pools);
    count_seats(r, 0, before);
    count_seats(r, 1, after);
    struct seat_change *out = ARENA_ARRAY(a, struct seat_change, n_pools);
    *n = 0;
    for (size_t i = 0; i < n_pools; i++)
        if (before[i] != after[i])
            out[(*n)++] =
                (struct seat_change){(int32_t)i, after[i] - before[i]};
    arena_release(&scratch);
    return out;
}

/* From 1; 0 at its own place, where it stands first. */
static int32_t rank_at(const struct run_result *r, const struct applicant *a,
                       const struct seat_place *at)
{
    for (size_t i = 0; i < a->n_options; i++)
        if (&r->places[a->options[i].place] == at &&
            a->options[i].rank != NOT_RANKED)
            return (int32_t)a->options[i].rank + 1;
    return 0;
}

void chains_between(const struct run_result *before,
                    const struct run_result *after, const struct moved *moved,
                    size_t n, struct chain_list *out, struct arena *a)
{
    const struct run_result *const r[2] = {before, after};
    struct move *moves = ARENA_ARRAY(a, struct move, n);
    for (size_t i = 0; i < n; i++) {
        const struct moved *m = &moved[i];
        moves[i] = (struct move){.from = MARKET_NONE, .to = MARKET_NONE};
        if (m->at[0]) {
            moves[i].from_class = class_of(m->of[0]);
            moves[i].from = joint_pool(r, 0, m->at[0], moves[i].from_class);
        }
        if (m->at[1]) {
            moves[i].to_class = class_of(m->of[1]);
            moves[i].to = joint_pool(r, 1, m->at[1], moves[i].to_class);
            moves[i].rank = rank_at(r[1], m->of[1], m->at[1]);
        }
    }
    size_t n_changes;
    const struct seat_change *changes = seat_changes(r, &n_changes, a);
    *out = (struct chain_list){.moved = moved, .moves = moves, .n_moves = n};
    move_chains(moves, n, changes, n_changes, &out->chains, a);
}

/* ---- in words ---- */

struct label chain_start_label(enum chain_start s)
{
    static const struct label labels[] = {
        [CHAIN_ADDED] = {"増えた枠", "added seat"},
        [CHAIN_WAS_EMPTY] = {"空いていた枠", "empty seat"},
        [CHAIN_LEAVES] = {"退いた児童の枠", "a child's seat"},
        [CHAIN_CYCLE] = {"枠の交換", "exchange of seats"},
    };
    static_assert(sizeof labels / sizeof labels[0] == N_CHAIN_STARTS,
                  "name every start");
    return labels[s];
}

struct label chain_end_label(enum chain_end e)
{
    static const struct label labels[] = {
        [CHAIN_FROM_NONE] = {"枠のない児童が入る", "a child without a seat"},
        [CHAIN_LEFT_EMPTY] = {"枠が空く", "seat left empty"},
        [CHAIN_SEAT_GONE] = {"枠が減る", "seat gone"},
        [CHAIN_FIRST_TAKES] = {"最初の児童が入る", "the first child takes it"},
    };
    static_assert(sizeof labels / sizeof labels[0] == N_CHAIN_ENDS,
                  "name every end");
    return labels[e];
}

const char *moved_child(const struct moved *m)
{
    return (m->of[0] ? m->of[0] : m->of[1])->child;
}

const char *moved_place(const struct moved *m, int side, enum lang lang)
{
    if (!m->of[side])
        return pick(lang, "申込なし", "no application");
    if (m->at[side])
        return m->at[side]->id;
    enum outcome o = m->of[side]->outcome;
    bool out = o == OUTCOME_WITHDRAWN || o == OUTCOME_EXCLUDED;
    return label_text(outcome_label(out ? o : OUTCOME_WAITING), lang);
}

static const char *seat_text(const struct moved *m, int side, enum lang lang,
                             struct arena *a)
{
    return arena_printf(a, pick(lang, "%s・%d歳", "%s class %d"),
                        m->at[side]->id, class_of(m->of[side]));
}

const char *chain_text(const struct chain_list *l, size_t chain, enum lang lang,
                       struct arena *a)
{
    const struct move_chain *c = &l->chains.items[chain];
    const size_t *order = l->chains.order + c->first;
    const struct moved *first = &l->moved[order[0]];
    const struct moved *last = &l->moved[order[c->n - 1]];
    const char *text = "";
    if (c->start != CHAIN_LEAVES)
        text = arena_printf(a, "〔%s %s〕 ",
                            label_text(chain_start_label(c->start), lang),
                            seat_text(first, 1, lang, a));
    for (size_t i = 0; i < c->n; i++) {
        const struct moved *m = &l->moved[order[i]];
        text = arena_printf(
            a, pick(lang, "%s%s児童 %s %s→%s", "%s%schild %s %s→%s"), text,
            i ? " ⇒ " : "", moved_child(m), moved_place(m, 0, lang),
            moved_place(m, 1, lang));
    }
    if (c->end == CHAIN_LEFT_EMPTY || c->end == CHAIN_SEAT_GONE)
        text = arena_printf(a, "%s ⇒ 〔%s %s〕", text,
                            label_text(chain_end_label(c->end), lang),
                            seat_text(last, 0, lang, a));
    return text;
}
